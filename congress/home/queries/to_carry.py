"""滚动办: what the year that is over has left open, for whoever carries it over."""

from datetime import date

from django.urls import reverse

from congress.home.queries.queue import Queue
from congress.home.queries.waiting import Task
from congress.shared.actors import Actor
from congress.shared.roles import Role
from proposals.models import CarryOver
from proposals.permissions.carrying import why_not_carry_over
from proposals.queries.congresses import congress_of
from proposals.queries.open_matters import how_many_open


def to_carry(by: Actor, today: date) -> int:
    """没有结转的: of last year, as long as nothing of it has been carried over."""
    if not by.is_a(Role.STAFF_DIRECTOR, Role.TOWNSHIP_CLERK):
        return 0
    congress, year = congress_of(by), today.year - 1
    if congress is None or why_not_carry_over(by, congress, year, today):
        return 0
    if CarryOver.objects.filter(assembly=congress, from_year=year).exists():
        return 0
    return how_many_open(congress, year)


def queues(by: Actor, today: date) -> list[Queue]:
    """One line of the workbench, from the first of January on."""
    many, year = to_carry(by, today), today.year - 1
    title, page = f"{year} 年没有办完的待结转", reverse("proposals:carried_year")
    words = "先看一遍，一次结转，期限不变"
    return [Queue(title, many, words, "must", f"{page}?year={year}")] if many else []


def tasks(by: Actor, today: date) -> list[Task]:
    """The same on the first page of a township's office."""
    return [
        Task(f"{each.count} 件 {each.title}", f"{each.words}。", "去结转", each.url)
        for each in queues(by, today)
    ]
