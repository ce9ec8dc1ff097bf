"""会办、协办意见: who writes them, and who may read them."""

from congress.shared.actors import Actor
from congress.shared.names import says_something, shows_something
from congress.shared.roles import UNIT
from proposals.models import Assignment, Opinion
from proposals.permissions.receiving import why_not_own
from proposals.permissions.wholeness import MISNUMBERED, misnumbered
from proposals.states import IN_HAND, OPINING, Part, State, UnitRole


def why_not_send_opinion(
    by: Actor,
    assignment: Assignment,
    text: str | None = None,
    file_number: str | None = None,
    signer: str | None = None,
    follows: int | None = None,
) -> str | None:
    """The people of a joint or assisting unit, until the lead unit has replied.

    `follows` is the version that its writer has seen, 0 for none: a later one is read first.
    """
    if reason := why_not_own(by, assignment, "报送意见"):
        return reason
    if assignment.role not in OPINING:
        return "本单位是主办或者分办，直接答复代表，不用报送意见。"
    if assignment.proposal.state != State.ASSIGNED or assignment.state not in IN_HAND:
        return f"建议目前是“{assignment.proposal.get_state_display()}”，不能再报送意见。"
    lead = assignment.proposal.lead_assignment
    if lead and lead.state == Part.DONE:
        return "主办单位已经答复代表，不用再报送意见。"
    if text is not None and not says_something(text):
        return "请写明本单位的意见，主办单位要用它答复代表。"
    if file_number is not None and not shows_something(file_number):
        return "请写意见的文号。"
    if file_number is not None and misnumbered(file_number):
        return f"{MISNUMBERED}。"
    if signer is not None and not shows_something(signer):
        return "请写签发人，意见由单位负责人签发。"
    if follows is not None and follows != (sent := assignment.opinions.count()):
        return f"本单位刚刚报送过第 {sent} 版意见，请看过那一版再报。"
    return None


def readable_opinions(by: Actor, assignments: list[Assignment]) -> list[Opinion]:
    """Of one proposal: all for the office and 主办, its own for who gave one, else none.

    分办 answers for itself: what others write to 主办 is not written to it.
    """
    own = [each for each in assignments if each.unit_id == by.organisation_id]
    unit = by.role in UNIT and bool(own)
    if not (by.in_an_office or unit):
        return []
    all_of_them = by.in_an_office or any(each.role == UnitRole.LEAD for each in own)
    parts = assignments if all_of_them else own
    rows = Opinion.objects.filter(assignment__in=parts).select_related("assignment__unit")
    return list(rows.order_by("assignment__position", "-version"))
