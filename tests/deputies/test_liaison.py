"""双联: 35 members with 3 to 5 deputies, 7 directors with 2 to 3 townships, 13 with their group."""

from datetime import timedelta

import pytest

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from deputies.actions import liaison, revoking
from deputies.models import CommitteePost, ContactRecord, Liaison
from deputies.queries import liaison as queries
from deputies.queries import rebalancing
from deputies.states import CommitteePostKind, ContactWay, LiaisonKind
from tests import make
from tests.deputies import contact as made
from tests.deputies import seats

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_may_with_congress")]
TODAY, NEXT = made.TODAY, made.NEXT
MEMBER, DIRECTOR, OFFICE = LiaisonKind.MEMBER, LiaisonKind.DIRECTOR, LiaisonKind.OFFICE


def trail(row):
    rows = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk)
    return list(rows.values_list("now", "note"))


def running(day=TODAY, **where):
    return Liaison.objects.running(day).filter(**where).count()


def test_appoint_holds_as_long_as_the_seat():
    deputy = make.deputy("王启秀")
    row = liaison.appoint(
        deputy,
        assembly=make.assembly(),
        post=CommitteePostKind.HEAD,
        by=make.actor(),
        today=TODAY,
    )
    assert (row.from_on, row.to_on, trail(row)) == (TODAY, None, [("appointed", "王启秀：主任")])
    make.leaves(deputy, NEXT)
    row.refresh_from_db()
    assert row.to_on == NEXT


def test_step_down_ends_the_contacts_that_needed_the_post():
    row = made.assigned(MEMBER)
    post = CommitteePost.objects.get(deputy=row.holder)
    liaison.step_down(post, by=make.actor(), today=NEXT)
    post.refresh_from_db()
    assert (post.to_on, running(), running(NEXT)) == (NEXT, 1, 0)
    assert trail(post)[-1][0] == "stepped_down"
    again = made.post()
    assert liaison.step_down(again, by=make.actor(), today=TODAY) is None


def test_step_down_keeps_what_another_post_still_carries():
    holder = made.holder(DIRECTOR)
    office = made.post(holder, CommitteePostKind.OFFICE)
    made.assigned(DIRECTOR, who=holder)
    made.assigned(OFFICE, who=holder)
    liaison.step_down(office, by=make.actor(), today=NEXT)
    assert (running(NEXT, kind=DIRECTOR), running(NEXT, kind=OFFICE)) == (1, 0)


@pytest.mark.parametrize("kind", LiaisonKind)
def test_assign_runs_from_today_and_leaves_its_trail(kind):
    row = made.assigned(kind)
    assert (row.from_on, row.to_on, running(kind=kind)) == (TODAY, None, 1)
    assert trail(row) == [("assigned", f"{row.holder.name}：{row.target}")]


def test_assign_of_each_kind_is_a_verb():
    holder, target = made.holder(), make.deputy()
    row = liaison.assign(holder, kind=MEMBER, target=target, by=make.actor(), today=TODAY)
    assert row.deputy == target


def test_end_liaison_keeps_the_records_and_leaves_none_where_nothing_was():
    row, fresh = made.assigned(), made.assigned()
    made.contacted(row)
    liaison.end_liaison(fresh, by=make.actor(), today=TODAY)
    assert not Liaison.objects.filter(pk=fresh.pk).exists()
    liaison.end_liaison(row, by=make.actor(), today=TODAY)
    assert (running(), running(NEXT), ContactRecord.objects.count()) == (1, 0, 1)
    assert trail(row)[-1][0] == "ended_contact"


def test_record_contact_stands_once_with_who_wrote_it():
    row = made.assigned()
    record = liaison.record_contact(
        row,
        done_on=TODAY,
        way=ContactWay.VISIT,
        words="到家里走访",
        asked="村口路灯不亮",
        by=make.as_deputy(row.holder),
        today=TODAY,
    )
    assert (record.asked, record.made_by) == ("村口路灯不亮", row.holder.user)
    assert trail(row)[-1] == ("contacted", "2026-05-12 走访")
    with pytest.raises(Refused, match="已经登记过"):
        made.contacted(row)


def test_withdraw_contact_leaves_only_the_trail():
    record = made.contacted()
    liaison.withdraw_contact(record, by=make.as_deputy(record.liaison.holder), today=TODAY)
    assert not ContactRecord.objects.exists()
    assert trail(record.liaison)[-1] == ("contact_withdrawn", "2026-05-12 走访")


def test_rebalance_covers_who_was_left_and_moves_who_was_too_many():
    full, empty = made.holder(), made.holder()
    for _ in range(6):
        made.assigned(who=full)
    left = make.deputy()
    steps = rebalancing.suggested(MEMBER, make.assembly(), NEXT)
    assert left.pk in [step.target.pk for step in steps]
    liaison.rebalance(MEMBER, changes=steps, by=make.actor(), today=NEXT)
    board = queries.board(MEMBER, make.assembly(), NEXT)
    assert [len(line.kept) for line in board.lines] in ([4, 3], [3, 4])
    assert (board.uncovered, running(TODAY, holder=full)) == ((), 6)
    assert running(NEXT, holder=empty) >= 3


def test_who_leaves_is_contacted_no_more_and_a_change_taken_back_restores_it():
    row = made.assigned()
    change = seats.terminated(row.deputy.mandates.get(), on=NEXT, today=NEXT)
    assert running(NEXT) == 0
    revoking.revoke_change(change, by=make.actor(), today=NEXT)
    assert running(NEXT) == 1


def test_who_left_before_a_contact_that_was_kept_is_contacted_one_day():
    row = made.assigned()
    made.contacted(row)
    seats.terminated(row.deputy.mandates.get(), on=TODAY - timedelta(days=3))
    row.refresh_from_db()
    assert (row.to_on, running(NEXT), ContactRecord.objects.count()) == (NEXT, 0, 1)


def test_a_change_taken_back_leaves_alone_what_went_to_another_holder():
    row = made.assigned(DIRECTOR)
    change = seats.terminated(row.holder.mandates.get(), on=NEXT, today=NEXT)
    other = made.assigned(DIRECTOR, target=row.area, today=NEXT)
    revoking.revoke_change(change, by=make.actor(), today=NEXT)
    assert Liaison.objects.running(NEXT).get() == other


def test_contacts_stand_in_one_order_however_they_are_counted():
    assert queries.running(MEMBER, TODAY, TODAY).ordered
