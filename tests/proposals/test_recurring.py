"""反复提: people say how two proposals stand to each other, and what follows from it."""

import pytest
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from proposals.actions import recurring
from proposals.models import Recurrence
from proposals.recurring import Likeness, matters
from proposals.states import State
from tests import make
from tests.proposals import verbs_recurring, walk

pytestmark = pytest.mark.django_db


def steps():
    rows = AuditEvent.objects.filter(subject="proposals.Recurrence").order_by("pk")
    return list(rows.values_list("was", "now", "note"))


def test_confirm_likeness_orders_the_two_by_their_days_and_leaves_its_trail():
    earlier = walk.proposal(State.ACCEPTED)
    later = walk.submitted(today=walk.ACCEPTED_ON)

    row = recurring.confirm_likeness(
        earlier, other=later, kind=Likeness.REPEAT, note="同一座桥", by=make.actor()
    )

    assert (row.later, row.earlier, row.kind) == (later, earlier, Likeness.REPEAT)
    assert steps() == [("", "alike_repeat", f"和 {earlier.number} 重复提出，同一座桥。")]


def test_two_are_judged_once_whichever_of_them_is_open():
    row = verbs_recurring.judged()
    said = {"kind": Likeness.APART, "by": make.actor()}
    with pytest.raises(Refused, match="已经认定过：重复提出。要改的请用“改认定”"):
        recurring.confirm_likeness(row.earlier, other=row.later, **said)
    with pytest.raises(Refused, match="不能和自己比"):
        recurring.confirm_likeness(row.later, other=row.later, kind="repeat", by=make.actor())


def test_a_kind_that_is_none_is_refused():
    one, other = walk.accepted(2)
    with pytest.raises(Refused, match="请选一种"):
        recurring.confirm_likeness(one, other=other, kind="same", by=make.actor())


def test_revise_likeness_says_why_and_the_trail_keeps_what_was_said_before():
    row, by = verbs_recurring.judged(), make.actor()
    with pytest.raises(Refused, match="现在认定的就是“重复提出”"):
        recurring.revise_likeness(row, kind=Likeness.REPEAT, note="看过了", by=by)
    with pytest.raises(Refused, match="写明为什么"):
        recurring.revise_likeness(row, kind=Likeness.APART, note=" ", by=by)

    recurring.revise_likeness(row, kind=Likeness.APART, note="是两座桥", by=by)

    row = Recurrence.objects.get()
    assert (row.kind, row.note, row.confirmed_by) == (Likeness.APART, "是两座桥", by.user)
    assert [step[:2] for step in steps()] == [("", "alike_repeat"), ("repeat", "alike_apart")]


def test_a_townships_office_judges_what_was_raised_in_its_own_congress():
    one, other = walk.of_township(), walk.of_township()
    with pytest.raises(Refused, match="只有柳河镇人大可以认定反复提"):
        recurring.confirm_likeness(one, other=other, kind="repeat", by=make.actor())
    by = make.actor(Role.TOWNSHIP_CLERK)
    with pytest.raises(Refused, match="不在可以对照的建议里"):
        recurring.confirm_likeness(one, other=walk.submitted(), kind="repeat", by=by)
    assert recurring.confirm_likeness(one, other=other, kind="repeat", by=by).later == other


def test_what_is_connected_is_one_matter():
    assert matters([(1, 2), (5, 4), (3, 2), (9, 4), (1, 3)]) == [[1, 2, 3], [4, 5, 9]]
    assert matters([]) == []


def test_one_tap_judges_and_another_form_says_it_otherwise(client):
    earlier, later = walk.proposal(State.ACCEPTED), walk.submitted(today=walk.ACCEPTED_ON)
    client.force_login(make.actor().user)
    address = reverse("proposals:confirm_likeness", args=[later.pk])

    said = client.post(address, {"other": earlier.pk, "kind": "repeat"}, follow=True)
    assert "已认定：重复提出" in said.text
    again = client.post(address, {"other": earlier.pk, "kind": "apart"})
    assert (again.status_code, "已经认定过" in again.text) == (409, True)
    assert client.post(address, {"other": "x"}).status_code == 409

    revise = reverse("proposals:revise_likeness", args=[Recurrence.objects.get().pk])
    assert "现在认定为重复提出" in client.get(revise).text
    wrong = client.post(revise, {"kind": "partly", "note": ""})
    assert (wrong.status_code, "改认定要写明为什么" in wrong.text) == (422, True)
    done = client.post(revise, {"kind": "partly", "note": "只有护栏相同"}, follow=True)
    assert "已改认定" in done.text
