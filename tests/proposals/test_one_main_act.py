"""The lead's page of a proposal: one solid button, of what waits; 撤回 lies folded at the foot."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from congress.shared import clock
from proposals.actions import meetings
from proposals.states import Stage, State
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_the_reply():
    with clock.at(datetime(2026, 4, 24, 2, tzinfo=UTC)):
        yield


def read(client, row):
    client.force_login(make.as_deputy(row.lead).user)
    return client.get(reverse("proposals:detail", args=[row.pk])).content.decode()


def mains(page):
    return re.findall(r'class="btn main"[^>]*>([^<]+)', page)


def test_the_meeting_to_confirm_is_the_one_main_act_and_withdrawing_is_folded_at_the_foot(client):
    row = walk.proposal(State.ASSIGNED)
    part = row.lead_assignment
    walk.met(part, Stage.BEFORE, Stage.DURING)
    page = read(client, row)
    assert mains(page) == ["见过，属实"]
    assert page.count("见过，属实") == 2
    folded = page[page.index('<details class="why" id="withdraw">') :]
    assert page.index("见过，属实") < page.index("撤回建议…")
    assert "撤回建议…" in folded[: folded.index("</details>")]
    first = part.meetings.first()
    meetings.confirm_meeting(first, by=make.as_deputy(row.lead))
    assert mains(read(client, row)) == ["见过，属实"]
    walk.borne_out(part)
    assert mains(read(client, row)) == []


def test_the_reply_to_rate_comes_first_and_cannot_be_withdrawn_from(client):
    page = read(client, walk.proposal(State.ANSWERED))
    assert mains(page) == ["评价答复"]
    assert "撤回建议…" not in page
