"""等次更正: by two persons, beside the decision, never an edit; and who is told of results."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from congress.shared.calendar import add_working_days
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Workday
from congress.shared.roles import Role
from scoring.actions import amendments, publicity
from scoring.grade_states import AmendmentState
from scoring.models import Appraisal, Grade, GradeAmendment, GradeObjection, Grading, Veto
from scoring.permissions.publicity import publicity_until
from scoring.queries.results import explained
from scoring.queries.review import grade_counts
from tests import make
from tests.race import at_once
from tests.scoring import grading, year

pytestmark = pytest.mark.django_db
HOW = {"reason": "核对了登记。", "minute": "14号"}


@pytest.fixture
def of():
    return year.party(1)


@pytest.fixture
def row(of):
    return year.final(of).gradings.get()


def test_amend_grade_waits_for_another_and_then_stands_beside_the_decision(of, row):
    amendment = grading.proposed(row, of)
    assert (amendment.state, str(amendment)) == (AmendmentState.PROPOSED, "称职 → 良好")
    with pytest.raises(Refused, match="更正是您提出的，须由另一人确认"):
        amendments.confirm_amendment(amendment, by=of.director)
    amendments.confirm_amendment(amendment, by=make.actor(Role.LEADER))
    row = Grading.objects.with_standing_grade().get()
    assert (row.grade.name, row.standing_grade.name, row.standing_id) == (
        "称职",
        "良好",
        year.grade("良好").pk,
    )
    assert dict(grade_counts(row.cycle))["良好"] == 1
    trail = AuditEvent.objects.filter(subject="scoring.GradeAmendment").order_by("pk")
    assert list(trail.values_list("now", flat=True)) == ["proposed", "confirmed"]
    told = Notice.objects.get(person=row.deputy.user, key__startswith="scoring.grade_amended")
    assert told.text.startswith("您 2026 年度的等次由“称职”更正为“良好”")


def test_the_last_amendment_stands(of, row):
    row = grading.amended(row, of)
    row = grading.amended(row, of, "优秀")
    assert row.standing_grade.name == "优秀"
    assert [each.was.name for each in row.amendments.all()] == ["称职", "良好"]


def test_amend_grade_is_the_directors_and_a_second_is_of_the_office_or_a_leader(of, row):
    others = [make.actor(role) for role in sorted(set(Role) - {Role.STAFF_DIRECTOR})]
    for by in others:
        with pytest.raises(Refused, match="由代工委主任提出"):
            amendments.amend_grade(row, grade=year.grade("良好"), by=by, **HOW)
    amendment = grading.proposed(row, of)
    for by in others:
        if by.is_a(Role.STAFF_CLERK, Role.LEADER):
            continue
        with pytest.raises(Refused, match="代工委的另一人或者常委会领导确认"):
            amendments.confirm_amendment(amendment, by=by)
        with pytest.raises(Refused, match="代工委的另一人或者常委会领导"):
            amendments.drop_amendment(amendment, reason="不对", by=by)


def test_amend_grade_says_why_and_by_which_minute_and_changes_something(of, row):
    with pytest.raises(Refused, match="没有更正"):
        grading.proposed(row, of, "称职")
    with pytest.raises(Refused, match="为什么更正"):
        amendments.amend_grade(
            row, grade=year.grade("良好"), by=of.director, **{**HOW, "reason": " "}
        )
    with pytest.raises(Refused, match="会议纪要号"):
        amendments.amend_grade(
            row, grade=year.grade("良好"), by=of.director, **{**HOW, "minute": ""}
        )
    grading.proposed(row, of)
    with pytest.raises(Refused, match="已有一项更正等待另一人确认"):
        grading.proposed(row, of, "优秀")


def test_what_was_a_veto_bars_the_amendment_too_and_publicity_has_its_own_way(of):
    row = year.decided(of, refused_report="书面拒绝到会述职").gradings.get()
    with pytest.raises(Refused, match="公示期内，等次只因异议成立而更正"):
        grading.proposed(row, of)
    year.final(of, row.cycle)
    row.refresh_from_db()
    with pytest.raises(Refused, match="拒绝述职，不能更正为优秀，最好只能是良好"):
        grading.proposed(row, of, "优秀")


def test_drop_amendment_leaves_the_grade_and_says_why(of, row):
    amendment = grading.proposed(row, of)
    with pytest.raises(Refused, match="为什么不确认"):
        amendments.drop_amendment(amendment, reason=" ", by=make.actor())
    amendment = amendments.drop_amendment(amendment, reason="写错了人", by=of.director)
    assert (amendment.state, amendment.drop_reason) == (AmendmentState.DROPPED, "写错了人")
    assert Grading.objects.get().standing_grade.name == "称职"
    with pytest.raises(Refused, match="目前是“"):
        amendments.confirm_amendment(amendment, by=make.actor())


@pytest.mark.django_db(transaction=True)
def test_two_at_once_propose_once_and_confirm_once():
    of = year.party(1)
    row = year.final(of).gradings.get()
    how = {"grade": year.grade("良好"), "by": of.director, **HOW}
    assert at_once(2, amendments.amend_grade, row, **how) == ["done", "refused"]
    second = make.actor()
    amendment = GradeAmendment.objects.get()
    assert at_once(2, amendments.confirm_amendment, amendment, by=second) == ["done", "refused"]


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Grading, {"grade": 1}),
        (Grading, {"reason": "改过"}),
        (Veto, {"reason": "改过"}),
        (GradeAmendment, {"grade": 1}),
        (GradeAmendment, {"reason": "改过"}),
        (GradeObjection, {"words": "改过"}),
        (GradeObjection, {"sender": "改过"}),
    ],
)
def test_the_app_may_change_nothing_but_what_the_second_person_adds(model, change):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        model.objects.update(**change)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_finalise_is_the_directors_after_the_last_day_and_leaves_its_trail(of):
    cycle = year.decided(of)
    for role in set(Role) - {Role.STAFF_DIRECTOR}:
        with pytest.raises(Refused, match="只有代工委主任"):
            publicity.finalise(cycle, by=make.actor(role), today=date(2026, 12, 31))
    with pytest.raises(Refused, match="公示到 12 月 30 日为止"):
        publicity.finalise(cycle, by=of.director, today=date(2026, 12, 30))
    publicity.finalise(cycle, by=of.director, today=date(2027, 1, 2))
    event = AuditEvent.objects.get(subject="scoring.ReviewCycle", now="final")
    assert event.note == "通报应在 2026 年 12 月 31 日前完成，今天已经晚了 2 天。"


def test_a_leader_reads_the_opinions_once_the_results_are_told_and_the_score_as_decided(of):
    cycle = year.opened(of)
    year.self_review(cycle, of.deputies[0])
    year.group_check(cycle, of)
    leader = make.actor(Role.LEADER)
    row = year.decided(of, cycle).gradings.get()
    assert not Appraisal.objects.visible_to(leader).exists()
    year.final(of, row.cycle)
    row = Grading.objects.get()
    seen = explained(row, leader, year.OVER)
    assert [part.score for part in seen.parts] == [90, 86, None, row.points]
    assert seen.suggestion.score == row.suggestion


def test_a_late_decision_cuts_nobodys_days_to_object_short(of):
    cycle = year.decided(of)
    assert publicity_until(cycle, date(2026, 12, 21)) == date(2026, 12, 30)
    late = publicity_until(cycle, date(2026, 12, 29))
    assert late == add_working_days(date(2026, 12, 29), 5, Workday.objects.works())


def test_everybody_is_told_what_is_theirs(of, row):
    keys = Notice.objects.values_list("person", "key")
    assert (row.deputy.user_id, f"scoring.final:{row.cycle_id}") in keys
    assert (of.convenor.user.pk, f"scoring.told:{row.cycle_id}:group") in keys
    assert (of.clerk.user.pk, f"scoring.told:{row.cycle_id}:area") in keys
    told = Notice.objects.get(person=of.convenor.user, key__startswith="scoring.told")
    assert told.text == "2026 年度履职评定通报：称职 1 人。名单在这里。"


def test_the_best_grade_is_the_first_whatever_its_number():
    """The county may number its grades anew, from 0 as well as from 10."""
    of = year.party(1)
    row = year.final(of, withheld="受到行政处罚").gradings.get()
    for at in (0, 10):
        for grade in Grade.objects.order_by("position" if at == 0 else "-position"):
            grade.position += at or -1
            grade.save(update_fields=["position"])
        best = year.grade("优秀")
        assert best.is_best
        assert not year.grade("良好").is_best
        with pytest.raises(Refused, match="政治星、守法星不亮，不能更正为优秀"):
            amendments.amend_grade(row, grade=best, by=of.director, **HOW)
