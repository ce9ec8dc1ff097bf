"""放行什么: of each table the columns that a verb moves, and no others."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from proposals.models import Meeting, Opinion
from proposals.states import State
from tests.proposals import walk
from tests.tamper import refused

pytestmark = pytest.mark.django_db

STAYS = {
    # written once: what changes is another row
    "answer opinion waiver lineage countersignature rating ratingwindow exhibit": "",
    "opening formertext reminder fulfilmentrating comparison": "",
    "ratingopening": "opened_by_id opened_at open_until refused_by_id refused_at refusal",
    "ratingvoiding": "voided_by_id voided_at refused_by_id refused_at refusal",
    "ratingrelease releasedreply releasedcount sitenote carryover": "",
    "carriedproposal": "taken_back_on taken_back_by_id taken_back_why",
    "reply": "id opened_on kept_back",  # locked by whoever rates it; what it says never changes
    # the words stand as they were said, the other side's answer comes to them
    "meeting": """confirmed_by_id confirmed_at denied_by_id denied_at denial taken_back_by_id
        taken_back_at""",
    "cosignature": "state",  # of these words, by this deputy
    "invitation": "state",
    "objection": "state words decided_by_id decided_on",  # `words` are the office's
    "extension": "state consented_at declined_at words decided_by_id decided_on",
    "pause": "until_on",
    "foster": "until_on ended_by_id ending_words",
    "rehandling": "state answer_id ended_on due_on prolonged_on prolonged_why taken_back_why",
    "convening": "state meets_on place why people agreed recorded_by_id",
    "keysupervision": "state ended_on ending_words",
    "question": "state unit_id asked_on due_on",
    "keyanswer": "comment commented_by_id commented_at",
    "inspection": "state drop_reason published_by_id published_at",
    "inspectionnote": "answer answered_by_id answered_at",
    # what was promised, why it is looked at again and what is asked stand as they were written
    "promise": "state due_on done_on",
    "stepreport": "return_words decided_by_id decided_on",
    "lookback": "state report reported_by_id reported_on words next_on decided_by_id decided_on",
    "upgrade": "state words decided_by_id decided_on",
    "challenge": """state confirmed_by_id confirmed_on explain_by explanation explained_by_id
        explained_on explanation_shown words decided_by_id decided_on""",
    # work: who raised it, in which congress, of which kind, to which unit never changes
    "proposal": """state number title facts request suggested_unit_id confidentiality_asked
        sign_until submitted_on return_reason ground_id closing_words wish_words withheld_reason
        reply_withheld_reason merged_into_id accepted_on due_on answered_on published_on
        published_by_id raised_from""",
    "assignment": """state months assigned_on due_on received_at received_by_id handler_id
        reminded_on done_on""",
    "sheet": "state heard_from object_until settled_on drop_reason",
    "replydraft": "state edition outcome_id text file_number return_words saved_by_id saved_at",
    "numberseries": "last",
    "recurrence": "kind note confirmed_by_id confirmed_at",  # of the same two
    "likenessrun": "texts seal made_at",
    "volume": "state asked_by_id asked_post_id asked_at tries cases pdf book made_at",
}
"""Rows that the app's role can never remove, and the columns that it may change of them."""
GOES = {
    "draft": """continues_id assembly_id kind title facts request suggested_unit_id
        confidentiality_asked saved_at""",  # 不要了
    "attachment source": "draft_id proposal_id",  # from the draft to the proposal raised from it
    "draftanswer draftpromise ask assignment_asks": "",  # made anew at each split or saving
    "draftexhibit": "id",  # locked before it is thrown away
    "replytemplate": "text",
    "resemblance": "",  # compared anew as soon as any text differs
    "watcher": "told_on told_until claimed_at",
    "watch": "asked_at claimed_at letter_at confirmed_at",
    "watchask": "",  # counted, and gone the next day
    "ratingorigin": "",  # aged out
}
"""Rows that a verb throws away."""
BY_STAFF = {"outcomeclass", "refusalground", "worktheme"}
"""Reference data: staff edit the rows themselves."""
WANTED = {
    f"proposals_{name}": (set(columns.split()), may_go)
    for rights, may_go in ((STAYS, False), (GOES, True))
    for names, columns in rights.items()
    for name in names.split()
}
HELD = """
SELECT relname, coalesce(array_agg(attname::text) FILTER (
         WHERE has_column_privilege('congress_app', pg_class.oid, attname, 'UPDATE')), '{}'),
       has_table_privilege('congress_app', pg_class.oid, 'DELETE')
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
WHERE relname = ANY(%s) GROUP BY relname, pg_class.oid
"""


def tables() -> dict[str, list[str]]:
    models = apps.get_app_config("proposals").get_models(include_auto_created=True)
    return {
        each._meta.db_table: [field.column for field in each._meta.local_concrete_fields]
        for each in models
    }


def test_every_table_says_what_may_be_changed_of_it():
    known = set(WANTED) | {f"proposals_{name}" for name in BY_STAFF}
    assert set(tables()) == known, "a new table says in its migration what verbs move (guards.py)"


def test_the_app_may_change_what_its_verbs_move_and_nothing_else():
    with connection.cursor() as cursor:
        cursor.execute(HELD, [list(WANTED)])
        held = {name: (set(columns), goes) for name, columns, goes in cursor.fetchall()}
    assert held == WANTED, "a new column is opened by its migration (guards.opened), or stays shut"


@pytest.mark.parametrize("table", sorted(WANTED))
def test_whatever_else_is_tried_is_refused(table):
    open_ones, may_go = WANTED[table]
    shut = [column for column in tables()[table] if column not in open_ones]
    tried = [f'UPDATE {table} SET "{column}" = "{column}"' for column in shut]  # noqa: S608 -- ours
    tried += [f"TRUNCATE {table} CASCADE"] + ([] if may_go else [f"DELETE FROM {table}"])  # noqa: S608
    assert [each for each in tried if "permission denied" not in refused(each)] == []


def test_what_was_said_stands_though_code_forgets():
    part = walk.proposal(State.ASSIGNED).lead_assignment
    walk.met(part, *walk.MET_ON)
    for change in ({"said": "没有谈"}, {"met_on": walk.ASSIGNED_ON}, {"place": "别处"}):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Meeting.objects.update(**change)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Meeting.objects.all()[0].save()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Opinion.objects.update(text="没有意见")
