"""双联不能这样做的: whose it is not, what cannot be, two at once, and when code forgets."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from congress.shared.errors import Refused
from congress.shared.roles import STAFF, Role
from deputies.actions import liaison
from deputies.models import CommitteePost, Liaison
from deputies.permissions.liaison import Change
from deputies.states import CommitteePostKind, ContactWay, LiaisonKind
from tests import make
from tests.deputies import contact as made
from tests.deputies import seats
from tests.deputies.test_liaison import running
from tests.race import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_may_with_congress")]
TODAY, NEXT = made.TODAY, made.NEXT
MEMBER, DIRECTOR, OFFICE = LiaisonKind.MEMBER, LiaisonKind.DIRECTOR, LiaisonKind.OFFICE


DEEDS = {
    "appoint": lambda by: made.post(by=by),
    "step_down": lambda by: liaison.step_down(made.post(), by=by, today=NEXT),
    "assign": lambda by: made.assigned(by=by),
    "end_liaison": lambda by: liaison.end_liaison(made.assigned(), by=by, today=NEXT),
    "rebalance": lambda by: liaison.rebalance(
        MEMBER, changes=[Change(make.deputy(), made.holder())], by=by, today=TODAY
    ),
}


@pytest.mark.parametrize("name", DEEDS)
def test_only_the_office_arranges(name):
    for role in sorted(set(Role) - STAFF):
        with pytest.raises(Refused, match="只有代工委可以安排联系"):
            DEEDS[name](make.actor(role))


@pytest.mark.parametrize("role", [Role.LEADER, Role.TOWNSHIP_CLERK, Role.DEPUTY])
def test_a_contact_is_its_holders_or_the_offices_to_write_and_withdraw(role):
    row = made.assigned()
    with pytest.raises(Refused, match="联系人本人"):
        made.contacted(row, by=make.actor(role))
    record = made.contacted(row, by=make.actor())
    with pytest.raises(Refused, match="只有登记人"):
        liaison.withdraw_contact(record, by=make.as_deputy(row.holder), today=TODAY)


def ended():
    row = made.assigned()
    made.contacted(row)
    liaison.end_liaison(row, by=make.actor(), today=NEXT)
    row.refresh_from_db()
    return row


def covered():
    return made.assigned().deputy


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda: made.post(make.deputy(levels=("township",))), "不是青禾县人民代表大会代表"),
        (lambda: made.post(made.post().deputy), "已经登记了这个职务"),
        (lambda: made.post(made.post().deputy, CommitteePostKind.HEAD), "已经是组成人员"),
        (lambda: liaison.step_down(stepped(), by=make.actor(), today=NEXT), "已经卸任"),
        (lambda: made.assigned(who=make.deputy()), "没有登记相应的职务"),
        (lambda: made.assigned(target=covered()), "要换人请先结束"),
        (lambda: (lambda one: made.assigned(who=one, target=one))(made.holder()), "自己联系自己"),
        (lambda: made.assigned(target=gone()), "不是在任代表"),
        (lambda: made.assigned(OFFICE, target=make.group("第九小组")), "包联所在的小组"),
        (lambda: liaison.end_liaison(ended(), by=make.actor(), today=NEXT), "已经结束"),
        (lambda: made.contacted(done_on=NEXT), "还没有到"),
        (lambda: made.contacted(done_on=TODAY - timedelta(days=1)), "不能更早"),
        (lambda: made.contacted(ended(), done_on=NEXT, today=NEXT), "那天已经结束"),
        (lambda: liaison.rebalance(MEMBER, changes=[], by=make.actor(), today=TODAY), "至少勾选"),
        (
            lambda: liaison.rebalance(
                MEMBER, changes=[Change(covered(), made.holder())], by=make.actor(), today=TODAY
            ),
            "刚才有变动",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(act, why):
    with pytest.raises(Refused, match=why):
        act()


def stepped():
    row = made.post()
    return liaison.step_down(row, by=make.actor(), today=NEXT)


def gone():
    person = make.deputy()
    make.leaves(person, TODAY)
    return person


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [*DEEDS, "record_contact", "withdraw_contact"])
def test_of_two_at_once_one_is_refused(name):
    by, row = make.actor(), made.assigned()
    record, free = made.contacted(row), make.deputy()
    post = CommitteePost.objects.get(deputy=row.holder)
    member = {"assembly": make.assembly(), "post": CommitteePostKind.MEMBER, "today": TODAY}
    again = {"done_on": TODAY, "way": ContactWay.PHONE, "words": "电话", "asked": ""}
    acts = {
        "appoint": (liaison.appoint, free, member),
        "step_down": (liaison.step_down, post, {"today": NEXT}),
        "assign": (liaison.assign, row.holder, {"kind": MEMBER, "target": free, "today": TODAY}),
        "end_liaison": (liaison.end_liaison, row, {"today": NEXT}),
        "rebalance": (
            liaison.rebalance,
            MEMBER,
            {"changes": [Change(free, row.holder)], "today": TODAY},
        ),
        "record_contact": (liaison.record_contact, row, again | {"today": TODAY}),
        "withdraw_contact": (liaison.withdraw_contact, record, {"today": TODAY}),
    }
    verb, about, how = acts[name]
    assert at_once(2, verb, about, by=by, **how) == ["done", "refused"]


def test_contacts_are_locked_in_one_order_whoever_holds():
    pair, orders = [made.holder(), made.holder()], []
    for holder, target in (pair, pair[::-1]):
        with CaptureQueriesContext(connection) as asked:
            made.assigned(who=holder, target=target, by=make.actor())
        locks = [each["sql"] for each in asked if "FOR NO KEY UPDATE" in each["sql"]]
        orders.append([sql for sql in locks if 'FROM "deputies_deputy"' in sql])
    assert (len(orders[0]), orders[0]) == (2, orders[1])


@pytest.mark.django_db(transaction=True)
def test_crossed_contacts_arranged_at_once_do_not_wait_for_each_other():
    by = make.actor()
    for _ in range(5):
        one, other = made.holder(), made.holder()
        turn = iter([(one, other), (other, one)])

        def cross(turn=turn):
            holder, target = next(turn)
            made.assigned(who=holder, target=target, by=by)

        assert at_once(2, cross) == ["done", "done"]


@pytest.mark.django_db(transaction=True)
def test_nobody_is_left_with_who_steps_down_at_the_same_moment():
    by = make.actor()
    for _ in range(5):
        row, target = made.post(), make.deputy()
        turn = iter(
            [
                lambda row=row: liaison.step_down(row, by=by, today=TODAY),
                lambda row=row, target=target: made.assigned(who=row.deputy, target=target, by=by),
            ]
        )
        at_once(2, lambda turn=turn: next(turn)())
        assert running(holder=row.deputy) == 0


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"kind": DIRECTOR}, "liaison_has_the_one_target_of_its_kind"),
        ({"to_on": TODAY}, "liaison_ends_after_it_begins"),
    ],
)
def test_the_constraints_hold_when_code_forgets(facts, name):
    row = made.assigned()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Liaison.objects.filter(pk=row.pk).update(**facts)


def test_a_suspended_holder_records_no_contact():
    row = made.assigned(MEMBER)
    seats.suspended(row.holder, on=TODAY)
    with pytest.raises(Refused, match="现在不执行代表职务"):
        made.contacted(row, by=make.actor())
