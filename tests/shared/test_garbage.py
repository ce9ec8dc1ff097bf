"""Rubbish in every address: no answer is a fault, and every refusal speaks Chinese."""

import os
import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from congress.shared.roles import Role
from tests import make

CHINESE = re.compile("[\u4e00-\u9fff]{4}")
VALUES = ["999999999999999999999", "zzz²"]
QUERIES = [
    "q=%00",
    f"q={'长' * 300}",
    "page=zzz",
    "page=-1&year=abc&month=13",
    "year=99999999999999999999&p=999999999999&o=zzz&e=1",
    "id__exact=abc&zzz=1&state=%F0%9F%A6%84&township=²&item=²&from=2026-99-99&on__year=99999",
    "_facets=True&state__exact=zzz&term=a&app_label=x&model_name=y&field_name=z",
]
FORM = {
    "post": "²",
    "next": "x",
    "action": "zzz",
    "_selected_action": "abc",
    "chosen": ["²", "abc"],
    "township": "²",
    "token": "zzz",
    "quantity": "1e999",
    "done_on": "2026-99-99",
    "item": "9" * 30,
    "note": "长" * 20_000,
}


def _routes(patterns, before=""):
    for pattern in patterns:
        route = before + re.sub(r"\(\?P<(\w+)>.*\)", r"<\1>", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield "/" + route.replace("^", "").replace("$", "").replace("\\Z", "")


ROUTES = sorted(set(_routes(get_resolver().url_patterns)) - {"/logout/", "/admin/logout/"})
PEOPLE = [None, Role.DEPUTY, Role.UNIT_CLERK, Role.STAFF_DIRECTOR]
ALL = os.environ.get("RUBBISH") == "all"
"""The director, who opens most pages, meets one piece of rubbish at every third address, the others
at every ninth; the next time the next one. All of it: `make campaign ONLY=rubbish`."""


def _share(role, place, rubbish):
    """What this visitor meets at the address in that place."""
    if ALL:
        return rubbish
    every = 3 if role == Role.STAFF_DIRECTOR else 9
    met, left = divmod(place + PEOPLE.index(role), every)
    return [] if left else [rubbish[met % len(rubbish)]]


def _check(answer, path):
    assert answer.status_code < 500, path
    if answer.status_code >= 400 and not answer.has_header("HX-Redirect"):
        assert CHINESE.search(answer.content.decode()), (answer.status_code, path)


def _paths(role):
    for place, route in enumerate(ROUTES):
        if "<" in route:
            for value in _share(role, place, VALUES):
                yield re.sub("<[^>]*>", value, route)
        elif _share(role, place, [route]):
            yield route


pytestmark = pytest.mark.timeout(1_200)  # minutes when RUBBISH=all


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("role", PEOPLE, ids=str)
def test_rubbish_in_an_address_is_no_fault(visitor, role):
    if role:
        visitor.force_login(make.actor(role).user)
    for path in _paths(role):
        _check(visitor.get(path), path)


@pytest.mark.django_db
@pytest.mark.parametrize("role", PEOPLE, ids=str)
def test_rubbish_in_a_query_is_no_fault(visitor, role):
    if role:
        visitor.force_login(make.actor(role).user)
    for place, route in enumerate(each for each in ROUTES if "<" not in each):
        for query in _share(role, place, QUERIES):
            _check(visitor.get(f"{route}?{query}"), f"{route}?{query}")


@pytest.mark.django_db
@pytest.mark.parametrize("role", PEOPLE, ids=str)
def test_rubbish_in_a_form_is_no_fault(visitor, role):
    person = make.actor(role).user if role else None
    for path in _paths(role):
        if person and "_auth_user_id" not in visitor.session:  # some of these sign out
            visitor.force_login(person)
        _check(visitor.post(path, FORM), path)
