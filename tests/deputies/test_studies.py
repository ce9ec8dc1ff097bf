"""对口调研: invited, answered, found, reported (policy: “跨前一步”深入调研分析)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import STAFF, Role
from deputies.actions import specialists, studies
from deputies.models import Study, StudyInvitation
from deputies.states import Answer, StudyState
from tests import make
from tests.deputies import fields as made
from tests.race import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_may")]
TODAY = make.TODAY
A_DAY = timedelta(days=1)


def trail(row):
    rows = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk)
    return list(rows.values_list("was", "now", "note"))


DEEDS = {
    "cancel_study": lambda study, by: made.cancelled(study, by=by),
    "add_finding": lambda study, by: made.finding(study, by=by, found="又一条"),
    "file_report": lambda study, by: made.reported(study, by=by),
    "reopen_study": lambda study, by: studies.reopen_study(study, by=by),
}
FROM = {
    "cancel_study": StudyState.CALLED,
    "add_finding": StudyState.CALLED,
    "file_report": StudyState.CALLED,
    "reopen_study": StudyState.REPORTED,
}


def test_call_study_invites_and_tells_each():
    people = [row.deputy for row in made.join(make.deputy(), make.deputy())]
    study = studies.call_study(
        made.group(), call=made.call(), deputies=people, by=make.actor(), today=TODAY
    )
    assert (study.state, study.invitations.count()) == (StudyState.CALLED, 2)
    assert trail(study) == [("", "called", "邀请 2 人")]
    told = Notice.objects.filter(key=f"deputies.study:{study.pk}:called")
    assert set(told.values_list("person", flat=True)) == {each.user_id for each in people}


def test_answer_invitation_keeps_the_yes_or_the_no_with_its_reason():
    row = made.answered()
    assert (row.answer, row.answered_at is not None) == (Answer.YES, True)
    row = made.answered(Answer.NO, "住院", row=row)
    assert (row.answer, row.reason) == (Answer.NO, "住院")
    assert trail(row)[-1] == ("", "answered_no", "住院")


def test_cancel_study_tells_who_had_not_declined():
    study = made.called(*(row.deputy for row in made.join(make.deputy(), make.deputy())))
    first, second = study.invitations.select_related("deputy", "study")
    made.answered(Answer.NO, "外出", row=first)
    study = studies.cancel_study(study, reason="与会议冲突", by=make.actor())
    assert trail(study)[-1] == ("called", "cancelled", "与会议冲突")
    assert not Notice.objects.filter(key=f"deputies.study:{study.pk}:called", read_at=None).exists()
    told = Notice.objects.filter(key=f"deputies.study:{study.pk}:cancelled")
    assert [each.person_id for each in told] == [second.deputy.user_id]


def test_add_finding_stands_with_the_topic_and_withdraw_finding_takes_it_out():
    study = made.called()
    who = study.invitations.get().deputy
    said = {"found": "项目支出偏粗", "advice": "细化到具体项目"}
    by = make.as_deputy(who)
    row = studies.add_finding(study, deputy=who, **said, by=by, today=TODAY)
    assert [(each.found, each.advice) for each in study.findings.all()] == [
        ("项目支出偏粗", "细化到具体项目")
    ]
    assert trail(study)[-1][1] == "found"
    studies.withdraw_finding(row, by=make.as_deputy(row.deputy), today=TODAY)
    assert (study.findings.count(), trail(study)[-1][1]) == (0, "finding_withdrawn")


def test_file_report_stands_with_who_and_when_and_reopen_study_lets_more_be_written():
    study = made.reported()
    assert (study.state, study.reported_at is not None) == (StudyState.REPORTED, True)
    assert trail(study)[-1][:2] == ("called", "reported")
    study = studies.reopen_study(study, by=make.actor())
    assert (study.state, study.report) == (StudyState.CALLED, "总体可行，应细化项目支出。")
    made.finding(study, found="又一条")
    assert made.reported(study).findings.count() == 2


def test_the_leader_may_write_the_report():
    row = made.member()
    specialists.name_leader(row.group, deputy=row.deputy, by=make.actor(), today=TODAY)
    study = made.called(row.deputy)
    made.finding(study)
    study.refresh_from_db()
    assert made.reported(study, by=make.as_deputy(row.deputy)).reported_by == row.deputy.user


@pytest.mark.parametrize("name", DEEDS)
def test_a_wrong_role_is_refused(name):
    study = made.IN_STATE[FROM[name]]()
    if name == "file_report":
        made.finding(study)
    for role in sorted(set(Role) - STAFF):
        with pytest.raises(Refused, match=r"只有|请由"):
            DEEDS[name](study, make.actor(role))
    study.refresh_from_db()
    assert study.state == FROM[name]


def test_call_study_is_refused_to_a_wrong_role_to_strangers_and_for_yesterday():
    with pytest.raises(Refused, match="只有代工委可以组织"):
        made.called(by=make.actor(Role.LEADER))
    with pytest.raises(Refused, match="请先加入小组"):
        made.called(make.deputy())
    with pytest.raises(Refused, match="已经过去"):
        made.called(starts_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="至少邀请一位"):
        studies.call_study(
            made.group(), call=made.call(), deputies=[], by=make.actor(), today=TODAY
        )


def test_only_the_invited_answers_while_it_is_open_and_not_over():
    row = made.invitation()
    for by in (make.actor(), make.as_deputy(make.deputy())):
        with pytest.raises(Refused, match="代表本人"):
            made.answered(row=row, by=by)
    with pytest.raises(Refused, match="已经结束"):
        made.answered(row=row, today=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="写一句"):
        made.answered(Answer.NO, row=row)
    made.answered(row=row)
    with pytest.raises(Refused, match="已经这样回复过"):
        made.answered(row=row)
    made.cancelled(row.study)
    row = StudyInvitation.objects.select_related("study", "deputy").get()
    with pytest.raises(Refused, match="已取消"):
        made.answered(Answer.NO, "外出", row=row)


def test_withdraw_finding_is_its_writers_until_the_report():
    row = made.finding()
    with pytest.raises(Refused, match="代表本人"):
        studies.withdraw_finding(row, by=make.as_deputy(make.deputy()), today=TODAY)
    made.reported(row.study)
    with pytest.raises(Refused, match="报告已经写成"):
        studies.withdraw_finding(row, by=make.as_deputy(row.deputy), today=TODAY)


def test_the_same_finding_is_written_once_and_only_for_the_invited():
    study = made.called()
    made.finding(study)
    with pytest.raises(Refused, match="已经写过"):
        made.finding(study)
    with pytest.raises(Refused, match="没有受邀请"):
        made.finding(study, deputy=make.deputy(), by=make.actor(), found="甲")


def test_a_report_without_findings_is_refused():
    with pytest.raises(Refused, match="还没有一条发现"):
        studies.file_report(made.called(), report="可行。", by=make.actor(), today=TODAY)


@pytest.mark.parametrize(
    ("name", "state"),
    [(name, state) for name in DEEDS for state in StudyState if state != FROM[name]],
)
def test_a_wrong_state_is_refused(name, state):
    study = made.IN_STATE[state]()
    with pytest.raises(Refused):
        DEEDS[name](study, make.actor())
    study.refresh_from_db()
    assert study.state == state


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [*DEEDS, "answer_invitation", "withdraw_finding"])
def test_of_two_at_once_one_is_refused(name):
    by, study = make.actor(), made.called()
    row = made.finding(study)
    if name == "reopen_study":
        study = made.reported(study)
    if name == "withdraw_finding":
        verb, how = studies.withdraw_finding, {"by": by, "today": TODAY}
        assert at_once(2, verb, row, **how) == ["done", "refused"]
    elif name == "answer_invitation":
        one = made.invitation(study)
        who = make.as_deputy(one.deputy)
        how = {"answer": Answer.YES, "by": who, "today": TODAY}
        assert at_once(2, studies.answer_invitation, one, **how) == ["done", "refused"]
    else:
        assert at_once(2, DEEDS[name], study, by) == ["done", "refused"]


@pytest.mark.django_db(transaction=True)
def test_call_study_at_once_invites_once():
    people, by = [made.member().deputy], make.actor()
    how = {"call": made.call(), "deputies": people, "by": by, "today": TODAY}
    assert at_once(2, studies.call_study, made.group(), **how) == ["done", "refused"]
    assert (Study.objects.count(), Notice.objects.count()) == (1, 1)


def test_the_constraints_hold_when_code_forgets():
    study = made.called()
    for facts, name in (
        ({"ends_on": TODAY - timedelta(days=1)}, "study_ends_after_it_begins"),
        ({"state": StudyState.REPORTED}, "study_reported_has_words_who_and_when"),
        ({"state": StudyState.CANCELLED}, "study_cancelled_says_why"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Study.objects.filter(pk=study.pk).update(**facts)
    with (
        pytest.raises(IntegrityError, match="invitation_answered_has_when"),
        transaction.atomic(),
    ):
        study.invitations.update(answer=Answer.YES)
