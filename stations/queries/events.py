"""活动 as screens show it: who was called, and who came."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple

from congress.shared.models import Assembly, AuditEvent
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
    said: str = ""
    """What they answered to the call."""


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
    guest: bool
    """Came without being called."""
    job: str
    """Where it tells two of one name apart."""
    says: str
    """What the deputy says of it, until it is corrected."""


def turnout(activity: Activity) -> list[tuple[Presence, list[Line]]]:
    """Absent first, then on leave, then present; each with the state of the duty record."""
    roll = list(activity.attendances.in_name_order().select_related("deputy"))
    sources = [row.duty_source for row in roll if row.presence == Presence.PRESENT]
    found = DutyRecord.objects.of_sources(sources).values_list("source", "pk", "state")
    told = {source: (pk, DutyState(state)) for source, pk, state in found}
    called = set(activity.invitees.values_list("deputy", flat=True)) if activity.called_at else None
    names = Counter(row.deputy.name for row in roll)
    says = _contested(roll)
    order = [Presence.ABSENT, Presence.LEAVE, Presence.PRESENT]
    roll.sort(key=lambda row: order.index(Presence(row.presence)))
    return [
        (
            Presence(presence),
            [_line(row, told.get(row.duty_source), called, names, says) for row in rows_of],
        )
        for presence, rows_of in groupby(roll, key=lambda row: row.presence)
    ]


def _line(
    row: Attendance,
    told: tuple[int, DutyState] | None,
    called: Collection[int] | None,
    names: Counter[str],
    says: Mapping[int, str],
) -> Line:
    guest = called is not None and row.deputy_id not in called
    deputy = row.deputy
    job = deputy.job if names[deputy.name] > 1 else ""
    record, state = told or (None, None)
    return Line(
        row.pk,
        deputy.name,
        row.approver,
        record,
        state.label if state else "",
        COLOURS[state] if state else "",
        guest,
        job,
        says.get(row.pk, ""),
    )


def _contested(roll: Collection[Attendance]) -> dict[int, str]:
    """What deputies said of their line since it was last put right."""
    deeds = AuditEvent.objects.filter(
        subject=Attendance._meta.label,
        subject_id__in=[row.pk for row in roll],
        now__in=("attendance_contested", "attendance_corrected"),
    ).order_by("pk")
    last = {pk: (now, note) for pk, now, note in deeds.values_list("subject_id", "now", "note")}
    return {pk: note for pk, (now, note) in last.items() if pk and now == "attendance_contested"}
