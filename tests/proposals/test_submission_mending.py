from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from proposals.actions import review, signing, submission
from proposals.models import Proposal
from proposals.permissions.submission import Wishes
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
        review.send_back(walk.proposal(State.ACCEPTED), reason="写清楚。", by=make.actor())
    with pytest.raises(Refused, match="写明"):
        review.send_back(walk.submitted(), reason=" ", by=make.actor())


def test_the_database_lets_no_return_be_without_a_reason():
    proposal = walk.submitted()
    with pytest.raises(IntegrityError, match="returned_says_why"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(state=State.RETURNED)


def test_resubmit_brings_the_mended_text_back_to_review_and_asks_the_signers_to_read_it():
    proposal, second = walk.submitted(), make.deputy()
    signing.cosign(proposal, deputy=second, by=make.as_deputy(second), today=make.TODAY)
    review.send_back(proposal, reason="写清楚。", by=make.actor())
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
        review.send_back(proposal, reason="写清楚。", by=make.actor())
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


def wished(unit=None, why=""):
    return Wishes(unit, why)


def test_resubmit_may_change_the_wishes_alone_and_no_signature_is_asked_anew():
    proposal, second = walk.submitted(), make.deputy()
    other = make.unit("县财政局")
    signing.cosign(proposal, deputy=second, by=make.as_deputy(second), today=make.TODAY)
    review.send_back(proposal, reason="理由再写清楚。", by=make.actor())
    asked = {"by": make.as_deputy(proposal.lead), "today": walk.ACCEPTED_ON}
    same = {name: getattr(proposal, name) for name in ("title", "facts", "request")}
    with pytest.raises(Refused, match="都还没有改"):
        submission.resubmit(proposal, **same, **asked, wishes=wished())
    digest = proposal.digest
    new = wished(other, " 涉及企业的商业秘密。 ")
    proposal = submission.resubmit(proposal, **same, **asked, wishes=new)
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert (proposal.suggested_unit, proposal.digest) == (other, digest)
    assert proposal.confidentiality_asked == "涉及企业的商业秘密。"
    assert [each.state for each in proposal.cosignatures.all()] == [Signature.STANDING]
    note = AuditEvent.objects.filter(now=State.SUBMITTED).last().note
    assert note == "修改后重新提出。建议谁来办、请求不公开也改了。"
    with pytest.raises(Refused, match="代表请求不公开"):
        review.accept(proposal, by=make.actor(), today=walk.ACCEPTED_ON, asks=["请修桥。"])


def test_who_says_nothing_of_the_wishes_leaves_them():
    unit = make.unit("县财政局")
    for take in (submission.resubmit, submission.reword):
        raised = {"suggested_unit": unit, "confidentiality_asked": "涉及企业。"}
        row = walk.signing(**raised) if take is submission.reword else walk.submitted(**raised)
        if take is submission.resubmit:
            review.send_back(row, reason="写清楚。", by=make.actor())
        row = take(
            row, **walk.words("关于修好过水桥的建议"), by=make.as_deputy(row.lead), today=make.TODAY
        )
        row = Proposal.objects.get(pk=row.pk)
        assert (row.suggested_unit, row.confidentiality_asked) == (unit, "涉及企业。")


@pytest.mark.parametrize("state", [State.RETURNED, State.SIGNING])
def test_the_page_of_the_text_shows_the_wishes_and_takes_other_ones(client, state):
    unit, other = make.unit("县财政局"), make.unit("县教育局")
    raised = {"suggested_unit": unit, "confidentiality_asked": "涉及企业。"}
    row = walk.signing(**raised) if state == State.SIGNING else walk.submitted(**raised)
    if state == State.RETURNED:
        review.send_back(row, reason="写清楚。", by=make.actor())
    address = reverse(
        "proposals:" + ("reword" if state == State.SIGNING else "resubmit"), args=[row.pk]
    )
    client.force_login(row.lead.user)
    with clock.at(datetime(make.TODAY.year, make.TODAY.month, make.TODAY.day, 2, tzinfo=UTC)):
        page = client.get(address).content.decode()
        assert f'<option value="{unit.pk}" selected>' in page
        assert "涉及企业。" in page
        sent = walk.words() | {"suggested_unit": other.pk, "confidentiality_asked": ""}
        sent["digest"] = row.digest
        assert client.post(address, sent | {"suggested_unit": 0}).status_code == 422
        assert client.post(address, sent).status_code == 302
    row.refresh_from_db()
    assert (row.suggested_unit, row.confidentiality_asked) == (other, "")
