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
from proposals.rating_states import Satisfaction
from tests import make
from tests.proposals import verbs_rated as verbs
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
TO_CONVENE, TO_RECORD, VOIDINGS = "双方协商待召集", "协商结果待记录", "评价单作废待定"


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
