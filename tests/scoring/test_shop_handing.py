"""发放、冲回: one code opens one hold once; two people take a hand-out back."""

from datetime import timedelta

import pytest

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from scoring.actions import handing, redeeming
from scoring.models import Redemption, WrongPickup
from scoring.permissions.redeeming import TRIES
from scoring.queries.audit_shop import shop_faults
from scoring.shop_states import RedemptionState
from tests import make
from tests.race import at_once
from tests.scoring import shop
from tests.scoring.shop import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def of(db):
    return shop.shop()


def asked(of, row=None, *, came_back=True, by=None):
    how = {"came_back": came_back, "reason": "发错了人", "by": by or of.keeper, "today": TODAY}
    return handing.ask_reversal(row or shop.handed(of), **how)


def guess(of, code="000000", verb=handing.hand_out):
    return verb(of.station, code=code, by=of.keeper, today=TODAY)


def test_check_code_shows_whose_it_is_and_moves_nothing(of):
    row = shop.held(of)
    assert guess(of, row.code, handing.check_code) == row
    assert shop.figures(of).waits == 30
    assert Redemption.objects.get().state == RedemptionState.HELD


def test_hand_out_spends_the_points_and_the_piece_and_leaves_a_trail(of):
    row = shop.handed(of)
    assert (row.state, row.handed_by) == (RedemptionState.HANDED_OUT, of.keeper.user)
    assert vars(shop.figures(of)) == {"shelf": 4, "promised": 0, "free": 70, "waits": 0}
    trail = AuditEvent.objects.filter(subject="scoring.Redemption").values_list("was", "now")
    assert list(trail) == [("", "held"), ("held", "handed_out")]
    told = Notice.objects.get(key=f"scoring.redemption_handed_out:{row.pk}")
    assert "不是您领的，请马上告诉代工委" in told.text
    assert not shop_faults()
    with pytest.raises(Refused, match="这个取货码的“保温杯”已领取，不能再用"):
        guess(of, row.code)
    assert not WrongPickup.objects.exists()


def test_a_code_opens_nothing_elsewhere_nor_once_cancelled_nor_by_ones_own_hand(of):
    other, keeper = shop.station("双河联络站")
    row = shop.held(of)
    with pytest.raises(Refused, match="这个取货码是桃园村联络站的"):
        handing.hand_out(other, code=row.code, by=keeper, today=TODAY)
    with pytest.raises(Refused, match="由本站站长"):
        handing.hand_out(of.station, code=row.code, by=keeper, today=TODAY)
    of.station.keeper = of.deputy.user
    of.station.save()
    own = make.actor(Role.KEEPER, user=of.deputy.user)
    for verb in (handing.check_code, handing.hand_out):
        with pytest.raises(Refused, match="自己的奖品不能自己发放"):
            verb(of.station, code=row.code, by=own, today=TODAY)
    redeeming.cancel_hold(row, by=of.me)
    with pytest.raises(Refused, match="“保温杯”已取消，不能再用"):
        handing.hand_out(of.station, code=row.code, by=of.clerk, today=TODAY)


def test_hand_out_is_refused_to_whoever_does_not_run_the_counter(of):
    row = shop.held(of)
    for by in shop.strangers():
        with pytest.raises(Refused, match="由本站站长"):
            handing.hand_out(of.station, code=row.code, by=by, today=TODAY)


def test_a_code_cannot_be_guessed(of):
    row = shop.held(of)
    wrong = "000000" if row.code != "000000" else "000001"
    for number in range(TRIES):
        verb = handing.hand_out if number % 2 else handing.check_code
        assert guess(of, wrong, verb) is None
    for code in (wrong, row.code):
        with pytest.raises(Refused, match="取货码输错次数太多"):
            guess(of, code)
    done = handing.hand_out(of.station, code=row.code, by=of.clerk, today=TODAY)
    assert done.state == RedemptionState.HANDED_OUT
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert guess(of, wrong) is None
    assert WrongPickup.objects.count() == 1


def test_reverse_hand_out_takes_two_and_gives_both_back(of):
    row = asked(of)
    assert Notice.objects.get(key=f"scoring.reversal:{row.pk}").person == of.clerk.user
    assert shop.figures(of).free == 70
    with pytest.raises(Refused, match="冲回要两个人"):
        handing.reverse_hand_out(row, by=of.keeper, today=TODAY)
    done = handing.reverse_hand_out(row, by=of.clerk, today=TODAY)
    assert (done.state, done.why) == (RedemptionState.REVERSED, "发错了人")
    assert vars(shop.figures(of)) == {"shelf": 5, "promised": 0, "free": 100, "waits": 0}
    back = done.moves.get(kind="returned")
    assert (back.by, back.second) == (of.keeper.user, of.clerk.user)
    assert "退给您 30 兑换分" in Notice.objects.get(key__contains="redemption_reversed").text
    assert not shop_faults()
    for verb, extra in ((handing.reverse_hand_out, {"today": TODAY}), (handing.drop_reversal, {})):
        with pytest.raises(Refused, match="这次冲回已经复核"):
            verb(row, by=of.clerk, **extra)
    assert shop.held(of).state == RedemptionState.HELD


def test_what_did_not_come_back_is_written_off_by_the_same_two(of):
    done = handing.reverse_hand_out(asked(of, came_back=False), by=of.clerk, today=TODAY)
    assert shop.figures(of).shelf == 4
    assert list(done.moves.values_list("kind", flat=True)) == [
        "handed_out",
        "returned",
        "written_off",
    ]
    assert not shop_faults()


def test_ask_reversal_needs_a_reason_a_hand_out_and_nobody_who_asks_already(of):
    held = shop.held(of)
    with pytest.raises(Refused, match="目前是“待领取”"):
        asked(of, held)
    row = shop.handed(of, held)
    with pytest.raises(Refused, match="请写明为什么冲回"):
        handing.ask_reversal(row, came_back=True, reason=" ", by=of.keeper, today=TODAY)
    with pytest.raises(Refused, match="由本站站长"):
        asked(of, row, by=make.actor(Role.CONVENOR))
    asked(of, row)
    with pytest.raises(Refused, match="已经有人提出冲回"):
        asked(of, row, by=of.clerk)


def test_drop_reversal_lets_the_hand_out_stand_and_be_asked_about_again(of):
    handed = shop.handed(of)
    row = handing.drop_reversal(asked(of, handed), by=of.clerk)
    assert row.dropped_by == of.clerk.user
    assert Redemption.objects.get().state == RedemptionState.HANDED_OUT
    with pytest.raises(Refused, match="这次冲回已经撤下"):
        handing.reverse_hand_out(row, by=of.clerk, today=TODAY)
    again = asked(of, handed)
    own = make.actor(Role.TOWNSHIP_CLERK, user=of.deputy.user)
    with pytest.raises(Refused, match="冲回会退还您自己的额度"):
        handing.reverse_hand_out(again, by=own, today=TODAY)


@pytest.mark.django_db(transaction=True)
def test_at_once_a_code_hands_out_once_and_a_hand_out_is_reversed_once():
    of = shop.shop()
    row = shop.held(of)
    said, once = {"code": row.code, "by": of.keeper, "today": TODAY}, ["done", *["refused"] * 3]
    assert at_once(4, handing.hand_out, of.station, **said) == once
    assert (
        at_once(
            4, handing.ask_reversal, row, came_back=True, reason="发错了", by=of.keeper, today=TODAY
        )
        == once
    )
    asking = row.reversals.get()
    assert at_once(4, handing.reverse_hand_out, asking, by=of.clerk, today=TODAY) == once
    assert vars(shop.figures(of)) == {"shelf": 5, "promised": 0, "free": 100, "waits": 0}
    assert not shop_faults()
