"""本季度还没有履职的: who serves and has told of nothing this quarter, and who was never called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.utils import timezone

from congress.shared.models import Assembly, AuditEvent
from deputies.models import Deputy, DeputyGroup, DutyRecord
from deputies.queries.liaison import quarter_of
from scoring.queries.board import EVERYBODY, Within
from scoring.queries.past import end_of
from scoring.queries.roll import Seated, seated
from stations.models import Attendance

REMINDED = "reminded"


@dataclass(frozen=True)
class Quiet:
    """One deputy without a verified or waiting record since the quarter began."""

    pk: int
    name: str
    group_id: int | None
    group: str
    area: str
    since: date | None
    last_on: date | None
    last: str
    called: int


@dataclass(frozen=True)
class QuietGroup:
    """The quiet ones of one group, and when its convenor was last written to this quarter."""

    group_id: int | None
    name: str
    area: str
    people: Sequence[Quiet]
    reminded_on: date | None


def quiet(
    assembly: Assembly, today: date, *, within: Within = EVERYBODY, name: str = ""
) -> list[Quiet]:
    """Those who serve, within the filters; whose last duty is the longest ago come first."""
    first, _ = quarter_of(today)
    people = {
        pk: one
        for pk, one in seated(assembly, today).items()
        if within.has(one) and name in one.name
    }
    told = DutyRecord.objects.standing().filter(deputy__in=people)
    busy = set(told.filter(done_on__range=(first, today)).values_list("deputy_id", flat=True))
    silent = {pk: one for pk, one in people.items() if pk not in busy}
    last = _last(silent, today)
    calls = Attendance.objects.filter(
        deputy__in=silent, activity__held_on__range=(first, today)
    ).order_by()
    called = dict(calls.values_list("deputy_id").annotate(Count("pk")))
    rows = [_row(one, last.get(pk), called.get(pk, 0)) for pk, one in silent.items()]
    orders = {pk: one.order for pk, one in silent.items()}
    return sorted(rows, key=lambda row: (row.last_on or date.min, orders[row.pk], row.pk))


def _last(people: dict[int, Seated], today: date) -> dict[int, tuple[date, str]]:
    """The newest duty of each that counts or may yet count."""
    rows = DutyRecord.objects.standing()
    rows = rows.filter(deputy__in=people, done_on__lte=today)
    newest = rows.order_by("deputy_id", "-done_on", "-pk").distinct("deputy_id")
    return {
        pk: (on, item)
        for pk, on, item in newest.values_list("deputy_id", "done_on", "item__short_name")
    }


def _row(one: Seated, last: tuple[date, str] | None, called: int) -> Quiet:
    on, what = last or (None, "")
    return Quiet(one.pk, one.name, one.group_id, one.group, one.area, one.since, on, what, called)


def by_group(rows: Sequence[Quiet], today: date) -> list[QuietGroup]:
    """The same by township and group: one line for each convenor who can be written to."""
    groups: dict[int | None, list[Quiet]] = {}
    for row in rows:
        groups.setdefault(row.group_id, []).append(row)
    told = reminded([pk for pk in groups if pk], today)
    found = [
        QuietGroup(pk, own[0].group or "没有编组", own[0].area, own, told.get(pk or 0))
        for pk, own in groups.items()
    ]
    return sorted(found, key=lambda group: (-len(group.people), group.area, group.name))


def reminded(groups: Sequence[int], today: date) -> dict[int, date]:
    """The groups whose convenor was written to this quarter, and on which day."""
    first, _ = quarter_of(today)
    events = AuditEvent.objects.filter(
        subject=DeputyGroup._meta.label,
        subject_id__in=groups,
        now=REMINDED,
        at__gte=end_of(first - timedelta(days=1)),
    )
    return {
        pk: timezone.localdate(at)
        for pk, at in events.order_by("at").values_list("subject_id", "at")
    }


def quiet_of(group: DeputyGroup, today: date) -> list[str]:
    """The names of the group's members who serve and have told of nothing this quarter."""
    first, _ = quarter_of(today)
    told = DutyRecord.objects.standing()
    busy = told.filter(done_on__range=(first, today)).values("deputy")
    members = Deputy.objects.serving(today).grouped(today, membership__group=group)
    return list(members.exclude(pk__in=busy).in_name_order().values_list("name", flat=True))
