"""又作的一版: of what is published it is everybody's once the office has read and opened it."""

import pytest
from django.urls import reverse

from congress.shared.errors import Refused
from proposals.actions import publication
from proposals.models import Proposal
from proposals.permissions.publication import replies_seen
from proposals.states import State
from tests import make
from tests.proposals import verbs_rated as facts
from tests.proposals import walk

pytestmark = pytest.mark.django_db
SECRET = "内部情况：王五家的地没有征下来。"


def further():
    order = facts.ordered(facts.rated(State.PUBLISHED))
    said = {"text": SECRET, "file_number": "竹交函〔2026〕91 号", "today": facts.AFTER}
    walk.answered(order.assignment, **said)
    return Proposal.objects.get(pk=order.assignment.proposal_id)


def seen_by_all(client, row):
    pages = ("public_detail", "proposal_feed")
    found = [client.get(reverse(f"proposals:{each}", args=[row.number])) for each in pages]
    lists = [client.get(reverse(f"proposals:{each}")) for each in ("public_list", "public_json")]
    return "".join(each.content.decode() for each in (*found, *lists))


def test_it_waits_for_the_office_while_the_one_before_stays_public(client):
    row = further()
    first = row.lead_assignment.replies.get(version=1)
    shown = seen_by_all(client, row)
    assert (SECRET in shown, first.file_number in shown) == (False, True)
    by = {"by": make.actor(), "today": facts.AFTER}
    with pytest.raises(Refused, match="单位刚刚又作了一版"):
        publication.publish(row, seen=str(first.pk), **by)
    client.force_login(by["by"].user)
    assert "看过再公开" in client.get(reverse("proposals:rehandlings")).content.decode()
    page = reverse("proposals:publish", args=[row.pk])
    assert SECRET in client.get(page).content.decode()
    client.post(page, {"seen": replies_seen(row)})
    client.logout()
    assert SECRET in seen_by_all(client, row)
    row = Proposal.objects.get(pk=row.pk)
    with pytest.raises(Refused, match="已经公开"):
        publication.publish(row, **by)


def test_it_may_be_kept_back_alone_with_a_reason(client):
    row, by = further(), make.actor()
    with pytest.raises(Refused, match="不能定为不公开"):
        publication.withhold(row, reason="涉及隐私。", whole=True, by=by)
    client.force_login(by.user)
    sent = {"whole": "reply", "reason": "涉及隐私。"}
    client.post(reverse("proposals:withhold", args=[row.pk]), sent)
    client.logout()
    row = Proposal.objects.get(pk=row.pk)
    assert (row.state, row.reply.kept_back) == (State.PUBLISHED, "涉及隐私。")
    first = row.lead_assignment.replies.get(version=1)
    shown = seen_by_all(client, row)
    assert (SECRET in shown, first.file_number in shown) == (False, True)
    with pytest.raises(Refused, match="已经公开"):
        publication.publish(row, by=by, today=facts.AFTER)
