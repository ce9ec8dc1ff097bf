"""活动 as screens show it: who was called, and who came."""

from datetime import date
from itertools import groupby
from typing import NamedTuple

from congress.shared.models import Assembly
from deputies.models import Deputy, DeputyGroup, DutyRecord, Mandate
from deputies.queries.duties import COLOURS, WEEKDAYS, day_words
from deputies.states import DutyState
from stations.models import Activity, Attendance, Presence


class Person(NamedTuple):
    """One deputy of the roll, under the heading they stand in."""

    pk: int
    name: str
    section: str
    job: str


def called(group: DeputyGroup | None, assembly: Assembly | None, day: date) -> list[Person]:
    """Who is to be marked: the group by strokes, or the assembly by delegation and strokes."""
    if assembly is None:
        people = Deputy.objects.called(group, None, day).in_name_order()
        return [
            Person(pk, name, "", job) for pk, name, job in people.values_list("pk", "name", "job")
        ]
    acting = Deputy.objects.serving(day)
    seats = Mandate.objects.running(day).of_assembly(assembly).filter(deputy__in=acting)
    rows = seats.by_delegation().values_list(
        "deputy", "deputy__name", "delegation__name", "deputy__job"
    )
    return [Person(pk, name, section or "未编代表团", job) for pk, name, section, job in rows]


def whom(activity: Activity) -> str:
    """The squad, the group, the specialists, or all deputies of an assembly."""
    if activity.group:
        return f"{activity.group.name}{activity.squad or ''}"
    return activity.specialists.name if activity.specialists else f"{activity.assembly}全体代表"


def when(activity: Activity) -> str:
    day = activity.held_on
    return f"{day.year} 年 {day_words(day)} 周{WEEKDAYS[day.weekday()]}"


class Line(NamedTuple):
    """One deputy of an activity: came or not, and how far the duty has come."""

    pk: int
    name: str
    approver: str
    record: int | None
    state: str
    colour: str


def turnout(activity: Activity) -> list[tuple[Presence, list[Line]]]:
    """Absent first, then on leave, then present; each with the state of the duty record."""
    roll = list(activity.attendances.in_name_order().select_related("deputy"))
    sources = [row.duty_source for row in roll if row.presence == Presence.PRESENT]
    found = DutyRecord.objects.of_sources(sources).values_list("source", "pk", "state")
    told = {source: (pk, DutyState(state)) for source, pk, state in found}
    order = [Presence.ABSENT, Presence.LEAVE, Presence.PRESENT]
    roll.sort(key=lambda row: order.index(Presence(row.presence)))
    return [
        (Presence(presence), [_line(row, told.get(row.duty_source)) for row in rows_of])
        for presence, rows_of in groupby(roll, key=lambda row: row.presence)
    ]


def _line(row: Attendance, told: tuple[int, DutyState] | None) -> Line:
    if told is None:
        return Line(row.pk, row.deputy.name, row.approver, None, "", "")
    pk, state = told
    return Line(row.pk, row.deputy.name, row.approver, pk, state.label, COLOURS[state])
