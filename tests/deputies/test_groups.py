"""指定召集人: one member leads the group, and nobody else keeps the rights of it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Post
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import DESK, STAFF, Role
from deputies.actions import groups, terms
from deputies.models import Deputy, DeputyGroup
from tests import make
from tests.deputies import seats
from tests.race import at_once

pytestmark = pytest.mark.django_db
BEFORE = date(2026, 5, 11)


@pytest.fixture
def group(db):
    make.organisation(OrganisationKind.TOWNSHIP)
    return make.group()


def name(deputy, group=None, by=None):
    place = group or make.group()
    return groups.name_convenor(place, deputy=deputy, by=by or make.actor(), today=make.TODAY)


def convenors() -> list[str]:
    open_posts = Post.objects.filter(role=Role.CONVENOR, to_on=None)
    return sorted(open_posts.values_list("user__name", flat=True))


def test_name_convenor_gives_the_post_and_leaves_a_trail(group):
    deputy = make.deputy("王启秀")

    groups.name_convenor(group, deputy=deputy, by=make.actor(), today=make.TODAY)

    group.refresh_from_db()
    assert group.convenor == deputy.user
    post = deputy.user.posts.get()
    assert (post.role, post.organisation.name, post.from_on) == (
        Role.CONVENOR,
        "柳河镇人大",
        make.TODAY,
    )
    assert list(AuditEvent.objects.values_list("subject", "now", "note")) == [
        ("shared.Post", "given", "王启秀：柳河镇人大·代表小组召集人"),
        ("deputies.DeputyGroup", "convenor_named", "王启秀"),
    ]


def test_the_former_convenor_has_no_right_from_today_on(group):
    old, new = make.deputy("甲"), make.deputy("乙")
    groups.name_convenor(group, deputy=old, by=make.actor(), today=make.ELECTED_ON)

    name(new)

    assert convenors() == ["乙"]
    assert old.user.posts.get().to_on == BEFORE
    assert not DeputyGroup.objects.visible_to(make.as_deputy(old)).exists()


def test_who_convenes_another_group_there_keeps_the_post(group):
    old, new = make.deputy("甲"), make.deputy("乙")
    name(old)
    make.group("柳河镇第二代表小组")
    DeputyGroup.objects.filter(name="柳河镇第二代表小组").update(convenor=old.user)

    name(new)

    assert convenors() == ["乙", "甲"]


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_name_convenor_is_refused_to_every_other_role(group, role):
    with pytest.raises(Refused, match="只有代工委可以指定"):
        groups.name_convenor(group, deputy=make.deputy(), by=make.actor(role), today=make.TODAY)


def test_name_convenor_is_refused_for_who_cannot_be(group):
    deputy, stranger = make.deputy(), make.deputy(of=make.group("柳河镇第二代表小组"))
    gone, without = make.deputy(), make.deputy()
    make.leaves(gone, make.TODAY)
    Deputy.objects.filter(pk=without.pk).update(user=None)
    clerk = make.actor(user=deputy.user)

    for person, reason in (
        (stranger, "现在不在"),
        (gone, "现在不在"),
        (without, "还没有账号"),
        (deputy, "不能给自己安排任职"),
    ):
        with pytest.raises(Refused, match=reason):
            groups.name_convenor(group, deputy=person, by=clerk, today=make.TODAY)
    name(deputy)
    with pytest.raises(Refused, match="已经是柳河镇第一代表小组的召集人"):
        groups.name_convenor(group, deputy=deputy, by=make.actor(), today=make.TODAY)


def test_name_convenor_is_refused_for_who_is_suspended(group):
    deputy = make.deputy()
    seats.suspended(deputy)
    with pytest.raises(Refused, match="暂停执行职务，不能担任召集人"):
        name(deputy)


def test_a_convenor_named_while_the_end_is_prepared_holds_the_post_until_then(group):
    deputy, opens = make.deputy(), make.TODAY + timedelta(days=30)
    how = {"number": 20, "from_on": opens, "seats": 30, "today": make.TODAY}
    terms.open_term(make.assembly(), by=make.director(), **how)
    name(deputy)
    post = deputy.user.posts.get()
    assert post.to_on == opens - timedelta(days=1)
    groups.release_convenor(make.group(), by=make.actor(), today=make.TODAY + timedelta(days=1))
    post.refresh_from_db()
    assert post.to_on == make.TODAY


def test_name_convenor_is_refused_where_the_township_has_no_congress():
    with pytest.raises(Refused, match="柳河镇还没有乡镇人大机构"):
        name(make.deputy())


@pytest.mark.django_db(transaction=True)
def test_two_clicks_name_one_convenor(group):
    deputy, clerk = make.deputy(), make.actor()

    outcomes = at_once(3, groups.name_convenor, group, deputy=deputy, by=clerk, today=make.TODAY)

    assert outcomes == ["done", "refused", "refused"]
    assert len(convenors()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_convenors_named_at_once_leave_one_with_the_post(group):
    turn, clerk = iter([make.deputy("甲"), make.deputy("乙")]), make.actor()

    assert at_once(2, lambda: name(next(turn), group, clerk)) == ["done", "done"]

    group.refresh_from_db()
    assert convenors() == [group.convenor.name]


def test_a_second_open_post_of_one_convenor_is_refused_by_the_database(group):
    deputy = make.deputy()
    name(deputy)
    post = deputy.user.posts.get()

    with pytest.raises(IntegrityError, match="post_once_per_user"), transaction.atomic():
        Post.objects.create(
            user=post.user, organisation=post.organisation, role=post.role, from_on=BEFORE
        )


def test_a_convenor_is_named_on_the_groups_own_page(client, group):
    deputy = make.deputy("王启秀")
    client.force_login(make.actor().user)
    address = reverse("deputies:name_convenor", args=[group.pk])
    detail = client.get(reverse("deputies:group", args=[group.pk]))
    assert address in detail.content.decode()
    assert "王启秀" in client.get(address).content.decode()

    empty = client.post(address, {"deputy": ""})
    assert (empty.status_code, "请选择召集人" in empty.content.decode()) == (422, True)

    done = client.post(address, {"deputy": deputy.pk}, follow=True)
    assert "王启秀是柳河镇第一代表小组的召集人了" in done.content.decode()
    again = client.post(address, {"deputy": deputy.pk})
    assert (again.status_code, "已经是" in again.content.decode()) == (409, True)


@pytest.mark.parametrize("role", sorted(DESK - STAFF))
def test_who_only_reads_at_the_desk_sees_why_not(client, group, role):
    client.force_login(make.actor(role).user)
    answer = client.get(reverse("deputies:name_convenor", args=[group.pk]))
    assert "只有代工委可以指定小组召集人" in answer.content.decode()


@pytest.mark.parametrize("role", sorted(set(Role) - DESK))
def test_nobody_outside_the_desk_opens_the_page(client, group, role):
    client.force_login(make.actor(role).user)
    assert client.get(reverse("deputies:name_convenor", args=[group.pk])).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_convenors_who_change_places_at_once_do_not_wait_for_each_other():
    first, second = make.group(), make.group("柳河镇第二代表小组")
    one, two = make.deputy(of=first), make.deputy(of=second)
    by = make.actor()
    make.organisation("township")
    for group, deputy in ((first, one), (second, two)):
        groups.name_convenor(group, deputy=deputy, by=by, today=make.TODAY)

    def swap(turn):
        deputy, group = ((one, second), (two, first))[turn.pop()]
        groups.move_member(deputy, group=group, by=by, today=make.TODAY)

    assert at_once(2, swap, [0, 1]) == ["done", "done"]
