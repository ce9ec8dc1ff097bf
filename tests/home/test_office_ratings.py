"""今日待办 after a rating: 作废 to decide, both sides to convene, what they agreed to record."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.home.queries.rating_queues import rating_queues
from congress.shared.models import Workday
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from proposals import ballots
from proposals.actions import convening, rehandling
from proposals.queries.convening import to_convene
from proposals.rating_states import Satisfaction
from proposals.states import State
from tests import make
from tests.proposals import verbs_rated as verbs
from tests.proposals import walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
UNSATISFIED, RATED_ON = Satisfaction.UNSATISFIED, walk.REPLIED_ON
TO_CONVENE, TO_RECORD, VOIDINGS = "双方协商待召集", "协商结果待记录", "评价单作废待定"
OPENINGS = "评价拆看待同意"


def said(by, today):
    return {each.title: each for each in rating_queues(by, today, Workday.objects.works())}


def counts(by, today):
    return {title: each.count for title, each in said(by, today).items()}


def test_voidings_stand_in_the_day_of_whoever_may_decide_them(client):
    director, clerk = make.director(), make.actor()
    own, asked = verbs.voiding(verbs.lost(verbs.rated()), by=director), verbs.voiding(by=clerk)
    other = make.director()
    assert said(director, verbs.AFTER)[VOIDINGS].count == 1, "nobody decides what they asked for"
    assert said(other, verbs.AFTER)[VOIDINGS].count == 2
    assert VOIDINGS not in said(clerk, verbs.AFTER)
    special = make.organisation(OrganisationKind.SPECIAL, "农业与农村委员会")
    for who in (make.actor(Role.STAFF_DIRECTOR, at=special), make.actor(Role.AUDITOR)):
        assert said(who, verbs.AFTER) == {}
    client.force_login(other.user)
    with on(verbs.AFTER):
        page = client.get(reverse("admin:index")).text
    assert (VOIDINGS in page, f'href="{reverse("proposals:unreadable_ratings")}"' in page) == (
        *(True, True),
    )
    verbs.voided(asked, by=other)
    verbs.not_voided(own)
    assert (said(other, verbs.AFTER)[VOIDINGS].count, VOIDINGS) == (0, VOIDINGS)


def test_openings_stand_in_the_day_of_another_director_with_the_list_of_their_year(client):
    director, asked = make.director(), verbs.rated().reply.ratings.get()
    verbs.rated()
    verbs.asked(asked, by=director)
    other, january = make.director(), verbs.AFTER.replace(year=verbs.AFTER.year + 1, month=1)
    assert said(director, verbs.AFTER)[OPENINGS].count == 0, "it takes two"
    assert OPENINGS not in said(make.actor(), verbs.AFTER)
    row = said(other, january)[OPENINGS]
    client.force_login(other.user)
    with on(january):
        home, page = client.get(reverse("admin:index")).text, client.get(row.url).text
    assert (row.count, OPENINGS in home, f'href="{row.url}"' in home) == (1, True, True)
    assert f"?year={verbs.AFTER.year}" in row.url
    first = page.split("<tbody>")[1].split("</tr>")[0]
    assert ("同意拆看" in first, asked.commitment in first) == (True, True)


def test_a_township_has_its_own_convenings_in_its_day_and_the_county_does_not(client):
    row, clerk, bad = walk.of_township(State.ANSWERED), make.actor(Role.TOWNSHIP_CLERK), UNSATISFIED
    walk.rate(row.reply, process=bad, result=bad, by=make.as_deputy(row.lead), today=RATED_ON)
    walk.released(row, by=clerk)
    verbs.alone()
    orders = {"by": clerk, "today": verbs.AFTER}
    order = rehandling.order_rehandling([(row.reply, verbs.ORDER)], **orders)[0]
    order = verbs.rated_again(verbs.answered(order))
    walk.released(row, verbs.LATER, by=clerk)
    client.force_login(clerk.user)

    def front():
        with on(verbs.LATER):
            return client.get(reverse("home:front")).text

    url, first = reverse("proposals:rehandlings"), front()
    assert (f"1 件{TO_CONVENE}" in first, f'href="{url}?only=convene"' in first) == (True, True)
    assert counts(make.actor(), verbs.LATER) == {TO_CONVENE: 0, TO_RECORD: 0}
    said = {"meets_on": verbs.LATER, "place": "镇人大", "by": clerk, "today": verbs.LATER}
    convening.convene(type(order).objects.get(pk=order.pk), **said)
    then = front()
    assert (TO_CONVENE in then, f"1 件{TO_RECORD}" in then) == (False, True)
    with on(verbs.LATER):
        shown = client.get(f"{url}?only=record").text
    assert row.number in shown


def test_both_sides_to_convene_and_what_was_agreed_stand_in_the_day_each_with_its_list(client):
    by, today = make.actor(), verbs.LATER
    content = verbs.heard(Satisfaction.SATISFIED)
    to_call, called = verbs.heard(), verbs.convened()
    verbs.held()
    assert counts(by, today) == {TO_CONVENE: 1, TO_RECORD: 1}
    assert counts(by, today - timedelta(days=1))[TO_RECORD] == 0, "its day has not come"
    client.force_login(by.user)
    for title, order in ((TO_CONVENE, to_call), (TO_RECORD, called.rehandling)):
        with on(today):
            shown = client.get(said(by, today)[title].url).text
        assert f"{title}的</h2><p>1 件" in shown
        numbers = [each.assignment.proposal.number in shown for each in (order, content)]
        assert numbers == [True, False]


def test_a_ballot_that_asks_for_no_meeting_is_opened_once_and_not_at_each_opening(monkeypatch):
    by, was = make.director(), ballots.read
    opened = []
    verbs.heard(Satisfaction.SATISFIED)
    monkeypatch.setattr(ballots, "read", lambda *it: opened.append(it) or was(*it))
    assert [len(to_convene(by, verbs.LATER)) for _ in range(3)] == [0, 0, 0]
    assert len(opened) == 1
    with CaptureQueriesContext(connection) as asked:
        to_convene(by, verbs.LATER)
    assert len(asked) == 1
    monkeypatch.undo()
    bad = verbs.heard()
    monkeypatch.setattr(ballots, "read", lambda *it: opened.append(it) or was(*it))
    assert to_convene(by, verbs.LATER) == to_convene(by, verbs.LATER) == [bad]
    assert len(opened) == 3, "what still asks for a meeting is read again"


def test_the_rows_cost_the_same_at_one_and_at_three():
    def price():
        with CaptureQueriesContext(connection) as asked:
            said(by, verbs.LATER)
        return len(asked)

    by = make.director()
    verbs.heard()
    verbs.convened()
    first = price()
    for _ in range(2):
        verbs.heard()
        verbs.convened()
    assert (price(), counts(by, verbs.LATER)[TO_CONVENE]) == (first, 3)
