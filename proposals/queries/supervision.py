"""重点督办 as pages show it: its light, its three questions, what was seen on site."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Prefetch, QuerySet

from congress.shared.actors import Actor
from congress.shared.roles import UNIT, Role
from proposals.models import InspectionNote, KeyAnswer, KeySupervision, Proposal, Question, SiteNote
from proposals.models.supervision import KeySupervisionQuerySet
from proposals.permissions.questions import (
    why_not_ask_question,
    why_not_comment_answer,
    why_not_send_back_answer,
)
from proposals.permissions.speaking import reads_as_lead
from proposals.permissions.supervision import (
    why_not_end_supervision,
    why_not_record_site_note,
    why_not_take_back_key,
)
from proposals.queries import anew
from proposals.queries.clocks import Clock, Light, day
from proposals.queries.key_days import as_now, coming
from proposals.supervision_states import QUESTION_WAITS, KeyState, QuestionState


class KeyLine(NamedTuple):
    """One key proposal of a list: the light of what presses most, the last answer, what comes."""

    row: KeySupervision
    light: Light | None
    units: str
    last: str
    next: str
    visits: int
    led: bool


class QuestionLine(NamedTuple):
    """One of the three on its page: its light while it waits, the answers, and who may do what."""

    row: Question
    light: Light | None
    when: str
    answers: list[KeyAnswer]
    no_ask: str | None = None
    no_send_back: str | None = None
    no_comment: str | None = None
    no_more_time: bool = False

    @property
    def said(self) -> str:
        """Its state in words: one whose day has come is not said to have time."""
        is_due = self.row.state == QuestionState.PLANNED and self.no_more_time
        return "今天该问" if is_due else self.row.get_state_display()

    @property
    def newest(self) -> KeyAnswer | None:
        return self.answers[-1] if self.answers else None


def loaded() -> KeySupervisionQuerySet:
    """With all that a line needs, in a fixed number of queries."""
    proposals = Proposal.objects.with_progress()
    questions = Question.objects.select_related("unit").prefetch_related("answers__commented_by")
    rows: KeySupervisionQuerySet = KeySupervision.objects.select_related("leader")
    return rows.prefetch_related(
        Prefetch("proposal", proposals), Prefetch("questions", questions), "site_notes"
    )


def key_lines(
    today: date, *, year: int, actor: Actor | None = None, leader: int | None = None
) -> list[KeyLine]:
    """The year's list: the reader's own first, then what presses most."""
    rows = loaded().decided().filter(year=year)
    if leader is not None:
        rows = rows.filter(leader=leader)
    timing = Clock.on(today)
    orders = anew.running([each.proposal for each in rows])
    found = (line(each, timing, orders, actor) for each in rows)
    return sorted(found, key=_pressing)


class Before(NamedTuple):
    """An earlier year's list of which so many have a question that waits for the unit."""

    year: int
    many: int


def unanswered_before(year: int) -> list[Before]:
    """The list is the year's (decision 0036); what of earlier ones waits, the newest first."""
    rows = KeySupervision.objects.standing().filter(
        year__lt=year, questions__state__in=QUESTION_WAITS
    )
    found = rows.order_by("-year").values_list("year").annotate(Count("pk", distinct=True))
    return [Before(*each) for each in found]


def line(
    row: KeySupervision,
    timing: Clock,
    orders: Mapping[int, anew.Orders],
    actor: Actor | None = None,
) -> KeyLine:
    return KeyLine(
        row,
        light_of(row, timing, orders.get(row.proposal.handled_as.pk, ())),
        "、".join(each.unit.short_name for each in row.proposal.handled_as.parts),
        last_answer(row, timing.today),
        coming(as_now(row), timing.today),
        visits_until(row, timing.today),
        actor is not None and actor.same_person(row.leader_id),
    )


def light_of(row: KeySupervision, timing: Clock, orders: anew.Orders) -> Light | None:
    """Lights mean time only: of the question that waits, else of the proposal's own clock.

    What is handled anew has the clock of its order.
    """
    if row.state != KeyState.STANDING:
        return None
    waits = [each for each in row.questions.all() if each.state in QUESTION_WAITS]
    days = [each.due_on for each in waits if each.due_on]
    return (
        timing.light(min(days)) if days else anew.due_light(row.proposal.handled_as, timing, orders)
    )


PLACES = {"late": 0, "soon": 1, "ok": 2, "paused": 3}


def _pressing(each: KeyLine) -> tuple[bool, bool, int, int]:
    over = each.row.state != KeyState.STANDING
    return (over, not each.led, PLACES[each.light.kind] if each.light else 4, each.row.pk)


def visits_until(row: KeySupervision, today: date) -> int:
    return sum(each.went_on <= today for each in row.site_notes.all())


def last_answer(row: KeySupervision, today: date) -> str:
    """The newest answer until that day in one line."""
    questions = {each.pk: each for each in row.questions.all()}
    given = (answer for each in questions.values() for answer in each.answers.all())
    found = [answer for answer in given if answer.answered_on <= today]
    newest = max(found, key=lambda each: (each.answered_on, each.pk), default=None)
    if newest is None:
        return ""
    stage = questions[newest.question_id].get_stage_display()
    return f"{day(newest.answered_on, today)}答“{stage}”：{newest.text}"


def question_lines(row: KeySupervision, actor: Actor, timing: Clock) -> list[QuestionLine]:
    """The three, each with what this reader may do with it; the next alone offers to be asked."""
    found: list[QuestionLine] = []
    planned = [each for each in row.questions.all() if each.state == QuestionState.PLANNED]
    for each in row.questions.all():
        each.supervision = row
        answers = list(each.answers.all())
        for answer in answers:
            answer.question = each
        waits = each.state in QUESTION_WAITS and each.due_on
        found.append(
            QuestionLine(
                each,
                timing.light(each.due_on) if waits and each.due_on else None,
                _when(each, timing.today),
                answers,
                why_not_ask_question(actor, each) if each in planned[:1] else "还没有轮到这一问。",
                why_not_send_back_answer(actor, each),
                why_not_comment_answer(actor, answers[-1]) if answers else "还没有回答。",
                each.ask_on <= timing.today,
            )
        )
    return found


def _when(each: Question, today: date) -> str:
    if each.state == QuestionState.PLANNED:
        return f"{day(each.ask_on, today)}问"
    if each.asked_on is None:
        return ""
    waits = f"，{day(each.due_on, today)}前回答" if each.state in QUESTION_WAITS else ""
    return f"{day(each.asked_on, today)}问{waits}"


def key_page(row: KeySupervision, actor: Actor, today: date) -> dict[str, object]:
    """一件重点督办: everything, and what may be done."""
    timing = Clock.on(today)
    return {
        "row": row,
        "proposal": row.proposal,
        "light": light_of(row, timing, anew.of(row.proposal)),
        "questions": question_lines(row, actor, timing),
        "notes": list(row.site_notes.select_related("recorded_by")),
        "no_note": why_not_record_site_note(actor, row),
        "no_end": why_not_end_supervision(actor, row),
        "no_take_back": why_not_take_back_key(actor, row),
    }


class CaseKey(NamedTuple):
    """On a page of one proposal: why it is key, and what was asked."""

    row: KeySupervision
    questions: list[QuestionLine]
    notes: list[SiteNote]


def of_proposal(proposal: Proposal, actor: Actor, today: date) -> list[CaseKey]:
    """督办 of one proposal for its parties and the office, the newest year first."""
    rows = list(loaded().decided().filter(proposal=proposal))
    if not rows:
        return []
    timing = Clock.on(today)
    return [
        CaseKey(row, question_lines(row, actor, timing), list(row.site_notes.all())) for row in rows
    ]


def standing_among(proposals: Iterable[int]) -> set[int]:
    """重点督办: which of these are key now, for their mark."""
    rows = KeySupervision.objects.standing().filter(proposal__in=list(proposals))
    return set(rows.values_list("proposal", flat=True))


def notes_of(proposal: Proposal) -> "QuerySet[InspectionNote]":
    """检查到的情况 of one proposal, the newest first, for its parties and the office."""
    rows = InspectionNote.objects.filter(assignment__proposal=proposal)
    rows = rows.select_related(
        "inspection__organisation", "inspection__unit", "assignment__proposal"
    )
    return rows.order_by("-inspection__visit_on", "-pk")


class Asked(NamedTuple):
    """One question on a unit's desk, with its light and the case that it is about."""

    row: Question
    proposal: Proposal
    light: Light | None
    when: str


def to_answer(actor: Actor, timing: Clock) -> list[Asked]:
    """等本单位回答的三问, the most pressing first."""
    rows = Question.objects.asked_of(actor).waiting()
    rows = rows.select_related("supervision__proposal__merged_into").order_by("due_on", "pk")
    return [
        Asked(
            each,
            each.proposal.handled_as,
            timing.light(each.due_on) if each.due_on else None,
            _when(each, timing.today),
        )
        for each in rows
    ]


def about(proposal: Proposal, actor: Actor, today: date) -> dict[str, object]:
    """督办和检查 on a page of one proposal, for its parties and its office.

    The leaders' comments are between them, the office and the unit; a deputy who has only signed
    reads no findings, which are the lead's.
    """
    unit = actor.organisation_id if actor.role in UNIT else None
    visited = notes_of(proposal)
    if unit:
        visited = visited.filter(inspection__unit=unit)
    elif not actor.in_an_office and not reads_as_lead(actor, proposal):
        visited = visited.none()
    return {
        "keys": of_proposal(proposal, actor, today),
        "visited": list(visited),
        "unit_asked": unit,
        "comments_shown": unit is not None or actor.in_an_office,
    }


def may_see_photo(note: SiteNote, actor: Actor) -> bool:
    """现场照片: the desk, and whoever has the proposal before them; not the public."""
    if actor.at_the_desk:
        return True
    if actor.is_a(Role.TOWNSHIP_CLERK):
        return False
    rows = Proposal.objects.visible_to(actor).filter(pk=note.supervision.proposal_id)
    return rows.exists()
