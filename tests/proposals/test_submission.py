from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Session
from congress.shared.roles import Role
from deputies.models import DutyRecord
from proposals.actions import review, signing, submission
from proposals.models import Cosignature, NumberSeries, Proposal
from proposals.queries import deputies, papers, public_page, search
from proposals.states import Kind, State
from tests import make
from tests.proposals import walk
from tests.race import at_once
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db


def events(proposal):
    rows = AuditEvent.objects.filter(subject="proposals.Proposal", subject_id=proposal.pk)
    return list(rows.values_list("was", "now"))


def raising(lead, **changes):
    return (
        {
            "lead": lead,
            "kind": Kind.SESSION,
            "session": make.session(),
            "by": make.as_deputy(lead),
            "today": walk.SUBMITTED_ON,
        }
        | walk.words()
        | changes
    )


def test_submit_leaves_a_proposal_waiting_for_review_and_a_trail():
    lead = make.deputy("邹立秀")
    proposal = submission.submit(**raising(lead))
    assert (proposal.state, proposal.number, proposal.lead) == (State.SUBMITTED, "", lead)
    assert proposal.delegation.name == "柳河代表团"
    assert events(proposal) == [("", "submitted")]


def test_submit_is_refused_to_anybody_but_the_deputy_in_person():
    lead = make.deputy()
    for by in (make.actor(), make.as_deputy(make.deputy()), make.actor(Role.UNIT_CLERK)):
        with pytest.raises(Refused, match="代表本人"):
            submission.submit(**raising(lead, by=by))


def test_submit_is_refused_to_a_deputy_of_another_level():
    lead = make.deputy(levels=("township",))
    with pytest.raises(Refused, match="在任的县人大代表"):
        submission.submit(**raising(lead))


def test_submit_is_refused_once_the_seat_has_ended():
    lead = make.deputy()
    make.leaves(lead, date(2026, 1, 1))
    with pytest.raises(Refused, match="没有县人大代表资格"):
        submission.submit(**raising(lead))


@pytest.mark.parametrize(
    ("kind", "day", "word"),
    [
        (Kind.SESSION, date(2025, 12, 27), "没有开幕"),
        (Kind.INTERSESSION, date(2025, 12, 31), "会议期间建议"),
        (Kind.SESSION, date(2026, 1, 31), "闭会期间建议"),
    ],
)
def test_each_kind_has_its_days(kind, day, word):
    with pytest.raises(Refused, match=word):
        submission.submit(**raising(make.deputy(), kind=kind, today=day))


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"title": " "}, "标题"),
        ({"title": "长" * 61}, "61 个字"),
        ({"facts": "\n"}, "情况和问题"),
        ({"request": ""}, "具体建议"),
    ],
)
def test_submit_is_refused_without_clear_words(changes, word):
    with pytest.raises(Refused, match=word):
        submission.submit(**raising(make.deputy(), **changes))


@pytest.mark.django_db(transaction=True)
def test_four_clicks_on_submit_are_one_proposal():
    outcomes = at_once(4, submission.submit, **raising(make.deputy(), token=uuid4()))
    assert outcomes == ["done"] * 4
    assert Proposal.objects.count() == 1
    assert AuditEvent.objects.filter(now="submitted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_forms_sent_at_once_are_two_proposals():
    raised = raising(make.deputy())
    tokens = iter([uuid4(), uuid4()])
    outcomes = at_once(2, lambda: submission.submit(**raised, token=next(tokens)))
    assert outcomes == ["done"] * 2
    assert Proposal.objects.count() == 2


def test_a_used_token_gives_nobody_anothers_proposal():
    token = uuid4()
    submission.submit(**raising(make.deputy(), token=token))
    with pytest.raises(Refused, match="重新打开"):
        submission.submit(**raising(make.deputy(), token=token))


def test_the_database_keeps_one_proposal_for_one_token():
    first, second = walk.submitted(), walk.submitted()
    with pytest.raises(IntegrityError, match="token"), as_owner(), transaction.atomic():
        Proposal.objects.filter(pk=second.pk).update(token=first.token)


def test_cosign_puts_the_name_on_the_proposal_and_leaves_a_trail():
    proposal, second = walk.submitted(), make.deputy("胡大勇")
    signing.cosign(proposal, deputy=second, by=make.as_deputy(second), today=make.TODAY)
    assert [each.deputy for each in proposal.cosignatures.all()] == [second]
    assert AuditEvent.objects.get(now="cosigned").note == "胡大勇代表附议。"


def test_cosign_is_refused_to_the_lead_to_others_and_to_deputies_of_another_congress():
    proposal = walk.submitted()
    lead, other = proposal.lead, make.deputy(levels=("township",))
    for deputy, by, word in (
        (lead, make.as_deputy(lead), "由您领衔"),
        (other, make.as_deputy(other), "同一级人大"),
        (make.deputy(), make.actor(), "代表本人"),
        (make.deputy(), make.as_deputy(make.deputy()), "代表本人"),
    ):
        with pytest.raises(Refused, match=word):
            signing.cosign(proposal, deputy=deputy, by=by, today=make.TODAY)


@pytest.mark.parametrize("state", [State.RETURNED, State.ACCEPTED, State.PUBLISHED])
def test_cosign_is_refused_once_review_is_over(state):
    proposal, second = walk.proposal(state), make.deputy()
    with pytest.raises(Refused, match="受理之前"):
        signing.cosign(proposal, deputy=second, by=make.as_deputy(second), today=make.TODAY)


@pytest.mark.django_db(transaction=True)
def test_four_clicks_on_cosign_are_one_name():
    proposal, second = walk.submitted(), make.deputy()
    outcomes = at_once(
        4,
        signing.cosign,
        proposal,
        deputy=second,
        by=make.as_deputy(second),
        today=make.TODAY,
    )
    assert outcomes == ["done", "refused", "refused", "refused"]


def test_the_database_keeps_one_signature_per_deputy():
    proposal, second = walk.submitted(), make.deputy()
    Cosignature.objects.create(
        proposal=proposal, deputy=second, digest=proposal.digest, expires_on=make.TODAY
    )
    with pytest.raises(IntegrityError, match="cosignature_once_per_deputy"), transaction.atomic():
        Cosignature.objects.create(
            proposal=proposal, deputy=second, digest=proposal.digest, expires_on=make.TODAY
        )


def test_accept_numbers_the_proposal_and_reports_the_duties_of_all_who_signed():
    proposal, second = walk.submitted(), make.deputy()
    signature = signing.cosign(proposal, deputy=second, by=make.as_deputy(second), today=make.TODAY)
    proposal = review.accept(proposal, by=make.actor(), today=walk.ACCEPTED_ON)
    assert (proposal.state, proposal.number) == (State.ACCEPTED, "1905001")
    assert set(DutyRecord.objects.values_list("deputy", "item__code", "source", "done_on")) == {
        (proposal.lead_id, "P2", f"proposals.lead:{proposal.pk}", walk.ACCEPTED_ON),
        (second.pk, "P3", f"proposals.cosignature:{signature.pk}", walk.ACCEPTED_ON),
    }
    assert events(proposal)[-1] == ("submitted", "accepted")
    assert Notice.objects.get(person=proposal.lead.user).text.endswith("编号 1905001。")


def test_accept_of_an_intersession_proposal_counts_as_such():
    lead = make.deputy()
    day = date(2026, 3, 2)
    proposal = submission.submit(**raising(lead, kind=Kind.INTERSESSION, today=day))
    review.accept(proposal, by=make.actor(), today=day)
    assert DutyRecord.objects.get().item.code == "P5"


def test_accept_can_withhold_a_proposal_from_the_public_with_a_reason():
    proposal = walk.proposal(State.ACCEPTED, withheld="涉及个人隐私")
    assert proposal.withheld_reason == "涉及个人隐私"
    assert not Proposal.objects.open_to_public().exists()


@pytest.mark.parametrize("state", [State.RETURNED, State.ACCEPTED, State.ANSWERED])
def test_accept_is_refused_out_of_turn(state):
    with pytest.raises(Refused, match="不需要受理"):
        review.accept(walk.proposal(state), by=make.actor(), today=walk.ACCEPTED_ON)


@pytest.mark.django_db(transaction=True)
def test_four_clicks_accept_once_and_waste_no_number():
    outcomes = at_once(4, review.accept, walk.submitted(), by=make.actor(), today=walk.ACCEPTED_ON)
    assert outcomes == ["done", "refused", "refused", "refused"]
    assert NumberSeries.objects.get().last == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_once_leave_no_gap():
    waiting = [walk.submitted() for _ in range(4)]
    office, queue = make.actor(), iter(waiting)
    at_once(4, lambda: review.accept(next(queue), by=office, today=walk.ACCEPTED_ON))
    numbers = sorted(Proposal.objects.values_list("number", flat=True))
    assert numbers == ["1905001", "1905002", "1905003", "1905004"]


def test_each_session_counts_from_one():
    walk.proposal(State.ACCEPTED)
    Session.objects.create(
        term=make.term(), number=6, opens_on=date(2026, 12, 28), closes_on=date(2026, 12, 30)
    )
    lead, day = make.deputy(), date(2026, 12, 28)
    later = submission.submit(**raising(lead, session=make.session(6), today=day))
    assert review.accept(later, by=make.actor(), today=day).number == "1906001"


def township_session():
    return make.session(of=make.assembly("township", make.township()))


def test_the_same_session_of_two_congresses_gives_no_number_twice(client):
    lead, session = make.deputy(levels=("township",)), township_session()
    make.session()
    assert deputies.session_for(lead, walk.SUBMITTED_ON) == session
    own = submission.submit(**raising(lead, session=session))
    of_county = walk.proposal(State.ACCEPTED)
    own = review.accept(own, by=walk.office_of(own), today=walk.ACCEPTED_ON)
    assert (of_county.number, own.number) == ("1905001", "柳河镇1905001")
    for row in (of_county, own):
        assert public_page.find(row.number) == row
        page = client.get(reverse("proposals:public_detail", args=[row.number]))
        assert page.status_code == 200
    assert "柳河镇十九届人大五次会议" in page.content.decode()
    assert papers.title(own)[0] == "对柳河镇十九届人大五次会议"
    assert set(search.found(Proposal.objects.all(), "1905001")) == {of_county, own}


def test_a_bill_of_a_township_needs_five_and_a_deputy_of_both_raises_in_the_county():
    lead, session = make.deputy(levels=("township",)), township_session()
    with pytest.raises(Refused, match="5 名代表联名"):
        submission.submit(**raising(lead, kind=Kind.BILL, session=session))
    both = make.deputy(levels=("county", "township"))
    county = make.session()
    assert deputies.session_for(both, walk.SUBMITTED_ON) == county


def test_the_database_lets_no_proposal_be_accepted_without_a_number():
    proposal = walk.submitted()
    with pytest.raises(IntegrityError, match="accepted_has_number"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(state=State.ACCEPTED)


@pytest.mark.django_db
def test_a_number_without_its_day_is_refused_by_the_database():
    proposal = walk.proposal(State.ACCEPTED)
    with pytest.raises(IntegrityError, match="proposal_number_comes_with_its_day"):
        Proposal.objects.filter(pk=proposal.pk).update(accepted_on=None)


@pytest.mark.django_db
def test_submit_with_a_used_token_and_other_words_says_that_nothing_was_changed():
    lead, token = make.deputy(), uuid4()
    walk.submitted(lead, token=token)
    with pytest.raises(Refused, match="改动没有记上"):
        walk.submitted(lead, token=token, title="换了一个题目")
    assert Proposal.objects.get().title != "换了一个题目"
