"""What a row of a unit's desk says: what comes next, how much is answered, and who else is in it.

Nothing here may ever look at ratings (背靠背).
"""

from collections.abc import Mapping

from proposals.gate import Standing, denied_stages, missing_stages
from proposals.models import Assignment
from proposals.permissions.replies import asks_of
from proposals.states import DraftState, Part, Side, Stage


def next_act(part: Assignment, found: Mapping[Stage, Standing]) -> tuple[str, str]:
    if part.state == Part.OBJECTED:
        return "异议等代工委答复，期限照常计算", "wait"
    if not part.answers:
        return "把本单位的意见送给主办单位", "opine"
    drafts = {draft.state: draft for draft in part.drafts.all()}
    if DraftState.TO_SIGN in drafts:
        return "答复稿等负责人签发", "sign"
    if DraftState.WRITTEN in drafts and drafts[DraftState.WRITTEN].return_words:
        return "负责人退改了答复稿，请改好再送签", "write"
    if theirs := [each for each in part.held if each.side == Side.DEPUTY and not each.confirmed_at]:
        return f"代表登记了{theirs[0].get_stage_display()}，请确认", "confirm"
    if missing := missing_stages(part):
        again = f"代表说登记的{missing[0].label}不属实，请重新约，再登记"
        return again if missing[0] in denied_stages(
            part
        ) else f"和代表{missing[0].label}，再登记", "meet"
    if waiting := [stage.label for stage, how in found.items() if how is Standing.WAITING]:
        return f"等代表确认{'、'.join(waiting)}，同时可以写答复", "write"
    return "三次见面都已登记，可以答复", "write"


def answered(part: Assignment) -> str:
    """答了几条: 2/3, of the asks that fall to this unit."""
    asks = asks_of(part)
    written = {
        answer.ask_id
        for draft in part.drafts.all()
        if draft.state != DraftState.ISSUED
        for answer in draft.answers.all()
        if answer.outcome_id and answer.text
    }
    return f"{sum(ask.pk in written for ask in asks)}/{len(asks)}"


def partners(others: list[Assignment], leads: bool) -> str:
    """Each by what it is in this case; who helps reads of those that answer alone."""
    names: dict[str, list[str]] = {}
    for each in others:
        if leads or each.answers:
            names.setdefault(each.get_role_display(), []).append(each.unit.short_name)
    return "；".join(f"{role} {'、'.join(units)}" for role, units in names.items()) or "单独办理"
