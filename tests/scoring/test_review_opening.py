import pytest
from django.db import IntegrityError, transaction

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from scoring.actions import cycles
from scoring.models import ReviewCycle
from scoring.states import CycleState
from tests import make
from tests.race import at_once
from tests.scoring import year

pytestmark = pytest.mark.django_db


def test_open_cycle_asks_every_sitting_deputy_for_a_self_review_and_leaves_a_trail():
    of = year.party(2)
    make.deputy(levels=("township",))

    cycle = cycles.open_cycle(make.assembly(), year=2026, by=of.director, today=year.TODAY)

    assert (cycle.state, cycle.year, len(cycle.seed)) == (CycleState.OPEN, 2026, 64)
    told = set(Notice.objects.values_list("person_id", flat=True))
    assert told == {deputy.user_id for deputy in of.deputies}
    assert AuditEvent.objects.get(subject="scoring.ReviewCycle").now == CycleState.OPEN


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.STAFF_DIRECTOR}))
def test_open_cycle_is_refused_to_every_other_role(role):
    with pytest.raises(Refused, match="只有代工委主任"):
        cycles.open_cycle(make.assembly(), year=2026, by=make.actor(role), today=year.TODAY)


def test_open_cycle_is_refused_before_the_year_and_a_second_time():
    of, whole = year.party(1), make.assembly()
    with pytest.raises(Refused, match="2027 年还没有开始"):
        cycles.open_cycle(whole, year=2027, by=of.director, today=year.TODAY)
    year.opened(of)
    with pytest.raises(Refused, match="已经启动"):
        cycles.open_cycle(whole, year=2026, by=of.director, today=year.TODAY)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_open_one_cycle():
    of = year.party(1)
    outcomes = at_once(
        3, cycles.open_cycle, make.assembly(), year=2026, by=of.director, today=year.TODAY
    )
    assert outcomes == ["done", "refused", "refused"]
    assert ReviewCycle.objects.count() == Notice.objects.count() == 1


def test_the_database_holds_one_cycle_per_assembly_and_year():
    cycle = year.opened(year.party(1))
    cycle.pk = None
    once = pytest.raises(IntegrityError, match="review_once_per_assembly_and_year")
    with once, transaction.atomic():
        cycle.save(force_insert=True)


def test_the_database_holds_that_a_decision_has_its_minute():
    cycle = year.opened(year.party(1))
    with pytest.raises(IntegrityError, match="review_decided_has_minute"), transaction.atomic():
        ReviewCycle.objects.filter(pk=cycle.pk).update(state=CycleState.DECIDED, met_on=year.TODAY)
