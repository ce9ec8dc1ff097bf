"""办理台和一件: lights, filters, export, what is lacking, and who else is there."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from redis.exceptions import ConnectionError as Gone

from congress.shared import clock
from congress.shared.models import Organisation
from proposals.actions import assignment, meetings, opinions, receiving, replies
from proposals.clock_forms import PauseForm
from proposals.models import Assignment, OutcomeClass, Proposal, ReplyDraft
from proposals.queries import units
from proposals.queries.presence import others_here
from proposals.sharing import Share
from proposals.states import Stage, State, UnitRole
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db
DESK = reverse("proposals:unit_desk")


@pytest.fixture(autouse=True)
def _on_12_may():
    cache.clear()
    with clock.at(datetime(2026, 5, 12, 2, tzinfo=UTC)):
        yield


def words(answer):
    return "".join(strip_tags(answer.content.decode()).split())


def case(proposal):
    return reverse("proposals:case", args=[proposal.pk])


def test_first_contact_has_a_light_of_its_own_until_the_first_meeting(client):
    proposal = walk.proposal(State.ASSIGNED)
    client.force_login(walk.unit_clerk().user)
    assert "首次联系超期" in words(client.get(DESK))
    assert "首次联系代表超期" in words(client.get(case(proposal)))
    walk.met(proposal.lead_assignment, Stage.BEFORE)
    assert "首次联系" not in words(client.get(DESK))


def test_the_desk_is_filtered_by_light_role_and_next_act_and_exported_as_shown(client):
    helper = make.unit("县财政局")
    met = walk.proposal(State.ASSIGNED, title="关于见过面的建议")
    walk.met(met.lead_assignment)
    walk.proposal(State.ASSIGNED, title="关于协办的建议", unit=helper, assisting=[make.unit()])
    client.force_login(walk.unit_clerk().user)
    shown = words(client.get(DESK))
    assert ("关于见过面的建议" in shown, "关于协办的建议" in shown) == (True, True)
    for asked, there in (
        ({"role": "lead"}, "关于见过面的建议"),
        ({"role": "help"}, "关于协办的建议"),
        ({"act": "write"}, "关于见过面的建议"),
        ({"act": "opine"}, "关于协办的建议"),
        ({"light": "late"}, "关于协办的建议"),
    ):
        rows = [each.assignment.proposal.title for each in client.get(DESK, asked).context["page"]]
        assert rows == [there]
        file = client.get(reverse("proposals:unit_export"), asked).content
        cells = ZipFile(BytesIO(file)).read("xl/sharedStrings.xml").decode()
        assert there in cells
        assert cells.count("关于") == 1
    assert client.get(DESK, {"light": "x", "page": "99"}).status_code == 200
    client.force_login(make.actor().user)
    assert client.get(reverse("proposals:unit_export")).status_code == 404


def test_the_row_calls_each_other_unit_by_what_it_is_in_the_case():
    lead, beside, helper = make.unit(), make.unit("县教育局"), make.unit("县财政局")
    row = walk.proposal(State.ACCEPTED)
    shares = [
        Share(lead, UnitRole.LEAD),
        Share(beside, UnitRole.SEPARATE),
        Share(helper, UnitRole.ASSISTING),
    ]
    assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    said = {
        unit: units.desk(walk.unit_clerk(unit), walk.REPLIED_ON).cases[0].partners
        for unit in (lead, helper)
    }
    assert said[lead] == f"分办 {beside.short_name}；协办 {helper.short_name}"
    assert said[helper] == f"主办 {lead.short_name}；分办 {beside.short_name}"


def test_the_row_says_that_the_deputy_denied_the_meeting_and_calls_for_another():
    part = walk.proposal(State.ASSIGNED).lead_assignment
    walk.met(part, Stage.BEFORE)
    meetings.deny_meeting(
        part.meetings.get(),
        words="那天没有见面。",
        by=make.as_deputy(part.proposal.lead),
        today=walk.REPLIED_ON,
    )
    (row,) = units.desk(walk.unit_clerk(), walk.REPLIED_ON).cases
    assert (row.next, row.act) == ("代表说登记的办前见面不属实，请重新约，再登记", "meet")
    walk.met(Proposal.objects.get().lead_assignment, Stage.BEFORE)
    walk.borne_out(part)
    (row,) = units.desk(walk.unit_clerk(), walk.REPLIED_ON).cases
    assert row.next == "和代表办中见面，再登记"


def test_after_the_signature_a_further_version_is_folded_away(client):
    row = walk.proposal(State.ANSWERED)
    client.force_login(walk.unit_clerk().user)
    page = client.get(case(row)).content.decode()
    folded = page[page.index('<details class="why" id="again">') :]
    assert "再写一版…" in folded
    assert "还差" in folded[: folded.index("</details>")]
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
                file_number="函 1 号",
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


def test_the_heads_desk_opens_with_what_waits_for_the_own_signature(client):
    walk.proposal(State.ASSIGNED, title="关于排在前面的建议")
    row = walk.proposal(State.ASSIGNED, title="关于等签字的建议", session=make.session(6))
    walk.gated(row.lead_assignment)
    walk.to_sign(row.lead_assignment)
    desk = units.desk(walk.unit_head(), walk.REPLIED_ON)
    assert units.headline(desk) == "先签这一件：关于等签字的建议"
    assert desk.cases[0].assignment.proposal.title == "关于等签字的建议"
    assert [case.verb for case in desk.cases] == ["签发…", "登记见面…"]
    client.force_login(walk.unit_head().user)
    page = client.get(DESK).content.decode()
    assert page.count('class="btn main') == 1
    assert page.index("签发…") < page.index("登记见面…")
    theirs = units.desk(walk.unit_clerk(), walk.REPLIED_ON)
    assert [case.verb for case in theirs.cases] == ["登记见面…", "看这一件…"]


def test_a_lead_unit_waits_for_its_joint_units_before_its_head_signs(client):
    joint = make.unit("县财政局")
    row = walk.proposal(State.ACCEPTED)
    shares = [Share(make.unit(), UnitRole.LEAD), Share(joint, UnitRole.JOINT)]
    assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    part = Proposal.objects.get().lead_assignment
    walk.gated(part)
    walk.to_sign(part)
    assert units.desk(walk.unit_head(), walk.REPLIED_ON).first is None
    theirs = units.desk(walk.unit_head(joint), walk.REPLIED_ON)
    assert units.headline(theirs).startswith(f"先签这一件：{row.title}")


def test_the_desk_names_what_waits_to_be_received_when_nothing_presses(client):
    row = walk.proposal(State.ASSIGNED)
    desk = units.desk(walk.unit_clerk(), walk.ASSIGNED_ON)
    assert units.headline(desk) == f"先签收这一件：{row.title}"
    receiving.receive(row.lead_assignment, by=walk.unit_clerk())
    desk = units.desk(walk.unit_clerk(), walk.ASSIGNED_ON)
    assert units.headline(desk) == "没有超期和临近的建议"


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
