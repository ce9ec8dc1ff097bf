"""积分超市: of each table the app may change what its verbs move, and both books not at all."""

import pytest
from django.db import connection

from tests.proposals.test_rights import HELD
from tests.tamper import refused

TWO = "confirmed_by_id confirmed_at dropped_by_id dropped_at"
WANTED = {
    "gift": "on_shelf held withdrawn_by_id withdrawn_at",
    "stockmove": "",
    "writeoff": TWO,
    "purse": "available held grading_id grade_id",
    "purseline": "",
    "redemption": "state handed_by_id handed_at ended_by_id ended_at why",
    "reversal": TWO,
}


@pytest.mark.django_db
def test_the_app_may_change_what_its_verbs_move_and_remove_nothing():
    with connection.cursor() as cursor:
        cursor.execute(HELD, [[f"scoring_{name}" for name in WANTED]])
        found = {name: (set(columns), goes) for name, columns, goes in cursor.fetchall()}
    wanted = {f"scoring_{name}": (set(said.split()), False) for name, said in WANTED.items()}
    assert found == wanted
    for table in wanted:
        assert "permission denied" in refused(f"DELETE FROM {table}")  # noqa: S608 - ours
