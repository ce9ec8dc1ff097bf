"""办理台 on a phone: what waits to be received is read in lines, its button below."""

import pytest

from proposals.states import State
from tests.journeys.conftest import PHONE
from tests.proposals import walk

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_list_to_receive_has_the_width_of_the_phone(open_page, moment):
    walk.proposal(State.ASSIGNED)
    phone = open_page(PHONE, has_touch=True, is_mobile=True).is_user(walk.unit_clerk().user)
    card = phone.goes_to("/proposals/unit-desk/").page.locator("#to-receive")
    text, button = card.locator("label.check").bounding_box(), card.locator("button").bounding_box()
    assert text["width"] > 240
    assert button["y"] > text["y"] + text["height"]
    assert button["width"] > 240
