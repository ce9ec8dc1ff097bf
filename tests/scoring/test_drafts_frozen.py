"""积分表启用以后: no row of it changes any more, whatever the code forgets or the app tries."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from scoring.models import Ceiling, Rule, RuleBook
from scoring.states import BookState
from scoring.tables import shipped
from tests import make
from tests.scoring import drafts, facts

pytestmark = pytest.mark.django_db


SINS = [
    "UPDATE scoring_rule SET points = points + 1 WHERE book_id = %s",
    "UPDATE scoring_ceiling SET points = points + 1 WHERE book_id = %s",
    "UPDATE scoring_rulebook SET minute = 'x' WHERE id = %s",
    "UPDATE scoring_rulebook SET state = 'draft', version = NULL, from_on = NULL, minute = '',"
    " adopted_at = NULL, adopted_by_id = NULL WHERE id = %s",
    "DELETE FROM scoring_rule WHERE book_id = %s",
    "DELETE FROM scoring_ceiling WHERE book_id = %s",
    "DELETE FROM scoring_rulebook WHERE id = %s",
    "INSERT INTO scoring_rule (book_id, item_id, category_id, points, bonus, highest_only)"
    " SELECT %s, item_id, category_id, 1, false, false FROM scoring_rule LIMIT 1",
    "INSERT INTO scoring_ceiling (book_id, category_id, points)"
    " SELECT %s, category_id, 1 FROM scoring_ceiling LIMIT 1",
]


@pytest.mark.parametrize("sin", SINS)
@pytest.mark.parametrize("made", [facts.book, drafts.adopted, drafts.dropped])
def test_the_database_freezes_every_row_of_what_is_no_draft(made, sin):
    book = made()
    with (
        connection.cursor() as cursor,
        pytest.raises(IntegrityError, match="is no draft"),
        transaction.atomic(),
    ):
        cursor.execute(sin, [book.pk])


def test_a_row_cannot_be_smuggled_from_a_draft_into_a_book_in_force():
    book = drafts.draft()
    extra = Rule.objects.filter(book=book, item__code="C1")
    with pytest.raises(IntegrityError, match="is no draft"), transaction.atomic():
        extra.update(book=facts.book())


@pytest.mark.parametrize(
    "sin",
    [
        *(f"TRUNCATE {name} CASCADE" for name in ("scoring_rule", "scoring_rulebook")),
        "TRUNCATE scoring_ceiling",
        "ALTER TABLE scoring_rule DISABLE TRIGGER frozen",
        "ALTER TABLE scoring_rulebook DISABLE TRIGGER ALL",
        "DROP TRIGGER frozen ON scoring_ceiling",
        "DROP FUNCTION scoring_rulebook_row_frozen() CASCADE",
        "SET session_replication_role = replica",
    ],
)
def test_the_app_role_has_no_switch_for_it(sin):
    with (
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
    ):
        cursor.execute(sin)


def test_the_app_role_may_change_the_rows_of_a_draft():
    book = drafts.draft()
    assert Rule.objects.filter(book=book, item__code="C1").update(points=3) == 1
    assert Ceiling.objects.filter(book=book, category__code="self").delete()[0] == 1


def test_no_book_comes_into_force_with_other_ceilings_whatever_the_code_forgets():
    book = drafts.amended(drafts.draft(), drafts.but(shipped(), ceilings={"self": Decimal(9)}))
    facts_of = {"version": 1, "from_on": drafts.NEXT_YEAR, "minute": "会议纪要"}
    facts_of |= {"adopted_at": book.drafted_at, "adopted_by": make.user()}
    with pytest.raises(IntegrityError, match="do not add up to 100"), transaction.atomic():
        RuleBook.objects.filter(pk=book.pk).update(state=BookState.ADOPTED, **facts_of)
