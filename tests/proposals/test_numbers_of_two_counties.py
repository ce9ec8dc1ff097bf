"""编号: a second congress of the county's level has its place in its numbers, and none meets."""

import pytest

from congress.shared.models import Area
from proposals.actions import review
from proposals.models import Proposal
from proposals.models.numbers import number_of
from tests import make
from tests.proposals import walk
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db


def other_session():
    """Of the same term and number, of a congress that was registered later."""
    make.session()
    place = Area.objects.create(name="南山县", short_name="南山")
    return make.session(of=make.assembly("county", place))


def test_two_countys_congresses_share_no_number():
    other = other_session()
    assert number_of(make.session(), 1) == "1905001"
    assert number_of(other, 1) == "南山县1905001"


def test_accept_gives_each_its_number():
    first, second = walk.submitted(), walk.submitted()
    with as_owner():
        Proposal.objects.filter(pk=second.pk).update(session=other_session())
    numbers = [
        review.accept(each, by=make.actor(), today=walk.ACCEPTED_ON).number
        for each in (first, second)
    ]
    assert numbers == ["1905001", "南山县1905001"]
