"""回头看、三问、重新办理: what waits for the office after the reply.

The workbench and the badges count the same.
"""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from congress.home.queries.queue import Queue, aged
from congress.shared.calendar import Works
from proposals.models import (
    Challenge,
    LookBack,
    Promise,
    Proposal,
    Question,
    Rehandling,
    Upgrade,
)

Rows = tuple[str, QuerySet[Any]]
SINCE = {
    "proposals:promises": ("承诺兑现待核实", "due_on"),
    "proposals:look_backs": ("回头看待了结", "opened_on"),
    "proposals:upgrade_list": ("转类待核实", "asked_on"),
    "proposals:challenge_list": ("已解决又被提出", "proposal__accepted_on"),
    "proposals:key_list": ("三问逾期没有回答", "due_on"),
    "proposals:rehandlings": ("重新办理逾期", "due_on"),
}
"""Each place with the line of the workbench, and since when one of its rows has waited."""


def following(proposals: QuerySet[Proposal], today: date) -> list[Rows]:
    """承诺、回头看、转类、又被提出 of these proposals: what waits for their office's word."""
    these = proposals.order_by().values("pk")
    own: dict[str, Any] = {"reply__assignment__proposal__in": these}
    late = Question.objects.overdue(today).filter(supervision__proposal__in=these)
    orders = Rehandling.objects.overdue(today).filter(assignment__proposal__in=these)
    return [
        ("proposals:promises", Promise.objects.to_confirm().filter(**own)),
        ("proposals:look_backs", LookBack.objects.for_the_office(today).filter(**own)),
        ("proposals:upgrade_list", Upgrade.objects.waiting().filter(**own)),
        ("proposals:challenge_list", Challenge.objects.for_the_office(today).filter(**own)),
        ("proposals:key_list", late),
        ("proposals:rehandlings", orders),
    ]


def follow_queues(today: date, works: Works) -> list[Queue]:
    """The same as lines of the workbench, each with the age of its oldest."""
    county = Proposal.objects.decided_at_the_desk()
    return [_queue(name, rows, today, works) for name, rows in following(county, today)]


def _queue(name: str, rows: QuerySet[Any], today: date, works: Works) -> Queue:
    title, since = SINCE[name]
    return aged(title, rows, since, reverse(name), today, works)
