"""重点督办: what the directors' meeting decided, how it ended, what was seen on site."""

import secrets
from collections.abc import Sequence
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction

from congress.shared import clock
from congress.shared.actors import SYSTEM, Actor
from congress.shared.workflow import lock, move, record, refuse_if
from deputies import codes
from deputies.actions import duties
from deputies.actions.facts import take_back_facts
from deputies.actions.photos import Photo
from deputies.models import Mandate
from proposals.actions.noting import key_led, key_signed, note_of
from proposals.actions.telling import tell_deputies, tell_people
from proposals.models import KeySupervision, Proposal, Question, SiteNote
from proposals.permissions.supervision import (
    Decision,
    why_not_decide_key_list,
    why_not_decision,
    why_not_end_supervision,
    why_not_record_site_note,
    why_not_take_back_key,
)
from proposals.queries.people import of_unit_part
from proposals.states import SHOWN_TO_UNIT
from proposals.supervision_rules import question_day
from proposals.supervision_states import (
    QUESTION_OPEN,
    KeyState,
    QuestionStage,
    QuestionState,
)


@transaction.atomic
def decide_key_list(
    proposals: Sequence[Proposal], *, decision: Decision, by: Actor, today: date
) -> list[KeySupervision]:
    """定为重点督办 (代表法第五十二条): one decision of the 主任会议 on all of them, or on none.

    Each has its questions with their days, lead and co-signers a duty of the year's list, and
    whoever has to do with it is told. A question whose day is over by then is asked no more; the
    first, of the plan, is asked on the day of the decision at the latest.
    """
    chosen = [lock(Proposal(pk=pk)) for pk in sorted({each.pk for each in proposals})]
    refuse_if(why_not_decide_key_list(by, chosen, decision.year))
    refuse_if(why_not_decision(decision, today))
    return [_decide(each, decision, by, today) for each in chosen]


def _decide(proposal: Proposal, decision: Decision, by: Actor, today: date) -> KeySupervision:
    medium, minutes = decision.medium.strip(), decision.minute_number.strip()
    row = decision._replace(medium=medium, minute_number=minutes)._asdict()
    new = KeySupervision(proposal=proposal, decided_by=by.user, **row)
    new.save(force_insert=True)
    Question.objects.bulk_create(_questions(new))
    record(new, KeyState.STANDING, by=by, note=f"{new.who}，{new.minute_number}。")
    duties.report_facts(_duties_done(new), by=SYSTEM)  # so that the director may verify them
    words = f"被列为 {new.year} 年重点督办建议，{new.who}。"
    tell_deputies(proposal, f"key_decided.{new.pk}", words)
    _tell_units(new, f"key_decided.{new.pk}", words, today)
    if new.leader:
        text = f"请您领衔督办 {proposal.number}“{proposal.title}”，{new.minute_number}。"
        step = f"key_led.{new.pk}"
        tell_people([new.leader], proposal, step, text, "key_page", new.pk)
    return new


def _questions(supervision: KeySupervision) -> list[Question]:
    """Those whose day has not passed; that of the plan however late the decision comes."""
    year, decided = supervision.year, supervision.decided_on
    days = {stage: question_day(stage, year, decided) for stage in QuestionStage}
    days[QuestionStage.PLAN] = max(days[QuestionStage.PLAN], decided)
    return [
        Question(supervision=supervision, stage=stage, ask_on=day)
        for stage, day in days.items()
        if day >= decided
    ]


def _duties_done(supervision: KeySupervision) -> list[duties.Fact]:
    """所提建议被列为年度重点建议: a bonus for who leads it and for who stands behind it.

    Dated by the decision, and of those alone who still sit: nobody else has a year's points.
    """
    proposal, note = supervision.proposal, note_of(supervision.proposal)
    sitting = set(Mandate.objects.running(supervision.decided_on).values_list("deputy", flat=True))
    signed = proposal.cosignatures.standing().order_by("pk")
    told = [(proposal.lead_id, codes.KEY_LED, key_led(supervision.pk))]
    told += [
        (each.deputy_id, codes.KEY_SIGNED, key_signed(supervision.pk, each.pk)) for each in signed
    ]
    on = supervision.decided_on
    return [
        duties.Fact(deputy, code, on, source, note=note)
        for deputy, code, source in told
        if deputy in sitting
    ]


def _tell_units(supervision: KeySupervision, step: str, words: str, today: date) -> None:
    """Each unit that has its part before it."""
    proposal = supervision.proposal
    for part in proposal.assignments.filter(state__in=SHOWN_TO_UNIT).order_by("pk"):
        if part.is_handed:
            text = f"{proposal.number}“{proposal.title}”{words}"
            tell_people(of_unit_part(part, today), proposal, step, text, "case", proposal.pk)


@transaction.atomic
def take_back_key(
    supervision: KeySupervision, *, reason: str, by: Actor, today: date
) -> KeySupervision:
    """撤销重点督办: as if it had never been decided; nothing is asked, and the duties go too."""
    supervision = _locked(supervision)
    refuse_if(why_not_take_back_key(by, supervision, reason))
    proposal, reason = supervision.proposal, reason.strip()
    signed = proposal.cosignatures.values_list("pk", flat=True)
    sources = [key_led(supervision.pk), *(key_signed(supervision.pk, pk) for pk in signed)]
    take_back_facts(sources, by=by)
    return _over(supervision, KeyState.TAKEN_BACK, f"撤销重点督办：{reason}", reason, by, today)


@transaction.atomic
def end_supervision(
    supervision: KeySupervision, *, words: str, by: Actor, today: date
) -> KeySupervision:
    """督办结束: with what came of it; what was not asked yet is asked no more."""
    supervision = _locked(supervision)
    refuse_if(why_not_end_supervision(by, supervision, words))
    words = words.strip()
    return _over(supervision, KeyState.ENDED, f"重点督办结束：{words}", words, by, today)


def end_with_proposal(proposal: Proposal, why: str, *, by: Actor, today: date) -> None:
    """督办随建议结束: on a locked proposal that nobody handles any more."""
    for found in proposal.supervisions.standing().order_by("pk"):
        row = lock(found)
        row.proposal = proposal
        _over(row, KeyState.ENDED, f"重点督办结束：{why}", why, by, today, tell=False)


def _over(
    supervision: KeySupervision,
    to: KeyState,
    note: str,
    words: str,
    by: Actor,
    today: date,
    *,
    tell: bool = True,
) -> KeySupervision:
    for question in supervision.questions.filter(state__in=QUESTION_OPEN).order_by("pk"):
        move(lock(question), QuestionState.LAPSED, by=by)
    move(supervision, to, by=by, note=note, ended_on=today, ending_words=words[:200])
    if tell:
        step, said = f"key_{to.value}.{supervision.pk}", f"：{note}"
        tell_deputies(supervision.proposal, step, said)
        _tell_units(supervision, step, said, today)
    return supervision


@transaction.atomic
def record_site_note(
    supervision: KeySupervision,
    *,
    went_on: date,
    place: str,
    people: str,
    seen: str,
    next_step: str,
    by: Actor,
    today: date,
    photo: Photo | None = None,
) -> SiteNote:
    """现场督办: what was seen and what comes next; the lead deputy and the units are told."""
    supervision = _locked(supervision)
    refuse_if(why_not_record_site_note(by, supervision, went_on=went_on, place=place, today=today))
    note = SiteNote(
        supervision=supervision,
        went_on=went_on,
        place=place.strip(),
        people=people.strip(),
        seen=seen.strip(),
        next_step=next_step.strip(),
        recorded_by=by.user,
        recorded_at=clock.now(),
    )
    if photo:
        note.digest = photo.sha256
        content = ContentFile(photo.content)
        note.photo.save(f"{secrets.token_urlsafe(24)}.jpg", content, save=False)
    note.save(force_insert=True)
    record(note, "site_noted", by=by)
    words = f"{went_on.month} 月 {went_on.day} 日现场督办，{note.place}。下一步：{note.next_step}"
    step = f"site_noted.{note.pk}"
    tell_deputies(supervision.proposal, step, words)
    _tell_units(supervision, step, words, today)
    return note


def _locked(supervision: KeySupervision) -> KeySupervision:
    """The proposal first, as every verb does it."""
    proposal = lock(supervision.proposal)
    supervision = lock(supervision)
    supervision.proposal = proposal
    return supervision
