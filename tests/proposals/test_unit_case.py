"""一件: the unit's page of one case, from its draft to the signature, and who else is there."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from redis.exceptions import ConnectionError as Gone

from congress.shared import clock
from congress.shared.models import Organisation
from proposals.actions import opinions, receiving, replies
from proposals.clock_forms import PauseForm
from proposals.models import Assignment, OutcomeClass, ReplyDraft
from proposals.queries.presence import others_here
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.proposals.pages import case
from tests.scoring.facts import on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_12_may")]


def test_after_the_signature_a_further_version_is_folded_away(client):
    row = walk.proposal(State.ANSWERED)
    client.force_login(walk.unit_clerk().user)
    page = client.get(case(row)).content.decode()
    folded = page[page.index('<details class="why" id="again">') :]
    assert "再写一版…" in folded
    assert "还差" in folded[: folded.rindex("</details>")]
    walk.drafted(row.lead_assignment)
    assert 'id="again"' not in client.get(case(row)).content.decode()


def test_the_head_reads_to_whom_it_goes_before_signing_and_is_asked_once_more(client):
    row = walk.proposal(State.ASSIGNED)
    walk.gated(row.lead_assignment)
    walk.to_sign(row.lead_assignment)
    client.force_login(walk.unit_head().user)
    page = client.get(case(row)).content.decode()
    assert f"签发以后立即送{row.lead.name}代表" in page
    assert 'data-ask="签发以后立即送代表，不能收回。确定签发吗？"' in page


def test_a_number_that_a_letter_of_the_unit_has_already_is_said_to_clerk_and_head(client):
    row, other = walk.proposal(State.ANSWERED), walk.proposal(State.ASSIGNED)
    walk.drafted(row.lead_assignment)
    walk.drafted(other.lead_assignment, file_number="竹交函〔2026〕18号")
    for by in (walk.unit_clerk(), walk.unit_head()):
        client.force_login(by.user)
        assert "已经用在本件第 1 版的答复函上，请核对" in client.get(case(row)).content.decode()
        page = client.get(case(other)).content.decode()
        assert f"已经用在{row.number}的答复函上，请核对" in page
    walk.drafted(other.lead_assignment, file_number="竹交函〔2026〕21 号")
    assert "已经用在" not in client.get(case(other)).content.decode()
    elsewhere = walk.proposal(State.ASSIGNED, unit=make.unit("县财政局"))
    walk.drafted(elsewhere.lead_assignment)
    client.force_login(walk.unit_clerk(make.unit("县财政局")).user)
    assert "已经用在" not in client.get(case(elsewhere)).content.decode()


def test_a_day_field_has_its_day_as_a_browser_reads_it():
    form = PauseForm(initial={"from_on": date(2026, 11, 29)})
    assert 'value="2026-11-29"' in str(form["from_on"])


def test_what_is_lacking_is_named_with_its_place(client):
    proposal = walk.proposal(State.ASSIGNED)
    client.force_login(walk.unit_clerk().user)
    walk.drafted(proposal.lead_assignment, file_number="", answers={})
    page = client.get(case(proposal)).content.decode()
    for place, said in (
        (f"ask-{proposal.asks.get().pk}", "第 1 条没有答复"),
        ("id_file_number", "文号没有写"),
        ("record", "办前见面还没有登记"),
    ):
        assert f'<a href="#{place}">{said}</a>' in page
        assert f'id="{place}"' in page
    assert "还差 5 样，不能送签" in page


def test_a_conflict_gives_the_own_text_back_beside_the_others(client):
    proposal, other = walk.proposal(State.ASSIGNED), walk.unit_clerk()
    save = reverse("proposals:save_reply", args=[proposal.pk])
    client.force_login(walk.unit_clerk().user)
    assert client.get(case(proposal)).context["reply_form"]["edition"].value() == 0
    walk.drafted(proposal.lead_assignment, by=other, text="同事先写的一段话")
    answer = client.post(save, {"edition": "0", "text": "我写了很久的一段话"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"{other.name}在" in page
    assert ("同事先写的一段话" in page, "我写了很久的一段话" in page) == (True, True)
    assert ReplyDraft.objects.get().text == "同事先写的一段话"
    assert client.post(save, {"edition": "1", "text": "对照改好的话"}).status_code == 302
    assert ReplyDraft.objects.get().edition == 2
    page = client.get(case(proposal)).content.decode()
    assert ("保存第 1 稿" in page, "保存第 2 稿" in page) == (True, True)


def test_who_else_has_the_draft_open_is_shown_and_nobody_when_the_cache_is_gone(
    client, monkeypatch
):
    proposal, other = walk.proposal(State.ASSIGNED), walk.unit_clerk()
    part = proposal.lead_assignment
    assert others_here(part, other) == []
    client.force_login(walk.unit_clerk().user)
    presence = reverse("proposals:presence", args=[proposal.pk])
    assert f"{other.name}也打开着这件" in client.get(presence).content.decode()
    assert f"{other.name}也打开着这件" in client.get(case(proposal)).content.decode()

    def gone(*_):
        raise Gone

    monkeypatch.setattr(type(cache._connections[cache._alias]), "set", gone)
    assert client.get(case(proposal)).status_code == 200
    assert other.name not in client.get(presence).content.decode()
    client.force_login(walk.unit_clerk(make.unit("县教育局")).user)
    assert client.get(presence).status_code == 404


def test_the_case_takes_the_same_queries_for_one_unit_and_for_three(client):
    def counted(proposal):
        client.force_login(walk.unit_clerk().user)
        client.get(case(proposal))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(case(proposal)).status_code == 200
        return len(seen)

    def helped(*names):
        units = [make.unit(name) for name in names]
        row = walk.proposal(State.ASSIGNED, assisting=units)
        for unit in units:
            opinions.send_opinion(
                row.assignments.get(unit=unit),
                text="可以安排。",
                file_number="县财函〔2026〕1 号",
                signer="柯尊文",
                by=walk.unit_clerk(unit),
                today=make.TODAY,
            )
        walk.drafted(row.lead_assignment)
        return row

    one = counted(helped("县财政局"))
    assert counted(helped("县教育局", "县水利和湖泊局", "县农业农村局")) == one


def test_asking_who_is_here_reads_no_case(client):
    def counted(proposal):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("proposals:presence", args=[proposal.pk])).status_code == 200
        return [each["sql"] for each in seen]

    bare, full = walk.proposal(State.ASSIGNED), walk.proposal(State.ANSWERED)
    client.force_login(walk.unit_clerk().user)
    counted(bare)
    few = counted(bare)
    assert not [sql for sql in few if "proposals_meeting" in sql or "proposals_replydraft" in sql]
    for _ in range(2):
        walk.unit_clerk()
    assert len(counted(full)) == len(few)


def test_what_the_letter_says_of_whom_to_ask_is_named_before_it_is_signed(client):
    row = walk.proposal(State.ASSIGNED)
    part, clerk = row.lead_assignment, walk.unit_clerk()
    client.force_login(clerk.user)
    page = client.get(case(row)).content.decode()
    assert "没有定经办人，函上只写“办公室”" in page
    assert "本单位没有登记办公电话" in page
    receiving.receive(part, by=clerk)
    receiving.hand_on(Assignment.objects.get(), to=clerk.user, by=clerk, today=walk.REPLIED_ON)
    Organisation.objects.filter(pk=part.unit_id).update(phone="0719-1220136")
    assert "联系人不全" not in client.get(case(row)).content.decode()


def test_the_number_of_a_letter_is_kept_without_spaces_and_its_example_is_the_units_own(client):
    row = walk.proposal(State.ASSIGNED)
    client.force_login(walk.unit_clerk().user)
    assert "像“×函〔2026〕18号”这样" in client.get(case(row)).content.decode()
    save = reverse("proposals:save_reply", args=[row.pk])
    client.post(save, {"edition": "0", "text": "办。", "file_number": " 竹交函 〔2026〕 7 号 "})
    assert ReplyDraft.objects.get().file_number == "竹交函〔2026〕7号"
    other = walk.proposal(State.ANSWERED)
    page = client.get(case(row)).content.decode()
    assert f"本单位上一封是“{other.reply.file_number}”。" in page


def test_an_ask_that_a_picture_shows_is_not_said_to_have_nothing_to_show_it(client):
    row = walk.proposal(State.ASSIGNED)
    walk.gated(row.lead_assignment)
    words = replies.Words(OutcomeClass.objects.get(code="A"), "已经修好。")
    draft = walk.drafted(row.lead_assignment, answers={row.asks.get().pk: words})
    walk.shown(draft)
    by = walk.unit_clerk()
    replies.submit_for_signing(row.lead_assignment, by=by, today=walk.REPLIED_ON)
    client.force_login(walk.unit_head().user)
    page = client.get(case(row)).content.decode()
    assert ("没有写依据" in page, "依据见照片" in page) == (False, True)


def test_a_case_has_one_main_act_the_receipt_before_all(client):
    def mains(by, proposal):
        client.force_login(by.user)
        page = client.get(case(proposal)).content.decode()
        return re.findall(r'<button class="btn main"(?![^>]*disabled)[^>]*>([^<]+)', page)

    helper = make.unit("县财政局")
    row = walk.proposal(State.ASSIGNED, assisting=[helper])
    assert mains(walk.unit_clerk(), row) == ["签收"]
    assert mains(walk.unit_clerk(helper), row) == ["签收"]
    for part in row.assignments.all():
        receiving.receive(part, by=walk.unit_clerk(part.unit))
    assert mains(walk.unit_clerk(), row) == ["登记这次见面"]
    assert mains(walk.unit_clerk(helper), row) == ["送主办单位"]
    walk.gated(row.lead_assignment)
    walk.drafted(row.lead_assignment)
    assert mains(walk.unit_clerk(), row) == ["送负责人签发"]


def test_what_was_written_down_in_another_year_says_of_which(client):
    proposal = walk.proposal(State.ASSIGNED)
    receiving.receive(proposal.lead_assignment, by=walk.unit_clerk())
    walk.drafted(proposal.lead_assignment)
    with on(date(walk.ASSIGNED_ON.year + 1, 1, 6)):
        client.force_login(walk.unit_clerk().user)
        page = client.get(case(proposal)).text
    drafts = page.split('id="editions"')[1].split("</section>")[0]
    made = clock.today()
    assert f"{made.year} 年 {made.month} 月 {made.day} 日 " in drafts
    received = page.split("签收 · ")[0][-40:]
    assert f"{made.year} 年 " in received
