"""规则书的摘要: a book unlike the one adopted is named; without a digest, that is said."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from congress.shared.models import AuditEvent
from scoring.queries import sealed_books
from scoring.queries.audit import findings
from tests import make
from tests.scoring import facts

pytestmark = pytest.mark.django_db

CHANGES = [
    "UPDATE scoring_rule SET points = points + 1 WHERE id = (SELECT min(id) FROM scoring_rule)",
    "UPDATE scoring_rule SET per_year = NULL WHERE per_year IS NOT NULL",
    "UPDATE scoring_rule SET highest_only = false",
    "UPDATE scoring_rule SET category_id = (SELECT min(id) FROM deputies_dutycategory)"
    " WHERE NOT bonus",
    "DELETE FROM scoring_rule WHERE bonus",
    "UPDATE scoring_ceiling SET points = points + 1",
    "UPDATE scoring_rulebook SET from_on = from_on - 30",
    "UPDATE scoring_rulebook SET adopted_at = adopted_at - interval '1 day'",
    "UPDATE scoring_rulebook SET minute = '另一个文号'",
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_book_changed_after_its_adoption_is_named(as_owner, change):
    book = facts.book()
    assert findings().clean
    as_owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in ("scoring_rulebook", "scoring_rule", "scoring_ceiling"):
        as_owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    as_owner.execute(change)
    assert findings().faults == [f"规则书“{book}”与通过时不同"]


def test_a_second_adoption_in_the_trail_does_not_speak_for_the_book(as_owner):
    book = facts.book()
    deed = AuditEvent.objects.get(subject="scoring.RuleBook", now="adopted")
    deed.pk, deed.note = None, f"{sealed_books.MARK}{'0' * 64}"
    deed.save(force_insert=True)
    assert findings().clean
    assert sealed_books.MARK in AuditEvent.objects.filter(subject_id=book.pk).earliest("pk").note


def test_a_book_from_before_there_were_digests_is_no_fault_and_named(as_owner, client, capsys):
    book = facts.book()
    assert sealed_books.not_comparable() == ""
    as_owner.execute("UPDATE shared_auditevent SET note = '第 1 版' WHERE now = 'adopted'")
    assert findings().clean
    said = f"{book}启用时没有留下内容摘要，查账无从比较它与通过时是否一样。"
    call_command("audit_ledger")
    assert said in capsys.readouterr().out
    client.force_login(make.director().user)
    assert said in client.get(reverse("scoring:audits")).content.decode()
