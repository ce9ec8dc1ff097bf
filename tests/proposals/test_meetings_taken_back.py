"""撤销登记: who wrote a meeting down wrongly takes it back, before the other side has spoken."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import UNIT, Role
from proposals.actions import meetings
from proposals.gate import missing_stages
from proposals.models import Assignment, Meeting
from proposals.states import Side, Stage, State
from tests import make
from tests.proposals import walk
from tests.race import at_once

pytestmark = pytest.mark.django_db


def lead_of(part):
    return make.as_deputy(part.proposal.lead)


def told(by=None, **kept):
    """One of the three is on record by one side's word."""
    part = walk.proposal(State.ASSIGNED, **kept).lead_assignment
    walk.met(part, Stage.BEFORE, by=by and by(part))
    return part.meetings.get()


def take_back(meeting, **changes):
    given = {"by": walk.unit_clerk(), "today": walk.REPLIED_ON}
    return meetings.take_back_meeting(meeting, **(given | changes))


def again(part):
    return Assignment.objects.get(pk=part.pk)


def test_take_back_meeting_frees_the_stage_keeps_the_row_and_asks_nobody_any_more():
    meeting, clerk = told(), walk.unit_clerk()
    lead = lead_of(meeting.assignment)
    asked = Notice.objects.get(person=lead.user, key=f"proposal.meeting:{meeting.pk}")
    assert asked.read_at is None
    meeting = take_back(meeting, by=clerk)
    assert (meeting.taken_back_by, bool(meeting.taken_back_at)) == (clerk.user, True)
    event = AuditEvent.objects.get(now="taken_back_before")
    assert (event.subject_id, event.by_id) == (meeting.pk, clerk.user.pk)
    asked.refresh_from_db()
    assert asked.read_at
    notice = Notice.objects.get(person=lead.user, key=f"proposal.taken_back:{meeting.pk}")
    assert "撤销了登记的" in notice.text
    assert "不用再确认" in notice.text
    part = again(meeting.assignment)
    assert missing_stages(part)[0] == Stage.BEFORE
    walk.met(part, Stage.BEFORE)
    assert (Meeting.objects.count(), Meeting.objects.held().count()) == (2, 1)


def test_the_deputy_takes_back_what_the_deputy_wrote_and_the_unit_is_told():
    clerk = walk.unit_clerk()
    meeting = told(lead_of)
    assert meeting.side == Side.DEPUTY
    with pytest.raises(Refused, match="由领衔代表本人撤销登记"):
        take_back(meeting)
    take_back(meeting, by=lead_of(meeting.assignment))
    assert Notice.objects.get(person=clerk.user, key=f"proposal.taken_back:{meeting.pk}")


def test_take_back_meeting_is_refused_to_all_but_the_side_that_wrote_it():
    meeting = told()
    roles = [make.actor(role) for role in set(Role) - {Role.DEPUTY} - UNIT]
    others = [lead_of(meeting.assignment), walk.unit_clerk(make.unit("县财政局"))]
    for by in [*roles, *others]:
        with pytest.raises(Refused, match="由它自己撤销登记"):
            take_back(meeting, by=by)


def test_take_back_meeting_is_refused_once_the_other_side_has_spoken_and_after_the_reply():
    meeting = told()
    walk.borne_out(meeting.assignment)
    with pytest.raises(Refused, match="已经确认"):
        take_back(meeting)
    meeting = told()
    words = {"words": "没有见面。", "today": walk.REPLIED_ON}
    meetings.deny_meeting(meeting, by=lead_of(meeting.assignment), **words)
    with pytest.raises(Refused, match="不用再撤销"):
        take_back(meeting)
    meeting = told()
    take_back(meeting)
    with pytest.raises(Refused, match="已经撤销"):
        take_back(meeting)
    lead = lead_of(meeting.assignment)
    for verb, how in ((meetings.confirm_meeting, {}), (meetings.deny_meeting, words)):
        with pytest.raises(Refused, match="已经撤销了这次见面"):
            verb(meeting, by=lead, **how)
    answered = walk.proposal(State.ANSWERED).lead_assignment.meetings.first()
    Meeting.objects.filter(pk=answered.pk).update(confirmed_by=None, confirmed_at=None)
    with pytest.raises(Refused, match="已答复"):
        take_back(answered)


@pytest.mark.django_db(transaction=True)
def test_four_clicks_take_back_once():
    outcomes = at_once(4, take_back, told())
    assert outcomes == ["done", "refused", "refused", "refused"]


def test_the_database_keeps_an_answer_and_a_taking_back_apart():
    meeting = take_back(told())
    rows = Meeting.objects.filter(pk=meeting.pk)
    with pytest.raises(IntegrityError, match="answered_or_taken_back"), transaction.atomic():
        rows.update(confirmed_by=make.user(), confirmed_at=clock.now())
    with pytest.raises(IntegrityError, match="taken_back_has_who_and_when"), transaction.atomic():
        rows.update(taken_back_by=None)


def test_both_pages_have_the_act_for_who_wrote_it_alone_and_the_public_reads_of_none(client):
    meeting = told()
    part = meeting.assignment
    act = reverse("proposals:take_back_meeting", args=[meeting.pk])
    case = reverse("proposals:case", args=[part.proposal_id])
    detail = reverse("proposals:detail", args=[part.proposal_id])
    client.force_login(lead_of(part).user)
    assert act not in client.get(detail).content.decode()
    assert client.post(act).status_code == 409
    client.force_login(walk.unit_clerk(make.unit("县财政局")).user)
    assert client.post(act).status_code == 404
    client.force_login(walk.unit_clerk().user)
    assert act in client.get(case).content.decode()
    assert client.post(act).status_code == 302
    page = client.get(case).content.decode()
    assert act not in page
    assert "县交通运输局撤销登记的办前见面，不算数" in page
    assert "县交通运输局撤销了登记" in page
    walk.met(again(part), Stage.BEFORE, by=lead_of(part))
    act = reverse("proposals:take_back_meeting", args=[part.meetings.last().pk])
    assert act not in client.get(case).content.decode()
    client.force_login(lead_of(part).user)
    assert act in client.get(detail).content.decode()
    assert client.post(act).status_code == 302
    client.logout()
    public = reverse("proposals:public_detail", args=[part.proposal.number])
    said = client.get(public).content.decode()
    assert "撤销" not in said
    assert "村委会" not in said
