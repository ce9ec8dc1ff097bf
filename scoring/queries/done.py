"""我核过的: what one has checked or verified, so that a slip is found and taken back in time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from congress.shared.actors import Actor
from deputies.models import DutyRecord
from deputies.permissions import why_not_uncheck
from deputies.queries.duties import COLOURS, day_words, done_words, moment_words
from deputies.states import DutyState
from scoring.models import Entry
from scoring.queries.waiting import VERIFY, Step, group_name, monday, with_people

TAKEN_BACK = "已冲销"


@dataclass(frozen=True)
class Row:
    """One record that this person has seen, and what became of it."""

    pk: int
    name: str
    group: str
    done: str
    when: str
    state: str
    colour: str
    points: str
    refusal: str | None
    """Why the check can no longer be taken back."""


def done(by: Actor, step: Step, at: str, today: date) -> QuerySet[DutyRecord]:
    """The records of one act (`at` is its moment), or all of this week; newest first."""
    moment = _moment(at)
    rows = step.done_since(by, monday(today))
    if moment:
        rows = step.done_by(by).filter(**{step.when: moment})
    return with_people(rows.order_by(f"-{step.when}", "pk"), today)


def _moment(at: str) -> datetime | None:
    """The moment an address names; None for one mistyped, also where no clock shows it."""
    try:
        moment = parse_datetime(at)
        return moment.astimezone(UTC) if moment and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def standing_points(records: Iterable[DutyRecord]) -> dict[int, str]:
    """What stands of each record in the ledger, of two congresses the fuller line.

    A record whose every line was taken back says so.
    """
    lines = Entry.objects.filter(record__in=list(records)).order_by("points")
    found = {line.record_id: TAKEN_BACK for line in lines}
    return found | {line.record_id: f"+{line.points:.1f}" for line in lines.standing()}


def rows(by: Actor, step: Step, records: Iterable[DutyRecord]) -> list[Row]:
    """The lines of the list; a record in two congresses names its fuller line."""
    shown = list(records)
    points = standing_points(shown) if step is VERIFY else {}
    return [
        Row(
            pk=record.pk,
            name=record.deputy.name,
            group=group_name(record),
            done=f"{done_words(record)} · {day_words(record.done_on)}",
            when=moment_words(getattr(record, step.when)),
            state=DutyState(record.state).label,
            colour=COLOURS[record.state],
            points=points.get(record.pk, ""),
            refusal=why_not_uncheck(by, record),
        )
        for record in shown
    ]
