"""代表开户: one by one and many at once."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from congress.shared.actors import SYSTEM
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Post, User
from congress.shared.roles import STAFF, Role
from deputies.actions import accounts, terms
from deputies.models import Deputy
from tests import make
from tests.deputies import seats, sheet
from tests.race import at_once

OTHERS = sorted(set(Role) - STAFF - {Role.SYSADMIN})


def newcomer(**cells) -> Deputy:
    row = sheet.row(**cells)
    sheet.apply([row])
    return Deputy.objects.get(name=row["姓名"])


@pytest.mark.django_db
def test_open_account_lets_a_deputy_in_and_leaves_a_trail():
    deputy = newcomer(代表证号="X00007")

    user = accounts.open_account(deputy, by=make.actor(), today=make.TODAY, password="liuhe-2026")

    deputy.refresh_from_db()
    assert (deputy.user, user.username, user.name) == (user, "x00007", deputy.name)
    post = user.posts.get()
    assert (post.role, post.organisation.name, post.from_on) == (
        Role.DEPUTY,
        "柳河镇人大",
        make.TODAY,
    )
    assert authenticate(username="x00007", password="liuhe-2026") == user
    last = AuditEvent.objects.filter(subject="deputies.Deputy").last()
    assert (last.subject_id, last.now) == (deputy.pk, "account")


@pytest.mark.django_db
def test_an_account_gives_no_right_to_who_is_suspended_until_reinstated():
    deputy = newcomer()
    seats.suspended(deputy)
    user = accounts.open_account(deputy, by=make.actor(), today=make.TODAY)
    assert not user.posts.exists()
    later = make.TODAY + timedelta(days=1)
    seats.reinstated(Deputy.objects.get(pk=deputy.pk), on=later, today=later)
    assert user.posts.get().role == Role.DEPUTY


@pytest.mark.django_db
def test_the_post_of_an_account_ends_with_a_mandate_whose_end_is_prepared():
    deputy = newcomer()
    opens = make.TODAY + timedelta(days=30)
    assembly = deputy.mandates.get().term.assembly
    how = {"number": 20, "from_on": opens, "seats": 30, "today": make.TODAY}
    terms.open_term(assembly, by=make.director(), **how)
    user = accounts.open_account(deputy, by=make.actor(), today=make.TODAY)
    assert user.posts.get().to_on == opens - timedelta(days=1)


@pytest.mark.django_db
def test_without_a_password_nobody_can_sign_in():
    user = accounts.open_account(newcomer(), by=SYSTEM, today=make.TODAY, username="liuhe")

    assert (user.username, user.has_usable_password()) == ("liuhe", False)


@pytest.mark.django_db
@pytest.mark.parametrize("role", OTHERS)
def test_open_account_is_refused_to_every_other_role(role):
    with pytest.raises(Refused, match="只有代工委和系统管理员"):
        accounts.open_account(newcomer(), by=make.actor(role), today=make.TODAY)


@pytest.mark.django_db
def test_open_account_is_refused_for_who_has_one_and_for_a_name_taken():
    deputy = newcomer()
    user = accounts.open_account(deputy, by=make.actor(), today=make.TODAY)

    with pytest.raises(Refused, match="已经有账号"):
        accounts.open_account(deputy, by=make.actor(), today=make.TODAY)
    with pytest.raises(Refused, match="已有人使用"):
        accounts.open_account(newcomer(), by=make.actor(), today=make.TODAY, username=user.username)


@pytest.mark.django_db
def test_open_account_is_refused_without_a_seat():
    deputy = newcomer()
    make.leaves(deputy, date(2024, 5, 2))

    with pytest.raises(Refused, match="没有在任的代表资格"):
        accounts.open_account(deputy, by=make.actor(), today=make.TODAY)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_open_one_account():
    deputy = newcomer()

    outcomes = at_once(3, accounts.open_account, deputy, by=make.actor(), today=make.TODAY)

    assert outcomes == ["done", "refused", "refused"]
    assert Post.objects.filter(role=Role.DEPUTY).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_account_name_goes_to_one_of_two_deputies():
    sheet.apply([sheet.row(), sheet.row()])
    turn, clerk = iter(Deputy.objects.all()), make.actor()

    def open_the_next():
        accounts.open_account(next(turn), by=clerk, today=make.TODAY, username="liuhe")

    assert at_once(2, open_the_next) == ["done", "refused"]
    assert User.objects.filter(username="liuhe").count() == 1


@pytest.mark.django_db
def test_one_account_for_two_deputies_is_refused_by_the_database():
    one, two = newcomer(), newcomer()
    user = accounts.open_account(one, by=make.actor(), today=make.TODAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        Deputy.objects.filter(pk=two.pk).update(user=user)


@pytest.mark.django_db
def test_open_accounts_passes_over_who_has_one():
    sheet.apply([sheet.row() for _ in range(3)])
    first, *others = Deputy.objects.all()
    kept = accounts.open_account(first, by=make.actor(), today=make.TODAY, username="first")

    users = accounts.open_accounts([first, *others], by=make.actor(), today=make.TODAY)

    assert len(users) == 2
    assert Deputy.objects.get(pk=first.pk).user == kept
    assert not Deputy.objects.filter(user=None).exists()
    assert Post.objects.filter(role=Role.DEPUTY).count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("role", OTHERS)
def test_open_accounts_is_refused_to_every_other_role(role):
    with pytest.raises(Refused, match="只有代工委和系统管理员"):
        accounts.open_accounts([newcomer()], by=make.actor(role), today=make.TODAY)


@pytest.mark.django_db
def test_certificates_that_two_congresses_number_alike_give_two_names():
    sheet.apply([sheet.row(代表证号="001"), sheet.row(代表证号="001", 代表层级="乡镇")])

    accounts.open_accounts(Deputy.objects.all(), by=make.actor(), today=make.TODAY)

    names = User.objects.filter(deputy__isnull=False).values_list("username", flat=True)
    assert sorted(name[:3] for name in names) == ["001", "001"]
    assert len(set(names)) == 2


@pytest.mark.django_db
def test_who_sits_in_two_congresses_signs_in_with_the_certificate_from_home():
    one = sheet.row(代表证号="190001")
    above = {"代表层级": "市", "代表证号": "SY001", "选区（选举单位）": "竹山县人民代表大会"}
    sheet.apply([one, one | above])

    assert (
        accounts.open_account(Deputy.objects.get(), by=make.actor(), today=make.TODAY).username
        == "190001"
    )


@pytest.mark.django_db(transaction=True)
def test_two_clicks_open_each_account_once():
    sheet.apply([sheet.row() for _ in range(3)])
    deputies = list(Deputy.objects.all())

    twice = at_once(2, accounts.open_accounts, deputies, by=make.actor(), today=make.TODAY)
    assert twice == ["done", "done"]
    assert Post.objects.filter(role=Role.DEPUTY).count() == 3
