"""交办单 as the office sees it: lines, objections beside them, loads, and the days to come."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import QuerySet

from congress.shared import pictures
from congress.shared.actors import Actor
from congress.shared.calendar import add_working_days, working_days_until
from congress.shared.models import Session, Workday
from congress.shared.pictures import UnitLoad, WeekLoad
from proposals.models import Assignment, Objection, Proposal, Sheet
from proposals.models.numbers import WITH_CONGRESS
from proposals.queries.clocks import day
from proposals.queries.deliveries import silent_units
from proposals.queries.terms import DueDays
from proposals.states import ANSWERING, ObjectionState, SheetState, UnitRole

MOST_ON_PAPER, BESIDE, SHORT = 10, 2, 6
"""Units in one drawing of the printed sheet, and such drawings beside that of the weeks."""


class Stop(NamedTuple):
    """One step of the sheet's way: its name, and two lines about it."""

    name: str
    first: str
    second: str
    state: str


@dataclass(frozen=True)
class SheetLine:
    """One proposal on the sheet, with its units and what they object to."""

    proposal: Proposal
    parts: list[Assignment]
    due: str
    objections: list[Objection]

    def units(self, *roles: UnitRole) -> str:
        return "、".join(each.unit.short_name for each in self.parts if each.role in roles)

    @property
    def first(self) -> str:
        return self.units(*ANSWERING)

    @property
    def others(self) -> str:
        said = [
            f"{role.label}：{names}"
            for role in (UnitRole.JOINT, UnitRole.ASSISTING)
            if (names := self.units(role))
        ]
        return "；".join(said)

    @property
    def how(self) -> str:
        return self.parts[0].get_role_display() if self.parts else ""

    @property
    def months(self) -> int:
        return self.parts[0].months if self.parts else 0

    @property
    def open(self) -> bool:
        return any(each.state == ObjectionState.OPEN for each in self.objections)


@dataclass(frozen=True)
class Rehearsal:
    """The whole screen."""

    sheet: Sheet
    stops: list[Stop]
    lines: list[SheetLine]
    shown: list[SheetLine]
    counts: Mapping[str, int]
    loads: list[UnitLoad] = field(default_factory=list)
    weeks: list[WeekLoad] = field(default_factory=list)
    silent: list[tuple[str, int]] = field(default_factory=list)

    @property
    def loads_drawn(self) -> str:
        return pictures.unit_loads(self.loads)

    @property
    def loads_on_paper(self) -> list[str]:
        """The same in pieces that fit on a page, of one measure and low; a few stay together."""
        most, number = pictures.most_of(self.loads), len(self.loads)
        each = number if number <= SHORT else min(MOST_ON_PAPER, -(-number // BESIDE))
        starts = range(0, number, each or 1)
        return [pictures.unit_loads(self.loads[start : start + each], most) for start in starts]

    @property
    def weeks_drawn(self) -> str:
        return pictures.week_loads(self.weeks)

    @property
    def weeks_words(self) -> str:
        return pictures.week_loads_words(self.weeks)


def session_to_assign(actor: Actor) -> Session | None:
    """The newest of which this office has any waiting for their units."""
    waiting = Proposal.objects.to_assign().decided_by(actor)
    return Session.objects.filter(proposal__in=waiting).order_by("-opens_on").first()


def to_assign(actor: Actor, session: Session | None) -> QuerySet[Proposal]:
    """Those of the session that wait for their units, by number."""
    rows = Proposal.objects.to_assign().decided_by(actor).filter(session=session)
    return rows.select_related("lead", "suggested_unit").order_by("number")


def rehearsal(sheet: Sheet, today: date, *, only: str = "", words: str = "") -> Rehearsal:
    """Lines in the order of their numbers; `only` objected ones, or those with these words."""
    due_days = DueDays()
    hand_over_on = handed_on(sheet, today)
    parts = _parts(sheet)
    for part in parts:
        part.assigned_on = part.assigned_on or hand_over_on
        part.due_on = part.due_on or due_days.of(part)
    lines = _lines(sheet, parts, today)
    shown = [line for line in lines if (only != "objected" or line.objections)]
    shown = [line for line in shown if not words or words in _said(line)]
    return Rehearsal(
        sheet=sheet,
        stops=_stops(sheet, lines, today),
        lines=lines,
        shown=shown,
        counts={
            "all": len(lines),
            "objected": sum(bool(line.objections) for line in lines),
            "open": sum(line.open for line in lines),
        },
        loads=_loads(parts, lines),
        weeks=_weeks(parts),
        silent=silent_units(sheet),
    )


def handed_on(sheet: Sheet, today: date) -> date:
    """交办日期: as it was, or the first working day on which the sheet can be settled."""
    if sheet.settled_on:
        return sheet.settled_on
    if sheet.object_until and sheet.object_until >= today:
        return add_working_days(sheet.object_until, 1, Workday.objects.works())
    return today


def _parts(sheet: Sheet) -> list[Assignment]:
    """What is on it, or was until it was dropped."""
    rows = sheet.lines.all() if sheet.state == SheetState.DROPPED else sheet.lines.standing()
    found = rows.select_related(
        "unit", "proposal__lead", "proposal__delegation", "proposal__suggested_unit"
    )
    return list(
        found.prefetch_related("pauses", "extensions", "asks").order_by(
            "proposal__number", "position", "pk"
        )
    )


def _lines(sheet: Sheet, parts: Iterable[Assignment], today: date) -> list[SheetLine]:
    by_proposal: dict[int, list[Assignment]] = defaultdict(list)
    for part in parts:
        by_proposal[part.proposal_id].append(part)
    objections: dict[int, list[Objection]] = defaultdict(list)
    for each in Objection.objects.filter(assignment__sheet=sheet).with_case():
        objections[each.assignment.proposal_id].append(each)
    return [
        SheetLine(own[0].proposal, own, _due(own, today), objections[pk])
        for pk, own in by_proposal.items()
    ]


def _due(parts: Iterable[Assignment], today: date) -> str:
    days = [each.due_on for each in parts if each.answers and each.due_on]
    return f"{day(min(days), today)}前" if days else ""


def _said(line: SheetLine) -> str:
    names = "".join(each.unit.name for each in line.parts)
    return f"{line.proposal.number}{line.proposal.title}{line.proposal.lead.name}{names}"


def _stops(sheet: Sheet, lines: list[SheetLine], today: date) -> list[Stop]:
    order = [SheetState.DRAFTED, SheetState.REHEARSED, SheetState.SETTLED]
    at = order.index(SheetState(sheet.state)) if sheet.state in order else -1
    received = sum(bool(each.received_at) for line in lines for each in line.parts)
    total = sum(len(line.parts) for line in lines)
    words = [
        ("拟单", f"{day(sheet.drawn_up_on, today)}拟", f"{len(lines)} 件都有单位"),
        ("征求意见", *_window(sheet, today)),
        ("定稿交办", day(sheet.settled_on, today) or "异议答复完才能定", "次日起算期限"),
        ("签收", f"{received} 份签收" if sheet.settled_on else "交办后", f"共 {total} 份"),
    ]
    done = at if at < 2 else 3
    return [
        Stop(*each, "done" if place < done else "now" if place == done else "")
        for place, each in enumerate(words)
    ]


def _window(sheet: Sheet, today: date) -> tuple[str, str]:
    if sheet.object_until is None:
        return "还没有请单位看", "单位可以提异议"
    left = working_days_until(today, sheet.object_until, Workday.objects.works())
    words = f"还有 {left} 个工作日" if today < sheet.object_until else "今天截止"
    return (
        f"{day(sheet.object_until, today)}截止",
        words if today <= sheet.object_until else "已截止",
    )


def _loads(parts: Iterable[Assignment], lines: Iterable[SheetLine]) -> list[UnitLoad]:
    answering, opining = Counter[str](), Counter[str]()
    for part in parts:
        (answering if part.answers else opining)[part.unit.short_name] += 1
    objected = Counter(
        each.assignment.unit.short_name
        for line in lines
        for each in line.objections
        if each.state == ObjectionState.OPEN
    )
    names = sorted(answering | opining, key=lambda name: (-answering[name], -opining[name], name))
    return [UnitLoad(name, answering[name], opining[name], objected[name]) for name in names]


def _weeks(parts: Iterable[Assignment]) -> list[WeekLoad]:
    """到期: how many answers are due in each week."""
    found = Counter(
        each.due_on - timedelta(days=each.due_on.weekday())
        for each in parts
        if each.answers and each.due_on
    )
    return [WeekLoad(monday, count) for monday, count in sorted(found.items())]


def what_dropping_does(sheet: Sheet) -> str:
    """收回: what becomes of the proposals, of the objections, and who is told."""
    parts, open_ones = sheet.lines.standing(), Objection.objects.open()
    words = f"单上的 {parts.values('proposal').distinct().count()} 件建议都回到待交办。"
    if sheet.state != SheetState.REHEARSED:
        return f"{words}单位还没有看到，不用通知。"
    waiting = open_ones.filter(assignment__sheet=sheet).count()
    ended = f"{waiting} 件没答复的异议随之了结，" if waiting else ""
    return f"{words}{ended}{parts.values('unit').distinct().count()} 个单位会收到通知。"


def sheets() -> list[Sheet]:
    """Every sheet, the newest first."""
    return list(Sheet.objects.select_related(*WITH_CONGRESS, "drawn_up_by"))
