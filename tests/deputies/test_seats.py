"""代表资格: who wins, loses, rests and resumes a seat; what hangs on it (代表法 art. 61-63)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Post
from congress.shared.roles import STAFF, Role
from deputies.actions import announcements, groups, revoking, seats
from deputies.actions.seats import Decision
from deputies.models import (
    Announcement,
    Deputy,
    Mandate,
    Membership,
    SeatChange,
    Suspension,
)
from deputies.states import ChangeKind, ChangeState, EndCause, SuspensionGround
from tests import make
from tests.deputies import seats as made
from tests.race import at_once

pytestmark = pytest.mark.django_db
DAY, EVE = made.DAY, made.DAY - timedelta(days=1)
NO_OFFICE = sorted(set(Role) - STAFF)


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


def test_revoke_change_gives_a_convenor_the_group_back_unless_somebody_took_it():
    deputy, other = with_post(make.deputy()), with_post(make.deputy())
    group = make.group()
    groups.name_convenor(group, deputy=deputy, by=make.actor(), today=EVE - timedelta(days=9))
    revoking.revoke_change(made.terminated(deputy.mandates.get()), by=make.actor(), today=DAY)
    group.refresh_from_db()
    assert (group.convenor, acting(deputy)) == (deputy.user, [Role.CONVENOR, Role.DEPUTY])
    change = made.terminated(deputy.mandates.get())
    groups.name_convenor(group, deputy=other, by=make.actor(), today=DAY)
    revoking.revoke_change(change, by=make.actor(), today=DAY)
    group.refresh_from_db()
    assert (group.convenor, acting(deputy)) == (other.user, [Role.DEPUTY])


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


@pytest.mark.parametrize("undone", ["terminated", "resigned", "suspended", "reinstated"])
def test_revoke_change_leaves_everything_as_it_was(undone):
    deputy = with_post(make.deputy())
    if undone == "reinstated":
        made.suspended(deputy, on=EVE - timedelta(days=3))
    before = picture(deputy)
    of = deputy if undone in ("suspended", "reinstated") else deputy.mandates.get()
    getattr(made, undone)(of)
    change = SeatChange.objects.latest("pk")
    revoking.revoke_change(change, by=make.actor(), today=DAY)
    assert picture(deputy) == before
    change.refresh_from_db()
    assert change.state == ChangeState.REVOKED
    assert trail(change)[-1][0] == "revoked"


def test_revoke_change_of_an_end_in_the_past_restores_the_group_moved_to_meanwhile():
    deputy, other = with_post(make.deputy()), make.group("柳河镇第二代表小组")
    groups.move_member(deputy, group=other, by=make.actor(), today=EVE)
    before = picture(deputy)
    for _ in range(2):
        early = EVE - timedelta(days=9)
        change = made.terminated(deputy.mandates.get(), on=early)
        assert deputy.membership_set.get().to_on == early
        revoking.revoke_change(change, by=make.actor(), today=DAY)
        assert picture(deputy) == before
    assert [deed for deed, _ in trail(deputy)] == [
        "regrouped",
        *["spell_dropped", "spell_restored"] * 2,
    ]


def test_revoke_change_gives_a_post_anew_that_began_after_the_end_in_the_past():
    deputy = make.deputy()
    post = deputy.user.posts.create(
        organisation=make.organisation("township"), role=Role.DEPUTY, from_on=EVE
    )
    change = made.terminated(deputy.mandates.get(), on=EVE - timedelta(days=9))
    assert (acting(deputy), trail(post)) == ([], [("dropped", "")])
    revoking.revoke_change(change, by=make.actor(), today=DAY)
    assert acting(deputy) == [Role.DEPUTY]


def test_what_is_reopened_is_in_the_trail():
    deputy, by = with_post(make.deputy()), make.actor()
    groups.name_convenor(make.group(), deputy=deputy, by=by, today=EVE - timedelta(days=9))
    change = made.terminated(deputy.mandates.get(), on=EVE)
    last = AuditEvent.objects.latest("pk").pk
    revoking.revoke_change(change, by=by, today=DAY)
    told = AuditEvent.objects.filter(pk__gt=last).exclude(subject="deputies.SeatChange")
    assert sorted(told.values_list("subject", "now", "by_id")) == sorted(
        [
            ("deputies.Membership", "reopened", by.user.pk),
            ("deputies.DeputyGroup", "convenor_named", by.user.pk),
            ("shared.Post", "reopened", by.user.pk),
            ("shared.Post", "reopened", by.user.pk),
        ]
    )


def picture(deputy):
    return (
        list(deputy.mandates.values_list("to_on", "end_cause")),
        list(deputy.membership_set.order_by("from_on").values_list("group", "from_on", "to_on")),
        list(deputy.suspensions.values_list("from_on", "to_on")),
        acting(deputy, EVE),
        acting(deputy),
    )


def test_revoke_change_of_a_by_election_removes_seat_and_newcomer():
    change = made.elected()
    revoking.revoke_change(change, by=make.actor(), today=DAY)
    assert not Deputy.objects.filter(name="覃小满").exists()
    assert (Mandate.objects.count(), Membership.objects.count()) == (0, 0)


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
