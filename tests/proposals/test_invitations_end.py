"""邀请终止: with what it is about; and whoever was told of a proposal never meets a blank page."""

from importlib import import_module

import pytest
from django.db import connection
from django.urls import reverse

from congress.shared.models import AuditEvent, Notice
from proposals.actions import invitations, review, submission
from proposals.models import Invitation, Proposal, RefusalGround
from proposals.states import InvitationState
from tests import make
from tests.proposals import walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_8_january")]


def withdrawn(row):
    by = make.as_deputy(row.lead)
    submission.withdraw(row, reason="已经修好。", by=by, today=walk.ACCEPTED_ON)


def accepted(row, **how):
    review.accept(row, by=make.actor(), today=walk.ACCEPTED_ON, **how)


def refused(row):
    ground = RefusalGround.objects.first()
    review.refuse(row, ground=ground, words="正在审理", by=make.actor())


ENDS = {
    "领衔代表撤回了这件建议": withdrawn,
    "审查后已经受理": accepted,
    "审查后不予受理": refused,
    "审查后转作来信办理": lambda row: review.treat_as_letter(row, words="转信访", by=make.actor()),
}


def notice(invitation, step="invited"):
    return Notice.objects.get(key=f"proposal.{step}:{invitation.pk}")


def page(client, person, row):
    client.force_login(make.as_deputy(person).user)
    return client.get(reverse("proposals:detail", args=[row.pk]))


@pytest.mark.parametrize("why", ENDS)
def test_an_open_invitation_ends_with_its_proposal(client, why):
    asked = walk.invitation(walk.submitted())
    ENDS[why](asked.proposal)
    asked.refresh_from_db()
    assert asked.state == InvitationState.LAPSED
    steps = AuditEvent.objects.filter(subject="proposals.Invitation", subject_id=asked.pk)
    assert (steps.last().was, steps.last().now) == ("asked", "lapsed")
    assert why in steps.last().note
    assert notice(asked).read_at
    assert why in notice(asked, "invitation_lapsed").text
    answer = page(client, asked.deputy, asked.proposal)
    assert answer.status_code == 200
    assert "不用再答复" in answer.content.decode()


def test_what_was_answered_stays_as_it_was():
    row = walk.submitted()
    signed, declined = walk.invitation(row), walk.invitation(row)
    walk.signed(row, signed.deputy)
    invitations.decline(declined, by=make.as_deputy(declined.deputy))
    accepted(row)
    states = Invitation.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [InvitationState.SIGNED, InvitationState.DECLINED]


def test_each_answer_settles_the_notice_that_asked():
    row = walk.signing()
    signed, declined, taken = (walk.invitation(row) for _ in range(3))
    assert not any(notice(each).read_at for each in (signed, declined, taken))
    walk.signed(row, signed.deputy)
    invitations.decline(declined, by=make.as_deputy(declined.deputy))
    invitations.withdraw_invitation(taken, by=make.as_deputy(row.lead))
    assert all(notice(each).read_at for each in (signed, declined, taken))


def reworded():
    """Signed by two, then changed: both are asked to read it again."""
    row = walk.signing()
    signers = [walk.signed(row).deputy for _ in range(2)]
    text = walk.words("关于另修一座桥的建议")
    submission.reword(row, by=make.as_deputy(row.lead), today=walk.SUBMITTED_ON, **text)
    return Proposal.objects.get(pk=row.pk), signers


def test_signing_anew_settles_what_asked_to_read_it_again_and_the_end_settles_the_rest(client):
    row, (first, second) = reworded()
    unread = Notice.objects.filter(key__startswith="proposal.mended.", read_at=None)
    assert unread.count() == 2
    walk.signed(row, first)
    assert unread.get().person == second.user
    row = submission.hand_in(row, by=make.as_deputy(row.lead), today=walk.ACCEPTED_ON)
    accepted(row)
    assert not unread.exists()
    answer = page(client, second, row)
    assert answer.status_code == 200
    said = answer.content.decode()
    assert "1905001" in said
    assert "改过正文，请再看一遍" in said


def test_of_a_withheld_one_the_page_says_nothing_but_what_they_were_told(client):
    row = walk.submitted(confidentiality_asked="涉及个人隐私")
    asked = walk.invitation(row)
    accepted(row, withheld_reason="涉及个人隐私")
    said = page(client, asked.deputy, row).content.decode()
    assert "审查已经结束" in said
    assert "1905001" not in said
    assert "过水桥" in said
    assert row.facts not in said


@pytest.mark.parametrize("why", ENDS)
def test_the_news_of_an_invitation_lead_to_what_became_of_it(client, why):
    row = walk.submitted()
    asked = walk.invitation(row)
    ENDS[why](row)
    client.force_login(make.as_deputy(asked.deputy).user)
    news = client.get(reverse("proposals:news")).content.decode()
    to = reverse("proposals:detail", args=[row.pk])
    assert f'href="{to}"' in news
    assert "不用再答复" in client.get(to).content.decode()


def test_whoever_was_never_told_finds_no_page(client):
    row = walk.submitted()
    accepted(row)
    assert page(client, make.deputy(), row).status_code == 404


def test_open_ones_of_decided_proposals_end_by_the_migration_once():
    asked, other = walk.invitation(walk.submitted()), walk.invitation()
    accepted(asked.proposal)
    Invitation.objects.filter(pk=asked.pk).update(state="asked")
    Notice.objects.update(read_at=None)
    migration = import_module("proposals.migrations.0033_invitations_end")
    for _ in range(2):
        with connection.cursor() as cursor:
            for each in migration.Migration.operations[1:]:
                cursor.execute(each.sql)
    ended = AuditEvent.objects.filter(note__startswith="补记：")
    assert [each.subject_id for each in ended] == [asked.pk]
    assert notice(asked).read_at
    assert notice(other).read_at is None
