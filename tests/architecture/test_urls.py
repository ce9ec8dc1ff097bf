"""Every URL is guarded: closed to strangers unless it stands in the short list below."""

import re

import pytest
from django.urls import URLPattern, get_resolver

OPEN_TO_ALL = {
    "home:front",
    "home:deputy",
    "home:deeds",
    "home:wall",
    "home:wall_worker",
    "home:worker",
    "home:manifest",
    "home:no_line",
    "shared:login",
    "shared:logout",
    "shared:elder",
    "shared:health",
    "proposals:public_list",
    "proposals:public_export",
    "proposals:public_detail",
    "proposals:public_letter",
    "proposals:public_feed",
    "proposals:proposal_feed",
    "proposals:public_json",
    "proposals:public_ics",
    "proposals:proposal_ics",
    "proposals:proposal_json",
    "proposals:open_data",
    "proposals:public_scope",
    "proposals:embed",
    "proposals:embed_how",
    "proposals:unit_page",
    "proposals:area_page",
    "proposals:watch",
    "proposals:confirm_watch",
    "proposals:unwatch",
    "proposals:satisfaction",
    "proposals:public_figures",
    "deputies:public_list",
    "deputies:send_message",
    "deputies:receipt",
    "deputies:public_plans",
    "deputies:public_plan",
    "stations:public_list",
    "stations:public_detail",
    "stations:station_ics",
    "stations:feed",
    "scoring:publicity",
    "scoring:verify_file",
    "scoring:commended",
}
FILLERS = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": "0" * 32}


def walk(patterns, prefix="", space=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, f"{space}{pattern.name}"
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern.url_patterns, route, inner)


URLS = sorted((name, route) for route, name in walk(get_resolver().url_patterns))


def filled(route: str) -> str:
    plain = route.replace("^", "").replace("$", "").replace("\\Z", "")
    plain = re.sub(r"<(?:(\w+):)?\w+>", lambda m: FILLERS[m[1] or "str"], plain)
    return "/" + re.sub(r"\(\?P<\w+>[^)]*\)", "1", plain)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "route"), URLS, ids=[name for name, _ in URLS])
def test_strangers_meet_the_login_page_everywhere_but_in_the_open_list(client, name, route):
    answer = client.get(filled(route))
    if name in OPEN_TO_ALL:
        assert "/login/" not in answer.get("Location", "")
    else:
        found = (answer.status_code, "login" in answer.get("Location", ""))
        assert found == (302, True)


def test_the_open_list_names_only_urls_that_exist():
    assert {name for name, _ in URLS} >= OPEN_TO_ALL
