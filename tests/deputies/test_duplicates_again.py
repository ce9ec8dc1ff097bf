"""不再算重复: when the record that stayed counts no more, its duplicate is not lost with it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from time import sleep

import pytest
from django.db import connection, transaction
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from deputies.actions import duplicates, duties
from deputies.models import DutyRecord
from tests import make
from tests.deputies import scenes, walk
from tests.deputies.test_likeness import doubts, read, shot
from tests.race import at_once
from tests.scoring.facts import on

TODAY = date(2026, 5, 21)
DAY = date(2026, 5, 20)


@pytest.fixture
def today(db):
    with on(TODAY):
        yield TODAY


def pair(**facts):
    """The organiser's record goes, the deputy's own stays."""
    who = make.deputy("罗明贵")
    own = walk.report(who, item=walk.item("C1"), done_on=DAY, quantity=1, **facts)
    told = walk.told(who, "C1", by=make.actor(Role.KEEPER), day=DAY)
    return own, duplicates.mark_duplicate(told, stays=own, by=make.actor())


def withdrawn(record):
    return duties.withdraw(record, by=make.as_deputy(record.deputy))


def test_its_duplicate_waits_for_its_check_again_and_both_are_told(client, today):
    own, told = pair()

    withdrawn(own)

    told.refresh_from_db()
    assert (told.state, told.duplicate_of) == ("reported", None)
    last = AuditEvent.objects.filter(subject_id=told.pk).order_by("id").last()
    said = f"留下的第 {own.pk} 条不再算，这一条重新算数"
    assert (last.was, last.now, last.by_name, last.note) == (
        *("withdrawn", "reported", "罗明贵", said),
    )
    words = "罗明贵 5 月 20 日“接待选民”认定重复时留下的那一条不再算了，这一条重新算数，接着核对。"
    for person in (told.deputy.user, told.reported_by):
        assert Notice.objects.filter(person=person, text=words).count() == 1
    client.force_login(make.actor().user)
    assert "接待选民" in client.get(reverse("scoring:check_queue")).content.decode()


def test_what_was_checked_or_sent_back_waits_for_its_first_check(today):
    who = make.deputy()
    stays = walk.told(who, "C1", by=make.actor(Role.KEEPER), day=DAY)
    for state in ("checked", "returned"):
        gone = walk.duty(state, who, item=walk.item("C1"), done_on=DAY, quantity=1)
        duplicates.mark_duplicate(gone, stays=stays, by=make.actor())
    duplicates.stand_again(stays, by=make.actor())
    again = DutyRecord.objects.exclude(pk=stays.pk)
    assert set(again.values_list("state", "checked_by", "return_reason")) == {
        ("reported", None, "")
    }


def test_what_its_deputy_never_confirmed_waits_for_their_word(today):
    who = make.deputy()
    stays = walk.report(who, item=walk.item("C1"), done_on=DAY, quantity=1)
    asked = walk.entered(who, item=walk.item("C1"), done_on=DAY, quantity=1)
    duplicates.mark_duplicate(asked, stays=stays, by=make.actor())
    withdrawn(stays)
    asked.refresh_from_db()
    assert asked.state == "entered"


def test_its_photos_are_compared_again(today):
    who = make.deputy()
    facts = {"item": walk.item("C1"), "done_on": DAY, "quantity": 1}
    stays = walk.report(who, **facts, photos=[shot(2)])
    gone = walk.entered(who, **facts, photos=[shot(1)])
    duplicates.mark_duplicate(gone, stays=stays, by=make.actor())
    later = walk.report(photos=[read(scenes.CHANGES["resized"](scenes.room(1)))])
    assert doubts(later) == (False, False, False)
    withdrawn(stays)
    assert doubts(later) == (False, True, False)


@pytest.mark.parametrize("verb", ["resubmit", "check", "verify", "withdraw"])
def test_what_was_taken_back_by_its_deputy_stays_so(today, verb):
    record = withdrawn(walk.report())
    calls = {
        "resubmit": lambda: duties.resubmit(record, **walk.mended(record)),
        "check": lambda: duties.check(record, by=make.actor()),
        "verify": lambda: duties.verify(record, by=make.director()),
        "withdraw": lambda: withdrawn(record),
    }
    with pytest.raises(Refused, match="目前是“已撤回”"):
        calls[verb]()


@pytest.mark.django_db(transaction=True)
def test_two_taps_bring_it_back_once():
    with on(TODAY):
        own, told = pair()
    assert at_once(2, withdrawn, own) == ["done", "refused"]
    events = AuditEvent.objects.filter(subject_id=told.pk, was="withdrawn")
    assert events.count() == 1


def until_somebody_waits():
    """Another connection waits for a lock that this one holds."""
    with connection.cursor() as cursor:
        for _ in range(1000):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            sleep(0.01)


@pytest.mark.django_db(transaction=True)
def test_taking_back_and_marking_once_more_do_not_wait_for_each_other():
    """The duplicate has the lower number: all lock it first, and whoever waits holds nothing."""
    with on(TODAY):
        who = make.deputy()
        told = walk.told(who, "C1", by=make.actor(Role.KEEPER), day=DAY)
        own = walk.report(who, item=walk.item("C1"), done_on=DAY, quantity=1)
        duplicates.mark_duplicate(told, stays=own, by=make.actor())
    by = make.as_deputy(who)

    def take_back():
        try:
            duties.withdraw(own, by=by)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            DutyRecord.objects.select_for_update(no_key=True).get(pk=told.pk)
            other = pool.submit(take_back)
            until_somebody_waits()
            DutyRecord.objects.select_for_update(no_key=True).get(pk=own.pk)
        other.result()
    told.refresh_from_db()
    assert told.state == "reported"
