"""Three people carry a year's proposals without leaving their queue pages.

The suite does it with fewer; `make campaign ONLY=queues` with the 158 of a real year.
"""

import pytest

from tests.proposals.three_people import carry

MANY, TEXTS = 5, 4
"""Two are alike: those are looked at one by one."""


@pytest.mark.timeout(300)
@pytest.mark.django_db
def test_people_who_know_no_address_carry_proposals_from_submitted_to_answered():
    cost = carry(MANY, TEXTS)
    for name, effort in cost.items():
        print(f"{name}：{effort}")  # noqa: T201  # shown with -s
    clerk, director, unit, head = cost.values()
    assert clerk.clicks <= 12
    assert director.clicks == 6
    assert unit.clicks <= MANY * 9 + 9
    assert head.clicks == MANY * 2
