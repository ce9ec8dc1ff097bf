"""家站大屏 in a real browser: the line is cut, the page is loaded anew, and it still shows."""

import re

import pytest

from proposals.states import State
from stations.actions import screens as verbs
from stations.models import ScreenToken, Station, StationKind
from tests import make
from tests.journeys.conftest import WALL
from tests.proposals import walk
from tests.stations import screens

pytestmark = pytest.mark.django_db(transaction=True)
STALE = "() => document.body.classList.contains('stale')"
FRESH = (
    "() => document.querySelector('[data-clock]').textContent && !document.body.matches('.stale')"
)
LOOK = """() => {
  const seen = [...document.querySelectorAll(".wall *")].filter((one) => one.checkVisibility());
  const words = (one) => [...one.childNodes].some((at) => at.nodeType === 3 && at.data.trim());
  const small = seen.filter((one) => words(one) && parseFloat(getComputedStyle(one).fontSize) < 26);
  const out = seen.filter((one) => one.getBoundingClientRect().bottom > innerHeight + 1);
  return [...small, ...out].filter((one) => !one.closest(".stars")).map((one) => one.outerHTML);
}"""
"""What cannot be read from four metres (26 px of 1080), or lies below the screen."""
ASK = "name => window.dispatchEvent(new Event(name))"


def test_the_screen_goes_on_without_its_line(open_page, line):
    place = Station.objects.create(
        kind=StationKind.STATION, area=make.township(), name="桃园村代表联络站"
    )
    walk.proposal(State.ACCEPTED, title="关于修桥的建议")
    wall = open_page(WALL, address=line.address, service_workers="allow")
    wall.goes_to(screens.address(place))
    page = wall.page
    page.wait_for_function(FRESH)
    page.evaluate("() => navigator.serviceWorker.ready")
    assert "修桥" in wall.text()
    assert not wall.context.cookies()
    assert page.evaluate(LOOK) == []

    walk.proposal(State.ASSIGNED, title="关于修路的建议")
    page.evaluate(ASK, "online")
    wall.reads("修路")

    line.cut()
    page.evaluate(ASK, "offline")
    page.evaluate(ASK, "offline")
    page.wait_for_function(STALE)
    page.reload()
    page.wait_for_function(STALE)
    text = wall.text()
    assert re.search(r"线路暂时不通，内容截至 \d+ 月 \d+ 日 \d\d:\d\d", text)
    assert "桃园村代表联络站" in text
    assert "修路" in text, "what came last is what is kept"
    assert wall.sees_no_sideways_scroll()
    assert page.evaluate(LOOK) == []

    line.mend()
    page.evaluate(ASK, "online")
    page.wait_for_function(FRESH)
    verbs.end_screen(ScreenToken.objects.get(), reason="换电视", by=make.actor())
    page.evaluate(ASK, "online")
    wall.reads("这个大屏地址不能用")
    wall.faults = [one for one in wall.faults if not one.endswith(": 404")]
