"""代表可以对某一笔提出异议: said on the phone, answered by another person, a new line beside it."""

import pytest

from congress.shared.roles import Role
from tests import make
from tests.deputies import walk
from tests.journeys.conftest import PHONE
from tests.scoring import facts

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "那次是全县统一定题，应按 A2 记 2 分。"


def contests(deputy):
    """Two taps and a sentence, and a photo of the notice."""
    deputy.follows("对这一笔有异议")
    deputy.reads("由没有经手过这一笔的人答复")
    deputy.page.get_by_label("哪里不对，应当怎样记").fill(WORDS)
    photo = deputy.page.locator("input[type=file]")
    deputy.chooses_file(photo, name="IMG_7.jpg", content=walk.picture("olive", (900, 700)))
    deputy.presses("提出异议")
    deputy.reads("异议处理中")


def upholds(office):
    """What it will do is on the screen before the act."""
    office.follows("1 积分异议待答复")
    office.follows("去答复")
    office.page.get_by_label("改成").select_option(label="A2 小组活动，每次 2 分")
    office.reads("改正为 A2")
    said = office.page.locator("#effect").inner_text()
    assert "1.5 → 2.0" in said
    assert "第 2 名 → 第 1 名" in said
    form = office.page.locator("form").filter(has_text="改正这一笔")
    form.get_by_label("答复").fill("查了通知，改按 A2 记。")
    office.presses("成立，改正这一笔")
    office.reads("账上已改正")


def test_a_contested_line_is_put_right_by_another_person_and_nothing_is_erased(open_page):
    facts.book()
    person, rival = make.deputy("罗明贵"), make.deputy("吴秀兰")
    line = facts.posted(person, "A3", on=make.TODAY)
    facts.posted(rival, "C1", on=make.TODAY)
    deputy = open_page(PHONE, has_touch=True, is_mobile=True)
    deputy.is_user(make.as_deputy(person).user).goes_to("/scoring/points/")
    contests(deputy)

    verifier = open_page().is_user(line.record.verified_by).goes_to("/scoring/appeals/")
    verifier.reads("您核实过这一笔，异议须由没有经手的人答复。")

    office = open_page().is_user(make.actor(Role.STAFF_DIRECTOR).user).goes_to("/admin/")
    upholds(office)
    trail = office.text()
    for words in ("履职已核实", "积分冲销", "积分改正", "异议成立"):
        assert words in trail

    deputy.goes_to("/")
    deputy.reads("1.5 分的异议成立：查了通知，改按 A2 记。")
    deputy.goes_to("/scoring/points/")
    text = deputy.text()
    assert "2.0 分 2 位县级代表中 排第 1" in text
    for words in ("小分队活动 +1.5", "冲销：", "−1.5", "改正：", "+2.0"):
        assert words in text
