"""评定: what the committee decided of everybody, entered once by the office's director."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.names import says_something
from congress.shared.workflow import lock, move, refuse_if, trail
from scoring.bands import is_far, moved_words
from scoring.grade_states import VetoSource
from scoring.models import Grade, Grading, ReviewCycle, StarLight, Veto
from scoring.permissions.publicity import publicity_until
from scoring.permissions.review import why_not_decide
from scoring.queries.deciding import (
    PENALTY,
    DecisionRow,
    Judged,
    Known,
    Yardstick,
    decision_rows,
    fingerprint,
)
from scoring.review_keys import waits_of
from scoring.sentences import listed
from scoring.states import CycleState
from scoring.timetable import said

CHANGED = "刚才有意见、积分或者登记变动，建议等次可能不同了，请重新看过再提交。"


@dataclass(frozen=True)
class Decision:
    """评定 of one deputy: the grade, why it is far from the suggested one, what else is known.

    `withheld` says why 政治星 and 守法星 stay unlit; `vetoes` are the typed ones, code and ground.
    """

    grade: Grade
    withheld: str = ""
    reason: str = ""
    vetoes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Line:
    """One deputy's row with the decision, and what follows from both."""

    row: DecisionRow
    decision: Decision
    vetoes: Sequence[Known]
    judged: Judged
    moved: int
    wrong: str


@transaction.atomic
def decide(
    cycle: ReviewCycle,
    *,
    minute: str,
    met_on: date,
    grades: Mapping[int, Decision],
    by: Actor,
    now: datetime | None = None,
    seen: str = "",
) -> ReviewCycle:
    """评定: everybody reviewed has the committee's grade and stars, and publicity (公示) begins.

    `seen` is the fingerprint of the page that was confirmed, where there was one.
    """
    cycle = lock(cycle)
    at = now or clock.now()
    today = timezone.localdate(at)
    refuse_if(why_not_decide(by, cycle, today))
    if not says_something(minute):
        raise Refused("请填写常委会会议纪要号。")
    refuse_if("开会的日期还没有到，会后再录入评定。" if met_on > today else None)
    rule = Yardstick(today)
    rows = decision_rows(cycle, today, rule)
    refuse_if(CHANGED if seen and seen != fingerprint(rows) else None)
    _refuse_people({row.deputy.pk for row in rows}, set(grades))
    lines = [_line(row, grades[row.deputy.pk], rule) for row in rows]
    if wrong := [line for line in lines if line.wrong]:
        names = listed([line.row.deputy.name for line in wrong])
        raise Refused(f"{names}：{wrong[0].wrong}")
    notices.settle_under(waits_of(cycle.pk), at=clock.now())
    _write(cycle, lines, rule, by)
    facts = {"minute": minute.strip(), "met_on": met_on, "decided_by": by.user, "decided_at": at}
    cycle = move(cycle, CycleState.DECIDED, by=by, note=minute.strip(), **facts)
    _tell(cycle, lines, publicity_until(cycle, today))
    return cycle


def _refuse_people(people: set[int], given: set[int]) -> None:
    if missing := people - given:
        raise Refused(f"还有 {len(missing)} 名代表没有评定等次。")
    if strangers := given - people:
        raise Refused(f"有 {len(strangers)} 人不在本年应评代表之中，请刷新名单再提交。")


def _line(row: DecisionRow, decision: Decision, rule: Yardstick) -> _Line:
    typed = {code: ground.strip() for code, ground in decision.vetoes.items() if ground.strip()}
    kinds = {kind.code: kind for kind in rule.kinds if kind.source == VetoSource.TYPED}
    if unknown := sorted(set(typed) - set(kinds)):
        raise Refused(f"没有“{'、'.join(unknown)}”这种否决情形。")
    found = {known.kind.code for known in row.vetoes}
    more = [Known(kinds[code], ground) for code, ground in typed.items() if code not in found]
    vetoes = [*row.vetoes, *more]
    withheld = decision.withheld.strip()
    judged = rule.judged(row.facts, row.suggestion.score, vetoes, withheld)
    moved = rule.moved(decision.grade, judged.suggested)
    wrong = rule.why_not(decision.grade, judged) or ""
    if not wrong and PENALTY in typed and not withheld:
        wrong = "受处分的，守法星不能点亮：请写明政治星、守法星不亮的理由。"
    if not wrong and is_far(moved) and not says_something(decision.reason):
        wrong = f"{moved_words(moved)}，超过一等，请写明理由。"
    return _Line(row, decision, vetoes, judged, moved, wrong)


def _write(cycle: ReviewCycle, lines: Sequence[_Line], rule: Yardstick, by: Actor) -> None:
    gradings = Grading.objects.bulk_create(
        Grading(
            cycle=cycle,
            deputy=line.row.deputy,
            suggestion=line.row.suggestion.score,
            points=line.row.points,
            stars=line.judged.stars,
            suggested=rule.grade(line.judged.suggested.place),
            grade=line.decision.grade,
            bands_moved=line.moved,
            reason=line.decision.reason.strip(),
            withheld_stars=line.decision.withheld.strip(),
        )
        for line in lines
    )
    Veto.objects.bulk_create(_vetoes(gradings, lines))
    StarLight.objects.bulk_create(_lights(gradings, lines, rule), batch_size=1000)
    events = [trail(row, "graded", by=by, note=row.grade.name) for row in gradings]
    AuditEvent.objects.bulk_create(events, batch_size=1000)


def _vetoes(gradings: Sequence[Grading], lines: Sequence[_Line]) -> Iterator[Veto]:
    for grading, line in zip(gradings, lines, strict=True):
        for known in line.vetoes:
            yield Veto(grading=grading, kind=known.kind, reason=known.reason)


def _lights(
    gradings: Sequence[Grading], lines: Sequence[_Line], rule: Yardstick
) -> Iterator[StarLight]:
    """The stars as decided: the file says these, whatever a record says by then."""
    for grading, line in zip(gradings, lines, strict=True):
        for star, light in rule.lights(line.row.facts, grading.withheld_stars).items():
            said = {"name": star.name, "lit": light.lit, "reason": light.reason}
            yield StarLight(grading=grading, star=star, **said)


def _tell(cycle: ReviewCycle, lines: Sequence[_Line], until: date) -> None:
    """公示开始: each deputy learns where the own result stands, and until when to object."""
    notices.write_each(
        Notice(
            person_id=line.row.deputy.user_id,
            key=f"scoring.publicity:{cycle.pk}",
            text=f"{cycle.year} 年度履职评定开始公示，到 {said(until)}为止。"
            "请看您的结果；有异议可以在这之前提出。",
            link=reverse("scoring:my_grading"),
        )
        for line in lines
        if line.row.deputy.user_id
    )
