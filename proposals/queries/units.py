"""A handling unit's desk. Nothing here may ever look at ratings (背靠背)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from congress.shared.actors import Actor
from proposals.gate import missing_stages
from proposals.models import Assignment, Meeting
from proposals.queries.clocks import Clock, Light, day
from proposals.states import DraftState, Stage

KINDS = (("late", "超期"), ("soon", "临近"), ("ok", "按期"))


class Mark(NamedTuple):
    """One of the three meetings as a small sign; a colour never stands without its words."""

    letter: str
    colour: str
    words: str


@dataclass(frozen=True)
class Case:
    """One line of the desk."""

    assignment: Assignment
    light: Light
    due: str
    leads: bool
    partners: str
    marks: list[Mark]
    next: str
    act: str


@dataclass(frozen=True)
class Desk:
    """The whole desk: groups in the order of urgency, each with its cases."""

    cases: list[Case]
    shown: list[tuple[str, str, list[Case]]]
    counts: list[tuple[str, str, int]]
    lead_count: int
    assisting_count: int
    done: list[Assignment]
    on_time: str


def desk(actor: Actor, today: date, *, kind: str = "") -> Desk:
    """The queue by deadline, and what the unit has answered this year."""
    clock = Clock.on(today)
    own = Assignment.objects.handled_by(actor).with_case()
    cases = [_case(each, clock) for each in own.in_hand().order_by("due_on", "id")]
    done = list(own.answered().filter(proposal__answered_on__year=today.year).order_by("-id"))
    groups = [
        (key, word, [case for case in cases if case.light.kind == key]) for key, word in KINDS
    ]
    return Desk(
        cases=cases,
        shown=[group for group in groups if group[2] and kind in ("", group[0])],
        counts=[(key, word, len(of)) for key, word, of in groups],
        lead_count=sum(case.leads for case in cases),
        assisting_count=sum(not case.leads for case in cases),
        done=done,
        on_time=_on_time(done, cases),
    )


def headline(cases: Sequence[Case]) -> str:
    """先办哪一件: the most urgent one by name, or the plain word that nothing presses."""
    if not cases:
        return "手上没有要办的建议"
    first = cases[0]
    if first.light.kind == "ok":
        return "没有超期和临近的建议"
    left = f"超期 {first.light.words}" if first.light.kind == "late" else first.light.words
    return f"先办这一件：{first.assignment.proposal.title}，{left}"


def marks(assignment: Assignment) -> list[Mark]:
    """三见面 as 前 中 后: confirmed by both, recorded by one side, or not yet."""
    held = {meeting.stage: meeting for meeting in assignment.held}
    return [_mark(stage, held.get(stage)) for stage in Stage]


def _mark(stage: Stage, meeting: Meeting | None) -> Mark:
    letter = stage.label[1]
    if meeting is None:
        return Mark(letter, "", f"{stage.label}：还没有")
    met = f"{stage.label} {day(meeting.met_on)}"
    if meeting.confirmed_at:
        return Mark(letter, "green", f"{met}：双方已确认")
    return Mark(letter, "gold", f"{met}：代表还没确认")


def _case(assignment: Assignment, clock: Clock) -> Case:
    leads = assignment.answers
    others = [each for each in assignment.proposal.parts if each.pk != assignment.pk]
    words, act = _next(assignment, leads)
    return Case(
        assignment=assignment,
        light=clock.light(assignment.due_on or clock.today),
        due=f"{day(assignment.due_on, clock.today)}前",
        leads=leads,
        partners=_partners(others, leads),
        marks=marks(assignment) if leads else [],
        next=words,
        act=act,
    )


def _next(assignment: Assignment, leads: bool) -> tuple[str, str]:
    if not leads:
        return "把本单位的意见送给主办单位", "看这件"
    missing = missing_stages(assignment)
    if missing:
        return f"和代表{missing[0].label}，再登记", "登记见面…"
    if any(draft.state == DraftState.TO_SIGN for draft in assignment.drafts.all()):
        return "答复稿等负责人签发", "签发…"
    return "三次见面都已登记，可以答复", "写答复…"


def _partners(others: list[Assignment], leads: bool) -> str:
    names = "、".join(each.unit.short_name for each in others if leads or each.answers)
    if leads:
        return f"协办 {names}" if names else "单独办理"
    return f"主办 {names}"


def _on_time(done: list[Assignment], cases: list[Case]) -> str:
    """按期办复: answered in time, over all that were answered or should have been."""
    led = [each for each in done if each.answers]
    late = sum(case.leads and case.light.kind == "late" for case in cases)
    if not led and not late:
        return ""
    good = sum(bool(each.done_on and each.due_on and each.done_on <= each.due_on) for each in led)
    return f"{100 * good / (len(led) + late):.1f}"
