"""民情: who hands a matter to a station, chooses its route, ends it, and tells the voter."""

from datetime import date

from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.models import Organisation
from congress.shared.roles import Role
from congress.shared.workflow import why_not_move
from deputies.models import Message
from deputies.permissions.messages import why_not_raise_message
from stations.models import Consent, Issue, Outcome, Route, Told
from stations.permissions.rota import runs_station
from stations.states import IssueState


def why_not_raise_issue(by: Actor, message: Message, *, today: date) -> str | None:
    """转家站: the deputy it was written to, while it waits for an answer."""
    return why_not_raise_message(by, message, today=today)


def heard_it(by: Actor, issue: Issue) -> bool:
    """The deputy who received the voter, or was written to."""
    return by.is_a(Role.DEPUTY, Role.CONVENOR) and by.same_person(issue.deputy.user_id)


def _why_not_first(by: Actor, issue: Issue) -> str | None:
    if heard_it(by, issue) or runs_station(by, issue.station):
        return None
    return "请由接待代表、这个家站的站长、乡镇人大或者代工委办理。"


def why_not_answer_on_the_spot(by: Actor, issue: Issue) -> str | None:
    """当场答复: of a visit that has gone nowhere yet."""
    if refusal := _why_not_first(by, issue):
        return refusal
    if issue.state == IssueState.RECEIVED:
        return None
    return f"目前是“{issue.get_state_display()}”，不能再记为当场答复。"


def why_not_route_issue(
    by: Actor, issue: Issue, route: Route | None = None, unit: Organisation | None = None
) -> str | None:
    """分流: of a visit that has gone nowhere yet, to one of the four ways on."""
    if refusal := _why_not_first(by, issue) or why_not_move(issue, IssueState.OPEN):
        return refusal
    return _why_not_there(route, unit)


def _why_not_there(route: Route | None, unit: Organisation | None) -> str | None:
    if route == Route.SPOT:
        return "当场能答复的，请直接登记当场答复。"
    if unit and route != Route.COUNTY:
        return "只有县级单位办理的才选承办单位。"
    return None


def why_not_hand_on(
    by: Actor,
    issue: Issue,
    route: Route | None = None,
    unit: Organisation | None = None,
    handler: str | None = None,
) -> str | None:
    """改转: whoever has it now or runs the station, while it is being handled."""
    if why_not_settle_issue(by, issue) and not runs_station(by, issue.station):
        return "请由正在办理的一方、这个家站的站长、乡镇人大或者代工委改转。"
    if issue.state != IssueState.OPEN:
        return f"目前是“{issue.get_state_display()}”，不用改转。"
    same = (issue.route, issue.unit_id, issue.handler)
    if route and same == (route, unit.pk if unit else None, handler or ""):
        return "和现在的去向一样，不用改转。"
    return _why_not_there(route, unit)


def why_not_propose_issue(by: Actor, issue: Issue) -> str | None:
    """据此写建议: the deputy who heard it, of whatever stands."""
    if not (by.is_a(Role.DEPUTY) and by.same_person(issue.deputy.user_id)):
        return "由听到这件事的代表本人写建议。"
    return "登记已经撤回。" if issue.state == IssueState.WITHDRAWN else None


def why_not_settle_issue(by: Actor, issue: Issue) -> str | None:
    """办结: on each route whoever answers for it; the office may on every one."""
    if not _answers_for(by, issue):
        return WHO_SETTLES[Route(issue.route or Route.COMMUNITY)]
    if issue.state == IssueState.RECEIVED:
        return "还没有分流，请先分流或者登记当场答复。"
    return why_not_move(issue, IssueState.SETTLED)


def why_not_end_so(outcome: Outcome, taken_up: str, proposal: int | None) -> str | None:
    """结果: what went on in a proposal names it; what a higher deputy took up says who."""
    if outcome == Outcome.PROPOSED and not (proposal and taken_up):
        return "已提出代表建议的，要选是哪一件。"
    if outcome == Outcome.PASSED_ON and not taken_up:
        return "请写明由哪位上级代表反映。"
    return None


WHO_SETTLES = {
    Route.SPOT: "当场答复的已经办结。",
    Route.COMMUNITY: "请由这个家站的站长、乡镇人大或者代工委办结。",
    Route.TOWNSHIP: "请由乡镇人大或者代工委办结。",
    Route.COUNTY: "县级单位办理的由代工委办结。",
    Route.HIGHER: "请上级代表反映的由代工委办结。",
}


def _answers_for(by: Actor, issue: Issue) -> bool:
    if by.is_staff:
        return True
    if issue.route == Route.TOWNSHIP:
        return by.is_a(Role.TOWNSHIP_CLERK) and by.area_id == issue.station.area_id
    return issue.route not in (Route.COUNTY, Route.HIGHER) and runs_station(by, issue.station)


def why_not_tell_voter(
    by: Actor,
    issue: Issue,
    how: Told | None = None,
    told_on: date | None = None,
    *,
    today: date,
) -> str | None:
    """告知群众: by whoever received the voter or runs the station, when there is a result."""
    if refusal := _why_not_first(by, issue):
        return refusal
    if issue.state in (IssueState.RECEIVED, IssueState.OPEN):
        return "还没有办结，有了结果再告知。"
    if refusal := why_not_move(issue, IssueState.TOLD):
        return refusal
    if how is None or told_on is None:
        return None
    return _why_not_told(issue, how) or why_not_told_then(issue, told_on, today)


def _why_not_told(issue: Issue, how: Told) -> str | None:
    if how == Told.RECEIPT:
        return "凭查询号查看只用于群众留言。"
    asked_not = issue.visit is not None and issue.visit.consent == Consent.NO
    if how == Told.NOT_WANTED and not asked_not:
        return "来访人愿意知道结果，请告知以后再登记。"
    if asked_not and how not in (Told.NOT_WANTED, Told.FACE):
        return "来访人不用告知，请选“本人不用告知”；当面说过的选“当面”。"
    return None


def why_not_told_then(issue: Issue, told_on: date, today: date) -> str | None:
    """Not before there was a result, and not tomorrow."""
    if told_on > today:
        return "告知日期不能晚于今天。"
    if issue.settled_at and told_on < timezone.localdate(issue.settled_at):
        return "告知日期不能早于办结日期。"
    return None
