"""Every kind of event happens, and by every reader page, export, list, feed and notices agree."""

import html
from io import BytesIO
from unittest.mock import patch
from zipfile import ZipFile

import pytest
from django.db import transaction
from django.http import HttpResponse  # noqa: TID251 - a page in place of another
from django.test import Client

from congress import urls
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from proposals.events import EVENTS, EXTENSION, OBJECTION, PROPOSAL, key_of
from proposals.models import Assignment
from proposals.queries import timeline
from proposals.queries.visibility import readable
from proposals.rating_states import Satisfaction
from proposals.readers import Reader
from proposals.views import news
from proposals.views.feeds import NEWEST
from tests import make
from tests.proposals import chapters, story
from tests.proposals.pages import url
from tests.proposals.reading import about, part_of_reader
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
PERSONS = {
    "lead": lambda told: make.as_deputy(told.lead),
    "other": lambda told: make.as_deputy(told.other),
    "signer": lambda told: make.as_deputy(told.signer),
    "leaver": lambda told: make.as_deputy(told.leaver),
    "answering": lambda told: told.clerks[chapters.ROADS],
    "joint": lambda told: told.clerks[chapters.FARMS],
    "assisting": lambda told: told.clerks[chapters.MONEY],
    "taking over": lambda told: told.clerks[chapters.WATER],
    "foreign": lambda told: told.clerks[chapters.SCHOOLS],
    "office": lambda told: told.office,
    "auditor": lambda told: make.actor(Role.AUDITOR),
    "public": lambda told: None,
}
KINDS = sorted(EVENTS)
LOUD = [kind for kind in KINDS if EVENTS[kind].readers & ~Reader.LOG]
"""Those that have words: all but what only the log has."""


def text(answer):
    """What a page or a spreadsheet says; nothing when it is not there."""
    if answer.status_code != 200:
        assert answer.status_code == 404
        return ""
    if "spreadsheet" in answer["Content-Type"]:
        with ZipFile(BytesIO(answer.content)) as book:
            return html.unescape(book.read("xl/sharedStrings.xml").decode())
    return html.unescape(answer.content.decode())


class Told:
    """One reader with everything that reaches them."""

    def __init__(self, told, actor):
        self.actor = actor
        newest_first = list(readable(actor).values_list("pk", flat=True))
        self.may = set(newest_first)
        self.old = set() if actor else set(newest_first[NEWEST:])
        client = Client()
        if actor:
            client.force_login(actor.user)
        rows = [told.row(name) for name in told.rows]
        self.pages = self.all(client, rows, "public_detail" if actor is None else "detail")
        self.feeds = self.all(client, rows, "proposal_feed") if actor is None else ""
        self.export = self.all(client, rows, "events_export") if actor else ""
        self.news = "".join(self.turns(client)) if actor else text(client.get(url("public_feed")))
        notices = Notice.objects.filter(person=actor.user) if actor else Notice.objects.none()
        self.notices = "".join(notices.values_list("text", flat=True))

    def reads(self, words):
        """Whether an event that they may read says the same, or says it too."""
        return any(words in said for said in self.words.values())

    def all(self, client, rows, name):
        public = self.actor is None
        return "".join(
            text(client.get(url(name, row.number if public else row.pk), follow=True))
            for row in rows
            if row.number or not public
        )

    def turns(self, client):
        page = 1
        while page:
            answer = client.get(f"{url('news')}?page={page}")
            yield text(answer)
            page = page + 1 if answer.context["page"].has_next() else 0


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The whole story once, and what each reader is told; the database forgets it afterwards."""
    # What is not there need not be drawn: `text` reads nothing of it.
    bare = patch.object(urls, "handler404", lambda *_, **__: HttpResponse(status=404))
    one_page = patch.object(news, "PAGE", 1000)  # turning pages has a test of its own
    with django_db_blocker.unblock(), transaction.atomic(), on(make.TODAY), bare, one_page:
        told = story.story()
        steps = list(AuditEvent.objects.filter(subject__startswith="proposals.").order_by("-pk"))
        told.steps = {}
        for row in steps:
            told.steps.setdefault(key_of(row.subject, row.was, row.now), []).append(row)
        told.people = [
            each.user for each in (*told.clerks.values(), *told.heads.values(), told.office)
        ]
        told.loud = {row.pk for kind in LOUD for row in told.steps[kind]}
        told.readers = {name: Told(told, person(told)) for name, person in PERSONS.items()}
        for reader in told.readers.values():
            reader.words = words_of(steps, reader.actor, reader.may)
        told.words = words_of(steps, told.office, told.loud)
        told.about = {row.pk: about(row) for row in steps}
        told.parts_of = {
            pk: list(Assignment.objects.filter(proposal=pk)) for pk in told.rows.values()
        }
        yield told
        transaction.set_rollback(True)


def words_of(steps, actor, numbers):
    found = timeline.lines([row for row in steps if row.pk in numbers], actor, make.TODAY)
    return {line.row: line.words for line in found}


EVERYTHING = ("pages", "export", "news", "feeds", "notices")


def amiss(told, kind, name):
    """What that reader is told of steps of this kind otherwise than the table says."""
    reader = told.readers[name]
    for row in told.steps[kind]:
        part = part_of_reader(told, name, row)
        may, words = bool(EVENTS[kind].readers & part), reader.words.get(row.pk)
        if may != (row.pk in reader.words):
            yield f"{row.note}: {may} by the table"
        elif may:
            shown = [reader.pages, reader.news, reader.feeds or reader.export]
            on_page = kind.subject != OBJECTION or words in reader.pages
            if (part, kind.subject) in ((Reader.FORMER, PROPOSAL), (Reader.OBJECTOR, EXTENSION)):
                on_page = False  # the unit's own page of it is gone with its part
            wanted = [on_page, kind.now != "draft_saved", on_page]
            found = [words in each for each in shown]
            if row.pk in reader.old:  # the public's feed ends with the newest
                found[1] = wanted[1]
            if found != wanted:
                yield f"{words}: on page, news, feed {found}"
        elif (words := told.words.get(row.pk)) and not reader.reads(words):
            yield from (f"{words}: in {each}" for each in EVERYTHING if words in vars(reader)[each])


def test_everything_that_the_table_names_happens_and_nothing_else(house):
    seen = [
        key_of(step.subject, step.was, step.now) for each in house.chapters for step in each.steps
    ]
    assert None not in seen
    assert set(seen) == set(EVENTS)


def test_whoever_is_told_of_an_event_is_among_those_who_may_read_it(house):
    assert sum(len(each.notices) for each in house.chapters) > 50
    wrong = [(n.person.name, n.text) for each in house.chapters for n in each.told_too_much]
    assert wrong == []


@pytest.mark.parametrize("name", PERSONS)
def test_all_that_reaches_a_reader_agrees_with_the_table(house, name):
    assert set(house.steps) == set(KINDS)
    found = {kind: list(amiss(house, kind, name)) for kind in KINDS}
    assert not {kind: words for kind, words in found.items() if words}


def test_what_is_no_longer_or_not_yet_or_never_public_is_in_no_feed_and_on_no_page(house):
    public = house.readers["public"]
    said = public.pages + public.news + public.feeds
    for name in ("hidden", "away", "refused", "letter"):
        assert f"关于{name}这件事的建议" not in said
    assert "关于修复桃园村过水桥的建议" in said


def test_nothing_that_a_rating_said_reaches_anybody(house):
    for name, reader in house.readers.items():
        said = reader.pages + reader.export + reader.news + reader.feeds + reader.notices
        assert chapters.RATED not in said
        assert Satisfaction.UNSATISFIED.label not in said, name


def test_who_did_it_is_told_to_the_office_and_within_a_unit_alone(house):
    names = {f"{each.name}（" for each in house.people}
    for name in ("lead", "signer", "public"):
        reader = house.readers[name]
        said = reader.pages + reader.export + reader.news + reader.feeds
        assert not [each for each in names if each in said], name
    assert [each for each in names if each in house.readers["office"].news]
