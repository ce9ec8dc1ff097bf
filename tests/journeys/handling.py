"""办 at the screen: whose window is whose, and the forms that each fills in."""

from datetime import date

from tests.journeys.conftest import PHONE, Visitor, at_ten

ANSWERED = "已列入今年第二批计划，十月底前完工。"
PROMISED_ON = date(2026, 10, 30)


class Windows:
    """Everybody at a window of their own; `on` turns the page of the calendar."""

    def __init__(self, open_page, moment):
        self.open_page, self.moment = open_page, moment
        self.known: dict[int, Visitor] = {}

    def on(self, day: date) -> None:
        self.moment.move_to(at_ten(day), tick=True)

    def of(self, actor, path="/", *, small=False) -> Visitor:
        """At the window, signed in today; a deputy holds a phone."""
        if actor.user.pk not in self.known:
            kind = {"size": PHONE, "has_touch": True, "is_mobile": True} if small else {}
            self.known[actor.user.pk] = self.open_page(**kind)
        return self.known[actor.user.pk].is_user(actor.user).goes_to(path)


def tells_of(visitor, day):
    """The form of a meeting, filled in."""
    page = visitor.page
    page.get_by_label("哪一天见的面").fill(day.isoformat())
    page.get_by_label("在哪里").fill("桃园村村委会")
    page.get_by_label("都有谁").fill("单位 2 人，代表和村民 3 人")
    page.get_by_label("谈了什么").fill("看了桥，定了先装护栏。")


def records(unit, day):
    tells_of(unit, day)
    unit.presses("登记这次见面")
    unit.reads("见面已登记")


def writes(unit, asked, *, sends=True):
    page = unit.page
    point = page.get_by_role("group", name=f"第 1 条：{asked}")
    point.get_by_role("radio", name="B").check()
    point.get_by_label("这一条怎么办的").fill("护栏五月装好，桥面十月硬化。")
    day = point.get_by_label("第 1 步哪天办到")
    assert day.is_visible(), "the class that needs a step opens them"
    day.fill(PROMISED_ON.isoformat())
    point.get_by_label("第 1 步办到什么").fill("桥面硬化，通过验收")
    page.get_by_label("答复内容").fill(ANSWERED)
    page.get_by_label("文号").fill("竹交函〔2026〕18 号")
    unit.presses("保存答复稿")
    unit.reads("稿已保存")
    if sends:
        unit.presses("送负责人签发")
        unit.reads("已送签")


def signs(head):
    head.follows("签发")
    head.reads(ANSWERED)
    head.presses("签发答复")
    head.reads("答复原文")
