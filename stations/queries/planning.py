"""排轮值: what a year's rota would be, read and worked out before anything is written."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from congress.shared.models import Workday
from deputies.models import Mandate
from stations.dates import Planned, days_of
from stations.evenness import Evenness, measured, together
from stations.models import Posting, ReceptionDay, RotaLeave, RotaSlot, Station, StationKind
from stations.rota import Server, Turn, plan, seats_for
from stations.rules import FIRST, ROLL, SEATS, SECOND, THIRD


@dataclass(frozen=True)
class Draft:
    """One station's year: days not yet there, turns not yet given, seats nobody can take."""

    station: Station
    people: int
    seats: int
    fresh_days: tuple[Planned, ...]
    days: dict[date, int]
    """The reception days that are there, by the date they are held on."""
    fresh: tuple[Turn, ...]
    standing: int
    unfilled: dict[date, int]
    evenness: Evenness


@dataclass(frozen=True)
class YearDraft:
    """The county's year, and how evenly it is shared."""

    year: int
    drafts: tuple[Draft, ...]

    @property
    def slots(self) -> int:
        return self.fresh + sum(each.standing for each in self.drafts)

    @property
    def fresh(self) -> int:
        return sum(len(each.fresh) for each in self.drafts)

    @property
    def unfilled(self) -> int:
        return sum(sum(each.unfilled.values()) for each in self.drafts)

    @property
    def evenness(self) -> Evenness:
        return together([each.evenness for each in self.drafts if each.people])


def year_days(year: int) -> list[Planned]:
    """The year's reception days by the rules in force on its first day."""
    first = date(year, 1, 1)
    numbers = [rule.on(first) for rule in (FIRST, SECOND, THIRD)]
    return days_of(year, numbers, ROLL.on(first), Workday.objects.works())


def drawn(year: int, today: date) -> YearDraft:
    """The rota as it would be: what stands is kept, and only what is free after today is given."""
    on = max(today, date(year, 1, 1))
    people = _people(on)
    receive = Q(kind=StationKind.STATION) | Q(pk__in=people)
    stations = list(Station.objects.standing().filter(receive))
    whole, least = year_days(year), SEATS.on(date(year, 1, 1))
    known: dict[int, list[ReceptionDay]] = defaultdict(list)
    for day in ReceptionDay.objects.of_year(year):
        known[day.station_id].append(day)
    turns: dict[int, list[Turn]] = defaultdict(list)
    slots = RotaSlot.objects.live().filter(day__planned_on__year=year).order_by()
    for station, held_on, deputy in slots.values_list("day__station", "day__held_on", "deputy"):
        turns[station].append(Turn(held_on, deputy))
    servers = _servers(people, year, {each.held_on for each in whole}, known)
    return YearDraft(
        year,
        tuple(
            _draft(
                station,
                servers.get(station.pk, []),
                known[station.pk],
                turns[station.pk],
                whole,
                least,
                today,
            )
            for station in stations
        ),
    )


def _draft(  # what one station's year is made of
    station: Station,
    servers: list[Server],
    known: list[ReceptionDay],
    standing: list[Turn],
    whole: list[Planned],
    least: int,
    today: date,
) -> Draft:
    there, held = {day.planned_on for day in known}, {day.held_on for day in known}
    fresh = [
        each
        for each in whole
        if each.planned_on not in there and each.held_on > today and each.held_on not in held
    ]
    seats = seats_for(least, len(servers), len(whole))
    wanted = {day.held_on: day.seats if day.held_on > today else 0 for day in known}
    wanted |= {each.held_on: seats for each in fresh}
    made = plan(list(wanted), servers, wanted, standing)
    levels = {each.pk: each.level for each in servers}
    return Draft(
        station=station,
        people=len(servers),
        seats=seats,
        fresh_days=tuple(fresh),
        days={day.held_on: day.pk for day in known},
        fresh=made.turns,
        standing=len(standing),
        unfilled=made.unfilled,
        evenness=measured([*standing, *made.turns], levels),
    )


def _people(on: date) -> dict[int, list[int]]:
    """Who can be met at which station on that day."""
    found: dict[int, list[int]] = defaultdict(list)
    for station, deputy in Posting.objects.serving(on).values_list("station", "deputy"):
        found[station].append(deputy)
    return found


def _servers(
    people: dict[int, list[int]],
    year: int,
    days: set[date],
    known: dict[int, list[ReceptionDay]],
) -> dict[int, list[Server]]:
    """Each with the highest level they sit at, when they are away, and their last turn."""
    everybody = [pk for row in people.values() for pk in row]
    days = days | {day.held_on for row in known.values() for day in row}
    away = RotaLeave.objects.days_away(everybody, days)
    first = date(year, 1, 1)
    seats = Mandate.objects.running(first).order_by("term__assembly__level__rank")
    levels: dict[int, str] = {}
    for deputy, level in seats.values_list("deputy", "term__assembly__level__code"):
        levels.setdefault(deputy, level)
    before = RotaSlot.objects.live().filter(day__held_on__lt=first).order_by("day__held_on")
    last = dict(before.values_list("deputy", "day__held_on"))
    return {
        station: [
            Server(pk, levels.get(pk, ""), frozenset(away.get(pk, ())), last.get(pk)) for pk in row
        ]
        for station, row in people.items()
    }
