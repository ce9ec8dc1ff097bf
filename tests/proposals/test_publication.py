"""公开: published, kept back with its reason, and opened again."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from proposals.actions import publication, review
from proposals.models import Proposal
from proposals.queries import office
from proposals.states import State
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db


def test_publish_opens_the_reply_with_who_and_when():
    office = make.actor()
    proposal = walk.proposal(State.ANSWERED)
    proposal = publication.publish(proposal, by=office, today=make.TODAY)
    assert (proposal.state, proposal.published_on) == (State.PUBLISHED, make.TODAY)
    assert proposal.published_by == office.user
    assert AuditEvent.objects.get(now="published").note == "答复全文公开。"


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ASSIGNED, State.PUBLISHED])
def test_publish_is_refused_out_of_turn(state):
    with pytest.raises(Refused, match="还不能公开或已经公开"):
        publication.publish(walk.proposal(state), by=make.actor(), today=make.TODAY)


def test_publish_is_refused_for_what_is_withheld():
    proposal = walk.proposal(State.ANSWERED, withheld="涉及个人隐私")
    with pytest.raises(Refused, match="不公开：涉及个人隐私"):
        publication.publish(proposal, by=make.actor(), today=make.TODAY)


def test_the_database_wants_to_know_who_published():
    proposal = walk.proposal(State.ANSWERED)
    with pytest.raises(IntegrityError, match="published_has_who_and_when"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(state=State.PUBLISHED)


SECRET = "答复里有企业的商业秘密"


def withheld(row, *, whole=False, reason=SECRET):
    return publication.withhold(row, reason=reason, whole=whole, by=make.actor())


def lifted(row, reason="企业同意公开"):
    return publication.lift_withholding(row, reason=reason, by=make.actor())


def public(client, row):
    client.logout()
    return client.get(reverse("proposals:public_detail", args=[row.number]))


@pytest.mark.parametrize(("whole", "what"), [(True, "整件不公开"), (False, "答复不公开")])
def test_withhold_says_why_to_the_lead_and_in_the_trail_and_waits_for_nobody(whole, what):
    row = withheld(walk.proposal(State.ANSWERED), whole=whole)
    assert Proposal.objects.get(pk=row.pk).why_withheld == SECRET
    assert AuditEvent.objects.get(now="withheld").note == f"{what}：{SECRET}"
    notice = Notice.objects.get(key__startswith="proposal.withheld")
    assert (notice.person, notice.text) == (
        row.lead.user,
        f"您领衔的“{row.title}”{what}：{SECRET}",
    )
    assert not Proposal.objects.to_publish().exists()
    with pytest.raises(Refused, match=f"不公开：{SECRET}"):
        publication.publish(row, by=make.actor(), today=make.TODAY)


def test_a_withheld_reply_is_named_in_public_with_its_reason_and_nothing_of_what_it_answers(client):
    row = withheld(walk.proposal(State.ANSWERED))
    page = public(client, row).content.decode()
    assert "答复不公开" in page
    assert f"答复不公开：{SECRET}" in page
    assert SECRET in page
    assert row.title in page
    assert row.reply.text not in page
    assert "接着由代工委公开答复" not in page
    assert client.get(reverse("proposals:public_letter", args=[row.reply.pk])).status_code == 404


def test_what_is_withheld_whole_leaves_the_public_pages(client):
    row = withheld(walk.proposal(State.ASSIGNED), whole=True)
    assert public(client, row).status_code == 404


def test_withhold_is_refused_for_a_published_one_without_a_reason_and_twice():
    with pytest.raises(Refused, match="已公开”，不能定为不公开"):
        withheld(walk.proposal(State.PUBLISHED))
    row = walk.proposal(State.ASSIGNED)
    with pytest.raises(Refused, match="请写明为什么不公开"):
        withheld(row, reason=" ")
    withheld(row)
    with pytest.raises(Refused, match="这件建议的答复不公开，不用再定"):
        withheld(row, whole=True)


def test_what_is_merged_has_no_reply_of_its_own_to_withhold():
    merged, _ = walk.merged()
    with pytest.raises(Refused, match="请在并案的"):
        withheld(merged)
    assert withheld(merged, whole=True).withheld_reason == SECRET


def test_what_was_withheld_before_it_was_merged_is_not_published_along():
    row, into = walk.accepted(2)
    review.merge(withheld(row), into=into, by=make.actor())
    assert into.published_along == []


def test_the_database_publishes_no_withheld_reply():
    row = withheld(walk.proposal(State.ANSWERED))
    with pytest.raises(IntegrityError, match="withheld_alone"), transaction.atomic():
        Proposal.objects.filter(pk=row.pk).update(withheld_reason="隐私")


@pytest.mark.parametrize("whole", [True, False])
def test_lift_withholding_lets_the_reply_be_published(whole):
    row = lifted(withheld(walk.proposal(State.ANSWERED), whole=whole))
    assert AuditEvent.objects.get(now="withholding_lifted").note == "改为公开：企业同意公开"
    assert Notice.objects.get(key__startswith="proposal.withholding_lifted").text.endswith(
        "改为公开：企业同意公开"
    )
    assert len(office.queues(make.actor(), make.TODAY)[2].rows) == 1
    published = publication.publish(row, by=make.actor(), today=make.TODAY)
    assert published.state == State.PUBLISHED


def test_lift_withholding_is_refused_where_nothing_is_withheld_and_without_a_reason():
    row = walk.proposal(State.ACCEPTED)
    with pytest.raises(Refused, match="没有定为不公开"):
        lifted(row)
    with pytest.raises(Refused, match="请写明为什么改为公开"):
        lifted(withheld(row), reason="")


def test_a_merged_one_whose_withholding_is_lifted_late_is_published_after_the_other():
    row, into = walk.accepted(2)
    review.merge(withheld(row, whole=True), into=into, by=make.actor())
    for step in walk.ORDER[2:]:
        walk._take(into, step, make.unit(), (), "")
    row = lifted(Proposal.objects.get(pk=row.pk))
    assert list(Proposal.objects.to_publish()) == [row]
    assert publication.publish(row, by=make.actor(), today=make.TODAY).state == State.PUBLISHED


@pytest.mark.parametrize("verb", ["withhold", "lift_withholding"])
def test_the_pages_of_withholding_ask_why_and_lead_back(client, verb):
    row = walk.proposal(State.ANSWERED, withheld=SECRET if verb != "withhold" else "")
    client.force_login(make.actor().user)
    address = reverse(f"proposals:{verb}", args=[row.pk])
    dossier = reverse("proposals:dossier", args=[row.pk])
    assert address in client.get(dossier).content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {"whole": "reply", "reason": ""}).status_code == 422
    answer = client.post(address, {"whole": "reply", "reason": "企业的意见"})
    assert answer.url == dossier
    row.refresh_from_db()
    assert row.why_withheld == ("企业的意见" if verb == "withhold" else "")
