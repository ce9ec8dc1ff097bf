"""积分超市 on the deputy's phone, at the counter and at the desk."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from congress.shared.roles import Role
from scoring.actions import gifts, handing
from scoring.forms.shop import figures
from scoring.models import Redemption, Reversal, WriteOff
from scoring.queries.shop_months import month_sheet
from stations.actions import closing
from tests import make
from tests.home import facts as home_facts
from tests.scoring import shop
from tests.scoring.shop import TODAY
from tests.scoring.year import as_, queries_of, text, url

DAYS = (TODAY, date(2026, 12, 1))
"""Within the month, and after it."""
pytestmark = pytest.mark.django_db


@pytest.fixture
def of(db):
    return shop.shop(limit=9)


def tables(answer) -> dict[str, list[list[object]]]:
    """Every sheet's rows."""
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_deputy_looks_reserves_shows_the_code_and_cancels(of, client):
    as_(client, of.me)
    page = text(client.get(url("shop")))
    assert "兑换不影响履职积分和排名" in page
    assert "2025 年评为优秀，用到 12 月 31 日" in page
    ask = client.get(url("reserve", of.gift.pk))
    assert "还有 70 兑换分" in text(ask)
    token = str(ask.context["form"].initial["token"])
    for _ in range(2):
        answer = client.post(url("reserve", of.gift.pk), {"token": token})
        assert answer.status_code == 302
    row = Redemption.objects.get()
    page = text(client.get(url("shop")))
    assert f"{row.code[:3]} {row.code[3:]}" in page
    assert "12 月 13 日前领取，还有 15 天" in page
    assert client.get(url("cancel_hold", row.pk)).status_code == 200
    client.post(url("cancel_hold", row.pk))
    page = text(client.get(url("shop")))
    assert "本人取消" in page
    assert "退还预留：保温杯" in page


def test_who_has_no_purse_reads_why_and_how(of, client):
    as_(client, make.as_deputy(make.deputy()))
    page = text(client.get(url("shop")))
    assert "今年没有兑换额度" in page
    assert "上一年评为优秀、良好的代表有兑换额度；2025 年的评价里没有您的等次" in page
    assert "预留…" not in page
    refused = client.post(url("reserve", of.gift.pk), {"token": "0" * 32})
    assert refused.status_code == 409
    as_(client, make.actor(Role.CONVENOR))
    assert client.get(url("shop")).status_code == 409


def test_the_keeper_types_the_code_sees_the_name_and_hands_out(of, client):
    row = shop.held(of)
    as_(client, of.keeper)
    at = of.station.pk
    assert client.get(url("counters")).headers["Location"] == url("counter", at)
    filled = text(client.get(f"{url('counter', at)}?code={row.code}"))
    assert f'value="{row.code}"' in filled
    plain = text(client.get(url("counter", at)))
    assert row.code not in plain, "who waits is shown, never the code"
    assert "刘春生" in plain
    seen = client.post(url("check_code", at), {"code": f"{row.code[:3]} {row.code[3:]}"})
    assert seen.headers["Location"] == url("counter", at), "going back sends nothing twice"
    assert "发给刘春生" in text(client.get(url("counter", at)))
    assert "发给刘春生" not in text(client.get(url("counter", at)))
    assert Redemption.objects.get().state == "held"
    assert client.post(url("hand_out", at), {"code": row.code}).status_code == 302
    assert Redemption.objects.get().state == "handed_out"
    again = client.post(url("hand_out", at), {"code": row.code})
    assert (again.status_code, "不能再用" in text(again)) == (409, True)
    wrong = client.post(url("check_code", at), {"code": "12345"})
    assert (wrong.status_code, "取货码是六位数" in text(wrong)) == (422, True)
    nobody = client.post(url("check_code", at), {"code": "000000"})
    assert (nobody.status_code, "没有这个取货码" in text(nobody)) == (409, True)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("123456", "123456"),
        ("123 456", "123456"),
        ("１２３４５６", "123456"),
        ("https://x.cn/scoring/shop/counters/3/?code=123456", "123456"),
        ("1234567", ""),
        ("12345", ""),
        ("", ""),
    ],
)
def test_a_code_is_read_as_it_was_typed_or_scanned(typed, read):
    assert figures(typed) == read


def test_the_keeper_of_another_station_does_not_find_this_counter(of, client):
    _, other = shop.station("双河联络站")
    as_(client, other)
    for name in ("counter", "shop_sheet", "offer_gift"):
        assert client.get(url(name, of.station.pk)).status_code == 404
    assert client.post(url("hand_out", of.station.pk), {"code": "123456"}).status_code == 404
    assert client.get(url("stock_gift", of.gift.pk)).status_code == 404
    as_(client, make.actor(Role.LEADER))
    assert client.get(url("counter", of.station.pk)).status_code == 200
    assert client.post(url("stock_gift", of.gift.pk), {"count": 1}).status_code == 409


def test_what_waits_at_a_station_that_was_closed_is_still_handed_out_by_the_township(of, client):
    row = shop.held(of)
    how = {"reason": "并入双河联络站", "by": make.actor(), "today": TODAY}
    closing.close_station(of.station, successor=shop.station("双河联络站")[0], **how)
    as_(client, of.clerk)
    said = {"code": row.code}
    assert client.post(url("hand_out", of.station.pk), said).status_code == 302
    assert Redemption.objects.get().state == "handed_out"
    as_(client, make.as_deputy(of.deputy))
    assert client.get(url("shop")).context["page"].paginator.count == 0


def test_the_counter_offers_stocks_reserves_for_and_asks_to_write_off(of, client):
    as_(client, of.keeper)
    said = {"name": "雨伞", "price": 15, "count": 4, "limit": 2}
    assert client.post(url("offer_gift", of.station.pk), said).status_code == 302
    twice = client.post(url("offer_gift", of.station.pk), said)
    assert (twice.status_code, "登记进货" in text(twice)) == (409, True)
    bad = said | {"name": "", "offered_from": "2026-12-01", "offered_until": "2026-11-01"}
    wrong = client.post(url("offer_gift", of.station.pk), bad)
    assert (wrong.status_code, "截止日期不能早于开始日期" in text(wrong)) == (422, True)
    beyond = text(
        client.post(url("offer_gift", of.station.pk), said | {"name": "长" * 31, "price": 0})
    )
    assert "最多 30 个字，现在有 31 个" in beyond
    assert "不能小于 1。" in beyond
    client.post(url("stock_gift", of.gift.pk), {"count": 3, "note": "县人大配发"})
    assert of.reload().on_shelf == 8
    found = text(client.get(f"{url('reserve', of.gift.pk)}?q=春生"))
    assert "刘春生，柳河镇第一代表小组，可用 100 兑换分" in found
    how = {"purse": of.purse.pk, "token": "1" * 32}
    client.post(f"{url('reserve', of.gift.pk)}?q=春生", how)
    row = Redemption.objects.get()
    assert f"取货码 {row.code}，请写给本人，" in text(client.get(url("counter", of.station.pk)))
    assert client.get(f"{url('reserve', of.gift.pk)}?q=无此人").status_code == 200
    client.post(url("cancel_hold", row.pk), {"why": "本人不要了"})
    client.post(url("ask_write_off", of.gift.pk), {"count": 1, "reason": "摔坏"})
    client.post(url("withdraw_gift", of.gift.pk))
    assert of.reload().withdrawn_at
    assert "重新上架…" in text(client.get(url("counter", of.station.pk)))
    client.post(url("offer_again", of.gift.pk))
    assert of.reload().withdrawn_at is None
    waits = client.post(url("count_gift", of.gift.pk), {"counted": 8})
    assert (waits.status_code, "复核以后再盘点" in text(waits)) == (409, True)
    asked = WriteOff.objects.get()
    assert client.post(url("write_off", asked.pk)).status_code == 409
    as_(client, of.clerk)
    assert "复核同意" in text(client.get(url("counter", of.station.pk)))
    client.post(url("write_off", asked.pk))
    assert of.reload().on_shelf == 7
    drop = gifts.ask_write_off(of.gift, count=1, reason="受潮", by=of.keeper, today=TODAY)
    assert client.post(url("drop_write_off", drop.pk)).status_code == 302


def test_a_reversal_is_asked_for_and_confirmed_on_the_counter(of, client):
    row = shop.handed(of)
    as_(client, of.keeper)
    wrong = client.post(url("ask_reversal", row.pk), {"reason": "发错了人"})
    assert (wrong.status_code, "请选奖品退没退回来" in text(wrong)) == (422, True)
    client.post(url("ask_reversal", row.pk), {"came_back": "yes", "reason": "发错了人"})
    asked = Reversal.objects.get()
    page = text(client.get(url("counter", of.station.pk)))
    assert "冲回要两个人" in page
    client.post(url("drop_reversal", asked.pk))
    again = handing.ask_reversal(row, came_back=True, reason="发错了", by=of.keeper, today=TODAY)
    as_(client, of.clerk)
    client.post(url("reverse_hand_out", again.pk))
    assert Redemption.objects.get().state == "reversed"


def test_the_month_sheet_adds_up_on_paper_and_as_a_table(of, client):
    shop.handed(of)
    asking = handing.ask_reversal(
        shop.handed(of), came_back=False, reason="发错了", by=of.keeper, today=TODAY
    )
    handing.reverse_hand_out(asking, by=of.clerk, today=TODAY)
    as_(client, of.keeper)
    at = f"{url('shop_sheet', of.station.pk)}?month=2026-11"
    pages = PdfReader(BytesIO(client.get(at).content)).pages
    words = "".join(page.extract_text() for page in pages)
    two = ("三、退回和报损（2 笔）", "冲回发给刘春生的：发错了", of.clerk.name)
    for each in ("桃园村联络站积分超市月报", "已冲回", "领取人签字", *two):
        assert each in words.replace("\n", "")
    heads = [month_sheet(of.station, date(2026, 11, 1), day).closing_head for day in DAYS]
    assert heads == ["11 月 28 日库存", "月末库存"]
    found = tables(client.get(f"{at}&as=xlsx"))
    figures = [0, 5, 2, 1, 1, 3]
    assert found["库存"][2:] == [["保温杯", *figures], ["合计", *figures]]
    assert len(found["发放"]) == 4
    for month in ("2026-13", "2027-01", "x"):
        assert client.get(f"{url('shop_sheet', of.station.pk)}?month={month}").status_code == 400


def test_the_desk_lists_searches_sorts_and_exports(of, client):
    shop.handed(of)
    shop.held(of)
    as_(client, make.director())
    for name, shown, query in (
        ("gifts", "桃园村联络站", "q=保温&show=all&sort=left&area=x"),
        ("purses", "刘春生", "q=春&sort=available&year=2026"),
        ("redemptions", "已领取", "q=刘&state=handed_out"),
    ):
        page = text(client.get(f"{url(name)}?{query}"))
        assert shown in page
        none = text(client.get(f"{url(name)}?q=没有这个"))
        assert "没有" in none
        (rows,) = tables(client.get(f"{url(name)}?{query}&export=1")).values()
        assert len(rows) == 3
    code = Redemption.objects.get(state="held").code
    assert code not in str(tables(client.get(f"{url('redemptions')}?export=1")))
    assert "桃园村联络站" in text(client.get(url("shop_months")))
    to = client.get(f"{url('go_counter')}?station={of.station.pk}")
    assert to.headers["Location"] == url("counter", of.station.pk)
    as_(client, of.keeper)
    assert client.get(url("gifts")).status_code == 403


def test_the_director_opens_purses_and_follows_a_grade_from_the_desk(of, client):
    cycle = of.purse.grading.cycle
    home_facts.graded(cycle, make.deputy(), grade="良好")
    as_(client, make.director())
    assert "良好 1 人，各 60 兑换分" in text(client.get(url("purses")))
    ask = text(client.get(url("open_purses", cycle.pk)))
    assert "良好 1 人各 60 分" in ask
    assert client.post(url("open_purses", cycle.pk)).status_code == 302
    assert "都已经开立了" in text(client.get(url("open_purses", cycle.pk)))
    assert client.get(url("adjust_purse", of.purse.pk)).status_code == 200
    assert client.post(url("adjust_purse", of.purse.pk)).status_code == 409


def test_lists_ask_the_database_as_often_for_one_row_as_for_three(of, client):
    def more(number):
        at, keeper = shop.station(f"第{number}联络站")
        gift = shop.offered(at, keeper, name=f"奖品{number}", price=1)
        near = shop.offered(of.station, of.keeper, name=f"奖品{number}", price=1)
        shop.held(of, gift=gift)
        shop.handed(of, shop.held(of, gift=near))
        row = Redemption.objects.filter(state="handed_out", reversals=None).first()
        handing.ask_reversal(row, came_back=True, reason="发错", by=of.clerk, today=TODAY)
        gifts.ask_write_off(of.gift, count=1, reason="坏了", by=of.clerk, today=TODAY)

    director = make.director()
    pages = [
        (of.me, url("shop")),
        (director, url("gifts")),
        (director, url("purses")),
        (director, url("redemptions")),
        (director, url("shop_months")),
        (of.keeper, url("shop_sheet", of.station.pk) + "?as=xlsx"),
    ]

    def asked():
        return [queries_of(as_(client, by), page) for by, page in pages]

    more(1)
    first = asked()
    more(2)
    more(3)
    assert asked() == first
