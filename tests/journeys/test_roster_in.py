"""四级代表云集网上: the county's sheet goes in through the browser, twice, and is there once."""

import re

import pytest
from django.conf import settings

from congress.shared.names import stroke_key
from congress.shared.roles import Role
from deputies.models import Deputy, DeputyGroup
from stations.models import Station, StationKind
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
ROSTER = settings.BASE_DIR / "demo" / "roster.xlsx"


def uploads(desk, path):
    page = desk.page
    page.wait_for_load_state()
    page.get_by_label("选择表格文件").set_input_files(path)
    desk.reads("已选 1 个：roster.xlsx")
    page.get_by_label("换届日期").fill("2021-12-01")
    desk.presses("上传，看预览")
    page.wait_for_url("**/preview/", timeout=60_000)


def counted(desk):
    """The preview's verdicts: what each says, by its name."""
    rows = desk.page.get_by_role("region", name="判定").get_by_role("link").all_inner_texts()
    found = (re.match(r"([^\d]+?)\s*(\d+)", " ".join(row.split())) for row in rows)
    return {match[1]: int(match[2]) for match in found if match}


def test_staff_take_in_the_countys_roster_and_a_second_time_nothing_changes(desk):
    desk.signs_in(make.actor(Role.STAFF_CLERK).user)
    page = desk.page
    desk.opens("代表", "代表名册")
    desk.follows("导入名册")
    uploads(desk, ROSTER)

    verdicts = counted(desk)
    assert 1_300 <= verdicts["新增"] < 1_700, "some people hold two seats, each its own row"
    assert (verdicts["错误"], verdicts["变更"], verdicts["相同"]) == (0, 0, 0)
    assert not Deputy.objects.exists(), "nothing is written before confirmation"
    button = page.get_by_role("button", name=re.compile(r"^新增 \d+ 人$"))
    people = int(re.sub(r"\D", "", button.inner_text()))
    assert 1_300 <= people < 1_400
    button.click()

    page.get_by_text("“roster.xlsx”已导入。").wait_for(timeout=60_000)
    assert Deputy.objects.count() == people
    assert DeputyGroup.objects.count() == 72
    places = Station.objects.values_list("kind", flat=True)
    assert [list(places).count(kind) for kind in (StationKind.HOME, StationKind.STATION)] == [
        17,
        72,
    ]

    desk.opens("代表", "代表名册")
    page.get_by_text(str(people)).locator("visible=true").first.wait_for()
    shown = [
        name.replace("　", "") for name in page.locator("#result_list tbody th a").all_inner_texts()
    ]
    assert len(shown) >= 50
    assert shown == sorted(shown, key=stroke_key), "the register is in 姓氏笔画 order"

    desk.follows("导入名册")
    uploads(desk, ROSTER)
    again = counted(desk)
    assert again["相同"] == verdicts["新增"]
    assert (again["新增"], again["变更"], again["错误"]) == (0, 0, 0)
    desk.reads("这个文件和库里一致")
    assert page.get_by_role("button", name="导入", exact=True).is_disabled()
