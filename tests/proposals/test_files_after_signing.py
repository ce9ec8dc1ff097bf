"""附议 is of words: other files under the same ones undo none, and whoever signed is told."""

import pytest
from django.urls import reverse

from congress.shared.models import AuditEvent, Notice
from proposals.actions import drafting, review, signing, submission
from proposals.models import Attachment, FormerText, Proposal
from proposals.states import Signature, State
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    """Signed by one deputy with its photo, and sent back."""
    row = walk.attachment_raised().proposal
    walk.signed(row)
    return review.send_back(row, reason="请换一张照片。", by=make.actor())


def again(row):
    return Proposal.objects.get(pk=row.pk)


def words(row):
    return {name: getattr(row, name) for name in ("title", "facts", "request")}


def sent_again(row, **changes):
    by = make.as_deputy(row.lead)
    said = words(row) | changes
    return submission.resubmit(again(row), by=by, today=walk.ACCEPTED_ON, **said)


def told(row):
    found = Notice.objects.filter(person=row.cosignatures.get().deputy.user)
    return [each.text for each in found.filter(key__startswith="proposal.files.").order_by("pk")]


def trail(row):
    steps = AuditEvent.objects.filter(subject="proposals.Proposal", subject_id=row.pk)
    return list(steps.order_by("pk").values_list("now", flat=True))


def test_files_changed_under_the_same_words_leave_their_trail_and_the_signer_is_told(row):
    old = Attachment.objects.get(proposal=row)
    drafting.detach(old, by=make.as_deputy(row.lead))
    walk.adds_photos(row, "red", "blue")
    assert told(row) == []
    sent_again(row)
    assert trail(row)[-4:] == ["detached", "attached", "attached", "submitted"]
    (words,) = told(row)
    assert "正文没有改" in words
    assert "加上 2 个、删去 1 个" in words
    assert "附议仍然算数" in words
    signature = row.cosignatures.get()
    assert (signature.state, signature.digest) == (Signature.STANDING, again(row).digest)
    assert not FormerText.objects.exists()
    signing.withdraw_signature(signature, by=make.as_deputy(signature.deputy))


def test_a_second_round_of_files_is_news_of_its_own_and_counts_its_own_files_alone(row):
    drafting.detach(Attachment.objects.get(proposal=row), by=make.as_deputy(row.lead))
    sent_again(row)
    review.send_back(again(row), reason="还是要一张照片。", by=make.actor())
    walk.adds_photos(row, "red")
    sent_again(row)
    first, second = told(row)
    assert "（删去 1 个）" in first
    assert "（加上 1 个）" in second


def test_who_is_asked_to_read_the_text_anew_is_told_of_that_alone(row):
    walk.adds_photos(row, "red")
    sent_again(row, facts="桥建于 1996 年，护栏断了 6 米。")
    assert "attached" in trail(row)
    assert row.cosignatures.get().state == Signature.OUTDATED
    assert told(row) == []


def test_a_text_mended_without_files_says_nothing_of_files(row):
    sent_again(row, facts="桥建于 1996 年，护栏断了 6 米。")
    assert told(row) == []
    assert "attached" not in trail(row)
    assert again(row).state == State.SUBMITTED


def test_the_line_stands_on_the_page_for_the_signer(client, row):
    walk.adds_photos(row, "red")
    sent_again(row)
    client.force_login(row.cosignatures.get().deputy.user)
    page = client.get(reverse("proposals:detail", args=[row.pk])).content.decode()
    assert "修改时加上一个附件" in page
