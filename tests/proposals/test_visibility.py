"""Every kind of event by every reader: page, export, list, feed and notices tell the same."""

import html
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import transaction
from django.test import Client

from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from proposals.events import EVENTS, EXTENSION, OBJECTION, PART, PROPOSAL, REPLY, Reader, key_of
from proposals.models import (
    Assignment,
    Challenge,
    Invitation,
    KeySupervision,
    LookBack,
    Meeting,
    Objection,
    Promise,
    Proposal,
    Sheet,
    Upgrade,
)
from proposals.queries import timeline
from proposals.queries.visibility import readable
from proposals.rating_states import Satisfaction
from proposals.states import (
    NUMBERED,
    OPINING,
    SHOWN_TO_UNIT,
    Part,
    Signature,
    State,
    UnitRole,
)
from proposals.views.feeds import NEWEST
from tests import make
from tests.proposals import chapters, story
from tests.proposals.pages import url
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
    with django_db_blocker.unblock(), transaction.atomic(), on(make.TODAY):
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


def about(row):
    """The record, its proposal and its part."""
    model = next(m for m in Proposal._meta.apps.get_models() if m._meta.label == row.subject)
    record = model.objects.get(pk=row.subject_id)
    if row.subject == "proposals.Rating":
        return record, record.reply.assignment.proposal, record.reply.assignment
    part = record if isinstance(record, Assignment) else getattr(record, "assignment", None)
    if isinstance(record, Proposal):
        return record, record, None
    return record, part.proposal if part else getattr(record, "proposal", None), part


def on_the_sheet(actor, record):
    """A unit with a part on it that it is shown: of others' sheets it reads nothing."""
    lines = record.lines.all() if actor and isinstance(record, Sheet) else []
    found = Reader(0)
    for each in lines:
        if each.unit_id == actor.organisation_id and each.state in SHOWN_TO_UNIT:
            found |= Reader.ANSWERING if each.answers else Reader.ASSISTING
    return found


def part_of_reader(told, name, row):
    """In what part this reader reads of that step, reasoned without the database's words."""
    actor, (record, proposal, part) = told.readers[name].actor, told.about[row.pk]
    if name in ("office", "auditor"):
        return Reader.OFFICE
    if proposal is None:
        gone = actor and isinstance(record, Sheet) and taken_back(actor, record.lines.all())
        return (Reader.FORMER if gone else Reader(0)) | on_the_sheet(actor, record)
    in_hand = part is None or (part.assigned_on and part.state != Part.REMOVED)
    if actor is None:
        denied = isinstance(record, Meeting) and (record.denied_at or record.taken_back_at)
        denied = denied or (isinstance(record, KeySupervision) and record.state == "taken_back")
        became = isinstance(record, Promise | LookBack | Upgrade | Challenge)
        denied = denied or (became and proposal.state != State.PUBLISHED)
        public = proposal.state in NUMBERED and not proposal.withheld_reason
        shown = public and in_hand and (part is None or part.answers) and not denied
        return Reader.PUBLIC if shown else Reader(0)
    if actor.role == Role.DEPUTY:
        return deputys(actor, proposal, record) if in_hand else Reader(0)
    return units(told, actor, proposal, part, row.subject, in_hand)


def taken_back(actor, parts):
    """What the acting unit has seen of these and has no more, without an objection."""
    gone = [each for each in parts if each.state == Part.REMOVED]
    own = [each for each in gone if each.unit_id == actor.organisation_id]
    planned = AuditEvent.objects.filter(subject=PART, now__in=(Part.PLANNED, Part.HANDED))
    seen = set(planned.values_list("subject_id", flat=True))
    upheld = {each.assignment_id for each in Objection.objects.all() if each.state == "upheld"}
    return [each for each in own if each.pk in seen - upheld]


def deputys(actor, proposal, record):
    if proposal.lead.user == actor.user:
        return Reader.LEAD
    if isinstance(record, Invitation):
        open_still = not proposal.withheld_reason
        return Reader.ASKED if record.deputy.user == actor.user and open_still else Reader(0)
    signed = proposal.cosignatures.filter(deputy__user=actor.user, state=Signature.STANDING)
    return Reader.SIGNER if list(signed) else Reader(0)


def units(told, actor, proposal, part, subject, in_hand):
    of_unit = [
        each for each in told.parts_of.get(proposal.pk, []) if each.unit_id == actor.organisation_id
    ]
    own = [each for each in of_unit if each.state in SHOWN_TO_UNIT]
    raised = subject in (OBJECTION, EXTENSION) and part in of_unit
    found = Reader.OBJECTOR if raised else Reader(0)
    gone = [each for each in of_unit if not each.sheet or each.sheet.state != "dropped"]
    if proposal.state == "withdrawn" and part is None and taken_back(actor, gone):
        found |= Reader.FORMER
    if not own:
        return found
    mine = Reader.ANSWERING if own[0].answers else Reader.ASSISTING
    if part is None or part in own:
        return found | mine
    if in_hand and own[0].role == UnitRole.LEAD and part.role in OPINING:
        found |= Reader.HELPED
    if in_hand and own[0].role == UnitRole.JOINT and part.role == UnitRole.LEAD:
        found |= Reader.JOINT
    if in_hand and subject == REPLY and copied_to(own[0], proposal, part):
        found |= Reader.COPIED
    return found


def copied_to(own, proposal, part):
    """抄送: it had its part by the day of a reply that is open."""
    came = [each.replied_on >= own.assigned_on for each in part.replies.all() if own.assigned_on]
    return any(came) and not proposal.why_withheld


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
