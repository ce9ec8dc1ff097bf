"""结转册、换届交接册: what is open of a year with its clock, its promises and who speaks for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from congress.shared.models import Assembly
from proposals.follow_states import PromiseState
from proposals.models import Challenge, Convening, LookBack, Promise, Question, Rehandling
from proposals.queries.carrying import Line, Tally, year_of
from proposals.queries.clocks import LIGHTS
from proposals.queries.stood import on_paper
from proposals.rating_states import ConveningState
from proposals.states import Signature

NOBODY = "还没有交办"


class Matter(NamedTuple):
    """One proposal of the book: what is under way, each in a sentence with its day."""

    line: Line
    shares: str
    clock: str
    signers: str
    waits: tuple[str, ...]

    @property
    def foster(self) -> str:
        """谁来表态, where it is not the lead."""
        speaker = self.line.speaker
        return speaker.words if speaker.fostered or speaker.missing else ""


class Chapter(NamedTuple):
    """One unit or one deputy, with its own."""

    key: str
    name: str
    matters: list[Matter]


class Book(NamedTuple):
    """The whole book: by unit in full, by deputy to find it there."""

    title: str
    congress: str
    made: str
    year: int
    matters: list[Matter]
    reasons: list[Tally]
    units: list[Chapter]
    deputies: list[Chapter]
    missing: int


def book(assembly: Assembly, year: int, today: date) -> Book:
    """In a fixed number of statements. At a change of term it is the hand-over book."""
    found = year_of(assembly, year, today)
    waits = _waits([each.proposal.handled_as.pk for each in found.lines], today)
    matters = [_matter(each, waits) for each in found.lines]
    units: dict[str, list[Matter]] = defaultdict(list)
    deputies: dict[str, list[Matter]] = defaultdict(list)
    for each in matters:
        units[next(iter(each.line.open.units), NOBODY)].append(each)
        deputies[each.line.proposal.lead.name].append(each)
    now = {each.proposal.session.term_id for each in found.lines}
    over = assembly.carry_overs.filter(from_year=year).first()
    changed = bool(over and now and now != {over.term_id})
    return Book(
        f"代表建议{'换届交接册' if changed else f' {year} 年结转册'}",
        assembly.name,
        on_paper(today),
        year,
        matters,
        found.reasons,
        _chapters("u", sorted(units.items(), key=lambda row: -len(row[1]))),
        _chapters("d", sorted(deputies.items())),
        len(found.fosters),
    )


def _chapters(kind: str, rows: Sequence[tuple[str, list[Matter]]]) -> list[Chapter]:
    return [Chapter(f"{kind}{number}", name, own) for number, (name, own) in enumerate(rows, 1)]


def _matter(line: Line, waits: Mapping[int, list[str]]) -> Matter:
    row, handled = line.proposal, line.proposal.handled_as
    along = f"并入 {handled.number} 办理；" if row.merged_into_id else ""
    shares = "，".join(f"{each.get_role_display()} {each.unit.name}" for each in handled.parts)
    due = f"{on_paper(handled.due_on)}前答复" if handled.due_on else ""
    if row.answered_on:
        due = f"{on_paper(row.answered_on)}答复"
    words = f"{dict(LIGHTS).get(line.light.kind, '')} {line.light.words}" if line.light else ""
    signed = [each for each in row.cosignatures.all() if each.state == Signature.STANDING]
    return Matter(
        line,
        f"{along}{shares or NOBODY}",
        "，".join(each for each in (due, words.strip()) if each),
        f"附议 {len(signed)} 人" if signed else "",
        tuple(waits.get(handled.pk, ())),
    )


def _waits(numbers: Sequence[int], today: date) -> dict[int, list[str]]:
    """承诺、回头看、重新办理、又被提出、三问: what is open of each, by the row of the proposal."""
    found: dict[int, list[str]] = defaultdict(list)
    of_part, of_reply = "assignment__proposal", "reply__assignment__proposal"
    for promise in (
        Promise.objects.open()
        .filter(**{f"{of_reply}__in": numbers})
        .select_related("reply__assignment__unit")
        .order_by("due_on", "pk")
    ):
        overdue = promise.due_on < today and promise.state != PromiseState.MISSED
        late = "，已经过期" if overdue else ""
        by_then = f"{on_paper(promise.due_on)}前{promise.words}"
        words = f"承诺：{promise.assignment.unit.short_name}，{by_then}"
        found[promise.assignment.proposal_id].append(
            f"{words}（{promise.get_state_display()}{late}）"
        )
    for order in (
        Rehandling.objects.open()
        .filter(**{f"{of_part}__in": numbers})
        .select_related("assignment__unit")
    ):
        words = f"重新办理（第 {order.round} 次）：{order.assignment.unit.short_name}"
        found[order.assignment.proposal_id].append(
            f"{words}，{on_paper(order.due_on)}前再答复：{order.words}"
        )
    called = Convening.objects.filter(state=ConveningState.CALLED, **{f"{of_part}__in": numbers})
    for meeting in called.select_related("assignment"):
        words = f"当面协商：{on_paper(meeting.meets_on)}在{meeting.place}，还没有记结果"
        found[meeting.assignment.proposal_id].append(words)
    for look in (
        LookBack.objects.open()
        .filter(**{f"{of_reply}__in": numbers})
        .select_related("reply__assignment__unit")
    ):
        words = f"回头看：{look.reply.assignment.unit.short_name}，{on_paper(look.report_by)}前报告"
        found[look.reply.assignment.proposal_id].append(f"{words}（{look.get_state_display()}）")
    for challenge in (
        Challenge.objects.open()
        .filter(**{f"{of_reply}__in": numbers})
        .select_related("reply__assignment", "proposal")
    ):
        words = f"又被提出：{challenge.proposal.number}“{challenge.proposal.title}”"
        found[challenge.earlier.pk].append(f"{words}（{challenge.get_state_display()}）")
    for question in (
        Question.objects.waiting()
        .filter(supervision__proposal__in=numbers)
        .select_related("supervision", "unit")
    ):
        until = f"，{on_paper(question.due_on)}前回答" if question.due_on else ""
        words = f"重点督办{question.get_stage_display()}：{question.unit or ''}{until}"
        found[question.supervision.proposal_id].append(words)
    return found
