"""约谈、劝辞: what the app's database role may change of them, and what the reader may see."""

import pytest
from django.db import connection

from tests.proposals.test_rights import HELD

pytestmark = pytest.mark.django_db

WANTED = {
    "commendationlist": {"state", "published_on"},
    "commended": set(),
    "talk": {
        *("state", "reason", "minute", "decided_by_id", "decided_at", "meets_at", "place"),
        *("talker_id", "handler_id", "end_reason"),
    },
    "talkrecord": set(),  # what was said stands as it was put down
    "talkacknowledgement": set(),
    "talkpromise": {"kept", "outcome", "settled_by_id", "settled_at"},
    "resignationadvice": {"state", "served_on", "reply_until", "end_reason"},
    "advicereply": set(),
    "adviceinvitation": set(),
    "advicehearing": set(),
    "advicedecision": set(),
    "resignation": set(),
}
READS = "SELECT has_table_privilege('congress_reader', %s, 'SELECT')"


def test_the_app_may_change_what_its_verbs_move_and_remove_nothing():
    names = [f"scoring_{name}" for name in WANTED]
    with connection.cursor() as cursor:
        cursor.execute(HELD, [names])
        held = {name: (set(columns), goes) for name, columns, goes in cursor.fetchall()}
    assert held == {f"scoring_{name}": (columns, False) for name, columns in WANTED.items()}


def test_the_auditors_role_reads_the_lists_and_nothing_that_is_kept():
    with connection.cursor() as cursor:
        # Opinions are blind while they are gathered, whoever asks (docs/decisions/0053).
        for name in (*WANTED, "appraisal", "onbehalf"):
            cursor.execute(READS, [f"scoring_{name}"])
            assert cursor.fetchone()[0] == (name.startswith("commend")), name
