"""一件建议算哪一年: by the day of 受理, in points, stars and the file alike."""

from datetime import date

import pytest
from django.urls import reverse

from deputies import codes
from deputies.models import DutyRecord
from proposals.actions import review
from scoring.duty_file.work import proposal as line_of
from scoring.models import ReviewCycle
from scoring.queries.duty_file import county, year_of
from scoring.queries.year_facts import year_facts
from tests import make
from tests.proposals import walk
from tests.scoring import facts, year

pytestmark = pytest.mark.django_db
RAISED_ON = date(2025, 12, 30)


def over_the_year(lead=None):
    """Raised on 30 December, signed, accepted on 8 January."""
    row = walk.submitted(lead, today=RAISED_ON)
    signer = walk.signed(row, today=RAISED_ON).deputy
    return review.accept(row, by=make.actor(), today=walk.ACCEPTED_ON), signer


@pytest.mark.parametrize(("of", "count"), [(2025, 0), (2026, 1)])
def test_the_star_counts_what_is_led_and_signed_in_the_year_of_its_points(of, count):
    row, signer = over_the_year()
    cycle = ReviewCycle(year=of, assembly=make.assembly(), cut_off_on=date(of, 12, 31))
    people = [row.lead_id, signer.pk]
    found = year_facts(cycle, people, day=date(of, 12, 31), withheld={})
    assert (found[row.lead_id].led, found[signer.pk].cosigned) == (count, count)
    done = DutyRecord.objects.filter(item__code__in=(codes.LED, codes.COSIGNED))
    assert {each.done_on.year for each in done} == {2026}


def test_the_file_has_it_in_the_same_year_and_says_by_which_day():
    facts.book()
    party = year.party(1)
    row = walk.submitted(party.deputies[0], today=RAISED_ON)
    row = review.accept(row, by=make.actor(), today=walk.ACCEPTED_ON)
    cycle = year.decided(party)
    assert cycle.year == row.accepted_on.year
    of = year_of(county(cycle), cycle.gradings.get())
    assert [line_of(of, each).outcome for each in of.proposals] == ["12月30日提出，1月8日受理。"]


def test_the_deputys_own_page_says_by_which_day(client):
    row, _ = over_the_year()
    client.force_login(row.lead.user)
    page = client.get(reverse("proposals:mine")).content.decode()
    assert "积分、星级和履职档案按受理的日期算在哪一年" in page
