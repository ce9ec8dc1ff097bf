"""现场签到: by the screen's code, by the deputy's own, by hand; once, with or without a line."""

from datetime import timedelta
from uuid import uuid4

import pytest

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import ORGANISERS, Role
from stations.actions import checkins
from stations.actions.checkins import Sent
from stations.models import CheckIn, CheckInWay, WrongCode
from stations.permissions import why_not_show_code
from stations.queries.checkins import lines
from stations.screen_codes import drawn, shown_at, step_at
from stations.states import ActivityState
from tests import make
from tests.stations.arrival_walk import arrived, code, held, noted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
A_MINUTE = timedelta(minutes=1)


def test_the_screens_code_signs_in_once_and_leaves_its_trail():
    found = held()
    token = uuid4()
    row = arrived(found, token=token, device="k")
    again = arrived(found, token=token, device="k")
    by_hand = noted(found)
    assert row == again == by_hand == CheckIn.objects.get()
    assert (row.way, row.at, len(row.device)) == (CheckInWay.CODE, clock.now(), 64)
    (line,) = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk)
    assert (line.now, line.by_id, line.note) == ("signed_in", row.deputy.user_id, "扫会场的码")
    assert list(CheckIn.objects.present_at(found.activity)) == [row]


def test_one_phones_number_is_not_taken_for_two_deputies():
    found, token = held(), uuid4()
    arrived(found, token=token)
    with pytest.raises(Refused, match="是另一位代表的"):
        arrived(found, found.deputies[1], token=token)


def test_a_code_is_good_while_it_is_shown_and_one_step_longer():
    found = held()
    activity, now, beside = found.activity, clock.now(), timedelta(hours=1)
    hours = (now - beside, now + beside)
    for ago in (0, 30, 90):
        shown = shown_at(activity.pk, code(activity, timedelta(seconds=ago)), now, *hours, 30)
        assert shown == now - timedelta(seconds=ago)
    early = drawn(activity.pk, step_at(now - 2 * beside, 30), 30)
    assert shown_at(activity.pk, early, now, *hours, 30) is None
    assert code(activity) != code(held(title="另一次").activity)


def test_what_a_phone_kept_counts_for_the_moment_when_it_was_seen():
    found = held(begun=2 * timedelta(hours=1))
    then = arrived(found, age=3600)
    assert (then.at, then.received_at) == (clock.now() - timedelta(hours=1), clock.now())
    stale = arrived(found, found.deputies[1], said=code(found.activity, timedelta(minutes=5)))
    odd = {line.deputy: line.odd for line in lines(found.activity)}
    assert odd[then.deputy_id] == ["过后才传上来（5 月 12 日 10:00）"]
    assert odd[stale.deputy_id] == ["签到码换过以后才用（09:55:00 的码）"]


def test_what_looks_odd_is_listed_and_never_stopped():
    found = held(4)
    first, second, third, fourth = found.deputies
    arrived(found, first, device="k")
    arrived(found, second, device="k")
    other = held(title="开座谈会", deputies=[third])
    arrived(found, third)
    arrived(other, third)
    with clock.at(clock.now() + timedelta(hours=4)):
        noted(found, fourth)
    odd = {line.deputy: line.odd for line in lines(found.activity)}
    names = f"（{'、'.join(sorted((first.name, second.name)))}）"
    assert odd[first.pk] == odd[second.pk] == [f"同一部手机签了几位代表{names}"]
    assert odd[third.pk] == ["同一时间还签了另一次活动（开座谈会）"]
    assert odd[fourth.pk] == ["不在签到时间里"]


def test_by_hand_or_by_card_and_the_deputy_hears_of_the_hand():
    found = held()
    first, second, third = found.deputies
    assert noted(found, first).reason == "手机没电"
    assert noted(found, second, way=CheckInWay.CARD, age=120).at == clock.now() - 2 * A_MINUTE
    (told,) = Notice.objects.all()
    assert (told.person, "为您代签：手机没电" in told.text) == (first.user, True)
    with pytest.raises(Refused, match="写明原因"):
        noted(found, third, reason="。")


def test_others_are_refused():
    found = held()
    deputy, sent = found.deputies[0], Sent(uuid4())
    for role in Role:
        by = make.actor(role)
        with pytest.raises(Refused, match="代表本人的账号"):
            checkins.arrive(deputy, code=code(found.activity), sent=sent, by=by)
        if role not in ORGANISERS or role == Role.CONVENOR:
            with pytest.raises(Refused, match="组织方"):
                noted(found, by=by)
            assert "组织方" in why_not_show_code(by, found.activity, now=clock.now())
    assert not CheckIn.objects.exists()


def test_wrong_states_are_refused():
    found = held()
    activity, stranger = found.activity, make.deputy()
    assert arrived(found, stranger) is None, "not called: no activity of theirs shows a code"
    with pytest.raises(Refused, match="不在“察看水渠”的应到名单里"):
        noted(found, stranger)
    for later, words in ((timedelta(hours=-3), "还没到"), (timedelta(days=9), "已经过去")):
        with clock.at(clock.now() + later), pytest.raises(Refused, match=words):
            noted(found)
    type(activity).objects.update(
        state=ActivityState.HELD, registered_at=clock.now() - A_MINUTE, registered_by=make.user()
    )
    activity.refresh_from_db()
    for late in (arrived, noted):
        with pytest.raises(Refused, match="名单已经登记"):
            late(found)
    assert arrived(found, age=120), "what was kept before the list was written is not lost"
    told = Notice.objects.get(person=activity.registered_by)
    assert "才收到" in told.text
    assert [line.odd for line in lines(activity)] == [["到场名单登记以后才收到"]]
    assert "已经登记" in why_not_show_code(found.clerk, activity, now=clock.now())
    type(activity).objects.update(
        state=ActivityState.CALLED_OFF, why="下雨", registered_at=None, registered_by=None
    )
    activity.refresh_from_db()
    assert arrived(found, found.deputies[1]) is None
    with pytest.raises(Refused, match="已经取消"):
        noted(found, found.deputies[1])


def test_whoever_guesses_is_stopped_after_ten():
    found = held()
    good = code(found.activity)
    wrong = f"{(int(good) + 1) % 1000000:06d}"
    for _ in range(10):
        assert arrived(found, said=wrong) is None
    with pytest.raises(Refused, match="输错次数太多"):
        arrived(found, said=good)
    with clock.at(clock.now() + timedelta(hours=1, seconds=1)):
        assert arrived(found, said=wrong) is None
        assert WrongCode.objects.count() == 1
        assert arrived(found)
