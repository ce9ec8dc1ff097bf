import pytest
from django.db import ProgrammingError, connection, transaction

PROTECTED = [
    "shared_auditevent",
    "shared_seal",
    "scoring_entry",
    "scoring_appraisal",
    "scoring_starlight",
    "scoring_archive",
    "proposals_rating",
]
SINS = ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]


@pytest.mark.django_db
@pytest.mark.parametrize("table", PROTECTED)
@pytest.mark.parametrize("sin", SINS)
def test_the_app_role_cannot_change_or_remove_protected_rows(table, sin):
    with (
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(sin.format(table))


@pytest.mark.django_db
def test_a_decided_grade_can_be_locked_and_neither_changed_nor_removed():
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM scoring_grading FOR NO KEY UPDATE")
        for sin in (
            "UPDATE scoring_grading SET grade_id = grade_id",
            "DELETE FROM scoring_grading",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(sin)


@pytest.mark.django_db
def test_no_foreign_key_into_a_protected_table_deletes_by_cascade(as_owner):
    as_owner.execute(
        "SELECT conname FROM pg_constraint WHERE contype = 'f' AND confdeltype = 'c'"
        " AND (conrelid::regclass::text = ANY(%s) OR confrelid::regclass::text = ANY(%s))",
        [PROTECTED, PROTECTED],
    )
    assert as_owner.fetchall() == []


@pytest.mark.django_db
def test_the_auditors_role_cannot_read_ratings_passwords_or_sessions(as_owner):
    as_owner.execute(
        "SELECT has_table_privilege('congress_reader', 'proposals_rating', 'SELECT'),"
        " has_column_privilege('congress_reader', 'shared_user', 'password', 'SELECT'),"
        " has_table_privilege('congress_reader', 'django_session', 'SELECT'),"
        " has_table_privilege('congress_reader', 'scoring_entry', 'SELECT')"
    )
    assert as_owner.fetchone() == (False, False, False, True)
