"""邀请附议: asked by name, answered with a signature or a no, taken back."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Setting
from proposals.actions import invitations, review
from proposals.models import Invitation
from proposals.permissions import why_not_invite
from proposals.states import InvitationState
from tests import make
from tests.proposals import walk
from tests.proposals.pages import text, url

pytestmark = pytest.mark.django_db
ON = walk.SUBMITTED_ON


@pytest.fixture(autouse=True)
def _on_6_january():
    with clock.at(datetime(2026, 1, 6, 2, tzinfo=UTC)):
        yield


def told(deputy):
    rows = Notice.objects.filter(person=deputy.user).order_by("pk")
    return list(rows.values_list("text", flat=True))


def invites(proposal, *deputies, today=ON):
    by = make.as_deputy(proposal.lead)
    return invitations.invite(proposal, deputies=list(deputies), by=by, today=today)


def test_invite_asks_each_tells_each_and_leaves_a_line_for_each():
    proposal, first, second = walk.signing(), make.deputy(), make.deputy()
    asked = invites(proposal, first, second)
    assert [each.state for each in asked] == [InvitationState.ASKED] * 2
    assert AuditEvent.objects.filter(now="invited").count() == 2
    for each in (first, second):
        assert told(each) == [
            f"{proposal.lead.name}代表请您附议“{proposal.title}”。愿不愿意都请答复一下。"
        ]


def test_nobody_is_invited_twice_nor_who_signed_nor_who_cannot_sign():
    proposal = walk.signing()
    asked = walk.invitation(proposal)
    signed = walk.signed(proposal).deputy
    stranger, silent = make.deputy(levels=("township",)), make.deputy()
    type(silent).objects.filter(pk=silent.pk).update(user=None)
    silent.refresh_from_db()
    for who, said in (
        (asked.deputy, f"已经邀请过{asked.deputy.name}代表"),
        (signed, f"{signed.name}代表已经附议"),
        (proposal.lead, "不用邀请自己"),
        (stranger, f"{stranger.name}不是这一级人大的在任代表"),
        (silent, f"{silent.name}代表还没有登录账号"),
    ):
        with pytest.raises(Refused, match=said):
            invites(proposal, who)
    with pytest.raises(Refused, match="至少选一位"):
        invites(proposal)
    invitations.decline(asked, by=make.as_deputy(asked.deputy))
    with pytest.raises(Refused, match="已经答复不附议，不用再邀请"):
        invites(proposal, asked.deputy)


def test_invite_ends_with_the_days_for_signing_and_has_a_limit():
    proposal = walk.signing()
    with pytest.raises(Refused, match="1 月 20 日截止，改一改正文重新征集"):
        invites(proposal, make.deputy(), today=proposal.sign_until + timedelta(days=1))
    Setting.objects.create(key="proposals.invited_at_once", value=2, from_on=ON)
    walk.invitation(proposal)
    with pytest.raises(Refused, match="最多邀请 2 位代表，现在有 1 位还没有答复"):
        invites(proposal, make.deputy(), make.deputy())


def test_a_signature_answers_the_invitation_and_a_no_may_still_become_one():
    proposal = walk.signing()
    asked, other = walk.invitation(proposal), walk.invitation(proposal)
    invitations.decline(other, by=make.as_deputy(other.deputy))
    for each in (asked, other):
        walk.signed(proposal, each.deputy)
        each.refresh_from_db()
        assert each.state == InvitationState.SIGNED


def test_decline_tells_the_lead_and_asks_for_no_reason():
    asked = walk.invitation()
    invitations.decline(asked, by=make.as_deputy(asked.deputy))
    lead = asked.proposal.lead
    assert told(lead)[-1] == f"{asked.deputy.name}代表答复：这次不附议“{asked.proposal.title}”。"
    assert AuditEvent.objects.filter(subject="proposals.Invitation", now="declined").exists()


def test_withdraw_invitation_tells_whoever_was_asked_and_they_may_be_asked_again():
    asked = walk.invitation()
    by = make.as_deputy(asked.proposal.lead)
    invitations.withdraw_invitation(asked, by=by)
    assert "取消了请您附议" in told(asked.deputy)[-1]
    assert invites(asked.proposal, asked.deputy)[0].state == InvitationState.ASKED


def test_what_was_accepted_meanwhile_waits_for_nobody():
    asked = walk.invitation(walk.submitted())
    assert Invitation.objects.waiting(ON).get() == asked
    review.accept(asked.proposal, by=make.actor(), today=walk.ACCEPTED_ON)
    assert not Invitation.objects.waiting(ON).exists()
    asked.refresh_from_db()
    with pytest.raises(Refused, match="目前是“已终止”，不用再答复"):
        invitations.decline(asked, by=make.as_deputy(asked.deputy))


def test_the_screens_of_the_lead(client):
    proposal, other = walk.signing(), make.deputy("胡大勇")
    client.force_login(make.as_deputy(proposal.lead).user)
    assert url("invite", proposal.pk) in text(client.get(url("detail", proposal.pk)))
    page = text(client.get(url("invite", proposal.pk), {"q": "胡大勇"}))
    assert "胡大勇" in page
    assert client.post(url("invite", proposal.pk), {"other": "x"}).status_code == 422
    answer = client.post(url("invite", proposal.pk), {"deputies": [other.pk]}, follow=True)
    assert "已邀请 1 位代表" in text(answer)
    assert "等对方答复" in text(answer)
    assert "没有找到" in text(client.get(url("invite", proposal.pk), {"q": "胡大勇"}))
    twice = client.post(url("invite", proposal.pk), {"deputies": [other.pk]})
    assert (twice.status_code, "已经邀请过胡大勇代表" in text(twice)) == (409, True)
    asked = Invitation.objects.get()
    answer = client.post(url("withdraw_invitation", asked.pk), follow=True)
    assert "已取消邀请" in text(answer)
    client.force_login(make.as_deputy(other).user)
    assert client.get(url("invite", proposal.pk)).status_code == 404
    assert client.post(url("withdraw_invitation", asked.pk)).status_code == 404


def test_who_is_ticked_off_stays_through_a_search(client):
    proposal, ticked, sought = walk.signing(), make.deputy("胡大勇"), make.deputy("吴秀兰")
    client.force_login(make.as_deputy(proposal.lead).user)
    typed = {"deputies": [ticked.pk, "²", "9" * 30], "q": "吴秀兰", "find": "1"}
    answer = client.post(url("invite", proposal.pk), typed)
    assert answer.status_code == 200
    boxes = re.findall(r'value="(\d+)" id="d\d+"( checked)?', answer.content.decode())
    assert boxes == [(str(ticked.pk), " checked"), (str(sought.pk), "")]
    assert not Invitation.objects.exists()


def test_the_screens_of_whoever_was_asked(client):
    asked = walk.invitation()
    lead = asked.proposal.lead.name
    client.force_login(make.as_deputy(asked.deputy).user)
    home = text(client.get("/"))
    assert f"{lead}代表请您附议“{asked.proposal.title}”" in home
    assert "看全文，答复" in home
    assert "件建议等人附议" not in home
    assert f"{lead}代表请您附议" in text(client.get(url("to_cosign")))
    page = text(client.get(url("detail", asked.proposal.pk)))
    assert url("decline", asked.pk) in page
    answer = client.post(url("decline", asked.pk), follow=True)
    assert "已答复不附议" in text(answer)
    assert "看全文，答复" not in text(client.get("/"))
    page = text(client.get(url("detail", asked.proposal.pk)))
    assert url("decline", asked.pk) not in page
    assert "附议这件" in page
    client.force_login(make.as_deputy(make.deputy()).user)
    assert client.post(url("decline", asked.pk)).status_code == 404
    client.force_login(make.as_deputy(asked.proposal.lead).user)
    page = text(client.get(url("detail", asked.proposal.pk)))
    assert "不附议" in page
    assert f"{asked.deputy.name}代表答复不附议" in page


def test_nobody_else_reads_who_was_asked_and_who_said_no(client):
    asked = walk.invitation()
    invitations.decline(asked, by=make.as_deputy(asked.deputy))
    client.force_login(make.as_deputy(make.deputy()).user)
    assert asked.deputy.name not in text(client.get(url("detail", asked.proposal.pk)))


def queries(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("page", ["invite", "detail"])
def test_three_more_take_no_more_queries(client, page):
    proposal = walk.signing()
    walk.invitation(proposal)
    client.force_login(make.as_deputy(proposal.lead).user)
    address = url(page, proposal.pk) + "?q=代表"
    client.get(address)
    one = queries(client, address)
    for _ in range(2):
        walk.invitation(proposal)
    assert queries(client, address) == one


def test_the_lead_alone_invites():
    proposal = walk.signing()
    assert why_not_invite(make.as_deputy(proposal.lead), proposal, ON) is None
    assert why_not_invite(make.actor(), proposal, ON) == "附议由领衔代表本人邀请。"
