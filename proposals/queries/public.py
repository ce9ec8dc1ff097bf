"""公开的建议 as lists show them. These dataclasses are the allow-list: all else stays in."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, JSONObject

from congress.shared.personal_numbers import masked
from proposals.models import Assignment, KeySupervision, Meeting, Proposal, Reply
from proposals.queries.clocks import Clock, Light
from proposals.queries.counting import called, counted
from proposals.queries.progress import Stop
from proposals.queries.public_answers import ANSWERS
from proposals.queries.public_days import (
    ANSWERED_ON,
    PUBLISHED_ON,
    RAISED_AGAIN,
    SINCE,
    along,
    last,
)
from proposals.queries.public_stage import (
    STILL_GIVEN,
    lamp_of,
    light_of,
    of_order,
    stage_of,
    step_of,
    track,
)
from proposals.queries.public_theme import CARRIED, by_origin, of_theme
from proposals.queries.search import TITLE_TOLD, as_told
from proposals.states import Part, State, UnitRole
from proposals.titles import short

FIRST = Q(assignments__position=0, assignments__assigned_on__isnull=False) & ~Q(
    assignments__state=Part.REMOVED
)
"""The unit that answers, once it has been handed over."""

NAMED = (UnitRole.LEAD, UnitRole.SEPARATE, UnitRole.JOINT)
UNIT = {"role": "role", "name": "unit__name", "short": "unit__short_name"}
HANDLED = Case(
    When(merged_into__withheld_reason="", then=F("merged_into")),
    default=F("pk"),
    output_field=BigIntegerField(),
)
"""`Proposal.handled_publicly`, to the database."""
KEY = Exists(KeySupervision.objects.standing().filter(proposal=OuterRef("pk")))
"""重点督办 now."""
DAYS = 8
"""Questions that hold for a day are kept for so many: today's, and those somebody looks back to."""
Rows = QuerySet[Any, Any]
"""Proposals with two computed columns, which the type checker cannot know."""


@dataclass(frozen=True)
class Filters:
    """What the address asks for; empty fields ask for nothing."""

    q: str = ""
    year: int | None = None
    stage: int | None = None
    unit: int | None = None
    area: int | None = None
    lead: int | None = None
    answer: str = ""
    light: str = ""
    key: bool = False
    accepted: int | None = None
    session: int | None = None
    carried: bool = False
    theme: str = ""


@dataclass(frozen=True)
class Row:
    """One proposal in a public list."""

    number: str
    title: str
    short_title: str
    lead: str
    delegation: str
    unit: str
    short_unit: str
    step: str
    last: str
    stops: tuple[Stop, ...]
    light: Light
    due: str
    outcome: str
    outcome_name: str
    outcome_meaning: str
    key: bool
    carried: int | None
    """滚动办理: the newest year out of which it was handed on."""
    raised_again: bool


def matching(filters: Filters, clock: Clock) -> Rows:
    """The public proposals the filters keep, with `stage`, `lamp` and the pressing `due` day."""
    return _kept(_lit(clock.today, clock.beyond), filters)


@lru_cache(maxsize=DAYS)
def _lit(today: date, beyond: date) -> Rows:
    """All that strangers may read, on such a day: a question as long as this is put into words
    once a day, and never asked itself."""
    moving = Assignment.objects.owing().moving().filter(proposal=OuterRef("pk"))
    rows: Rows = Proposal.objects.open_to_public().annotate(
        hand=FilteredRelation("assignments", condition=FIRST),
        handled=HANDLED,
        told=TITLE_TOLD,
    )
    rows = rows.annotate(
        ordered_on=of_order("ordered_on"),
        due=Coalesce(of_order("due_on"), Subquery(moving.order_by("due_on").values("due_on")[:1])),
        stage=stage_of(today),
        lamp=lamp_of(today, beyond),
    )
    return whole(rows)


def whole(rows: Rows) -> Rows:
    """The same, with every table joined that its words need: nothing is added when it is asked."""
    rows.query.sql_with_params()
    return rows


def _kept(rows: Rows, filters: Filters) -> Rows:
    for word in filters.q.split():
        rows = rows.filter(
            Q(told__icontains=as_told(word))
            | Q(number__icontains=word)
            | Q(lead__name__icontains=word)
            | Exists(named(Q(unit__name__icontains=word) | Q(unit__short_name__icontains=word)))
        )
    if filters.year:
        rows = rows.filter(
            submitted_on__range=(date(filters.year, 1, 1), date(filters.year, 12, 31))
        )
    if filters.unit:
        rows = rows.filter(Exists(named(Q(unit=filters.unit))))
    if filters.area:
        rows = rows.filter(delegation__area=filters.area)
    if filters.lead:
        rows = rows.filter(lead=filters.lead)
    if filters.key:
        rows = rows.filter(KEY)
    rows = rows.filter(by_origin(filters.accepted, filters.session, carried=filters.carried))
    if filters.theme:
        rows = rows.filter(pk__in=of_theme(filters.theme))
    if filters.answer:
        rows = rows.filter(ANSWERS[filters.answer].rows)
    if filters.stage:
        rows = rows.filter(stage=filters.stage)
    return rows.filter(lamp=filters.light) if filters.light else rows


def named(which: Q | None = None) -> QuerySet[Assignment]:
    """主办、分办、会办, as lists name them; who only helps is named on the page alone."""
    parts = Assignment.objects.standing().filter(which or Q(), proposal=OuterRef("pk"))
    return parts.filter(assigned_on__isnull=False, role__in=NAMED).order_by("position")


def rows(filters: Filters, clock: Clock, *, span: slice = slice(None)) -> list[Row]:
    """By deadline what is in hand, then what is answered, the newest first; in one query."""
    lines = _kept(_lines(clock.today, clock.beyond), filters)
    return [_row(line, clock) for line in lines[span]]


@lru_cache(maxsize=DAYS)
def _lines(today: date, beyond: date) -> Rows:
    """What a row says of each, in order: put into words once a day, as `_lit`."""
    found = _lit(today, beyond).annotate(answered=ANSWERED_ON)
    ordered = found.order_by(
        F("due").asc(nulls_last=True), F("answered").desc(nulls_first=True), "-number"
    )
    replies = Reply.objects.filter(
        assignment__proposal=OuterRef("handled"),
        assignment__proposal__withheld_reason="",
        assignment__proposal__state=State.PUBLISHED,
        assignment__position=0,
        opened_on__isnull=False,
        **STILL_GIVEN,
    ).order_by("-version")
    meetings = Meeting.objects.held().filter(
        assignment__proposal=OuterRef("pk"), assignment__position=0, **STILL_GIVEN
    )
    met = meetings.exclude(confirmed_at=None).order_by("-met_on", "-pk")
    values = ordered.values(
        *("number", "title", "state", "stage", "lamp", "due", "due_on", "answered"),
        *("ordered_on", "lead__name", "delegation__name", "hand__assigned_on"),
        *("merged_into__number", "merged_into__withheld_reason"),
        key=KEY,
        carried_from=CARRIED,
        opened=PUBLISHED_ON,
        again=RAISED_AGAIN,
        **SINCE,
        units=ArraySubquery(named().values_list(JSONObject(**UNIT))),
        met_on=Subquery(met.values("met_on")[:1]),
        met_at=Subquery(met.values("stage")[:1]),
        result=Subquery(counted(replies).values("result_now")[:1]),
    )
    return whole(values)


def _row(line: dict[str, Any], clock: Clock) -> Row:
    out = line["state"] == State.PUBLISHED
    title = masked(line["title"])
    unit = _units(line, "name") or along(line) or "等着交办"
    due = line["due"] if line["lamp"] else line["due_on"]
    result = called(line["result"] if out else None)
    return Row(
        number=line["number"],
        title=title,
        short_title=short(title),
        lead=line["lead__name"],
        delegation=line["delegation__name"] or "",
        unit=unit,
        short_unit=_units(line, "short") or unit,
        step=step_of(line["stage"], out, bool(line["ordered_on"])),
        last=last(line, clock.today),
        stops=track(line["stage"], out),
        light=light_of(line, clock),
        due=f"{due.month}.{due.day} 到期" if due else "",
        outcome=result.code,
        outcome_name=result.name,
        outcome_meaning=result.meaning,
        key=line["key"],
        carried=line["carried_from"],
        raised_again=out and line["again"],
    )


def _units(line: dict[str, Any], name: str) -> str:
    """县交通运输局主办，县财政局会办; one that answers alone by its name."""
    found = {role: [each[name] for each in line["units"] if each["role"] == role] for role in NAMED}
    if sum(map(len, found.values())) == 1:
        return "".join(found[UnitRole.LEAD])
    words = [f"{'、'.join(names)}{UnitRole(role).label}" for role, names in found.items() if names]
    return "，".join(words)
