"""一码二亮的页面: the voter's, the deputy's and the desk's, and the papers with the codes."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from congress.shared.qr import qr_svg
from congress.shared.roles import DESK
from deputies.documents import _coded, cards_pdf, poster_pdf
from deputies.models import Deputy, Message
from deputies.queries import messages as queries
from deputies.rules import MESSAGES_AN_HOUR
from tests import make
from tests.deputies import seats
from tests.deputies import voters as made
from tests.scoring.year import as_, queries_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_may")]
TODAY = make.TODAY


def url(name, *args):
    return reverse(f"deputies:{name}", args=args)


SENT = {"words": "桃园村四组的路灯坏了两个月", "place": "桃园村四组", "contact": "13987654321"}


def test_a_voter_who_wrote_too_often_is_told_so_as_a_refusal_and_loses_no_word(client):
    address = url("send_message", make.deputy().code)
    for number in range(MESSAGES_AN_HOUR.on(TODAY)):
        assert (
            client.post(address, SENT | {"words": f"{SENT['words']}，第{number}次"}).status_code
            == 302
        )
    once_more = client.post(address, SENT)
    assert (once_more.status_code, "一小时以后再写" in text(once_more)) == (409, True)
    assert "桃园村四组" in text(once_more)


def test_a_voter_writes_without_an_account_and_asks_with_the_number(client):
    deputy = make.deputy("柳如是")
    page = text(client.get(reverse("home:deputy", args=[deputy.code])))
    assert ("给柳如是代表留言" in page, url("send_message", deputy.code) in page) == (True, True)
    address = url("send_message", deputy.code)
    short = client.post(address, SENT | {"words": "灯"})
    assert (short.status_code, "太短了" in text(short)) == (422, True)
    assert "桃园村四组" in text(short), "nothing typed is lost"
    bot = client.post(address, SENT | {"site": "spam.example"})
    assert (bot.status_code, Message.objects.count()) == (422, 0)
    answer = client.post(address, SENT, follow=True)
    message = Message.objects.get()
    shown = text(answer)
    assert (message.receipt in shown, "请记下查询号" in shown) == (True, True)
    assert "no-store" in answer["Cache-Control"]
    assert f"打开 127.0.0.1:8000{url('receipt')}" in shown
    assert url("receipt") in client.get("/").content.decode()
    made.answered(message)
    found = text(client.post(url("receipt"), {"number": f" {message.receipt.lower()} "}))
    assert ("已报修，周五前修好" in found, "路灯" in found, "139" in found) == (True, False, False)
    wrong = client.post(url("receipt"), {"number": "AAAAAAAA"})
    assert (wrong.status_code, "没有这个查询号" in text(wrong)) == (404, True)
    assert client.get(url("receipt")).status_code == 200


def test_the_deputy_answers_on_the_phone_and_looks_at_the_contact_once(client):
    deputy = make.deputy()
    message = made.sent(deputy)
    as_(client, make.as_deputy(deputy))
    assert "路灯坏了" in text(client.get(url("messages")))
    page = text(client.get(url("message", message.pk)))
    assert ("13987654321" in page, "13*******21" in page) == (False, True)
    seen = client.post(url("reveal_contact", message.pk), follow=True)
    assert "联系方式：13987654321" in text(seen)
    assert "13987654321" not in text(client.get(url("message", message.pk)))
    assert client.post(url("answer_message", message.pk), {"answer": ""}).status_code == 422
    client.post(url("answer_message", message.pk), {"answer": "已报修。"})
    assert "已报修" in text(client.get(url("message", message.pk)))
    other = made.sent(deputy, origin="b")
    client.post(url("close_message", other.pk), {"reason": "请走诉讼渠道。"})
    assert "不受理的原因" in text(client.get(url("message", other.pk)))


def test_a_late_message_says_so():
    message = made.sent()
    Message.objects.update(sent_at=message.sent_at - timedelta(days=8))
    line = queries.inbox(make.as_deputy(message.deputy), TODAY)[0]
    assert (line.days, line.late) == (8, True)
    assert queries.receipt(message.receipt, TODAY).over
    assert list(queries.overdue(TODAY)) == [message]


def test_strangers_and_other_deputies_find_no_message(client):
    message = made.sent()
    as_(client, make.as_deputy(make.deputy()))
    for name in ("message", "answer_message", "close_message"):
        assert client.get(url(name, message.pk)).status_code == 404
    assert client.post(url("reveal_contact", message.pk)).status_code == 404


@pytest.mark.parametrize("role", sorted(DESK))
def test_the_desk_never_shows_a_contact(client, role):
    message = made.sent()
    as_(client, make.actor(role))
    for page in (url("message", message.pk), reverse("admin:deputies_message_changelist")):
        shown = text(client.get(page))
        assert ("路灯坏了" in shown, "13987654321" in shown) == (True, False)
    assert client.post(url("reveal_contact", message.pk)).status_code == 409


def test_pledges_are_written_on_the_phone_and_stand_beside_their_fact(client):
    deputy = make.deputy()
    as_(client, make.as_deputy(deputy))
    assert "我的代表码" in text(client.get(url("my_code")))
    lines = {"pledges-TOTAL_FORMS": 3, "pledges-INITIAL_FORMS": 0}
    wrong = client.post(url("pledge", deputy.pk), lines | {"pledges-0-target": "3"})
    assert (wrong.status_code, "请写上承诺" in text(wrong)) == (422, True)
    sent = {"pledges-0-text": "七天内有回音", "pledges-0-measure": "messages"}
    sent |= {"pledges-1-text": "每年走访十户", "pledges-1-measure": "contacts"}
    client.post(url("pledge", deputy.pk), lines | sent | {"pledges-1-target": "10"})
    made.answered(made.sent(deputy))
    page = text(client.get(reverse("home:deputy", args=[deputy.code])))
    for said in ("七天内有回音", "今年 1 件，1 件按时答复", "已做到", "承诺 10 次", "兑现中"):
        assert said in page
    as_(client, make.actor())
    client.post(url("pledge", deputy.pk), lines | {"pledges-0-text": "每月到站一次"})
    assert "每月到站一次" in text(client.get(url("person", deputy.pk)))


def test_the_office_renews_a_code_with_a_reason(client):
    deputy = make.deputy()
    as_(client, make.actor())
    empty = client.post(url("renew_code", deputy.pk), {"reason": ""})
    assert (empty.status_code, "请填写换码原因" in text(empty)) == (422, True)
    client.post(url("renew_code", deputy.pk), {"reason": "码被覆盖"})
    assert Deputy.objects.get().code != deputy.code


def test_cards_and_poster_are_papers_of_the_serving_members(client):
    one, rests = make.deputy("柳如是"), make.deputy("王伟民")
    seats.suspended(rests)
    group = make.group()
    cards = queries.cards(group, TODAY)
    assert [(card.name, card.congresses, card.code) for card in cards] == [
        ("柳如是", "县级人大代表", one.code)
    ]
    for paper in (cards_pdf, poster_pdf):
        assert paper(group, cards)[:5] == b"%PDF-"
    as_(client, make.actor())
    for name in ("cards", "poster"):
        assert client.get(url(name, group.pk))["Content-Type"] == "application/pdf"
    as_(client, make.as_deputy(one))
    assert client.get(url("cards", group.pk)).status_code == 404


def test_the_printed_codes_lead_to_the_countys_own_site(settings):
    settings.SITE_URL = "https://rd.example.cn"
    one = make.deputy()
    address = f"https://rd.example.cn{reverse('home:deputy', args=[one.code])}"
    cards = [(card, qr_svg(address)) for card in queries.cards(make.group(), TODAY)]
    coded = _coded(make.group(), queries.cards(make.group(), TODAY))
    assert (coded["cards"], coded["host"]) == (cards, "rd.example.cn")


@pytest.mark.parametrize("members", [1, 16, 20, 30])
def test_a_groups_poster_is_one_sheet(members):
    card = queries.Card("欧阳国华", "市级人大代表、县级人大代表", "柳河镇第一代表小组", "x" * 22)
    assert len(PdfReader(BytesIO(poster_pdf(make.group(), [card] * members))).pages) == 1


def test_a_card_names_no_seat_of_the_past_or_of_a_term_to_come():
    one = make.deputy(levels=("county", "township"))
    seats.terminated(one.mandates.get(term__assembly__level__code="township"))
    assert queries.cards(make.group(), TODAY)[0].congresses == "县级人大代表"


def test_the_queries_of_the_lists_are_fixed(client):
    deputy = make.deputy()
    made.answered(made.sent(deputy, origin="a"))
    made.sent(deputy, origin="b")
    as_(client, make.as_deputy(deputy))
    one = queries_of(client, url("messages"))
    for number in range(2):
        made.answered(made.sent(deputy, origin=f"c{number}"))
        made.sent(deputy, origin=f"d{number}")
    assert queries_of(client, url("messages")) == one
