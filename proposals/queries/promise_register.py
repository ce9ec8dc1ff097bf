"""承诺台账: every promise an office watches, by unit, month and state; and a unit's receipt."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Case, Count, QuerySet, Value, When
from django.db.models.functions import TruncMonth

from congress.shared.actors import Actor
from congress.shared.models import Organisation
from proposals.follow_states import PromiseState
from proposals.models import LookBack, Promise, Upgrade
from proposals.permissions import (
    why_not_confirm_step,
    why_not_confirm_upgrade,
    why_not_settle_look_back,
)
from proposals.queries.clocks import Clock, Light, day
from proposals.queries.promised import standing_of

STATES = (
    (PromiseState.REPORTED.value, "待核实"),
    (PromiseState.MISSED.value, "逾期未兑现"),
    (PromiseState.DUE.value, "未到期"),
    (PromiseState.CONFIRMED.value, "已兑现"),
)
ORDERS = (("due", "按日期"), ("unit", "按单位"))


class Wanted(NamedTuple):
    """What the register's address asks for; what is no filter of ours asks for all."""

    state: str = ""
    unit: str = ""
    month: str = ""
    order: str = "due"

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wanted":
        state, order = asked.get("state", ""), asked.get("order", "")
        unit, month = asked.get("unit", ""), asked.get("month", "")
        return cls(
            state if state in dict(STATES) else "",
            unit if unit.isascii() and unit.isdigit() and len(unit) < 10 else "",
            month if _first_of(month) else "",
            order if order in dict(ORDERS) else "due",
        )


class RegisterLine(NamedTuple):
    """One promise as the register shows it."""

    promise: Promise
    due: str
    light: Light | None
    badge: str
    colour: str
    report: str
    picture: int | None
    no_confirm: str | None


class Tally(NamedTuple):
    """One filter and how many it would show."""

    key: str
    word: str
    many: int


def register(actor: Actor, wanted: Wanted) -> "QuerySet[Promise]":
    """Waiting work first, then by day or by unit."""
    rows = Promise.objects.visible_to(actor).standing().with_case()
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.unit:
        rows = rows.filter(reply__assignment__unit=int(wanted.unit))
    if first := _first_of(wanted.month):
        rows = rows.filter(due_on__year=first.year, due_on__month=first.month)
    if wanted.order == "unit":
        return rows.order_by("reply__assignment__unit__name", "due_on", "pk")
    waits = Case(
        When(state=PromiseState.REPORTED, then=Value(0)),
        When(state=PromiseState.MISSED, then=Value(1)),
        When(state=PromiseState.DUE, then=Value(2)),
        default=Value(3),
    )
    return rows.order_by(waits, "due_on", "pk")


def _first_of(month: str) -> date | None:
    try:
        return date.fromisoformat(f"{month}-01") if len(month) == 7 else None
    except ValueError:
        return None


def lines(rows: Iterable[Promise], actor: Actor, clock: Clock) -> list[RegisterLine]:
    """These in their order, each with what this reader may do."""
    return [_line(each, actor, clock) for each in rows]


def _line(promise: Promise, actor: Actor, clock: Clock) -> RegisterLine:
    light, badge, colour = standing_of(promise, PromiseState(promise.state), clock, counts=True)
    report = promise.last_report
    return RegisterLine(
        promise,
        day(promise.due_on, clock.today),
        light,
        badge,
        colour,
        f"{report.words}（{day(report.reported_on, clock.today)}）" if report else "",
        report.pk if report and report.file else None,
        why_not_confirm_step(actor, promise),
    )


def counts(actor: Actor) -> list[Tally]:
    """Each state with its number, a zero said."""
    rows = Promise.objects.visible_to(actor).standing().order_by()
    many = dict(rows.values_list("state").annotate(Count("pk")))
    return [Tally(key, word, many.get(key, 0)) for key, word in STATES]


def units(actor: Actor) -> "QuerySet[Organisation]":
    """Those that have promised anything."""
    rows = Promise.objects.visible_to(actor).standing().order_by()
    found = Organisation.objects.filter(pk__in=rows.values("reply__assignment__unit"))
    return found.order_by("name")


def months(actor: Actor) -> list[tuple[str, str]]:
    """Those in which anything falls due."""
    rows = Promise.objects.visible_to(actor).standing().order_by()
    found = rows.annotate(month=TruncMonth("due_on")).values_list("month", flat=True).distinct()
    return [(f"{each:%Y-%m}", f"{each.year} 年 {each.month} 月") for each in sorted(found)]


class LookBackRow(NamedTuple):
    """One 回头看 on the office's list."""

    look_back: LookBack
    light: Light | None
    why: str
    no_settle: str | None


def look_backs(actor: Actor, *, settled: bool) -> "QuerySet[LookBack]":
    """Those that wait, what is reported first; or those settled, newest first."""
    rows = LookBack.objects.visible_to(actor).with_case().select_related("reply__outcome")
    if settled:
        return rows.exclude(pk__in=LookBack.objects.open().values("pk")).order_by(
            "-decided_on", "-pk"
        )
    return rows.filter(pk__in=LookBack.objects.open().values("pk")).order_by("-state", "report_by")


def look_back_rows(rows: Iterable[LookBack], actor: Actor, clock: Clock) -> list[LookBackRow]:
    """Each with its light, why it was opened, and whether this reader may settle it."""
    found = []
    for each in rows:
        light = clock.light(each.report_by) if each.state == "open" else None
        why = each.reason or (
            f"第 {each.promise.position} 步“{each.promise.words}”到期没有兑现"
            if each.promise
            else "受条件限制的，到了回头看的日子"
        )
        no_settle = why_not_settle_look_back(actor, each, clock.today)
        found.append(LookBackRow(each, light, why, no_settle))
    return found


class UpgradeRow(NamedTuple):
    upgrade: Upgrade
    no_confirm: str | None


def upgrades(actor: Actor, *, settled: bool) -> "QuerySet[Upgrade]":
    """Those that wait, oldest first; or those decided, newest first."""
    rows = Upgrade.objects.visible_to(actor).with_case()
    waiting = Upgrade.objects.waiting().values("pk")
    if settled:
        return rows.exclude(pk__in=waiting).order_by("-decided_on", "-pk")
    return rows.filter(pk__in=waiting).order_by("asked_on", "pk")


def upgrade_rows(rows: Iterable[Upgrade], actor: Actor) -> list[UpgradeRow]:
    """Each with whether this reader may decide it."""
    return [UpgradeRow(each, why_not_confirm_upgrade(actor, each)) for each in rows]


class Receipt(NamedTuple):
    """第四季度进展回执 of one unit: this year's and last year's promises, and the sum of them."""

    unit: Organisation
    year: int
    lines: list[RegisterLine]
    kept: int
    open: int
    missed: int


def receipt(unit: Organisation, year: int, actor: Actor, clock: Clock) -> Receipt:
    """重庆条例: promised this year or the year before, with how each stands on that day."""
    rows = register(actor, Wanted(unit=str(unit.pk), order="unit"))
    promised = rows.filter(reply__replied_on__year__in=(year - 1, year))
    in_order = promised.order_by("reply__assignment__proposal__number", "position", "pk")
    found = lines(in_order, actor, clock)
    kept = sum(each.promise.state == PromiseState.CONFIRMED for each in found)
    missed = sum(each.promise.state == PromiseState.MISSED for each in found)
    return Receipt(unit, year, found, kept, len(found) - kept - missed, missed)
