"""Every verb × every post × every state, made from the tables verbs_*.

What is refused must not have written a row, not even one that was rolled back.
"""

from collections import Counter
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection, transaction

from congress.shared.errors import Refused
from congress.shared.models import Workday
from proposals.states import Part, State
from tests.architecture.test_verbs import VERBS as WRITTEN
from tests.proposals import cast, stages, stages_of_parts, walk
from tests.proposals.verbs import Again, lead_of
from tests.proposals.verbs_assigned import ASSIGNED
from tests.proposals.verbs_followed import FOLLOWED
from tests.proposals.verbs_handled import HANDLED
from tests.proposals.verbs_raised import RAISED
from tests.proposals.verbs_rated import LOST, RATED, VOIDINGS
from tests.proposals.verbs_recurring import RECURRING
from tests.proposals.verbs_rolling import ROLLING
from tests.proposals.verbs_supervision import SUPERVISED
from tests.proposals.verbs_township import IN_A_TOWNSHIP
from tests.race import at_once

pytestmark = pytest.mark.django_db
VERBS = RAISED | ASSIGNED | HANDLED | IN_A_TOWNSHIP | RECURRING | SUPERVISED | FOLLOWED | RATED
VERBS |= ROLLING
TABLES: dict[int, tuple[list[str], dict]] = {}
"""The verbs that are tried on rows of the same kind, and how these rows are made."""
for each in VERBS:
    TABLES.setdefault(id(VERBS[each].on), ([], VERBS[each].on))[0].append(each)
STAGES = [
    pytest.param(table, stage, id=f"{verbs[0]} {stage}")
    for table, (verbs, on) in TABLES.items()
    for stage in on
]
CLICKS = 4
ROUNDS = 6
"""The races are run in so many tests, each with its share of the verbs."""


@contextmanager
def undone():
    """What happens inside leaves nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


COUNTED = """
SELECT sum(
    pg_stat_get_xact_tuples_inserted(oid)
    + pg_stat_get_xact_tuples_updated(oid)
    + pg_stat_get_xact_tuples_deleted(oid)
) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
"""What pg_stat_xact_user_tables adds up, without the indexes that it looks at for every table."""


def written() -> int:
    """How many rows this transaction has put in, changed or deleted, undone ones too."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED)
        return cursor.fetchone()[0] or 0


def tried(verb, row, by, before: int) -> tuple[str, int]:
    """What comes of it: that it was done, or the refusal, or what it wrote though it refused.

    And how many rows were written by then: undoing writes none, so the next one counts from there.
    Whoever asks undoes what was done.
    """
    try:
        verb.do(fresh(row), by)
    except Refused as refusal:  # a verb is one transaction: it has undone itself
        left = (after := written()) - before
        return f"refused but wrote {left} rows" if left else str(refusal), after
    after = written()
    return "done" if after > before else "done without a trace", after


def fresh(row):
    return row and type(row).objects.get(pk=row.pk)


def test_the_tables_name_every_verb():
    in_tables = {name.split(" ")[0] for name in VERBS}
    assert in_tables == {f"{stage}.{name}" for app, stage, name in WRITTEN if app == "proposals"}


def test_the_stages_are_all_there_are():
    assert set(stages.PROPOSALS) == set(State)
    parts = (*stages_of_parts.PARTS.values(), *stages_of_parts.HELPING.values())
    assert {make().state for make in parts} == set(Part)


@pytest.mark.parametrize("name", stages.PROPOSALS)
def test_a_stage_is_what_it_is_called(name):
    assert stages.PROPOSALS[name]().state == name


@pytest.mark.parametrize(("table", "stage"), STAGES)
def test_a_verb_is_done_by_whom_it_may_in_its_states_and_refused_to_all_others(table, stage):
    """In its own states everybody tries, in all others those who may do it elsewhere."""
    make_row, verbs = TABLES[table][1][stage], TABLES[table][0]
    row = make_row()
    people = cast.everybody(lead_of(row), row)
    wrong, count, untouched = [], written(), transaction.savepoint()
    for name in verbs:
        verb, open_now = VERBS[name], stage in VERBS[name].states
        for who, by in people.items():
            if open_now or who in verb.may:
                found, count = tried(verb, row, by, count)
                if found.startswith("done"):
                    transaction.savepoint_rollback(untouched)
                if not as_it_should(verb, found, open_now=open_now, may=who in verb.may):
                    wrong.append(f"{name} by {who}: {found}")
    assert not wrong


def as_it_should(verb, found: str, *, open_now: bool, may: bool) -> bool:
    """Done, or refused: to whom it is never open with the sentence that says who may."""
    if open_now:
        return found == "done" if may else found in verb.says
    return found != "done" and not found.isascii() and found[-1] in "。？！"


def rows() -> Counter:
    """How many rows each table of the loop has, the trail and what people are told too."""
    models = [*apps.get_app_config("proposals").get_models()]
    models += [apps.get_model("shared", name) for name in ("AuditEvent", "Notice")]
    return Counter({model.__name__: model.objects.count() for model in models})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("start", range(ROUNDS))
def test_four_clicks_at_once_leave_what_one_leaves(start):
    try:
        mine = sorted(list(VERBS)[start::ROUNDS], key=leaves_a_lost_ballot)
        wrong = [wrongs(name, VERBS[name]) for name in mine]
    finally:  # the calendar is kept between tests
        Workday.objects.filter(on=walk.DUE_ON).delete()
    assert not [each for each in wrong if each]


def leaves_a_lost_ballot(name) -> bool:
    """No year with one is released, so these come when no other verb needs a release."""
    return any(VERBS[name].on is rows for rows in (LOST, VOIDINGS))


def wrongs(name, verb) -> str:
    """What four clicks leave that they should not, in words; nothing when all is well."""
    row = verb.on[verb.states[0]]()
    by = cast.one_of(verb.may, lead_of(row), row)
    before = rows()
    with undone():
        verb.do(fresh(row), by)
        once = rows() - before
    outcomes = at_once(CLICKS, verb.do, fresh(row), by)
    done = 1 if verb.again == Again.REFUSED else CLICKS
    if outcomes != ["done"] * done + ["refused"] * (CLICKS - done):
        return f"{name}: {outcomes}"
    left = rows() - before
    if left != once:
        return f"{name}: {left} and not {once}"
    return ""
