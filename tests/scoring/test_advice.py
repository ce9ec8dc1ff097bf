"""劝辞程序: opened by a person, heard, considered; advice and never a verdict."""

from copy import copy
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Term
from congress.shared.roles import Role
from deputies.models import Mandate, SeatChange
from deputies.states import ChangeKind, EndCause
from scoring import tasks
from scoring.actions import advice, amendments, talks
from scoring.consequence_states import AdviceState, TalkState
from scoring.consequences import Consequence, Due
from scoring.models import Archive, ResignationAdvice, Talk
from scoring.permissions.grounds import run_of
from scoring.queries.advices import how_many_due, rows
from tests import make
from tests.scoring import cases, year
from tests.scoring.cases import OPENED_ON, case

pytestmark = pytest.mark.django_db


def opening(of, talk, **how):
    told = {"facts": cases.FACTS, "leader": of.talker.user, "handler": of.handler.user}
    return advice.open_advice(talk, **(told | {"by": of.director, "today": OPENED_ON} | how))


def trail(found) -> list[str]:
    rows = AuditEvent.objects.filter(subject="scoring.ResignationAdvice", subject_id=found.pk)
    return [*rows.order_by("pk").values_list("now", flat=True)]


def told(found, who) -> set[str]:
    rows = Notice.objects.filter(person=who.user, key__startswith=f"kept:advice:{found.pk}:")
    return {key.rpartition(":")[2].partition("-")[0] for key in rows.values_list("key", flat=True)}


def test_a_pack_goes_from_the_opening_to_the_advice_and_ends_no_seat():
    of = case()
    found = cases.opened(of)
    assert [found.earlier.grading.cycle.year, found.later.grading.cycle.year] == [2025, 2026]
    assert told(found, of.deputy) == set()
    found = cases.served(of, found)
    assert (found.served_on, found.reply_until > OPENED_ON) == (OPENED_ON, True)
    cases.replied(of, found, wants_hearing=True)
    found = cases.was_heard(of, found)
    found = cases.concluded(of, found)
    assert (found.state, found.decision.attended) == (AdviceState.ADVISED, 7)
    assert trail(found) == [
        *("open", "hearing", "advice_replied", "advice_invited", "advice_heard", "advised")
    ]
    assert told(found, of.deputy) == {"served", "invited", "heard", "concluded"}
    assert told(found, of.handler) == {"opened", "replied"}
    assert Mandate.objects.get(deputy=of.deputy).to_on is None
    assert not AuditEvent.objects.filter(subject="scoring.ResignationAdvice").exclude(note="")


def test_it_may_end_without_advice():
    of = case()
    found = cases.concluded(of, cases.served(of), advised=False)
    assert found.state == AdviceState.NOT_ADVISED
    with pytest.raises(Refused, match="已经启动"):
        opening(of, found.later)


def test_a_resignation_is_the_rosters_own_entry_named():
    of = case()
    found = cases.concluded(of, cases.served(of))
    with pytest.raises(Refused, match="先在“资格变动”里登记"):
        advice.record_resignation(found, by=of.director)
    found = cases.resigned(of, found)
    assert found.state == AdviceState.RESIGNED
    assert "书面辞职" in found.resignation.change.reason
    assert found.resignation.change.mandate.deputy == of.deputy


def test_a_resignation_of_a_former_term_closes_no_pack():
    of = case()
    term = Term.objects.create(
        assembly=make.assembly(), number=18, from_on=date(2016, 12, 1), to_on=date(2021, 11, 30)
    )
    old = copy(Mandate.objects.get(deputy=of.deputy))
    old.pk, old.term, old.from_on, old.to_on = None, term, term.from_on, date(2019, 5, 1)
    old.end_cause = EndCause.RESIGNED
    old.save(force_insert=True)
    letter = {"effective_on": old.to_on, "decided_on": old.to_on, "meeting": "第三次会议"}
    SeatChange.objects.create(kind=ChangeKind.RESIGNED, mandate=old, reason="本人辞职", **letter)
    found = cases.served(of)
    with pytest.raises(Refused, match="程序启动以后辞职"):
        advice.record_resignation(found, by=of.director)


def test_for_who_left_no_pack_is_due_and_none_is_opened():
    of = case()
    cases.reviewed(of, cases.FIRST, year.YEAR)
    second = [cases.signed(of, each) for each in (cases.FIRST, year.YEAR)][-1]
    assert how_many_due(OPENED_ON) == 1
    cases.ended_in_the_roster(of)
    late = OPENED_ON + timedelta(days=60)
    assert how_many_due(late) == 0
    with pytest.raises(Refused, match="已经不在任"):
        opening(of, second, today=late)


def test_the_list_of_packs_asks_as_much_for_two_as_for_one(django_assert_max_num_queries):
    of = case(2)
    cases.opened(of)
    with CaptureQueriesContext(connection) as one:
        assert len(rows(of.director, today=OPENED_ON)) == 1
    other = replace(of, party=replace(of.party, deputies=of.party.deputies[1:]))
    opening(of, [cases.signed(other, each) for each in (cases.FIRST, year.YEAR)][-1])
    with django_assert_max_num_queries(len(one)):
        assert len(rows(of.director, today=OPENED_ON)) == 2


def test_a_pack_rests_on_two_talks_of_one_deputy_a_year_apart():
    of = case(2)
    found = cases.opened(of)
    other = replace(of, party=replace(of.party, deputies=of.party.deputies[1:]))
    advice.withdraw_advice(found, reason="材料有误。", by=of.director)
    found.pk, found.earlier = None, cases.called(other, cases.FIRST)
    with pytest.raises(IntegrityError, match="talks of one deputy"), transaction.atomic():
        found.save(force_insert=True)


def test_a_pack_is_withdrawn_with_its_reason_and_may_be_opened_anew():
    of = case()
    found = advice.withdraw_advice(cases.served(of), reason="材料有误。", by=of.director)
    assert (found.state, found.end_reason) == (AdviceState.WITHDRAWN, "材料有误。")
    assert told(found, of.deputy) == {"served", "withdrawn"}
    assert opening(of, found.later).pk != found.pk


def test_two_years_with_a_talk_are_needed():
    of = case()
    cases.reviewed(of, cases.FIRST, year.YEAR)
    cases.filed()
    cases.signed(of, cases.FIRST)
    with pytest.raises(Refused, match="没有连续两年"):
        opening(of, Talk.objects.get())
    second = talks.spare_talk(of.grading(), reason="住院。", by=of.director)
    with pytest.raises(Refused, match="没有连续两年"):
        opening(of, second)
    assert opening(of, cases.signed(of)).state == AdviceState.OPEN


def test_the_deputy_is_told_only_when_the_material_is_whole():
    of = case()
    cases.reviewed(of, cases.FIRST, year.YEAR)
    cases.signed(of, cases.FIRST)
    found = opening(of, cases.held(of))
    with pytest.raises(Refused, match="还缺2025 年的履职档案"):
        advice.serve_advice(found, by=of.handler, today=OPENED_ON)
    cases.filed()
    with pytest.raises(Refused, match="还缺2026 年谈话记录的签认"):
        advice.serve_advice(found, by=of.handler, today=OPENED_ON)
    unsigned = {"words": "不签", "witnesses": ("张三", "李四"), "today": OPENED_ON}
    talks.note_unsigned(found.later, **unsigned, by=of.handler)
    assert cases.served(of, found).state == AdviceState.HEARING
    assert Archive.objects.count() == 2


def test_the_wrong_people_are_refused():
    of = case(2)
    found = cases.opened(of)
    stranger, deputy = make.actor(), make.as_deputy(of.deputy)
    away = make.actor(Role.STAFF_DIRECTOR, at=make.organisation("special", "社会建设委员会"))
    outside = [make.actor(role) for role in sorted(set(Role) - {Role.STAFF_DIRECTOR})]
    everybody = [*outside, stranger, deputy, away, of.talker]
    for by in [*everybody, of.handler]:
        with pytest.raises(Refused, match="主任"):
            opening(of, found.later, by=by)
        with pytest.raises(Refused, match="主任"):
            advice.withdraw_advice(found, reason="不办了", by=by)
        with pytest.raises(Refused, match="主任"):
            advice.record_resignation(found, by=by)
    for by in everybody:
        with pytest.raises(Refused, match="指定的经办人"):
            advice.serve_advice(found, by=by, today=OPENED_ON)
    found = cases.served(of, found)
    place = {"meets_at": cases.heard().held_at, "place": "办公楼"}
    for by in everybody:
        with pytest.raises(Refused, match="指定的经办人"):
            advice.record_hearing(found, heard=cases.heard(), by=by)
        with pytest.raises(Refused, match="指定的经办人"):
            advice.invite_hearing(found, **place, by=by, today=OPENED_ON)
    for by in (of.director, of.handler, make.as_deputy(of.party.deputies[1])):
        with pytest.raises(Refused, match="代表本人"):
            advice.reply_advice(found, words="不是", by=by, today=OPENED_ON)
    late = cases.considered(found).decided_on
    for by in [*everybody, of.handler]:
        with pytest.raises(Refused, match="代工委主任录入"):
            advice.conclude_advice(found, considered=cases.considered(found), by=by, today=late)
    own = make.actor(Role.STAFF_DIRECTOR, user=of.deputy.user)
    with pytest.raises(Refused, match="自己的劝辞"):
        opening(of, found.later, by=own)


def test_the_wrong_moments_are_refused():
    of = case()
    found = cases.opened(of)
    deputy = make.as_deputy(of.deputy)
    with pytest.raises(Refused, match="核对材料"):
        advice.reply_advice(found, words="不是", by=deputy, today=OPENED_ON)
    with pytest.raises(Refused, match="核对材料"):
        advice.record_hearing(found, heard=cases.heard(), by=of.handler)
    found = cases.served(of, found)
    with pytest.raises(Refused, match="目前是“听取本人意见”"):
        advice.serve_advice(found, by=of.handler, today=OPENED_ON)
    said = cases.considered(found)
    how = {"by": of.director, "today": said.decided_on}
    with pytest.raises(Refused, match="为止，过了再研究"):
        advice.conclude_advice(found, considered=said, by=of.director, today=found.reply_until)
    after = found.reply_until + timedelta(days=1)
    with pytest.raises(Refused, match="日期已经过了"):
        advice.reply_advice(found, words="不是", by=deputy, today=after)
    cases.replied(of, found, wants_hearing=True)
    with pytest.raises(Refused, match="要求当面听取意见"):
        advice.conclude_advice(found, considered=said, **how)
    cases.was_heard(of, found)
    with pytest.raises(Refused, match="先约定听取意见"):
        advice.record_hearing(found, heard=cases.heard(), by=of.handler)
    for wrong, words in (
        (replace(said, minute=""), "纪要号"),
        (replace(said, reason="　"), "研究意见"),
        (replace(said, in_favour=0, against=0, abstained=0), "怎样表决"),
        (replace(said, decided_on=found.reply_until), "陈述申辩期以后"),
        (replace(said, in_favour=3, against=2, abstained=1), "没有超过到会人数的一半"),
    ):
        with pytest.raises(Refused, match=words):
            advice.conclude_advice(found, considered=wrong, **how)
    cases.concluded(of, found, advised=False)
    for verb in (
        lambda: advice.withdraw_advice(found, reason="不办了", by=of.director),
        lambda: advice.conclude_advice(found, considered=said, **how),
        lambda: advice.record_resignation(found, by=of.director),
    ):
        with pytest.raises(Refused, match="目前是“不劝辞”"):
            verb()


def test_a_hearing_that_was_asked_for_is_one_the_deputy_was_invited_to_afterwards():
    of = case()
    found = cases.served(of)
    absent = replace(cases.heard(), came=False, words="本人没有来")
    with cases.on(OPENED_ON, 15):
        with pytest.raises(Refused, match="先约定"):
            advice.record_hearing(found, heard=absent, by=of.handler)
        soon = {"meets_at": cases.clock.now() + timedelta(hours=1), "place": "办公楼"}
        with pytest.raises(Refused, match="至少提前 3 个工作日通知，最早 2 月 11 日"):
            advice.invite_hearing(found, **soon, by=of.handler, today=OPENED_ON)
    cases.invited(of, found)
    with cases.on(cases.HEARD_ON, 12):
        early = replace(absent, held_at=absent.held_at - timedelta(days=1))
        with pytest.raises(Refused, match="早于约定的那一天"):
            advice.record_hearing(found, heard=early, by=of.handler)
        advice.record_hearing(found, heard=absent, by=of.handler)
    said = cases.considered(found)
    with cases.on(cases.HEARD_ON, 15):
        how = {"words": "请听我说。", "wants_hearing": True, "by": make.as_deputy(of.deputy)}
        advice.reply_advice(found, **how, today=cases.HEARD_ON)
    with pytest.raises(Refused, match="请先约定时间地点"):
        advice.conclude_advice(found, considered=said, by=of.director, today=said.decided_on)
    later = cases.heard().held_at + timedelta(days=7)
    with cases.on(cases.HEARD_ON, 16):
        again = {"meets_at": later, "place": "办公楼", "today": cases.HEARD_ON}
        advice.invite_hearing(found, **again, by=of.handler)
    with cases.on(cases.HEARD_ON + timedelta(days=7), 12):
        heard = replace(cases.heard(), held_at=later)
        advice.record_hearing(found, heard=heard, by=of.handler)
    assert cases.concluded(of, found).hearings.count() == 2


def test_a_new_term_begins_anew_unless_the_county_says_otherwise():
    of = case()
    cases.reviewed(of, cases.FIRST, year.YEAR)
    cases.filed()
    cases.signed(of, cases.FIRST)
    second = cases.signed(of)
    seat, day = Mandate.objects.get(deputy=of.deputy), cases.held_on(cases.FIRST)
    of_next = Term.objects.create(assembly=make.assembly(), number=20, from_on=day)
    again = copy(seat)
    again.pk, again.term, again.from_on = None, of_next, day
    again.save(force_insert=True)
    with pytest.raises(Refused, match="没有连续两年"):
        opening(of, second)
    cases.rule("scoring.talks_across_terms", 1)
    assert opening(of, second).state == AdviceState.OPEN


def test_what_one_does_not_see_is_not_there():
    of = case()
    found = cases.opened(of)
    deputy = make.as_deputy(of.deputy)
    rows = ResignationAdvice.objects
    assert [*rows.visible_to(deputy)] == []
    cases.served(of, found)
    for by in (deputy, of.director, of.handler, of.talker):
        assert [*rows.visible_to(by)] == [found]
        assert Talk.objects.visible_to(by).count() == 2
    own_role = {Role.STAFF_DIRECTOR}
    for role in set(Role) - own_role:
        by = make.actor(role)
        assert not rows.visible_to(by).exists()
        assert not Talk.objects.visible_to(by).exists()
    away = make.actor(Role.STAFF_DIRECTOR, at=make.organisation("special", "社会建设委员会"))
    assert not rows.visible_to(away).exists()


def amended(of, grading, name: str = "称职") -> None:
    """Put right by two persons, with the minute of the meeting."""
    second = make.director()
    amended = amendments.amend_grade(
        grading, grade=year.grade(name), reason="漏计四次接待。", minute="5号", by=of.director
    )
    amendments.confirm_amendment(amended, by=second)


def test_a_grade_that_is_put_right_takes_the_ground_away_from_the_pack():
    of = case()
    found = cases.served(of)
    amended(of, of.grading(cases.FIRST))
    with pytest.raises(Refused, match="请撤回劝辞程序"):
        cases.concluded(of, found)
    assert tasks.lift_consequences() == 1
    assert tasks.lift_consequences() == 0
    found.refresh_from_db()
    assert (found.state, found.end_reason) == (AdviceState.WITHDRAWN, tasks.LIFTED)
    assert told(found, of.deputy) == {"served", "withdrawn"}
    assert run_of(of.grading()) == Consequence(Due.NOTHING, 1)


def test_a_grade_that_is_put_right_calls_off_the_talk_to_come():
    of = case()
    cases.reviewed(of)
    talk = cases.called(of)
    amended(of, of.grading())
    with pytest.raises(Refused, match="请撤销这次约谈"):
        cases.held(of, talk=talk)
    assert tasks.lift_consequences() == 1
    talk.refresh_from_db()
    assert (talk.state, talk.end_reason) == (TalkState.CANCELLED, tasks.LIFTED)
    with pytest.raises(Refused, match="等次是“称职”"):
        cases.called(of)
