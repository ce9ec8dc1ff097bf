"""公开的建议: the list, its filters, its numbers and its export."""

import pytest
from django.urls import reverse

from congress.shared import clock
from proposals.queries import public, public_tally
from proposals.queries.clocks import Clock
from proposals.queries.public_answers import ANSWERS
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.proposals.test_public import LIST, seen
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with on(make.TODAY):
        yield


@pytest.mark.parametrize("word", ["过水", "过水 桃园", "柳如是", "1905001", "交通", "G2"])
def test_two_characters_find_a_proposal(client, word):
    with clock.at(clock.now()):
        lead = make.deputy("柳如是")
        proposal = walk.proposal(
            State.ASSIGNED, lead=lead, title="关于修复桃园村过水桥和G2路的建议"
        )
    assert proposal.title in seen(client, f"{LIST}?q={word}")
    assert "没有符合的建议" in seen(client, f"{LIST}?q=没有这座山")


@pytest.mark.parametrize(
    "query",
    [
        "year=abc",
        "stage=99",
        "unit=-1",
        "answer=secret",
        "light=red",
        "year=9999999999",
        "q=" + "桥" * 65,
        "unit=" + "9" * 30,
        "q=%00",
    ],
)
def test_an_address_that_makes_no_sense_is_a_bad_request(client, query):
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 400
    assert "没有看懂" in answer.content.decode()


@pytest.mark.parametrize("page", ["999", "0", "-1", "x", "9" * 40])
def test_a_page_beyond_the_list_is_not_found(client, page):
    assert client.get(f"{LIST}?page={page}").status_code == 404


def test_each_number_leads_to_the_list_it_counts(client):
    for state in walk.ORDER:
        walk.proposal(state, lead=make.deputy(of=make.group()))
    now = Clock.on(make.TODAY)
    tally = public_tally.tally(public.Filters(), now)
    assert tally.total == 4
    for step in tally.steps:
        assert len(public.rows(public.Filters(stage=step.number), now)) == step.count
    counts = {
        answer: public_tally.tally(public.Filters(answer=answer), now).total for answer in ANSWERS
    }
    became = {"solved": 0, "planned": 1, "later": 0}
    assert counts == {"open": 2, "answered": 2, "on_time": 2, "published": 1} | became


def test_the_export_has_what_is_shown_and_computes_nothing(client):
    proposal = walk.proposal(State.ASSIGNED, title="=HYPERLINK(1)修桥的建议")
    answer = client.get(reverse("proposals:public_export"))
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f"{proposal.number},'=HYPERLINK(1)" in text
    assert text.splitlines()[0].startswith("编号,标题,领衔代表")


def test_the_list_costs_the_same_at_one_row_and_at_three(client, django_assert_num_queries):
    for count in (1, 2):
        for _ in range(count):
            walk.proposal(State.PUBLISHED)
        with django_assert_num_queries(7):
            client.get(LIST)
        with django_assert_num_queries(4):
            client.get(reverse("proposals:public_export"))


def test_only_a_strangers_browser_may_keep_the_page_for_a_minute(client):
    proposal = walk.proposal(State.ASSIGNED)
    assert set(client.get(LIST)["Cache-Control"].split(", ")) == {"private", "max-age=60"}
    client.force_login(proposal.lead.user)
    assert "no-store" in client.get(LIST)["Cache-Control"]
