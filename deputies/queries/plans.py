"""年度代表工作计划 ready to print, for the desk and for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils import timezone

from congress.shared.models import Assembly
from deputies.models import AnnualPlan, PlanItem


@dataclass(frozen=True)
class Line:
    """One piece of work."""

    months: str
    title: str
    organiser: str
    audience: str
    now: bool
    """Whether it runs in the month of the day asked for."""


@dataclass(frozen=True)
class PublicPlan:
    """What everybody may read: the plan, where it was passed, when it was published."""

    pk: int
    title: str
    assembly: str
    foreword: tuple[str, ...]
    passed: str
    published: str
    lines: tuple[Line, ...]
    newer: int | None
    """The plan that replaced this one."""


@dataclass(frozen=True)
class PublicLine:
    """One plan in the list."""

    pk: int
    year: int
    title: str
    assembly: str
    published: str
    works: int


def lines(plan: AnnualPlan, today: date) -> tuple[Line, ...]:
    """The plan's work in the order of the year; what runs this month is marked."""
    return tuple(
        Line(
            months(row),
            row.title,
            row.organiser,
            row.audience,
            plan.year == today.year and row.month_from <= today.month <= row.month_to,
        )
        for row in plan.items.all()
    )


def months(row: PlanItem) -> str:
    """3 月, 3—5 月 or 全年."""
    if (row.month_from, row.month_to) == (1, 12):
        return "全年"
    if row.month_from == row.month_to:
        return f"{row.month_from} 月"
    return f"{row.month_from}—{row.month_to} 月"


def day(on: date) -> str:
    return f"{on.year} 年 {on.month} 月 {on.day} 日"


def public_lines() -> list[PublicLine]:
    """Every published plan, newest year first."""
    rows = AnnualPlan.objects.published().select_related("assembly__level")
    counted = rows.annotate(works=Count("items"))
    return [
        PublicLine(
            row.pk,
            row.year,
            row.title,
            row.assembly.name,
            _published(row),
            getattr(row, "works", 0),
        )
        for row in counted.order_by("-year", "assembly__level__rank", "assembly")
    ]


def public_plan(pk: int, today: date) -> PublicPlan | None:
    """The plan as everybody may read it; None when it was never published."""
    plan = AnnualPlan.objects.ever_published().filter(pk=pk).select_related("assembly").first()
    if plan is None:
        return None
    successor = AnnualPlan.objects.of_year(plan.assembly, plan.year).published()
    newer = successor.exclude(pk=pk).values_list("pk", flat=True).first()
    return PublicPlan(
        pk=plan.pk,
        title=plan.title,
        assembly=plan.assembly.name,
        foreword=tuple(filter(None, plan.foreword.splitlines())),
        passed=f"{plan.meeting}，{day(plan.passed_on)}通过" if plan.passed_on else "",
        published=_published(plan),
        lines=lines(plan, today),
        newer=newer,
    )


def _published(plan: AnnualPlan) -> str:
    return day(timezone.localdate(plan.published_at)) if plan.published_at else ""


def coming(assembly: Assembly, today: date, *, most: int = 3) -> list[tuple[str, str]]:
    """This month's and the next work of the published plan: (months, title)."""
    rows: Iterable[PlanItem] = PlanItem.objects.coming(assembly, today.year, today.month)[:most]
    return [(months(row), row.title) for row in rows]


@dataclass(frozen=True)
class Stop:
    """One stop of the plan's way."""

    label: str
    state: str
    when: str


def stops(plan: AnnualPlan) -> list[Stop]:
    """起草 → 主任会议通过 → 告知代表并公布."""
    order = ["draft", "passed", "published"]
    place = order.index("published" if plan.state == "replaced" else plan.state)
    whens = ["", day(plan.passed_on) if plan.passed_on else "", _published(plan)]
    labels = ("起草", "主任会议通过", "告知代表、公布")
    done = plan.state in {"published", "replaced"}
    return [
        Stop(label, _stop(at, place, done=done), when)
        for at, (label, when) in enumerate(zip(labels, whens, strict=True))
    ]


def _stop(at: int, place: int, *, done: bool) -> str:
    if at < place or done:
        return "done"
    return "done" if at == place else ("now" if at == place + 1 else "")
