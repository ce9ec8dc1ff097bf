"""签收、转办."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from proposals.actions import meetings, receiving, replies
from proposals.models import Assignment
from proposals.queries.people import of_unit_part
from proposals.states import Part, Stage, State
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db


def in_hand(**kept):
    return walk.proposal(State.ASSIGNED, **kept).lead_assignment


def test_receive_keeps_who_and_when():
    part, clerk = in_hand(), walk.unit_clerk()
    part = receiving.receive(part, by=clerk)
    assert (part.state, part.received_by) == (Part.RECEIVED, clerk.user)
    assert part.received_at
    event = AuditEvent.objects.get(subject="proposals.Assignment", now=Part.RECEIVED)
    assert event.note == f"县交通运输局签收，{clerk.name}。"


def test_receive_all_receives_all_or_none():
    clerk, parts = walk.unit_clerk(), [in_hand(), in_hand()]
    receiving.receive(parts[1], by=clerk)
    with pytest.raises(Refused, match="不需要签收"):
        receiving.receive_all(parts, by=clerk)
    parts = [in_hand(), in_hand()]
    assert len(receiving.receive_all(parts, by=clerk)) == 2


def test_receive_is_refused_to_another_unit_and_a_second_time():
    part = in_hand()
    with pytest.raises(Refused, match="只有承办单位自己"):
        receiving.receive(part, by=walk.unit_clerk(make.unit("县财政局")))
    receiving.receive(part, by=walk.unit_clerk())
    with pytest.raises(Refused, match="不需要签收"):
        receiving.receive(part, by=walk.unit_clerk())


@pytest.mark.parametrize("state", [State.ANSWERED, State.PUBLISHED])
def test_nothing_is_received_after_the_reply(client, state):
    unit = make.unit("县财政局")
    row = walk.proposal(state, assisting=(unit,))
    part = row.parts[-1]
    assert (part.unit, part.state) == (unit, Part.SILENT)
    with pytest.raises(Refused, match="不需要签收"):
        receiving.receive(part, by=walk.unit_clerk(unit))
    client.force_login(walk.unit_clerk(unit).user)
    page = client.get(reverse("proposals:case", args=[row.pk])).content.decode()
    assert reverse("proposals:receive", args=[row.pk]) not in page


def test_the_database_wants_who_received_with_when():
    in_hand()
    with pytest.raises(IntegrityError, match="received_has_who_and_when"), transaction.atomic():
        Assignment.objects.update(received_at=clock.now())


def test_hand_on_gives_the_colleague_the_part_and_its_notices():
    part, clerk, colleague = in_hand(), walk.unit_clerk(), walk.unit_clerk()
    part = receiving.hand_on(part, to=colleague.user, by=clerk, today=make.TODAY)
    assert part.handler == colleague.user
    assert AuditEvent.objects.get(now="handed_on").note == (
        f"{clerk.name}转给{colleague.name}经办。"
    )
    told = Notice.objects.get(key__startswith="proposal.handed_on")
    assert told.person == colleague.user
    assert f"请在 {part.due_on.month} 月 {part.due_on.day} 日前办好" in told.text
    by = make.as_deputy(part.proposal.lead)
    waiver = meetings.waive_meeting(
        part, stage=Stage.BEFORE, reason="电话里说清楚了。", by=by, today=make.TODAY
    )
    heard = Notice.objects.filter(key=f"proposal.waived:{waiver.pk}")
    assert [each.person for each in heard] == [colleague.user]


def leaves_the_unit(person):
    """From today on this person holds no post."""
    person.posts.update(to_on=clock.today() - timedelta(days=1))


def test_who_has_left_the_unit_hears_no_more_of_a_part_and_the_unit_does():
    part, clerk, former = in_hand(), walk.unit_clerk(), walk.unit_clerk()
    part = receiving.hand_on(part, to=former.user, by=clerk, today=make.TODAY)
    draft = walk.drafted(part, by=former)
    leaves_the_unit(former.user)
    assert of_unit_part(part, clock.today()) == [clerk.user]
    walk.gated(part)
    head = walk.unit_head()
    waiting = replies.submit_for_signing(part, by=clerk, today=walk.REPLIED_ON)
    assert waiting == draft
    replies.return_draft(waiting, words="写清哪一段先修", by=head)
    told = Notice.objects.filter(key__startswith="proposal.draft_returned")
    assert {each.person for each in told} == set(of_unit_part(part, clock.today()))
    assert former.user not in {each.person for each in told}


def test_hand_on_stays_in_the_unit_and_ends_with_the_reply():
    part, clerk = in_hand(), walk.unit_clerk()
    stranger = walk.unit_clerk(make.unit("县财政局"))
    with pytest.raises(Refused, match="只能转给本单位在任的同事"):
        receiving.hand_on(part, to=stranger.user, by=clerk, today=make.TODAY)
    receiving.hand_on(part, to=clerk.user, by=clerk, today=make.TODAY)
    with pytest.raises(Refused, match="这件已经由"):
        receiving.hand_on(part, to=clerk.user, by=clerk, today=make.TODAY)
    done = walk.proposal(State.ANSWERED).lead_assignment
    with pytest.raises(Refused, match="不能再转给同事"):
        receiving.hand_on(done, to=clerk.user, by=clerk, today=make.TODAY)


def test_a_part_is_received_handed_on_and_its_receipt_printed(client):
    part, clerk, colleague = in_hand(), walk.unit_clerk(), walk.unit_clerk()
    client.force_login(clerk.user)
    assert "待签收 1 件" in client.get(reverse("proposals:unit_desk")).content.decode()
    receipt = reverse("proposals:receipt", args=[part.proposal_id])
    assert client.get(receipt).status_code == 404
    client.post(reverse("proposals:receive_all"), {"part": [part.pk, "x"]})
    assert Assignment.objects.get().state == Part.RECEIVED
    assert client.post(reverse("proposals:receive", args=[part.proposal_id])).status_code == 409
    assert client.get(receipt).content.startswith(b"%PDF")
    hand_on = reverse("proposals:hand_on", args=[part.proposal_id])
    assert colleague.name in client.get(hand_on).content.decode()
    assert client.post(hand_on, {"to": ""}).status_code == 422
    assert client.post(hand_on, {"to": make.user().pk}).status_code == 422
    assert client.post(hand_on, {"to": colleague.user.pk}).status_code == 302
    assert Assignment.objects.get().handler == colleague.user


def test_receiving_nothing_says_that_nothing_was_chosen(client):
    in_hand()
    client.force_login(walk.unit_clerk().user)
    answer = client.post(reverse("proposals:receive_all"), follow=True)
    assert "还没有选，请勾上要签收的建议" in answer.content.decode()
    assert "签收了 0 件" not in answer.content.decode()
    assert Assignment.objects.get().state == Part.HANDED
