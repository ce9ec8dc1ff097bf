"""核对和核实须两个人: nobody takes a step with what is about them, what they told or checked.

One person may hold several posts. Each case makes a person who stands in one relation to a record
(through one post), lets them act through every post that may take the step, by every way there is.
"""

import pytest
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.roles import STAFF, Role
from deputies.actions import duties
from deputies.models import DutyRecord
from deputies.states import DutyState
from scoring.actions import posting
from scoring.models import Entry
from tests import make
from tests.scoring import facts

pytestmark = pytest.mark.django_db

CHECKERS = sorted(STAFF | {Role.TOWNSHIP_CLERK})
TELLERS = sorted({*CHECKERS, Role.CONVENOR, Role.KEEPER})


@pytest.fixture(autouse=True)
def may(db):
    facts.book()
    with facts.on(facts.DAY.replace(day=22)):
        yield


def about_them(deputy, person):
    """The record is of the deputy who is this person."""
    own = make.deputy()
    own.user = person
    own.save()
    return facts.reported(own)


def told_by(role):
    def made(deputy, person):
        return facts.reported(deputy, by=make.actor(role, user=person))

    return made


def checked_by(role):
    def made(deputy, person):
        return duties.check(facts.reported(deputy), by=make.actor(role, user=person))

    return made


def by_action(client, actor, record, other, step):
    verb = {"check": duties.check, "verify": posting.verify_and_post}[step]
    with pytest.raises(Refused, match="须由他人"):
        verb(record, by=actor)


def by_bulk_action(client, actor, record, other, step):
    verb = {"check": duties.check_all, "verify": posting.verify_and_post_all}[step]
    with pytest.raises(Refused, match="须由他人"):
        verb([other, record], by=actor)


def posted(client, actor, step, sent):
    client.force_login(actor.user)
    client.post(reverse("shared:act_as"), {"post": actor.post.pk})
    url = {"check": "scoring:check_queue", "verify": "scoring:verify_and_post"}[step]
    answer = client.post(reverse(url), sent)
    assert answer.status_code == 409
    assert "须由他人" in answer.content.decode()


def by_form(client, actor, record, other, step):
    posted(client, actor, step, {"record": record.pk})


def by_forged_list(client, actor, record, other, step):
    posted(client, actor, step, {"records": [other.pk, record.pk]})


WAYS = [by_action, by_bulk_action, by_form, by_forged_list]
RELATIONS = {"the deputy": about_them} | {f"told as {role}": told_by(role) for role in TELLERS}
CHECKED = {f"checked as {role}": checked_by(role) for role in CHECKERS}


@pytest.mark.parametrize("role", CHECKERS)
@pytest.mark.parametrize("relation", RELATIONS)
def test_nobody_checks_what_is_theirs(client, role, relation):
    person = make.user()
    record = RELATIONS[relation](make.deputy(), person)
    other = facts.reported(make.deputy())

    for way in WAYS:
        way(client, make.actor(role, user=person), record, other, "check")

    assert not DutyRecord.objects.exclude(state=DutyState.REPORTED).exists()


@pytest.mark.parametrize("role", sorted(STAFF))
@pytest.mark.parametrize("relation", [*RELATIONS, *CHECKED])
def test_nobody_verifies_what_is_theirs(client, role, relation):
    person = make.user()
    if relation in RELATIONS:
        record = duties.check(RELATIONS[relation](make.deputy(), person), by=make.actor())
    else:
        record = CHECKED[relation](make.deputy(), person)
    other = facts.checked(make.deputy())

    for way in WAYS:
        way(client, make.actor(role, user=person), record, other, "verify")

    assert DutyRecord.objects.in_state(DutyState.CHECKED).count() == 2
    assert not Entry.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_a_forged_form_of_any_other_post_verifies_nothing(client, role):
    record = facts.checked(make.deputy())
    client.force_login(make.actor(role).user)
    answer = client.post(reverse("scoring:verify_and_post"), {"record": record.pk})
    assert answer.status_code in {404, 409}
    record.refresh_from_db()
    assert record.state == DutyState.CHECKED


def test_who_took_a_check_back_may_verify_once_another_has_checked():
    clerk, record = make.actor(), facts.reported(make.deputy())
    duties.uncheck(duties.check(record, by=clerk), by=clerk)
    duties.check(record, by=make.actor())
    assert posting.verify_and_post(record, by=clerk) == 1
