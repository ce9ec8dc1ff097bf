"""核对与核实的队列: a page of what waits, its counts, and what an act on it would do."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.calendar import Works, working_days_until
from congress.shared.models import Workday
from deputies.models import DutyRecord
from deputies.models.doubts import DOUBTFUL, doubt_words
from deputies.models.duties import WAITS_SINCE
from deputies.permissions import why_not_together
from deputies.queries.duties import day_words, done_words, mender_words, sent_back_on
from deputies.rules import MEND_DAYS
from scoring.queries.ledger import Worth, worth
from scoring.queries.waiting import (
    NEAR,
    VERIFY,
    Step,
    group_name,
    late_words,
    mine,
    monday,
    sent_back,
    source_words,
    waiting,
    with_people,
)

PER_PAGE = 50
MOST_AT_ONCE = 2000


@dataclass(frozen=True)
class Row:
    """One waiting record as the list shows it."""

    pk: int
    name: str
    group: str
    done: str
    day: str
    source: str
    kind: str
    age: str
    doubt: str
    late: str
    refusal: str | None
    untickable: str | None
    chosen: bool


@dataclass(frozen=True)
class Effect:
    """会发生什么, said before the act."""

    count: int
    deputies: int
    points: str
    by_category: list[tuple[str, str]]
    notices: int
    elsewhere: list[int]
    """Chosen records that are not on this page."""


@dataclass(frozen=True)
class Queue:
    """The list with its counts."""

    page: Page[DutyRecord]
    rows: list[Row]
    counts: Mapping[str, int]
    oldest: str
    limit: int
    effect: Effect


def queue(
    by: Actor,
    step: Step,
    wanted: Mapping[str, Any],
    *,
    chosen: Iterable[int] | None,
    page: str | None,
    today: date,
) -> Queue:
    """The list; `chosen` None takes every record that has no warning and is not one's own."""
    all_rows, theirs = waiting(by, step, wanted, today), mine(by, step)
    back = sent_back(by, step, wanted, today)
    counts = all_rows.aggregate(
        all=Count("pk"), doubt=Count("pk", DOUBTFUL), other=Count("pk", theirs)
    )
    counts |= {"returned": back.count(), "week": step.done_since(by, monday(today)).count()}
    only = {"doubt": all_rows.filter(DOUBTFUL), "other": all_rows.filter(theirs), "returned": back}
    shown = only.get(str(wanted.get("only")), all_rows)
    leaf = Paginator(with_people(shown, today), PER_PAGE).get_page(page)
    free = all_rows.exclude(DOUBTFUL | theirs)
    picked = free if chosen is None else free.filter(pk__in=list(chosen))
    records = list(picked.select_related("deputy", "item")[:MOST_AT_ONCE])
    numbers = {record.pk for record in records}
    works, limit = Workday.objects.works(), step.days.on(today)
    if shown is back:
        rows = _returned(leaf.object_list, today, works)
    else:
        rows = [_row(by, step, record, numbers, limit, today, works) for record in leaf.object_list]
    first = all_rows.order_by(WAITS_SINCE).first()
    oldest = _age(first, today, works) if first else 0
    return Queue(
        page=leaf,
        rows=rows,
        counts=counts,
        oldest=f"最久 {oldest} 个工作日，限 {limit} 个",
        limit=limit,
        effect=_effect(step, records, {row.pk for row in rows}),
    )


def _row(  # one line has many parts
    by: Actor,
    step: Step,
    record: DutyRecord,
    chosen: set[int],
    limit: int,
    today: date,
    works: Works,
) -> Row:
    age = _age(record, today, works)
    kind = "late" if age > limit else "soon" if age >= limit - NEAR else "ok"
    refusal = step.why_not(by, record)
    return Row(
        pk=record.pk,
        name=record.deputy.name,
        group=group_name(record),
        done=done_words(record),
        day=day_words(record.done_on),
        source=source_words(record, by),
        kind=kind,
        age=time_left(age, limit),
        doubt=doubt_words(record),
        late=late_words(record),
        refusal=refusal,
        untickable=refusal or why_not_together(record),
        chosen=record.pk in chosen,
    )


def time_left(age: int, limit: int) -> str:
    """What the light says beside 超期, 临近 or 按期."""
    if age > limit:
        return f"{age - limit} 个工作日"
    return "今天到期" if age == limit else f"剩 {limit - age} 个工作日"


def _returned(records: Iterable[DutyRecord], today: date, works: Works) -> list[Row]:
    """已退回未改: since when, and how much of the time for mending is left."""
    shown = list(records)
    found, limit = sent_back_on(record.pk for record in shown), MEND_DAYS.on(today)
    rows = []
    for record in shown:
        since = found.get(record.pk, today)
        age = working_days_until(since, today, works)
        rows.append(
            Row(
                pk=record.pk,
                name=record.deputy.name,
                group=group_name(record),
                done=done_words(record),
                day=day_words(record.done_on),
                source=f"{day_words(since)}退回",
                kind="late" if age > limit else "soon",
                age=time_left(age, limit),
                doubt="",
                late=late_words(record),
                refusal=f"已退回，{mender_words(record)}。",
                untickable=f"已退回，{mender_words(record)}。",
                chosen=False,
            )
        )
    return rows


def _age(record: DutyRecord, today: date, works: Works) -> int:
    return max(working_days_until(timezone.localdate(record.waits_since), today, works), 0)


def _effect(step: Step, records: list[DutyRecord], on_page: set[int]) -> Effect:
    fullest: dict[int, Worth] = {}
    for found in worth(records) if step is VERIFY else ():
        known = fullest.setdefault(found.record.pk, found)
        if found.points > known.points:
            fullest[found.record.pk] = found
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for found in fullest.values():
        sums[found.rule.category.name] += found.points
    return Effect(
        count=len(records),
        deputies=len({record.deputy_id for record in records}),
        points=f"{sum(sums.values(), Decimal(0)):.1f}",
        by_category=[(name, f"{of:.1f}") for name, of in sorted(sums.items()) if of],
        notices=len({record.deputy_id for record in records if record.deputy.user_id}),
        elsewhere=[record.pk for record in records if record.pk not in on_page],
    )


def left_over(by: Actor, step: Step, asked: Iterable[int]) -> tuple[list[str], list[int]]:
    """Of a batch that was refused: who cannot be among it and why, and the others' numbers."""
    seen = DutyRecord.objects.visible_to(by).filter(pk__in=list(asked)).with_doubts()
    reasons, rest = [], []
    for record in with_people(seen, timezone.localdate()).order_by("pk"):
        reason = step.why_not(by, record) or why_not_together(record)
        if reason:
            reasons.append(f"{record.deputy.name} {day_words(record.done_on)}：{reason}")
        else:
            rest.append(record.pk)
    return reasons, rest
