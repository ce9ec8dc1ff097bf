"""公开的统计: what everybody may count, each number with the public list of so many."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proposals.actions import publication
from proposals.forms import PublicFilterForm
from proposals.models import Proposal
from proposals.queries import public_tally
from proposals.queries.clocks import Clock
from proposals.queries.public import Filters
from proposals.states import State
from tests import make
from tests.proposals import counted_county as facts
from tests.proposals import verbs_rated as again
from tests.proposals import walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
PAGE = reverse("proposals:public_figures")
HREF = re.compile(r'href="(/proposals/\?accepted[^"]+)">([0-9]+)[^<]*</a>')
TODAY = walk.DUE_ON + timedelta(days=12)


def published():
    """Published with its merged one, answered, overdue, withheld; and what was never taken in."""
    rows = [walk.proposal(State.ACCEPTED, title=facts.TITLES[key]) for key in ("in_time", "along")]
    along, into = (Proposal.objects.get(pk=each.pk) for each in reversed(rows))
    facts.review.merge(along, into=into, by=make.actor())
    into = facts._handed(into, ("县交通运输局", "separate"), (facts.WATER, "separate"))
    for part in into.parts:
        facts._answered(part, outcome="A")
    publication.publish(Proposal.objects.get(pk=into.pk), by=make.actor(), today=walk.REPLIED_ON)
    walk.proposal(State.ANSWERED, title=facts.TITLES["late"])
    walk.proposal(State.ASSIGNED, title=facts.TITLES["open_late"])
    walk.proposal(State.ASSIGNED, title=facts.TITLES["withheld"], withheld="涉及个人隐私")
    walk.submitted(title=facts.TITLES["reviewing"])


def test_every_number_leads_to_a_public_list_of_so_many(client):
    published()
    with on(TODAY):
        answer = client.get(PAGE)
        figures, page = answer.context["figures"], answer.content.decode()
        assert {column.head: cell.number for column, cell in figures.lines} == {
            "受理": 4,
            "已答复": 3,
            "按期答复": 3,
            "超期未答": 1,
            "答复已公开": 2,
            "已解决": 2,
            "正在解决": 0,
            "以后解决": 0,
        }
        assert (figures.rate, figures.days) == ("75.0", "49")
        links = {(unescape(href), int(number)) for href, number in HREF.findall(page)}
        timing, ways = Clock.on(TODAY), {}
        for href, number in links:
            form = PublicFilterForm(dict(parse_qsl(urlsplit(href).query)))
            assert form.is_valid()
            assert public_tally.tally(Filters(**form.cleaned_data), timing).total == number, href
            ways[frozenset(name for name, value in form.cleaned_data.items() if value)] = href
        for href in ways.values():  # the page of the list asks the same of the same address
            found = client.get(href)
            assert (href, found.context["tally"].total) in links
    assert {"unit", "area", "theme", "session"} <= set().union(*ways)
    words = {table.key: [row.name for row in table.rows] for table in figures.tables}
    assert set(words["unit"]) == {"县交通运输局", facts.WATER}
    assert facts.TITLES["withheld"] not in page


def test_what_was_answered_in_time_is_not_unanswered_while_it_is_handled_anew(client):
    """As the offices count it, and the page of its unit: the first answers by the first days."""
    order = again.ordered_openly()
    with on(order.due_on + timedelta(days=30)):
        figures = client.get(PAGE).context["figures"]
        (cell,) = (cell for column, cell in figures.lines if column.head == "超期未答")
        listed = client.get(reverse("proposals:public_list") + cell.query).context["tally"]
    assert (cell.number, listed.total, figures.rate) == (0, 0, "100.0")


def test_another_year_is_empty_and_says_so_and_what_is_no_year_is_nowhere(client):
    walk.proposal(State.ACCEPTED)
    with on(TODAY.replace(year=2027)):
        page = client.get(PAGE, {"year": "2027"}).content.decode()
        before = client.get(PAGE, {"year": "1999"}).content.decode()
    assert ("这一年 0 件" in page, "?year=2026" in page) == (True, True)
    assert "1999 年办理统计" in before
    for asked in ("x", "0", "99999", "2099"):
        assert client.get(PAGE, {"year": asked}).status_code == 404


def test_three_rows_take_the_queries_of_one(client):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(PAGE).status_code == 200
        return len(seen)

    with on(walk.REPLIED_ON):
        walk.proposal(State.ANSWERED)
        queries()
        one = queries()
        for title in ("关于办好学校食堂的建议", "关于增设公交站的建议"):
            walk.proposal(State.ASSIGNED, title=title, unit=make.unit(facts.WATER))
        assert queries() == one
