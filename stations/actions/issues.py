"""民情: routed, handed on, settled, and the voter told; each ending is told to the deputy."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.calendar import add_working_days
from congress.shared.local_rules import LocalRule
from congress.shared.models import Organisation, Workday
from congress.shared.workflow import lock, move, record, refuse_if
from deputies.actions import messages
from deputies.models import Message
from stations.actions import issue_notices as told
from stations.models import Issue, Outcome, Route, Station, Telling, Told, Way
from stations.models.issues import TAKEN_UP
from stations.permissions.issues import (
    why_not_answer_on_the_spot,
    why_not_end_so,
    why_not_hand_on,
    why_not_propose_issue,
    why_not_raise_issue,
    why_not_route_issue,
    why_not_settle_issue,
    why_not_tell_voter,
)
from stations.queries.issues import ROUTE_RULES, way_said
from stations.rules import COMMUNITY_DAYS, TELL_DAYS
from stations.states import IssueState


def _due(rule: LocalRule, today: date) -> date:
    return add_working_days(today, rule.on(today), Workday.objects.works())


def _way(
    route: Route, unit: Organisation | None, handler: str, today: date
) -> tuple[dict[str, Any], str]:
    """What stands on the matter from now on, and that in words: 乡镇办理：水利站."""
    way = {
        "route": route,
        "unit": unit,
        "handler": handler,
        "due_on": _due(ROUTE_RULES[route], today),
    }
    return way, way_said(route, unit, handler, between="：")


@transaction.atomic
def raise_issue(message: Message, *, station: Station, title: str, by: Actor, today: date) -> Issue:
    """转家站: its keeper, or else its township, is told; the voter reads where it is."""
    message = lock(message)
    refuse_if(why_not_raise_issue(by, message, today=today))
    message = messages.raised(message, by=by, today=today)
    issue = Issue(
        state=IssueState.OPEN,
        station=station,
        message=message,
        title=title,
        raised_by=by.user,
        raised_at=clock.now(),
        route=Route.COMMUNITY,
        due_on=_due(COMMUNITY_DAYS, today),
    )
    issue.save()
    record(issue, IssueState.OPEN, by=by, note=title)
    told.to_holders(issue, f"{message.deputy.name}代表转来一件民情：{title}", today)
    return issue


@transaction.atomic
def answer_on_the_spot(
    issue: Issue, *, outcome: Outcome, answer: str, by: Actor, today: date
) -> Issue:
    """当场答复: the voter heard the answer from the deputy; nothing is left to do."""
    issue = lock(issue)
    refuse_if(why_not_answer_on_the_spot(by, issue) or why_not_end_so(outcome, "", None))
    issue = _settle(issue, outcome, answer, by=by, today=today, route=Route.SPOT)
    on_the_phone = issue.visit is not None and issue.visit.way == Way.CALL
    how = Told.CALL if on_the_phone else Told.FACE
    _told(issue, how, "", issue.visit.came_on if issue.visit else today, by=by)
    told.of_result(issue, today, but=by.user)
    return issue


@transaction.atomic
def route_issue(
    issue: Issue,
    *,
    route: Route,
    handler: str = "",
    unit: Organisation | None = None,
    by: Actor,
    today: date,
) -> Issue:
    """分流: whoever has it now is told, and has until the route's own day."""
    issue = lock(issue)
    refuse_if(why_not_route_issue(by, issue, route, unit))
    way, words = _way(route, unit, handler, today)
    issue = move(issue, IssueState.OPEN, by=by, note=words, **way)
    told.to_holders(issue, f"接待群众时听到一件事：{issue.title}。{words}。", today)
    return issue


@transaction.atomic
def hand_on(
    issue: Issue,
    *,
    route: Route,
    handler: str = "",
    unit: Organisation | None = None,
    reason: str,
    by: Actor,
    today: date,
) -> Issue:
    """改转: it goes another way, with its reason, and the days of that way begin today."""
    issue = lock(issue)
    refuse_if(why_not_hand_on(by, issue, route, unit, handler))
    told.asked_no_more(issue)
    way, words = _way(route, unit, handler, today)
    for name, value in way.items():
        setattr(issue, name, value)
    issue.save(update_fields=[*way])
    record(issue, "rerouted", by=by, note=f"{words}。{reason}")
    told.to_holders(issue, f"改转来一件民情：{issue.title}。{words}。{reason}", today)
    return issue


@transaction.atomic
def settle_issue(
    issue: Issue,
    *,
    outcome: Outcome,
    result: str,
    taken_up: str = "",
    proposal: int | None = None,
    by: Actor,
    today: date,
) -> Issue:
    """办结: the deputy, or else the office, is told, and the voter is to be told next.

    Who wrote by a code reads the result behind the receipt number, and so is told at once; with
    it which proposal or which deputy of a higher level has taken it up.
    """
    issue = lock(issue)
    refuse_if(why_not_settle_issue(by, issue))
    refuse_if(why_not_end_so(outcome, taken_up, proposal))
    told.asked_no_more(issue)
    named = {"taken_up": taken_up, "proposal": proposal} if outcome in TAKEN_UP else {}
    issue = _settle(issue, outcome, result, by=by, today=today, **named)
    if issue.message:
        said = f"{outcome.label}：{taken_up}。\n{result}" if named else result
        messages.settled(issue.message, result=said, by=by)
        issue = _told(issue, Told.RECEIPT, "", today, by=by)
    told.of_result(issue, today, but=by.user)
    return issue


@transaction.atomic
def note_proposing(issue: Issue, *, by: Actor) -> str:
    """据此写建议: the trail has it; where and when it was heard, in words without a voter's name.

    A part of `congress.home.proposing.begin_proposal`, which makes the draft.
    """
    issue = lock(issue)
    refuse_if(why_not_propose_issue(by, issue))
    record(issue, "proposing", by=by)
    if issue.visit:
        on, how = issue.visit.came_on, str(issue.visit.get_way_display())
    else:
        on, how = timezone.localdate(issue.raised_at), "群众留言"
    return f"{on.year} 年 {on.month} 月 {on.day} 日{issue.station}{how}：{issue.title}"[:120]


@transaction.atomic
def tell_voter(
    issue: Issue, *, how: Told, words: str = "", told_on: date, by: Actor, today: date
) -> Issue:
    """告知群众: by whom, when and how is noted, and the matter is over."""
    issue = lock(issue)
    refuse_if(why_not_tell_voter(by, issue, how, told_on, today=today))
    refuse_if(
        "联系不上的请写明找过几次、怎么找的。" if how == Told.NOT_REACHED and not words else None
    )
    told.asked_no_more(issue)
    return _told(issue, how, words, told_on, by=by)


def _settle(
    issue: Issue, outcome: Outcome, result: str, *, by: Actor, today: date, **facts: object
) -> Issue:
    return move(
        issue,
        IssueState.SETTLED,
        by=by,
        note="：".join(filter(None, (str(outcome.label), str(facts.get("taken_up", ""))))),
        outcome=outcome,
        result=result,
        settled_by=by.user,
        settled_at=clock.now(),
        due_on=_due(TELL_DAYS, today),
        **facts,
    )


def _told(issue: Issue, how: Told, words: str, told_on: date, *, by: Actor) -> Issue:
    Telling.objects.create(
        issue=issue, told_on=told_on, how=how, words=words, told_by=by.user, noted_at=clock.now()
    )
    return move(issue, IssueState.TOLD, by=by, note=str(how.label), due_on=None)
