"""上一件、下一件: from one case to the next without the list in between."""

import pytest
from django.test import Client
from django.urls import reverse

from proposals.models import Assignment
from proposals.queries.neighbours import neighbours
from proposals.states import State
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db


def handed(count):
    for _ in range(count):
        walk.proposal(State.ASSIGNED)
    return list(Assignment.objects.order_by("due_on", "pk"))


def test_the_cases_follow_one_another_as_on_the_desk(django_assert_num_queries):
    first, second, third = handed(3)
    clerk = walk.unit_clerk()
    with django_assert_num_queries(1):
        near = neighbours(second, clerk)
    assert near == (first.proposal_id, third.proposal_id, 1, False)
    assert neighbours(first, clerk).former is None
    assert neighbours(third, clerk).following is None
    other = walk.unit_clerk(make.unit("县水利和湖泊局"))
    assert neighbours(second, other) == (None, None, 0, False)


def test_the_head_goes_from_one_signature_to_the_next():
    parts = handed(3)
    for part in (parts[0], parts[2]):
        walk.gated(part)
        walk.to_sign(part)
    head = walk.unit_head()
    assert neighbours(parts[0], head) == (None, parts[2].proposal_id, 1, True)
    assert neighbours(parts[0], walk.unit_clerk()).following == parts[1].proposal_id
    client = Client()
    client.force_login(head.user)
    page = client.get(reverse("proposals:case", args=[parts[0].proposal_id])).content.decode()
    assert "下一件待签发" in page
    assert "后面还有 1 件" in page


def test_the_office_ticks_a_whole_page_of_what_waits_without_a_script():
    for _ in range(3):
        walk.proposal(State.SUBMITTED)
    client = Client()
    client.force_login(make.actor().user)
    page = reverse("proposals:to_review")
    before = client.get(page).content.decode()
    assert "选中本页 3 件" in before
    assert " checked" not in before.partition('class="waiting"')[2].partition("</ul>")[0]
    after = client.get(page, {"all": 1}).content.decode()
    assert after.partition('class="waiting"')[2].partition("</ul>")[0].count(" checked") == 3
    assert "全部不选" in after
