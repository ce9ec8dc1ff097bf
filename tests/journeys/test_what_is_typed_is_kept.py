"""写了就存: whoever is called away in the middle of a sentence finds it again."""

import pytest

from proposals.models import Draft
from proposals.states import State
from tests import make
from tests.journeys.conftest import PHONE
from tests.proposals import walk

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_typed_is_in_the_drafts_however_one_leaves(open_page, moment):
    make.session()
    lead = make.deputy("吴秀兰")
    phone = open_page(PHONE, has_touch=True, is_mobile=True).is_user(make.as_deputy(lead).user)
    page = phone.goes_to("/proposals/submit/").page
    page.get_by_label("想解决什么事").fill("关于修桃园桥的建议")
    phone.taps_on(page.locator("a.back"))  # at once, by the page's own way back
    phone.reads("关于修桃园桥的建议")

    phone.goes_to("/proposals/submit/")
    page.get_by_label("事实和问题").fill("护栏断了 4 米。")
    with page.expect_request("**/save-draft/"):
        page.goto(f"{phone.address}/proposals/mine/")  # another page, at once
    found = Draft.objects.filter(facts="护栏断了 4 米。")
    for _ in range(100):
        if found.exists():
            break
        page.wait_for_timeout(100)
    assert found.exists()

    phone.goes_to("/proposals/submit/")
    title = page.get_by_label("想解决什么事")
    title.focus()
    with page.expect_response("**/save-draft/"):
        title.press_sequentially("路灯不亮" * 8, delay=100)  # never a pause
    phone.reads("已自动存")
    phone.taps_on(page.locator("a.back"))  # nothing is on its way any more
    page.wait_for_url("**/proposals/mine/")


def test_a_draft_thrown_away_while_it_is_written_stays_away(open_page, moment):
    make.session()
    lead = make.deputy("吴秀兰")
    draft = walk.draft(lead)
    phone = open_page(PHONE, has_touch=True, is_mobile=True).is_user(make.as_deputy(lead).user)
    page = phone.goes_to(f"/proposals/submit/?draft={draft.pk}").page
    page.get_by_label("事实和问题").fill("不要了。")
    phone.presses("删除草稿")
    phone.reads("草稿已删除")
    page.wait_for_timeout(500)
    assert not Draft.objects.exists()


def test_what_is_mended_is_kept_too(open_page, moment):
    make.session()
    proposal = walk.proposal(State.RETURNED)
    phone = open_page(PHONE, has_touch=True, is_mobile=True)
    page = phone.is_user(make.as_deputy(proposal.lead).user).page
    phone.goes_to(f"/proposals/{proposal.pk}/resubmit/")
    page.get_by_label("事实和问题").fill("护栏断了 6 米。")
    phone.taps_on(page.locator("a.back"))
    page.wait_for_url(f"**/proposals/{proposal.pk}/")
    assert Draft.objects.get().facts == "护栏断了 6 米。"
