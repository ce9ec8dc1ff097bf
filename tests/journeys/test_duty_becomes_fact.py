"""清单化履职: a deputy logs a reception on the phone, an organiser registers a whole group."""

from datetime import date

import pytest

from congress.shared.roles import Role
from deputies.models import DutyRecord
from stations.models import Activity
from tests import make
from tests.deputies import walk
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = date(2026, 5, 2)


def test_a_deputy_reports_a_reception_from_the_phone_in_at_most_four_taps(phone):
    person = make.deputy("罗明贵")
    make.as_deputy(person)
    walk.report(person, item=walk.item("C4"), place="桃园村委会", done_on=BEFORE)
    phone.is_user(person.user).goes_to("/deputies/report/")
    page = phone.page
    assert phone.sees_no_sideways_scroll()

    phone.taps_on(page.get_by_role("link", name="接待选民"))
    page.wait_for_url("**/report/?item=C1")
    assert "桃园村委会" in page.locator(".dock").inner_text()
    photo = page.locator("input[type=file]")
    phone.chooses_file(photo, name="IMG_1.jpg", content=walk.picture("navy", (1200, 900)))
    page.get_by_label("做了什么、听到什么").fill("3 组的过水桥护栏掉了一截。")
    said = page.locator(".dock").inner_text()
    assert all(word in said for word in ("接待选民", "今天", "桃园村委会", "1 张照片"))
    phone.taps_on(page.get_by_role("button", name="上报"))

    page.get_by_role("heading", name="已上报").wait_for()
    assert phone.taps + 1 <= 4, "one more tap is the way here from the desk"
    assert phone.faults == []
    record = DutyRecord.objects.get(item__code="C1")
    assert (record.deputy, record.place, record.state) == (person, "桃园村委会", "reported")
    assert record.evidence.get().width == 1200


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_convenor_registers_a_whole_group_in_one_form(open_page, script):
    people = [make.deputy(name) for name in ("罗明贵", "吴秀兰", "欧阳玉兰")]
    group, by = make.group(), make.actor(Role.CONVENOR)
    group.convenor = by.user
    group.save()
    visitor = open_page(PHONE, java_script_enabled=script).is_user(by.user)
    page = visitor.goes_to("/stations/roll-call/").page
    page.get_by_label("属于哪一项").select_option(label="参加代表小组活动（统一定题）")
    page.get_by_label("活动名称").fill("5 月小组活动")
    page.get_by_label("在哪里").fill("桃园村")
    leave, absent = (f"[name=presence-{one.pk}]" for one in people[:2])
    page.locator(f"{leave}[value=leave]").check()
    page.locator(f"{absent}[value=absent]").check()
    page.get_by_role("button", name="登记 3 人的到场").click()

    page.get_by_text("请写准假的人").wait_for()
    assert page.locator(f"{absent}[value=absent]").is_checked()
    page.get_by_label("罗明贵的请假谁批准的").fill("主席王建国")
    page.get_by_role("button", name="登记 3 人的到场").click()

    page.get_by_text("主席王建国批准").wait_for()
    assert Activity.objects.get().attendances.count() == 3
    assert DutyRecord.objects.get().deputy == people[2]
