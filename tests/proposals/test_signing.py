"""征集附议、改正文、正式提出、撤回: what binds a signature, and what ends it."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from proposals.actions import review, signing, submission
from proposals.models import Proposal
from proposals.permissions.review import why_not_accept_unseen
from proposals.states import Kind, Part, Signature, State
from tests import make
from tests.proposals import walk
from tests.race import at_once

pytestmark = pytest.mark.django_db
LATER = walk.SUBMITTED_ON + timedelta(days=1)


def deeds(proposal):
    rows = AuditEvent.objects.filter(subject="proposals.Proposal", subject_id=proposal.pk)
    return [row.now for row in rows.order_by("id")]


def test_call_for_signatures_opens_the_text_until_a_day_and_leaves_a_trail():
    proposal = walk.signing()
    assert (proposal.state, proposal.submitted_on) == (State.SIGNING, None)
    assert proposal.sign_until == date(2026, 1, 20)
    assert deeds(proposal) == ["signing"]
    other = make.as_deputy(make.deputy())
    assert Proposal.objects.to_cosign(other, LATER).get() == proposal
    assert not Proposal.objects.visible_to(make.actor()).exists()


def test_call_for_signatures_is_refused_to_others_and_before_the_session_opens():
    lead = make.deputy()
    said = walk.words() | {"lead": lead, "kind": Kind.BILL, "session": make.session()}
    with pytest.raises(Refused, match="代表本人"):
        submission.call_for_signatures(**said, by=make.actor(), today=walk.SUBMITTED_ON)
    with pytest.raises(Refused, match="没有开幕"):
        submission.call_for_signatures(**said, by=make.as_deputy(lead), today=date(2025, 12, 1))


@pytest.mark.django_db(transaction=True)
def test_four_clicks_on_call_for_signatures_are_one_proposal():
    lead = make.deputy()
    said = walk.words() | {"lead": lead, "kind": Kind.BILL, "session": make.session()}
    outcomes = at_once(
        4,
        submission.call_for_signatures,
        **said,
        by=make.as_deputy(lead),
        today=walk.SUBMITTED_ON,
        token=uuid4(),
    )
    assert (outcomes, Proposal.objects.count()) == (["done"] * 4, 1)


def test_the_database_lets_no_call_for_signatures_be_without_its_last_day():
    proposal = walk.signing()
    with pytest.raises(IntegrityError, match="signing_ends_some_day"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(sign_until=None)


def test_a_bill_is_only_raised_by_signatures_and_handed_in_once_ten_stand_behind_it():
    lead = make.deputy()
    with pytest.raises(Refused, match="10 名代表联名，请先征集附议"):
        walk.submitted(lead, kind=Kind.BILL)
    bill, by = walk.signing(lead, kind=Kind.BILL), make.as_deputy(lead)
    for _ in range(8):
        walk.signed(bill)
    with pytest.raises(Refused, match="现在有 9 名，还差 1 名"):
        submission.hand_in(bill, by=by, today=LATER)
    walk.signed(bill)
    bill = submission.hand_in(bill, by=by, today=LATER)
    assert (bill.state, bill.submitted_on) == (State.SUBMITTED, LATER)
    assert deeds(bill)[-1] == "submitted"


def test_hand_in_leaves_behind_what_has_run_out_by_then():
    proposal = walk.signing(kind=Kind.CAMPAIGN)
    old, new = walk.signed(proposal), walk.signed(proposal, today=date(2026, 1, 20))
    day = old.expires_on + timedelta(days=1)
    submission.hand_in(proposal, by=make.as_deputy(proposal.lead), today=day)
    old.refresh_from_db(), new.refresh_from_db()
    assert (old.state, new.state) == (Signature.EXPIRED, Signature.STANDING)


def test_hand_in_is_refused_to_others_and_out_of_turn():
    proposal = walk.signing()
    with pytest.raises(Refused, match="领衔代表本人"):
        submission.hand_in(proposal, by=make.as_deputy(make.deputy()), today=LATER)
    sent = walk.submitted()
    with pytest.raises(Refused, match="已经正式提出过"):
        submission.hand_in(sent, by=make.as_deputy(sent.lead), today=LATER)


def test_the_database_lets_nothing_be_handed_in_without_its_day():
    proposal = walk.signing()
    with pytest.raises(IntegrityError, match="signing_ends_some_day"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(state=State.SUBMITTED)


def test_reword_asks_every_signer_anew_and_begins_the_days_again():
    proposal, second = walk.signing(), make.deputy()
    old = walk.signed(proposal, second)
    changed = submission.reword(
        proposal, **walk.words("换一个题目"), by=make.as_deputy(proposal.lead), today=LATER
    )
    old.refresh_from_db()
    assert (old.state, changed.sign_until) == (Signature.OUTDATED, date(2026, 1, 21))
    assert "请再看一遍" in Notice.objects.get(person=second.user).text
    assert "reworded" in deeds(proposal)
    walk.signed(proposal, second)
    assert [each.deputy for each in changed.cosignatures.standing()] == [second]


def test_a_signature_on_a_text_that_was_changed_meanwhile_is_answered_with_a_sentence():
    proposal, second = walk.signing(), make.deputy()
    read = proposal.digest
    by = make.as_deputy(proposal.lead)
    submission.reword(proposal, **walk.words("换一个题目"), by=by, today=LATER)
    with pytest.raises(Refused, match="正文刚刚改过，请看完新的正文再附议"):
        signing.cosign(proposal, deputy=second, by=make.as_deputy(second), today=LATER, digest=read)


def test_reword_is_refused_to_others_out_of_turn_and_without_words():
    proposal = walk.signing()
    lead = make.as_deputy(proposal.lead)
    with pytest.raises(Refused, match="领衔代表本人"):
        submission.reword(proposal, **walk.words(), by=make.actor(), today=LATER)
    with pytest.raises(Refused, match="标题"):
        submission.reword(proposal, **walk.words(" "), by=lead, today=LATER)
    sent = walk.submitted()
    with pytest.raises(Refused, match="正文不能再改"):
        submission.reword(sent, **walk.words(), by=make.as_deputy(sent.lead), today=LATER)


@pytest.mark.django_db(transaction=True)
def test_reword_and_hand_in_at_once_leave_no_signature_on_another_text():
    proposal = walk.signing()
    signature, by = walk.signed(proposal), make.as_deputy(proposal.lead)
    deeds = iter(
        [
            lambda: submission.reword(proposal, **walk.words("新题目"), by=by, today=LATER),
            lambda: submission.hand_in(proposal, by=by, today=LATER),
        ]
    )
    at_once(2, lambda: next(deeds)())
    proposal.refresh_from_db(), signature.refresh_from_db()
    assert (signature.state == Signature.STANDING) == (signature.digest == proposal.digest)


def test_withdraw_ends_it_keeps_its_number_and_tells_everybody_why():
    proposal, second = walk.submitted(), make.deputy()
    walk.signed(proposal, second)
    review.accept(proposal, by=make.actor(), today=walk.ACCEPTED_ON)
    by = make.as_deputy(proposal.lead)
    proposal = submission.withdraw(proposal, reason="镇里已经修好", by=by, today=walk.ACCEPTED_ON)
    assert (proposal.state, proposal.number) == (State.WITHDRAWN, "1905001")
    assert proposal.closing_words == "镇里已经修好"
    assert deeds(proposal)[-1] == "withdrawn"
    told = Notice.objects.filter(person=second.user, text__contains="镇里已经修好")
    assert told.exists()


def test_withdraw_takes_it_from_its_units():
    proposal = walk.proposal(State.ASSIGNED)
    by = make.as_deputy(proposal.lead)
    submission.withdraw(proposal, reason="修好了", by=by, today=walk.ASSIGNED_ON)
    assert [each.state for each in proposal.assignments.all()] == [Part.REMOVED]


def test_withdraw_is_refused_to_others_out_of_turn_and_without_a_reason():
    proposal = walk.submitted()
    by, said = make.as_deputy(proposal.lead), {"reason": "修好了", "today": LATER}
    with pytest.raises(Refused, match="领衔代表本人"):
        submission.withdraw(proposal, **said, by=make.actor())
    with pytest.raises(Refused, match="写明撤回的理由"):
        submission.withdraw(proposal, reason=" ", by=by, today=LATER)
    done = walk.proposal(State.ANSWERED)
    with pytest.raises(Refused, match="不能撤回"):
        submission.withdraw(done, **said, by=make.as_deputy(done.lead))


def test_the_database_lets_nothing_be_withdrawn_without_words():
    proposal = walk.submitted()
    with pytest.raises(IntegrityError, match="closed_says_why"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(state=State.WITHDRAWN)


def test_withdraw_signature_takes_the_name_away_and_tells_the_lead():
    proposal = walk.signing()
    signature = walk.signed(proposal, make.deputy("胡大勇"))
    by = make.as_deputy(signature.deputy)
    signature = signing.withdraw_signature(signature, by=by)
    assert signature.state == Signature.WITHDRAWN
    assert not proposal.cosignatures.standing().exists()
    event = AuditEvent.objects.get(subject="proposals.Cosignature", now=Signature.WITHDRAWN)
    assert event.note == "胡大勇代表撤回附议。"
    assert "胡大勇代表撤回" in Notice.objects.get(person=proposal.lead.user).text


def test_withdraw_signature_is_refused_to_others_twice_and_after_acceptance():
    proposal = walk.submitted()
    signature = walk.signed(proposal)
    own = make.as_deputy(signature.deputy)
    with pytest.raises(Refused, match="本人撤回"):
        signing.withdraw_signature(signature, by=make.as_deputy(proposal.lead))
    review.accept(proposal, by=make.actor(), today=walk.ACCEPTED_ON)
    with pytest.raises(Refused, match="受理之前撤回"):
        signing.withdraw_signature(signature, by=own)


def bill_in_review():
    """Ten stand behind it."""
    bill = walk.signing(kind=Kind.BILL)
    signed = [walk.signed(bill) for _ in range(9)]
    by = make.as_deputy(bill.lead)
    return submission.hand_in(bill, by=by, today=walk.SUBMITTED_ON), signed


def test_a_bill_that_was_mended_is_accepted_only_once_ten_stand_behind_the_new_text(client):
    bill, signed = bill_in_review()
    lead, office = make.as_deputy(bill.lead), make.actor()
    review.send_back(bill, reason="请写清。", by=office)
    bill.refresh_from_db()
    bill = submission.resubmit(bill, **walk.words("换一个题目"), by=lead, today=LATER)
    short = "现在有 1 名，还差 9 名。领衔代表可以再请人附议（正文改过，附议过的要重新附议），"
    with pytest.raises(Refused, match=short):
        review.accept(bill, by=office, today=walk.ACCEPTED_ON)
    assert short in (why_not_accept_unseen(office, bill, walk.ACCEPTED_ON) or "")
    client.force_login(lead.user)
    page = client.get(reverse("proposals:detail", args=[bill.pk])).content.decode()
    assert f"{short}也可以撤回，改按建议另提。人数够了才能受理。" in page
    for each in signed:
        walk.signed(bill, each.deputy)
    assert review.accept(bill, by=office, today=walk.ACCEPTED_ON).state == State.ACCEPTED


def test_a_bill_from_which_signers_step_back_waits_until_ten_stand_behind_it_again():
    bill, (first, *_) = bill_in_review()
    signing.withdraw_signature(first, by=make.as_deputy(first.deputy))
    with pytest.raises(Refused, match="现在有 9 名，还差 1 名。领衔代表可以再请人附议，"):
        review.accept(bill, by=make.actor(), today=walk.ACCEPTED_ON)
    walk.signed(bill)
    review.accept(bill, by=make.actor(), today=walk.ACCEPTED_ON)


@pytest.mark.parametrize("kind", [Kind.BILL, Kind.SESSION])
def test_hand_in_is_refused_once_the_days_of_the_kind_are_over(kind):
    proposal, late = walk.signing(kind=kind, today=date(2026, 1, 28)), date(2026, 1, 31)
    with pytest.raises(Refused, match="请按闭会期间建议提出。这一件请撤回，再提一件。"):
        submission.hand_in(proposal, by=make.as_deputy(proposal.lead), today=late)


@pytest.mark.django_db(transaction=True)
def test_accept_and_a_signer_stepping_back_at_once_leave_no_bill_of_nine_accepted():
    bill, (first, *_) = bill_in_review()
    office, signer = make.actor(), make.as_deputy(first.deputy)
    deeds = iter(
        [
            lambda: review.accept(bill, by=office, today=walk.ACCEPTED_ON),
            lambda: signing.withdraw_signature(first, by=signer),
        ]
    )
    assert at_once(2, lambda: next(deeds)()) == ["done", "refused"]
    bill.refresh_from_db()
    assert (bill.state == State.ACCEPTED) == (bill.cosignatures.standing().count() == 9)


def test_a_paragraph_that_moves_to_another_field_is_another_text():
    said = walk.words() | {"facts": "护栏断了。\n\n请拨款十万元。", "request": "请修桥。"}
    row = walk.signing(**said)
    signature = walk.signed(row)
    moved = said | {"facts": "护栏断了。", "request": "请拨款十万元。\n\n请修桥。"}
    by = make.as_deputy(row.lead)
    submission.reword(row, **moved, by=by, today=walk.SUBMITTED_ON)
    signature.refresh_from_db()
    assert signature.state == Signature.OUTDATED


def test_who_signs_a_text_that_was_changed_is_led_to_the_new_one_and_given_no_words(client):
    proposal, second = walk.signing(), make.deputy()
    read = proposal.digest
    by = make.as_deputy(proposal.lead)
    submission.reword(proposal, **walk.words("换一个题目"), by=by, today=LATER)
    client.force_login(make.as_deputy(second).user)
    with clock.at(datetime.combine(LATER, time(2), UTC)):
        answer = client.post(reverse("proposals:cosign", args=[proposal.pk]), {"digest": read})
    page = answer.content.decode()
    assert (answer.status_code, read in page) == (409, False)
    assert "您写的都在这里" not in page
    to = reverse("proposals:detail", args=[proposal.pk])
    assert f'<a class="btn main" href="{to}">看改过的正文</a>' in page
