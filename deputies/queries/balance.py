"""均衡编组的建议: as few moves as bring a township's groups to even sizes, neighbours together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congress.shared.models import Area
from deputies.models import Deputy, DeputyGroup, Mandate, Membership


@dataclass(frozen=True)
class Person:
    """Whom one may move: which district elected them."""

    deputy: int
    district: int | None


@dataclass(frozen=True)
class Proposal:
    """One suggested move: who, from where, to where, and why this one."""

    deputy: Deputy
    was: DeputyGroup
    now: DeputyGroup
    why: str


def even_moves(groups: dict[int, list[Person]], fixed: set[int]) -> list[tuple[int, int, int]]:
    """Moves (deputy, from, to) after which the sizes differ by at most one.

    As few as possible: each goes from the largest group to the smallest. Convenors (`fixed`) stay.
    Whoever shares the district with most people there, and with fewest here, goes first. The groups
    are not touched; equal input gives equal moves.
    """
    now = {pk: list(people) for pk, people in groups.items()}
    moves: list[tuple[int, int, int]] = []
    while now:
        large = max(now, key=lambda pk: (len(now[pk]), -pk))
        small = min(now, key=lambda pk: (len(now[pk]), pk))
        free = [person for person in now[large] if person.deputy not in fixed]
        if len(now[large]) - len(now[small]) < 2 or not free:
            break
        here = Counter(person.district for person in now[large])
        there = Counter(person.district for person in now[small])
        best = max(
            free,
            key=lambda p: (there[p.district] - here[p.district], -p.deputy),
        )
        now[large].remove(best)
        now[small].append(best)
        moves.append((best.deputy, large, small))
    return _direct(moves)


def _direct(moves: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Whoever was moved twice is moved once; whoever came back is not moved."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for deputy, was, now in moves:
        first.setdefault(deputy, was)
        last[deputy] = now
    return [(pk, first[pk], last[pk]) for pk in first if first[pk] != last[pk]]


def proposed(area: Area, today: date) -> list[Proposal]:
    """What would even out the township's standing groups today; nothing is written."""
    rows = DeputyGroup.objects.standing(today).filter(area=area).select_related("convenor")
    groups = {group.pk: group for group in rows}
    spells = Membership.objects.running(today).filter(group__in=groups).order_by("deputy")
    people = {spell.deputy_id: spell for spell in spells.select_related("deputy")}
    seats = Mandate.objects.running(today).filter(deputy__in=people)
    lowest = seats.order_by("term__assembly__level__rank")
    district = dict(lowest.values_list("deputy", "district"))
    members: dict[int, list[Person]] = {pk: [] for pk in groups}
    for pk, spell in people.items():
        members[spell.group_id].append(Person(pk, district.get(pk)))
    convening = {group.convenor_id for group in groups.values() if group.convenor_id}
    fixed = {pk for pk, spell in people.items() if spell.deputy.user_id in convening}
    there = {(person.district, group) for group, own in members.items() for person in own}
    return [
        Proposal(
            people[pk].deputy,
            groups[was],
            groups[now],
            "那边有同选区的代表" if (district.get(pk), now) in there else "人数均衡",
        )
        for pk, was, now in even_moves(members, fixed)
    ]
