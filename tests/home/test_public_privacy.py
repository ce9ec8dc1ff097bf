"""No phone, birth day or address on any public page: a county of secrets, crawled by a stranger."""

import io

import pytest
import xlsxwriter
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from weasyprint import HTML

from congress.shared import clock
from congress.shared.models import Area, Organisation
from deputies.models import AnnualPlan, Deputy, Message, RetiredCode
from proposals.models import Proposal, Watch
from proposals.queries import watching
from scoring.models import Archive
from stations.models import Station
from tests import make
from tests.architecture.test_urls import OPEN_TO_ALL, URLS, filled
from tests.home import county
from tests.home.crawl import Crawl, leaks, words_of
from tests.scoring import year
from tests.stations import screens

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The county once; the database forgets it afterwards."""
    folder = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), transaction.atomic(), clock.at(year.NOW), folder:
        yield county.seeded()
        transaction.set_rollback(True)


@pytest.fixture
def people(seeded):
    with clock.at(year.NOW):
        yield seeded


def every_object() -> list[str]:
    """The public address of every row there is, hidden or not, and one that does not exist."""
    codes = [*Deputy.objects.values_list("code", flat=True)]
    codes += [*RetiredCode.objects.values_list("code", flat=True), "keinCode"]
    places = [*Station.objects.values_list("pk", flat=True), 0]
    found = [reverse(name, args=[code]) for code in codes for name in BY_CODE]
    found += [reverse(name, args=[pk]) for pk in places for name in BY_STATION]
    found += [screens.address(each) for each in Station.objects.standing()]
    found += [
        reverse("proposals:public_detail", args=[number or "0"])
        for number in Proposal.objects.values_list("number", flat=True)
    ]
    found += [
        reverse(f"proposals:{name}", args=[number or "0"])
        for number in Proposal.objects.values_list("number", flat=True)
        for name in ("proposal_feed", "proposal_ics", "proposal_json")
    ]
    found += [reverse("proposals:unit_page", args=[pk]) for pk in rows_of(Organisation)]
    found += [reverse("proposals:area_page", args=[pk]) for pk in rows_of(Area)]
    found += [
        link.removeprefix(settings.SITE_URL)
        for watch in Watch.objects.all()
        for link in (watching.confirm_address(watch), watching.end_address(watch))
    ]
    found += [
        reverse("deputies:public_plan", args=[pk])
        for pk in [*AnnualPlan.objects.values_list("pk", flat=True), 0]
    ]
    found += [
        reverse("scoring:verify_file", args=[code])
        for code in [*Archive.objects.values_list("code", flat=True), "XXXX"]
    ]
    return found


def rows_of(model) -> list[int]:
    return [*model.objects.values_list("pk", flat=True), 0]


BY_CODE = ("home:deputy", "home:deeds", "deputies:send_message")
BY_STATION = ("stations:public_detail",)


@pytest.fixture(scope="module")
def walked(seeded, django_db_blocker):
    """One walk for all: asking twice for a thousand pages tells no more."""
    with django_db_blocker.unblock(), clock.at(year.NOW):
        return crawled()


def crawled() -> Crawl:
    """From the front page, from every public object, from every address there is; then mistakes."""
    crawl = Crawl(Client(enforce_csrf_checks=True, raise_request_exception=False))
    crawl.walk("/", *every_object(), *(filled(route) for _, route in URLS))
    for address in ("/proposals/?year=abc", "/deputies/?page=0", "/deputies/?area=x", "/nowhere/"):
        crawl.visit(address)
    for client in (crawl.client, Client()):  # refused for want of a token, then for the method
        crawl.client = client
        for name in sorted(OPEN_TO_ALL):
            crawl.visit(filled(dict(URLS)[name]), "post")
    return crawl


def test_a_stranger_who_follows_everything_reads_no_secret(people, walked):
    crawl = walked
    assert crawl.views >= OPEN_TO_ALL
    assert {200, 302, 400, 403, 404, 405, 410} <= set(crawl.statuses)
    assert crawl.statuses[200] > 100
    secrets = county.secrets()
    found = {address: leaks(text, secrets) for address, text in crawl.said.items()}
    assert {address: words for address, words in found.items() if words} == {}


def test_every_secret_stands_in_the_database(people):
    """Or the crawl would look for what nobody planted."""
    rows = "".join(
        serializers.serialize("json", model.objects.all(), ensure_ascii=False)
        for model in apps.get_models()
        if model._meta.managed
    )
    assert [word for word in county.WORDS if word not in rows] == county.SEALED


def test_behind_a_receipt_stands_no_secret_but_the_answer(people):
    numbers = [*Message.objects.values_list("receipt", flat=True), "23456789"]
    assert len(numbers) > 1
    for number in numbers:
        answer = Client().post(reverse("deputies:receipt"), {"number": number})
        assert leaks(words_of(answer.content, "text/html"), county.WORDS) == []


def test_a_search_for_a_secret_says_what_a_search_for_nonsense_says(people, walked):
    assert {"/proposals/", "/deputies/"} <= {form for form, _ in walked.fields}
    words = [*county.WORDS[::12], county.PHONE, county.HOUSE_PHONE, "1957.07", "1957-07-01"]
    for form, name in sorted(walked.fields):
        for word in words:
            told, control = (_asked(form, name, one) for one in (word, "无" * len(word)))
            assert told == control, (form, name, word)


def _asked(form: str, name: str, word: str) -> tuple[int, str]:
    stranger = Client(REMOTE_ADDR=f"2001:db8::{make.serial():x}")  # wrong numbers are counted
    answer = stranger.get(form, {name: word})
    text = words_of(answer.content, answer.get("Content-Type", ""))
    for spelling in (word, str(answer.wsgi_request.META["QUERY_STRING"].partition("=")[2])):
        text = text.replace(spelling, "")
    return answer.status_code, text


@pytest.mark.parametrize(
    "said",
    [
        b"<p>137 5555 0101</p>",
        b"<a href='tel:137-5555-0101'>",
        b"<p>1957\xe5\xb9\xb4 7 \xe6\x9c\x88</p>",
        "<p title='密留言内容'>".encode(),
    ],
)
def test_the_reader_finds_what_is_on_a_page(said):
    assert leaks(words_of(said, "text/html"), [*county.WORDS, *county.TIMES, county.PHONE])


def test_the_reader_finds_what_is_in_a_workbook_and_in_a_paper():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        workbook.add_worksheet().write(0, 0, "密学历")
        workbook.set_properties({"author": county.PHONE})
    paper = HTML(string=f"<title>密主任</title><p>{county.PHONE}</p>").write_pdf()
    assert leaks(words_of(out.getvalue(), ""), [*county.WORDS, county.PHONE]) == [
        "密学历",
        county.PHONE,
    ]
    assert leaks(words_of(paper, ""), [*county.WORDS, county.PHONE]) == ["密主任", county.PHONE]
