"""附议过了有效期: it counts nowhere, says so, and can be given again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from proposals.actions import invitations, signing, submission
from proposals.models import Proposal
from proposals.permissions.submission import Wishes
from proposals.queries import deputies
from proposals.states import Kind, Signature, State
from tests import make
from tests.proposals import walk
from tests.race import at_once

pytestmark = pytest.mark.django_db


def run_out():
    """Signed once, run out, and open again with the same words: the day of it."""
    proposal, signer = walk.signing(kind=Kind.CAMPAIGN), make.deputy("胡大勇")
    old = walk.signed(proposal, signer)
    day = old.expires_on + timedelta(days=3)
    Proposal.objects.filter(pk=proposal.pk).update(sign_until=day + timedelta(days=9))
    proposal.refresh_from_db()
    return proposal, old, day


def at(day):
    return clock.at(datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Asia/Shanghai")))


def test_cosign_anew_expires_what_has_run_out():
    proposal, old, day = run_out()
    by = make.as_deputy(old.deputy)
    new = signing.cosign(proposal, deputy=old.deputy, by=by, today=day)
    old.refresh_from_db()
    assert (old.state, new.state) == (Signature.EXPIRED, Signature.STANDING)
    trail = AuditEvent.objects.filter(subject="proposals.Cosignature", subject_id=old.pk)
    assert trail.order_by("id").last().now == Signature.EXPIRED
    with pytest.raises(Refused, match="已经附议过"):
        signing.cosign(proposal, deputy=old.deputy, by=by, today=day)


@pytest.mark.django_db(transaction=True)
def test_four_clicks_on_cosign_anew_are_one_signature():
    proposal, old, day = run_out()
    by = make.as_deputy(old.deputy)
    outcomes = at_once(4, signing.cosign, proposal, deputy=old.deputy, by=by, today=day)
    assert outcomes == ["done"] + ["refused"] * 3
    assert proposal.cosignatures.in_force(day).count() == 1


def test_on_its_last_day_a_signature_still_counts():
    proposal, old, _ = run_out()
    by, last = make.as_deputy(old.deputy), old.expires_on
    assert proposal.cosignatures.in_force(last).get() == old
    with pytest.raises(Refused, match="已经附议过"):
        signing.cosign(proposal, deputy=old.deputy, by=by, today=last)


def test_invite_asks_again_whose_signature_has_run_out():
    proposal, old, day = run_out()
    lead = make.as_deputy(proposal.lead)
    with pytest.raises(Refused, match="已经附议过"):
        invitations.invite(proposal, deputies=[old.deputy], by=lead, today=old.expires_on)
    (asked,) = invitations.invite(proposal, deputies=[old.deputy], by=lead, today=day)
    assert asked.deputy == old.deputy


def test_reword_and_hand_in_tell_whose_signature_has_run_out():
    proposal, old, day = run_out()
    lead = make.as_deputy(proposal.lead)
    wishes = Wishes(None, "涉及企业。")
    submission.reword(proposal, **walk.words(), by=lead, today=day, wishes=wishes)
    old.refresh_from_db()
    assert old.state == Signature.EXPIRED
    told = Notice.objects.get(person=old.deputy.user)
    assert "附议已过有效期，不再算数。同意的请在受理以前重新附议。" in told.text


def test_what_is_handed_in_runs_out_no_more():
    proposal = walk.submitted()
    signature = walk.signed(proposal)
    later = signature.expires_on + timedelta(days=9)
    assert proposal.cosignatures.in_force(later).get() == signature
    assert not signature.has_run_out(later)
    with pytest.raises(Refused, match="已经附议过"):
        walk.signed(proposal, signature.deputy, today=later)


def test_the_lead_reads_how_many_count_and_whose_days_are_over(client):
    proposal, _, day = run_out()
    with at(day):
        client.force_login(proposal.lead.user)
        page = client.get(reverse("proposals:detail", args=[proposal.pk])).content.decode()
    assert "已有 0 人附议，另有 1 人的附议过了有效期，要重新附议" in page
    assert "附议过了有效期，不再算数：</b>胡大勇" in page


def test_signers_read_it_in_their_lists_and_sign_anew(client):
    proposal, old, day = run_out()
    with at(day):
        client.force_login(old.deputy.user)
        own = client.get(reverse("proposals:mine")).content.decode()
        assert "您的附议 2 月 4 日到期，不再算数。" in own
        assert "等人附议的 1 件" in own
        asked = client.get(reverse("proposals:to_cosign")).content.decode()
        assert "您的附议已过有效期，请重新附议" in asked
        assert "已有 0 人附议" in asked
        page = client.get(reverse("proposals:detail", args=[proposal.pk])).content.decode()
        assert "您的附议已过有效期，同意再附议" in page
        assert "撤回我的附议" not in page
        client.post(reverse("proposals:cosign", args=[proposal.pk]), {"digest": proposal.digest})
    assert proposal.cosignatures.in_force(day).get().deputy == old.deputy


def test_after_the_last_day_of_the_call_the_signer_reads_whom_to_ask(client):
    proposal, old, day = run_out()
    Proposal.objects.filter(pk=proposal.pk).update(sign_until=day - timedelta(days=1))
    with at(day):
        client.force_login(old.deputy.user)
        page = client.get(reverse("proposals:detail", args=[proposal.pk])).content.decode()
    assert "您的附议已过有效期，不再算数。附议已于 2 月 6 日截止，请联系领衔代表重新征集。" in page


def test_what_can_be_signed_no_more_is_offered_to_nobody():
    proposal, other = walk.signing(), make.deputy()
    by, last = make.as_deputy(other), proposal.sign_until
    assert Proposal.objects.to_cosign(by, last).get() == proposal
    over = last + timedelta(days=1)
    assert not Proposal.objects.to_cosign(by, over).exists()
    assert deputies.to_sign(by, over) == []
    with pytest.raises(Refused, match="截止"):
        signing.cosign(proposal, deputy=other, by=by, today=over)
    sent = walk.submitted()
    assert Proposal.objects.to_cosign(by, over).get() == sent
    assert sent.state == State.SUBMITTED
