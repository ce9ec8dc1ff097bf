"""每名在任代表任何时候都在且只在一个小组: the database's own word, at the end of a transaction."""

from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from congress.shared.errors import Refused
from deputies.models import Deputy, Mandate, Membership
from deputies.states import EndCause
from tests import make
from tests.race import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "deputy_sits_in_exactly_one_group"
LATER = make.ELECTED_ON + timedelta(days=100)
ENDED = {"to_on": LATER, "end_cause": EndCause.MOVED}


def refused(act):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    assert caught.value.__cause__.diag.constraint_name == NAME


def test_a_seat_without_a_group_is_refused():
    deputy = make.deputy(levels=())
    seat = make.deputy().mandates.get()
    refused(
        lambda: Mandate.objects.create(
            deputy=deputy,
            term=seat.term,
            district=seat.district,
            certificate="X1",
            from_on=make.ELECTED_ON,
        )
    )


def test_leaving_the_group_and_keeping_the_seat_is_refused():
    deputy = make.deputy()
    refused(lambda: deputy.membership_set.update(to_on=LATER))
    refused(lambda: deputy.membership_set.all().delete())


def test_a_day_between_two_groups_is_refused():
    deputy = make.deputy()

    def move():
        deputy.membership_set.update(to_on=LATER)
        second = make.group("柳河镇第二代表小组")
        Membership.objects.create(deputy=deputy, group=second, from_on=LATER + timedelta(days=1))

    refused(move)


def test_a_group_without_a_seat_is_refused():
    deputy = make.deputy(levels=())
    group = make.group()
    refused(lambda: Membership.objects.create(deputy=deputy, group=group, from_on=make.ELECTED_ON))
    other = make.deputy()
    refused(lambda: other.mandates.update(**ENDED))
    refused(lambda: other.mandates.all().delete())


def test_seat_and_group_may_be_written_in_any_order_within_a_transaction():
    deputy = make.deputy()
    with transaction.atomic():
        deputy.membership_set.update(to_on=LATER + timedelta(days=1))
        deputy.mandates.update(**ENDED)
    with transaction.atomic():
        Membership.objects.filter(deputy=deputy).delete()
        Mandate.objects.filter(deputy=deputy).delete()
        deputy.delete()


def test_a_seat_of_the_past_needs_no_group():
    deputy = make.deputy()
    seat = deputy.mandates.get()
    with transaction.atomic():
        deputy.membership_set.all().delete()
        deputy.mandates.update(**ENDED)
    assert Deputy.objects.sitting(seat.from_on).get() == deputy


def test_the_apps_role_cannot_switch_the_constraint_off():
    with connection.cursor() as cursor, pytest.raises(Exception, match="must be owner"):
        cursor.execute(f"ALTER TABLE deputies_membership DISABLE TRIGGER {NAME}")


def test_a_group_handed_over_to_somebody_with_a_seat_leaves_the_first_one_without():
    deputy, other = make.deputy(), make.deputy(levels=())

    def hand_over():
        deputy.membership_set.update(deputy=other)
        make.seat(other, "county", make.group())

    refused(hand_over)


def test_of_two_seats_ended_past_the_code_in_overlapping_transactions_one_is_refused():
    deputy = make.deputy(levels=("county", "township"))
    keys, both_written = iter(deputy.mandates.values_list("pk", flat=True)), Barrier(2)

    def end():
        try:
            with transaction.atomic():
                Mandate.objects.filter(pk=next(keys)).update(**ENDED)
                both_written.wait(timeout=10)
        except IntegrityError as caught:
            assert caught.__cause__.diag.constraint_name == NAME  # noqa: PT017  # of a thread
            raise Refused("not grouped") from caught

    assert at_once(2, end) == ["done", "refused"]
    assert Deputy.objects.sitting(LATER + timedelta(days=1)).get() == deputy
