"""What refuses stands at the verb's address: its links lead to the page, and not to the verb."""

import re

import pytest
from django.urls import reverse

from tests import make
from tests.proposals.verbs_rolling import TODAY, YEAR, carried
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
REFUSED = (
    ("request_voiding", "unreadable_ratings", {}),
    ("order_rehandling", "rehandlings", {}),
    ("carry_over", "carried_year", {"year": YEAR}),
)


def test_links_of_a_page_that_was_refused_lead_to_it_again(client):
    carried()
    client.force_login(make.director().user)
    for verb, page, said in REFUSED:
        with on(TODAY):
            no = client.post(reverse(f"proposals:{verb}"), said)
        address = reverse(f"proposals:{page}")
        filters = re.findall(r'<form[^>]* method="get"[^>]*>', no.text)
        assert (verb, no.status_code) == (verb, 409)
        assert f'href="{address}?year=' in no.text, verb
        assert 'href="?' not in no.text, verb
        assert all(f'action="{address}"' in each for each in filters if "data-auto" in each), verb
