"""换届: one term ends at midnight, the next begins; the re-elected keep one identity."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Post, Term
from congress.shared.roles import Role
from deputies.actions import groups, leaving, revoking, roster, terms
from deputies.models import Deputy, Mandate, SpecialistGroup
from deputies.states import EndCause
from tests import make
from tests.deputies import seats as made
from tests.deputies import sheet
from tests.race import at_once

pytestmark = pytest.mark.django_db
OPENS = date(2026, 12, 28)
EVE = OPENS - timedelta(days=1)
DAY = made.DAY


def open_next(*, by=None, number=20, on=OPENS, seats=30, of=None, today=DAY):
    return terms.open_term(
        of or make.assembly(),
        number=number,
        from_on=on,
        seats=seats,
        by=by or make.director(),
        today=today,
    )


def acting(deputy, day):
    return sorted(Post.objects.of(deputy.user).in_force(day).values_list("role", flat=True))


def county_deputy(name="罗明贵"):
    deputy = make.deputy(name)
    make.as_deputy(deputy)
    return deputy


def test_open_term_ends_every_seat_at_that_midnight_and_not_before():
    deputy, both = county_deputy(), make.deputy(levels=("county", "township"))
    term = open_next()
    seat = deputy.mandates.get()
    assert (seat.to_on, seat.end_cause) == (EVE, EndCause.TERM)
    assert (acting(deputy, EVE), acting(deputy, OPENS)) == ([Role.DEPUTY], [])
    assert Deputy.objects.sitting(EVE).count() == 2
    assert list(Deputy.objects.sitting(OPENS)) == [both]
    assert deputy.membership_set.get().to_on == OPENS
    assert both.membership_set.get().to_on is None
    assert (term.number, term.seats, seat.term.to_on) == (20, 30, EVE)
    trail = AuditEvent.objects.filter(subject="shared.Term", subject_id=term.pk)
    assert list(trail.values_list("now", "note")) == [("opened_term", "2026-12-28 起，名额 30 名")]
    ended = AuditEvent.objects.filter(subject="deputies.Mandate", now="term_ended")
    assert set(ended.values_list("subject_id", flat=True)) == set(
        Mandate.objects.filter(end_cause=EndCause.TERM).values_list("pk", flat=True)
    )


def test_the_current_term_follows_the_day():
    first, second = make.term(), open_next()
    assert Term.objects.current(make.assembly(), EVE) == first
    assert Term.objects.current(make.assembly(), OPENS) == second
    assert list(Term.objects.running(OPENS)) == [second]


def test_a_deputys_pages_close_at_midnight(client):
    deputy = county_deputy()
    open_next()
    client.force_login(deputy.user)
    late = timezone.make_aware(datetime.combine(EVE, time(23, 59)))
    with clock.at(late):
        assert "代表，" in client.get("/").content.decode()
    with clock.at(late + timedelta(minutes=1)):
        assert "代表，" not in client.get("/").content.decode()
        client.logout()
        assert deputy.name not in client.get("/deputies/").content.decode()


def test_the_next_terms_roster_keeps_one_identity_and_one_history():
    row = sheet.row()
    sheet.apply([row])
    deputy = Deputy.objects.get()
    deputy.user = make.user(deputy.name)
    deputy.save()
    make.actor(Role.DEPUTY, user=deputy.user)
    with clock.at(timezone.make_aware(datetime.combine(OPENS - timedelta(days=40), time(9)))):
        open_next(on=OPENS, of=deputy.mandates.get().term.assembly)
        again = row | {"代表证号": "200001", "工作单位及职务": "柳河镇桃园村党支部书记"}
        batch = sheet.upload([again], elected_on=OPENS)
        roster.apply(batch, by=make.actor(), today=OPENS - timedelta(days=40))
    assert Deputy.objects.get().pk == deputy.pk
    seats = deputy.mandates.order_by("from_on").values_list("term__number", "from_on", "to_on")
    assert list(seats) == [(19, sheet.ELECTED_ON, EVE), (20, OPENS, None)]
    spells = deputy.membership_set.order_by("from_on").values_list("from_on", "to_on")
    assert list(spells) == [(sheet.ELECTED_ON, OPENS), (OPENS, None)]
    assert (acting(deputy, EVE), acting(deputy, OPENS)) == ([Role.DEPUTY], [Role.DEPUTY])


def test_revoke_term_leaves_everything_as_it_was():
    deputy = county_deputy()
    term = open_next()
    terms.revoke_term(term, by=make.director())
    seat = deputy.mandates.get()
    assert (seat.to_on, seat.end_cause, make.term().to_on) == (None, "", None)
    assert deputy.membership_set.get().to_on is None
    assert acting(deputy, OPENS) == [Role.DEPUTY]
    assert not Term.objects.filter(number=20).exists()
    told = AuditEvent.objects.filter(subject="shared.Term", now="term_reopened")
    assert told.get().note == "撤销第 20 届"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.STAFF_DIRECTOR}))
def test_only_the_director_opens_and_revokes_a_term(role):
    make.term()
    with pytest.raises(Refused, match="只有代工委主任"):
        open_next(by=make.actor(role))
    term = open_next()
    with pytest.raises(Refused, match="只有代工委主任"):
        terms.revoke_term(term, by=make.actor(role))


def test_terms_follow_each_other():
    with pytest.raises(Refused, match="还没有任何一届"):
        open_next()
    make.term()
    with pytest.raises(Refused, match="下一届是第 20 届"):
        open_next(number=21)
    with pytest.raises(Refused, match="晚于本届开始"):
        open_next(on=make.ELECTED_ON)
    deputy = make.deputy()
    with transaction.atomic():
        deputy.mandates.update(from_on=OPENS)
        deputy.membership_set.update(from_on=OPENS)
    with pytest.raises(Refused, match="以后才任职"):
        open_next()


def test_a_term_with_seats_and_a_first_term_are_not_revoked():
    with pytest.raises(Refused, match="第一届"):
        terms.revoke_term(make.term(), by=make.director())
    term = open_next()
    made.elected(seat=made.seat(term), on=OPENS, today=OPENS)
    with pytest.raises(Refused, match="已经有代表"):
        terms.revoke_term(term, by=make.director())


def test_a_convenor_is_released_once_a_prepared_change_of_term_has_come():
    deputy, group = county_deputy(), make.group()
    groups.name_convenor(group, deputy=deputy, by=make.actor(), today=DAY)
    open_next()
    assert leaving.release_convenors(EVE) == 0
    assert (leaving.release_convenors(OPENS), leaving.release_convenors(OPENS)) == (1, 0)
    group.refresh_from_db()
    assert (group.convenor, acting(deputy, OPENS)) == (None, [])


def test_the_nightly_release_ends_a_post_without_end_and_a_leader_with_their_trail():
    deputy, group = county_deputy(), make.group()
    open_next()
    groups.name_convenor(group, deputy=deputy, by=make.actor(), today=DAY)
    Post.objects.of(deputy.user).update(to_on=None)
    specialists = SpecialistGroup.objects.create(
        name="教育组",
        field="教育",
        committee=make.organisation(),
        formed_on=DAY,
        leader=deputy,
    )
    leaving.release_convenors(OPENS)
    post = deputy.user.posts.get(role=Role.CONVENOR)
    told = AuditEvent.objects.filter(by_id=None).values_list("subject", "subject_id", "now")
    assert (post.to_on, acting(deputy, OPENS)) == (EVE, [])
    assert {
        ("shared.Post", post.pk, "ended"),
        ("deputies.SpecialistGroup", specialists.pk, "leader_released"),
        ("deputies.DeputyGroup", group.pk, "convenor_released"),
    } <= set(told)


def test_who_wins_a_seat_while_a_change_of_term_is_prepared_leaves_with_the_rest():
    term = made.term(30)
    make.deputy()
    open_next()
    term.refresh_from_db()
    seat = made.elected(seat=made.seat(term)).mandate
    assert (seat.to_on, seat.end_cause) == (EVE, EndCause.TERM)
    assert seat.deputy.membership_set.get().to_on == OPENS


def test_a_seat_that_ends_early_leaves_the_next_terms_seat_alone():
    row = sheet.row()
    sheet.apply([row])
    deputy = Deputy.objects.get()
    deputy.user = make.user(deputy.name)
    deputy.save()
    make.actor(Role.DEPUTY, user=deputy.user)
    early = OPENS - timedelta(days=40)
    with clock.at(timezone.make_aware(datetime.combine(early, time(9)))):
        open_next(on=OPENS, of=deputy.mandates.get().term.assembly)
        batch = sheet.upload([row | {"代表证号": "200001"}], elected_on=OPENS)
        roster.apply(batch, by=make.actor(), today=early)
    seat = deputy.mandates.get(from_on=sheet.ELECTED_ON)
    change = made.terminated(seat, on=early, today=early)
    assert (acting(deputy, early), acting(deputy, OPENS)) == ([], [Role.DEPUTY])
    spells = deputy.membership_set.order_by("from_on").values_list("from_on", "to_on")
    assert list(spells) == [(sheet.ELECTED_ON, early), (OPENS, None)]
    revoking.revoke_change(change, by=make.actor(), today=early)
    seat.refresh_from_db()
    assert (seat.to_on, seat.end_cause) == (EVE, EndCause.TERM)
    assert acting(deputy, early) == [Role.DEPUTY]
    assert acting(deputy, OPENS) == [Role.DEPUTY]


def test_set_seats_counts_nobody_out():
    for _ in range(2):
        make.deputy()
    term = terms.set_seats(make.term(), seats=30, by=make.director(), today=DAY)
    assert term.seats == 30
    trail = AuditEvent.objects.filter(subject="shared.Term", now="seats_set")
    assert trail.get().note == "名额 30 名"
    with pytest.raises(Refused, match="实有代表 2 名"):
        terms.set_seats(term, seats=1, by=make.director(), today=DAY)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.STAFF_DIRECTOR}))
def test_only_the_director_sets_the_number_of_seats(role):
    with pytest.raises(Refused, match="只有代工委主任"):
        terms.set_seats(make.term(), seats=30, by=make.actor(role), today=DAY)


@pytest.mark.django_db(transaction=True)
def test_a_term_opens_once():
    of, by = make.term().assembly, make.director()
    assert at_once(2, open_next, of=of, by=by) == ["done", "refused"]
    assert Term.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_term_is_revoked_once():
    make.term()
    term, by = open_next(), make.director()
    assert at_once(2, terms.revoke_term, term, by=by) == ["done", "refused"]


@pytest.mark.django_db(transaction=True)
def test_set_seats_at_once_leaves_the_number_and_both_deeds():
    term, by = make.term(), make.director()
    assert at_once(2, terms.set_seats, term, seats=30, by=by, today=DAY) == ["done", "done"]
    term.refresh_from_db()
    deeds = AuditEvent.objects.filter(subject="shared.Term", now="seats_set")
    assert (term.seats, deeds.count()) == (30, 2)


def test_a_prepared_change_of_term_stops_no_correction_of_the_sitting_roster():
    row = sheet.row()
    sheet.apply([row])
    assembly = Deputy.objects.get().mandates.get().term.assembly
    with clock.at(timezone.make_aware(datetime.combine(DAY, time(9)))):
        open_next(of=assembly)
        batch = sheet.upload([row | {"工作单位及职务": "柳河镇桃园村党支部书记"}])
        assert list(batch.rows.values_list("verdict", "changes")) == [
            ("changed", [["工作单位及职务", "柳河镇桃园村村民", "柳河镇桃园村党支部书记"]])
        ]
        roster.apply(batch, by=make.actor(), today=DAY)
        regrouped = sheet.upload([row | {"代表小组": "柳河镇第二代表小组"}])
        assert "换届已经准备好" in sheet.faults(regrouped)[0][1]
        seat = Deputy.objects.get().mandates.get()
    assert (seat.deputy.job, seat.to_on) == ("柳河镇桃园村党支部书记", EVE)
    assert seat.deputy.membership_set.get().to_on == OPENS
    with clock.at(timezone.make_aware(datetime.combine(OPENS, time(9)))):
        assert "已于 2026-12-27 结束" in sheet.faults(sheet.upload([row]))[0][1]
