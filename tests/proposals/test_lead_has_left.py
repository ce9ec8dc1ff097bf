"""领衔代表不在任了: the office decides on what was sent back; a call for signatures ends."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from congress.home.queries import office_queues
from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Workday
from proposals.actions import drafting, review, submission
from proposals.models import Draft, Proposal, RefusalGround
from proposals.queries import office, pages
from proposals.states import State
from proposals.tasks import end_calls
from tests import make
from tests.deputies.seats import suspended
from tests.proposals import walk

pytestmark = pytest.mark.django_db
LEFT_ON = date(2026, 1, 20)


@pytest.fixture(autouse=True)
def _after_that():
    with clock.at(datetime(2026, 1, 22, 2, tzinfo=UTC)):
        yield


def left():
    row = walk.proposal(State.RETURNED)
    make.leaves(row.lead, LEFT_ON)
    return row


DECIDES = {
    State.ACCEPTED: lambda row, by: review.accept(row, by=by, today=date(2026, 1, 22)),
    State.REFUSED: lambda row, by: review.refuse(
        row, ground=RefusalGround.objects.first(), words="不属于本级事权", by=by
    ),
    State.LETTER: lambda row, by: review.treat_as_letter(row, words="转县信访局", by=by),
}


@pytest.mark.parametrize("state", DECIDES)
def test_the_office_decides_what_its_lead_can_mend_no_more(state):
    row = left()
    assert DECIDES[state](row, make.actor()).state == state
    assert not Proposal.objects.to_review().exists()


@pytest.mark.parametrize("state", DECIDES)
def test_while_the_lead_serves_it_is_theirs(state):
    row = walk.proposal(State.RETURNED)
    with pytest.raises(Refused, match="退回修改"):
        DECIDES[state](row, make.actor())
    assert not Proposal.objects.to_review().exists()


def test_what_the_lead_was_changing_goes_with_it():
    row = walk.proposal(State.RETURNED)
    lead = make.as_deputy(row.lead)
    typed = drafting.Typed(title="改了一半")
    drafting.save_draft(deputy=row.lead, token=row.token, typed=typed, by=lead, mends=row)
    make.leaves(row.lead, LEFT_ON)
    review.treat_as_letter(row, words="转县信访局", by=make.actor())
    assert not Draft.objects.exists()


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RETURNED])
def test_nothing_is_sent_back_to_whoever_can_mend_nothing(state):
    row = walk.proposal(state)
    make.leaves(row.lead, LEFT_ON)
    with pytest.raises(Refused, match="没有人能改"):
        review.send_back(row, reason="再改改", by=make.actor())


def test_it_waits_on_the_desk_and_its_page_says_why(client):
    row = left()
    by = make.actor()
    queue = office.queues(by, clock.today())[0]
    assert (queue.title, [each.proposal for each in queue.rows]) == ("待审查", [row])
    client.force_login(by.user)
    page = client.get(reverse("proposals:accept", args=[row.pk])).content.decode()
    assert "请按现在的正文决定" in page
    assert (
        reverse("proposals:accept", args=[row.pk])
        in client.get(reverse("proposals:dossier", args=[row.pk])).content.decode()
    )
    listed = client.get(reverse("proposals:to_review")).content.decode()
    assert row.title in listed
    waits = office_queues.queues(by, clock.today(), Workday.objects.works())
    assert {each.title: each.count for each in waits}["建议待审查"] == 1


def called():
    """Signed by one, another asked by name, and a third one's call that goes on."""
    row = walk.signing()
    signature, asked = walk.signed(row), walk.invitation(row)
    walk.signing()
    return row, signature, asked


def test_a_call_for_signatures_ends_with_the_seat_of_its_lead_and_all_who_were_in_it_are_told():
    row, signature, asked = called()
    assert end_calls() == 0
    make.leaves(row.lead, LEFT_ON)
    assert (end_calls(), end_calls()) == (1, 0)
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN
    assert "代表资格已经结束" in row.closing_words
    assert Proposal.objects.filter(state=State.SIGNING).count() == 1
    step = AuditEvent.objects.get(subject_id=row.pk, now=State.WITHDRAWN)
    assert (step.was, step.by_id) == (State.SIGNING, None)
    told = Notice.objects.filter(key=f"proposal.call_ended:{row.pk}")
    people = (signature.deputy, row.lead)
    assert set(told.values_list("person", flat=True)) == {each.user_id for each in people}
    assert "请另提一件" in told.get(person=signature.deputy.user).text
    lapsed = Notice.objects.get(key=f"proposal.invitation_lapsed:{asked.pk}")
    assert lapsed.person == asked.deputy.user
    assert "代表资格已经结束" in lapsed.text


def test_who_signed_reads_that_it_has_ended_and_nobody_takes_part_in_it_any_more():
    row, signature, asked = called()
    make.leaves(row.lead, LEFT_ON)
    end_calls()
    row.refresh_from_db()
    reader = make.as_deputy(signature.deputy)
    page = pages.detail(row, reader, clock.today())
    assert page["now"].startswith("已撤回：领衔代表在这一届人大的代表资格已经结束")
    assert page["now"].removeprefix("已撤回：") in [each.words for each in page["events"]]
    with pytest.raises(Refused):
        walk.signed(row)
    with pytest.raises(Refused):
        submission.hand_in(row, by=make.as_deputy(row.lead), today=clock.today())
    assert (
        not Proposal.objects.to_cosign(make.as_deputy(asked.deputy), clock.today())
        .filter(pk=row.pk)
        .exists()
    )


def test_a_lead_who_only_rests_keeps_the_call():
    row, _, _ = called()
    suspended(row.lead, on=LEFT_ON, today=LEFT_ON)
    assert Proposal.objects.get(pk=row.pk).state == State.SIGNING
    assert end_calls() == 0


WRONG = {
    "accept": {"asks": "", "withheld_reason": "字" * 300},
    "refuse": {"words": "属于个人事项，请另找。"},
    "treat_as_letter": {"words": ""},
    "send_back": {"reason": "请补充地点。"},
}


@pytest.mark.parametrize("verb", WRONG)
def test_from_the_list_a_form_with_a_mistake_comes_back_with_what_was_typed(client, verb):
    row = left()
    client.force_login(make.actor().user)
    sent = WRONG[verb] | {"list": ""}
    answer = client.post(reverse(f"proposals:{verb}", args=[row.pk]), sent)
    page = answer.content.decode()
    assert answer.status_code in (409, 422)
    assert "没有再记" not in page
    assert all(typed in page for typed in WRONG[verb].values())


def test_who_was_slower_reads_who_decided_what_its_lead_left_behind(client):
    row = left()
    quick, slow = make.actor(), make.actor()
    DECIDES[State.LETTER](row, quick)
    client.force_login(slow.user)
    sent = {"words": "转信访", "list": ""}
    address = reverse("proposals:treat_as_letter", args=[row.pk])
    page = client.post(address, sent, follow=True).content.decode()
    assert f"{quick.name} 10:00 办了，现在是“转作来信”，您的没有再记。" in page
