"""代表资格: who wins, loses, rests and resumes a seat; what hangs on it (代表法 art. 61-63)."""

from datetime import timedelta

import pytest

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Post
from congress.shared.roles import Role
from deputies.actions import announcements, groups, seats
from deputies.models import (
    Deputy,
    SeatChange,
    Suspension,
)
from deputies.states import EndCause
from tests import make
from tests.deputies import seats as made

pytestmark = pytest.mark.django_db
DAY, EVE = made.DAY, made.DAY - timedelta(days=1)


def acting(deputy, day=DAY):
    """The roles in which this deputy may act on that day."""
    return sorted(Post.objects.of(deputy.user).in_force(day).values_list("role", flat=True))


def with_post(deputy):
    make.as_deputy(deputy)
    return deputy


def trail(row):
    rows = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk)
    return list(rows.values_list("now", "note"))


def test_by_elect_seats_somebody_new_in_a_group():
    change = seats.by_elect(
        made.newcomer(), seat=made.seat(), decision=made.decision(), by=make.actor(), today=DAY
    )
    deputy = Deputy.objects.get(name="覃小满")
    assert (change.kind, change.mandate.deputy, change.mandate.from_on) == ("elected", deputy, DAY)
    assert deputy.membership_set.get().from_on == DAY
    assert (deputy.spelt, deputy.initials) == ("qinxiaoman", "qxm")
    assert trail(deputy) == [("enrolled", "B-001")]
    assert trail(change) == [("registered", "补选：覃小满")]


def test_by_elect_keeps_one_identity_for_who_sat_before():
    former = with_post(make.deputy("吴秀兰", levels=("township",)))
    made.terminated(former.mandates.get(), on=EVE)
    assert acting(former) == []
    made.elected(former)
    assert Deputy.objects.filter(name="吴秀兰").count() == 1
    assert former.mandates.count() == 2
    spells = former.membership_set.order_by("from_on").values_list("from_on", "to_on")
    assert list(spells) == [(make.ELECTED_ON, EVE), (DAY, None)]
    assert acting(former) == [Role.DEPUTY]


def test_terminate_ends_seat_group_and_rights_that_very_day():
    deputy = with_post(make.deputy())
    change = seats.terminate(
        deputy.mandates.get(),
        cause=EndCause.MOVED,
        detail="迁往外县",
        decision=made.decision(),
        by=make.actor(),
        today=DAY,
    )
    mandate = deputy.mandates.get()
    assert (mandate.to_on, mandate.end_cause) == (EVE, EndCause.MOVED)
    assert deputy.membership_set.get().to_on == DAY
    assert (acting(deputy, EVE), acting(deputy)) == ([Role.DEPUTY], [])
    assert change.reason == "迁出或者调离本行政区域。迁往外县"
    assert trail(change) == [("registered", f"终止资格：{deputy.name}")]


def test_who_keeps_another_seat_keeps_group_and_rights():
    deputy = with_post(make.deputy(levels=("county", "township")))
    made.terminated(deputy.mandates.get(term__assembly__level__code="county"))
    assert deputy.membership_set.get().to_on is None
    assert acting(deputy) == [Role.DEPUTY]
    assert Deputy.objects.sitting(DAY).filter(pk=deputy.pk).exists()


def test_a_convenor_who_leaves_convenes_no_more():
    deputy = with_post(make.deputy())
    group = make.group()
    groups.name_convenor(group, deputy=deputy, by=make.actor(), today=EVE)
    assert acting(deputy) == [Role.CONVENOR, Role.DEPUTY]
    made.terminated(deputy.mandates.get())
    group.refresh_from_db()
    assert (group.convenor, acting(deputy)) == (None, [])


def test_accept_resignation_ends_the_seat_with_its_votes():
    deputy = with_post(make.deputy())
    change = seats.accept_resignation(
        deputy.mandates.get(),
        letter_on=EVE,
        votes=18,
        of=35,
        decision=made.decision(),
        by=make.actor(),
        today=DAY,
    )
    assert deputy.mandates.get().end_cause == EndCause.RESIGNED
    assert change.reason == "2026年5月11日书面辞职，常委会全体组成人员 35 人，18 人赞成"
    assert acting(deputy) == []


def test_suspend_rests_the_rights_and_leaves_the_seat():
    deputy = with_post(make.deputy())
    (change,) = seats.suspend(
        deputy, ground="detained", decision=made.decision(), by=make.actor(), today=DAY
    )
    assert Deputy.objects.sitting(DAY).filter(pk=deputy.pk).exists()
    assert not Deputy.objects.serving(DAY).filter(pk=deputy.pk).exists()
    assert Deputy.objects.serving(EVE).filter(pk=deputy.pk).exists()
    assert deputy.membership_set.get().to_on is None
    assert (acting(deputy, EVE), acting(deputy)) == ([Role.DEPUTY], [])
    assert trail(change) == [("registered", f"暂停执行职务：{deputy.name}")]


def test_reinstate_gives_the_rights_back_from_that_day_on():
    deputy = with_post(make.deputy())
    made.suspended(deputy, on=EVE)
    later = DAY + timedelta(days=9)
    (change,) = seats.reinstate(
        deputy, reason="不起诉", decision=made.decision(later), by=make.actor(), today=later
    )
    assert (acting(deputy), acting(deputy, later)) == ([], [Role.DEPUTY])
    assert Deputy.objects.serving(later).filter(pk=deputy.pk).exists()
    assert Suspension.objects.get().to_on == later
    assert trail(change) == [("registered", f"恢复执行职务：{deputy.name}")]


def test_a_seat_that_ends_closes_the_suspension():
    deputy = make.deputy()
    made.suspended(deputy, on=EVE)
    made.terminated(deputy.mandates.get(), cause=EndCause.RIGHTS)
    assert Suspension.objects.get().to_on == DAY


def test_a_convenor_who_rests_convenes_again_when_reinstated():
    deputy, group = with_post(make.deputy()), make.group()
    groups.name_convenor(group, deputy=deputy, by=make.actor(), today=EVE - timedelta(days=9))
    made.suspended(deputy, on=EVE)
    assert acting(deputy) == []
    made.reinstated(deputy)
    assert acting(deputy) == [Role.CONVENOR, Role.DEPUTY]


def test_a_recall_needs_the_votes_of_those_who_elected():
    seat = make.deputy().mandates.get()
    with pytest.raises(Refused, match="表决人数"):
        made.terminated(seat, cause=EndCause.RECALLED)
    with pytest.raises(Refused, match="罢免没有通过"):
        made.terminated(seat, cause=EndCause.RECALLED, votes=450, of=900)
    with pytest.raises(Refused, match="具体情况"):
        made.terminated(seat, detail="")
    change = made.terminated(seat, cause=EndCause.RECALLED, votes=451, of=900, detail="5月2日表决")
    assert change.reason == "被罢免。原选区全体选民 900 人，451 人赞成罢免。5月2日表决"


def test_an_announcement_is_not_dated_before_the_one_before():
    term = made.term()
    made.terminated(make.deputy().mandates.get(), on=EVE)
    made.announced(term)
    made.terminated(make.deputy().mandates.get(), on=EVE)
    with pytest.raises(Refused, match="不能更早"):
        made.announced(term, on=EVE)
    with pytest.raises(Refused, match="还没到"):
        announcements.announce(term, announced_on=DAY, body="x", by=make.actor(), today=EVE)


def test_announce_numbers_through_the_year_and_counts_before_and_after():
    term = made.term(30)
    people = [make.deputy() for _ in range(3)]
    made.terminated(people[0].mandates.get())
    made.resigned(people[1].mandates.get())
    paper = announcements.announce(
        term, announced_on=DAY, body="县人大常委会", by=make.actor(), today=DAY
    )
    assert (paper.seats, paper.before, paper.after, paper.vacancies) == (30, 3, 1, 29)
    assert str(paper) == "〔2026〕第1号"
    assert trail(paper) == [("announced", "〔2026〕第1号：2 项变动")]
    made.elected(seat=made.seat(term))
    second = made.announced(term)
    assert (second.number, second.before, second.after) == (2, 1, 2)
    assert SeatChange.objects.to_announce().count() == 0
