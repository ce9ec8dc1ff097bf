"""统计: the office follows one number to its list and takes the yearly report."""

import pytest

from proposals.states import State
from tests import make
from tests.journeys.conftest import PHONE, at_ten
from tests.proposals import walk

pytestmark = pytest.mark.django_db(transaction=True)
STILL = "[...document.querySelectorAll('.table-wrap')].every(e => e.scrollWidth <= e.clientWidth)"
"""No table is wider than its place."""
TURNED = "at => getComputedStyle(at, '::after').transform.startsWith('matrix(-')"
"""The chevron points up."""


def test_every_number_of_a_year_leads_to_so_many_and_its_report_is_taken(open_page, moment):
    """统计里每个数点开就是它数的那些，年度报告一点就有。"""
    answered = walk.proposal(State.PUBLISHED)
    others = [walk.proposal(State.ASSIGNED, title=f"关于第 {n} 盏路灯的建议") for n in (1, 2)]
    moment.move_to(at_ten(walk.RATE_UNTIL), tick=True)
    director = make.director()
    desk = open_page().is_user(director.user).goes_to("/admin/")
    desk.opens("建议", "办理统计")
    number = desk.page.locator("#by-unit tbody tr").get_by_role("link", name="3").first
    desk.taps_on(number)
    desk.reads("县交通运输局 · 交办 3 件")
    rows = desk.page.locator(".table tbody tr")
    assert rows.count() == len([answered, *others])
    assert answered.title in desk.text()
    desk.follows("回到统计")
    with desk.page.expect_response("**/report.pdf?year=2026") as taken:
        desk.follows("年度报告（PDF）")
    assert (taken.value.status, taken.value.headers["content-type"]) == (200, "application/pdf")
    phone = open_page(PHONE).is_user(director.user)
    for path in ("/proposals/desk/figures/", "/proposals/figures/"):
        assert phone.goes_to(path).page.evaluate(STILL), path
        jump = phone.page.locator(".jump a").last
        fold = phone.page.locator(jump.get_attribute("href"))
        for _ in ("at first", "once it was folded again"):
            phone.taps_on(jump)
            fold.locator("> .fold-body").wait_for(state="visible")
            assert fold.locator("label").evaluate(TURNED), path
            phone.taps_on(fold.locator("label"))
            fold.locator("> .fold-body").wait_for(state="hidden")
