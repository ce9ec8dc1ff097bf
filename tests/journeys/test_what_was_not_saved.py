"""没存的字: a page shows what was saved last; what this browser kept unsaved is only offered."""

import pytest

from proposals.models import Draft, ReplyDraft
from proposals.states import State
from tests import make
from tests.journeys.conftest import DESK, PHONE
from tests.proposals import walk

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = "Object.entries(localStorage).filter(([name]) => /^(typed|draft):/.test(name)).join()"


@pytest.fixture
def part():
    """A proposal in a unit's hands, its reply saved once with class B."""
    part = walk.proposal(State.ASSIGNED).assignments.get()
    walk.drafted(part, outcome="B")
    return part


def at_the_reply(visitor, part):
    visitor.goes_to(f"/proposals/unit-desk/{part.proposal_id}/")
    return visitor.page.locator("#write-reply")


def chosen(draft):
    return draft.locator("input[type=radio]:checked").locator("xpath=..").inner_text()


def ticks(draft, code):
    draft.locator("input[type=radio]").locator("xpath=..").filter(has_text=code).first.click()


def test_two_people_in_turn_on_one_reply_draft(open_page, moment, part):
    clerk, head = walk.unit_clerk(part.unit), walk.unit_head(part.unit)
    first, second = open_page(DESK).is_user(clerk.user), open_page(DESK).is_user(head.user)
    draft = at_the_reply(first, part)
    ticks(draft, "A")
    draft.get_by_label("答复内容").fill("九月底前完工。")
    first.presses("保存答复稿")
    first.reads("稿已保存")
    assert first.page.evaluate(TYPED) == ""

    draft = at_the_reply(second, part)
    ticks(draft, "C")
    second.presses("保存答复稿")
    second.reads("稿已保存")

    draft = at_the_reply(first, part)
    assert chosen(draft).startswith("C")
    draft.get_by_label("答复内容").press_sequentially("好")
    first.presses("保存答复稿")
    first.reads("稿已保存")
    assert ReplyDraft.objects.get().in_order[0].outcome.code == "C"


def test_a_crash_and_a_second_tab_lose_nothing_and_put_nothing_in(open_page, moment, part):
    clerk = open_page(DESK).is_user(walk.unit_clerk(part.unit).user)
    draft = at_the_reply(clerk, part)
    saved = draft.get_by_label("答复内容").input_value()
    draft.get_by_label("答复内容").fill("写了一半的答复。")
    ticks(draft, "A")
    walk.drafted(part, outcome="C")  # the head, elsewhere

    draft = at_the_reply(clerk, part)  # the page was lost, and opened again
    assert chosen(draft).startswith("C")
    assert draft.get_by_label("答复内容").input_value() == saved
    clerk.reads("您上次没存的字")
    clerk.presses("放回")
    assert draft.get_by_label("答复内容").input_value() == "写了一半的答复。"
    assert chosen(draft).startswith("A")

    draft = at_the_reply(clerk, part)
    clerk.presses("不要")
    assert not clerk.page.get_by_text("您上次没存的字").count()
    assert clerk.page.evaluate(TYPED) == ""
    draft = at_the_reply(clerk, part)
    assert not clerk.page.get_by_text("您上次没存的字").count()


def test_words_refused_are_kept_and_offered(open_page, moment, part):
    clerk = open_page(DESK).is_user(walk.unit_clerk(part.unit).user)
    draft = at_the_reply(clerk, part)
    draft.get_by_label("答复内容").fill("另写一稿。")
    walk.drafted(part, outcome="C", edition=1)
    clerk.presses("保存答复稿")
    draft = clerk.page.locator("#write-reply")
    assert draft.get_by_label("答复内容").input_value() == "另写一稿。"
    assert not clerk.page.get_by_role("button", name="放回").count()

    draft = at_the_reply(clerk, part)
    assert chosen(draft).startswith("C")
    clerk.reads("您上次没存的字：另写一稿。")


def test_another_account_in_the_same_browser_sees_nothing(open_page, moment, part):
    head, clerk = walk.unit_head(part.unit), walk.unit_clerk(part.unit)
    window = open_page(DESK).is_user(head.user)
    draft = at_the_reply(window, part)
    saved = draft.get_by_label("答复内容").input_value()
    draft.get_by_label("答复内容").fill("局长写了一半。")
    ticks(draft, "A")

    draft = at_the_reply(window.is_user(clerk.user), part)
    assert chosen(draft).startswith("B")
    assert draft.get_by_label("答复内容").input_value() == saved
    assert not window.page.get_by_text("局长写了一半").count()

    at_the_reply(window.is_user(head.user), part)
    window.reads("局长写了一半")
    window.page.evaluate("document.querySelector('form[action$=logout\\\\/] button').click()")
    window.page.wait_for_url(f"{window.address}/")
    assert window.page.evaluate(TYPED) == ""


def test_phone_and_desk_on_one_proposal_draft(open_page, moment):
    make.session()
    lead = make.deputy("吴秀兰")
    user = make.as_deputy(lead).user
    draft = walk.draft(lead, facts="护栏断了。", request="加固护栏。")
    phone = open_page(PHONE, has_touch=True, is_mobile=True).is_user(user)
    desk = open_page(DESK).is_user(user)
    page = phone.goes_to(f"/proposals/submit/?draft={draft.pk}").page
    with page.expect_response("**/save-draft/"):
        page.get_by_label("请求不公开").fill("涉及村民隐私。")
        page.get_by_label("事实和问题").focus()
    assert Draft.objects.get().confidentiality_asked == "涉及村民隐私。"
    page.wait_for_timeout(300)

    desk_page = desk.goes_to(f"/proposals/submit/?draft={draft.pk}").page
    with desk_page.expect_response("**/save-draft/"):
        desk_page.get_by_label("请求不公开").fill("")
        desk_page.get_by_label("事实和问题").focus()
    assert Draft.objects.get().confidentiality_asked == ""

    phone.goes_to(f"/proposals/submit/?draft={draft.pk}")
    assert page.get_by_label("请求不公开").input_value() == ""
    with page.expect_response("**/save-draft/"):
        page.get_by_label("事实和问题").press_sequentially("急")
    assert Draft.objects.get().confidentiality_asked == ""
