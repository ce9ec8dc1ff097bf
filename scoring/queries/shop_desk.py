"""积分超市 for the deputies' office: every station's gifts, every purse, every redemption."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet, Sum

from scoring.models import Gift, Purse, Redemption, ReviewCycle
from scoring.permissions.purses import GRADES_STAND
from scoring.queries import purses as books
from scoring.queries.counter import with_people
from scoring.queries.purses import out_of_step
from scoring.shop_states import RedemptionState

GIFT_SHOWS = {"": "在兑换的", "none": "已经没有的", "withdrawn": "已下架的", "all": "全部"}
GIFT_SORTS = {"": "按家站", "left": "剩得最少的在前", "price": "兑换分低的在前"}
PURSE_SORTS = {"": "按姓氏笔画", "available": "剩得最多的在前"}


def gifts(today: date, wanted: Mapping[str, str]) -> QuerySet[Gift]:
    """Under the filters of the address: `q`, `area`, `show`, `sort`."""
    rows = Gift.objects.select_related("station__area", "station__keeper")
    show = wanted.get("show", "")
    if show == "withdrawn":
        rows = rows.filter(withdrawn_at__isnull=False)
    elif show == "none":
        rows = rows.on_offer(today).filter(on_shelf=F("held"))
    elif show != "all":
        rows = rows.on_offer(today)
    if name := wanted.get("q"):
        rows = rows.filter(Q(name__contains=name) | Q(station__name__contains=name))
    if area := wanted.get("area"):
        rows = rows.filter(station__area=int(area))
    orders = {"left": (F("on_shelf") - F("held"), "pk"), "price": ("price", "pk")}
    return rows.order_by(*orders.get(wanted.get("sort", ""), Gift._meta.ordering or ()))


@dataclass(frozen=True)
class PurseSums:
    """What all purses of a year come to."""

    people: int
    available: int
    held: int
    spent: int


def purses(year: int, wanted: Mapping[str, str]) -> QuerySet[Purse]:
    """Under the filters of the address: `q`, `grade`, `sort`; with what each has spent."""
    spent = Sum(
        "redemptions__price", filter=Q(redemptions__state=RedemptionState.HANDED_OUT), default=0
    )
    rows = Purse.objects.filter(year=year).select_related("deputy", "grade").annotate(spent=spent)
    if name := wanted.get("q"):
        rows = rows.filter(deputy__name__contains=name)
    if grade := wanted.get("grade"):
        rows = rows.filter(grade=int(grade))
    if wanted.get("sort") == "available":
        return rows.order_by("-available", "deputy__stroke_key", "pk")
    return rows.order_by("deputy__stroke_key", "deputy_id")


def purse_sums(year: int) -> PurseSums:
    """Over the whole year, whatever the filters."""
    rows = Purse.objects.filter(year=year)
    sums = rows.aggregate(free=Sum("available", default=0), waits=Sum("held", default=0))
    had = Redemption.objects.filter(purse__year=year, state=RedemptionState.HANDED_OUT)
    spent = had.aggregate(sum=Sum("price", default=0))["sum"]
    return PurseSums(rows.count(), sums["free"], sums["waits"], spent)


@dataclass(frozen=True)
class ToOpen:
    """A final review whose purses are not all open: how many, by grade."""

    cycle: ReviewCycle
    counts: list[tuple[str, int, int]]
    """The grade's name, how many people, how many points each."""

    @property
    def people(self) -> int:
        return sum(count for _, count, _ in self.counts)


def to_open(year: int, today: date) -> list[ToOpen]:
    """Which reviews of the year before still give somebody a purse, and to how many."""
    counts: dict[int, dict[tuple[int, str, int], int]] = {}
    for each in books.to_open(year, today):
        grade = (each.grade.position, each.grade.name, each.points)
        of_cycle = counts.setdefault(each.grading.cycle_id, {})
        of_cycle[grade] = of_cycle.get(grade, 0) + 1
    cycles = ReviewCycle.objects.filter(pk__in=counts).select_related("assembly").order_by("pk")
    return [
        ToOpen(
            cycle,
            [(name, n, points) for (_, name, points), n in sorted(counts[cycle.pk].items())],
        )
        for cycle in cycles
    ]


def grades_stand(year: int) -> bool:
    """Whether any review of the year before is final."""
    return ReviewCycle.objects.filter(year=year - 1, state__in=GRADES_STAND).exists()


def to_adjust(year: int) -> list[Purse]:
    """等次更正了，额度还没有跟上的."""
    return out_of_step(year)


def redemptions(wanted: Mapping[str, str]) -> QuerySet[Redemption]:
    """Under the filters of the address: `q` (a name), `station`, `state`; newest first."""
    rows = Redemption.objects.all()
    if name := wanted.get("q"):
        rows = rows.filter(
            Q(purse__deputy__name__contains=name)
            | Q(gift__name__contains=name)
            | Q(gift__station__name__contains=name)
        )
    if wanted.get("state") in RedemptionState.values:
        rows = rows.filter(state=wanted["state"])
    return (
        with_people(rows).select_related("reserved_by", "handed_by").order_by("-reserved_at", "-pk")
    )
