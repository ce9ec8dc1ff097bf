"""附议的代表不在任了: before 提出 such a signature counts no more; after it, it stays one."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.db import connection
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from deputies import codes
from deputies.models import DutyRecord
from proposals.actions import review, signing, submission
from proposals.states import Kind, Signature, State
from tests import make
from tests.deputies.seats import suspended
from tests.proposals import walk

pytestmark = pytest.mark.django_db
LEFT_ON, HANDED_IN_ON = date(2026, 1, 6), date(2026, 1, 7)


@pytest.fixture(autouse=True)
def _on_7_january():
    with clock.at(datetime(2026, 1, 7, 2, tzinfo=UTC)):
        yield


def bill(signers=9):
    row = walk.signing(kind=Kind.BILL)
    return row, [walk.signed(row) for _ in range(signers)]


def hands_in(row):
    return submission.hand_in(row, by=make.as_deputy(row.lead), today=HANDED_IN_ON)


def test_hand_in_counts_nobody_who_has_left():
    row, (first, *_) = bill()
    make.leaves(first.deputy, LEFT_ON)
    with pytest.raises(Refused, match="现在有 9 名，还差 1 名"):
        hands_in(row)
    walk.signed(row)
    assert hands_in(row).state == State.SUBMITTED


def test_nor_who_rests():
    row, (first, *_) = bill()
    suspended(first.deputy, on=LEFT_ON, today=LEFT_ON)
    with pytest.raises(Refused, match="还差 1 名"):
        hands_in(row)


def test_hand_in_ends_the_signature_of_whoever_has_left_and_leaves_a_line():
    row, (first, *_) = bill(10)
    make.leaves(first.deputy, LEFT_ON)
    hands_in(row)
    first.refresh_from_db()
    assert first.state == Signature.LEFT
    steps = AuditEvent.objects.filter(subject="proposals.Cosignature", subject_id=first.pk)
    assert steps.order_by("id").last().now == Signature.LEFT
    assert "附议 9 人" in AuditEvent.objects.get(subject_id=row.pk, now=State.SUBMITTED).note


def test_duties_go_to_those_alone_who_counted():
    row, (first, *others) = bill(10)
    make.leaves(first.deputy, LEFT_ON)
    hands_in(row)
    review.accept(row, by=make.actor(), today=walk.ACCEPTED_ON)
    done = DutyRecord.objects.filter(item__code=codes.COSIGNED)
    assert set(done.values_list("deputy", flat=True)) == {each.deputy_id for each in others}


def test_who_leaves_between_handing_in_and_acceptance_undoes_nothing():
    row, signed = bill()
    hands_in(row)
    for each in signed:
        make.leaves(each.deputy, HANDED_IN_ON)
    assert review.accept(row, by=make.actor(), today=walk.ACCEPTED_ON).state == State.ACCEPTED


def test_whoever_acts_again_may_sign_what_was_handed_in_without_them():
    row, (first, *_) = bill(10)
    suspended(first.deputy, on=LEFT_ON, today=LEFT_ON)
    row = hands_in(row)
    first.deputy.suspensions.update(to_on=HANDED_IN_ON)
    by = make.as_deputy(first.deputy)
    assert signing.cosign(row, deputy=first.deputy, by=by, today=HANDED_IN_ON).state == "standing"


@pytest.mark.parametrize("handed_in", [False, True])
def test_the_page_says_who_counts_no_more(client, handed_in):
    row, (first, *_) = bill(10)
    make.leaves(first.deputy, LEFT_ON)
    if handed_in:
        hands_in(row)
    client.force_login(row.lead.user)
    page = client.get(reverse("proposals:detail", args=[row.pk])).content.decode()
    assert "附议代表 9 位" in page
    assert f"不在任或者暂停职务，不算数：</b>{first.deputy.name}" in page
    if not handed_in:
        assert "已有 9 人附议，另有 1 人不在任或者暂停职务，不算数" in page


def test_the_list_of_what_may_be_signed_counts_the_same(client):
    _, (first, *_) = bill(3)
    make.leaves(first.deputy, LEFT_ON)
    client.force_login(make.as_deputy(make.deputy()).user)
    page = client.get(reverse("proposals:to_cosign")).content.decode()
    assert "已有 2 人附议" in page


def test_of_what_was_handed_in_before_the_rule_the_migration_ends_such_signatures_once():
    row, (first, *_) = bill(10)
    hands_in(row)
    make.leaves(first.deputy, LEFT_ON)
    migration = import_module("proposals.migrations.0029_signers_who_left")
    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute(migration.Migration.operations[-1].sql)
    ended = AuditEvent.objects.filter(note__startswith="补记：")
    assert [each.subject_id for each in ended] == [first.pk]
    first.refresh_from_db()
    assert first.state == Signature.LEFT
