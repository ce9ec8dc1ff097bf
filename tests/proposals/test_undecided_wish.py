"""请求不公开: until it is decided, a proposal that is handed in is not open to all deputies."""

from datetime import timedelta

import pytest
from django.urls import reverse

from congress.shared.errors import Refused
from proposals.actions import review, signing, submission
from proposals.models import Proposal
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db
LATER = walk.SUBMITTED_ON + timedelta(days=1)


def test_while_a_wish_not_to_be_shown_waits_only_who_was_asked_or_has_signed_reads_it(client):
    row = walk.submitted(confidentiality_asked="涉及个人隐私")
    asked, other = make.deputy(), make.deputy()
    walk.invitation(row, asked)
    by = make.as_deputy(other)
    client.force_login(by.user)
    for found in (Proposal.objects.visible_to, lambda by: Proposal.objects.to_cosign(by, LATER)):
        assert not found(by).exists()
        assert found(make.as_deputy(asked)).get() == row
    assert not Proposal.objects.known_to(by).exists()
    assert client.get(reverse("proposals:detail", args=[row.pk])).status_code == 404
    with pytest.raises(Refused, match="只有受邀的代表可以附议"):
        signing.cosign(row, deputy=other, by=by, today=LATER)
    walk.signed(row, asked)
    assert Proposal.objects.visible_to(make.as_deputy(asked)).get() == row
    assert Proposal.objects.visible_to(make.actor()).get() == row


def test_a_call_for_signatures_is_made_to_all_and_who_signed_may_sign_the_mended_text():
    row = walk.signing(confidentiality_asked="涉及个人隐私")
    signer, other = make.deputy(), make.deputy()
    walk.signed(row, signer)
    assert Proposal.objects.to_cosign(make.as_deputy(other), LATER).get() == row
    lead = make.as_deputy(row.lead)
    row = submission.hand_in(row, by=lead, today=walk.SUBMITTED_ON)
    assert not Proposal.objects.visible_to(make.as_deputy(other)).exists()
    review.send_back(row, reason="请写清楚。", by=make.actor())
    said = walk.words() | {"request": "重建这座桥。"}
    submission.resubmit(row, **said, by=lead, today=walk.SUBMITTED_ON)
    assert Proposal.objects.to_cosign(make.as_deputy(signer), LATER).get() == row
    walk.signed(row, signer)
