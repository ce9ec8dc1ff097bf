"""异议、延期 lists of many years: the database cuts the page, and nothing else is loaded."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proposals.actions import clocks, objections
from proposals.models import Extension, Objection
from proposals.permissions.objections import Windows
from proposals.views import clocks as clock_views
from proposals.views import objections as objection_views
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk
from tests.proposals.test_extensions import ASKED_ON, ask
from tests.proposals.test_tasks import at_eight

pytestmark = pytest.mark.django_db


def decided(count):
    office = {"by": make.actor(), "words": "照旧。"}
    for _ in range(count):
        part = facts.handed()
        said = facts.objected(part, today=walk.ASSIGNED_ON)
        objections.dismiss_objection(said, today=walk.ASSIGNED_ON, **office)
        clocks.refuse_extension(ask(part), today=ASKED_ON, **office)


@pytest.mark.parametrize(
    ("name", "views", "model"),
    [
        ("objection_list", objection_views, Objection),
        ("extension_list", clock_views, Extension),
    ],
)
def test_the_decided_ones_come_page_by_page_at_the_same_cost(
    client, monkeypatch, name, views, model
):
    monkeypatch.setattr(views, "ON_A_PAGE", 2)
    client.force_login(make.actor().user)
    page, costs = reverse(f"proposals:{name}") + "?only=decided", []
    for more in (1, 2):
        decided(more)
        with at_eight(ASKED_ON):
            client.get(page)
            with CaptureQueriesContext(connection) as seen:
                shown = client.get(page)
        costs.append(len(seen))
    assert costs[0] == costs[1]
    assert len(shown.context["lines"]) == 2
    closed = f'NOT ("{model._meta.db_table}"."state" = '
    read = [each["sql"] for each in seen if closed in each["sql"] and "reason" in each["sql"]]
    assert read
    assert all("LIMIT 2" in sql for sql in read), read
    with at_eight(ASKED_ON):
        assert len(client.get(f"{page}&page=2").context["lines"]) == 1


def test_the_windows_of_some_parts_ask_for_what_was_moved_among_them_alone():
    moved = facts.planned()
    how = {"words": "归水利。", "by": make.actor(), "unit": make.unit(facts.OTHER)}
    later = facts.REHEARSED_ON + timedelta(days=1)
    new = objections.uphold_objection(facts.objected(moved), today=later, **how)
    own = facts.planned()
    assert Windows([new]).moved(new)
    assert not Windows([own]).moved(own)
    with pytest.raises(KeyError):
        Windows([own]).moved(new)
