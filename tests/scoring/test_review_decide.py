from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from deputies.models import Suspension
from scoring.actions import review
from scoring.models import Grading, ReviewCycle, Veto
from scoring.permissions import why_not_decide
from scoring.queries.deciding import Yardstick, decision_rows, fingerprint, found_vetoes
from scoring.queries.gathering import gathered
from scoring.stars import YearFacts
from scoring.states import CycleState, Step
from tests import make
from tests.race import at_once
from tests.scoring import facts, year

pytestmark = pytest.mark.django_db


def test_decide_stores_every_grade_beside_its_suggestion_and_leaves_a_trail():
    of = year.party(2)
    cycle = year.opened(of)
    year.self_review(cycle, of.deputies[0], 90)
    year.group_check(cycle, of, 80)

    cycle = year.decided(of, cycle, name="良好")

    assert (cycle.state, cycle.minute) == (CycleState.DECIDED, year.MINUTE)
    assert (cycle.decided_by, cycle.decided_at) == (of.director.user, year.NOW)
    rows = Grading.objects.order_by("pk").values_list("grade__name", "suggestion")
    # 自评 10, 小组 20, 积分 40 and 乡镇 missing: (900+1600+0)/70; without the self review 1600/60
    assert list(rows) == [("良好", Decimal("35.7")), ("良好", Decimal("26.7"))]
    assert AuditEvent.objects.filter(subject="scoring.Grading", note="良好").count() == 2
    moved = AuditEvent.objects.get(now=CycleState.DECIDED)
    assert (moved.was, moved.note) == (CycleState.GATHERED, year.MINUTE)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.STAFF_DIRECTOR}))
def test_decide_is_refused_to_every_other_role(role):
    of = year.party(1)
    with pytest.raises(Refused, match="只有代工委主任"):
        review.decide(
            year.gathered(of),
            minute="1号",
            met_on=year.TODAY,
            grades=year.decisions(of),
            by=make.actor(role),
        )


def test_decide_is_refused_while_somebody_has_no_decision_and_without_a_minute():
    of = year.party(3)
    cycle, some = year.opened(of), year.decisions(of)
    del some[of.ids[0]], some[of.ids[1]]
    with pytest.raises(Refused, match="还有 2 名代表没有评定等次"):
        year.decided(of, cycle, grades=some)
    with pytest.raises(Refused, match="会议纪要号"):
        year.decided(of, cycle, minute="  ")


def test_decide_waits_until_the_last_lines_days_for_an_appeal_are_over():
    facts.book()
    of = year.party(1)
    with facts.on(date(2026, 12, 15)):
        facts.posted(of.deputies[0], "A3")
    cycle = year.gathered(of)
    with pytest.raises(Refused, match=r"12 月 15 日记的.*到 12 月 22 日为止可以提出异议"):
        year.decided(of, cycle)
    assert why_not_decide(of.director, cycle, date(2026, 12, 22))
    assert why_not_decide(of.director, cycle, date(2026, 12, 23)) is None


def test_decide_is_refused_a_second_time():
    of = year.party(1)
    cycle = year.decided(of)
    with pytest.raises(Refused, match="目前是“公示中”"):
        year.decided(of, cycle)


def test_who_lacks_a_star_for_conduct_is_never_the_best():
    of = year.party(1)
    with pytest.raises(Refused, match="不能评为优秀"):
        year.decided(of, name="优秀", withheld="受到行政处罚")
    year.decided(of, ReviewCycle.objects.get(), withheld="受到行政处罚")
    assert Grading.objects.get().withheld_stars == "受到行政处罚"


@pytest.mark.django_db(transaction=True)
def test_two_clicks_decide_once():
    of = year.party(2)
    outcomes = at_once(
        3,
        review.decide,
        year.gathered(of),
        minute=year.MINUTE,
        met_on=year.TODAY,
        grades=year.decisions(of),
        by=of.director,
        now=year.NOW,
    )
    assert outcomes == ["done", "refused", "refused"]
    assert Grading.objects.count() == 2


def test_the_database_holds_one_grading_per_deputy_and_year():
    of = year.party(1)
    year.decided(of)
    row = Grading.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError, match="grading_once_per_year"), transaction.atomic():
        row.save(force_insert=True)


def test_the_committee_sees_every_part_and_says_which_is_missing():
    facts.book()
    of = year.party(2)
    one, other = of.deputies
    facts.posted(one, "C1", on=facts.DAY)
    cycle = year.opened(of)
    year.township_view(cycle, of, 80)

    rows = {row.deputy: row for row in decision_rows(cycle, year.TODAY)}

    assert rows[one].points == Decimal("2.0")
    # (30 x 80 + 40 x 2) / 70
    assert rows[one].suggestion.score == Decimal("35.4")
    assert rows[one].suggestion.words == "参考分 35.4，本人自评、小组核校未提交，其余各方按权重折算"
    assert rows[other].opinions[Step.TOWNSHIP].score == 80
    assert rows[other].opinions[Step.SELF] is None
    assert (rows[other].stars, rows[other].grade.name) == (2, "不定等次")


def test_what_is_missing_is_counted_by_party_and_named():
    of = year.party(3)
    cycle = year.opened(of)
    year.self_review(cycle, of.deputies[0])
    year.group_check(cycle, of)
    self_part, group_part, township_part = gathered(cycle, year.TODAY)
    assert (self_part.given, self_part.left) == (1, 2)
    assert {each.words for each in self_part.missing} == {d.name for d in of.deputies[1:]}
    assert (group_part.given, group_part.missing) == (3, ())
    clerk = of.clerk.user.name
    assert [each.words for each in township_part.missing] == [f"柳河镇 3 人（{clerk}）"]


def test_decide_keeps_what_the_grade_rested_on_and_tells_each_deputy_until_when_to_object():
    of = year.party(1)
    cycle = year.opened(of)
    year.group_check(cycle, of, 90)

    cycle = year.decided(of, cycle, name="良好", met_on=year.TODAY)

    row = Grading.objects.select_related("suggested").get()
    assert (row.stars, row.points, row.suggested.name) == (2, Decimal("0.0"), "不定等次")
    assert (row.bands_moved, row.reason, cycle.met_on) == (-3, year.WHY, year.TODAY)
    notice = Notice.objects.get(person=of.deputies[0].user, link=reverse("scoring:my_grading"))
    assert "到 12 月 30 日为止" in notice.text


def test_more_than_one_band_from_the_suggestion_needs_a_reason_and_one_band_none():
    of = year.party(1)
    with pytest.raises(Refused, match="比建议高 2 等，超过一等，请写明理由"):
        year.decided(of, reason=" ")
    year.decided(of, ReviewCycle.objects.get(), name="基本称职", reason="")
    assert Grading.objects.get().bands_moved == -1


def test_a_typed_veto_bars_better_grades_and_is_kept_with_its_ground():
    of = year.party(1)
    with pytest.raises(Refused, match="拒绝述职，不能评为优秀，最好只能评为良好"):
        year.decided(of, name="优秀", refused_report="书面拒绝到会述职")
    cycle = ReviewCycle.objects.get()
    with pytest.raises(Refused, match="受处分的，守法星不能点亮"):
        year.decided(of, cycle, penalty="党内警告处分")
    with pytest.raises(Refused, match="没有“suspended”这种否决情形"):
        year.decided(of, cycle, suspended="不由人录入")
    year.decided(of, cycle, penalty="党内警告处分", withheld="党内警告处分")
    assert list(Veto.objects.values_list("kind__code", "reason")) == [("penalty", "党内警告处分")]
    assert Grading.objects.get().stars == 0


def test_who_is_suspended_that_day_or_missed_the_congress_is_barred_by_the_records():
    of = year.party(2)
    one, other = of.deputies
    Suspension.objects.create(deputy=one, ground="investigated", from_on=date(2026, 9, 3))
    Suspension.objects.create(
        deputy=other, ground="investigated", from_on=date(2026, 3, 1), to_on=date(2026, 6, 1)
    )
    rule, cycle = Yardstick(year.TODAY), year.opened(of)
    rows = {row.deputy: row for row in decision_rows(cycle, year.TODAY, rule)}
    assert [known.reason[:20] for known in rows[one].vetoes] == ["2026 年 9 月 3 日起暂停执行代"]
    assert rows[other].vetoes == (), "reinstated: the suspension is over"
    assert "最好只能评为基本称职" in rule.why_not(year.grade("称职"), rows[one].judged)
    facts_of = {one.pk: YearFacts(congress_calls=2, congress_absences=1)}
    found = found_vetoes(rule.kinds, facts_of, {one.pk: "拒绝到会"}, date(2027, 1, 1))
    assert [known.kind.code for known in found[one.pk]] == ["suspended", "absent", "refused_report"]


def test_what_changed_after_the_page_was_confirmed_is_shown_before_it_is_decided():
    of = year.party(1)
    cycle = year.opened(of)
    seen = fingerprint(decision_rows(cycle, year.TODAY))
    year.group_check(cycle, of)
    cycle = year.gathered(of, cycle)
    how = {"minute": "1号", "met_on": year.TODAY, "grades": year.decisions(of), "now": year.NOW}
    with pytest.raises(Refused, match="请重新看过再提交"):
        review.decide(cycle, by=of.director, seen=seen, **how)
    seen = fingerprint(decision_rows(cycle, year.TODAY))
    review.decide(cycle, by=of.director, seen=seen, **how)


def test_the_meeting_is_not_after_the_day_of_its_entry():
    with pytest.raises(Refused, match="开会的日期还没有到"):
        year.decided(year.party(1), met_on=date(2027, 1, 4))
