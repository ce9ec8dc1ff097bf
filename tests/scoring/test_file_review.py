"""年度评价 in the file: who said what in whose stead and when, and what nobody said."""

from datetime import datetime, time
from types import SimpleNamespace

import pytest
from django.utils import timezone

from congress.shared import clock
from scoring.actions import amendments, grade_objections
from scoring.duty_file import duty_file, review
from scoring.models import Appraisal, StandIn
from scoring.queries.duty_file import county, year_of
from scoring.states import Step
from tests import make
from tests.scoring import facts, grading, polling, year

pytestmark = pytest.mark.django_db


def of(cycle):
    grading = cycle.gradings.order_by("pk").first()
    return year_of(county(cycle), grading)


@pytest.fixture
def final():
    """Deputy and group gave theirs, the township none; a line before and one after the cut-off."""
    facts.book()
    party = year.party(1)
    facts.posted(party.deputies[0], "C1")
    with clock.at(year.NOW):
        facts.posted(party.deputies[0], "C1", on=year.TODAY)
    report = polling.meeting(party.deputies[0]).reports.get()
    polling.confirmed(report)
    cycle = year.opened(party)
    with clock.at(year.NOW):
        year.self_review(cycle, party.deputies[0])
        year.group_check(cycle, party)
    return year.final(party, cycle)


def test_a_missing_opinion_is_said_and_the_others_carry_names_days_and_weights(final):
    file = duty_file(of(final), number="2026-1", code="A")
    own, group, township, committee = file.opinions
    assert (own.score, own.date, own.weight, own.note) == ("90.0", "12月20日", "权重10", "")
    assert (group.signed_by, group.weight) == (year_name(final, Step.GROUP), "权重20")
    assert (township.score, township.signed_by) == ("—", "")
    assert township.note == "截止12月20日，没有提交"
    assert committee.text.startswith("以年度积分2.0分计")
    assert "乡镇参评没有提交，其余按权重折算" in file.opinions_note


def year_name(cycle, step):
    return Appraisal.objects.get(cycle=cycle, step=step).given_by.name


def test_what_was_done_after_the_cut_off_is_in_no_part_of_the_file(final):
    file = duty_file(of(final), number="2026-1", code="A")
    assert [line.date for line in file.ledger] == ["5月20日"]
    assert "统计到12月15日" in file.ledger_note
    assert (file.total.value, file.days_note[:3]) == ("2.0", "1天有")


def test_the_ballots_are_printed_with_their_rate(final):
    [line] = duty_file(of(final), number="2026-1", code="A").polls
    assert (line.date, line.sent, line.returned) == ("11月12日", "48", "46")
    assert (line.good, line.fair, line.poor, line.void, line.rate) == ("41", "4", "1", "0", "97.8%")


def test_the_file_tells_of_the_days_since_the_former_cut_off(final):
    file = duty_file(of(final), number="2026-1", code="A")
    assert file.period == "评价期间　2026年1月1日至2026年12月15日"


def test_the_verdict_is_the_grade_that_stands_with_all_that_is_beside_it():
    facts.book()
    party = year.party(1)
    row = year.decided(party, refused_report="书面拒绝到会述职").gradings.get()
    grade_objections.dismiss_objection(grading.letter(row), answer="查无此事", by=party.director)
    answered = grading.upheld(grading.objected(row), party)
    amendments.confirm_amendment(answered.amendments.get(), by=make.actor())
    file = duty_file(of(year.final(party, row.cycle)), number="2026-1", code="A")
    assert file.verdict.grade == "良好"
    assert "12月20日会议评定，" in file.verdict.text
    assert "年度履职等次为称职" in file.verdict.text
    assert f"会议纪要：{year.MINUTE}。公示到12月30日。" in file.verdict.text
    veto, suggested, objection, amendment = file.verdict.beside
    assert veto == "否决情形：拒绝述职，最好评为良好。依据：书面拒绝到会述职。"
    assert suggested.startswith("参考分和星数对应的建议等次为")
    assert "本人对公示的结果提出异议，" in objection
    assert f"答复：异议成立。{grading.ANSWER}" in objection
    assert "等次由称职更正为良好" in amendment
    assert amendment.endswith(f"会议纪要：{grading.MINUTE}。")
    assert "没有见过他" not in repr(file)
    assert "李某" not in repr(file)


def opinion(**how):
    stage = SimpleNamespace(closes_on=year.TODAY)
    of = SimpleNamespace(
        county=SimpleNamespace(stages={Step.GROUP: stage}, weights={Step.GROUP: 20})
    )
    at = timezone.make_aware(datetime.combine(how.pop("day", year.TODAY), time(9)))
    row = Appraisal(score="86.0", given_by=make.user("万召集"), given_at=at, **how)
    return review._opinion(of, Step.GROUP, row)


def test_a_late_opinion_says_both_days():
    assert opinion(day=year.AFTER).note == "截止12月20日，12月21日提交"


def test_who_acts_in_anothers_stead_says_why():
    note = opinion(stand_in=StandIn(reason="召集人住院")).note
    assert note == "由万召集代为评价：召集人住院"
