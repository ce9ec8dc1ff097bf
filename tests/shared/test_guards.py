"""What the app's own database role may not do, whatever the code forgets or a stolen login tries.

The protected tables are found in the catalogue: those where the role has lost its right to delete.
"""

import pytest
from django.db import connection

from congress.shared import chain
from deputies.actions import duties
from scoring import tasks
from scoring.models import Entry
from tests import make
from tests.scoring import facts
from tests.tamper import refused

pytestmark = pytest.mark.django_db

PROTECTED = {
    "shared_auditevent",
    "shared_seal",
    "scoring_entry",
    "scoring_appraisal",
    "scoring_starlight",
    "scoring_archive",
    "scoring_grading",
    "scoring_ledgeraudit",
    "scoring_ledgerfault",
    "scoring_ledgeranchor",
    "scoring_appeal",
    "proposals_rating",
    "proposals_fulfilmentrating",
}
"""Those that must be among them; a new one comes in by itself."""
LOCKABLE = {"proposals_reply", "scoring_grading"}
"""A verb locks these rows, which takes the right to update one column: the number."""
FREEZING = {
    *("appeal_begins_open", "appeal_is_frozen", "appeal_is_kept"),
    *("carried_is_accepted_and_of_its_congress", "carried_taken_back_is_frozen"),
    *("rating_opening_begins_undecided", "rating_opening_is_frozen"),
    "advice_rests_on_talks_of_one_deputy",
    *("release_numbered_with_table", "rating_voiding_begins_undecided", "rating_voiding_is_frozen"),
}
"""Triggers that only refuse: an open appeal is moved by its answer and by nothing else."""
FOUND = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
  AND has_table_privilege('congress_app', oid, 'INSERT')
  AND NOT has_table_privilege('congress_app', oid, 'DELETE')
"""
SINS = [
    "UPDATE {} SET id = id + 1",
    "DELETE FROM {}",
    "TRUNCATE {} CASCADE",
    "ALTER TABLE {} DISABLE TRIGGER ALL",
    "ALTER TABLE {} ADD COLUMN sin integer",
    "ALTER TABLE {} OWNER TO congress_app",
    "CREATE RULE sin AS ON INSERT TO {} DO INSTEAD NOTHING",
    "CREATE TRIGGER sin BEFORE INSERT ON {} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE POLICY sin ON {}",
    "DROP TABLE {} CASCADE",
    "INSERT INTO {0} SELECT * FROM {0} ON CONFLICT (id) DO UPDATE SET id = excluded.id + 1",
    "MERGE INTO {0} USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM {} RETURNING *) SELECT * FROM gone",
    "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE",
]
TRICKS = [
    "SET session_replication_role = replica",
    "SELECT set_config('session_replication_role', 'replica', true)",
    "SET ROLE postgres",
    "ALTER ROLE congress_app SUPERUSER",
    "CREATE SCHEMA sin",
    "CREATE TABLE public.sin (id integer)",
    "CREATE EXTENSION dblink",
    "COPY scoring_entry TO PROGRAM 'true'",
    "ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT DELETE ON TABLES TO congress_app",
]


def protected(cursor) -> set[str]:
    cursor.execute(FOUND)
    return {name for (name,) in cursor.fetchall()}


def test_every_table_that_must_be_protected_is():
    with connection.cursor() as cursor:
        assert protected(cursor) >= PROTECTED


@pytest.mark.parametrize("sin", SINS)
def test_the_app_role_cannot_change_or_remove_protected_rows(sin):
    with connection.cursor() as cursor:
        tables = sorted(protected(cursor))
    allowed = {table for table in tables if not refused(sin.format(table))}
    assert allowed <= (LOCKABLE if "SET id" in sin else set())


def test_the_app_role_cannot_grant_itself_what_it_lacks():
    with connection.cursor() as cursor:
        before = protected(cursor)
        for table in before:
            cursor.execute(
                f"GRANT ALL ON {table} TO congress_app"
            )  # a warning, and nothing granted
        assert protected(cursor) == before


@pytest.mark.parametrize("trick", TRICKS)
def test_the_app_role_cannot_give_itself_more_rights(trick):
    words = refused(trick)
    assert any(word in words for word in ("permission denied", "must be", "only roles with"))


@pytest.mark.parametrize("setting", ["pgtrigger.ignore", "congress.off", "role.bypass"])
def test_no_setting_of_ones_own_switches_the_guard_off(setting):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, '{*}', true)", [setting])
    for table in ("scoring_entry", "shared_seal", "scoring_ledgeraudit"):
        for sin in SINS[:3]:
            assert "permission denied" in refused(sin.format(table))


REASONS = ("violates foreign key constraint", "permission denied", "is no draft", "is verified")
PARENTS = [
    ("deputies_deputy", "deputy_id"),
    ("deputies_dutyrecord", "record_id"),
    ("scoring_rule", "rule_id"),
    ("shared_assembly", "assembly_id"),
]


@pytest.mark.parametrize(("table", "key"), PARENTS)
def test_a_parent_of_a_line_cannot_be_deleted_from_under_it(ledger, table, key):
    gone = f"DELETE FROM {table} WHERE id = {getattr(ledger, key)}"  # noqa: S608 -- a number
    assert any(reason in refused(gone) for reason in REASONS)
    assert Entry.objects.count() == 1


def test_a_rule_book_with_lines_cannot_be_deleted(ledger):
    words = refused(f"DELETE FROM scoring_rulebook WHERE id = {ledger.rule.book_id}")  # noqa: S608
    assert any(reason in words for reason in REASONS)


FROZEN = [
    "deputy_id = (SELECT id FROM deputies_deputy WHERE id <> deputy_id LIMIT 1)",
    "item_id = (SELECT id FROM deputies_dutyitem WHERE id <> item_id LIMIT 1)",
    "done_on = done_on - 1",
    "quantity = quantity + 1",
    "matter = '另一事'",
    "source = source || '1'",
    "reported_by_id = NULL",
    "checked_by_id = reported_by_id",
    "verified_by_id = deputy_id",
    "state = 'checked', verified_by_id = NULL, verified_at = NULL",
    "verified_at = verified_at + interval '1 day'",
    "confirmed_at = now()",
    "paper_by_id = deputy_id",
    "paper_on = done_on",
    "paper_note = '另一张纸'",
]


@pytest.mark.parametrize("change", FROZEN)
def test_what_a_line_rests_on_cannot_be_changed_once_it_is_verified(ledger, change):
    make.deputy()
    change = f"UPDATE deputies_dutyrecord SET {change} WHERE id = {ledger.record_id}"  # noqa: S608
    assert f"duty record {ledger.record_id} is verified" in refused(change)


def test_a_verified_record_cannot_be_deleted_even_without_a_line():
    record = facts.checked(make.deputy())
    duties.verify(record, by=make.director())
    gone = f"DELETE FROM deputies_dutyrecord WHERE id = {record.pk}"  # noqa: S608 -- a number
    assert f"duty record {record.pk} is verified" in refused(gone)


@pytest.mark.parametrize("change", FROZEN[2:6])
def test_what_is_not_yet_verified_may_be_mended(change):
    record = facts.checked(make.deputy())
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE deputies_dutyrecord SET {change} WHERE id = {record.pk}")  # noqa: S608
        assert cursor.rowcount == 1


def test_the_freeze_of_what_is_verified_has_no_switch_for_the_app():
    for sin in (
        "ALTER TABLE deputies_dutyrecord DISABLE TRIGGER verified_duty_is_frozen",
        "DROP TRIGGER verified_duty_is_kept ON deputies_dutyrecord",
        "DROP FUNCTION deputies_verified_duty_frozen() CASCADE",
        "TRUNCATE deputies_dutyrecord CASCADE",
    ):
        words = refused(sin)
        assert "permission denied" in words or "must be owner" in words


def test_what_was_refused_left_the_chain_as_it_was(ledger):
    for sin in SINS:
        refused(sin.format("scoring_entry"))
        refused(sin.format("shared_seal"))
    assert chain.first_fault("ledger", Entry) is None
    assert tasks.audit_ledger()["chain"] == "ok"


def test_a_decided_grade_can_be_locked_and_neither_changed_nor_removed():
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM scoring_grading FOR NO KEY UPDATE")
    for sin in (
        "UPDATE scoring_grading SET grade_id = grade_id",
        "DELETE FROM scoring_grading",
    ):
        assert "permission denied" in refused(sin)


def test_no_foreign_key_from_or_into_a_protected_table_does_more_than_refuse(as_owner):
    as_owner.execute(
        "SELECT conname, confdeltype, confupdtype FROM pg_constraint WHERE contype = 'f'"
        " AND (conrelid::regclass::text = ANY(%s) OR confrelid::regclass::text = ANY(%s))",
        [list(protected(as_owner))] * 2,
    )
    keys = as_owner.fetchall()
    assert len(keys) > 15
    assert {kind for _, *kinds in keys for kind in kinds} <= {"a", "r"}  # NO ACTION, RESTRICT


def test_no_trigger_or_rule_of_the_protected_tables_has_an_off_switch(as_owner):
    as_owner.execute(
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text = ANY(%s)"
        " UNION SELECT rulename FROM pg_rewrite WHERE ev_class::regclass::text = ANY(%s)",
        [list(protected(as_owner))] * 2,
    )
    assert {name for (name,) in as_owner.fetchall()} == FREEZING


def test_the_auditors_role_cannot_read_ratings_passwords_sessions_or_addresses(as_owner):
    as_owner.execute(
        "SELECT has_table_privilege('congress_reader', 'proposals_rating', 'SELECT'),"
        " has_column_privilege('congress_reader', 'shared_user', 'password', 'SELECT'),"
        " has_table_privilege('congress_reader', 'django_session', 'SELECT'),"
        " has_table_privilege('congress_reader', 'proposals_watcher', 'SELECT'),"
        " has_table_privilege('congress_reader', 'scoring_entry', 'SELECT')"
    )
    assert as_owner.fetchone() == (False, False, False, False, True)


def test_the_reader_and_the_public_cannot_write_a_protected_table(as_owner):
    for table in protected(as_owner):
        for right in ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER", "REFERENCES"):
            for role in ("congress_reader", "public"):
                as_owner.execute("SELECT has_table_privilege(%s, %s, %s)", [role, table, right])
                assert as_owner.fetchone() == (False,), (role, table, right)
