"""核对与核实的队列: what waits for a first or a second pair of eyes, oldest first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.calendar import Works, working_days_until
from congress.shared.local_rules import LocalRule
from congress.shared.models import Workday
from deputies.models import DutyRecord, Membership
from deputies.permissions import why_not_check
from deputies.queries.duties import day_words, done_words
from deputies.rules import CHECK_DAYS
from deputies.states import DutyState
from scoring.permissions import why_not_verify_and_post
from scoring.queries.ledger import worth
from scoring.rules import VERIFY_DAYS

PER_PAGE = 50
NEAR = 2
"""Working days before the limit when a light turns amber."""
MOST_AT_ONCE = 2000
OWN_REPORT = "deputies.report:"


@dataclass(frozen=True)
class Step:
    """One of the two steps: which records wait for it, how long, and whose they may not be."""

    name: str
    act: str
    state: DutyState
    days: LocalRule
    why_not: Callable[[Actor, DutyRecord], str | None]

    @property
    def page(self) -> str:
        """The URL name of the page where its records wait."""
        return f"scoring:{self.name}_queue"


CHECK = Step("check", "核对", DutyState.REPORTED, CHECK_DAYS, why_not_check)
VERIFY = Step("verify", "核实", DutyState.CHECKED, VERIFY_DAYS, why_not_verify_and_post)


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
    refusal: str | None
    chosen: bool


@dataclass(frozen=True)
class Effect:
    """会发生什么, said before the act."""

    count: int
    points: str
    people: int
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


def waiting(by: Actor, step: Step, wanted: Mapping[str, Any]) -> QuerySet[DutyRecord]:
    """The records of this step that the actor may see, under the address's filters."""
    rows = DutyRecord.objects.visible_to(by).in_state(step.state).with_doubts()
    if item := wanted.get("item"):
        rows = rows.filter(item__code=item)
    if area := wanted.get("area"):
        spells = Membership.objects.running(OuterRef("done_on")).filter(group__area=area)
        rows = rows.filter(Exists(spells.filter(deputy=OuterRef("deputy"))))
    if wanted.get("source") == "self":
        rows = rows.filter(source__startswith=OWN_REPORT)
    if wanted.get("source") == "organiser":
        rows = rows.exclude(source__startswith=OWN_REPORT)
    return rows.order_by("reported_at", "pk")


def _mine(by: Actor, step: Step) -> Q:
    """What another person must do: one's own, what one entered, what one checked."""
    mine = Q(deputy__user=by.user) | Q(reported_by=by.user)
    return mine | Q(checked_by=by.user) if step is VERIFY else mine


DOUBTFUL = Q(has_twin=True) | Q(has_used_photo=True)


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
    all_rows = waiting(by, step, wanted)
    mine = _mine(by, step)
    counts = all_rows.aggregate(
        all=Count("pk"), doubt=Count("pk", DOUBTFUL), other=Count("pk", mine)
    )
    only = {"doubt": all_rows.filter(DOUBTFUL), "other": all_rows.filter(mine)}
    shown = only.get(str(wanted.get("only")), all_rows)
    leaf = Paginator(with_people(shown, today), PER_PAGE).get_page(page)
    picked = all_rows.exclude(DOUBTFUL | mine)[:MOST_AT_ONCE]
    if chosen is not None:
        picked = all_rows.exclude(mine).filter(pk__in=list(chosen))[:MOST_AT_ONCE]
    records = list(picked.select_related("deputy", "item"))
    numbers = {record.pk for record in records}
    works, limit = Workday.objects.works(), step.days.on(today)
    rows = [_row(by, step, record, numbers, limit, today, works) for record in leaf.object_list]
    first = all_rows.first()
    oldest = _age(first, today, works) if first else 0
    return Queue(
        page=leaf,
        rows=rows,
        counts=counts,
        oldest=f"最久 {oldest} 个工作日，限 {limit} 个",
        limit=limit,
        effect=_effect(records, {row.pk for row in rows}),
    )


def with_people(records: QuerySet[DutyRecord], today: date) -> QuerySet[DutyRecord]:
    """Everybody whom a line or a reason names, read once for all lines."""
    spells = Membership.objects.running(today).select_related("group")
    people = ("deputy__user", "item", "reported_by", "checked_by")
    return records.select_related(*people).prefetch_related(
        Prefetch("deputy__membership_set", spells)
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
        age=f"{age - limit} 个工作日" if kind == "late" else f"剩 {limit - age} 个工作日",
        doubt=doubt_words(record),
        refusal=refusal,
        chosen=record.pk in chosen and not refusal,
    )


def doubt_words(record: DutyRecord) -> str:
    """The warning of a record, from `with_doubts`."""
    if getattr(record, "has_used_photo", False):
        return "照片用过"
    return "疑似重复" if getattr(record, "has_twin", False) else ""


def group_name(record: DutyRecord) -> str:
    """The group the deputy is in now (prefetched by `with_people`)."""
    return next((spell.group.name for spell in record.deputy.membership_set.all()), "")


def source_words(record: DutyRecord, by: Actor) -> str:
    """Who told it: the deputy, oneself, an organiser, or the system."""
    if record.source.startswith(OWN_REPORT):
        return "本人上报"
    if by.same_person(record.reported_by_id):
        return "我登记"
    return f"{record.reported_by.name} 登记" if record.reported_by else "系统登记"


def _age(record: DutyRecord, today: date, works: Works) -> int:
    return max(working_days_until(timezone.localdate(record.reported_at), today, works), 0)


def _effect(records: list[DutyRecord], on_page: set[int]) -> Effect:
    points: dict[int, Decimal] = {}
    for found in worth(records):
        of = found.rule.points * found.record.quantity
        points[found.record.pk] = max(of, points.get(found.record.pk, of))
    return Effect(
        count=len(records),
        points=f"{sum(points.values(), Decimal(0)):.1f}",
        people=len({record.deputy_id for record in records if record.deputy.user_id}),
        elsewhere=[record.pk for record in records if record.pk not in on_page],
    )
