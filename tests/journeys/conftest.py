"""A real browser before a live server: journeys are told as a person would live them."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Locator,
    Page,
    Response,
    sync_playwright,
)

from congress.shared.models import User
from tests import make
from tests.journeys.sentences import said_in

# Playwright's loop runs in the test's own thread; Django would take that for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1366, "height": 820}
WALL = {"width": 1920, "height": 1080}
PASSWORD = "heping-2026"
WINDOWS = frozenset({"phone", "desk", "open_page"})
"""Fixtures that open a browser's window before the live server."""

LOOK = """(() => {
  const unseen = "script, style, noscript, code, .material-symbols-outlined";
  const seen = (at) => (at.closest("select") || at).checkVisibility({visibilityProperty: true});
  function look() {
    if (!location.protocol.startsWith("http")) return;
    const texts = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.parentElement;
      if (!at.closest(unseen) && seen(at)) texts.push(walker.currentNode.data);
    }
    for (const name of ["placeholder", "title", "alt", "aria-label"])
      for (const at of document.querySelectorAll(`[${name}]`))
        if (!at.closest(unseen) && seen(at)) texts.push(at.getAttribute(name));
    const wide = document.scrollingElement.scrollWidth;
    console.debug("SEEN " + JSON.stringify({at: location.pathname, wide, text: texts.join("\\n")}));
  }
  let looked = false;
  const once = () => { if (!looked) { looked = true; look(); } };
  window.addEventListener("load", once);
  window.addEventListener("pagehide", once);
  document.addEventListener("htmx:afterSettle", look);
  document.addEventListener("securitypolicyviolation", (breach) =>
    console.debug("CSP " + breach.violatedDirective + " " + breach.blockedURI));
})()"""
"""Runs in every page: what a person can read there, how wide it is, what its policy blocked.

What stands in a `code` is a machine's: addresses to copy, names of fields.
"""
ENGLISH = re.compile(r"[A-Za-z]{4,}")
NOT_ENGLISH = re.compile(
    r"Excel|\bAtom\b|\bJSON\b|"
    r"\bzhang\b|\broster\.xlsx|\.xlsx|\b[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}\b|\b[0-9a-f]{12,}\b"
)
"""Words with no Chinese of their own, formats, an example of pinyin, a file, a code, a digest."""
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
"""The first that is there: the shell is the same engine without a window, for a third less work."""
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
"""Pages are drawn without looking for a graphics card, which costs a fifth of a journey."""
NO_FAULTS = ("Failed to load resource", "htmx:afterRequest", "htmx:sendAbort")
"""Judged by the response itself; said when a newer question takes an unanswered one back."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for a browser is a journey."""
    for item in items:
        if {"browser", *WINDOWS} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.journey)


def at_ten(day: date) -> datetime:
    """Ten in the morning of that day, in the county."""
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def moment(request) -> Iterator[time_machine.Traveller]:
    """The day on which the story begins, for the server's threads too; a module may set DAY."""
    day = getattr(request.module, "DAY", make.TODAY)
    with time_machine.travel(at_ten(day), tick=True) as traveller:
        yield traveller


@pytest.fixture(scope="session", autouse=True)
def kept_files() -> Iterator[None]:
    """Style sheets and scripts stay in the browser, as the real server lets them."""
    serve = StaticFilesHandler.serve

    def serve_to_keep(self, request):
        response = serve(self, request)
        response["Cache-Control"] = "max-age=315360000, public, immutable"
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", serve_to_keep)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's own Chromium, once for all journeys."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, f"Chromium is missing: apt-get install {BROWSERS[0]}"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield chromium
        chromium.close()
        connections.close_all()  # beside its loop the thread has others, out of reach afterwards


class Visitor:
    """A person at a browser: where they are, who they are, how often they tapped.

    Every page they open is looked at: `faults` has what no page may have. Sideways scroll,
    English words, script errors, blocked or missing files, a 5xx answer.
    """

    def __init__(self, context: BrowserContext, address: str, *, touch: bool) -> None:
        context.add_init_script(LOOK)
        self.context, self.address, self.touch = context, address, touch
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.faults: list[str] = []
        self.seen: set[str] = set()
        self.taps = 0
        self.page.on("pageerror", lambda fault: self.faults.append(f"{self.page.url}: {fault}"))
        self.page.on("console", self._heard)
        self.page.on("response", self._answered)
        self.asked: list[str] = []
        self.page.on("dialog", self._agrees)

    def _agrees(self, dialog: Dialog) -> None:
        self.asked.append(dialog.message)
        dialog.accept()

    def _heard(self, message: ConsoleMessage) -> None:
        kind, _, rest = message.text.partition(" ")
        if kind == "SEEN":
            self._judge(**json.loads(rest))
        elif kind == "CSP":
            self.faults.append(f"{self.page.url}: blocked by the policy: {rest}")
        elif message.type == "error" and not message.text.startswith(NO_FAULTS):
            self.faults.append(f"{self.page.url}: {message.text}")

    def _judge(self, at: str, wide: int, text: str) -> None:
        self.seen.add(at)
        if wide > self.width:
            self.faults.append(f"{at}: {wide} px wide on a screen of {self.width}")
        if words := set(ENGLISH.findall(NOT_ENGLISH.sub(" ", text))):
            self.faults.append(f"{at}: English on the screen: {', '.join(sorted(words))}")

    def _answered(self, response: Response) -> None:
        a_page = response.request.resource_type == "document"
        if response.status >= (500 if a_page else 400):
            self.faults.append(f"{response.url}: {response.status}")

    @property
    def width(self) -> int:
        assert self.page.viewport_size
        return self.page.viewport_size["width"]

    def is_user(self, user: User) -> "Visitor":
        """Signed in as that person."""
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.address}
        self.context.add_cookies([cookie])
        return self

    def signs_in(self, user: User) -> "Visitor":
        """Through the one login page; the first screen is there."""
        user.set_password(PASSWORD)
        user.save()
        self.context.clear_cookies()
        self.goes_to("/login/").page.get_by_label("账号").fill(user.username)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.taps_on(self.page.get_by_role("main").get_by_role("button", name="登录"))
        self.page.wait_for_url(lambda url: urlsplit(url).path != "/login/")
        return self

    def goes_to(self, path: str) -> "Visitor":
        self.page.goto(f"{self.address}{path}")
        return self

    def taps_on(self, place: Locator) -> None:
        """One tap, counted."""
        self.taps += 1
        if self.touch:
            place.tap()
        else:
            place.click()

    def presses(self, name: str, **how) -> None:
        """The one button of this name."""
        self.taps_on(self.page.get_by_role("button", name=name, **how))

    def follows(self, name: str, **how) -> None:
        """The link of this name; the same place may be in the navigation too."""
        self.taps_on(self.page.get_by_role("link", name=name, **how).first)

    def opens(self, group: str, place: str) -> None:
        """A place of the workbench's sidebar, in its group."""
        heads = self.page.locator("summary").filter(has_text=re.compile(rf"{group}\s*\d*\s*$"))
        link = self.page.get_by_role("link", name=re.compile(rf"^{place}\s*\d*$")).first
        if not link.is_visible():
            self.taps_on(heads)
        self.taps_on(link)

    def reads(self, words: str) -> Locator:
        """These words are to be seen, now or within moments."""
        found = self.page.get_by_text(words).locator("visible=true").first
        found.wait_for()
        return found

    def text(self) -> str:
        """All that can be read on the page, one line."""
        self.page.wait_for_load_state()
        return " ".join(self.page.locator("body").inner_text().split())

    def chooses_file(self, place: Locator, *, name: str, content: bytes) -> None:
        """One tap that opens the phone's camera or album, and the picture taken."""
        self.taps += 1
        with self.page.expect_file_chooser() as chooser:
            place.click()
        chooser.value.set_files({"name": name, "mimeType": "image/jpeg", "buffer": content})

    def sees_no_sideways_scroll(self) -> bool:
        return bool(self.page.evaluate("document.scrollingElement.scrollWidth") <= self.width)


@pytest.fixture
def open_page(request, browser, live_server) -> Iterator[object]:
    """Opens a visitor's window: `open_page(PHONE, has_touch=True, java_script_enabled=False)`.

    What a phone keeps for reading has a journey of its own; elsewhere no page is asked for that
    nobody opens. Whoever lives through a sentence of the policy taps their way through it.
    """
    visitors: list[Visitor] = []

    def opened(size=DESK, *, address=live_server.url, **kind) -> Visitor:
        kind.setdefault("service_workers", "block")
        context = browser.new_context(viewport=size, locale="zh-CN", **kind)
        visitor = Visitor(context, address, touch=kind.get("has_touch", False))
        visitors.append(visitor)
        return visitor

    yield opened
    for visitor in visitors:
        visitor.page.goto("about:blank")  # the last page tells what it showed as it leaves
        visitor.context.close()
    faults = [fault for visitor in visitors for fault in visitor.faults]
    assert not faults, "\n".join(dict.fromkeys(faults))
    if said := said_in(request.function.__doc__):
        assert sum(visitor.taps for visitor in visitors), f"nobody taps: {said[0]}"


@pytest.fixture
def phone(open_page) -> Visitor:
    """A 360 px phone."""
    return open_page(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def desk(open_page) -> Visitor:
    """A 1366 px office screen."""
    return open_page(DESK)
