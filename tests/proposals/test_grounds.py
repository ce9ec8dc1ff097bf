"""不予受理的情形: the director adds one; one that proposals rest on keeps its name."""

import pytest
from django.urls import reverse

from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from proposals.actions import review
from proposals.models import RefusalGround
from proposals.states import State
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db
ADD = reverse("admin:proposals_refusalground_add")


def change(row):
    return reverse("admin:proposals_refusalground_change", args=[row.pk])


def test_a_ground_is_added_and_its_name_mended_until_it_is_used(client):
    client.force_login(make.director().user)
    said = {"code": "own-affair", "name": "属于个人事务", "position": 90}
    assert client.post(ADD, said).status_code == 302
    row = RefusalGround.objects.get(code="own-affair")
    assert client.post(change(row), said | {"name": "个人事务"}).status_code == 302
    proposal = walk.proposal(State.SUBMITTED)
    review.refuse(proposal, ground=row, words="是您自己的事。", by=make.actor())
    client.post(change(row), said | {"name": "别的", "position": 91})
    row.refresh_from_db()
    assert (row.name, row.position) == ("个人事务", 91)
    trail = AuditEvent.objects.filter(subject="proposals.RefusalGround", subject_id=row.pk)
    assert list(trail.order_by("pk").values_list("now", flat=True)) == [
        *("added", "changed", "changed")
    ]


def test_others_at_the_desk_add_none(client):
    client.force_login(make.actor(Role.STAFF_CLERK).user)
    assert client.get(ADD).status_code == 403
