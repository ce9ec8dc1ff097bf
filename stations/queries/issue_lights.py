"""灯 of 民情: how many working days are left, by what it waits for."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from congress.shared.calendar import Works, add_working_days, working_days_until
from congress.shared.local_rules import on_any_day
from congress.shared.models import Workday
from stations.models import Issue
from stations.models.issues import LIVE
from stations.rules import ROUTE_DAYS, SOON_DAYS, TELL_DAYS
from stations.states import IssueState

LIGHTS = (("late", "超期"), ("soon", "临近"), ("ok", "按期"))
WHAT = {
    IssueState.RECEIVED: "分流",
    IssueState.OPEN: "办结",
    IssueState.SETTLED: "告知群众",
}


@dataclass(frozen=True)
class Light:
    """灯: of what waits, how many working days are left."""

    kind: str
    words: str


class Soon(NamedTuple):
    """临近: how many working days before the day, by what it waits for.

    Where a step has only a few days in all, the light burns for half of them.
    """

    route: int
    settle: int
    tell: int

    def of(self, state: str) -> int:
        return {IssueState.RECEIVED: self.route, IssueState.SETTLED: self.tell}.get(
            IssueState(state), self.settle
        )


def soon_on(today: date) -> Soon:
    """The rule of that day, for each step."""
    days, route, tell = on_any_day(SOON_DAYS, ROUTE_DAYS, TELL_DAYS)(today)
    return Soon(min(days, route // 2), days, min(days, tell // 2))


def light_of(issue: Issue, today: date, works: Works, soon: Soon) -> Light:
    if issue.due_on is None:
        return Light("", "")
    what = WHAT[IssueState(issue.state)]
    return light_until(issue.due_on, what, today, works, soon.of(issue.state))


def light_until(due_on: date, what: str, today: date, works: Works, soon: int) -> Light:
    """灯 of what is to be done by that day, in working days, of a finding too."""
    left = working_days_until(today, due_on, works)
    if due_on < today:
        return Light("late", f"{-left} 个工作日没有{what}")
    words = f"还有 {left} 个工作日{what}" if left else f"今天要{what}"
    return Light("soon" if left <= soon else "ok", words)


def within(today: date) -> dict[str, Q]:
    """Each light, and the days on which it burns."""
    works, soon = Workday.objects.works(), soon_on(today)
    near, far = Q(), Q()
    for state in LIVE:
        last = add_working_days(today, soon.of(state), works)
        near |= Q(state=state, due_on__range=(today, last))
        far |= Q(state=state, due_on__gt=last)
    return {"late": Q(state__in=LIVE, due_on__lt=today), "soon": near, "ok": far}
