from dataclasses import fields
from datetime import date

import pytest
from django.urls import reverse

from congress.home.queries import public, public_stars
from deputies.queries.public import Deed
from proposals.states import State
from scoring.queries.meetings import Public as Reported
from scoring.states import CycleState
from stations.models import Posting, Station, StationKind
from tests import make
from tests.home.facts import WHY_UNLIT, graded, review
from tests.proposals import walk
from tests.scoring import polling
from tests.scoring.facts import book, on, posted, reported
from tests.scoring.year import text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with on(make.TODAY):
        yield


def front(client):
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def page_of(client, person):
    answer = client.get(reverse("home:deputy", args=[person.code]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_only_what_stands_in_these_lists_is_public():
    assert [field.name for field in fields(public.DeputyPage)] == [
        *("person", "pledges", "this_year", "last_year", "portrait", "portrait_narrow"),
        *("calendar", "calendar_narrow", "latest", "proposals", "station", "day", "own"),
        *("reports", "lit"),
    ]
    assert [field.name for field in fields(Deed)] == ["day", "item", "category"]
    assert [field.name for field in fields(public_stars.Lit)] == [
        *("year", "stars", "words", "names", "report", "picture", "picture_narrow")
    ]
    assert [field.name for field in fields(public_stars.StarDeputy)] == ["code", "name", "place"]
    assert [field.name for field in fields(public_stars.TenStars)] == ["year", "people", "spread"]
    assert [field.name for field in fields(Reported)] == ["held_on", "place"]


def test_an_empty_county_has_a_front_page_all_the_same(client):
    assert "没有正在办理的建议" in front(client)


def test_the_front_page_shows_what_is_in_hand_and_leads_to_it(client):
    proposal = walk.proposal(State.ASSIGNED)
    text = front(client)
    assert proposal.title in text
    assert reverse("proposals:public_detail", args=[proposal.number]) in text
    assert "全部 1 件" in text


def test_the_front_pages_numbers_are_those_of_their_lists(client):
    for state in (State.ASSIGNED, State.ANSWERED, State.PUBLISHED):
        walk.proposal(state)
    numbers = public.front(make.TODAY).numbers
    assert (numbers.raised, numbers.answered, numbers.on_time, numbers.published) == (3, 2, 2, 1)
    assert numbers.rate == "100.0"
    late = public.front(date(2026, 7, 1)).numbers
    assert (late.on_time, late.due, late.rate) == (2, 3, "66.7")


@pytest.mark.parametrize("state", [CycleState.OPEN, CycleState.DECIDED])
def test_stars_stay_unknown_until_the_review_is_sealed(client, state):
    person = make.deputy("柳如是")
    graded(review(state), person)
    assert "柳如是" not in front(client)
    assert "年评价" not in page_of(client, person)


def test_a_sealed_year_shows_stars_and_grade_and_not_why_one_is_unlit(client):
    cycle = review()
    ten, eight = make.deputy("柳如是"), make.deputy("王伟民")
    graded(cycle, ten)
    graded(cycle, eight, lit=8)
    text = front(client)
    assert "柳如是" in text
    assert "王伟民" not in text
    page = page_of(client, eight)
    assert "八星" in page
    assert "全县代表点亮的星：十星 1 人，八星 1 人。" in text
    assert WHY_UNLIT not in page + text
    assert "形象星" not in page, "a star that is not lit is not named"


def test_who_got_no_grade_is_named_nowhere_and_counted_nowhere(client):
    cycle, one = review(), make.deputy("柳如是")
    graded(cycle, one, lit=10, grade="不定等次")
    text, page = front(client), page_of(client, one)
    assert "柳如是" not in text
    assert "点亮的星：" not in text
    assert "年点亮的星" not in page
    assert "不定等次" not in page


def test_a_report_to_voters_is_public_and_its_ballots_only_with_the_star_they_lit(client):
    one, dark = make.deputy("柳如是"), make.deputy("王伟民")
    day = date(2025, 11, 12)
    for each in (one, dark):
        where = f"{each.name}家祠堂"
        meeting = polling.meeting(each, held_on=day, place=where, today=day)
        polling.confirmed(meeting.reports.get())
    page = page_of(client, one)
    assert "2025 年 11 月 12 日，柳如是家祠堂" in page
    assert "97.8%" not in page
    cycle = review()
    graded(cycle, one)
    graded(cycle, dark, lit=9)
    assert "述职测评满意和基本满意 97.8%。" in page_of(client, one)
    assert "97.8%" not in page_of(client, dark)


def test_a_deputys_page_shows_what_they_did_and_never_points(client):
    book()
    person = make.deputy("柳如是")
    person.pledges.create(position=1, text="七天内有回音")
    posted(person, "C1", quantity=7, on=date(2026, 5, 10))
    shown = walk.proposal(State.PUBLISHED, lead=person)
    hidden = walk.proposal(State.ASSIGNED, lead=person, title="关于某户家事的建议", withheld="隐私")
    place = Station.objects.create(
        kind=StationKind.STATION, area=make.township(), name="桃园村代表联络站"
    )
    Posting.objects.create(deputy=person, station=place, from_on=make.ELECTED_ON)
    text = page_of(client, person)
    for word in ("七天内有回音", shown.title, "桃园村代表联络站", "联系群众", "柳河代表团"):
        assert word in text
    secrets = [hidden.title, "隐私", person.phone, "1970", person.user.username]
    secrets += ["分</", "积分", "排名", "名次"]
    assert not [word for word in secrets if word in text]


def test_a_wrong_code_is_not_found(client):
    person = make.deputy()
    for code in ("x", str(person.pk), person.code[:-1]):
        assert client.get(reverse("home:deputy", args=[code])).status_code == 404


def test_the_pages_cost_the_same_at_one_row_and_at_three(client, django_assert_num_queries):
    book()
    cycle, lead, days = review(), make.deputy(), iter(range(1, 4))
    graded(cycle, lead)
    for count in (1, 2):
        for _ in range(count):
            walk.proposal(State.ASSIGNED, lead=lead)
            graded(cycle, make.deputy())
            posted(lead, "C1", on=date(2026, 5, next(days)))
        with django_assert_num_queries(13):
            client.get("/")
        with django_assert_num_queries(23):
            client.get(reverse("home:deputy", args=[lead.code]))
        with django_assert_num_queries(4):
            client.get(reverse("home:deeds", args=[lead.code]))


def test_the_number_of_duties_leads_to_their_list_and_to_none_of_their_words(client):
    book()
    person = make.deputy("柳如是")
    posted(person, "C1", on=date(2026, 5, 10))
    posted(person, "C1", on=date(2025, 11, 10))
    reported(person, "C1", on=date(2026, 5, 11))
    assert "核实过的 1 次" in page_of(client, person)
    deeds = reverse("home:deeds", args=[person.code])
    this_year, last_year = [text(client.get(deeds, {"year": year})) for year in (2026, 2025)]
    assert ("5 月 10 日" in this_year, "5 月 11 日" in this_year) == (True, False)
    assert ("11 月 10 日" in last_year, "核实过的 1 次" in last_year) == (True, True)
    assert "还没有核实过的履职" in text(
        client.get(reverse("home:deeds", args=[make.deputy().code]))
    )
    assert client.get(deeds, {"page": "x", "year": "x"}).status_code == 200


def test_deeds_behind_a_wrong_or_a_retired_code_are_not_found(client):
    person = make.deputy()
    make.leaves(person, make.TODAY)
    assert client.get(reverse("home:deeds", args=["x"])).status_code == 404
    assert client.get(reverse("home:deeds", args=[person.code])).status_code == 410
