"""待审查: one after the other without leaving the list, and many at once."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.shared import clock
from congress.shared.roles import Role
from proposals.actions import review, submission
from proposals.models import Proposal, RefusalGround
from proposals.states import Kind, State
from tests import make
from tests.proposals import walk
from tests.proposals.pages import text, url
from tests.tamper import as_owner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_8_january")]


def test_the_list_takes_the_same_queries_for_one_row_and_for_three(office):
    def counted():
        office.get(url("to_review"))
        with CaptureQueriesContext(connection) as seen:
            assert office.get(url("to_review")).status_code == 200
        return len(seen)

    walk.submitted()
    one = counted()
    walk.submitted(title="关于办好学校食堂的建议")
    walk.submitted(title="关于增设公交站的建议")
    assert counted() == one


def test_an_act_leads_to_the_next_of_the_list(office):
    first, second = walk.submitted(), walk.submitted(title="关于路灯的建议")
    page = office.get(url("to_review"))
    assert (page.context["proposal"], page.context["following"]) == (first, second.pk)
    sent = {"asks": "办。", "list": "sort=", "following": second.pk, "digest": first.digest}
    answer = office.post(url("accept", first.pk), sent)
    assert answer.url == f"{url('to_review')}?sort=&one={second.pk}#one"
    assert office.get(answer.url).context["proposal"] == second
    answer = office.post(
        url("send_back", second.pk), {"reason": "写清楚", "list": "", "digest": second.digest}
    )
    assert "0 件，没有等着审查的" in text(office.get(answer.url))


def test_a_mistake_in_a_form_does_not_lose_the_list(office):
    proposal = walk.submitted()
    answer = office.post(url("send_back", proposal.pk), {"reason": "", "list": "sort=newest"})
    assert answer.status_code == 422
    assert 'name="list" value="sort=newest"' in text(answer)


def test_a_mistake_is_answered_in_the_list_with_what_was_typed(office):
    first, second = walk.submitted(), walk.submitted(title="关于路灯的建议")
    sent = {"ground": "", "words": "不归本级管", "list": "sort=newest", "following": first.pk}
    answer = office.post(url("refuse", second.pk), sent)
    page = text(answer)
    assert (answer.status_code, answer.context["proposal"]) == (422, second)
    assert [each.proposal for each in answer.context["lines"]] == [second, first]
    assert "不归本级管</textarea>" in page
    assert f'href="{url("to_review")}?sort=newest&amp;one={first.pk}#one"' in page
    assert f'action="{url("to_review")}"' in page


def test_what_somebody_else_decided_meanwhile_is_said_and_the_next_opens(office):
    first, second = walk.submitted(), walk.submitted(title="关于路灯的建议")
    review.accept(first, by=make.actor(user=make.user("李敏")), today=clock.today())
    sent = {"list": "sort=", "following": second.pk}
    for name, words in (
        ("accept", {"asks": "办。"}),
        ("send_back", {"reason": "写清楚"}),
        ("send_back", {"reason": ""}),
        ("treat_as_letter", {"words": "信访局"}),
    ):
        answer = office.post(url(name, first.pk), sent | words, follow=True)
        assert answer.context["proposal"] == second
        assert "李敏 10:00 办了，现在是“待交办”，编号 1905001" in text(answer)
    assert office.post(url("send_back", first.pk), {"reason": "写清楚"}).status_code == 409


def test_a_refusal_of_what_still_waits_is_answered_in_the_list(office):
    bill = walk.submitted()
    with as_owner():
        Proposal.objects.filter(pk=bill.pk).update(kind=Kind.BILL)
    answer = office.post(
        url("accept", bill.pk), {"asks": "只写这一条。", "list": "sort=", "digest": bill.digest}
    )
    assert (answer.status_code, answer.context["proposal"]) == (409, bill)
    assert "10 人联名" in text(answer) or "10 名" in text(answer)
    assert "只写这一条。</textarea>" in text(answer)


def test_a_leader_reads_the_text_and_its_state_and_is_offered_no_decision(client):
    client.force_login(make.actor(Role.LEADER).user)
    proposal = walk.submitted()
    for page in (text(client.get(url("to_review"))), text(client.get(url("accept", proposal.pk)))):
        assert proposal.facts in page
        assert "只有代工委可以审查建议" in page
        for offered in ("受理并编号", "退回修改…", "批量受理", 'name="chosen"'):
            assert offered not in page
    walk.proposal(State.ACCEPTED)
    page = text(client.get(url("draw_up_sheet")))
    assert "只有代工委可以拟交办单" in page
    assert "列入" not in page


def test_filters_sort_and_export_say_the_same(office):
    bridge = walk.submitted()
    again = walk.submitted(title="关于修复桃园村过水桥的建议", request="=1+1")
    other = walk.submitted(title="关于城区公交线路的建议")
    walk.signed(other)
    alike = text(office.get(url("to_review"), {"like": "on"}))
    assert bridge.title in alike
    assert other.title not in alike
    rows = office.get(url("to_review"), {"sort": "signed"}).context["lines"]
    assert rows[0].proposal == other
    where = bridge.delegation_id
    assert len(office.get(url("to_review"), {"delegation": where}).context["lines"]) == 3
    book = ZipFile(BytesIO(office.get(url("to_review_export"), {"like": "on"}).content))
    words = book.read("xl/sharedStrings.xml").decode()
    assert again.title in words
    assert other.title not in words
    assert office.get(url("to_review"), {"sort": "x"}).status_code == 400


def test_only_the_office_gets_to_the_list(client):
    client.force_login(walk.unit_clerk().user)
    for name in ("to_review", "to_review_export", "accept_chosen"):
        assert client.get(url(name)).status_code == 403


def test_a_long_ask_is_cut_by_nobody_and_split_by_a_person(office):
    long = "加固护栏。" * 61
    row = walk.submitted(request=f"{long}\n装上路灯。")
    said = text(office.post(url("accept_chosen"), {"chosen": row.pk}, follow=True))
    words = "每条请求最多 300 个字，“加固护栏。加固护栏。加固……”有 305 个字。"
    assert f"没有受理“{row.title}”：{words}请打开来单独拆分。" in said
    assert long in text(office.get(url("accept", row.pk)))
    split = f"{'加固护栏。' * 60}\n装上路灯。"
    assert (
        office.post(url("accept", row.pk), {"asks": split, "digest": row.digest}).status_code == 302
    )
    assert row.asks.count() == 2


def test_left_empty_the_form_of_a_long_ask_says_so(office):
    row = walk.submitted(request="加固护栏。" * 61)
    answer = office.post(url("accept", row.pk), {"asks": ""})
    assert "每条请求最多 300 个字" in text(answer)
    row.refresh_from_db()
    assert row.state == State.SUBMITTED


def test_nothing_is_decided_on_a_text_that_was_changed_after_the_page_was_opened(office):
    row = walk.submitted()
    chosen = {"chosen": row.pk, f"digest_{row.pk}": row.digest}
    for page in (url("to_review"), url("accept", row.pk)):
        assert text(office.get(page)).count(f'name="digest" value="{row.digest}"') == 4
    page = text(office.get(url("accept_chosen"), {"chosen": row.pk}))
    assert f'name="digest_{row.pk}" value="{row.digest}"' in page
    review.send_back(row, reason="请写清楚。", by=make.actor())
    said = walk.words() | {"request": "重建这座桥。"}
    by = make.as_deputy(row.lead)
    submission.resubmit(Proposal.objects.get(), **said, by=by, today=walk.SUBMITTED_ON)
    ground = RefusalGround.objects.first().pk
    for name, filled in (
        ("accept", {"asks": "加固护栏。"}),
        ("send_back", {"reason": "写清楚"}),
        ("refuse", {"ground": ground, "words": "不属本级。"}),
        ("treat_as_letter", {"words": "转信访局。"}),
    ):
        for digest, words in (
            ({"digest": row.digest}, "正文刚刚改过，请看完新的正文再"),
            ({}, "没有写明看的是哪一份正文"),
        ):
            answer = office.post(url(name, row.pk), filled | digest)
            assert answer.status_code == 409
            assert words in text(answer)
    assert "正文刚刚改过" in text(office.post(url("accept_chosen"), chosen, follow=True))
    unread = office.post(url("accept_chosen"), {"chosen": row.pk}, follow=True)
    assert "没有写明看的是哪一份正文" in text(unread)
    row.refresh_from_db()
    assert row.state == State.SUBMITTED
    office.post(url("accept", row.pk), {"asks": "重建。", "digest": row.digest})
    row.refresh_from_db()
    assert row.state == State.ACCEPTED


def test_a_full_stop_is_no_reason_and_the_form_keeps_what_was_typed(office):
    row = walk.submitted()
    sent = {"reason": "。", "list": "", "digest": row.digest}
    answer = office.post(url("send_back", row.pk), sent)
    assert answer.status_code in (409, 422)
    page = answer.content.decode()
    assert "退回要写明请代表改什么" in page
    assert re.search(r"<textarea[^>]*name=\"reason\"[^>]*>\s*。</textarea>", page)
