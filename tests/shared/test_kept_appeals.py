"""申诉是保全的: what it says never changes, and what was answered is not answered again."""

import pytest

from scoring.actions import appeals
from tests import make
from tests.scoring import facts
from tests.tamper import refused

pytestmark = pytest.mark.django_db


KEPT_OF_AN_APPEAL = [
    "entry_id = entry_id",
    "words = '不是这样说的'",
    "opened_at = opened_at - interval '1 day'",
    "due_on = due_on + 1",
    "opened_by_id = verified_by_id",
    "checked_by_id = opened_by_id",
    "verified_by_id = opened_by_id",
]
OUTCOMES = [
    "answer = '另一句'",
    "answered_at = now()",
    "answered_by_id = answered_by_id + 1",
    "state = 'open', answered_by_id = NULL, answered_at = NULL, answer = ''",
    "state = 'dismissed'",
]


@pytest.mark.parametrize("change", KEPT_OF_AN_APPEAL)
def test_what_an_appeal_says_cannot_be_changed_even_while_it_is_open(ledger, change):
    appeal = facts.contested(ledger)
    said = refused(f"UPDATE scoring_appeal SET {change} WHERE id = {appeal.pk}")  # noqa: S608
    assert "permission denied" in said


def test_the_owner_cannot_change_what_an_appeal_says_unaware(ledger, as_owner):
    appeal = facts.contested(ledger)
    for change in KEPT_OF_AN_APPEAL[1:]:
        said = refused(f"UPDATE scoring_appeal SET {change} WHERE id = {appeal.pk}")  # noqa: S608
        assert f"appeal {appeal.pk} is kept" in said
    gone = refused(f"DELETE FROM scoring_appeal WHERE id = {appeal.pk}")  # noqa: S608
    assert f"appeal {appeal.pk} is kept" in gone


@pytest.mark.parametrize("change", OUTCOMES)
def test_an_answered_appeal_cannot_be_changed(ledger, change):
    appeal = appeals.uphold(facts.contested(ledger), answer="应当取消。", by=make.actor())
    said = refused(f"UPDATE scoring_appeal SET {change} WHERE id = {appeal.pk}")  # noqa: S608
    assert f"appeal {appeal.pk} is kept" in said


def test_a_withdrawn_appeal_is_not_opened_again(ledger):
    appeal = facts.contested(ledger)
    appeals.withdraw_appeal(appeal, by=make.as_deputy(ledger.deputy))
    again = refused(f"UPDATE scoring_appeal SET state = 'open' WHERE id = {appeal.pk}")  # noqa: S608
    assert f"appeal {appeal.pk} is kept" in again


def test_no_appeal_begins_answered(ledger):
    appeals.withdraw_appeal(facts.contested(ledger), by=make.as_deputy(ledger.deputy))
    columns = "entry_id, words, opened_at, due_on, opened_by_id, checked_by_id, verified_by_id"
    said = refused(
        f"INSERT INTO scoring_appeal ({columns}, state, answer)"  # noqa: S608
        f" SELECT {columns}, 'withdrawn', '' FROM scoring_appeal"
    )
    assert "does not begin open" in said
