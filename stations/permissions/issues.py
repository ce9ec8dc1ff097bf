"""民情: who hands a matter to a station, and who settles it."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.roles import Role
from congress.shared.workflow import why_not_move
from deputies.models import Message
from deputies.permissions.messages import why_not_raise_message
from stations.models import Issue
from stations.states import IssueState


def why_not_raise_issue(by: Actor, message: Message, *, today: date) -> str | None:
    """转家站: the deputy it was written to, while it waits for an answer."""
    return why_not_raise_message(by, message, today=today)


def why_not_settle_issue(by: Actor, issue: Issue) -> str | None:
    """办结: the station's keeper, its township, or the office."""
    keeps = by.is_a(Role.KEEPER) and by.same_person(issue.station.keeper_id)
    governs = by.is_a(Role.TOWNSHIP_CLERK) and by.area_id == issue.station.area_id
    if not (keeps or governs or by.is_staff):
        return "请由这个家站的站长、乡镇人大或者代工委办结。"
    return why_not_move(issue, IssueState.SETTLED)
