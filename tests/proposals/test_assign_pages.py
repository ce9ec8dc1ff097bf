"""交办的页面: drawn up, heard, answered, settled, printed; the unit's and the deputy's side."""

import pytest

from congress.shared.models import Workday
from congress.shared.roles import Role
from proposals.actions import submission
from proposals.models import Assignment, Extension, Objection, Sheet
from proposals.permissions.assignment import asks_seen
from proposals.permissions.sheets import lines_seen
from proposals.states import ExtensionState, Part, SheetState, State, UnitRole
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk
from tests.proposals.pages import answered as words
from tests.proposals.pages import sent
from tests.proposals.pages import url as at
from tests.proposals.test_extensions import ask
from tests.proposals.test_tasks import at_eight

pytestmark = pytest.mark.django_db


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
        late = words(office.post(change, share | {"unit": other.pk, UnitRole.JOINT.value: []}), 409)
        assert "同事刚刚改过这件建议的分工" in late
        assert sheet.lines.standing().count() == 2
        office.post(at("rehearse", sheet.pk), {"seen": lines_seen(sheet)})
    with at_eight(facts.SETTLED_ON):
        assert "异议期" not in words(office.get(at("sheet", sheet.pk)))
        office.post(at("settle", sheet.pk), {"seen": lines_seen(sheet)})
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
    office.post(at("drop_sheet", sheet.pk), {"reason": "", "seen": lines_seen(sheet)})
    assert "这张单已收回" in words(office.get(at("sheet", sheet.pk)))


def test_a_sheet_that_units_have_seen_is_taken_back_with_a_reason():
    part = facts.objected().assignment
    office, unit = sent(make.actor()), sent(walk.unit_clerk(part.unit))
    page = at("drop_sheet", part.sheet_id)
    asked = words(office.get(page))
    assert "1 件没答复的异议随之了结，1 个单位会收到通知" in asked
    assert "请写明为什么收回" in words(office.post(page, {"reason": " "}), 422)
    said = {"reason": "主任会议另有安排。", "seen": lines_seen(part.sheet)}
    assert office.post(page, said).status_code == 302
    for client, name in ((office, at("sheet", part.sheet_id)), (unit, at("planned"))):
        assert "主任会议另有安排。" in words(client.get(name))
    assert "主任会议另有安排。" in words(unit.get(at("news")))
    assert "不能收回" in words(office.get(page))


def test_a_sheet_that_a_colleague_has_changed_meanwhile_is_looked_at_before_it_is_taken_back():
    office, sheet = sent(make.actor()), facts.sheet(count=2)
    page, seen = at("drop_sheet", sheet.pk), lines_seen(sheet)
    assert f'name="seen" value="{seen}"' in words(office.get(page))
    gone = sheet.lines.first().proposal
    lead = make.as_deputy(gone.lead)
    submission.withdraw(gone, reason="已经修好。", by=lead, today=facts.DRAWN_ON)
    for stale in ({"seen": seen}, {}):
        refused = words(office.post(page, {"reason": "重排。"} | stale), 409)
        assert "交办单刚刚有改动" in refused
        assert "单上的 1 件建议都回到待交办" in refused
        assert "重排。" in refused
        assert f'name="seen" value="{lines_seen(sheet)}"' in refused
    assert Sheet.objects.get().state == SheetState.DRAFTED
    assert office.post(page, {"reason": "重排。", "seen": lines_seen(sheet)}).status_code == 302


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
    said["seen"] = asks_seen(row)
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
