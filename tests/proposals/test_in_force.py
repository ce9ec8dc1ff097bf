"""情形和类别: offered from the day on which they are put in force until they are retired."""

from datetime import timedelta

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from proposals.actions import review
from proposals.models import OutcomeClass, Proposal, RefusalGround
from proposals.models.reference import in_force
from proposals.states import State
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db


def days(back=0, on=0):
    return clock.today() - timedelta(days=back) + timedelta(days=on)


def offered(rows, day):
    return set(rows.objects.filter(in_force(day)).values_list("code", flat=True))


@pytest.mark.parametrize("rows", [RefusalGround, OutcomeClass])
def test_one_is_in_force_from_its_first_day_and_no_more_from_the_day_it_ends(rows):
    row = rows.objects.first()
    rows.objects.filter(pk=row.pk).update(from_on=days(back=5), to_on=days())
    assert [row.code in offered(rows, days(back=each)) for each in (6, 5, 1, 0)] == [
        *(False, True, True, False)
    ]


def refusing(client, row, ground):
    sent = {"ground": ground.pk, "words": "请找检察院。", "digest": row.digest}
    return client.post(reverse("proposals:refuse", args=[row.pk]), sent)


def test_a_retired_ground_is_offered_no_more_and_what_rests_on_it_keeps_its_words(client):
    client.force_login(make.director().user)
    ground = RefusalGround.objects.first()
    old, row = walk.proposal(State.SUBMITTED), walk.proposal(State.SUBMITTED)
    review.refuse(old, ground=ground, words="请找检察院。", by=make.actor())
    change = reverse("admin:proposals_refusalground_change", args=[ground.pk])
    ended = {"position": ground.position, "from_on": "", "to_on": days().isoformat()}
    assert client.post(change, ended).status_code == 302
    queue = f"{reverse('proposals:to_review')}?one={row.pk}"
    other = RefusalGround.objects.last()
    page = client.get(queue).content.decode()
    assert f'<option value="{other.pk}">{other}</option>' in page
    assert f'<option value="{ground.pk}">{ground}</option>' not in page
    assert refusing(client, row, ground).status_code == 422
    ground.refresh_from_db()
    with pytest.raises(Refused, match="这种情形已经停用"):
        review.refuse(row, ground=ground, words="请找检察院。", by=make.actor())
    assert Proposal.objects.get(pk=row.pk).state == State.SUBMITTED
    page = client.get(reverse("proposals:dossier", args=[old.pk])).content.decode()
    assert ground.name in page


def test_a_class_that_is_retired_is_chosen_anew_before_the_reply_is_signed(client):
    row = walk.proposal(State.ASSIGNED)
    walk.gated(row.lead_assignment)
    part = Proposal.objects.get(pk=row.pk).lead_assignment
    walk.drafted(part, outcome="B")
    OutcomeClass.objects.filter(code="B").update(to_on=days())
    clerk = walk.unit_clerk(part.unit)
    client.force_login(clerk.user)
    page = client.get(reverse("proposals:case", args=[row.pk])).content.decode()
    assert "第 1 条的 B 类已经停用，请另选一类" in page
    gone, kept = (OutcomeClass.objects.get(code=code).pk for code in "BA")
    name = f"outcome_{row.asks.get().pk}"
    assert f'name="{name}" value="{kept}"' in page
    assert f'name="{name}" value="{gone}"' not in page
    with pytest.raises(Refused, match="第 1 条的 B 类已经停用"):
        walk.to_sign(part, by=clerk, outcome="B")


def test_a_letter_may_be_used_again_once_it_is_free(client):
    client.force_login(make.director().user)
    add = reverse("admin:proposals_outcomeclass_add")
    new = {"code": "B", "name": "正在办理", "definition": "正在解决", "meaning": "planned"}
    new |= {"position": 2, "from_on": days(on=30).isoformat()}
    taken = client.post(add, new)
    assert taken.status_code == 422
    assert "这个代号在这段时间已经有一类在用" in taken.content.decode()
    OutcomeClass.objects.filter(code="B").update(to_on=days(on=30))
    assert client.post(add, new).status_code == 302
    found = [str(each) for each in OutcomeClass.objects.filter(in_force(days(on=30)))]
    assert found == ["A 已解决", "B 正在办理", "C 条件所限"]
    assert "B 已列计划" in [str(each) for each in OutcomeClass.objects.filter(in_force(days()))]
