"""对口调研: a specialist group is invited, looks, writes what it found; the report goes in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.workflow import lock, move, record, refuse_if
from deputies.models import Deputy, SpecialistGroup, Study, StudyFinding, StudyInvitation
from deputies.permissions.studies import (
    why_not_add_finding,
    why_not_answer_invitation,
    why_not_call_study,
    why_not_cancel_study,
    why_not_file_report,
    why_not_reopen_study,
    why_not_withdraw_finding,
)
from deputies.states import Answer, StudyKind, StudyState


@dataclass(frozen=True)
class Call:
    """What one is invited to."""

    kind: StudyKind
    topic: str
    starts_on: date
    ends_on: date
    place: str
    brief: str = ""


@transaction.atomic
def call_study(
    group: SpecialistGroup, *, call: Call, deputies: Sequence[Deputy], by: Actor, today: date
) -> Study:
    """邀请: the study is open, and each of them is told and asked for a yes or no."""
    group = lock(group)
    refuse_if(
        why_not_call_study(
            by, group, deputies, topic=call.topic, starts_on=call.starts_on, today=today
        )
    )
    study = Study.objects.create(group=group, **vars(call))
    StudyInvitation.objects.bulk_create(
        StudyInvitation(study=study, deputy=deputy) for deputy in deputies
    )
    record(study, StudyState.CALLED, by=by, note=f"邀请 {len(deputies)} 人")
    _tell(study, f"请您参加{study.get_kind_display()}“{study.topic}”，请回复能不能来。", "called")
    return study


def _tell(study: Study, text: str, what: str) -> None:
    rows = study.invitations.exclude(answer=Answer.NO).select_related("deputy__user")
    link = reverse("deputies:invited", args=[study.pk])
    key = f"deputies.study:{study.pk}:{what}"
    notices.write([row.deputy.user for row in rows], key=key, text=text, link=link)


@transaction.atomic
def cancel_study(study: Study, *, reason: str, by: Actor) -> Study:
    """取消: it does not take place; who was invited is told why, and asked no more."""
    study = lock(study)
    refuse_if(why_not_cancel_study(by, study))
    study = move(study, StudyState.CANCELLED, by=by, note=reason, reason=reason)
    notices.settle_for_all(key=f"deputies.study:{study.pk}:called", at=clock.now())
    _tell(study, f"“{study.topic}”取消了：{reason}", "cancelled")
    return study


@transaction.atomic
def answer_invitation(
    row: StudyInvitation, *, answer: Answer, reason: str = "", by: Actor, today: date
) -> StudyInvitation:
    """回复: the office sees who comes; who cannot come says why."""
    row = lock(row)
    refuse_if(why_not_answer_invitation(by, row, answer, reason, today=today))
    row.answer, row.answered_at = answer, clock.now()
    row.reason = reason if answer == Answer.NO else ""
    row.save(update_fields=["answer", "reason", "answered_at"])
    key = f"deputies.study:{row.study_id}:called"
    notices.settle([row.deputy.user], key=key, at=clock.now())
    record(row, f"answered_{answer}", by=by, note=row.reason)
    return row


@transaction.atomic
def add_finding(
    study: Study, *, deputy: Deputy, found: str, advice: str, by: Actor, today: date
) -> StudyFinding:
    """写发现: what the deputy found and asks for stands with the topic."""
    study = lock(study)
    refuse_if(why_not_add_finding(by, study, deputy, found, today=today))
    row = StudyFinding.objects.create(
        study=study, deputy=deputy, found=found, advice=advice, found_at=clock.now()
    )
    record(study, "found", by=by, note=f"{deputy.name}：{found[:60]}")
    return row


@transaction.atomic
def withdraw_finding(row: StudyFinding, *, by: Actor, today: date) -> None:
    """撤回发现: it stands in no report."""
    row = lock(row)
    study = lock(row.study)
    row.study = study
    refuse_if(why_not_withdraw_finding(by, row, today=today))
    record(study, "finding_withdrawn", by=by, note=f"{row.deputy.name}：{row.found[:60]}")
    row.delete()


@transaction.atomic
def file_report(study: Study, *, report: str, by: Actor, today: date) -> Study:
    """写成报告: the findings and the words stand as they are, and can be printed."""
    study = lock(study)
    refuse_if(why_not_file_report(by, study, today=today))
    return move(
        study,
        StudyState.REPORTED,
        by=by,
        report=report,
        reported_by=by.user,
        reported_at=clock.now(),
    )


@transaction.atomic
def reopen_study(study: Study, *, by: Actor) -> Study:
    """退回补充: findings can be written again; the words of the report stay."""
    study = lock(study)
    refuse_if(why_not_reopen_study(by, study))
    return move(study, StudyState.CALLED, by=by, reported_by=None, reported_at=None)
