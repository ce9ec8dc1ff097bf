"""撤销登记: the newest first, what was registered together together, and only into a free seat."""

from datetime import timedelta

import pytest

from congress.shared.errors import Refused
from deputies.actions import revoking
from deputies.models import Deputy, SeatChange, Suspension
from deputies.states import ChangeState
from tests import make
from tests.deputies import seats as made

pytestmark = pytest.mark.django_db
DAY, EVE = made.DAY, made.DAY - timedelta(days=1)
BOTH = ("county", "township")


def revoked(change):
    return revoking.revoke_change(change, by=make.actor(), today=DAY)


@pytest.mark.parametrize("kind", ["suspended", "reinstated"])
def test_a_rest_and_its_end_are_taken_back_of_all_seats(kind):
    deputy = make.deputy(levels=BOTH)
    make.as_deputy(deputy)
    if kind == "reinstated":
        made.suspended(deputy, on=EVE)
    before = list(deputy.suspensions.values_list("from_on", "to_on"))
    first, second = getattr(made, kind)(deputy)
    assert revoked(second).state == ChangeState.REVOKED
    first.refresh_from_db()
    assert first.state == ChangeState.REVOKED
    assert list(deputy.suspensions.values_list("from_on", "to_on")) == before
    with pytest.raises(Refused, match="已撤销"):
        revoked(first)


def test_a_rest_told_of_one_seat_is_not_taken_back_at_the_other():
    deputy = make.deputy(levels=BOTH)
    rows = made.suspended(deputy)
    county = made.term()
    made.announced(county)
    waiting = next(row for row in rows if row.mandate.term != county)
    with pytest.raises(Refused, match=r"已在公告〔2026〕第1号里公布.*不能再撤销"):
        revoked(waiting)
    assert Suspension.objects.get().to_on is None
    assert SeatChange.objects.to_announce().get() == waiting


def test_changes_of_a_person_are_taken_back_the_newest_first():
    deputy = make.deputy("罗明贵")
    make.as_deputy(deputy)
    (rest,) = made.suspended(deputy, on=EVE)
    (again,) = made.reinstated(deputy)
    with pytest.raises(Refused, match=r"还登记了罗明贵恢复执行职务（2026-05-12 生效），请先撤销"):
        revoked(rest)
    revoked(again)
    revoked(rest)
    assert not Suspension.objects.exists()
    assert Deputy.objects.serving(DAY).get() == deputy


def test_what_came_before_an_announced_change_of_the_person_stays():
    deputy = make.deputy(levels=BOTH)
    seats = {seat.term.assembly.level.code: seat for seat in deputy.mandates.all()}
    change = made.terminated(seats["township"])
    made.terminated(seats["county"])
    made.announced(made.term())
    with pytest.raises(Refused, match=r"这以后登记的.*已经公告"):
        revoked(change)


def test_changes_of_somebody_else_are_in_nobodys_way():
    change = made.terminated(make.deputy().mandates.get())
    made.terminated(make.deputy().mandates.get())
    assert revoked(change).state == ChangeState.REVOKED


def test_an_end_is_not_taken_back_once_somebody_won_the_seat():
    change = made.terminated(make.deputy().mandates.get(), on=EVE)
    won = made.elected(seat=made.seat(made.term(1)))
    with pytest.raises(Refused, match="名额 1 名已满"):
        revoked(change)
    revoked(won)
    assert revoked(change).state == ChangeState.REVOKED
