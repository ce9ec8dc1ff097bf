"""签收、转办: the own unit's people, on a part that lies with them."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.models import Post, User
from congress.shared.roles import UNIT
from proposals.models import Assignment
from proposals.states import Part, State


def why_not_receive(by: Actor, assignment: Assignment) -> str | None:
    """Anybody of the unit, once, from when it has been handed over until it is answered."""
    if reason := why_not_own(by, assignment, "签收"):
        return reason
    if assignment.state != Part.HANDED:
        return f"这件目前是“{assignment.get_state_display()}”，不需要签收。"
    if assignment.proposal.state != State.ASSIGNED:
        return f"建议目前是“{assignment.proposal.get_state_display()}”，不用再签收。"
    return None


def why_not_hand_on(
    by: Actor, assignment: Assignment, to: User | None = None, today: date | None = None
) -> str | None:
    """To a colleague with a post in the same unit, while the part is in hand."""
    if reason := why_not_own(by, assignment, "转给同事"):
        return reason
    if assignment.proposal.state != State.ASSIGNED or assignment.state not in (
        Part.HANDED,
        Part.RECEIVED,
    ):
        return f"这件目前是“{assignment.get_state_display()}”，不能再转给同事。"
    if to is None or today is None:
        return None
    if to.pk == assignment.handler_id:
        return f"这件已经由{to.name}经办。"
    posts = Post.objects.filter(organisation=assignment.unit_id, role__in=UNIT, user=to)
    return None if posts.in_force(today).exists() else "只能转给本单位在任的同事。"


def why_not_own(by: Actor, assignment: Assignment, act: str) -> str | None:
    """The people of the very unit, whatever its role."""
    if by.role not in UNIT or by.organisation_id != assignment.unit_id:
        return f"只有承办单位自己可以{act}。"
    return None
