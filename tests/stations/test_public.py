from dataclasses import fields
from datetime import date

import pytest
from django.urls import reverse

from congress.shared.roles import Role
from stations.models import Posting, Station, StationKind
from stations.queries import public
from tests import make
from tests.scoring.facts import book, checked, on, posted

pytestmark = pytest.mark.django_db
LIST = reverse("stations:public_list")


@pytest.fixture(autouse=True)
def _today():
    with on(make.TODAY):
        yield


def station(name="柳河镇第一代表联络站", kind=StationKind.STATION, **kept):
    return Station.objects.create(kind=kind, area=make.township(), name=name, **kept)


def serving(place, name=""):
    person = make.deputy(name, levels=("county", "township"))
    Posting.objects.create(deputy=person, station=place, from_on=make.ELECTED_ON)
    return person


def page_of(place):
    return reverse("stations:public_detail", args=[place.pk])


def test_only_what_stands_in_these_lists_is_public():
    assert [field.name for field in fields(public.Line)] == [
        *("pk", "kind", "is_home", "name", "township", "address", "deputies", "at"),
        *("on", "hours"),
    ]
    assert [field.name for field in fields(public.Posted)] == ["code", "name", "job", "levels"]
    assert [field.name for field in fields(public.Fittings)] == ["haves", "walls"]
    assert public.Have._fields == ("name", "met")
    assert public.Closed._fields == ("on", "why", "pk", "name")
    assert [field.name for field in fields(public.Page)] == [
        *("pk", "kind", "name", "area_id", "township", "group", "address", "opening"),
        *("deputies", "days", "at", "closed", "contact", "year", "counts"),
    ]


def test_the_page_says_where_and_when_and_who_serves(client):
    place = station(address="桃园村党群服务中心一楼", opening="周一至周五")
    person = serving(place, "柳如是")
    text = client.get(page_of(place)).content.decode()
    for word in ("桃园村党群服务中心一楼", "周一至周五", "柳如是", "县级、乡镇代表", "还有 8 天"):
        assert word in text
    assert reverse("home:deputy", args=[person.code]) in text


def test_the_pages_show_no_telephone_no_account_and_no_keeper(client):
    keeper = make.actor(Role.KEEPER)
    place = station(keeper=keeper.user)
    person = serving(place)
    text = client.get(page_of(place)).content.decode() + client.get(LIST).content.decode()
    secrets = (person.phone, "1970", person.user.username, keeper.user.name)
    assert not [word for word in secrets if word in text]


def test_who_left_the_station_is_not_shown(client):
    place = station()
    person = serving(place, "柳如是")
    Posting.objects.filter(deputy=person).update(to_on=date(2026, 5, 1))
    assert "柳如是" not in client.get(page_of(place)).content.decode()


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 5, 10), [(10, "就在今天"), (20, "还有 10 天"), (30, "还有 20 天")]),
        (date(2026, 2, 21), [(28, "还有 7 天"), (10, "还有 17 天"), (20, "还有 27 天")]),
        (date(2026, 12, 31), [(10, "还有 10 天"), (20, "还有 20 天"), (30, "还有 30 天")]),
    ],
)
def test_the_next_reception_days_are_the_tens(today, expected):
    assert [(day.number, day.left) for day in public.next_days(today)] == expected


def test_receptions_are_counted_once_verified():
    book()
    person = make.deputy()
    posted(person, "C1", quantity=2, on=date(2026, 5, 10))
    checked(person, "C1", quantity=5, on=date(2026, 4, 10))
    assert public.receptions(2026) == 2


@pytest.mark.parametrize("query", ["?area=x", "?area=0", "?q=" + "桥" * 65])
def test_an_address_that_makes_no_sense_is_a_bad_request(client, query):
    assert client.get(LIST + query).status_code == 400


def test_a_station_that_is_not_there_is_not_found(client):
    assert client.get(reverse("stations:public_detail", args=[10**30])).status_code == 404


def test_the_lists_cost_the_same_at_one_row_and_at_three(client, django_assert_num_queries):
    places = []
    for count in (1, 2):
        for _ in range(count):
            places.append(station(f"第{make.serial()}站"))
            serving(places[0])
        with django_assert_num_queries(5):
            client.get(LIST)
        with django_assert_num_queries(12):
            client.get(page_of(places[0]))
