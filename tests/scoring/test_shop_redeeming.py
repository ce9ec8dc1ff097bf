"""预留、取消、过期: stock and purse move together, once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from congress.shared.actors import SYSTEM
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Setting
from scoring.actions import gifts, handing, redeeming
from scoring.models import PurseLineKind, Redemption
from scoring.queries.audit_shop import shop_faults
from scoring.shop_states import RedemptionState
from tests import make
from tests.home import facts as home_facts
from tests.race import at_once, meanwhile
from tests.scoring import shop
from tests.scoring.shop import TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_reserve_takes_stock_and_purse_at_once_and_leaves_a_trail():
    of = shop.shop()
    row = shop.held(of)
    assert (row.state, row.price, row.until) == ("held", 30, TODAY + timedelta(days=15))
    assert len(row.code) == 6
    assert row.code.isdecimal()
    assert vars(shop.figures(of)) == {"shelf": 5, "promised": 1, "free": 70, "waits": 30}
    line = AuditEvent.objects.get(subject="scoring.Redemption")
    assert (line.now, line.note) == ("held", "保温杯，刘春生")
    assert list(row.lines.values_list("kind", "available", "held")) == [("hold", -30, 30)]
    assert not shop_faults()


def test_the_same_form_sent_twice_is_one_hold():
    of, token = shop.shop(limit=3), uuid4()
    one, two = (
        redeeming.reserve(of.gift, deputy=of.deputy, token=token, by=of.me, today=TODAY)
        for _ in range(2)
    )
    assert one == two
    assert shop.figures(of).free == 70


def test_a_keeper_reserves_for_a_deputy_who_is_told_so():
    of = shop.shop()
    shop.held(of, by=of.keeper)
    notice = Notice.objects.get(key__startswith="scoring.redemption_reserved")
    assert notice.person == of.deputy.user
    assert "为您预留了“保温杯”" in notice.text
    assert "不是您要的，请取消" in notice.text
    code = of.purse.redemptions.get().code
    with pytest.raises(Refused, match="您代为预留的，要另一个人发放"):
        handing.hand_out(of.station, code=code, by=of.keeper, today=TODAY)
    assert handing.hand_out(of.station, code=code, by=of.clerk, today=TODAY)


def test_reserve_is_refused_to_everybody_who_neither_is_the_deputy_nor_runs_the_counter():
    of = shop.shop()
    for by in shop.strangers():
        with pytest.raises(Refused, match="由代表本人预留"):
            shop.held(of, by=by)


def test_reserve_says_what_is_missing():
    of = shop.shop(count=1)
    dear = shop.offered(of.station, of.keeper, name="电饭煲", price=80)
    later = shop.offered(of.station, of.keeper, name="春联", offered_from=TODAY + DAY)
    over = shop.offered(
        of.station, of.keeper, name="月饼", offered_until=TODAY - DAY, offered_from=date(2026, 9, 1)
    )
    gone = shop.offered(of.station, of.keeper, name="雨伞")
    gifts.withdraw_gift(gone, by=of.keeper)
    shop.held(of)
    for gift, words in (
        (of.gift, "已经预留完了"),
        (dear, "要 80 兑换分，现在可用 70 分，不够"),
        (later, "从 11 月 29 日起才能兑换"),
        (over, "兑换到 11 月 27 日为止"),
        (gone, "“雨伞”已经下架"),
    ):
        with pytest.raises(Refused, match=words):
            shop.held(of, gift=gift)


def test_no_more_than_the_limit_in_a_year_and_again_after_cancelling():
    of = shop.shop()
    first = shop.held(of)
    with pytest.raises(Refused, match="每人每年最多 1 件"):
        shop.held(of)
    redeeming.cancel_hold(first, by=of.me)
    again = shop.held(of)
    assert vars(shop.figures(of)) == {"shelf": 5, "promised": 1, "free": 70, "waits": 30}
    assert again.code != first.code or again.pk != first.pk
    assert not shop_faults()


def test_who_has_no_purse_reads_why():
    at, keeper = shop.station()
    gift = shop.offered(at, keeper)
    good, fair, none = make.deputy(), make.deputy(), make.deputy()
    cycle = shop.purse(good, grade="良好")
    home_facts.graded(cycle, fair, grade="称职")
    for who, words in ((fair, "您 2025 年的等次是称职"), (none, "评价里没有您的等次")):
        with pytest.raises(Refused, match=f"优秀、良好的代表有兑换额度；.*{words}"):
            redeeming.reserve(gift, deputy=who, token=uuid4(), by=make.as_deputy(who), today=TODAY)


def test_who_serves_no_more_reserves_no_more_but_fetches():
    of = shop.shop(limit=2)
    row = shop.held(of)
    make.leaves(of.deputy, TODAY)
    with pytest.raises(Refused, match="现在没有履行代表职务"):
        shop.held(of, by=of.keeper)
    assert shop.handed(of, row).state == RedemptionState.HANDED_OUT


def test_cancel_hold_gives_both_back_and_leaves_a_trail():
    of = shop.shop()
    row = redeeming.cancel_hold(shop.held(of), by=of.me)
    assert (row.state, row.why, row.ended_by) == ("cancelled", "本人取消", of.deputy.user)
    assert vars(shop.figures(of)) == {"shelf": 5, "promised": 0, "free": 100, "waits": 0}
    assert AuditEvent.objects.filter(subject="scoring.Redemption", now="cancelled").exists()
    with pytest.raises(Refused, match="已经取消了，30 兑换分已退回"):
        redeeming.cancel_hold(row, by=of.me)


def test_a_keeper_cancels_with_a_reason_that_the_deputy_reads():
    of = shop.shop()
    row = shop.held(of)
    with pytest.raises(Refused, match="请写明为什么取消"):
        redeeming.cancel_hold(row, by=of.keeper)
    redeeming.cancel_hold(row, why="奖品有质量问题", by=of.keeper)
    assert "奖品有质量问题" in Notice.objects.get(key__contains="redemption_cancelled").text
    other = make.as_deputy(make.deputy())
    with pytest.raises(Refused, match="由代表本人或者家站站长取消"):
        redeeming.cancel_hold(shop.held(of), by=other)


def test_expire_hold_waits_for_the_last_day_and_gives_both_back():
    of = shop.shop()
    row = shop.held(of)
    with pytest.raises(Refused, match="还可以领取到 12 月 13 日"):
        redeeming.expire_hold(row, by=SYSTEM, today=row.until)
    row = redeeming.expire_hold(row, by=SYSTEM, today=row.until + DAY)
    assert (row.state, row.ended_by, row.why) == ("expired", None, "")
    assert vars(shop.figures(of)) == {"shelf": 5, "promised": 0, "free": 100, "waits": 0}
    assert "12 月 13 日前没有领取" in Notice.objects.get(key__contains="redemption_expired").text
    with pytest.raises(Refused, match="目前是“过期未领”"):
        redeeming.expire_hold(row, by=SYSTEM, today=row.until + DAY)


def test_a_hold_of_december_ends_with_the_year_and_its_purse():
    of = shop.shop()
    last, next_day = date(2026, 12, 31), date(2027, 1, 1)
    row = shop.held(of, today=last)
    assert row.until == last
    with pytest.raises(Refused, match="已经过期"):
        handing.hand_out(of.station, code=row.code, by=of.keeper, today=next_day)
    with pytest.raises(Refused, match="2026 年的评价里没有您的等次"):
        shop.held(of, today=next_day)
    redeeming.expire_hold(row, by=SYSTEM, today=next_day)
    assert shop.figures(of).free == 100
    assert "额度也已经到期" in Notice.objects.get(key__contains="redemption_expired").text


def test_the_county_may_let_purses_run_out_earlier():
    Setting.objects.create(
        key="scoring.purse_month", value=10, from_on=date(2026, 1, 1), basis="办法"
    )
    of = shop.shop(opened=date(2026, 9, 1))
    assert of.purse.good_until == date(2026, 10, 31)
    with pytest.raises(Refused, match="用到 10 月 31 日，已经过期"):
        shop.held(of)


@pytest.mark.django_db(transaction=True)
def test_at_once_a_last_piece_goes_once_a_hold_ends_once_and_expiry_races_the_hand_out():
    of = shop.shop(count=1, limit=9, price=40)
    dear = shop.offered(of.station, of.keeper, name="电饭煲", price=60, limit=9, count=9)
    how = {"deputy": of.deputy, "by": of.me, "today": TODAY}

    def tries(gift):
        return redeeming.reserve(gift, token=uuid4(), **how)

    assert at_once(40, tries, dear) == ["done", *["refused"] * 39], "the last points"
    assert of.purse.available == 40
    one = Redemption.objects.get()
    assert at_once(3, redeeming.cancel_hold, one, by=of.me) == ["done", "refused", "refused"]
    assert at_once(40, tries, of.gift) == ["done", *["refused"] * 39], "the last piece"
    assert vars(shop.figures(of)) == {"shelf": 1, "promised": 1, "free": 60, "waits": 40}
    row = Redemption.objects.held().get()

    def hands_out():
        return handing.hand_out(of.station, code=row.code, by=of.keeper, today=row.until)

    def expires():
        try:
            redeeming.expire_hold(row, by=SYSTEM, today=row.until + DAY)
        except Refused as no:
            return no.reason
        return "expired"

    assert "目前是“已领取”" in meanwhile(hands_out, expires)
    assert Redemption.objects.get(pk=row.pk).state == RedemptionState.HANDED_OUT
    gifts.stock_gift(of.gift, count=1, note="", by=of.keeper, today=TODAY)
    late = shop.held(of)
    done = at_once(3, redeeming.expire_hold, late, by=SYSTEM, today=late.until + DAY)
    assert done == ["done", "refused", "refused"]
    kinds = set(late.lines.values_list("kind", flat=True))
    assert kinds == {PurseLineKind.HOLD, PurseLineKind.RELEASE}
    assert not shop_faults()
