"""案卷: one proposal or three with everything that a case can hold, in the same statements."""

from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from congress.shared import clock
from proposals import documents, tasks
from proposals.actions import clocks, meetings, opinions, review, volumes
from proposals.actions.assignment import assign
from proposals.models import Assignment, Proposal, Volume
from proposals.queries import volumes as queries
from proposals.sharing import Share
from proposals.states import Stage, State, UnitRole
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def whole():
    """Signed, with a photo, merged with another, with a helper, a denied meeting, and answered."""
    into = walk.attachment_raised().proposal
    again = walk.attachment_raised().proposal
    for row in (into, again):
        walk.signed(row)
        walk.signed(row)
        walk._take(row, State.ACCEPTED, make.unit(), (), "")
    review.split(
        Proposal.objects.get(pk=into.pk), asks=["加固护栏。", "清理桥墩。"], by=make.actor()
    )
    into, again = (Proposal.objects.get(pk=row.pk) for row in (into, again))
    review.merge(again, into=into, by=make.actor())
    helper = make.unit("县财政局")
    shares = [Share(make.unit(), UnitRole.LEAD), Share(helper, UnitRole.ASSISTING)]
    into = assign(into, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    lead, part = Proposal.objects.get(pk=into.pk).parts
    said = {"text": "可以安排。", "file_number": "竹财函〔2026〕1 号", "signer": "柯尊文"}
    opinions.send_opinion(part, by=walk.unit_clerk(helper), today=walk.REPLIED_ON, **said)
    clocks.pause(
        lead,
        from_on=walk.ASSIGNED_ON,
        reason="等批复。",
        agreed_with="领衔代表",
        by=make.actor(),
        today=walk.ASSIGNED_ON,
    )
    until = walk.ASSIGNED_ON + timedelta(days=3)
    clocks.resume(Assignment.objects.get(pk=lead.pk), until_on=until, by=make.actor(), today=until)
    lead = Assignment.objects.get(pk=lead.pk)
    walk.met(lead, Stage.BEFORE)
    wrong = lead.meetings.get()
    told = {"by": make.as_deputy(into.lead), "today": walk.REPLIED_ON}
    meetings.deny_meeting(wrong, words="没有见过面。", **told)
    walk.gated(Assignment.objects.get(pk=lead.pk))
    draft = walk.drafted(Assignment.objects.get(pk=lead.pk))
    walk.shown(draft, "red", "blue")
    walk.answered(Assignment.objects.get(pk=lead.pk))


def counted(volume):
    with CaptureQueriesContext(connection) as seen:
        cases = queries.cases(volume, clock.now())
        documents.volume_sheet(cases)
        render_to_string("pdf/proposal_bundle.html", {"title": "案卷", "cases": cases})
    assert all(each.replies and each.meetings and each.attachments for each in cases)
    return len(seen)


def test_three_whole_cases_take_the_statements_of_one():
    whole()
    volume = volumes.ask_volume(make.session(), by=make.actor())
    counted(volume)
    few = counted(volume)
    whole()
    whole()
    assert counted(volume) == few


def test_the_worker_too():
    def made():
        with CaptureQueriesContext(connection) as seen:
            assert tasks.make_volumes() == 1
        return len(seen)

    whole()
    volumes.ask_volume(make.session(), by=make.actor())
    made()
    volumes.ask_volume(Volume.objects.get().session, by=make.actor())
    few = made()
    whole()
    whole()
    volumes.ask_volume(Volume.objects.get().session, by=make.actor())
    assert made() == few
