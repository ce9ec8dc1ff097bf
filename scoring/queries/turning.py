"""走到哪: the stages of a review with their days, what comes next, and whose turn it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from scoring.models import ReviewCycle
from scoring.permissions.publicity import publicity_until
from scoring.queries.sealing import progress
from scoring.states import OPINIONS, CycleState, Stage
from scoring.timetable import Span, said


@dataclass(frozen=True)
class NextAct:
    """One sentence and its day; `is_due` when it is the director's turn now."""

    words: str
    due_on: date | None
    is_due: bool


def next_act(
    cycle: ReviewCycle,
    spans: Mapping[Stage, Span],
    today: date,
    left: int | None = None,
    *,
    now: datetime,
) -> NextAct:
    """From state and days; `left` says how many opinions are missing, where that is known."""
    if cycle.state == CycleState.OPEN:
        # Before the cut-off nothing may be closed, though all may be in.
        return _gathering(spans, today, left if today > cycle.cut_off_on else None)
    if cycle.state == CycleState.GATHERED:
        last = spans[Stage.COMMITTEE].closes_on
        late = "，已经逾期" if today > last else ""
        words = f"意见征集已经截止，等常委会评定，{said(last)}以前录入{late}。"
        return NextAct(words, last, is_due=today >= spans[Stage.COMMITTEE].opens_on)
    if cycle.state == CycleState.DECIDED:
        last = publicity_until(cycle)
        if today > last:
            return NextAct(f"公示到 {said(last)}已经期满，请通报结果。", last, is_due=True)
        return NextAct(f"正在公示，到 {said(last)}为止。", last, is_due=False)
    if cycle.state == CycleState.FINAL:
        return _sealing(cycle, now)
    return NextAct("这一年的评价已经归档。", None, is_due=False)


def _sealing(cycle: ReviewCycle, now: datetime) -> NextAct:
    """The files, and what of them somebody has to look after."""
    far = progress(cycle, now)
    if far.failed:
        words = f"有 {far.failed} 人的档案没有做成，请看原因，改好以后重试。"
        return NextAct(words, None, is_due=True)
    if far.stands:
        return NextAct(f"归档停住了：{far.time_left}。", None, is_due=True)
    return NextAct(f"结果已经通报，系统正在归档，{far.words}。", None, is_due=False)


def _gathering(spans: Mapping[Stage, Span], today: date, left: int | None) -> NextAct:
    last = max(spans[stage].closes_on for stage in OPINIONS)
    if left == 0:
        return NextAct("意见收齐了，可以截止征集。", last, is_due=True)
    if today > last:
        return NextAct(f"征集到 {said(last)}已经期满，没交的记作未提交。", last, is_due=True)
    running = [stage for stage in OPINIONS if spans[stage].opens_on <= today]
    said_now = [
        f"{stage.label}到 {said(spans[stage].closes_on)}"
        for stage in running
        if today <= spans[stage].closes_on
    ]
    past = [stage.label for stage in running if spans[stage].closes_on < today]
    words = [f"正在{'、'.join(said_now)}"] if said_now else []
    words += [f"{'、'.join(past)}已过截止日"] if past else []
    if not running:
        words = [f"{said(spans[Stage.SELF].opens_on)}开始征集意见"]
    return NextAct("，".join(words) + "。", last, is_due=False)


class Stop(NamedTuple):
    """One stop of the year's track."""

    label: str
    state: str
    when: str


def track(cycle: ReviewCycle, spans: Mapping[Stage, Span], today: date) -> list[Stop]:
    """六段: the five stages with their days, and the files."""
    stops = [
        Stop(stage.label, _state(cycle, stage, span, today), _days(_as_it_is(cycle, stage, span)))
        for stage, span in spans.items()
    ]
    files = {CycleState.FINAL: "now", CycleState.SEALED: "done"}
    return [*stops, Stop("归档", files.get(CycleState(cycle.state), ""), "通报以后")]


def _state(cycle: ReviewCycle, stage: Stage, span: Span, today: date) -> str:
    if cycle.state == CycleState.OPEN:
        if stage not in OPINIONS or today < span.opens_on:
            return ""
        return "now" if today <= span.closes_on else "done"
    if stage in OPINIONS:
        return "done"
    states = list(CycleState)
    mine = CycleState.GATHERED if stage == Stage.COMMITTEE else CycleState.DECIDED
    at = states.index(CycleState(cycle.state)) - states.index(mine)
    return "now" if at == 0 else "done" if at > 0 else ""


def _as_it_is(cycle: ReviewCycle, stage: Stage, span: Span) -> Span:
    """公示 runs from the decision, however early or late that came."""
    if stage != Stage.PUBLICITY or not cycle.decided_at:
        return span
    return Span(timezone.localdate(cycle.decided_at), publicity_until(cycle))


def _days(span: Span) -> str:
    return f"{span.opens_on:%m-%d} 至 {span.closes_on:%m-%d}"
