"""撤销登记: everything is as it was before the change, whatever came in between."""

from datetime import timedelta

import pytest

from congress.shared.models import AuditEvent, Post
from congress.shared.roles import Role
from deputies.actions import groups, revoking
from deputies.models import (
    Deputy,
    Mandate,
    Membership,
    SeatChange,
)
from deputies.states import ChangeState
from tests import make
from tests.deputies import seats as made

pytestmark = pytest.mark.django_db
DAY, EVE = made.DAY, made.DAY - timedelta(days=1)


def acting(deputy, day=DAY):
    """The roles in which this deputy may act on that day."""
    return sorted(Post.objects.of(deputy.user).in_force(day).values_list("role", flat=True))


def with_post(deputy):
    make.as_deputy(deputy)
    return deputy


def trail(row):
    rows = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk)
    return list(rows.values_list("now", "note"))


def test_revoke_change_gives_a_convenor_the_group_back_unless_somebody_took_it():
    deputy, other = with_post(make.deputy()), with_post(make.deputy())
    group = make.group()
    groups.name_convenor(group, deputy=deputy, by=make.actor(), today=EVE - timedelta(days=9))
    revoking.revoke_change(made.terminated(deputy.mandates.get()), by=make.actor(), today=DAY)
    group.refresh_from_db()
    assert (group.convenor, acting(deputy)) == (deputy.user, [Role.CONVENOR, Role.DEPUTY])
    change = made.terminated(deputy.mandates.get())
    groups.name_convenor(group, deputy=other, by=make.actor(), today=DAY)
    revoking.revoke_change(change, by=make.actor(), today=DAY)
    group.refresh_from_db()
    assert (group.convenor, acting(deputy)) == (other.user, [Role.DEPUTY])


@pytest.mark.parametrize("undone", ["terminated", "resigned", "suspended", "reinstated"])
def test_revoke_change_leaves_everything_as_it_was(undone):
    deputy = with_post(make.deputy())
    if undone == "reinstated":
        made.suspended(deputy, on=EVE - timedelta(days=3))
    before = picture(deputy)
    of = deputy if undone in ("suspended", "reinstated") else deputy.mandates.get()
    getattr(made, undone)(of)
    change = SeatChange.objects.latest("pk")
    revoking.revoke_change(change, by=make.actor(), today=DAY)
    assert picture(deputy) == before
    change.refresh_from_db()
    assert change.state == ChangeState.REVOKED
    assert trail(change)[-1][0] == "revoked"


def test_revoke_change_of_an_end_in_the_past_restores_the_group_moved_to_meanwhile():
    deputy, other = with_post(make.deputy()), make.group("柳河镇第二代表小组")
    groups.move_member(deputy, group=other, by=make.actor(), today=EVE)
    before = picture(deputy)
    for _ in range(2):
        early = EVE - timedelta(days=9)
        change = made.terminated(deputy.mandates.get(), on=early)
        assert deputy.membership_set.get().to_on == early
        revoking.revoke_change(change, by=make.actor(), today=DAY)
        assert picture(deputy) == before
    assert [deed for deed, _ in trail(deputy)] == [
        "regrouped",
        *["spell_dropped", "spell_restored"] * 2,
    ]


def test_revoke_change_gives_a_post_anew_that_began_after_the_end_in_the_past():
    deputy = make.deputy()
    post = deputy.user.posts.create(
        organisation=make.organisation("township"), role=Role.DEPUTY, from_on=EVE
    )
    change = made.terminated(deputy.mandates.get(), on=EVE - timedelta(days=9))
    assert (acting(deputy), trail(post)) == ([], [("dropped", "")])
    revoking.revoke_change(change, by=make.actor(), today=DAY)
    assert acting(deputy) == [Role.DEPUTY]


def test_what_is_reopened_is_in_the_trail():
    deputy, by = with_post(make.deputy()), make.actor()
    groups.name_convenor(make.group(), deputy=deputy, by=by, today=EVE - timedelta(days=9))
    change = made.terminated(deputy.mandates.get(), on=EVE)
    last = AuditEvent.objects.latest("pk").pk
    revoking.revoke_change(change, by=by, today=DAY)
    told = AuditEvent.objects.filter(pk__gt=last).exclude(subject="deputies.SeatChange")
    assert sorted(told.values_list("subject", "now", "by_id")) == sorted(
        [
            ("deputies.Membership", "reopened", by.user.pk),
            ("deputies.DeputyGroup", "convenor_named", by.user.pk),
            ("shared.Post", "reopened", by.user.pk),
            ("shared.Post", "reopened", by.user.pk),
        ]
    )


def picture(deputy):
    return (
        list(deputy.mandates.values_list("to_on", "end_cause")),
        list(deputy.membership_set.order_by("from_on").values_list("group", "from_on", "to_on")),
        list(deputy.suspensions.values_list("from_on", "to_on")),
        acting(deputy, EVE),
        acting(deputy),
    )


def test_revoke_change_of_a_by_election_removes_seat_and_newcomer():
    change = made.elected()
    revoking.revoke_change(change, by=make.actor(), today=DAY)
    assert not Deputy.objects.filter(name="覃小满").exists()
    assert (Mandate.objects.count(), Membership.objects.count()) == (0, 0)
