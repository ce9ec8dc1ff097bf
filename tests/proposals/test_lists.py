"""The lists: how many queries they take, what they find, what they export."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proposals.models import Rating
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.proposals.pages import text, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_12_may")]


@pytest.fixture
def queries():
    def counted(client, address):
        client.get(address)  # whatever is fetched once for the process is fetched now
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    return counted


LISTS = {
    "mine": (State.ANSWERED, "lead"),
    "to_cosign": (State.SUBMITTED, "other"),
    "unit_desk": (State.ASSIGNED, "unit"),
    "review": (State.SUBMITTED, "office"),
}


def login(client, who, lead):
    actor = {
        "lead": lambda: make.as_deputy(lead),
        "other": lambda: make.as_deputy(make.deputy()),
        "unit": walk.unit_clerk,
        "office": make.actor,
    }[who]()
    client.force_login(actor.user)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_the_same_queries_for_one_row_and_for_three(client, name, queries):
    state, who = LISTS[name]
    lead = make.deputy()
    walk.proposal(state, lead=lead)
    login(client, who, lead)
    one = queries(client, url(name))
    walk.proposal(state, lead=lead)
    walk.proposal(state, lead=lead)
    assert queries(client, url(name)) == one


def test_the_admins_list_takes_the_same_queries_for_one_row_and_for_three(client, queries):
    client.force_login(make.actor().user)
    address = reverse("admin:proposals_proposal_changelist")
    walk.proposal(State.ASSIGNED)
    one = queries(client, address)
    walk.proposal(State.ASSIGNED)
    walk.proposal(State.ASSIGNED)
    assert queries(client, address) == one


def test_the_admins_list_searches_filters_and_says_the_time(client):
    proposal = walk.proposal(State.ASSIGNED)
    walk.submitted(title="关于另一件事的建议")
    client.force_login(make.actor().user)
    address = reverse("admin:proposals_proposal_changelist")
    assert "按期 · 还有" in text(client.get(address))
    found = text(client.get(address, {"q": proposal.number}))
    assert (proposal.title in found, "关于另一件事的建议" in found) == (True, False)
    found = text(client.get(address, {"timing": "hand"}))
    assert "关于另一件事的建议" not in found
    change = reverse("admin:proposals_proposal_change", args=[proposal.pk])
    assert client.get(change).url == url("dossier", proposal.pk)


def test_the_export_holds_what_the_list_shows(client):
    walk.proposal(State.ASSIGNED)
    walk.submitted(title="=1+1")
    client.force_login(make.actor().user)
    address = reverse("admin:proposals_proposal_export")
    book = ZipFile(BytesIO(client.get(address).content))
    words = book.read("xl/sharedStrings.xml").decode()
    assert "=1+1" in words
    assert "县交通运输局" in words
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    book = ZipFile(BytesIO(client.get(address, {"timing": "hand"}).content))
    assert "=1+1" not in book.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("name", ["assignment", "meeting", "reply", "outcomeclass"])
def test_the_other_lists_open(client, name):
    walk.proposal(State.ANSWERED)
    client.force_login(make.actor().user)
    assert client.get(reverse(f"admin:proposals_{name}_changelist")).status_code == 200


def test_ratings_are_not_in_the_admin():
    assert Rating not in admin.site._registry
