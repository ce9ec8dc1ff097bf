"""A real browser before a live server: journeys are told as a person would live them."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from congress.shared.models import User

# Playwright's loop runs in the test's own thread; Django would take that for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1366, "height": 820}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for a browser is a journey."""
    for item in items:
        if {"browser", "phone", "desk", "open_page"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's own Chromium, once for all journeys."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Visitor:
    """A person at a browser: where they are, who they are, how often they tapped."""

    def __init__(self, context: BrowserContext, address: str, *, touch: bool) -> None:
        self.context, self.address, self.touch = context, address, touch
        self.page: Page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.faults: list[str] = []
        self.taps = 0
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))

    def is_user(self, user: User) -> "Visitor":
        """Signed in as that person."""
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.address}
        self.context.add_cookies([cookie])
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

    def chooses_file(self, place: Locator, *, name: str, content: bytes) -> None:
        """One tap that opens the phone's camera or album, and the picture taken."""
        self.taps += 1
        with self.page.expect_file_chooser() as chooser:
            place.click()
        chooser.value.set_files({"name": name, "mimeType": "image/jpeg", "buffer": content})

    def sees_no_sideways_scroll(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.fixture
def open_page(browser, live_server) -> Iterator[object]:
    """Opens a visitor's window: `open_page(PHONE, has_touch=True, java_script_enabled=False)`."""
    contexts = []

    def opened(size=DESK, **kind) -> Visitor:
        context = browser.new_context(viewport=size, locale="zh-CN", **kind)
        contexts.append(context)
        return Visitor(context, live_server.url, touch=kind.get("has_touch", False))

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def phone(open_page) -> Visitor:
    """A 360 px phone."""
    return open_page(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def desk(open_page) -> Visitor:
    """A 1366 px office screen."""
    return open_page(DESK)
