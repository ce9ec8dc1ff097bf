"""附议: who stands behind a proposal hears what becomes of it, merged or not, as its lead does."""

import pytest
from django.urls import reverse

from congress.shared.models import Notice
from proposals.actions import assignment, publication, review, signing
from proposals.models import Proposal, RefusalGround
from proposals.states import State
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db


def heard(deputy, row):
    """The steps of which this deputy was told, in their order, each with the page of the row."""
    told = Notice.objects.filter(person=deputy.user).order_by("pk")
    assert {each.link for each in told} <= {reverse("proposals:detail", args=[row.pk])}
    return [each.key.removeprefix("proposal.").partition(":")[0] for each in told]


def again(row):
    return Proposal.objects.get(pk=row.pk)


def test_signers_of_both_are_told_at_every_step_and_who_took_back_a_signature_is_not():
    into, merged = walk.submitted(), walk.submitted()
    signer, along, gone = (make.deputy() for _ in range(3))
    for row, deputy in ((into, signer), (merged, along), (merged, gone)):
        walk.signed(row, deputy)
    signature = merged.cosignatures.get(deputy=gone)
    signing.withdraw_signature(signature, by=make.as_deputy(gone))
    office = make.actor()
    for row in (into, merged):
        review.accept(row, by=office, today=walk.ACCEPTED_ON)
    review.merge(again(merged), into=again(into), by=office)
    assignment.assign(again(into), shares=walk.shares(), by=office, today=walk.ASSIGNED_ON)
    walk.gated(again(into).lead_assignment)
    reply = walk.answered(again(into).lead_assignment)
    publication.publish(again(into), by=office, today=walk.REPLIED_ON)
    steps = ["accepted", "assigned", f"answered.{reply.pk}", "published"]
    assert heard(signer, into) == steps
    along_steps = ["accepted", "merged.1", "assigned", f"answered_along.{reply.pk}", "published"]
    assert heard(along, merged) == heard(merged.lead, merged)[1:] == along_steps
    assert heard(gone, merged) == []
    number = again(merged).number
    texts = Notice.objects.filter(person=along.user).values_list("text", flat=True)
    assert f"您附议的“{merged.title}”已受理，编号 {number}。" in texts
    assert any("交县交通运输局主办，2026 年 6 月 8 日前答复" in each for each in texts)


def test_signers_are_told_of_refusing_of_a_letter_and_of_what_is_not_public():
    ground = RefusalGround.objects.first()
    ends = {
        "refused": lambda row, by: review.refuse(row, ground=ground, words="涉及个案。", by=by),
        "letter": lambda row, by: review.treat_as_letter(row, words="转信访局答复。", by=by),
    }
    for step, end in ends.items():
        row, signer = walk.submitted(), make.deputy()
        walk.signed(row, signer)
        end(row, make.actor())
        assert heard(signer, row) == [step]
    row, signer = walk.submitted(), make.deputy()
    walk.signed(row, signer)
    walk._take(row, State.ACCEPTED, make.unit(), (), "")
    publication.withhold(again(row), reason="涉及个人隐私", whole=True, by=make.actor())
    publication.lift_withholding(again(row), reason="本人同意", by=make.actor())
    assert heard(signer, row) == ["accepted", "withheld.1", "withholding_lifted.1"]
