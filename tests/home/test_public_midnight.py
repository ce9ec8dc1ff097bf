"""Whoever is no deputy any more is on no public page from that midnight on (代表法第六十一条)."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from congress.shared import clock
from deputies.actions import messages, seats, terms
from stations.models import Posting, Station, StationKind
from tests import make
from tests.deputies import seats as changes
from tests.stations import screens

pytestmark = pytest.mark.django_db
LAST = date(2026, 5, 12)
NEXT = LAST + timedelta(days=1)
BEFORE = timezone.make_aware(datetime.combine(LAST, time(23, 59, 59)))
MIDNIGHT = timezone.make_aware(datetime.combine(NEXT, time(0, 0)))
NAME = "柳如是"


def leaves(person):
    """The seat ends by decision: the last day of it is `LAST`."""
    make.leaves(person, NEXT)


def term_ends(person):
    """The next term begins the day after: every seat of the old one ends at that midnight."""
    terms.open_term(
        make.assembly(), number=20, from_on=NEXT, seats=30, by=make.director(), today=LAST
    )


def rests(person):
    """执行职务 is suspended from the next day on."""
    seats.suspend(
        person,
        ground=changes.SuspensionGround.DETAINED,
        decision=changes.decision(NEXT),
        by=make.actor(),
        today=NEXT,
    )


@pytest.fixture
def person():
    with clock.at(BEFORE):
        found = make.deputy(NAME)
        place = Station.objects.create(
            kind=StationKind.STATION, area=make.township(), name="桃园站"
        )
        Posting.objects.create(deputy=found, station=place, from_on=make.ELECTED_ON)
        yield found


def own_pages(person):
    code = [person.code]
    return [reverse("home:deputy", args=code), reverse("deputies:send_message", args=code)]


def lists():
    place = [Station.objects.get().pk]
    detail = reverse("stations:public_detail", args=place)
    screen = screens.address(Station.objects.get())
    return ["/", reverse("deputies:public_list"), detail, screen]


def statuses(client, person):
    return [client.get(page).status_code for page in own_pages(person)]


@pytest.mark.parametrize("end", [leaves, term_ends, rests])
def test_a_deputys_pages_are_gone_at_that_minute(client, person, end):
    with clock.at(BEFORE if end is term_ends else MIDNIGHT):
        end(person)
    with clock.at(BEFORE):
        assert statuses(client, person) == [200, 200]
    with clock.at(MIDNIGHT):
        assert statuses(client, person) == [410, 410]
        told = "".join(client.get(page).content.decode() for page in own_pages(person))
        assert NAME not in told


@pytest.mark.parametrize("end", [leaves, term_ends])
def test_whoever_has_left_stands_in_no_list(client, person, end):
    with clock.at(BEFORE):
        assert [NAME in client.get(page).content.decode() for page in lists()][1:] == [True] * 3
        end(person)
    with clock.at(MIDNIGHT):
        assert [page for page in lists() if NAME in client.get(page).content.decode()] == []


def test_a_code_that_was_renewed_leads_to_one_sentence_and_to_nobody(client, person):
    old = person.code
    messages.renew_code(person, reason="卡片丢了", by=make.actor())
    answer = client.get(reverse("home:deputy", args=[old]))
    assert answer.status_code == 410
    assert NAME not in answer.content.decode()
    assert client.get(reverse("deputies:send_message", args=[old])).status_code == 410
    make.leaves(person, LAST)
    person.refresh_from_db()
    assert statuses(client, person) == [410, 410]
    assert client.get(reverse("home:deputy", args=[old])).status_code == 410
