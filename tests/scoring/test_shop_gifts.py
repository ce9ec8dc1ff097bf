"""上架、进货、报损、下架: every piece is accounted for, and two people lose one."""

import pytest

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from scoring.actions import gifts
from scoring.actions.gifts import Offer
from scoring.models import Gift
from scoring.permissions import why_not_offer_gift
from scoring.queries.audit_shop import shop_faults
from stations.states import StationState
from tests import make
from tests.race import at_once
from tests.scoring import shop
from tests.scoring.shop import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def of(db):
    at, keeper = shop.station()
    gift = shop.offered(at, keeper)
    return shop.Shop(at, keeper, make.actor(Role.TOWNSHIP_CLERK), gift, None)


def asked(of, count=2):
    return gifts.ask_write_off(of.gift, count=count, reason="受潮", by=of.keeper, today=TODAY)


def test_offer_gift_brings_it_on_the_shelf_and_leaves_a_trail(of):
    assert (of.gift.on_shelf, of.gift.left, of.gift.offered_from) == (5, 5, TODAY)
    assert AuditEvent.objects.get(subject="scoring.Gift").note == "保温杯 5 件"
    assert list(of.gift.moves.values_list("kind", "count", "note")) == [("received", 5, "上架")]
    with pytest.raises(Refused, match="已经有“保温杯”，来了货请在它那一行登记进货"):
        shop.offered(of.station, of.keeper)
    gifts.withdraw_gift(of.gift, by=of.keeper)
    assert shop.offered(of.station, of.keeper).pk != of.gift.pk


def test_a_counter_is_run_by_its_keeper_the_township_and_the_office(of):
    for by in shop.strangers():
        assert "由本站站长、所在乡镇人大或代工委办理" in why_not_offer_gift(by, of.station)
    run = (of.keeper, of.clerk, make.actor(Role.STAFF_CLERK), make.director())
    assert [why_not_offer_gift(by, of.station) for by in run] == [None] * 4


def test_the_keeper_of_another_station_and_another_township_run_nothing_here(of):
    _, other = shop.station("双河联络站")
    far = make.actor(Role.TOWNSHIP_CLERK, at=make.far_office())
    for by in (other, far):
        with pytest.raises(Refused, match="由本站站长、所在乡镇人大或代工委办理"):
            gifts.stock_gift(of.gift, count=1, note="", by=by, today=TODAY)
        with pytest.raises(Refused, match="由本站站长"):
            gifts.withdraw_gift(of.gift, by=by)
        with pytest.raises(Refused, match="由本站站长"):
            gifts.ask_write_off(of.gift, count=1, reason="受潮", by=by, today=TODAY)
        with pytest.raises(Refused, match="由本站站长"):
            gifts.write_off(asked(of, 1), by=by, today=TODAY)


def test_nothing_is_offered_at_a_station_that_was_closed(of):
    of.station.state = StationState.CLOSED
    assert "已经撤并" in why_not_offer_gift(of.keeper, of.station)


def test_stock_gift_adds_pieces_and_says_whence(of):
    gifts.stock_gift(of.gift, count=7, note=" 县人大配发 ", by=of.keeper, today=TODAY)
    assert of.reload().on_shelf == 12
    assert of.gift.moves.last().note == "县人大配发"
    assert AuditEvent.objects.filter(subject="scoring.Gift", now="stocked").exists()
    with pytest.raises(Refused, match="件数填 1 到 9999"):
        gifts.stock_gift(of.gift, count=0, note="", by=of.keeper, today=TODAY)


def test_withdraw_gift_once_and_then_nothing_comes_in(of):
    gift = gifts.withdraw_gift(of.gift, by=of.keeper)
    assert gift.withdrawn_by == of.keeper.user
    for verb, said in (
        (gifts.withdraw_gift, {}),
        (gifts.stock_gift, {"count": 1, "note": "", "today": TODAY}),
    ):
        with pytest.raises(Refused, match="“保温杯”已经下架"):
            verb(gift, **said, by=of.keeper)


def test_offer_again_takes_a_withdrawn_gift_back_under_its_name(of):
    with pytest.raises(Refused, match="正在兑换，没有下架"):
        gifts.offer_again(of.gift, by=of.keeper)
    gifts.withdraw_gift(of.gift, by=of.keeper)
    with pytest.raises(Refused, match="由本站站长"):
        gifts.offer_again(of.gift, by=make.actor(Role.CONVENOR))
    again = gifts.offer_again(of.gift, by=of.keeper)
    assert (again.withdrawn_by, again.withdrawn_at, again.on_shelf) == (None, None, 5)
    assert AuditEvent.objects.filter(subject="scoring.Gift", now="gift_offered_again").exists()
    gifts.withdraw_gift(of.gift, by=of.keeper)
    shop.offered(of.station, of.keeper)
    with pytest.raises(Refused, match="已经有“保温杯”"):
        gifts.offer_again(of.gift, by=of.keeper)


def test_count_gift_brings_in_what_is_too_many_and_loses_nothing_on_ones_word(of):
    said = {"reason": "漏登", "by": of.keeper, "today": TODAY}
    assert gifts.count_gift(of.gift, counted=5, **said | {"reason": ""}) == 0
    assert gifts.count_gift(of.gift, counted=7, **said) == 2
    assert of.gift.moves.last().note == "盘点：漏登"
    with pytest.raises(Refused, match="请写明差在哪里"):
        gifts.count_gift(of.gift, counted=6, **said | {"reason": ""})
    with pytest.raises(Refused, match="由本站站长"):
        gifts.count_gift(of.gift, counted=6, **said | {"by": make.actor(Role.CONVENOR)})
    assert gifts.count_gift(of.gift, counted=4, **said) == -3
    assert of.reload().on_shelf == 7
    with pytest.raises(Refused, match="有报损在等另一位复核"):
        gifts.count_gift(of.gift, counted=4, **said)
    gifts.write_off(of.gift.write_offs.get(), by=of.clerk, today=TODAY)
    assert of.reload().on_shelf == 4
    deeds = AuditEvent.objects.filter(now="gift_counted").order_by("pk")
    assert [each.note for each in deeds][-1] == "账上 7 件，数到 4 件"
    of.deputy = make.deputy()
    shop.purse(of.deputy)
    shop.held(of)
    with pytest.raises(Refused, match="有 1 件已经预留"):
        gifts.count_gift(of.gift, counted=0, **said)
    assert not shop_faults()


def test_write_off_takes_two_and_leaves_both_names(of):
    row = asked(of)
    assert of.reload().on_shelf == 5
    told = Notice.objects.get(key=f"scoring.write_off:{row.pk}")
    assert (told.person, told.read_at) == (of.clerk.user, None)
    with pytest.raises(Refused, match="报损要两个人"):
        gifts.write_off(row, by=of.keeper, today=TODAY)
    gifts.write_off(row, by=of.clerk, today=TODAY)
    assert of.reload().on_shelf == 3
    move = of.gift.moves.get(kind="written_off")
    assert (move.by, move.second, move.note) == (of.keeper.user, of.clerk.user, "受潮")
    told.refresh_from_db()
    assert told.read_at
    deeds = AuditEvent.objects.filter(subject="scoring.WriteOff").values_list("now", flat=True)
    assert list(deeds) == ["write_off_asked", "write_off_confirmed"]
    for verb in (gifts.write_off, gifts.drop_write_off):
        extra = {"today": TODAY} if verb is gifts.write_off else {}
        with pytest.raises(Refused, match="这次报损已经复核"):
            verb(row, by=of.clerk, **extra)
    assert not shop_faults()


def test_write_off_says_why_and_never_takes_what_somebody_waits_for(of):
    with pytest.raises(Refused, match="请写明为什么报损"):
        gifts.ask_write_off(of.gift, count=1, reason="…", by=of.keeper, today=TODAY)
    row = asked(of, 5)
    of.deputy = make.deputy()
    shop.purse(of.deputy)
    shop.held(of)
    with pytest.raises(Refused, match="没有预留的只有 4 件，不能报损 5 件"):
        gifts.write_off(row, by=of.clerk, today=TODAY)
    with pytest.raises(Refused, match="没有预留的只有 4 件"):
        asked(of, 5)


def test_drop_write_off_leaves_the_pieces_and_ends_the_asking(of):
    row = gifts.drop_write_off(asked(of), by=of.clerk)
    assert (row.dropped_by, of.reload().on_shelf) == (of.clerk.user, 5)
    assert Notice.objects.get(key=f"scoring.write_off:{row.pk}").read_at
    with pytest.raises(Refused, match="这次报损已经撤下"):
        gifts.write_off(row, by=of.clerk, today=TODAY)


def test_the_director_is_asked_where_nobody_else_runs_the_counter():
    at, keeper = shop.station(area=make.far_office().area)
    director = make.director()
    gift = shop.offered(at, keeper)
    gifts.ask_write_off(gift, count=1, reason="摔坏", by=keeper, today=TODAY)
    assert Notice.objects.get(key__startswith="scoring.write_off").person == director.user


@pytest.mark.django_db(transaction=True)
def test_two_clicks_offer_once_lose_once_and_withdraw_once():
    at, keeper = shop.station()
    clerk, once = make.actor(Role.TOWNSHIP_CLERK), ["done", "refused", "refused"]
    offer = {"offer": Offer(name="保温杯", price=30), "count": 5, "by": keeper, "today": TODAY}
    assert at_once(3, gifts.offer_gift, at, **offer) == once
    gift = Gift.objects.get()
    row = gifts.ask_write_off(gift, count=2, reason="受潮", by=keeper, today=TODAY)
    assert at_once(3, gifts.write_off, row, by=clerk, today=TODAY) == once
    other = gifts.ask_write_off(gift, count=1, reason="受潮", by=keeper, today=TODAY)
    assert at_once(3, gifts.drop_write_off, other, by=clerk) == once
    assert at_once(3, gifts.stock_gift, gift, count=2, note="", by=keeper, today=TODAY) == [
        "done",
        "done",
        "done",
    ]
    assert at_once(3, gifts.withdraw_gift, gift, by=keeper) == once
    assert at_once(3, gifts.offer_again, gift, by=keeper) == once
    said = {"counted": 8, "reason": "少一件", "by": keeper, "today": TODAY}
    assert at_once(3, gifts.count_gift, gift, **said) == once
    assert Gift.objects.get().on_shelf == 9
    assert not shop_faults()
