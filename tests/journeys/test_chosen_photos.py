"""选好的照片: each is seen with its name before it is sent, and can be left out again."""

import pytest

from tests.deputies import walk
from tests.home.screens import calm
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
DRAWN = """(canvas) => Array.from(canvas.getContext("2d").getImageData(56, 56, 1, 1).data)"""


def test_chosen_photos_are_shown_and_can_be_left_out(open_page, moment):
    phone = open_page(PHONE, has_touch=True, is_mobile=True)
    page = phone.is_user(calm("罗明贵").user).goes_to("/deputies/report/?item=C2").page
    photos = [
        {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": walk.picture(colour)}
        for colour in ("navy", "gold")
    ]
    page.locator("[name=photos]").set_input_files(photos)
    lines = page.locator(".chosen li")
    assert lines.locator("span").all_text_contents() == ["navy.jpg", "gold.jpg"]
    page.wait_for_function(
        "document.querySelector('.chosen canvas').getContext('2d')"
        ".getImageData(56, 56, 1, 1).data[3] === 255"
    )
    red, green, blue, _ = lines.nth(0).locator("canvas").evaluate(DRAWN)
    assert blue > 100 > red + green
    drop = lines.nth(0).get_by_role("button")
    assert drop.bounding_box()["height"] >= 44
    drop.click()
    assert lines.locator("span").all_text_contents() == ["gold.jpg"]
    names = "(input) => Array.from(input.files).map((file) => file.name)"
    assert page.locator("[name=photos]").evaluate(names) == ["gold.jpg"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
