"""公示异议: said while the result is public, answered by the director with a reason."""

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.confidential import KEPT
from congress.shared.errors import Refused
from congress.shared.names import says_something
from congress.shared.workflow import lock, move, record, refuse_if
from scoring.actions.amendments import grading_locked, propose
from scoring.grade_states import GradeObjectionState, ObjectionKind
from scoring.models import Grade, GradeObjection, Grading
from scoring.permissions.grading import (
    why_not_dismiss_objection,
    why_not_object_to_grade,
    why_not_register_letter,
    why_not_uphold_objection,
    why_not_withdraw_objection,
)
from scoring.permissions.involved import directors

SAY_WHY = "请写一句哪里不对。"
SAY_ANSWER = "答复必须写明理由，提出异议的人会看到这句话。"


@transaction.atomic
def object_to_grade(grading: Grading, *, words: str, by: Actor, today: date) -> GradeObjection:
    """提出异议: the deputy's words wait for an answer, and nothing is told before it."""
    grading = grading_locked(grading)
    refuse_if(why_not_object_to_grade(by, grading, today))
    return _raised(grading, ObjectionKind.OWN, words, by, today)


@transaction.atomic
def register_letter(
    grading: Grading, *, words: str, sender: str, by: Actor, today: date
) -> GradeObjection:
    """登记来信: what others wrote waits for an answer; who wrote it is kept from all but two."""
    grading = grading_locked(grading)
    refuse_if(why_not_register_letter(by, grading, today))
    if not says_something(sender):
        raise Refused("请填写来信人。匿名来信写“匿名”。")
    return _raised(grading, ObjectionKind.LETTER, words, by, today, sender.strip())


def _raised(
    grading: Grading, kind: ObjectionKind, words: str, by: Actor, today: date, sender: str = ""
) -> GradeObjection:
    refuse_if(None if says_something(words) else SAY_WHY)
    who: dict[str, Any] = {"raised_by": by.user, "raised_at": clock.now()}
    objection = GradeObjection.objects.create(
        grading=grading, kind=kind, words=words.strip(), sender=sender, **who
    )
    # The trail says that there is one: what it says, and of whom, only few may read.
    record(objection, GradeObjectionState.OPEN, by=by, note=kind.label)
    notices.write(
        directors(today),
        key=f"scoring.grade_objection:{objection.pk}",
        text=f"{grading.cycle.year} 年度评定公示收到一条异议（{kind.label}），请答复。",
        link=reverse("scoring:grade_objection", args=[objection.pk]),
    )
    return objection


@transaction.atomic
def withdraw_objection(objection: GradeObjection, *, by: Actor) -> GradeObjection:
    """撤回异议: nobody need answer it, and the telling no longer waits for it."""
    objection = _objection_locked(objection)
    refuse_if(why_not_withdraw_objection(by, objection))
    _settle(objection)
    return move(objection, GradeObjectionState.WITHDRAWN, by=by)


@transaction.atomic
def uphold_objection(
    objection: GradeObjection, *, grade: Grade, answer: str, minute: str, by: Actor
) -> GradeObjection:
    """成立: another grade is proposed with its minute; it stands when a second person confirms."""
    objection = _objection_locked(objection)
    refuse_if(why_not_uphold_objection(by, objection))
    refuse_if(None if says_something(answer) else SAY_ANSWER)
    objection = _answered(objection, GradeObjectionState.UPHELD, answer, by)
    propose(
        objection.grading, grade=grade, reason=answer, minute=minute, by=by, objection=objection
    )
    _tell(objection)
    return objection


@transaction.atomic
def dismiss_objection(objection: GradeObjection, *, answer: str, by: Actor) -> GradeObjection:
    """不成立: the grade stands, and who objected reads why."""
    objection = _objection_locked(objection)
    refuse_if(why_not_dismiss_objection(by, objection))
    refuse_if(None if says_something(answer) else SAY_ANSWER)
    objection = _answered(objection, GradeObjectionState.DISMISSED, answer, by)
    _tell(objection)
    return objection


def _answered(
    objection: GradeObjection, to: GradeObjectionState, answer: str, by: Actor
) -> GradeObjection:
    when = clock.now()
    return move(objection, to, by=by, answer=answer.strip(), answered_by=by.user, answered_at=when)


def _tell(objection: GradeObjection) -> None:
    """Who objected is told that there is an answer; for a letter the clerk, who writes back.

    What the answer says stands on its page alone: notices are listed to the whole desk.
    """
    times = objection.amendments.count()
    letter = objection.kind == ObjectionKind.LETTER
    what = (
        "您登记的来信已有答复，请打开看，回复来信人。" if letter else "您的异议已有答复，请打开看。"
    )
    _settle(objection)
    page = (
        reverse("scoring:grade_objection", args=[objection.pk])
        if letter
        else reverse("scoring:my_grading")
    )
    notices.write(
        [objection.raised_by],
        # An amendment that is not confirmed opens it again: each answer is news.
        key=f"{KEPT}grade_objection_answered:{objection.pk}:{objection.state}:{times}",
        text=what,
        link=page,
    )


def _settle(objection: GradeObjection) -> None:
    """The director is asked no more, neither the first time nor after a dropped amendment."""
    key, at = f"scoring.grade_objection:{objection.pk}", clock.now()
    notices.settle_for_all(key=key, at=at)
    notices.settle_under(f"{key}:", at=at)


def _objection_locked(objection: GradeObjection) -> GradeObjection:
    """The objection anew under its lock, after its grading's: in the order in which all lock."""
    grading = grading_locked(objection.grading)
    objection = lock(objection)
    objection.grading = grading
    return objection
