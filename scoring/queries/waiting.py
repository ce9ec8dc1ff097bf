"""What waits for a first or a second pair of eyes: the two steps, and the filters of a queue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)
from django.db.models.lookups import LessThan
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.calendar import Works
from congress.shared.local_rules import LocalRule
from congress.shared.models import Workday
from deputies.models import DutyRecord, Membership
from deputies.models.doubts import DOUBTFUL
from deputies.models.duties import WAITS_SINCE, DutyRecordQuerySet
from deputies.models.duty_constraints import REPORTED
from deputies.permissions import why_not_check
from deputies.rules import CHECK_DAYS
from deputies.states import DutyState
from scoring.permissions import why_not_verify_and_post
from scoring.rules import VERIFY_DAYS

NEAR = 2
"""Working days before the limit when a light turns amber."""
OWN_REPORT = REPORTED


@dataclass(frozen=True)
class Step:
    """One of the two steps: which records wait for it, how long, and whose they may not be."""

    name: str
    act: str
    state: DutyState
    days: LocalRule
    why_not: Callable[[Actor, DutyRecord], str | None]
    who: str
    when: str

    @property
    def page(self) -> str:
        """The URL name of the page where its records wait."""
        return f"scoring:{self.name}_queue"

    @property
    def done_page(self) -> str:
        """The URL name of the page of what one has done."""
        return f"scoring:{self.name}_done"

    def done_by(self, by: Actor) -> QuerySet[DutyRecord]:
        """The records at which this person took the step."""
        return DutyRecord.objects.visible_to(by).filter(**{self.who: by.user})

    def done_since(self, by: Actor, day: date) -> QuerySet[DutyRecord]:
        """The same, on that day or later."""
        return self.done_by(by).filter(**{f"{self.when}__gte": midnight(day)})


CHECK = Step(
    *("check", "核对", DutyState.REPORTED, CHECK_DAYS, why_not_check),
    who="checked_by",
    when="checked_at",
)
VERIFY = Step(
    *("verify", "核实", DutyState.CHECKED, VERIFY_DAYS, why_not_verify_and_post),
    who="verified_by",
    when="verified_at",
)


def waiting(by: Actor, step: Step, wanted: Mapping[str, Any], today: date) -> QuerySet[DutyRecord]:
    """The records of this step that the actor may see, under the address's filters."""
    rows = DutyRecord.objects.visible_to(by).in_state(step.state).with_doubts()
    return _filtered(rows, step, wanted, today)


def sent_back(
    by: Actor, step: Step, wanted: Mapping[str, Any], today: date
) -> QuerySet[DutyRecord]:
    """已退回未改: what its deputy has not yet mended, under the same filters."""
    rows = DutyRecord.objects.visible_to(by).in_state(DutyState.RETURNED)
    return _filtered(rows, step, {**wanted, "age": None, "sort": None}, today)


def _filtered(
    rows: DutyRecordQuerySet, step: Step, wanted: Mapping[str, Any], today: date
) -> QuerySet[DutyRecord]:
    if item := wanted.get("item"):
        rows = rows.filter(item__code=item)
    if words := wanted.get("q"):
        rows = rows.filter(deputy__name__contains=words)
    spells = Membership.objects.running(OuterRef("done_on")).filter(deputy=OuterRef("deputy"))
    if area := wanted.get("area"):
        rows = rows.filter(Exists(spells.filter(group__area=area)))
    if group := wanted.get("group"):
        rows = rows.filter(Exists(spells.filter(group=group)))
    if wanted.get("source") == "self":
        rows = rows.filter(source__startswith=OWN_REPORT)
    if wanted.get("source") == "organiser":
        rows = rows.exclude(source__startswith=OWN_REPORT)
    if age := wanted.get("age"):
        rows = rows.filter(_aged(age, step.days.on(today), today, Workday.objects.works()))
    if wanted.get("sort") == "doubt":
        doubtful = ExpressionWrapper(DOUBTFUL, output_field=BooleanField())
        return rows.order_by(doubtful.desc(), WAITS_SINCE, "pk")
    return rows.by_waiting()


def _aged(age: str, limit: int, today: date, works: Works) -> Q:
    late = _came_before(midnight(_day_before(limit + 1, today, works)))
    if age == "late":
        return late
    return ~late & _came_before(midnight(_day_before(limit - NEAR, today, works)))


def _came_before(moment: datetime) -> Q:
    return Q(LessThan(WAITS_SINCE, moment))


def _day_before(days: int, today: date, works: Works) -> date:
    """The day that begins the last `days` working days: what was told before it is as old."""
    day = today + timedelta(days=1)
    while days > 0:
        day -= timedelta(days=1)
        days -= works(day)
    return day


def midnight(day: date) -> datetime:
    """When that day begins in the county."""
    return timezone.make_aware(datetime.combine(day, time.min))


def monday(today: date) -> date:
    """When this week begins."""
    return today - timedelta(days=today.weekday())


def mine(by: Actor, step: Step) -> Q:
    """What another person must do: one's own, what one entered, received on paper or checked."""
    own = Q(deputy__user=by.user) | Q(reported_by=by.user) | Q(paper_by=by.user)
    return own | Q(checked_by=by.user) if step is VERIFY else own


def with_people(records: QuerySet[DutyRecord], today: date) -> QuerySet[DutyRecord]:
    """Everybody whom a line or a reason names, read once for all lines."""
    spells = Membership.objects.running(today).select_related("group")
    people = ("deputy__user", "item", "reported_by", "checked_by", "verified_by")
    return records.select_related(*people).prefetch_related(
        Prefetch("deputy__membership_set", spells)
    )


def group_name(record: DutyRecord) -> str:
    """The group the deputy is in now (prefetched by `with_people`)."""
    return next((spell.group.name for spell in record.deputy.membership_set.all()), "")


def source_words(record: DutyRecord, by: Actor) -> str:
    """Who told it: the deputy, oneself, an organiser, or the system."""
    if record.source.startswith(OWN_REPORT):
        return "本人上报"
    if record.on_behalf:
        who = "我" if by.same_person(record.reported_by_id) else record.reported_by
        return f"{who} 代登记{'，纸面确认' if record.paper_on else ''}"
    if by.same_person(record.reported_by_id):
        return "我登记"
    return f"{record.reported_by.name} 登记" if record.reported_by else "系统登记"


def late_words(record: DutyRecord) -> str:
    """逾期补登: of which year, and why only now."""
    return f"补登 {record.done_on.year} 年：{record.late_reason}" if record.late_reason else ""
