"""Verified facts for the ledger's tests, made by the real verbs."""

from datetime import date, datetime, time

from django.utils import timezone

from congress.shared import clock
from congress.shared.roles import Role
from deputies.actions import duties
from scoring.actions import appeals, posting, rules
from scoring.models import Entry
from tests import make
from tests.deputies import walk

DAY = date(2026, 5, 20)
BOOK_FROM = date(2025, 1, 1)


def book(level: str = "county", from_on: date = BOOK_FROM):
    """The default rule book of the county's (or a township's) congress."""
    area = make.township() if level == "township" else None
    return rules.adopt_default(make.assembly(level, area), from_on=from_on, by=make.director())


def reported(deputy, code="C1", *, on=DAY, by=None, **how):
    """A duty that an organiser registered."""
    return walk.told(deputy, code, by=by or make.actor(Role.KEEPER), day=on, **how)


def checked(deputy, code="C1", **how):
    """A duty that a first person has checked."""
    return duties.check(reported(deputy, code, **how), by=make.actor(Role.STAFF_CLERK))


def posted(deputy, code="C1", *, by=None, **how):
    """A duty verified by a second person, another occasion each time; its county entry."""
    record = checked(deputy, code, **how)
    posting.verify_and_post(record, by=by or make.director(), twice=True)
    return Entry.objects.filter(record=record, reverses=None).first()


def contested(entry, words="应当按 A2 记分。"):
    """The deputy's open appeal against a line."""
    by = make.as_deputy(entry.deputy)
    return appeals.appeal(entry, words=words, by=by, today=clock.today())


def on(day: date):
    """The clock stands at noon of that day."""
    return clock.at(timezone.make_aware(datetime.combine(day, time(12))))
