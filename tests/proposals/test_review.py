"""审: refuse, treat as a letter, split, merge and part again."""

from time import sleep

import pytest
from django.db import IntegrityError, transaction

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from congress.shared.workflow import lock
from proposals.actions import assignment, locking, review
from proposals.models import Ask, Proposal, RefusalGround
from proposals.permissions.review import asks_seen
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.race import at_once

pytestmark = pytest.mark.django_db
OTHERS = sorted(set(Role) - {Role.STAFF_CLERK, Role.STAFF_DIRECTOR})
WORDS = "属于法院正在审理的案件，请走诉讼程序。"


def ground():
    return RefusalGround.objects.first()


def last(proposal):
    rows = AuditEvent.objects.filter(subject="proposals.Proposal", subject_id=proposal.pk)
    event = rows.order_by("id").last()
    return event.was, event.now


def test_refuse_keeps_ground_and_words_and_tells_lead_and_signers():
    proposal = walk.submitted()
    signature = walk.signed(proposal)
    proposal = review.refuse(proposal, ground=ground(), words=WORDS, by=make.actor())
    assert (proposal.state, proposal.ground, proposal.number) == (State.REFUSED, ground(), "")
    assert last(proposal) == ("submitted", "refused")
    for person in (proposal.lead.user, signature.deputy.user):
        assert WORDS in Notice.objects.get(person=person).text


def test_treat_as_letter_says_who_answers_it():
    proposal = review.treat_as_letter(walk.submitted(), words="转信访局办理。", by=make.actor())
    assert (proposal.state, proposal.closing_words) == (State.LETTER, "转信访局办理。")
    assert last(proposal) == ("submitted", "letter")
    assert "转信访局" in Notice.objects.get(person=proposal.lead.user).text


def test_split_writes_the_points_in_their_order():
    proposal = walk.proposal(State.ACCEPTED)
    review.split(proposal, asks=["先装护栏。", " ", "再检测桥面。"], by=make.actor())
    rows = list(proposal.asks.values_list("position", "text"))
    assert rows == [(1, "先装护栏。"), (2, "再检测桥面。")]
    assert last(proposal) == ("", "split")


def test_split_is_refused_once_a_colleague_has_split_meanwhile():
    proposal = walk.proposal(State.ACCEPTED)
    seen, by = asks_seen(proposal), make.actor()
    review.split(proposal, asks=["一。", "二。"], by=by, seen=seen)
    with pytest.raises(Refused, match="刚刚拆分过"):
        review.split(proposal, asks=["三。"], by=by, seen=seen)
    assert proposal.asks.count() == 2


def test_split_is_refused_without_points_and_with_too_many():
    proposal = walk.proposal(State.ACCEPTED)
    with pytest.raises(Refused, match="至少要有一条"):
        review.split(proposal, asks=[], by=make.actor())
    with pytest.raises(Refused, match="最多拆成 20 条"):
        review.split(proposal, asks=["办。"] * 21, by=make.actor())


def test_merge_keeps_both_numbers_and_tells_each_deputy_and_unmerge_parts_them():
    proposal, into = walk.merged()
    assert (proposal.state, proposal.merged_into) == (State.MERGED, into)
    assert {proposal.number, into.number} == {"1905001", "1905002"}
    assert last(proposal) == ("accepted", "merged")
    assert last(into) == ("", "took_in")
    assert Notice.objects.filter(person=proposal.lead.user, text__contains="并案").count() == 1
    proposal = review.unmerge(proposal, by=make.actor())
    assert (proposal.state, proposal.merged_into) == (State.ACCEPTED, None)
    assert last(proposal) == ("merged", "accepted")


def test_what_took_another_in_cannot_go_into_a_third_nor_into_itself():
    proposal, into = walk.merged()
    third = walk.proposal(State.ACCEPTED)
    with pytest.raises(Refused, match="已经并入这一件"):
        review.merge(into, into=third, by=make.actor())
    with pytest.raises(Refused, match="不能并入自己"):
        review.merge(third, into=third, by=make.actor())
    with pytest.raises(Refused, match="只能并入还没有交办的"):
        review.merge(third, into=proposal, by=make.actor())


VERBS = {
    "refuse": lambda row, by: review.refuse(row, ground=ground(), words=WORDS, by=by),
    "treat_as_letter": lambda row, by: review.treat_as_letter(row, words=WORDS, by=by),
    "split": lambda row, by: review.split(row, asks=["办。"], by=by),
    "merge": lambda row, by: review.merge(row, into=row, by=by),
    "unmerge": lambda row, by: review.unmerge(row, by=by),
}
WRONG = {
    "refuse": (State.ACCEPTED, "不能再不予受理"),
    "treat_as_letter": (State.RETURNED, "不能再转作来信"),
    "split": (State.SUBMITTED, "不能再拆分"),
    "merge": (State.ASSIGNED, "待交办的才能并案"),
    "unmerge": (State.ACCEPTED, "不在并案办理中"),
}
"""For each verb a state out of turn, and the sentence."""


@pytest.mark.parametrize("name", VERBS)
def test_no_other_role_decides(name):
    proposal = walk.submitted()
    for role in OTHERS:
        with pytest.raises(Refused, match="只有代工委"):
            VERBS[name](proposal, make.actor(role))


@pytest.mark.parametrize("name", VERBS)
def test_nothing_is_decided_out_of_turn(name):
    state, words = WRONG[name]
    with pytest.raises(Refused, match=words):
        VERBS[name](walk.proposal(state), make.actor())


def test_no_decision_against_a_proposal_goes_without_words():
    proposal, by = walk.submitted(), make.actor()
    with pytest.raises(Refused, match="写明理由"):
        review.refuse(proposal, ground=ground(), words=" ", by=by)
    with pytest.raises(Refused, match="转给谁"):
        review.treat_as_letter(proposal, words="", by=by)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["refuse", "treat_as_letter"])
def test_four_clicks_decide_once(name):
    proposal, by = walk.submitted(), make.actor()
    assert at_once(4, VERBS[name], proposal, by) == ["done", *["refused"] * 3]


@pytest.mark.django_db(transaction=True)
def test_four_clicks_merge_once_and_part_once():
    one, other = walk.accepted(2)
    by = make.actor()
    assert at_once(4, review.merge, one, into=other, by=by) == ["done", *["refused"] * 3]
    assert at_once(4, review.unmerge, one, by=by) == ["done", *["refused"] * 3]


@pytest.mark.django_db(transaction=True)
def test_two_merged_into_each_other_at_once_are_merged_one_way():
    one, other = walk.accepted(2)
    by, pairs = make.actor(), iter([(one, other), (other, one)])

    def merge():
        row, into = next(pairs)
        review.merge(row, into=into, by=by)

    assert at_once(2, merge) == ["done", "refused"]
    assert Proposal.objects.filter(state=State.MERGED).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("other_way", [False, True])
def test_a_stale_merge_and_a_parting_at_once_never_wait_for_each_other(monkeypatch, other_way):
    """The locks are slow: two verbs that took them in different orders would meet in a ring."""
    one, other = walk.accepted(2)
    row, into = (other, one) if other_way else (one, other)
    by = make.actor()
    review.merge(row, into=into, by=by)
    row = Proposal.objects.get(pk=row.pk)
    deeds = iter(
        [
            lambda: review.merge(into, into=row, by=by),
            lambda: review.unmerge(row, by=by),
        ]
    )

    def slowly(found):
        locked = lock(found)
        sleep(0.3)
        return locked

    monkeypatch.setattr(locking, "lock", slowly)
    assert "done" in at_once(2, lambda: next(deeds)())


@pytest.mark.django_db(transaction=True)
def test_split_and_assign_at_once_leave_whole_asks():
    proposal, by = walk.proposal(State.ACCEPTED), make.actor()
    deeds = iter(
        [
            lambda: review.split(proposal, asks=["一。", "二。"], by=by),
            lambda: assignment.assign(
                proposal, shares=walk.shares(), by=by, today=walk.ASSIGNED_ON
            ),
        ]
    )
    at_once(2, lambda: next(deeds)())
    assert list(proposal.asks.values_list("position", flat=True)) in ([1], [1, 2])


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"state": State.REFUSED, "closing_words": "不行"}, "refused_has_its_ground"),
        ({"state": State.LETTER}, "closed_says_why"),
        ({"state": State.MERGED, "number": "x"}, "merged_into_another"),
    ],
)
def test_the_database_keeps_decisions_whole(change, name):
    proposal = walk.submitted()
    changes = change | ({"accepted_on": walk.ACCEPTED_ON} if "number" in change else {})
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(**changes)


def test_the_database_keeps_one_ask_at_each_position():
    proposal = walk.proposal(State.ACCEPTED)
    with pytest.raises(IntegrityError, match="ask_position_once"), transaction.atomic():
        Ask.objects.create(proposal=proposal, position=1, text="又一条")
