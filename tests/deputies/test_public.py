from dataclasses import fields
from datetime import date

import pytest
from django.urls import reverse

from deputies.models import Deputy, Suspension
from deputies.queries import public
from deputies.states import SuspensionGround
from tests import make
from tests.scoring.facts import book, checked, on, posted, reported

pytestmark = pytest.mark.django_db
LIST = reverse("deputies:public_list")


@pytest.fixture(autouse=True)
def _today():
    with on(make.TODAY):
        yield


def shown(client, query=""):
    answer = client.get(LIST + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_only_what_stands_in_these_lists_is_public():
    assert [field.name for field in fields(public.Line)] == [
        *("code", "name", "job", "township", "group", "levels")
    ]
    assert [field.name for field in fields(public.Person)] == [
        *("code", "name", "sex", "nation", "party", "job", "pledges", "group", "township", "seats")
    ]
    assert [field.name for field in fields(public.Seat)] == [
        *("level", "congress", "delegation", "district")
    ]
    assert [field.name for field in fields(public.Category)] == [
        *("name", "times", "items_done", "items")
    ]


def test_the_list_shows_no_telephone_no_birth_date_and_no_account(client):
    person = make.deputy("柳如是")
    text = shown(client)
    assert person.name in text
    assert not [word for word in (person.phone, "1970", person.user.username) if word in text]


def test_deputies_stand_by_township_and_strokes():
    far = make.group("青山乡第一代表小组", make.township("青山乡"))
    far.area.position = 2
    far.area.save()
    for name, group in (("龚学文", None), ("丁一", None), ("卜凡", far), ("王伟", None)):
        make.deputy(name, of=group)
    people = public.matching(public.Filters(), make.TODAY)
    names = [line.name for line in public.lines(people, make.TODAY)]
    assert names == ["丁一", "王伟", "龚学文", "卜凡"]


@pytest.mark.parametrize("word", ["如是", "柳", "lrs", "LRS", "liurushi", "liu"])
def test_a_name_is_found_by_characters_initials_and_syllables(client, word):
    make.deputy("柳如是")
    make.deputy("王伟")
    text = shown(client, f"?q={word}")
    assert "柳如是" in text
    assert "王伟" not in text


def test_whoever_holds_no_seat_any_more_is_gone(client):
    person = make.deputy("柳如是")
    make.leaves(person, date(2026, 1, 2))
    assert "柳如是" not in shown(client)


@pytest.mark.parametrize("query", ["?area=x", "?level=0", "?area=" + "9" * 30, "?q=%00"])
def test_an_address_that_makes_no_sense_is_a_bad_request(client, query):
    assert client.get(LIST + query).status_code == 400


@pytest.mark.parametrize("page", ["99", "x", "0"])
def test_a_page_beyond_the_list_is_not_found(client, page):
    assert client.get(f"{LIST}?page={page}").status_code == 404


def test_the_list_costs_the_same_at_one_row_and_at_three(client, django_assert_num_queries):
    for count in (1, 2):
        for _ in range(count):
            make.deputy(levels=("county", "township"))
        with django_assert_num_queries(5):
            client.get(LIST)


def test_a_year_counts_verified_duties_against_the_list_and_never_points():
    book()
    person = make.deputy()
    posted(person, "C1", on=date(2026, 3, 10))
    posted(person, "C1", on=date(2026, 3, 20))
    checked(person, "C2", on=date(2026, 3, 11))
    reported(person, "A2", on=date(2026, 3, 12))
    posted(person, "B7", on=date(2026, 3, 13))
    posted(person, "C5", on=date(2025, 12, 5))
    this, last = public.years(person, (2026, 2025), make.TODAY)
    voters = {each.name: (each.times, each.items_done, each.items) for each in this.categories}
    assert voters["联系群众"] == (2, 1, 5)
    assert voters["参加活动"] == (0, 0, 5)
    assert "附加" not in voters
    assert (this.times, last.times) == (2, 1)
    assert public.days(person, 2026) == {date(2026, 3, 10): 1, date(2026, 3, 20): 1}


def test_rating_a_reply_is_no_visible_duty():
    book()
    person = make.deputy()
    posted(person, "P4", on=date(2026, 3, 10))
    assert public.years(person, (2026,), make.TODAY)[0].times == 0
    assert public.days(person, 2026) == {}


def test_the_code_finds_the_person_and_the_number_does_not():
    person = make.deputy()
    assert public.find(person.code, make.TODAY) == person
    assert public.find(str(person.pk), make.TODAY) is None
    assert len(Deputy.objects.get(pk=person.pk).code) >= 22


@pytest.mark.parametrize("query", ["?q=lrs", "?q=柳&area=", "?level=&q=liu"])
def test_htmx_gets_the_list_alone_and_the_address_to_keep(client, query):
    make.deputy("柳如是")
    part = client.get(LIST + query, headers={"HX-Request": "true"})
    text = part.content.decode()
    assert text.strip().startswith('<div class="stack" id="found">')
    assert ("柳如是" in text, "<html" in text) == (True, False)
    assert part["HX-Replace-Url"].startswith(f"{LIST}?q=")
    assert ("area" in part["HX-Replace-Url"], "level" in part["HX-Replace-Url"]) == (False, False)
    assert "no-store" in part["Cache-Control"]
    page = client.get(LIST + query)
    assert "<html" in page.content.decode()
    assert "no-store" not in page["Cache-Control"]


def test_the_filters_stay_beside_what_is_typed(client):
    near, far = make.group(), make.group("青山乡第一代表小组", make.township("青山乡"))
    for name, place in (("柳如是", near), ("柳如烟", far)):
        make.deputy(name, of=place)
    asked = {"q": "柳", "area": far.area.pk}
    part = client.get(LIST, asked, headers={"HX-Request": "true"})
    assert part["HX-Replace-Url"] == f"{LIST}?q=%E6%9F%B3&area={far.area.pk}"
    text = part.content.decode()
    assert ("柳如烟" in text, "柳如是" in text) == (True, False)
    assert f'href="{LIST}?area={far.area.pk}"' in text
    assert f'href="{LIST}?q=%E6%9F%B3"' in text


def test_the_page_says_how_many_and_when_there_are_none_what_to_try(client):
    for name in ("柳如是", "柳如烟"):
        make.deputy(name)
    assert "找到 <b>2</b> 人" in shown(client, "?q=柳")
    assert "共 <b>2</b> 人" in shown(client)
    nobody = shown(client, "?q=魑魅")
    assert "没有找到" in nobody
    assert "拼音写全拼或首字母" in nobody


def test_whose_rights_rest_is_neither_listed_nor_behind_the_code(client):
    person = make.deputy("柳如是")
    Suspension.objects.create(deputy=person, ground=SuspensionGround.DETAINED, from_on=make.TODAY)
    assert "柳如是" not in shown(client) + shown(client, "?q=柳")
    assert client.get(reverse("home:deputy", args=[person.code])).status_code == 410


def test_an_answer_costs_the_same_at_one_row_and_at_three(client, django_assert_num_queries):
    for count in (1, 2):
        for _ in range(count):
            make.deputy("柳如是", levels=("county", "township"))
        with django_assert_num_queries(5):
            client.get(LIST, {"q": "柳"}, headers={"HX-Request": "true"})


def test_a_long_answer_has_pages_that_keep_what_is_asked(client, monkeypatch):
    monkeypatch.setattr("deputies.views.public.PER_PAGE", 2)
    for _ in range(3):
        make.deputy("柳如是")
    assert "?q=liu&amp;page=2" in shown(client, "?q=liu")
    assert shown(client, "?q=liu&page=2").count('class="tile"') == 1
    assert client.get(f"{LIST}?q=liu&page=3").status_code == 404
