from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from scoring.actions import opinions
from scoring.models import Appraisal
from scoring.states import Step
from tests import make
from tests.race import at_once
from tests.scoring import year

pytestmark = pytest.mark.django_db


def test_appraise_keeps_each_partys_opinion_and_leaves_a_trail():
    of = year.party(2)
    cycle = year.opened(of)

    year.self_review(cycle, of.deputies[0], 91)
    year.group_check(cycle, of, 86)
    year.township_view(cycle, of, 84)

    rows = Appraisal.objects.order_by("pk").values_list("step", "score", "given_by")
    assert list(rows) == [
        (Step.SELF, Decimal(91), of.deputies[0].user_id),
        *[(Step.GROUP, Decimal(86), of.convenor.user.pk)] * 2,
        *[(Step.TOWNSHIP, Decimal(84), of.clerk.user.pk)] * 2,
    ]
    said = AuditEvent.objects.filter(now__startswith="appraised").values_list("note", flat=True)
    assert list(said) == ["本人自评 1 人", "小组核校 2 人", "乡镇参评 2 人"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CONVENOR}))
def test_appraise_for_the_group_is_refused_to_every_other_role(role):
    of = year.party(1)
    scores = dict.fromkeys(of.ids, year.score())
    with pytest.raises(Refused, match="召集人"):
        opinions.appraise(
            year.opened(of), step=Step.GROUP, scores=scores, by=make.actor(role), today=year.TODAY
        )


def test_a_deputy_appraises_only_themselves_and_nobody_themselves_for_the_group():
    of = year.party(2)
    cycle, (one, other) = year.opened(of), of.deputies
    with pytest.raises(Refused, match="不归您评价"):
        opinions.appraise(
            cycle,
            step=Step.SELF,
            scores={other.pk: year.score()},
            by=make.as_deputy(one),
            today=year.TODAY,
        )
    one.user = of.convenor.user
    one.save()
    with pytest.raises(Refused, match="有 1 人不归您评价"):
        year.group_check(cycle, of)


def test_a_convenor_does_not_reach_into_another_group_nor_a_clerk_into_another_township():
    of = year.party(1)
    cycle = year.opened(of)
    far = make.deputy(of=make.group("双河乡第一代表小组", make.township("双河乡")))
    for step, by in ((Step.GROUP, of.convenor), (Step.TOWNSHIP, of.clerk)):
        with pytest.raises(Refused, match="不归您评价"):
            opinions.appraise(
                cycle, step=step, scores={far.pk: year.score()}, by=by, today=year.TODAY
            )


def test_appraise_is_refused_once_decided_and_a_second_time():
    of = year.party(1)
    cycle = year.opened(of)
    year.group_check(cycle, of)
    with pytest.raises(Refused, match="已经提交过"):
        year.group_check(cycle, of)
    year.decided(of, cycle)
    with pytest.raises(Refused, match="不再接收意见"):
        year.township_view(cycle, of)


def test_appraise_refuses_what_is_no_score():
    of = year.party(1)
    cycle = year.opened(of)
    with pytest.raises(Refused, match="0 到 100"):
        year.group_check(cycle, of, points=101)
    with pytest.raises(Refused, match="还没有给任何人评分"):
        opinions.appraise(cycle, step=Step.GROUP, scores={}, by=of.convenor, today=year.TODAY)
    with pytest.raises(Refused, match="在评定时一并作出"):
        opinions.appraise(
            cycle,
            step=Step.COMMITTEE,
            scores={of.ids[0]: year.score()},
            by=of.director,
            today=year.TODAY,
        )


@pytest.mark.django_db(transaction=True)
def test_two_clicks_appraise_once():
    of = year.party(1)
    cycle = year.opened(of)
    outcomes = at_once(
        4,
        opinions.appraise,
        cycle,
        step=Step.TOWNSHIP,
        scores=dict.fromkeys(of.ids, year.score()),
        by=of.clerk,
        today=year.TODAY,
    )
    assert outcomes == ["done", "refused", "refused", "refused"]


def test_the_database_holds_one_opinion_per_party_and_its_range():
    of = year.party(1)
    cycle = year.opened(of)
    (row,) = year.group_check(cycle, of)
    row.pk = None
    with pytest.raises(IntegrityError, match="appraisal_once_per_step"), transaction.atomic():
        row.save(force_insert=True)
    row.score = Decimal("100.1")
    with pytest.raises(IntegrityError, match="appraisal_score"), transaction.atomic():
        row.save(force_insert=True)
