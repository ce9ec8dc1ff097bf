"""代为登记 as the office and the townships follow it: who has not said yes or no, and how long."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.calendar import Works, working_days_until
from congress.shared.models import Workday
from deputies.models import DutyRecord
from deputies.models.duties import DutyRecordQuerySet
from deputies.queries.duties import COLOURS, day_words, done_words, state_words, told_words
from deputies.rules import CONFIRM_DAYS
from deputies.states import DutyState


class Line(NamedTuple):
    """One duty entered on behalf."""

    pk: int
    name: str
    done: str
    day: str
    by: str
    state: str
    colour: str
    age: str
    late: bool
    words: str


def entered(by: Actor, only: str, today: date) -> DutyRecordQuerySet:
    """What was entered for the deputies this post sees; what waits longest first, or all."""
    rows = DutyRecord.objects.visible_to(by).entered()
    if only in ("waiting", "late"):
        rows = rows.in_state(DutyState.ENTERED).order_by("reported_at", "pk")
    if only == "late":
        rows = rows.filter(reported_at__lt=_too_long_ago(today, Workday.objects.works()))
    return rows if only in ("waiting", "late") else rows.order_by("-reported_at", "-pk")


def counts(by: Actor, today: date) -> dict[str, int]:
    """How many wait for their deputy, how many of them too long, and how many there are."""
    return {only: entered(by, only, today).count() for only in ("waiting", "late", "all")}


def _too_long_ago(today: date, works: Works) -> datetime:
    """What was entered before this instant is past its days."""
    day, days = today, CONFIRM_DAYS.on(today)
    while working_days_until(day, today, works) <= days:
        day -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def lines(records: Iterable[DutyRecord], today: date) -> list[Line]:
    """The lines of the list; the records come with deputy, item and who entered them."""
    works, days = Workday.objects.works(), CONFIRM_DAYS.on(today)
    return [_line(record, today, works, days) for record in records]


def _line(record: DutyRecord, today: date, works: Works, days: int) -> Line:
    state = DutyState(record.state)
    waited = working_days_until(timezone.localdate(record.reported_at), today, works)
    waits = state == DutyState.ENTERED
    return Line(
        record.pk,
        record.deputy.name,
        done_words(record),
        _day(record.done_on, today),
        record.reported_by.name if record.reported_by else "",
        state_words(record),
        COLOURS[state],
        f"等了 {waited} 个工作日" if waits and waited > 0 else "",
        waits and waited > days,
        record.return_reason,
    )


def _day(day: date, today: date) -> str:
    """11 月 18 日; of another year with it, since 逾期补登 goes a year back."""
    return day_words(day) if day.year == today.year else f"{day.year} 年 {day_words(day)}"


class Card(NamedTuple):
    """One of two records of an occasion, to be laid beside the other."""

    pk: int
    done: str
    when: str
    told: str
    place: str
    note: str
    state: str
    colour: str
    photos: list[int]


def twin_of(record: DutyRecord) -> DutyRecord | None:
    """The first other record that may tell the same occasion."""
    rows = DutyRecord.objects.same_occasion(record.deputy, record.item, record.done_on)
    rows = rows.same_matter(record.matter)
    people = ("deputy", "item", "reported_by")
    return rows.exclude(pk=record.pk).select_related(*people).order_by("pk").first()


def card(record: DutyRecord) -> Card:
    """What a person compares."""
    state = DutyState(record.state)
    return Card(
        record.pk,
        done_words(record),
        day_words(record.done_on),
        told_words(record),
        record.place,
        record.note,
        state_words(record),
        COLOURS[state],
        [photo.pk for photo in record.evidence.all()],
    )
