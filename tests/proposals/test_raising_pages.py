"""The screens of raising, signing and reviewing: each button, and what wrong input gets."""

import re
from datetime import UTC, datetime
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from congress.shared import clock
from proposals.models import Cosignature, Lineage, Proposal, RefusalGround
from proposals.permissions.review import asks_seen
from proposals.states import Kind, Signature, State
from tests import make
from tests.proposals import walk
from tests.proposals.pages import text, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_6_january():
    with clock.at(datetime(2026, 1, 6, 2, tzinfo=UTC)):
        yield


def as_office(client):
    client.force_login(make.actor().user)


def test_signatures_are_gathered_on_the_screens(client):
    lead, second = make.deputy(), make.deputy()
    make.session()
    client.force_login(make.as_deputy(lead).user)
    page = text(client.get(url("submit")))
    assert "10 名代表联名" in page
    assert "大会还没有闭幕" not in page
    sent = walk.words() | {"token": str(uuid4()), "kind": Kind.BILL}
    assert client.post(url("submit"), sent).status_code == 409
    client.post(url("call_for_signatures"), sent)
    bill = Proposal.objects.get()
    assert (bill.state, bill.kind) == (State.SIGNING, Kind.BILL)
    assert "议案连您在内要有 10 人联名" in text(client.get(url("detail", bill.pk)))
    assert client.post(url("hand_in", bill.pk)).status_code == 409

    client.force_login(make.as_deputy(second).user)
    assert "1 月 21 日截止 · 已有 0 人附议" in text(client.get(url("to_cosign")))
    client.post(url("cosign", bill.pk), {"digest": bill.digest})

    client.force_login(make.as_deputy(lead).user)
    client.post(url("reword", bill.pk), walk.words("换一个题目") | {"digest": bill.digest})
    bill.refresh_from_db()

    client.force_login(make.as_deputy(second).user)
    assert "正文改过，请重新附议" in text(client.get(url("to_cosign")))
    assert client.post(url("cosign", bill.pk), {"digest": "x"}).status_code == 409
    client.post(url("cosign", bill.pk), {"digest": bill.digest})
    signature = Cosignature.objects.standing().get()
    assert "撤回我的附议" in text(client.get(url("detail", bill.pk)))
    client.post(url("withdraw_signature", signature.pk))
    signature.refresh_from_db()
    assert signature.state == Signature.WITHDRAWN

    client.force_login(make.as_deputy(lead).user)
    assert client.post(url("withdraw", bill.pk), {"reason": ""}).status_code == 422
    client.post(url("withdraw", bill.pk), {"reason": "另提"})
    bill.refresh_from_db()
    assert bill.state == State.WITHDRAWN
    assert "已撤回：另提" in text(client.get(url("detail", bill.pk)))


def test_a_proposal_is_read_through_before_it_is_raised(client):
    make.session()
    client.force_login(make.as_deputy(make.deputy()).user)
    sent = walk.words() | {"token": str(uuid4()), "kind": Kind.SESSION}
    sent |= {"request": "加固护栏。\n桥面硬化。", "confidentiality_asked": "涉及隐私"}
    assert client.post(url("look_over"), sent | {"facts": ""}).status_code == 422
    shown = client.post(url("look_over"), sent, follow=True)
    page = text(shown)
    assert not Proposal.objects.exists()
    for said in (sent["title"], sent["facts"], "共 2 条", "请求不公开：涉及隐私", "会议期间建议"):
        assert said in page
    hidden = {field["name"]: field["value"] for field in hidden_fields(page)}
    client.post(url("submit"), hidden)
    raised = Proposal.objects.get()
    assert (raised.state, raised.kind) == (State.SUBMITTED, Kind.SESSION)
    assert raised.request.splitlines() == ["加固护栏。", "桥面硬化。"]
    assert raised.confidentiality_asked == "涉及隐私"
    assert client.get(shown.request["PATH_INFO"]).status_code == 404
    assert client.post(url("look_over"), sent).status_code == 409


def test_a_bill_is_seen_to_need_others_before_it_is_sent_and_is_nobody_elses(client):
    make.session()
    client.force_login(make.as_deputy(make.deputy()).user)
    sent = walk.words() | {"token": str(uuid4()), "kind": Kind.BILL}
    shown = client.post(url("look_over"), sent, follow=True)
    assert "议案要有 10 名代表联名，请先征集附议" in text(shown)
    assert "先征集附议</button>" in text(shown)
    where = f"{shown.request['PATH_INFO']}?{shown.request['QUERY_STRING']}"
    client.force_login(make.as_deputy(make.deputy()).user)
    assert client.get(where).status_code == 404


def hidden_fields(page):
    for found in re.findall(r"<input type=\"hidden\"[^>]*>", page):
        name, value = (re.search(f'{key}="([^"]*)"', found) for key in ("name", "value"))
        yield {"name": name[1], "value": unescape(value[1]) if value else ""}


def test_hand_in_by_its_button(client):
    proposal = walk.signing()
    client.force_login(make.as_deputy(proposal.lead).user)
    client.post(url("hand_in", proposal.pk))
    proposal.refresh_from_db()
    assert proposal.state == State.SUBMITTED


def test_the_calendar_chooses_the_kind_and_the_others_say_why_not(client):
    make.session()
    client.force_login(make.as_deputy(make.deputy()).user)
    with clock.at(datetime(2026, 5, 12, 2, tzinfo=UTC)):
        page = text(client.get(url("submit")))
    assert "今天按“闭会期间建议”提" in page
    assert "议案在大会期间提出，现在请按闭会期间建议提出。" in page
    assert "会议期间建议在闭幕后 30 天内提出" in page


def test_earlier_ones_appear_while_typing_and_one_goes_on_from_them(client):
    earlier = walk.proposal(State.ACCEPTED)
    hidden = walk.proposal(State.ACCEPTED, title="关于修复桃园村人行桥的建议", withheld="隐私")
    open_one = walk.submitted(title="关于重建桃园村过水桥的建议")
    client.force_login(make.as_deputy(make.deputy()).user)
    marked = text(client.post(url("similar"), {"title": "修复桃园村过水桥"}))
    assert "关于重建<mark>桃园村过水桥</mark>的建议" in marked
    found = re.sub("</?mark>", "", marked)
    assert earlier.title in found
    assert "接着那一件再提" in found
    assert open_one.title in found
    assert "附议那一件" in found
    assert hidden.title not in found
    assert not text(client.post(url("similar"), {"title": "路灯电费"})).strip()
    sent = walk.words() | {"token": str(uuid4()), "continues": earlier.pk}
    client.post(url("submit"), sent)
    assert Lineage.objects.get().earlier == earlier
    sent |= {"token": str(uuid4()), "continues": hidden.pk}
    assert client.post(url("submit"), sent).status_code == 422


def test_the_office_decides_on_the_screens(client):
    as_office(client)
    ground = RefusalGround.objects.first().pk
    refused, letter = walk.submitted(), walk.submitted()
    page = text(client.get(url("accept", refused.pk)))
    assert "加固护栏。</textarea>" in page
    assert client.post(url("refuse", refused.pk), {"ground": ground}).status_code == 422
    client.post(
        url("refuse", refused.pk), {"ground": ground, "words": "在审案件", "digest": refused.digest}
    )
    assert client.post(url("treat_as_letter", letter.pk), {}).status_code == 422
    client.post(url("treat_as_letter", letter.pk), {"words": "转信访局", "digest": letter.digest})
    refused.refresh_from_db(), letter.refresh_from_db()
    assert (refused.state, letter.state) == (State.REFUSED, State.LETTER)
    for row in (refused, letter):
        assert client.get(url("dossier", row.pk)).status_code == 200


def test_accept_takes_the_asks_as_the_office_wrote_them(client):
    as_office(client)
    proposal = walk.submitted(confidentiality_asked="涉及个人隐私")
    page = text(client.get(url("accept", proposal.pk)))
    assert 'value="涉及个人隐私"' in page
    long = {"asks": "长" * 301}
    assert client.post(url("accept", proposal.pk), long).status_code == 422
    asks = {"asks": "一。\n\n二。", "withheld_reason": "", "wish_words": "没有写到个人情况"}
    client.post(url("accept", proposal.pk), asks | {"digest": proposal.digest})
    assert [each.text for each in proposal.asks.all()] == ["一。", "二。"]
    split, seen = url("split", proposal.pk), asks_seen(proposal)
    assert f'name="seen" value="{seen}"' in client.get(split).content.decode()
    client.post(split, {"asks": "合成一条。", "seen": seen})
    late = client.post(split, {"asks": "还是两条。\n第二条。", "seen": seen})
    assert late.status_code == 409
    assert "同事刚刚拆分过" in text(late)
    assert "还是两条。" in text(late)
    assert seen not in late.content.decode()
    assert [each.text for each in proposal.asks.all()] == ["合成一条。"]


def test_merging_and_parting_on_the_screens(client):
    as_office(client)
    one, other = walk.accepted(2)
    page = text(client.get(url("merge", one.pk)))
    assert f"{other.number} {other.title}" in page
    assert client.post(url("merge", one.pk), {"into": one.pk}).status_code == 422
    client.post(url("merge", one.pk), {"into": other.pk})
    assert "分开办理" in text(client.get(url("dossier", one.pk)))
    assert one.number in text(client.get(url("dossier", other.pk)))
    client.post(url("unmerge", one.pk))
    one.refresh_from_db()
    assert one.state == State.ACCEPTED


def test_a_unit_and_a_deputy_do_not_get_at_the_offices_buttons(client):
    proposal = walk.submitted()
    for somebody in (walk.unit_clerk(), make.as_deputy(proposal.lead)):
        client.force_login(somebody.user)
        for name in ("refuse", "treat_as_letter", "merge", "unmerge", "split"):
            assert client.post(url(name, proposal.pk)).status_code == 403


def test_what_a_person_pastes_unseen_is_in_no_text_of_theirs(client):
    make.session()
    client.force_login(make.as_deputy(make.deputy()).user)
    sent = walk.words("修\x01桥\x1b\u202e\r\n和路") | {"token": str(uuid4())}
    sent["facts"] = "桥面\x0b断了\r\n\r\n\x08三年"
    assert client.post(url("submit"), sent).status_code == 302
    proposal = Proposal.objects.get()
    assert proposal.title == "修桥 和路"
    assert proposal.facts == "桥面\n断了\r\n\r\n三年"


@pytest.mark.parametrize("button", ["submit", "call_for_signatures"])
def test_going_back_to_a_draft_that_was_raised_leads_to_the_proposal(client, button):
    make.session()
    lead = make.deputy()
    client.force_login(make.as_deputy(lead).user)
    draft = walk.draft(lead, **walk.words())
    sent = walk.words() | {"token": draft.token, "kind": Kind.SESSION}
    assert client.post(reverse(f"proposals:{button}"), sent).status_code == 302
    to = reverse("proposals:detail", args=[Proposal.objects.get().pk])
    for name in ("submit", "look_over"):
        answer = client.get(reverse(f"proposals:{name}"), {"draft": draft.pk})
        page = answer.content.decode()
        assert (answer.status_code, "这份草稿已经提出" in page, f'href="{to}"' in page) == (
            404,
            True,
            True,
        )
    client.logout()  # another day, another browser
    client.force_login(make.as_deputy(lead).user)
    answer = client.get(reverse("proposals:submit"), {"draft": draft.pk})
    assert f'href="{to}"' in answer.content.decode()
    client.force_login(make.as_deputy(make.deputy()).user)
    answer = client.get(reverse("proposals:submit"), {"draft": draft.pk})
    assert (answer.status_code, "已经提出" in answer.content.decode()) == (404, False)
