"""提醒约谈: decided by a person, held, put down, signed or not, followed up."""

from dataclasses import replace
from datetime import timedelta

import pytest

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from scoring import tasks
from scoring.actions import talks
from scoring.consequence_states import TalkState
from scoring.consequences import Due
from scoring.models import Talk
from scoring.permissions.grounds import run_of
from tests import make
from tests.scoring import cases, year
from tests.scoring.cases import case, on

pytestmark = pytest.mark.django_db
DAY = cases.decided_on()


@pytest.fixture
def of():
    found = case(2)
    cases.reviewed(found)
    return found


def steps(talk) -> list[str]:
    rows = AuditEvent.objects.filter(subject="scoring.Talk", subject_id=talk.pk).order_by("pk")
    return [*rows.values_list("now", flat=True)]


def decide(of, **how):
    told = {"reason": cases.REASON, "minute": "1号", "meeting": cases.meeting(of)}
    return talks.decide_talk(of.grading(), **(told | {"by": of.director, "today": DAY} | how))


def test_a_talk_goes_from_the_decision_to_the_promise_and_leaves_its_trail(of):
    talk = cases.called(of)
    assert (talk.state, talk.decided_by) == (TalkState.APPOINTED, of.director.user)
    people = {of.deputy.user, of.talker.user, of.handler.user}
    assert {row.person for row in Notice.objects.filter(key=f"kept:talk:{talk.pk}:appointed")} == (
        people
    )
    later = replace(cases.meeting(of), place="镇政府二楼", talker=of.director.user)
    with on(DAY, 12):
        talk = talks.move_talk(talk, meeting=later, by=of.handler, today=DAY)
    assert Notice.objects.filter(key__contains=":moved-", person=of.talker.user).exists()

    talk = cases.held(of, talk=talk)
    assert (talk.record.words, talk.record.recorded_by) == (cases.SAID, of.handler.user)
    with on(cases.held_on(), 15):
        talk = talks.acknowledge_talk(talk, reply="记得对。", by=make.as_deputy(of.deputy))
    assert talk.acknowledgements.get().reply == "记得对。"
    assert not Notice.objects.unread(of.deputy.user).filter(key__startswith="kept:").exists()
    assert Notice.objects.filter(key=f"kept:talk:{talk.pk}:signed").get().person == of.handler.user

    promise = talks.settle_promise(
        talk.promises.get(), kept=True, outcome="两次都到了。", by=of.handler
    )
    assert (promise.kept, promise.settled_by) == (True, of.handler.user)
    assert steps(talk) == ["appointed", "talk_moved", "held", "signed", "promise_kept"]
    assert not AuditEvent.objects.filter(subject="scoring.Talk").exclude(note="").exists()


def test_who_is_not_talked_to_is_named_with_the_reason_and_may_be_talked_to_after_all(of):
    talk = talks.spare_talk(of.grading(), reason="长期住院。", by=of.director)
    assert (talk.state, talk.reason, talk.meets_at) == (TalkState.SPARED, "长期住院。", None)
    assert not Notice.objects.filter(person=of.deputy.user, key__startswith="kept:").exists()
    again = cases.called(of)
    assert (again.pk, again.state) == (talk.pk, TalkState.APPOINTED)
    assert steps(again) == ["spared", "appointed"]


def test_what_is_called_off_never_was_and_may_be_decided_anew(of):
    talk = talks.cancel_talk(cases.called(of), reason="日期冲突。", by=of.director)
    assert (talk.state, talk.end_reason) == (TalkState.CANCELLED, "日期冲突。")
    assert Notice.objects.filter(key=f"kept:talk:{talk.pk}:cancelled").count() == 3
    assert run_of(of.grading()).due == Due.TALK
    assert cases.called(of).pk != talk.pk


def test_a_record_that_is_not_signed_stands_with_two_witnesses_and_may_be_signed_later(of):
    talk = cases.held(of)
    how = {"words": "当面请签，本人不签。", "by": of.handler}
    how |= {"witnesses": ("张三", "李四"), "today": cases.held_on() + timedelta(days=10)}
    with pytest.raises(Refused, match="给本人 3 个工作日看，最早 1 月 25 日"):
        talks.note_unsigned(talk, **(how | {"today": cases.held_on()}))
    for witnesses in (("张三", " "), ("张三", "张三 ")):
        with pytest.raises(Refused, match="两位见证人"):
            talks.note_unsigned(talk, **(how | {"witnesses": witnesses}))
    talk = talks.note_unsigned(talk, **how)
    assert talk.state == TalkState.UNSIGNED
    assert Notice.objects.filter(person=of.deputy.user, key=f"kept:talk:{talk.pk}:unsigned")
    talk = talks.acknowledge_talk(talk, by=make.as_deputy(of.deputy))
    signs = [*talk.acknowledgements.values_list("signed", "witnesses")]
    assert (talk.state, signs) == (TalkState.SIGNED, [(False, "张三、李四"), (True, "")])


def test_the_wrong_people_are_refused(of):
    talk = cases.called(of)
    other = make.actor()
    deputy = make.as_deputy(of.deputy)
    outside = [make.actor(role) for role in sorted(set(Role) - {Role.STAFF_DIRECTOR})]
    away = make.actor(Role.STAFF_DIRECTOR, at=make.organisation("special", "社会建设委员会"))
    for by in (*outside, deputy, other, away):
        for verb in (
            lambda by: decide(of, by=by),
            lambda by: talks.spare_talk(of.grading(), reason="不谈", by=by),
            lambda by: talks.cancel_talk(talk, reason="不谈了", by=by),
            lambda by: talks.move_talk(talk, meeting=cases.meeting(of), by=by, today=DAY),
            lambda by: talks.record_talk(talk, said=cases.said(), by=by),
        ):
            with pytest.raises(Refused, match="主任"):
                verb(by)
    held = cases.held(of, talk=talk)
    for by in (other, deputy, away):
        with pytest.raises(Refused, match="主任和指定的经办人"):
            talks.note_unsigned(
                held, words="不签", witnesses=("张三", "李四"), by=by, today=cases.held_on()
            )
        with pytest.raises(Refused, match="主任和指定的经办人"):
            talks.settle_promise(held.promises.get(), kept=True, outcome="做了", by=by)
    for by in (of.director, of.handler, make.as_deputy(of.party.deputies[1])):
        with pytest.raises(Refused, match="本人签认"):
            talks.acknowledge_talk(held, by=by)


def test_nobody_decides_or_handles_what_concerns_themselves(of):
    own = make.actor(Role.STAFF_DIRECTOR, user=of.deputy.user)
    with pytest.raises(Refused, match="自己的约谈"):
        decide(of, by=own)
    with pytest.raises(Refused, match="本人办理自己"):
        decide(of, meeting=replace(cases.meeting(of), handler=own.user))
    with pytest.raises(Refused, match="不在代工委"):
        decide(of, meeting=replace(cases.meeting(of), handler=of.party.clerk.user))
    with pytest.raises(Refused, match="不是常委会领导"):
        decide(of, meeting=replace(cases.meeting(of), talker=of.handler.user))


def test_the_wrong_moments_are_refused(of):
    with pytest.raises(Refused, match="写明理由"):
        decide(of, reason="　")
    with pytest.raises(Refused, match="文号"):
        decide(of, minute="")
    with pytest.raises(Refused, match="最早 1 月 14 日"):
        decide(of, meeting=cases.meeting(of, DAY + timedelta(days=1)))
    with pytest.raises(Refused, match="没有谈话记录"):
        talks.acknowledge_talk(cases.called(of), by=make.as_deputy(of.deputy))
    with pytest.raises(Refused, match="已经决定约谈"):
        decide(of)
    with pytest.raises(Refused, match="待谈话"):
        talks.spare_talk(of.grading(), reason="不谈", by=of.director)
    talk = Talk.objects.get()
    early = replace(cases.said(), held_at=talk.meets_at)
    with on(DAY), pytest.raises(Refused, match="还没有到"):
        talks.record_talk(talk, said=early, by=of.handler)
    before = replace(cases.said(), held_at=talk.decided_at)
    with on(cases.held_on(), 11), pytest.raises(Refused, match="早于约定的那一天"):
        talks.record_talk(talk, said=before, by=of.handler)
    past = replace(cases.said(), promises=[("学习", cases.held_on())])
    with on(cases.held_on(), 11), pytest.raises(Refused, match="完成日期要在谈话以后"):
        talks.record_talk(talk, said=past, by=of.handler)
    held = cases.held(of, talk=talk)
    for verb in (
        lambda: talks.cancel_talk(held, reason="不谈了", by=of.director),
        lambda: talks.move_talk(held, meeting=cases.meeting(of), by=of.handler, today=DAY),
        lambda: talks.record_talk(held, said=cases.said(), by=of.handler),
    ):
        with pytest.raises(Refused, match="目前是“待本人签认”"):
            verb()
    talks.settle_promise(held.promises.get(), kept=False, outcome="没去。", by=of.handler)
    with pytest.raises(Refused, match="已经登记"):
        talks.settle_promise(held.promises.get(), kept=True, outcome="去了", by=of.handler)


def test_only_the_bottom_of_a_final_review_is_talked_to():
    of = case(1)
    year.decided(of.party, name=cases.BOTTOM)
    with pytest.raises(Refused, match="还没有定下来"):
        decide(of)
    year.final(of.party, of.grading().cycle)
    assert decide(of).state == TalkState.APPOINTED


def test_who_is_above_the_band_is_not_talked_to_and_the_county_says_where_it_begins():
    of = case(1)
    cases.reviewed(of, name="基本称职")
    with pytest.raises(Refused, match="不在约谈名单里"):
        decide(of)
    cases.rule("scoring.talk_from", 4)
    assert decide(of).state == TalkState.APPOINTED


def test_who_has_left_is_not_talked_to_any_more(of):
    make.leaves(of.deputy, DAY)
    with pytest.raises(Refused, match="不在任"):
        decide(of, today=DAY + timedelta(days=1), meeting=cases.meeting(of))


def test_beat_calls_off_nothing_while_the_ground_stands(of):
    talk = cases.called(of)
    tasks.lift_consequences()
    talk.refresh_from_db()
    assert talk.state == TalkState.APPOINTED
