"""公开: the reply is for everybody to read, or is kept back with its reason."""

from datetime import date

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.workflow import lock, move, record, refuse_if
from proposals.actions.locking import together_locked
from proposals.actions.noting import note_anew
from proposals.actions.telling import tell_deputies, times
from proposals.models import Proposal, Reply
from proposals.permissions.publication import (
    why_not_lift_withholding,
    why_not_publish,
    why_not_withhold,
)
from proposals.states import State


@transaction.atomic
def publish(proposal: Proposal, *, by: Actor, today: date, seen: str | None = None) -> Proposal:
    """公开答复: the public page shows the reply in full (办理情况应当向社会公开).

    并案: what is merged and not withheld has no reply of its own and becomes public with it.
    `seen` is of the versions that the office has read.
    """
    proposal = together_locked(proposal)
    refuse_if(why_not_publish(by, proposal, seen))
    if _open(proposal.handled_as, today) and proposal.state == State.PUBLISHED:
        record(proposal, "version_opened", by=by, note="又作的一版答复公开。")
        step = f"version_opened.{times(proposal, 'version_opened')}"
        tell_deputies(proposal, step, "又作的一版答复已全文公开。")
        return proposal
    facts = {"published_on": today, "published_by": by.user}
    move(proposal, State.PUBLISHED, by=by, note="答复全文公开。", **facts)
    tell_deputies(proposal, "published", "的答复已全文公开。")
    for merged in proposal.published_along:
        note = f"答复随 {proposal.number} 全文公开。"
        move(lock(merged), State.PUBLISHED, by=by, note=note, **facts)
        tell_deputies(merged, "published", "的答复已全文公开。")
    return proposal


def _open(handled: Proposal, today: date) -> int:
    """These versions and all before them are everybody's, but for those that were kept back."""
    rows = Reply.objects.unopened().filter(assignment__proposal=handled, kept_back="")
    return Reply.objects.filter(pk__in=rows.values("pk")).order_by().update(opened_on=today)


@transaction.atomic
def withhold(proposal: Proposal, *, reason: str, whole: bool, by: Actor) -> Proposal:
    """定为不公开: the whole leaves the public pages, or the reply alone stays off them.

    Where the reply alone is withheld its public page says so, why, and nothing of what it answers.
    Of what is published the version that came after is kept back, and the one before stays.
    """
    proposal, reason = lock(proposal), reason.strip()
    refuse_if(why_not_withhold(by, proposal, whole=whole, reason=reason))
    if further := proposal.unopened:
        for reply in further:
            reply.kept_back = reason
            reply.save(update_fields=["kept_back"])
        record(proposal, "version_kept_back", by=by, note=f"又作的一版答复不公开：{reason}")
        step = f"version_kept_back.{times(proposal, 'version_kept_back')}"
        tell_deputies(proposal, step, f"又作的一版答复不公开：{reason}")
        return proposal
    field = "withheld_reason" if whole else "reply_withheld_reason"
    setattr(proposal, field, reason)
    proposal.save(update_fields=[field])
    note_anew(proposal)
    what = "整件不公开" if whole else "答复不公开"
    record(proposal, "withheld", by=by, note=f"{what}：{reason}")
    tell_deputies(proposal, f"withheld.{times(proposal, 'withheld')}", f"{what}：{reason}")
    return proposal


@transaction.atomic
def lift_withholding(proposal: Proposal, *, reason: str, by: Actor) -> Proposal:
    """改为公开: its course is public at once, its reply once it is published.

    A further version that was kept back waits to be read and published again.
    """
    proposal, reason = lock(proposal), reason.strip()
    refuse_if(why_not_lift_withholding(by, proposal, reason=reason))
    if back := proposal.kept_back:
        for reply in back:
            reply.kept_back = ""
            reply.save(update_fields=["kept_back"])
        record(proposal, "version_lifted", by=by, note=f"又作的一版答复不再暂缓：{reason}")
        step = f"version_lifted.{times(proposal, 'version_lifted')}"
        tell_deputies(proposal, step, f"又作的一版答复不再暂缓公开：{reason}")
        return proposal
    proposal.withheld_reason = proposal.reply_withheld_reason = ""
    proposal.save(update_fields=["withheld_reason", "reply_withheld_reason"])
    note_anew(proposal)
    record(proposal, "withholding_lifted", by=by, note=f"改为公开：{reason}")
    step = f"withholding_lifted.{times(proposal, 'withholding_lifted')}"
    tell_deputies(proposal, step, f"改为公开：{reason}")
    return proposal
