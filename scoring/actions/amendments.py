"""等次更正: another grade beside the decided one, by the director and a second person."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.confidential import KEPT
from congress.shared.errors import Refused
from congress.shared.names import says_something
from congress.shared.workflow import lock, move, record, refuse_if
from scoring.grade_states import AmendmentState, GradeObjectionState, ObjectionKind
from scoring.models import Grade, GradeAmendment, GradeObjection, Grading
from scoring.permissions.grading import (
    why_not_amend_grade,
    why_not_confirm_amendment,
    why_not_drop_amendment,
    why_not_that_grade,
)
from scoring.permissions.involved import directors, seconds


@transaction.atomic
def amend_grade(
    grading: Grading, *, grade: Grade, reason: str, minute: str, by: Actor
) -> GradeAmendment:
    """提出更正: another grade waits for the second person; the decided one stands until then."""
    grading = grading_locked(grading)
    refuse_if(why_not_amend_grade(by, grading, grade))
    return propose(grading, grade=grade, reason=reason, minute=minute, by=by)


def propose(
    grading: Grading,
    *,
    grade: Grade,
    reason: str,
    minute: str,
    by: Actor,
    objection: GradeObjection | None = None,
) -> GradeAmendment:
    """The amendment of a locked grading, with its ground; an upheld objection may be that."""
    refuse_if(why_not_that_grade(grading, grade))
    if not says_something(reason):
        raise Refused("请写明为什么更正，代表会看到这句话。")
    if not says_something(minute):
        raise Refused("请填写决定更正的会议纪要号。")
    who: dict[str, Any] = {"proposed_by": by.user, "proposed_at": clock.now()}
    amendment = GradeAmendment.objects.create(
        grading=grading,
        objection=objection,
        was=grading.standing_grade,
        grade=grade,
        reason=reason.strip(),
        minute=minute.strip(),
        **who,
    )
    record(amendment, AmendmentState.PROPOSED, by=by, note=f"{amendment} {amendment.minute}")
    told = seconds(timezone.localdate(amendment.proposed_at))
    notices.write(
        told.exclude(pk__in=(amendment.proposed_by_id, grading.deputy.user_id or 0)),
        key=_key(amendment),
        text=f"有一项{grading.cycle.year} 年度的等次更正等另一人确认：{amendment}。",
        link=reverse("scoring:grading", args=[grading.pk]),
    )
    return amendment


def _key(amendment: GradeAmendment) -> str:
    return f"scoring.grade_amendment:{amendment.pk}"


@transaction.atomic
def confirm_amendment(amendment: GradeAmendment, *, by: Actor) -> GradeAmendment:
    """确认更正: from now on this grade stands beside the decided one, and the deputy is told."""
    amendment = _amendment_locked(amendment)
    refuse_if(why_not_confirm_amendment(by, amendment))
    facts = {"second_by": by.user, "second_at": clock.now()}
    amendment = move(amendment, AmendmentState.CONFIRMED, by=by, note=str(amendment), **facts)
    notices.settle_for_all(key=_key(amendment), at=clock.now())
    grading = amendment.grading
    notices.write(
        [grading.deputy.user],
        key=f"scoring.grade_amended:{amendment.pk}",
        text=f"您 {grading.cycle.year} 年度的等次由“{amendment.was}”更正为“{amendment.grade}”："
        f"{amendment.reason}（{amendment.minute}）"[:300],
        link=reverse("scoring:my_grading"),
    )
    return amendment


@transaction.atomic
def drop_amendment(amendment: GradeAmendment, *, reason: str, by: Actor) -> GradeAmendment:
    """退回更正: the grade stays; an objection that led to it waits for its answer again."""
    amendment = _amendment_locked(amendment)
    refuse_if(why_not_drop_amendment(by, amendment))
    if not says_something(reason):
        raise Refused("请写明为什么不确认。")
    words = reason.strip()
    facts = {"second_by": by.user, "second_at": clock.now(), "drop_reason": words}
    amendment = move(amendment, AmendmentState.DROPPED, by=by, note=words, **facts)
    notices.settle_for_all(key=_key(amendment), at=clock.now())
    if amendment.objection:
        objection, to = lock(amendment.objection), GradeObjectionState.OPEN
        objection = move(objection, to, by=by, answer="", answered_by=None, answered_at=None)
        _tell_again(objection, amendment)
    return amendment


def _tell_again(objection: GradeObjection, amendment: GradeAmendment) -> None:
    """Who objected held an answer that no longer stands; the director has one to give.

    That somebody objected is in their own notices alone; the answer settles the director's.
    """
    year = objection.grading.cycle.year
    link = reverse("scoring:grade_objection", args=[objection.pk])
    own = objection.kind == ObjectionKind.OWN
    notices.write(
        [objection.raised_by],
        key=f"{KEPT}objection_reopened:{amendment.pk}",
        text=f"{year} 年度的那条公示异议，原来的答复没有通过确认，代工委主任会重新答复。",
        link=reverse("scoring:my_grading") if own else link,
    )
    notices.write(
        directors(timezone.localdate(clock.now())),
        key=f"scoring.grade_objection:{objection.pk}:again:{amendment.pk}",
        text=f"{year} 年度一条公示异议的更正被退回，请重新答复。",
        link=link,
    )


def grading_locked(grading: Grading) -> Grading:
    """The grading anew under its lock, after its year's: in the order in which all lock."""
    cycle = lock(grading.cycle)
    grading = lock(grading)
    grading.cycle = cycle
    return grading


def _amendment_locked(amendment: GradeAmendment) -> GradeAmendment:
    grading = grading_locked(amendment.grading)
    amendment = lock(amendment)
    amendment.grading = grading
    return amendment
