"""补选的页面: a newcomer, a namesake, what is missing, and the number of seats first."""

import pytest

from deputies.models import Deputy, Mandate
from tests import make
from tests.deputies import seats as made
from tests.deputies.pages import url
from tests.scoring.year import as_, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_may")]
DECISION = {"meeting": made.MEETING, "decided_on": str(made.DAY), "effective_on": str(made.DAY)}


def elected(**more):
    group, seat = make.group(), made.seat()
    return {
        **DECISION,
        "name": "覃小满",
        "sex": "女",
        "nation": "土家族",
        "birth_month": "1985-06",
        "party": "群众",
        "education": "本科",
        "job": "桃园村医生",
        "phone": "13911112222",
        "district": seat.district.pk,
        "certificate": "B-001",
        "group": group.pk,
        **more,
    }


def test_by_elect_seats_a_newcomer(client):
    term = made.term(3)
    as_(client, make.actor())
    answer = client.post(url("by_elect", term.pk), elected())
    deputy = Deputy.objects.get()
    assert answer["Location"] == url("person", deputy.pk)
    assert (deputy.name, deputy.birth_month.month, deputy.mandates.get().from_on) == (
        "覃小满",
        6,
        made.DAY,
    )


def test_by_elect_asks_about_a_namesake_and_takes_the_same_person_as_one(client):
    term = made.term(9)
    make.deputy("覃小满", levels=("township",))
    as_(client, make.actor())
    answer = client.post(url("by_elect", term.pk), elected(name="覃 小满"))
    assert (answer.status_code, "1 位同名的人" in text(answer)) == (422, True)
    client.post(url("by_elect", term.pk), elected(another="on"))
    assert Deputy.objects.filter(name="覃小满").count() == 2
    same = {"birth_month": "1970-03", "phone": "13900000000", "certificate": "B-002", "group": ""}
    assert client.post(url("by_elect", term.pk), elected(**same)).status_code == 302
    assert Deputy.objects.filter(name="覃小满").count() == 2
    assert Mandate.objects.get(certificate="B-002").deputy.birth_month.year == 1970


def test_by_elect_says_what_is_missing(client):
    term = made.term(3)
    as_(client, make.actor())
    answer = client.post(url("by_elect", term.pk), elected(name="", group="", nation="土家"))
    body = text(answer)
    assert answer.status_code == 422
    for said in ("请填写姓名", "请选择代表小组", "民族请写全称"):
        assert said in body


def test_by_elect_waits_for_the_number_of_seats_which_the_director_sets(client):
    term = made.term(None)
    as_(client, make.actor())
    assert "请先确定名额" in text(client.get(url("by_elect", term.pk)))
    assert "只有代工委主任" in text(client.get(url("set_seats", term.pk)))
    as_(client, make.director())
    make.deputy()
    answer = client.post(url("set_seats", term.pk), {"seats": "0"})
    assert answer.status_code == 422
    client.post(url("set_seats", term.pk), {"seats": "228"})
    term.refresh_from_db()
    assert term.seats == 228
