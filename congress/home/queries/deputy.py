"""A deputy's first screen: what waits, the next dates, the year so far, and the other places."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from congress.home.queries import dates, deputy_tasks, waiting, year
from congress.home.queries.dates import Coming
from congress.home.queries.waiting import Task
from congress.home.queries.year import YearCard
from congress.shared.actors import Actor
from congress.shared.models import Assembly, Notice, Organisation
from deputies.models import (
    Deputy,
    Liaison,
    Mandate,
    Membership,
    Message,
    SpecialistMembership,
    Suspension,
)
from proposals.queries import deputies as own_proposals
from proposals.queries.clocks import day, weekday
from stations.models import Issue


class Group(NamedTuple):
    """A group one belongs to, and whom to ask there."""

    name: str
    words: str


@dataclass(frozen=True)
class Places:
    """我的…: where else a deputy goes, each with its number."""

    led: int
    signed: int
    letters: int
    contacts: int
    issues: int
    groups: list[Group]
    township: Organisation | None
    """Whom to ring: the township's congress, when it has told its telephone."""


@dataclass(frozen=True)
class DeputyDesk:
    name: str
    delegation: str
    today: str
    tasks: list[Task]
    soonest: str
    dates: list[Coming]
    later: list[Coming]
    cards: list[YearCard]
    places: Places
    notices: list[Notice]


def desk(actor: Actor, today: date) -> DeputyDesk | None:
    """我的待办; None for a post given by hand, before the register knows the account."""
    person = Deputy.objects.filter(user=actor.user).first()
    if person is None:
        return None
    seats = Mandate.objects.running(today).filter(deputy=person)
    held = list(seats.select_related("delegation", "term__assembly__level"))
    assemblies = _assemblies(held)
    lines, clock = own_proposals.mine(actor, today), waiting.clock_of(today)
    tasks = waiting.in_order(deputy_tasks.tasks(person, actor, lines, clock), clock)
    ahead = dates.of_deputy(person, actor, assemblies, lines, clock)
    return DeputyDesk(
        name=person.name,
        delegation=next((str(seat.delegation) for seat in held if seat.delegation), ""),
        today=f"{day(today)} {weekday(today)}",
        tasks=tasks,
        soonest=_soonest(tasks),
        dates=ahead[: dates.SHOWN],
        later=ahead[dates.SHOWN :],
        cards=year.cards(person, assemblies, today),
        places=_places(person, actor, lines, today),
        notices=list(Notice.objects.unread(actor.user)[:5]) if actor.user else [],
    )


def _assemblies(held: list[Mandate]) -> list[Assembly]:
    return year.seats_first(list({seat.term.assembly: None for seat in held}))


def resting(actor: Actor, today: date) -> date | None:
    """暂时停止执行代表职务 (代表法第六十一条): since when; such a deputy holds no post."""
    rows = Suspension.objects.running(today).filter(deputy__user=actor.user)
    return rows.values_list("from_on", flat=True).first() if actor.user else None


def _soonest(tasks: list[Task]) -> str:
    """The first light in words, for the big button of 长者模式."""
    first = next((task.light for task in tasks if task.light), None)
    if first is None:
        return ""
    return f"最急的超期 {first.words}" if first.kind == "late" else f"最急的{first.words}"


def _places(
    person: Deputy, actor: Actor, lines: list[own_proposals.OwnProposal], today: date
) -> Places:
    spell = Membership.objects.running(today).filter(deputy=person)
    own = spell.select_related("group__convenor").first()
    fields = SpecialistMembership.objects.running(today).filter(deputy=person)
    groups = [Group(own.group.name, _convenor(own, actor))] if own else []
    groups += [
        Group(row.group.name, _leader(row, person))
        for row in fields.select_related("group__leader").order_by("group__name")
    ]
    near = Organisation.objects.townships().exclude(phone="")
    return Places(
        led=sum(line.leads for line in lines),
        signed=sum(not line.leads for line in lines),
        letters=Message.objects.visible_to(actor, today).filter(sent_at__year=today.year).count(),
        contacts=Liaison.objects.visible_to(actor).running(today).count(),
        issues=Issue.objects.visible_to(actor).waiting().count(),
        groups=groups,
        township=near.filter(Q(area=own.group.area_id)).first() if own else None,
    )


def _convenor(spell: Membership, actor: Actor) -> str:
    convenor = spell.group.convenor
    if convenor is None:
        return "还没有召集人"
    return "您是召集人" if actor.same_person(convenor.pk) else f"召集人 {convenor.name}"


def _leader(row: SpecialistMembership, person: Deputy) -> str:
    leader = row.group.leader
    if leader is None:
        return "还没有组长"
    return "您是组长" if leader == person else f"组长 {leader.name}"
