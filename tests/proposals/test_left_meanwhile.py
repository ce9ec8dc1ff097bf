"""不再承办 while somebody was writing: what they typed comes back, with what became of the part."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from congress.shared import clock
from proposals.actions import assignment, meetings, objections, sheets, submission
from proposals.models import Proposal
from proposals.sharing import Share
from proposals.states import Stage, State, UnitRole
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk

pytestmark = pytest.mark.django_db
WATER = "县水利和湖泊局"
WORDS = "围堰已经打好，十月底前把护栏装完。"
MET = {"stage": "before", "met_on": "2026-03-20", "place": "村委会", "people": "三人"}
UPHELD = "代工委采纳了本单位的异议，改交别的单位，本单位不用再办。代工委：归水利。"
WITHDRAWN = "领衔代表已经撤回这件建议，不用再办。撤回的原因：已经自己修好了。"


@pytest.fixture(autouse=True)
def _soon_after():
    with clock.at(datetime(2026, 4, 24, 2, tzinfo=UTC)):
        yield


def withdrawn(row):
    by, today = make.as_deputy(row.lead), walk.REPLIED_ON
    row = Proposal.objects.get(pk=row.pk)
    return submission.withdraw(row, reason="已经自己修好了。", by=by, today=today)


def moved(part):
    objection = facts.objected(part, today=walk.ASSIGNED_ON)
    on = {"by": make.actor(), "today": walk.ASSIGNED_ON}
    objections.uphold_objection(objection, unit=objection.better_unit, words="归水利。", **on)


def posted(client, by, name, pk, **sent):
    client.force_login(by.user)
    return client.post(reverse(f"proposals:{name}", args=[pk]), sent)


def of_unit(part):
    """Everything that its people may be typing: the act, its address, what is sent."""
    return [
        ("save_reply", part.proposal_id, {"text": WORDS, "edition": "1"}),
        ("add_exhibits", part.proposal_id, {"text": WORDS}),
        ("send_opinion", part.proposal_id, {"text": WORDS, "file_number": "竹财函〔2026〕3 号"}),
        ("ask_extension", part.proposal_id, {"months": "1", "reason": WORDS}),
        ("object_to", part.proposal_id, {"reason": WORDS}),
        ("record_meeting", part.pk, MET | {"said": WORDS}),
    ]


@pytest.mark.parametrize(("leave", "why"), [(moved, UPHELD), (None, WITHDRAWN)])
@pytest.mark.parametrize("act", range(6))
def test_what_a_unit_typed_comes_back_with_what_became_of_its_part(client, leave, why, act):
    part = facts.handed()
    leave(part) if leave else withdrawn(part.proposal)
    name, pk, sent = of_unit(part)[act]
    answer = posted(client, walk.unit_clerk(), name, pk, **sent)
    page = answer.content.decode()
    assert (answer.status_code, why in page, WORDS in page) == (409, True, True)


def test_so_does_what_was_typed_about_a_draft_or_a_meeting(client):
    part = facts.handed()
    draft = walk.drafted(part)
    (shown,) = walk.shown(draft)
    walk.met(part, Stage.BEFORE, by=make.as_deputy(part.proposal.lead))
    meeting = part.meetings.get()
    withdrawn(part.proposal)
    clerk, head = walk.unit_clerk(), walk.unit_head()
    for by, name, pk, sent in (
        (head, "return_draft", draft.pk, {"words": WORDS}),
        (head, "sign", draft.pk, {"edition": "1"}),
        (clerk, "remove_exhibit", shown.pk, {"text": WORDS}),
        (clerk, "deny_meeting", meeting.pk, {"words": WORDS}),
        (clerk, "confirm_meeting", meeting.pk, {}),
    ):
        answer = posted(client, by, name, pk, **sent)
        page = answer.content.decode()
        assert (name, answer.status_code, WITHDRAWN in page) == (name, 409, True)
        assert all(words in page for words in sent.values() if words == WORDS)


def test_a_helper_whose_case_was_withdrawn_reads_it_beside_its_opinion(client):
    row = walk.proposal(State.ACCEPTED)
    shares = [Share(make.unit(), UnitRole.LEAD), Share(make.unit(WATER), UnitRole.ASSISTING)]
    assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    withdrawn(row)
    by = walk.unit_clerk(make.unit(WATER))
    answer = posted(client, by, "send_opinion", row.pk, text=WORDS)
    assert (answer.status_code, WORDS in answer.content.decode()) == (409, True)


def test_the_lead_deputy_reads_that_the_unit_has_changed_beside_what_they_wrote(client):
    part = facts.handed()
    walk.met(part, Stage.BEFORE)
    meeting, lead = part.meetings.get(), make.as_deputy(part.proposal.lead)
    moved(part)
    for name, pk, sent in (
        ("record_meeting", part.pk, MET | {"said": WORDS}),
        ("waive_meeting", part.pk, {"stage": "before", "reason": WORDS}),
        ("deny_meeting", meeting.pk, {"words": WORDS}),
    ):
        answer = posted(client, lead, name, pk, **sent)
        page = answer.content.decode()
        assert (answer.status_code, "不由这个单位承办" in page, WORDS in page) == (409, True, True)
        assert "归水利" not in page


def plain(answer):
    """What a page says, less what is new at each request, and its own address."""
    address = re.escape(answer.request["PATH_INFO"].encode())
    return re.sub(rb'[\w-]{60,}|nonce="[^"]+"|' + address, b"", answer.content)


def test_of_what_was_never_theirs_nobody_learns_that_there_was_any(client):
    part = facts.handed()
    draft = walk.drafted(part)
    walk.met(part, Stage.BEFORE)
    meeting = part.meetings.get()
    withdrawn(part.proposal)
    strangers = [
        walk.unit_clerk(make.unit("县财政局")),
        make.as_deputy(make.deputy()),
        make.actor(),
    ]
    acts = [*of_unit(part), ("deny_meeting", meeting.pk, {}), ("return_draft", draft.pk, {})]
    for by in strangers:
        for name, pk, sent in acts:
            here = posted(client, by, name, pk, **sent)
            nowhere = posted(client, by, name, 99_999_999, **sent)
            assert (name, here.status_code, nowhere.status_code) == (name, 404, 404)
            assert plain(here) == plain(nowhere)


def test_of_a_part_that_was_only_planned_its_lead_deputy_learns_nothing(client):
    part = facts.planned()
    sheets.drop_sheet(part.sheet, reason="重新分工。", by=make.actor(), today=facts.REHEARSED_ON)
    lead = make.as_deputy(part.proposal.lead)
    assert posted(client, lead, "waive_meeting", part.pk).status_code == 404
    answer = posted(client, walk.unit_clerk(), "object_to", part.proposal_id, reason=WORDS)
    page = answer.content.decode()
    assert (answer.status_code, "收回了交办单" in page, WORDS in page) == (409, True, True)


def test_a_unit_that_has_the_case_again_goes_on_with_it(client):
    """Its former part says nothing of it then."""
    part = facts.handed()
    moved(part)
    other = Proposal.objects.get(pk=part.proposal_id).lead_assignment
    objection = facts.objected(other, to=part.unit.name, today=walk.ASSIGNED_ON)
    on = {"by": make.actor(), "today": walk.ASSIGNED_ON}
    objections.uphold_objection(objection, unit=part.unit, words="还是归交通。", **on)
    clerk = walk.unit_clerk()
    answer = posted(client, clerk, "save_reply", part.proposal_id, text=WORDS)
    assert answer.status_code == 302
    again = Proposal.objects.get(pk=part.proposal_id).lead_assignment
    assert posted(client, clerk, "record_meeting", again.pk, **MET, said=WORDS).status_code == 302
    assert meetings.Meeting.objects.get().assignment == again
