"""What is done on the phone far away, and what it keeps."""

import re

from deputies.models import DutyItem
from tests.deputies import walk

COUNT = """async () => {
  const name = (await caches.keys()).find((one) => one.startsWith("pages-"));
  return name ? (await (await caches.open(name)).keys()).length : 0;
}"""
"""How many pages are kept for reading."""
QUEUE = """() => new Promise((done) => {
  const opening = indexedDB.open("congress", 1);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("duties").objectStore("duties").getAll();
    asked.onsuccess = () => done(asked.result.map((duty) => duty.state));
    asked.onerror = () => done([]);
    opening.result.close();
  };
})"""
"""The states of the records on the phone, of every account."""
PAGES = "async () => (await caches.keys()).filter((name) => name.startsWith('pages-'))"
IDLE = "() => navigator.locks.request('duties', () => true)"
"""Comes back when no window is sending."""


def at_home(phone, person):
    """The desk was opened where there is a line, and the phone has kept what it keeps."""
    phone.is_user(person.user).goes_to("/")
    keeps_its_pages(phone)


def keeps_its_pages(phone):
    """Desk, check-in, list and the form of each duty are on the phone; the worker is at work."""
    wanted = DutyItem.objects.for_deputies().count() + 3
    while phone.page.evaluate(COUNT) < wanted:
        phone.page.wait_for_timeout(100)
    assert phone.page.evaluate("Boolean(navigator.serviceWorker.controller)")


def forgive(phone, *codes):
    """Answers that the story is about are no faults."""
    wanted = tuple(f"/report/kept/: {code}" for code in codes)
    phone.faults[:] = [fault for fault in phone.faults if not fault.endswith(wanted)]


def logs(phone, item="C2", *, note, day="今天", photos=1, quantity=None):
    page = phone.goes_to(f"/deputies/report/?item={item}").page
    page.get_by_label(re.compile(f"^{day}")).check()
    if quantity:
        page.locator("[name=quantity]").fill(str(quantity))
    if page.get_by_label("别处，我来写").count():
        page.get_by_label("别处，我来写").check()
    page.locator("[name=place]").fill("罗家坡村 3 组")
    files = [
        {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": walk.picture(colour)}
        for number, colour in enumerate(("navy", "gold", "teal")[:photos])
    ]
    page.locator("[name=photos]").set_input_files(files)
    page.get_by_label("做了什么、听到什么").fill(note)
    phone.presses("上报")
