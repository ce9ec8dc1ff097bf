"""存在手机里的履职: what the phone's script is told, and that one record stays one."""

import pytest
from django.test import Client
from django.urls import reverse

from congress.shared import clock
from congress.shared.models import AuditEvent
from deputies.models import DutyRecord
from tests import make
from tests.deputies import walk
from tests.deputies.test_duty_pages import NOW

KEPT = "/deputies/report/kept/"


@pytest.fixture(autouse=True)
def _today(db):
    with clock.at(NOW):
        yield


@pytest.fixture
def person():
    found = make.deputy("罗明贵")
    make.as_deputy(found)
    return found


@pytest.fixture
def phone(client, person):
    client.force_login(person.user)
    return client


def kept(person, **more):
    """What the script sends: the day as a date, the place as words, whose record it is."""
    return {
        "account": person.user_id,
        "item": "C2",
        "day": "other",
        "other_day": "2026-05-11",
        "spot": "other",
        "place": "桃园村",
        "quantity": "2",
        "note": "水渠漏水",
        "token": "b" * 32,
        "photos": walk.upload(),
        **more,
    }


def test_the_phone_learns_who_is_signed_in_and_with_what_to_send(person):
    phone = Client(enforce_csrf_checks=True)
    phone.force_login(person.user)
    who = phone.get(KEPT).json()
    assert who["account"] == str(person.user_id)

    sent = kept(person)
    assert phone.post(KEPT, sent).status_code == 403
    sent = kept(person, csrfmiddlewaretoken=who["csrf"])
    assert phone.post(KEPT, sent).status_code == 200


def test_a_kept_record_is_reported_for_its_own_day_and_leaves_its_trail(phone, person):
    answer = phone.post(KEPT, kept(person))
    record = DutyRecord.objects.get()
    assert answer.json() == {"reported": reverse("deputies:reported", args=[record.pk])}
    assert (record.deputy, f"{record.done_on}", record.quantity) == (person, "2026-05-11", 2)
    assert record.place == "桃园村"
    assert record.source == f"deputies.report:{person.pk}:{'b' * 32}"
    assert record.evidence.count() == 1
    assert AuditEvent.objects.filter(subject_id=record.pk, now="reported").count() == 1


def test_sent_again_it_is_the_same_record(phone, person):
    first = phone.post(KEPT, kept(person, quantity="5"))
    again = phone.post(KEPT, kept(person, quantity="5"))
    page = first.json()["reported"]
    assert (again.status_code, again.json()) == (200, {"reported": f"{page}?again=1"})
    assert DutyRecord.objects.count() == 1


def test_two_accounts_of_one_phone_may_send_the_same_token(phone, person):
    neighbour = make.deputy()
    make.as_deputy(neighbour)
    assert phone.post(KEPT, kept(person)).status_code == 200
    phone.force_login(neighbour.user)
    assert phone.post(KEPT, kept(neighbour)).status_code == 200
    assert phone.post(KEPT, kept(neighbour)).status_code == 200
    assert {record.deputy for record in DutyRecord.objects.all()} == {person, neighbour}
    assert DutyRecord.objects.count() == 2


def test_what_was_sent_before_sources_named_the_deputy_is_found_again(phone, person):
    phone.post(KEPT, kept(person))
    DutyRecord.objects.update(source=f"deputies.report:{'b' * 32}")
    assert phone.post(KEPT, kept(person)).status_code == 200
    assert DutyRecord.objects.count() == 1


def test_sent_again_with_other_words_it_is_refused_in_a_sentence(phone, person):
    phone.post(KEPT, kept(person))
    answer = phone.post(KEPT, kept(person, note="别的事"))
    assert answer.status_code == 409
    assert "已经上报过" in answer.json()["refused"]


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"quantity": "6"}, "quantity", "同一天最多 5 户"),
        ({"other_day": "2024-05-11"}, "other_day", "已经截止"),
        ({"other_day": "2021-05-11"}, "other_day", "截止"),
        ({"place": ""}, "place", "请写在哪里"),
        ({"photos": ""}, "photos", "请附一张照片"),
    ],
)
def test_what_the_form_refuses_comes_back_field_by_field(phone, person, wrong, field, words):
    answer = phone.post(KEPT, kept(person, **wrong))
    assert answer.status_code == 422
    assert words in answer.json()["errors"][field]
    assert not DutyRecord.objects.exists()


def test_a_twin_of_the_day_is_asked_about_in_plain_words(phone, person):
    walk.report(person, item=walk.item("C1"), quantity=1)
    sent = {"item": "C1", "other_day": "2026-05-12", "quantity": "1"}
    answer = phone.post(KEPT, kept(person, **sent))
    assert answer.status_code == 422
    assert "确实是另一次" in answer.json()["errors"]["again"]
    assert "<" not in answer.json()["errors"]["again"]
    assert phone.post(KEPT, kept(person, **sent, again="on")).status_code == 200


def test_another_account_s_record_is_not_taken(phone, person):
    other = make.deputy()
    assert phone.post(KEPT, kept(other)).status_code == 401
    assert not DutyRecord.objects.exists()


def test_signed_out_nothing_is_taken(client, person):
    assert client.get(KEPT).status_code == 302
    assert client.post(KEPT, kept(person)).status_code == 401


@pytest.mark.parametrize("code", ["A2", "nothing", ""])
def test_what_is_not_on_the_deputy_s_list_is_refused_in_a_sentence(phone, person, code):
    answer = phone.post(KEPT, kept(person, item=code))
    assert answer.status_code == 409
    assert "不由代表自己上报" in answer.json()["refused"]


def test_a_person_who_is_no_deputy_is_refused(client):
    clerk = make.actor()
    client.force_login(clerk.user)
    person = make.deputy()
    answer = client.post(KEPT, kept(person, account=clerk.user.pk))
    assert answer.status_code == 409
