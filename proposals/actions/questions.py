"""三问: 年初问安排、年中问进展、年末问成效 (policy text)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from congress.shared import clock
from congress.shared.actors import SYSTEM, Actor
from congress.shared.calendar import add_working_days
from congress.shared.errors import Refused
from congress.shared.models import User, Workday
from congress.shared.workflow import lock, move, record, refuse_if
from proposals.actions.telling import tell_lead, tell_people
from proposals.models import Assignment, KeyAnswer, KeySupervision, Proposal, Question
from proposals.permissions.questions import (
    why_not_answer_question,
    why_not_ask_question,
    why_not_comment_answer,
    why_not_send_back_answer,
)
from proposals.queries.clocks import day
from proposals.queries.people import in_post, of_units
from proposals.supervision_rules import AGAIN_DAYS, ANSWER_DAYS
from proposals.supervision_states import QuestionState


@transaction.atomic
def ask_question(question: Question, *, by: Actor, today: date) -> Question:
    """问: the unit has it on its desk, with a day until which it answers."""
    question = _locked(question)
    refuse_if(why_not_ask_question(by, question))
    part = question.supervision.part
    if part is None:  # said above already
        raise Refused("建议还没有交给承办单位。")
    due_on = _answer_by(today)
    note = f"{question.get_stage_display()}，请{part.unit.name}在 {day(due_on, today)}前回答。"
    said = {"unit": part.unit, "asked_on": today, "due_on": due_on}
    move(question, QuestionState.ASKED, by=by, note=note, **said)
    proposal = question.supervision.proposal
    text = f"重点督办 {proposal.number}“{proposal.title}”：{note}"
    people = in_post(part.unit, part.handler_id, today)
    _tell_unit(question, "asked", text, people)
    return question


def follow_part(proposal: Proposal, *, by: Actor, today: date) -> None:
    """三问随承办走: what waits of a locked proposal is asked anew of the unit that has it now.

    With a day of its own, told to both; what the former unit has answered stays its answer.
    """
    part = Proposal.objects.get(pk=proposal.pk).lead_assignment
    if part is None:
        return
    about = Q(supervision__proposal=proposal) | Q(supervision__proposal__merged_into=proposal)
    rows = Question.objects.waiting().filter(about).exclude(unit=part.unit_id)
    for found in rows.select_related("supervision__proposal").order_by("pk"):
        _ask_instead(_locked(found), part, by, today)


def _ask_instead(question: Question, part: Assignment, by: Actor, today: date) -> None:
    former, due_on = question.unit, _answer_by(today)
    again = f"不再请{former.name}回答。" if former else ""
    last, stage = day(due_on, today), question.get_stage_display()
    note = f"{stage}，改请{part.unit.name}在 {last}前回答，{again}"
    said = {"unit": part.unit, "asked_on": today, "due_on": due_on}
    move(question, QuestionState.ASKED, by=by, note=note, **said)
    proposal = question.supervision.proposal
    text = f"重点督办 {proposal.number}“{proposal.title}”：{note}"
    _tell_unit(question, f"moved.{part.pk}", text, in_post(part.unit, part.handler_id, today))
    if former:
        step = f"key_question.gone.{part.pk}.{question.pk}"
        tell_people(of_units([former], today), proposal, step, text, "unit_desk")


def ask_due(today: date) -> int:
    """到日子的: each in a transaction of its own; one that cannot be asked yet waits.

    What waits at a unit that has the proposal no more is asked anew of the one that has it.
    """
    for proposal in _handled_elsewhere():
        with transaction.atomic():
            follow_part(lock(proposal), by=SYSTEM, today=today)
    asked = 0
    for question in Question.objects.due_to_ask(today).order_by("pk"):
        try:
            ask_question(question, by=SYSTEM, today=today)
        except Refused:
            continue
        asked += 1
    return asked


def _handled_elsewhere() -> list[Proposal]:
    waits = Question.objects.waiting().order_by("pk")
    rows = waits.select_related("supervision__proposal__merged_into").prefetch_related(
        "supervision__proposal__assignments", "supervision__proposal__merged_into__assignments"
    )
    gone = [
        each.proposal.handled_as
        for each in rows
        if (part := each.supervision.part) and part.unit_id != each.unit_id
    ]
    return list({each.pk: each for each in gone}.values())


@transaction.atomic
def answer_question(question: Question, *, text: str, by: Actor, today: date) -> KeyAnswer:
    """回答: never changed; the lead deputy is told, and the public may read it."""
    question = _locked(question)
    refuse_if(why_not_answer_question(by, question, text))
    before, now = question.answers.count(), clock.now()
    answer = KeyAnswer(
        question=question,
        round=before + 1,
        text=text.strip(),
        answered_on=today,
        answered_by=by.user,
        answered_at=now,
    )
    answer.save(force_insert=True)
    proposal, unit = question.supervision.proposal, question.unit
    words = f"{unit.name if unit else ''}回答了“{question.get_stage_display()}”"
    move(question, QuestionState.ANSWERED, by=by, note=f"{words}。")
    step = f"key_answered.{answer.pk}"
    tell_lead(proposal, step, f"您领衔的“{proposal.title}”：{words}，请看。")
    if leader := question.supervision.leader:
        page = question.supervision_id
        text = f"{proposal.number}“{proposal.title}”：{words}。"
        tell_people([leader], proposal, step, text, "key_page", page)
    return answer


@transaction.atomic
def comment_answer(answer: KeyAnswer, *, comment: str, by: Actor) -> KeyAnswer:
    """批注: beside the answer, once; the unit reads it."""
    question = _locked(answer.question)
    answer = lock(answer)
    answer.question = question
    refuse_if(why_not_comment_answer(by, answer, comment))
    _write_comment(answer, comment, by)
    record(answer, "key_commented", by=by)
    title = question.supervision.proposal.title
    text = f"“{title}”{question.get_stage_display()}的回答有了批注：{comment.strip()}"
    _tell_unit(question, f"commented.{answer.pk}", text)
    return answer


@transaction.atomic
def send_back_answer(question: Question, *, words: str, by: Actor, today: date) -> Question:
    """答得不实: the unit answers once more by a new day; the first answer stays beside it."""
    question = _locked(question)
    refuse_if(why_not_send_back_answer(by, question, words))
    if answer := question.answer:
        _write_comment(lock(answer), words, by)
    due_on = add_working_days(today, AGAIN_DAYS.on(today), Workday.objects.works())
    note = f"请{question.unit.name}再答。" if question.unit else ""
    move(question, QuestionState.SENT_BACK, by=by, note=note, due_on=due_on)
    title = question.supervision.proposal.title
    text = (
        f"“{title}”{question.get_stage_display()}答得不实，请在 {day(due_on, today)}前再答："
        f"{words.strip()}"
    )
    _tell_unit(question, "sent_back", text)
    part = question.supervision.part
    if part and part.unit_id != question.unit_id:
        _ask_instead(question, part, by, today)
    return question


def _write_comment(answer: KeyAnswer, comment: str, by: Actor) -> None:
    answer.comment, answer.commented_by, answer.commented_at = comment.strip(), by.user, clock.now()
    answer.save(update_fields=["comment", "commented_by", "commented_at"])


def _tell_unit(
    question: Question, step: str, text: str, people: Sequence[User] | None = None
) -> None:
    """Who handles it there, at the page of their case."""
    unit = question.unit
    if unit is None:
        return
    supervision = question.supervision
    if people is None:
        part = supervision.part
        handler = part.handler_id if part and part.unit_id == unit.pk else None
        people = in_post(unit, handler, clock.today())
    told = f"key_question.{step}.{question.pk}"
    case = supervision.proposal.handled_as.pk
    tell_people(people, supervision.proposal, told, text, "case", case)


def _locked(question: Question) -> Question:
    """The proposal, its supervision, then what is asked of it."""
    proposal = lock(question.supervision.proposal)
    supervision = lock(KeySupervision(pk=question.supervision_id))
    supervision.proposal = proposal
    question = lock(question)
    question.supervision = supervision
    return question


def _answer_by(today: date) -> date:
    return add_working_days(today, ANSWER_DAYS.on(today), Workday.objects.works())
