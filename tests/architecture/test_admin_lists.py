"""Every list of the workbench opens, costs the same at 1 row and at 3, and speaks Chinese only."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared import clock
from congress.shared.models import Area, Setting, Workday
from congress.shared.notices import write
from congress.shared.roles import Role
from deputies.models import DutyCategory, DutyItem, HeaderName
from proposals.models import OutcomeClass, RefusalGround, WorkTheme
from proposals.states import State
from scoring.actions import rules
from scoring.models import Appraisal, Archive, Grade, Star, VetoKind
from scoring.states import Step
from stations.actions import events, issues
from stations.actions.events import Mark
from stations.models import (
    CheckIn,
    CheckInWay,
    Consent,
    Council,
    CouncilKind,
    Finding,
    Invitee,
    Posting,
    ReceptionDay,
    RotaLeave,
    RotaSlot,
    Standard,
    Station,
    StationCheck,
    StationImport,
    StationKind,
    Swap,
    Tag,
    Visit,
    WallDocument,
    WallVersion,
    Way,
)
from tests import make
from tests.deputies import plans, seats, sheet, voters
from tests.deputies import walk as duties
from tests.home import facts as home_facts
from tests.proposals import walk as proposals
from tests.scoring import facts

pytestmark = pytest.mark.django_db
LISTS = {model._meta.label: model for model in admin.site._registry}
SHIPPED = {
    *(DutyCategory, DutyItem, OutcomeClass, RefusalGround, Grade, Star, VetoKind),
    *(Standard, WallDocument, CouncilKind, Tag),
}
"""Filled by migrations: nobody has one row of these."""
DATA = {"zhang", "xlsx"}
"""Latin letters that are no English: how a surname is typed, how a file's name ends."""


def one_more_of_everything(number: int) -> None:
    """A row more in every list, each with a township, group, unit, year and people of its own."""
    area = make.township(f"第{number}镇")
    group, unit = make.group(f"第{number}代表小组", area), make.unit(f"第{number}局")
    person = make.deputy(of=group, levels=("county", "township"))
    the_term = make.term(make.assembly("township", area))
    the_term.session_set.create(number=1, opens_on=date(2022, 1, 5), closes_on=date(2022, 1, 6))
    Setting.objects.create(key=f"k{number}", value=1, from_on=make.TODAY, basis="县常委会")
    Workday.objects.create(on=date(2031, 1, number), works=False, reason="节日")
    write([person.user], key="k", text="请看", link="/")
    WorkTheme.objects.create(name=f"主题{number}", words="桥", from_on=make.TODAY)
    sheet.upload([sheet.row()])
    plans.draft(year=2030 + number)
    HeaderName.objects.create(
        header=f"列{number}", column="姓名", named_by=person.user, named_at=clock.now()
    )
    raise_issue(
        voters.sent(make.deputy(of=group)),
        station=Station.objects.create(
            kind=StationKind.STATION, area=area, name=f"第{number}站", keeper=make.user()
        ),
    )
    seats.terminated(make.deputy(of=group).mandates.get())
    seats.announced(seats.term(90))
    proposals.proposal(State.ANSWERED, lead=person, unit=unit)
    activity = events.roll_call(
        item=duties.item("A2"),
        title=f"第{number}次活动",
        held_on=clock.today(),
        place="桃园村",
        group=group,
        marks={person.pk: Mark()},
        by=make.actor(),
    )
    station = Station.objects.create(
        kind=StationKind.HOME, area=area, name=f"第{number}之家", group=group, keeper=make.user()
    )
    Posting.objects.create(deputy=person, station=station, from_on=make.ELECTED_ON)
    on, taken = make.TODAY, {"taken_by": person.user, "taken_at": clock.now()}
    day = ReceptionDay.objects.create(station=station, planned_on=on, held_on=on, seats=1)
    turn = RotaSlot.objects.create(day=day, deputy=person)
    when = {"checked_on": on, "checked_by": person.user, "checked_at": clock.now()}
    StationCheck.objects.create(station=station, **when)
    StationImport.objects.create(applied_by=person.user, applied_at=clock.now())
    when = {"published_on": on, "published_by": person.user, "published_at": clock.now()}
    document = WallDocument.objects.create(title=f"制度{number}")
    WallVersion.objects.create(document=document, number=1, text="一、", basis="会议", **when)
    Swap.objects.create(slot=turn, asked=person, asked_by=person.user, asked_at=clock.now())
    RotaLeave.objects.create(deputy=person, from_on=on, to_on=on, reason="外出", **taken)
    entered = {"entered_by": person.user, "entered_at": clock.now()}
    came = {"way": Way.CALL, "came_on": on, "words": "路灯不亮", "consent": Consent.YES}
    Visit.objects.create(station=station, deputy=person, **came, **entered)
    moment = {"at": clock.now(), "received_at": clock.now(), "entered_by": person.user}
    CheckIn.objects.create(activity=activity, deputy=person, way=CheckInWay.CARD, **moment)
    what = {"title": "路灯", "words": "路灯不亮", "place": "四组", "found_on": on, "due_on": on}
    raised = {"raised_by": person.user, "raised_at": clock.now()}
    Finding.objects.create(activity=activity, area=area, deputy=person, **what, **raised)
    Invitee.objects.create(activity=activity, deputy=person)
    Tag.objects.create(family="三进", name=f"第{number}进")
    kind = CouncilKind.objects.create(name=f"第{number}种")
    held = {"held_on": on, "place": "院坝", "topic": "路灯", "people": 9, "notes": "都说要装"}
    Council.objects.create(station=station, kind=kind, **held, **entered)
    rules.adopt_default(
        make.assembly("township", area), from_on=facts.BOOK_FROM, by=make.director()
    )
    facts.posted(person)
    reviewed(person, 2020 + number)


def raise_issue(message, station):
    by = make.as_deputy(message.deputy)
    issues.raise_issue(message, station=station, title="路灯不亮", by=by, today=clock.today())


def reviewed(person, year: int) -> None:
    cycle = home_facts.review(year=year)
    grading = home_facts.graded(cycle, person)
    Appraisal.objects.create(
        cycle=cycle,
        deputy=person,
        step=Step.SELF,
        score=90,
        given_by=person.user,
        given_at=clock.now(),
    )
    Archive.objects.create(
        grading=grading,
        number=f"{year}-001",
        code=f"{year}",
        file=f"{year}.pdf",
        sha256="0" * 64,
        pages=4,
        sealed_at=clock.now() + timedelta(seconds=year),
    )


class Opened(NamedTuple):
    """How many rows a list has, how many queries its page took, and the page."""

    rows: int
    queries: int
    page: str


@pytest.fixture(scope="module")
def lists(django_db_setup, django_db_blocker):
    """Every list opened by the office at 1 row and at 3; the database forgets it afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        office = Client()
        office.force_login(make.actor(Role.STAFF_DIRECTOR).user)
        facts.book()
        one_more_of_everything(1)
        for model in LISTS.values():  # for the caches
            office.get(address(model))
        first = {label: opened(office, model) for label, model in LISTS.items()}
        one_more_of_everything(2)
        one_more_of_everything(3)
        office.get(address(Area))  # what the new rows have put out of date
        then = {label: opened(office, model) for label, model in LISTS.items()}
        yield first, then
        transaction.set_rollback(True)


def address(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def opened(office, model):
    with CaptureQueriesContext(connection) as captured:
        answer = office.get(address(model))
    assert answer.status_code == 200, model
    return Opened(model.objects.count(), len(captured), answer.content.decode())


def test_every_list_costs_the_same_at_1_row_and_at_3(lists):
    first, then = lists
    grown = {label for label in LISTS if then[label].rows >= first[label].rows + 2}
    assert {LISTS[label] for label in LISTS.keys() - grown} <= SHIPPED
    dearer = {
        label: (first[label][:2], then[label][:2])
        for label in LISTS
        if first[label].queries != then[label].queries
    }
    assert not dearer


class Shown(HTMLParser):
    """What a person reads or hears: the text, and the attributes that are read out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Scripts, styles, and the theme's icons, whose names are ligatures of a font, are mute."""
        mute = tag in {"script", "style"} or "material-symbols" in (dict(attrs).get("class") or "")
        self.silent = tag if mute else self.silent
        spoken = {"title", "placeholder", "aria-label", "alt"}
        self.words += [value or "" for name, value in attrs if name in spoken]

    def handle_endtag(self, tag):
        if tag == self.silent:
            self.silent = ""

    def handle_data(self, data):
        if not self.silent:
            self.words.append(data)


def test_no_list_shows_an_english_word(lists):
    english = {}
    for label, seen in lists[0].items():
        words = Shown(seen.page).words
        english[label] = {each for text in words for each in re.findall(r"[A-Za-z]{2,}", text)}
    assert not {label: words - DATA for label, words in english.items() if words - DATA}
