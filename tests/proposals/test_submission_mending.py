import pytest
from django.db import IntegrityError, transaction

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from proposals.actions import review, signing, submission
from proposals.models import Proposal
from proposals.states import Signature, State
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db


def test_send_back_tells_the_lead_the_exact_reason_and_the_public_trail_none():
    proposal = walk.proposal(State.RETURNED)
    assert (proposal.state, proposal.return_reason) == (State.RETURNED, "请写清是哪一座桥。")
    assert "请写清是哪一座桥。" in Notice.objects.get(person=proposal.lead.user).text
    assert AuditEvent.objects.get(now="returned").note == "退回领衔代表修改。"


def test_send_back_is_refused_out_of_turn_and_without_a_reason():
    with pytest.raises(Refused, match="不能再退回"):
        review.send_back(walk.proposal(State.ACCEPTED), reason="改", by=make.actor())
    with pytest.raises(Refused, match="写明"):
        review.send_back(walk.submitted(), reason=" ", by=make.actor())


def test_the_database_lets_no_return_be_without_a_reason():
    proposal = walk.submitted()
    with pytest.raises(IntegrityError, match="returned_says_why"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(state=State.RETURNED)


def test_resubmit_brings_the_mended_text_back_to_review_and_asks_the_signers_to_read_it():
    proposal, second = walk.submitted(), make.deputy()
    signing.cosign(proposal, deputy=second, by=make.as_deputy(second), today=make.TODAY)
    review.send_back(proposal, reason="改", by=make.actor())
    proposal = submission.resubmit(
        proposal,
        **walk.words("关于修复桃园村 3 组过水桥的建议"),
        by=make.as_deputy(proposal.lead),
        today=walk.ACCEPTED_ON,
    )
    assert proposal.state == State.SUBMITTED
    assert proposal.title == "关于修复桃园村 3 组过水桥的建议"
    assert [each.state for each in proposal.cosignatures.all()] == [Signature.OUTDATED]
    assert Notice.objects.get(person=second.user).text.endswith("请再看一遍，同意再附议。")
    last = AuditEvent.objects.filter(subject="proposals.Proposal").last()
    assert (last.was, last.now) == ("returned", "submitted")


def test_resubmit_twice_in_one_day_asks_the_signers_to_read_it_twice():
    proposal, second = walk.submitted(), make.deputy()
    signing.cosign(proposal, deputy=second, by=make.as_deputy(second), today=make.TODAY)
    lead = make.as_deputy(proposal.lead)
    for title in ("关于修复过水桥的建议", "关于修复桃园村过水桥的建议"):
        review.send_back(proposal, reason="改", by=make.actor())
        submission.resubmit(proposal, **walk.words(title), by=lead, today=walk.ACCEPTED_ON)
        proposal.refresh_from_db()
        signing.cosign(proposal, deputy=second, by=make.as_deputy(second), today=make.TODAY)
    assert Notice.objects.filter(person=second.user).count() == 2
    assert Notice.objects.filter(person=proposal.lead.user, text__contains="退回").count() == 2


def test_resubmit_is_refused_to_others_out_of_turn_and_without_words():
    proposal = walk.proposal(State.RETURNED)
    lead, kept = make.as_deputy(proposal.lead), walk.words("关于修复另一座桥的建议")
    with pytest.raises(Refused, match="领衔代表本人"):
        submission.resubmit(proposal, **kept, by=make.actor(), today=walk.ACCEPTED_ON)
    with pytest.raises(Refused, match="标题"):
        submission.resubmit(proposal, **(kept | {"title": ""}), by=lead, today=walk.ACCEPTED_ON)
    submission.resubmit(proposal, **kept, by=lead, today=walk.ACCEPTED_ON)
    with pytest.raises(Refused, match="不能再改"):
        submission.resubmit(proposal, **kept, by=lead, today=walk.ACCEPTED_ON)
