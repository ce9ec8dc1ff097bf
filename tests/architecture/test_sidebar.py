"""侧栏: every page of the home and station in the admin's frame lights its place in the group."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from django.urls import get_resolver, reverse

from congress.admin_sidebar import places

OWN = {
    *("public_list", "public_detail", "wall_poster", "rota_poster", "station_ics", "feed"),
    *(
        "my_visits",
        "my_activities",
        "my_activity",
        "my_rota",
        "my_stations",
        "arrive",
        "check_ins_kept",
    ),
    *("agree_swap", "refuse_swap", "withdraw_swap", "take_leave", "end_leave"),
    *("renew_feed", "end_feed", "export_roster"),
}
"""Pages for everybody, a deputy's or keeper's own, and files: never in the admin's frame."""


def lit(path):
    """Which places are lit, with their group."""
    request = RequestFactory().get(path)
    request.actor = SimpleNamespace(is_staff=True, role="deputy_office", at_deputy_office=True)
    found = places(request)
    return [
        (each["title"], item["title"]) for each in found for item in each["items"] if item["active"]
    ]


def pages():
    """The address of every page of the home and station, with a number where one belongs."""
    names = {key for key in get_resolver("stations.urls").reverse_dict if isinstance(key, str)}
    for name in sorted(names - OWN):
        _, params = get_resolver("stations.urls").reverse_dict.getlist(name)[0][0][0]
        values = {each: "group" if each == "of" else 7 for each in params}
        yield reverse(f"stations:{name}", kwargs=values)


def test_every_page_in_the_frame_lights_one_place_of_its_group():
    found = {path: lit(path) for path in pages()}
    assert len(found) > 60
    groups = {path: [group for group, _ in seen] for path, seen in found.items()}
    assert not [path for path, seen in groups.items() if seen != ["家站活动"]]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/stations/12/desk/", "接待台"),
        ("/stations/12/screen/", "家站大屏"),
        ("/stations/12/file/", "家站台账"),
        ("/stations/days/3/move-day/", "接待日轮值"),
        ("/deputies/records/3/check/", "履职记录"),
        ("/proposals/desk/31/accept/", "建议审查"),
        ("/search/", None),
    ],
)
def test_a_number_in_the_address_hides_no_place(path, place):
    assert [title for _, title in lit(path)] == ([place] if place else [])
