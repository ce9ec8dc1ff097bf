"""更正资料: a person's facts put right by hand."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import DESK, STAFF, Role
from deputies.actions import people
from deputies.models import Deputy
from tests import make
from tests.race import at_once
from tests.scoring.year import as_, text

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "罗明贵",
    "sex": "女",
    "nation": "土家族",
    "birth_month": "1970.03",
    "party": "中共党员",
    "education": "本科",
    "job": "柳河镇桃园村村民",
    "phone": "13911112222",
}


def correct(deputy, *, by=None, **facts):
    return people.correct_person(deputy, facts=facts, by=by or make.actor())


def test_correct_person_writes_what_was_typed_and_tells_the_trail_no_telephone():
    deputy = make.deputy("罗明桂")
    correct(deputy, name="罗明贵", phone="13911112222", birth_month=date(1971, 3, 1))
    deputy.refresh_from_db()
    assert (deputy.name, deputy.phone, deputy.user.name) == ("罗明贵", "13911112222", "罗明贵")
    assert Deputy.objects.filter(spelt="luominggui").get() == deputy
    deed = AuditEvent.objects.get(subject="deputies.Deputy", now="mended")
    assert deed.note == "姓名：罗明桂→罗明贵；出生年月：1970.03→1971.03；联系电话"


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_only_the_office_corrects(role, client):
    deputy = make.deputy()
    with pytest.raises(Refused, match="只有代工委可以更正"):
        correct(deputy, by=make.actor(role), job="别的")
    as_(client, make.actor(role))
    answer = client.get(reverse("deputies:correct_person", args=[deputy.pk]))
    assert answer.status_code == (200 if role in DESK else 403)


def test_what_is_as_it_was_is_no_correction():
    deputy = make.deputy()
    with pytest.raises(Refused, match="没有改动"):
        correct(deputy, job=deputy.job)


@pytest.mark.django_db(transaction=True)
def test_the_same_correction_at_once_is_made_once():
    deputy, by = make.deputy(), make.actor()
    facts = {"job": "县中学教师"}
    outcomes = at_once(2, people.correct_person, deputy, facts=facts, by=by)
    assert outcomes == ["done", "refused"]


def test_the_database_takes_no_birth_month_within_a_month():
    with (
        pytest.raises(IntegrityError, match="deputy_birth_month_is_a_first"),
        transaction.atomic(),
    ):
        correct(make.deputy(), birth_month=date(1971, 3, 15))


def test_the_page_leads_from_the_person_and_keeps_what_was_typed(client):
    deputy = make.deputy("罗明桂")
    as_(client, make.actor())
    page = reverse("deputies:correct_person", args=[deputy.pk])
    person = reverse("deputies:person", args=[deputy.pk])
    assert page in client.get(person).content.decode()
    wrong = client.post(page, TYPED | {"nation": "土家", "phone": "139"})
    body = wrong.content.decode()
    assert (wrong.status_code, "民族目录里没有" in body, "11 位数字" in body) == (422, True, True)
    assert "罗明贵" in body
    assert "罗明贵的资料已更正" in text(client.post(page, TYPED, follow=True))
