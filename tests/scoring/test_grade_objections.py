"""公示异议: who may say what until when, who reads it, and what the answer changes."""

from datetime import date

import pytest

from congress.shared.confidential import KEPT, trail_for
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from scoring.actions import amendments, grade_objections, publicity
from scoring.grade_states import AmendmentState, GradeObjectionState
from scoring.models import GradeAmendment, GradeObjection, Grading
from tests import make
from tests.race import at_once
from tests.scoring import grading, year

pytestmark = pytest.mark.django_db
OVER = date(2026, 12, 31)


@pytest.fixture
def of():
    return year.party(1)


@pytest.fixture
def row(of):
    return year.decided(of).gradings.get()


def test_the_trail_tells_nobody_else_that_there_is_one(row):
    grading.objected(row)
    lines = AuditEvent.objects.filter(subject="scoring.GradeObjection")
    assert trail_for(make.as_deputy(row.deputy), lines).exists()
    for role in (Role.AUDITOR, Role.SYSADMIN, Role.LEADER, Role.STAFF_CLERK):
        assert not trail_for(make.actor(role), lines).exists()


def test_object_to_grade_waits_for_an_answer_tells_the_director_and_leaves_no_words_behind(of, row):
    found = grading.objected(row)
    assert (found.state, found.words, found.sender) == (GradeObjectionState.OPEN, grading.WORDS, "")
    event = AuditEvent.objects.get(subject="scoring.GradeObjection")
    assert (event.now, event.note) == ("open", "本人异议")
    notice = Notice.objects.get(person=of.director.user)
    assert row.deputy.name not in notice.text
    with pytest.raises(Refused, match="您的异议正在处理"):
        grading.objected(row)


def test_nobody_else_and_nobody_afterwards_objects_and_a_reason_is_needed(of, row):
    how = {"words": "不对", "today": year.AFTER}
    for by in (of.director, of.convenor, of.clerk, make.as_deputy(make.deputy())):
        with pytest.raises(Refused, match="只有代表本人"):
            grade_objections.object_to_grade(row, by=by, **how)
    own = make.as_deputy(row.deputy)
    with pytest.raises(Refused, match="公示到 12 月 30 日为止，已经结束"):
        grade_objections.object_to_grade(row, words="不对", by=own, today=OVER)
    with pytest.raises(Refused, match="哪里不对"):
        grade_objections.object_to_grade(row, words=" ", by=own, today=year.AFTER)
    year.final(of, row.cycle)
    with pytest.raises(Refused, match="结果已经通报"):
        grade_objections.object_to_grade(row, by=own, **how)


def test_register_letter_is_the_clerks_and_names_who_wrote(of, row):
    clerk = make.actor()
    assert grading.letter(row, clerk).sender == "桃园村 李某"
    how = {"words": "没有见过他。", "today": year.AFTER}
    for by in (of.director, of.convenor, make.as_deputy(row.deputy), make.actor(Role.LEADER)):
        with pytest.raises(Refused, match="来信由代工委工作人员登记"):
            grade_objections.register_letter(row, sender="李某", by=by, **how)
    with pytest.raises(Refused, match="匿名来信写“匿名”"):
        grade_objections.register_letter(row, sender=" ", by=clerk, **how)
    with pytest.raises(Refused, match="已经结束"):
        grade_objections.register_letter(row, sender="李某", by=clerk, **{**how, "today": OVER})


def test_only_the_director_and_who_brought_it_read_an_objection(of, row):
    clerk, other = make.actor(), make.actor()
    own, letter = grading.objected(row), grading.letter(row, clerk)
    deputy = make.as_deputy(row.deputy)
    sees = {of.director: {own, letter}, clerk: {letter}, deputy: {own}}
    strangers = [other, of.convenor, of.clerk, make.as_deputy(make.deputy())]
    strangers += [make.actor(role) for role in (Role.LEADER, Role.AUDITOR, Role.SYSADMIN)]
    for actor in (*sees, *strangers):
        assert set(GradeObjection.objects.visible_to(actor)) == sees.get(actor, set())


def test_dismiss_objection_tells_why_and_the_grade_stands(of, row):
    clerk = make.actor()
    letter = grading.letter(row, clerk)
    for by in (clerk, make.as_deputy(row.deputy)):
        with pytest.raises(Refused, match="由代工委主任答复"):
            grade_objections.dismiss_objection(letter, answer="有接待登记。", by=by)
    with pytest.raises(Refused, match="必须写明理由"):
        grade_objections.dismiss_objection(letter, answer="。", by=of.director)
    letter = grade_objections.dismiss_objection(letter, answer="有接待登记。", by=of.director)
    assert letter.state == GradeObjectionState.DISMISSED
    notice = Notice.objects.get(person=clerk.user)
    # Notices are listed to the whole desk: who may not read the letter finds no answer there.
    assert notice.text == "您登记的来信已有答复，请打开看，回复来信人。"
    assert notice.key.startswith(KEPT)
    with pytest.raises(Refused, match="已经不用答复"):
        grade_objections.dismiss_objection(letter, answer="再说一遍。", by=of.director)


def test_uphold_objection_proposes_an_amendment_that_another_confirms(of, row):
    own = grading.upheld(grading.objected(row), of)
    assert own.state == GradeObjectionState.UPHELD
    amendment = GradeAmendment.objects.get()
    assert (amendment.objection, str(amendment)) == (own, "称职 → 良好")
    assert Grading.objects.get().standing_grade.name == "称职", "nothing changes before the second"
    with pytest.raises(Refused, match="还有 1 项等次更正没有确认"):
        publicity.finalise(row.cycle, by=of.director, today=OVER)
    amendments.confirm_amendment(amendment, by=make.actor())
    assert Grading.objects.get().standing_grade.name == "良好"
    assert Notice.objects.filter(person=row.deputy.user, text="您的异议已有答复，请打开看。")


def test_an_amendment_not_confirmed_opens_its_objection_again(of, row):
    own = grading.upheld(grading.objected(row), of)
    amendments.drop_amendment(own.amendments.get(), reason="纪要里没有这一项", by=make.actor())
    own.refresh_from_db()
    assert (own.state, own.answer, own.answered_by) == (GradeObjectionState.OPEN, "", None)
    again = grade_objections.dismiss_objection(own, answer="会议没有同意。", by=of.director)
    told = Notice.objects.filter(person=row.deputy.user, key__contains="objection_answered")
    assert (again.state, told.count()) == (GradeObjectionState.DISMISSED, 2)
    assert GradeAmendment.objects.get().state == AmendmentState.DROPPED


def test_uphold_objection_is_the_directors(of, row):
    own = grading.objected(row)
    how = {"grade": year.grade("良好"), "answer": "有登记。", "minute": "14号"}
    for role in set(Role) - {Role.STAFF_DIRECTOR}:
        with pytest.raises(Refused, match="由代工委主任答复"):
            grade_objections.uphold_objection(own, by=make.actor(role), **how)


def test_withdraw_objection_is_of_who_brought_it_and_ends_it(of, row):
    own = grading.objected(row)
    with pytest.raises(Refused, match="提出或登记这条异议的人"):
        grade_objections.withdraw_objection(own, by=of.director)
    own = grade_objections.withdraw_objection(own, by=make.as_deputy(row.deputy))
    asked = Notice.objects.filter(key=f"scoring.grade_objection:{own.pk}")
    assert asked
    assert not asked.filter(read_at=None)
    assert own.state == GradeObjectionState.WITHDRAWN
    with pytest.raises(Refused, match="目前是“"):
        grade_objections.withdraw_objection(own, by=make.as_deputy(row.deputy))
    assert grading.objected(row).state == GradeObjectionState.OPEN, "one may come back to it"


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one_and_the_telling_waits_for_it():
    of = year.party(1)
    row = year.decided(of).gradings.get()
    own = grading.objected(row)
    with pytest.raises(Refused, match="还有 1 条公示异议没有答复"):
        publicity.finalise(row.cycle, by=of.director, today=OVER)
    answers = at_once(
        2, grade_objections.dismiss_objection, own, answer="有接待登记。", by=of.director
    )
    assert answers == ["done", "refused"]
    assert at_once(2, publicity.finalise, row.cycle, by=of.director, today=OVER) == [
        "done",
        "refused",
    ]
    assert Notice.objects.filter(key=f"scoring.final:{row.cycle_id}").count() == 1
