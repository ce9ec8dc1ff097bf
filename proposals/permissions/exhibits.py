"""依据材料: who adds them to a draft and takes them out again, until it is signed."""

from collections.abc import Mapping

from django.db.models import Count

from congress.shared.actors import Actor
from proposals.models import DraftExhibit, ReplyDraft
from proposals.permissions.meetings import why_not_handle
from proposals.permissions.replies import asks_of
from proposals.states import DraftState

MOST = 6
"""Pictures beside one ask: enough for before, after and a paper."""


def why_not_add_exhibits(
    by: Actor, draft: ReplyDraft, new: Mapping[int, int] | None = None
) -> str | None:
    """The unit's people, while the draft is written; `new` says how many for which ask."""
    if reason := _why_not_change(by, draft):
        return reason
    rows = draft.exhibits.values_list("ask").annotate(Count("pk")).order_by()
    there: dict[int, int] = dict(rows)
    asks = {ask.pk: ask for ask in asks_of(draft.assignment)}
    for pk, count in (new or {}).items():
        if pk not in asks:
            return "这一条不由本单位答复，不能加依据材料。"
        if there.get(pk, 0) + count > MOST:
            had = there.get(pk, 0)
            name = asks[pk].called_in(draft.assignment.proposal_id)
            return f"{name}的依据材料最多 {MOST} 张，已经有 {had} 张。"
    return None


def why_not_remove_exhibit(by: Actor, exhibit: DraftExhibit) -> str | None:
    """The unit's people, while the draft is written: what is signed stays."""
    return _why_not_change(by, exhibit.draft)


def _why_not_change(by: Actor, draft: ReplyDraft) -> str | None:
    if reason := why_not_handle(by, draft.assignment, "改依据材料"):
        return reason
    if draft.state == DraftState.ISSUED:
        return "答复已经发出，依据材料随答复保存，不能再改。"
    if draft.state == DraftState.TO_SIGN:
        return "答复稿已经送签，请负责人签发或者退改。"
    return None
