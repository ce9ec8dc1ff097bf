"""代表资格: what is refused, to whom, at once, and by the database when code forgets."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from congress.shared.errors import Refused
from congress.shared.roles import STAFF, Role
from deputies.actions import announcements, revoking, seats
from deputies.actions.seats import Decision
from deputies.models import (
    Announcement,
    Deputy,
    SeatChange,
    Suspension,
)
from deputies.states import ChangeKind, EndCause, SuspensionGround
from tests import make
from tests.deputies import seats as made
from tests.race import at_once

pytestmark = pytest.mark.django_db
DAY, EVE = made.DAY, made.DAY - timedelta(days=1)
NO_OFFICE = sorted(set(Role) - STAFF)


def with_post(deputy):
    make.as_deputy(deputy)
    return deputy


DEEDS = {
    "by_elect": lambda by, today: made.elected(by=by, today=today),
    "terminate": lambda by, today: made.terminated(
        make.deputy().mandates.get(), by=by, today=today
    ),
    "accept_resignation": lambda by, today: made.resigned(
        make.deputy().mandates.get(), by=by, today=today
    ),
    "suspend": lambda by, today: made.suspended(make.deputy(), by=by, today=today),
}


@pytest.mark.parametrize("role", NO_OFFICE)
@pytest.mark.parametrize("name", DEEDS)
def test_only_the_office_registers_changes(name, role):
    with pytest.raises(Refused, match="只有代工委"):
        DEEDS[name](make.actor(role), DAY)
    assert SeatChange.objects.count() == 0


@pytest.mark.parametrize("role", NO_OFFICE)
def test_only_the_office_reinstates_revokes_and_announces(role):
    deputy = make.deputy()
    made.suspended(deputy, on=EVE)
    change, by = SeatChange.objects.get(), make.actor(role)
    with pytest.raises(Refused, match="只有代工委"):
        made.reinstated(deputy, by=by)
    with pytest.raises(Refused, match="只有代工委"):
        revoking.revoke_change(change, by=by, today=DAY)
    with pytest.raises(Refused, match="只有代工委"):
        made.announced(made.term(), by=by)


@pytest.mark.parametrize("name", DEEDS)
def test_what_is_not_yet_in_force_is_not_registered(name):
    with pytest.raises(Refused, match="还没到"):
        DEEDS[name](make.actor(), EVE)


def test_nobody_registers_the_end_of_their_own_seat():
    deputy = make.deputy()
    by = make.actor(user=deputy.user)
    for verb in (made.terminated, made.resigned):
        with pytest.raises(Refused, match="您自己的代表资格"):
            verb(deputy.mandates.get(), by=by)
    with pytest.raises(Refused, match="您自己的代表资格"):
        made.suspended(deputy, by=by)


def test_a_seat_ends_once():
    mandate = make.deputy().mandates.get()
    made.terminated(mandate)
    for verb in (made.terminated, made.resigned):
        with pytest.raises(Refused, match="为止（迁出"):
            verb(mandate)


@pytest.mark.parametrize(
    ("votes", "of", "said"),
    [(17, 35, "没有超过"), (18, 36, "没有超过"), (40, 35, "多于常委会全体")],
)
def test_a_resignation_needs_more_than_half_of_all_members(votes, of, said):
    with pytest.raises(Refused, match=said):
        made.resigned(make.deputy().mandates.get(), votes=votes, of=of)


@pytest.mark.parametrize("cause", [EndCause.RESIGNED, EndCause.TERM])
def test_resignation_and_end_of_term_have_their_own_ways(cause):
    with pytest.raises(Refused, match="接受辞职"):
        made.terminated(make.deputy().mandates.get(), cause=cause)


def test_a_seat_does_not_end_before_it_began():
    with pytest.raises(Refused, match="晚于任职开始"):
        made.terminated(make.deputy().mandates.get(), on=make.ELECTED_ON)


def test_by_elect_needs_a_vacancy_and_the_number_of_seats():
    with pytest.raises(Refused, match=r"还不知道.*代表名额"):
        made.elected(seat=made.seat(made.term(None)))
    make.deputy()
    with pytest.raises(Refused, match="名额 1 名，实有 1 名，没有缺额"):
        made.elected(seat=made.seat(made.term(1)))


def test_by_elect_refuses_a_used_certificate_a_second_seat_and_no_group():
    deputy, term = make.deputy(), made.term()
    used = deputy.mandates.get().certificate
    with pytest.raises(Refused, match="已有人使用"):
        made.elected(seat=made.seat(term, certificate=used))
    with pytest.raises(Refused, match="已经有过代表资格"):
        made.elected(deputy, seat=made.seat(term))
    with pytest.raises(Refused, match="请选择代表小组"):
        made.elected(seat=made.seat(term, group=""))
    assert Deputy.objects.count() == 1


def test_by_elect_is_within_the_term():
    with pytest.raises(Refused, match=r"不在.*任期内"):
        made.elected(on=make.ELECTED_ON - timedelta(days=1))


def test_suspend_and_reinstate_take_turns():
    deputy = make.deputy()
    with pytest.raises(Refused, match="没有暂停"):
        made.reinstated(deputy)
    made.suspended(deputy, on=EVE)
    with pytest.raises(Refused, match="已经暂停"):
        made.suspended(deputy)
    with pytest.raises(Refused, match="晚于暂停日期"):
        made.reinstated(deputy, on=EVE)
    gone = make.deputy()
    made.terminated(gone.mandates.get(), on=EVE)
    with pytest.raises(Refused, match="没有在任"):
        made.suspended(gone)


def test_what_is_announced_is_not_revoked():
    term = made.term()
    change = made.terminated(make.deputy().mandates.get())
    made.announced(term)
    with pytest.raises(Refused, match="已公告"):
        revoking.revoke_change(change, by=make.actor(), today=DAY)


def test_announce_needs_changes_and_the_number_of_seats():
    with pytest.raises(Refused, match="没有等着公告"):
        made.announced(made.term())
    with pytest.raises(Refused, match="还不知道"):
        made.announced(made.term(None))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["terminated", "resigned", "suspended", "reinstated"])
def test_of_two_at_once_one_is_refused(name):
    deputy, by = with_post(make.deputy()), make.actor()
    if name == "reinstated":
        made.suspended(deputy, on=EVE)
    of = deputy if name in ("suspended", "reinstated") else deputy.mandates.get()
    assert at_once(2, getattr(made, name), of, by=by) == ["done", "refused"]


@pytest.mark.django_db(transaction=True)
def test_the_last_vacancy_is_filled_once():
    seat, by = made.seat(made.term(1)), make.actor()
    people = iter([made.newcomer("覃小满"), made.newcomer("仇二妹")])
    assert at_once(2, lambda: made.elected(next(people), seat=seat, by=by)) == ["done", "refused"]


@pytest.mark.django_db(transaction=True)
def test_a_change_is_revoked_and_announced_once():
    term, by = made.term(), make.actor()
    change = made.terminated(make.deputy().mandates.get())
    assert at_once(2, revoking.revoke_change, change, by=by, today=DAY) == ["done", "refused"]
    made.terminated(make.deputy().mandates.get())
    told = {"announced_on": DAY, "body": "县人大常委会", "by": by, "today": DAY}
    twice = at_once(2, announcements.announce, term, **told)
    assert twice == ["done", "refused"]
    assert Announcement.objects.count() == 1


def test_the_constraints_hold_when_code_forgets():
    term = made.term(2)
    change = made.terminated(make.deputy().mandates.get())
    paper = made.announced(term)
    row = {"mandate": change.mandate, "effective_on": DAY, "decided_on": DAY}
    bad = (
        ("change_one_end_per_seat", lambda: SeatChange.objects.create(kind="resigned", **row)),
        (
            "change_announced_names_its_announcement",
            lambda: SeatChange.objects.create(kind="elected", state="announced", **row),
        ),
        (
            "announcement_counts_within_seats",
            lambda: Announcement.objects.filter(pk=paper.pk).update(after=9),
        ),
    )
    for name, wrong in bad:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            wrong()


def test_the_database_refuses_two_suspensions_at_once():
    deputy = make.deputy()
    made.suspended(deputy, on=EVE)
    with pytest.raises(IntegrityError, match="suspension_one_at_a_time"), transaction.atomic():
        Suspension.objects.create(deputy=deputy, ground="sentenced", from_on=date(2026, 5, 20))
    assert SeatChange.objects.get().kind == ChangeKind.SUSPENDED


def test_nothing_is_registered_before_it_was_decided():
    deputy = make.deputy()
    seat = deputy.mandates.get()
    early = Decision("常委会会议", DAY + timedelta(days=1), DAY)
    how = {"decision": early, "by": make.actor(), "today": DAY}
    acts = (
        lambda: seats.terminate(seat, cause=EndCause.MOVED, detail="迁往外县", **how),
        lambda: seats.accept_resignation(seat, letter_on=DAY, votes=20, of=35, **how),
        lambda: seats.suspend(deputy, ground=SuspensionGround.DETAINED, **how),
        lambda: seats.by_elect(made.newcomer(), seat=made.seat(), **how),
    )
    for act in acts:
        with pytest.raises(Refused, match="还没到，请在作出决定以后登记"):
            act()


def test_the_paper_says_once_that_somebody_died():
    change = made.terminated(
        make.deputy().mandates.get(), cause=EndCause.DIED, detail="2026年5月1日去世"
    )
    assert change.reason == "2026年5月1日去世"
