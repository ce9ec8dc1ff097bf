"""一人两边: who has posts on both sides answers no word of their own."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.urls import reverse

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from proposals.actions import clocks, meetings, objections
from proposals.gate import Standing, standings
from proposals.models import Meeting, Proposal
from proposals.queries.deputies import to_confirm
from proposals.states import Stage
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk

pytestmark = pytest.mark.django_db
OWN = "这次见面是您自己登记的"


@pytest.fixture(autouse=True)
def _in_spring():
    with clock.at(datetime(2026, 4, 24, 2, tzinfo=UTC)):
        yield


def of_both() -> tuple:
    """A part in hand, its lead as the deputy, and the same person as a clerk of the unit."""
    part = facts.handed()
    lead = make.as_deputy(part.proposal.lead)
    return part, lead, make.actor(Role.UNIT_CLERK, user=lead.user, at=part.unit)


def of_the_office(by: Actor) -> Actor:
    return make.actor(user=by.user)


def how(part) -> Standing:
    return standings(facts.again(part), walk.REPLIED_ON, lambda _: True, 10)[Stage.BEFORE]


def test_what_one_wrote_down_for_the_unit_one_does_not_bear_out_as_the_deputy(client):
    part, lead, clerk = of_both()
    walk.met(part, Stage.BEFORE, by=clerk)
    meeting = part.meetings.get()
    with pytest.raises(Refused, match=OWN):
        meetings.confirm_meeting(meeting, by=lead)
    assert how(part) in (Standing.WAITING, Standing.ONE_SIDED)
    assert to_confirm(Proposal.objects.get()) == []
    assert not Notice.objects.filter(key=f"proposal.meeting:{meeting.pk}").exists()
    client.force_login(lead.user)
    session = client.session
    session["post"] = lead.post.pk
    session.save()
    page = client.get(reverse("proposals:detail", args=[part.proposal_id])).content.decode()
    assert "见过，属实" not in page
    denied = meetings.deny_meeting(meeting, words="写错了。", by=lead, today=walk.REPLIED_ON)
    assert denied.denied_by == lead.user  # what one wrote oneself may be taken back


def test_what_one_wrote_down_as_the_deputy_a_colleague_bears_out():
    part, lead, clerk = of_both()
    walk.met(part, Stage.BEFORE, by=lead)
    meeting, colleague = part.meetings.get(), walk.unit_clerk()
    with pytest.raises(Refused, match=OWN):
        meetings.confirm_meeting(meeting, by=clerk)
    assert meetings.confirm_meeting(meeting, by=colleague).confirmed_by == colleague.user
    assert how(part) is Standing.CONFIRMED


def test_what_the_deputy_writes_down_is_told_to_the_colleagues():
    part, lead, _ = of_both()
    colleague = walk.unit_clerk()
    walk.met(part, Stage.BEFORE, by=lead)
    told = Notice.objects.filter(key=f"proposal.meeting:{part.meetings.get().pk}")
    assert [each.person for each in told] == [colleague.user]


def test_the_database_keeps_both_sides_two_people():
    part, _, _ = of_both()
    walk.met(part, Stage.BEFORE)
    walk.borne_out(part)
    with pytest.raises(IntegrityError, match="confirmed_by_somebody_else"), transaction.atomic():
        Meeting.objects.update(confirmed_by=F("recorded_by"))


def test_what_one_person_had_borne_out_alone_becomes_one_sided_and_the_trail_says_so():
    part, lead, _ = of_both()
    walk.met(part, Stage.BEFORE)
    walk.borne_out(part)
    walk.met(part, Stage.DURING)
    walk.borne_out(part)
    migration = import_module("proposals.migrations.0035_meetings_of_one_person")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE proposals_meeting AS SELECT * FROM proposals_meeting")
        Meeting.objects.filter(stage=Stage.BEFORE).update(recorded_by=lead.user)
        cursor.execute(migration.ONE_SIDED)
        cursor.execute(migration.ONE_SIDED)
    assert how(part) in (Standing.WAITING, Standing.ONE_SIDED)
    assert [each.stage for each in Meeting.objects.exclude(confirmed_at=None)] == [Stage.DURING]
    (event,) = AuditEvent.objects.filter(note__startswith="补记：")
    assert (event.subject, event.now) == ("proposals.Meeting", "met_before")
    assert "按一方登记算" in event.note


def test_who_asked_for_more_months_does_not_consent_and_the_office_decides_alone():
    part, lead, clerk = of_both()
    make.actor()
    given = {"months": 1, "reason": "要等上级批复。", "today": walk.REPLIED_ON}
    asked = clocks.ask_extension(part, by=clerk, **given)
    assert not Notice.objects.filter(person=lead.user, key__contains="extension").exists()
    for word in (clocks.consent_extension, clocks.decline_extension):
        with pytest.raises(Refused, match="您自己代单位申请的"):
            word(asked, by=lead)
    assert not asked.waits_for_deputy
    for decide in (clocks.grant_extension, clocks.refuse_extension):
        with pytest.raises(Refused, match="您自己代单位申请的"):
            decide(asked, words="可以。", by=of_the_office(clerk), today=walk.REPLIED_ON)
    clocks.grant_extension(asked, by=make.actor(), today=walk.REPLIED_ON)
    note = AuditEvent.objects.get(now="granted").note
    assert "申请人就是领衔代表，由代工委决定" in note


def test_who_raised_an_objection_does_not_decide_it():
    clerk = walk.unit_clerk()
    objection = facts.objected(by=clerk)
    given = {"words": "按方案办。", "today": facts.REHEARSED_ON}
    for decide, more in (
        (objections.uphold_objection, {"unit": objection.better_unit}),
        (objections.dismiss_objection, {}),
    ):
        with pytest.raises(Refused, match="您自己代单位提出的"):
            decide(objection, by=of_the_office(clerk), **given, **more)
    assert objections.dismiss_objection(objection, by=make.actor(), **given).decided_by
