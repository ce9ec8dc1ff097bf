"""请求不公开: until it is decided, a proposal that is handed in is not open to all deputies."""

from datetime import timedelta

import pytest
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import Notice
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


def accepted(row, **said):
    return review.accept(row, by=make.actor(), today=walk.ACCEPTED_ON, **said)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"withheld_reason": "涉及未成年人"}, "同意，不公开：涉及未成年人"),
        ({"wish_words": "没有写到个人情况"}, "没有同意，受理后公开：没有写到个人情况"),
    ],
)
def test_a_wish_is_granted_or_not_with_a_word_that_notice_page_and_dossier_say(
    client, said, answer
):
    row, signer = walk.submitted(confidentiality_asked="涉及个人隐私"), make.deputy()
    walk.invitation(row, signer)
    walk.signed(row, signer)
    row = accepted(row, **said)
    for by, page in (
        (make.as_deputy(row.lead), "detail"),
        (make.as_deputy(signer), "detail"),
        (make.actor(), "dossier"),
    ):
        client.force_login(by.user)
        found = client.get(reverse(f"proposals:{page}", args=[row.pk])).content.decode()
        assert "涉及个人隐私" in found
        assert answer in found
        if page == "detail":
            told = Notice.objects.get(person=by.user, key__startswith="proposal.accepted")
            assert told.text.endswith(f"请求不公开：{answer}")


def test_a_wish_is_not_passed_over_nor_answered_both_ways_nor_answered_where_none_was(client):
    row, plain = walk.submitted(confidentiality_asked="涉及个人隐私"), walk.submitted()
    with pytest.raises(Refused, match="不同意的写明为什么公开"):
        accepted(row)
    with pytest.raises(Refused, match="只能留一个"):
        accepted(row, withheld_reason="隐私", wish_words="没有隐私")
    with pytest.raises(Refused, match="没有请求不公开"):
        accepted(plain, wish_words="没有隐私")
    client.force_login(make.actor().user)
    sent = {"asks": "加固护栏。", "withheld_reason": "", "digest": row.digest}
    path = reverse("proposals:accept", args=[row.pk])
    answer = client.post(path, sent)
    assert answer.status_code == 422
    assert "不同意的写明为什么公开" in answer.content.decode()
    client.post(path, sent | {"wish_words": "没有写到个人情况"})
    assert Proposal.objects.get(pk=row.pk).wish_words == "没有写到个人情况"
