"""对口调研: who calls, who answers, who writes what they found, and when."""

from collections.abc import Sequence
from datetime import date

from congress.shared.actors import Actor
from congress.shared.workflow import why_not_move
from deputies.models import (
    Deputy,
    SpecialistGroup,
    SpecialistMembership,
    Study,
    StudyFinding,
    StudyInvitation,
)
from deputies.states import Answer, StudyState


def _why_not_office(by: Actor) -> str | None:
    return None if by.is_staff else "只有代工委可以组织对口调研。"


def why_not_call_study(
    by: Actor,
    group: SpecialistGroup,
    deputies: Sequence[Deputy] | None = None,
    *,
    topic: str = "",
    starts_on: date | None = None,
    today: date,
) -> str | None:
    """邀请: members of a standing group, to something that lies ahead, once."""
    if refusal := _why_not_office(by):
        return refusal
    if group.dissolved_on and group.dissolved_on <= today:
        return f"{group.name}已经撤销。"
    if deputies is None:
        return None
    if starts_on and starts_on < today:
        return "开始日期已经过去，请填今天或以后的日期。"
    if not deputies:
        return "请至少邀请一位代表。"
    inside = SpecialistMembership.objects.running(today).filter(group=group)
    members = set(inside.values_list("deputy", flat=True))
    strangers = [deputy.name for deputy in deputies if deputy.pk not in members]
    if strangers:
        return f"{strangers[0]}不在{group.name}，请先加入小组。"
    serving = set(Deputy.objects.serving(today).filter(pk__in=members))
    resting = [deputy.name for deputy in deputies if deputy not in serving]
    if resting:
        return f"{resting[0]}暂停执行代表职务，不能邀请。"
    same = Study.objects.open().filter(group=group, topic=topic)
    again = starts_on and same.filter(starts_on=starts_on).exists()
    return f"“{topic}”的邀请已经发出，不用再发。" if again else None


def why_not_cancel_study(by: Actor, study: Study) -> str | None:
    """取消: while it is open."""
    return _why_not_office(by) or why_not_move(study, StudyState.CANCELLED)


def why_not_answer_invitation(
    by: Actor,
    row: StudyInvitation,
    answer: Answer | None = None,
    reason: str = "",
    *,
    today: date,
) -> str | None:
    """回复: the invited deputy, until the study has ended; a no says why; the answer may change."""
    if not by.same_person(row.deputy.user_id) or not _serves(by, today):
        return "请由受邀请的代表本人回复。"
    if row.study.state != StudyState.CALLED:
        return f"这次调研{row.study.get_state_display()}，不用再回复。"
    if today > row.study.ends_on:
        return "这次调研已经结束，不用再回复。"
    if answer and row.answer == answer:
        return "您已经这样回复过了。"
    return "请写一句不能参加的原因。" if answer == Answer.NO and not reason else None


def _serves(by: Actor, today: date) -> bool:
    return by.user is not None and Deputy.objects.serving(today).filter(user=by.user).exists()


def why_not_add_finding(
    by: Actor, study: Study, deputy: Deputy | None = None, found: str = "", *, today: date
) -> str | None:
    """写发现: an invited deputy, or the office for one of them, while it is open; each once."""
    if study.state != StudyState.CALLED:
        return f"这次调研{study.get_state_display()}，不能再写。"
    invited = study.invitations.filter(deputy__user=by.user)
    if not (by.is_staff or (_serves(by, today) and invited.exists())):
        return "只有受邀请的在任代表可以写。"
    if deputy is None:
        return None
    if not study.invitations.filter(deputy=deputy).exists():
        return f"{deputy.name}没有受邀请。"
    again = study.findings.filter(deputy=deputy, found=found)
    return "这一条已经写过了。" if again.exists() else None


def why_not_withdraw_finding(by: Actor, row: StudyFinding, *, today: date) -> str | None:
    """撤回发现: whose it is, or the office, until it stands in a report."""
    own = by.same_person(row.deputy.user_id) and _serves(by, today)
    if not by.is_staff and not own:
        return "只有提出的代表本人可以撤回。"
    if row.study.state != StudyState.CALLED:
        return "报告已经写成，不能再撤回。"
    return None


def why_not_file_report(by: Actor, study: Study, *, today: date) -> str | None:
    """写成报告: by the office or the group's leader, when something was found."""
    leader = study.group.leader
    own = leader and by.same_person(leader.user_id) and _serves(by, today)
    if not by.is_staff and not own:
        return "请由代工委或者专业小组组长写报告。"
    if refusal := why_not_move(study, StudyState.REPORTED):
        return refusal
    if not study.findings.exists():
        return "还没有一条发现，请先写发现和建议。"
    if today < study.ends_on:
        day = study.ends_on
        return f"{study.get_kind_display()}要到 {day:%Y-%m-%d} 才结束，结束以后再写报告。"
    return None


def why_not_reopen_study(by: Actor, study: Study) -> str | None:
    """退回补充: by the office, what was reported."""
    return _why_not_office(by) or why_not_move(study, StudyState.CALLED)
