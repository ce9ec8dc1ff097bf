"""A handling unit's desk. Nothing here may ever look at ratings (背靠背)."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from congress.shared.actors import Actor
from congress.shared.roles import Role
from proposals.gate import COLOURS, Standing, standings
from proposals.models import Assignment, ReplyTemplate
from proposals.permissions.receiving import why_not_receive
from proposals.queries import anew
from proposals.queries.carrying import marks_among
from proposals.queries.clocks import LIGHTS, Clock, Light, day
from proposals.queries.contact import ContactDays
from proposals.queries.countersigning import for_countersigning, on_the_desk, signable
from proposals.queries.supervision import standing_among
from proposals.queries.unit_words import answered, next_act, partners
from proposals.rules import CONFIRM_DAYS
from proposals.states import Stage

PRESSING = ("late", "soon")
ROLES = (("lead", "主办、分办"), ("help", "会办、协办"))
ACTS = (
    ("confirm", "等本单位确认"),
    ("meet", "等见面"),
    ("write", "等起草"),
    ("sign", "等签字"),
    ("countersign", "等会签"),
    ("opine", "等意见"),
    ("wait", "等异议答复"),
)
"""What comes next, in the order in which it comes."""
WORDS = {
    "confirm": "登记见面…",
    "meet": "登记见面…",
    "write": "写答复…",
    "sign": "签发…",
    "countersign": "会签…",
    "opine": "写意见…",
    "wait": "看这一件…",
}


SIGN_TOO = ("主办单位的答复稿等本单位负责人会签", "countersign")
FURTHER = Light("ok", "已答复，新的一稿")
"""A further version that nobody has ordered has no day of its own."""


class Mark(NamedTuple):
    """One of the three meetings as a small sign; a colour never stands without its words."""

    letter: str
    colour: str
    words: str


@dataclass(frozen=True)
class CaseFilter:
    """What the desk's address asks for."""

    kind: str = ""
    role: str = ""
    act: str = ""
    key: bool = False
    carried: bool = False


@dataclass(frozen=True)
class Days:
    """The day, and the county's figures of that day, fetched once."""

    clock: Clock
    confirm: int
    contact: ContactDays

    @classmethod
    def on(cls, today: date) -> "Days":
        clock = Clock.on(today)
        return cls(clock, CONFIRM_DAYS.on(today), ContactDays(clock.works))


@dataclass(frozen=True)
class Case:
    """One line of the desk."""

    assignment: Assignment
    last: date | None
    light: Light
    due: str
    contact: Light | None
    leads: bool
    partners: str
    marks: list[Mark]
    answered: str
    next: str
    act: str
    signs: bool
    """Whether it waits for the signature of who reads this."""
    verb: str
    carried: str
    """滚动办理, in words."""


class FilterCount(NamedTuple):
    """One filter and how many it would show."""

    key: str
    word: str
    cases: int


@dataclass(frozen=True)
class Desk:
    """The whole desk, by deadline: every case, those that were asked for, and what is done."""

    cases: list[Case]
    shown: list[Case]
    kinds: list[FilterCount]
    roles: list[FilterCount]
    acts: list[FilterCount]
    to_receive: list[Case]
    done: list[Assignment]
    on_time: str
    keys: Set[int]

    @property
    def carried(self) -> int:
        """滚动办理的 among them."""
        return sum(bool(case.carried) for case in self.cases)

    @property
    def first(self) -> Case | None:
        """先办哪一件: what waits for the reader's signature, else what is late or nearly so."""
        found = next(iter(self.cases), None)
        return found if found and (found.signs or found.light.kind in PRESSING) else None


def desk(actor: Actor, today: date, wanted: CaseFilter | None = None) -> Desk:
    """What waits for the reader's signature, then by deadline; and what was answered this year."""
    days, asked = Days.on(today), wanted or CaseFilter()
    own = Assignment.objects.handled_by(actor).with_case()
    joint = set(for_countersigning(actor).values_list("pk", flat=True))
    signs = set(signable(actor).values_list("pk", flat=True))
    rows = list(on_the_desk(actor).with_case().order_by("due_on", "id"))
    marks = marks_among([each.proposal_id for each in rows])
    orders = anew.running(each.proposal for each in rows)
    words = WORDS if actor.is_a(Role.UNIT_HEAD) else WORDS | {"sign": WORDS["wait"]}
    found = [
        _case(
            *(each, days, words, marks, orders.get(each.proposal_id, ())),
            joint=each.pk in joint,
            signs=each.pk in signs,
        )
        for each in rows
    ]
    cases = sorted(found, key=lambda case: (not case.signs, case.last or date.max))
    done = list(own.ended_in(today.year))
    keys = standing_among(case.assignment.proposal_id for case in cases)
    return Desk(
        cases=cases,
        shown=[
            case
            for case in cases
            if _fits(case, asked) and (not asked.key or case.assignment.proposal_id in keys)
        ],
        kinds=_choices(LIGHTS, [case.light.kind for case in cases]),
        roles=_choices(ROLES, [_side(case) for case in cases]),
        acts=_choices(ACTS, [case.act for case in cases]),
        to_receive=[case for case in cases if not why_not_receive(actor, case.assignment)],
        done=done,
        on_time=_on_time(done, cases),
        keys=keys,
    )


def contact(part: Assignment, days: Days) -> Light | None:
    """首次联系: its own light until the first meeting is on record or waived; none while paused."""
    last = days.contact.of(part)
    return days.clock.light(last) if last else None


def templates(actor: Actor) -> QuerySet[ReplyTemplate]:
    """常用语 of the acting unit."""
    return ReplyTemplate.objects.filter(unit=actor.organisation_id)


def _fits(case: Case, wanted: CaseFilter) -> bool:
    return (
        wanted.kind in ("", case.light.kind)
        and wanted.role in ("", _side(case))
        and wanted.act in ("", case.act)
        and (not wanted.carried or bool(case.carried))
    )


def _side(case: Case) -> str:
    return "lead" if case.leads else "help"


def _choices(words: Sequence[tuple[str, str]], found: Sequence[str]) -> list[FilterCount]:
    return [FilterCount(key, word, found.count(key)) for key, word in words]


def _case(
    part: Assignment,
    days: Days,
    verbs: Mapping[str, str],
    marks: Mapping[int, str],
    orders: anew.Orders,
    *,
    joint: bool,
    signs: bool,
) -> Case:
    """By its own clock; once that has stopped, by the clock of the answer that waits for 会签.

    Of what is handled anew by the order's, as its card says it.
    """
    leads, clock = part.answers, days.clock
    clocks = _clocks(part)
    clocked = next((each for each in clocks if each.is_running), None)
    again = [each for each in orders if each.assignment_id in {one.pk for one in clocks}]
    last = clocked.due_on if clocked else min((each.due_on for each in again), default=None)
    others = [each for each in part.proposal.parts if each.pk != part.pk]
    found = standings(part, clock.today, clock.works, days.confirm)
    words, act = SIGN_TOO if joint else next_act(part, found)
    return Case(
        assignment=part,
        last=last,
        light=clock.light_of(clocked) if clocked else anew.light_of(again, clock) or FURTHER,
        due=f"{day(last, clock.today)}前" if last else "",
        contact=contact(part, days),
        leads=leads,
        partners=partners(others, leads),
        marks=[_mark(stage, how) for stage, how in found.items()] if leads else [],
        answered=answered(part) if leads else "",
        next=words,
        act=act,
        signs=signs,
        verb=verbs[act],
        carried=marks.get(part.proposal_id, ""),
    )


def _clocks(part: Assignment) -> list[Assignment]:
    """Its own first; a joint unit signs by the lead unit's."""
    lead = part.proposal.lead_assignment
    return [part] if part.answers or lead is None else [part, lead]


def _mark(stage: Stage, how: Standing) -> Mark:
    return Mark(stage.label[1], COLOURS[how], f"{stage.label}：{how.value}")


def _on_time(done: list[Assignment], cases: list[Case]) -> str:
    """按期办复: answered in time, over all that were answered or should have been.

    What is handled anew was answered, and counts by its first answer.
    """
    led = [each for each in done if each.answers]
    owing = [case for case in cases if case.leads and case.assignment.is_running]
    late = sum(case.light.kind == "late" for case in owing)
    if not led and not late:
        return ""
    good = sum(bool(each.done_on and each.due_on and each.done_on <= each.due_on) for each in led)
    return f"{100 * good / (len(led) + late):.1f}"
