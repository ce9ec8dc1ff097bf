"""交办的页面: drawn up, heard, answered, settled, printed; the unit's and the deputy's side."""

import io
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from congress.shared.models import Organisation, Workday
from congress.shared.pictures import UnitLoad
from congress.shared.roles import Role
from proposals import sheet_papers
from proposals.actions import review, sheets, submission
from proposals.models import Assignment, Extension, Objection, Proposal, Sheet
from proposals.queries import sheets as queries
from proposals.queries.unit_sheets import by_unit, contact
from proposals.sharing import Share
from proposals.states import ExtensionState, Part, SheetState, State, UnitRole
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk
from tests.proposals.test_extensions import ask
from tests.proposals.test_tasks import at_eight

pytestmark = pytest.mark.django_db


def sent(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def at(name, *args):
    return reverse(f"proposals:{name}", args=args)


def words(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_sheet_is_drawn_up_changed_heard_and_settled_on_its_pages():
    office, unit, other = sent(make.actor()), make.unit(), make.unit(facts.OTHER)
    row, left = walk.proposal(State.ACCEPTED), walk.proposal(State.ACCEPTED, title="关于路灯的建议")
    with at_eight(facts.DRAWN_ON):
        assert row.title in words(office.get(at("draw_up_sheet")))
        missing = office.post(at("draw_up_sheet"), {"name": "单", f"on_{row.pk}": "on"})
        assert "请选主办单位" in words(missing, 422)
        said = {"name": "五次会议交办单", f"on_{row.pk}": "on", f"unit_{row.pk}": unit.pk}
        assert office.post(at("draw_up_sheet"), said | {f"months_{row.pk}": 6}).status_code == 302
        sheet = Sheet.objects.get()
        assert sheet.lines.get().months == 6
        page = words(office.get(at("sheet", sheet.pk)))
        assert "请单位看，征求意见" in page
        assert left.title not in page
        change = at("change_share", sheet.pk, row.pk)
        form = words(office.get(change))
        assert "改好" in form
        seen = form.split('name="seen" value="')[1].split('"')[0]
        wrong = office.post(change, {UnitRole.ASSISTING.value: [other.pk]})
        assert "请定一个主办单位" in words(wrong, 422)
        share = {"unit": unit.pk, UnitRole.JOINT.value: [other.pk], "seen": seen}
        office.post(change, share)
        late = words(office.post(change, share), 409)
        assert "同事刚刚改过这件建议的分工" in late
        assert sheet.lines.standing().count() == 2
        office.post(at("rehearse", sheet.pk))
    with at_eight(facts.SETTLED_ON):
        assert "异议期" not in words(office.get(at("sheet", sheet.pk)))
        office.post(at("settle", sheet.pk))
    assert set(sheet.lines.standing().values_list("state", flat=True)) == {Part.HANDED}
    assert sheet.name in words(office.get(at("sheet_list")))


def test_what_was_ticked_and_is_withdrawn_meanwhile_is_named_and_nothing_is_drawn_up():
    office, unit = sent(make.actor()), make.unit()
    stays, goes = walk.accepted(2)
    said = {"name": "五次会议交办单"}
    said |= {f"on_{each.pk}": "on" for each in (stays, goes)}
    said |= {f"unit_{each.pk}": unit.pk for each in (stays, goes)}
    with at_eight(facts.DRAWN_ON):
        lead = make.as_deputy(goes.lead)
        submission.withdraw(goes, reason="已经修好。", by=lead, today=facts.DRAWN_ON)
        page = words(office.post(at("draw_up_sheet"), said), 422)
        assert f"{goes.number} 现在是“已撤回”，没有列入。请看一遍，再拟一次。" in page
        assert not Sheet.objects.exists()
        submission.withdraw(
            stays, reason="也修好了。", by=make.as_deputy(stays.lead), today=facts.DRAWN_ON
        )
        page = words(office.post(at("draw_up_sheet"), said), 422)
        assert f"{stays.number} 现在是“已撤回”、{goes.number} 现在是“已撤回”" in page


def test_a_unit_objects_and_the_office_answers_beside_the_line():
    office, part = sent(make.actor()), facts.planned()
    unit, better = sent(walk.unit_clerk()), make.unit(facts.OTHER)
    with at_eight(facts.REHEARSED_ON):
        page = words(unit.get(at("planned")))
        assert "预交办 1 件，已交办还能提异议的 0 件" in page
        assert "第 5 个工作日（本县办理办法），当天还能提，定稿交办后不再变更" in page
        form = at("object_to", part.proposal_id)
        assert "请写明理由" in words(unit.post(form, {"better_unit": better.pk}), 422)
        said = {"better_unit": better.pk, "reason": "按“三定”方案归水利。"}
        assert unit.post(form, said).status_code == 302
        found = Objection.objects.get()
        for page in (at("sheet", part.sheet_id), at("objection_list")):
            assert "按“三定”方案归水利。" in words(office.get(page))
        dismissing = at("dismiss_objection", found.pk)
        assert "请写明为什么" in words(office.post(dismissing, {"words": ""}), 422)
        office.post(dismissing, {"words": "归贵局。"})
        assert "归贵局。" in words(office.get(at("objection_list") + "?only=decided"))
        assert "归贵局。" in words(unit.get(at("planned")))
        unit.post(form, said)
        again = Objection.objects.first()
        upholding = at("uphold_objection", again.pk)
        assert f'value="{better.pk}" selected' in words(office.get(upholding))
        office.post(upholding, {"unit": better.pk, "words": "归水利。"})
    assert Assignment.objects.standing().get().unit == better


def test_a_sheet_may_be_dropped_on_its_page():
    office, sheet = sent(make.actor()), facts.sheet()
    assert "单位还没有看到，不用通知" in words(office.get(at("drop_sheet", sheet.pk)))
    office.post(at("drop_sheet", sheet.pk), {"reason": ""})
    assert "这张单已收回" in words(office.get(at("sheet", sheet.pk)))


def test_a_sheet_that_units_have_seen_is_taken_back_with_a_reason():
    part = facts.objected().assignment
    office, unit = sent(make.actor()), sent(walk.unit_clerk(part.unit))
    page = at("drop_sheet", part.sheet_id)
    asked = words(office.get(page))
    assert "1 件没答复的异议随之了结，1 个单位会收到通知" in asked
    assert "请写明为什么收回" in words(office.post(page, {"reason": " "}), 422)
    assert office.post(page, {"reason": "主任会议另有安排。"}).status_code == 302
    for client, name in ((office, at("sheet", part.sheet_id)), (unit, at("planned"))):
        assert "主任会议另有安排。" in words(client.get(name))
    assert "主任会议另有安排。" in words(unit.get(at("news")))
    assert "不能收回" in words(office.get(page))


@pytest.mark.parametrize("state", [SheetState.DRAFTED, SheetState.SETTLED])
def test_the_sheet_prints_for_the_meeting_and_for_each_unit_and_is_exported(state):
    office, sheet = sent(make.actor()), facts.sheet(state)
    for name in ("sheet_pdf", "sheet_units_pdf"):
        pages = PdfReader(io.BytesIO(office.get(at(name, sheet.pk)).content)).pages
        drafts = ["预交办稿" in page.extract_text().replace(" ", "") for page in pages]
        assert drafts == [state == SheetState.DRAFTED] * len(pages)
    assert office.get(at("sheet_export", sheet.pk)).content.startswith(b"PK")


def test_the_printed_sheet_draws_the_loads_of_units_and_weeks_as_the_screen_does():
    part = facts.planned()
    seen = queries.rehearsal(part.sheet, facts.REHEARSED_ON)
    text = PdfReader(io.BytesIO(sheet_papers.sheet_pdf(seen, facts.REHEARSED_ON))).pages[0]
    said = text.extract_text().replace(" ", "")
    for words in (
        "各单位件数（共1个单位）",
        part.unit.short_name,
        "各周到期",
        "2026年6月1日至6月7日",
    ):
        assert words in said


def test_a_units_own_paper_has_its_day_and_the_last_day_to_object():
    part = facts.planned()
    seen = queries.rehearsal(part.sheet, facts.REHEARSED_ON)
    page = PdfReader(io.BytesIO(sheet_papers.unit_sheets_pdf(seen, facts.REHEARSED_ON))).pages[0]
    said = page.extract_text().replace(" ", "")
    until, now = part.sheet.object_until, facts.REHEARSED_ON
    assert f"{until.year}.{until.month}.{until.day}" in said
    assert f"{now.year}年{now.month}月{now.day}日印，还没有交办" in said


def test_a_units_own_paper_says_who_hands_it_over_whom_to_ask_and_what_the_matter_is():
    into, more = (
        walk.proposal(State.ACCEPTED),
        walk.proposal(State.ACCEPTED, title="关于路灯的建议"),
    )
    review.merge(more, into=into, by=make.actor())
    office = make.actor()
    Organisation.objects.filter(pk=office.organisation_id).update(phone="0719-4220018")
    lines = [(Proposal.objects.get(pk=into.pk), walk.shares())]
    asked = {"session": into.session, "by": office, "today": facts.DRAWN_ON}
    sheet = sheets.draw_up_sheet(name="五次会议交办单", lines=lines, **asked)
    seen = queries.rehearsal(sheet, facts.DRAWN_ON)
    paper = PdfReader(io.BytesIO(sheet_papers.unit_sheets_pdf(seen, facts.DRAWN_ON)))
    said = "".join("".join(page.extract_text().split()) for page in paper.pages)
    assert "第十九届人民代表大会第五次会议" in said
    assert "交办机关：县人大常委会代表工作委员会" in said
    assert f"联系人：{office.name}，电话：0719-4220018" in said
    for row in (into, more):
        assert f"{row.number}{row.title}" in said
        assert "".join(row.facts.split()) in said
        assert "".join(row.request.split()) in said
    assert "并案办理" in said


def test_an_office_without_a_telephone_gives_its_name_alone_and_each_ask_is_marked_as_ones_own():
    row = walk.proposal(State.ACCEPTED)
    first, second = review.split(row, asks=["请修桥。", "请修路。"], by=make.actor()).asks.all()
    shares = [
        Share(make.unit(), UnitRole.LEAD, [first.pk]),
        Share(make.unit(facts.OTHER), UnitRole.SEPARATE, [second.pk]),
    ]
    lines = [(Proposal.objects.get(pk=row.pk), shares)]
    asked = {"session": row.session, "by": make.actor(), "today": facts.DRAWN_ON}
    sheet = sheets.draw_up_sheet(name="五次会议交办单", lines=lines, **asked)
    (_, (lead,)), (_, (apart,)) = by_unit(queries.rehearsal(sheet, facts.DRAWN_ON))
    assert [ask.own for ask in lead.matters[0].asks] == [True, False]
    assert [ask.own for ask in apart.matters[0].asks] == [False, True]
    assert contact(sheet) == make.actor(user=sheet.drawn_up_by).name


def test_the_drawings_of_a_short_sheet_stand_on_the_page_of_its_lines():
    seen = queries.rehearsal(facts.sheet(count=4), facts.DRAWN_ON)
    loads = [UnitLoad(f"第{number}局", 1, 0) for number in range(7)]
    paper = sheet_papers.sheet_pdf(replace(seen, loads=loads), facts.DRAWN_ON)
    assert len(PdfReader(io.BytesIO(paper)).pages) == 1


def test_a_draft_says_so_on_each_of_its_pages():
    seen = queries.rehearsal(facts.sheet(count=1), facts.DRAWN_ON)
    long = replace(seen, lines=list(seen.lines) * 40)
    pages = PdfReader(io.BytesIO(sheet_papers.sheet_pdf(long, facts.DRAWN_ON))).pages
    assert len(pages) > 1
    for page in pages:
        assert "预交办稿" in page.extract_text().replace(" ", "")


def test_more_units_than_fit_are_drawn_in_pieces_of_one_measure():
    loads = [UnitLoad(f"第{number}局", number, 0) for number in range(1, 22)]
    seen = replace(queries.rehearsal(facts.sheet(count=1), facts.DRAWN_ON), loads=loads)
    first, _, last = seen.loads_on_paper
    assert 'width="280.0"' not in first
    assert 'width="278.5"' in last


def test_a_filter_that_finds_nothing_says_so():
    office, sheet = sent(make.actor()), facts.sheet()
    assert "0 件" in words(office.get(at("sheet", sheet.pk) + "?q=没有这一件"))
    assert "0 件" in words(office.get(at("sheet", sheet.pk) + "?only=objected&page=x"))


def test_one_proposal_is_shared_out_by_asks_on_its_page():
    office, row = (
        sent(make.actor()),
        walk.proposal(State.ACCEPTED, request="一、装护栏。\n二、修引道。"),
    )
    first, second = row.asks.all()
    roads, waters = make.unit(), make.unit(facts.OTHER)
    said = {"unit": roads.pk, f"ask_{second.pk}": waters.pk, "months": 6}
    with at_eight(walk.ASSIGNED_ON):
        assert office.post(at("assign", row.pk), said).status_code == 302
    found = row.assignments.order_by("position").values_list("role", "asks", "months")
    assert list(found) == [(UnitRole.LEAD, first.pk, 6), (UnitRole.SEPARATE, second.pk, 6)]


def test_pausing_and_resuming_on_their_pages():
    office, part = sent(make.actor()), facts.handed()
    with at_eight(make.TODAY):
        assert "暂停计时…" in words(office.get(at("dossier", part.proposal_id)))
        assert "请写明原因" in words(office.post(at("pause", part.pk), {"reason": ""}), 422)
        said = {"from_on": "2026-03-20", "reason": "等批复。", "agreed_with": "领衔代表"}
        office.post(at("pause", part.pk), said)
        page = words(office.get(at("dossier", part.proposal_id)))
        assert "恢复计时…" in page
        assert "暂停 · 3 月 20 日起" in page
        office.post(at("resume", part.pk), {"until_on": "2026-03-30"})
    assert str(facts.again(part).due_on) == "2026-06-16"


def test_an_extension_is_asked_consented_and_granted_or_refused_on_its_pages():
    office, part = sent(make.actor()), facts.handed()
    unit, deputy = sent(walk.unit_clerk()), sent(make.as_deputy(part.proposal.lead))
    with at_eight(make.TODAY):
        assert "申请延期…" in words(unit.get(at("case", part.proposal_id)))
        form = at("ask_extension", part.proposal_id)
        unit.post(form, {"months": 2, "reason": "汛期不能施工。"})
        asked = Extension.objects.get()
        assert "汛期不能施工。" in words(office.get(at("extension_list")))
        refused = office.post(at("grant_extension", asked.pk), {"words": ""})
        assert "还要领衔代表同意" in words(refused, 409)
        assert "同意延期吗" in words(deputy.get(at("detail", part.proposal_id)))
        deputy.post(at("consent_extension", asked.pk))
        office.post(at("grant_extension", asked.pk), {"words": "请抓紧。"})
        asked.refresh_from_db()
        assert asked.state == ExtensionState.GRANTED
        other = ask(facts.handed())
        office.post(at("refuse_extension", other.pk), {"words": "请按期办结。"})
        assert "请按期办结。" in words(office.get(at("extension_list") + "?only=decided"))


def test_changes_of_the_calendar_are_shown_before_they_are_confirmed():
    office, part = sent(make.actor()), facts.handed()
    Workday.objects.create(on=walk.DUE_ON, works=False, reason="县庆放假")
    with at_eight(make.TODAY):
        assert "工作日历或本地规则改过" in words(office.get("/admin/"))
        page = words(office.get(at("recompute")))
        assert "2026 年 6 月 8 日" in page
        assert "2026 年 6 月 9 日" in page
        assert "再看一遍" in words(office.post(at("recompute"), {"seal": "x"}), 409)
        seal = page.split('name="seal" value="')[1].split('"')[0]
        assert office.post(at("recompute"), {"seal": seal}).status_code == 302
    assert str(facts.again(part).due_on) == "2026-06-09"


@pytest.mark.parametrize("role", [Role.UNIT_CLERK, Role.DEPUTY, Role.TOWNSHIP_CLERK])
def test_the_offices_pages_are_closed_to_others(role):
    sheet, client = facts.sheet(), sent(make.actor(role))
    for page in (at("sheet_list"), at("sheet", sheet.pk), at("objection_list"), at("recompute")):
        assert client.get(page).status_code == 403


def test_another_units_part_is_not_found():
    part, stranger = facts.planned(), sent(walk.unit_clerk(make.unit(facts.OTHER)))
    assert stranger.get(at("object_to", part.proposal_id)).status_code == 404
    assert stranger.get(at("ask_extension", part.proposal_id)).status_code == 404


def price(client, page, django_assert_max_num_queries):
    client.get(page)
    with django_assert_max_num_queries(500) as captured:
        client.get(page)
    return len(captured)


def test_every_list_costs_the_same_at_1_row_and_at_3(django_assert_max_num_queries):
    office, unit = sent(make.actor()), sent(walk.unit_clerk())

    def one_more(count):
        sheet = facts.sheet(SheetState.REHEARSED, count=count)
        for part in sheet.lines.all():
            facts.objected(part)
            ask(facts.handed())
        facts.sheet(SheetState.REHEARSED, count=count)
        return sheet

    with at_eight(facts.REHEARSED_ON):
        sheets = [one_more(1), one_more(3)]
        costs = [price(office, at("sheet", s.pk), django_assert_max_num_queries) for s in sheets]
        assert costs[0] == costs[1]
        pages = ("objection_list", "extension_list", "sheet_list")
        before = [price(office, at(name), django_assert_max_num_queries) for name in pages]
        planned = price(unit, at("planned"), django_assert_max_num_queries)
        one_more(3)
        after = [price(office, at(name), django_assert_max_num_queries) for name in pages]
        assert before == after
        assert planned == price(unit, at("planned"), django_assert_max_num_queries)
