"""代为登记: the township enters for an elder, who says 属实 on the phone; two people, one point."""

import pytest

from congress.shared.roles import Role
from scoring.models import Entry
from tests import make
from tests.deputies import voters, walk
from tests.journeys.conftest import PHONE
from tests.scoring.facts import book

pytestmark = pytest.mark.django_db(transaction=True)


def enters_a_visit(clerk, name):
    """From the desk by name, then one page with a photo."""
    page = clerk.page
    clerk.goes_to("/").follows("代为登记")
    page.get_by_label("给哪位代表登记").fill(name)
    clerk.presses("找代表")
    clerk.follows(f"{name} 柳河镇第一代表小组")
    clerk.follows("走访选民")
    page.get_by_label("在哪里").fill("桃园村 2 组")
    photo = page.locator("input[type=file]")
    clerk.chooses_file(photo, name="IMG_2.jpg", content=walk.picture("olive", (1600, 1200)))
    clerk.presses("登记，请本人确认")
    clerk.reads(f"等{name}在手机上确认")


def test_what_the_township_enters_counts_once_the_deputy_said_yes_and_two_people_looked(open_page):
    book()
    elder = make.deputy("罗明贵")
    lead = make.as_deputy(elder).user
    voters.pledged(elder)
    clerk = make.actor(Role.TOWNSHIP_CLERK)
    pocket = open_page(PHONE, has_touch=True, is_mobile=True)
    enters_a_visit(pocket.signs_in(clerk.user), "罗明贵")
    assert not Entry.objects.exists()

    phone = open_page(PHONE, has_touch=True, is_mobile=True).signs_in(lead)
    phone.reads(f"走访选民 1 户，柳河镇人大{clerk.name}代您登记")
    phone.taps = 0
    phone.follows("看一看，是不是")
    phone.presses("属实")
    phone.reads("您已确认属实")
    assert phone.taps == 2

    checker, verifier = make.actor(Role.STAFF_CLERK), make.director()
    keyuan = open_page().signs_in(checker.user)
    keyuan.goes_to("/scoring/check-queue/").reads("代登记")
    keyuan.follows("勾选全部没有提示的")
    keyuan.presses("核对这 1 条")
    zhuren = open_page().signs_in(verifier.user)
    zhuren.goes_to("/scoring/verify-queue/").follows("勾选全部没有提示的")
    zhuren.presses("核实这 1 条")
    zhuren.reads("名次已更新")
    assert Entry.objects.get().deputy == elder
    phone.goes_to("/scoring/points/").reads("走访选民 1 户 × 0.5 分")
