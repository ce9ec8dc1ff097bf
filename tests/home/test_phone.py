"""没有网络的时候: the worker, the page in place of a page, and what leaving erases."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from congress.home.views import phone
from tests import make
from tests.deputies import voters, walk
from tests.home.screens import calm, front

pytestmark = pytest.mark.django_db


def told(client):
    """What the worker is told about this site."""
    program = client.get("/worker.js").content.decode()
    return json.loads(re.match(r"const PHONE = (.*);\n", program)[1])


def test_the_worker_comes_from_the_root_and_is_asked_for_anew(client):
    answer = client.get("/worker.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    again = client.get("/worker.js", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_every_file_the_worker_keeps_exists(client):
    files = told(client)["files"]
    assert len(files) == len(phone.FILES)
    assert all(
        finders.find(file.removeprefix(f"/{settings.STATIC_URL.strip('/')}/")) for file in files
    )


def test_the_kept_files_are_those_that_the_kept_pages_name(client):
    person = calm()
    client.force_login(person.user)
    pages = ("/", "/deputies/report/", "/deputies/report/?item=C2")
    named = {
        name
        for page in pages
        for name in re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get(page).content.decode())
    }
    assert named <= set(told(client)["files"])


def test_another_file_is_another_version(tmp_path, monkeypatch):
    for name in (phone.PROGRAM, *phone.FILES):
        copy = tmp_path / name
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes((phone.STATIC / name).read_bytes())
    before = phone.version()
    monkeypatch.setattr(phone, "STATIC", tmp_path)
    assert phone.version() == before
    (tmp_path / "css/base.css").write_text("body { color: blue }")
    assert phone.version() != before


def test_the_page_in_place_of_a_page_names_nobody(client):
    page = client.get("/no-line/").content.decode()
    assert "现在没有网络" in page
    assert "data-account" not in page


def test_the_platform_can_stand_on_the_home_screen(client):
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    assert answer.json()["name"] == f"{settings.COUNTY}人大代表"
    assert "/manifest.webmanifest" in client.get("/").content.decode()


@pytest.mark.parametrize("page", ["/", "/login/"])
def test_a_stranger_may_read_that_something_waits_and_not_what(client, page):
    words = client.get(page).content.decode()
    assert 'id="waits-on-phone" hidden' in words
    assert "data-account" not in words


def test_signing_out_makes_the_browser_forget_but_not_what_is_unsent(client):
    client.force_login(make.user())
    assert client.post("/logout/")["Clear-Site-Data"] == '"cache"'


def test_what_others_wrote_in_confidence_is_marked_as_not_to_be_kept():
    person = calm()
    voters.sent(person)
    _, page = front(person.user)
    kept = re.sub(r"<!--line-->.*?<!--/line-->", "", page, flags=re.DOTALL)
    assert "路灯坏了两个月" in page
    assert "路灯坏了两个月" not in kept
    assert "群众给您留言" in kept


@pytest.mark.parametrize("page", ["/", "/deputies/report/", "/deputies/report/?item=C2"])
def test_pages_for_the_phone_say_whose_they_are_and_stay_out_of_http_caches(client, page):
    person = calm()
    client.force_login(person.user)
    answer = client.get(page)
    assert answer["X-Keep-For"] == str(person.user_id)
    assert "no-store" in answer["Cache-Control"]
    assert f'data-account="{person.user_id}"' in answer.content.decode()


def test_no_other_page_is_for_the_phone(client):
    person = calm()
    client.force_login(person.user)
    record = walk.report(person)
    pages = ["/deputies/records/", reverse("deputies:record", args=[record.pk]), "/scoring/points/"]
    assert not any("X-Keep-For" in client.get(page) for page in pages)


def test_nobody_else_s_first_page_is_for_the_phone(client):
    assert "X-Keep-For" not in client.get("/")
    for role in ("township_clerk", "convenor"):
        client.force_login(make.actor(role).user)
        answer = client.get("/")
        assert "X-Keep-For" not in answer
        assert "data-account" not in answer.content.decode()
