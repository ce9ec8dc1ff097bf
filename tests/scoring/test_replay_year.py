"""试算 on real facts: the book in force gives exactly what is shown, a draft who moves and why."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress.shared.roles import Role
from deputies.actions import duties
from scoring.actions import posting
from scoring.models import RuleBook, YearTotal
from scoring.queries import replay
from scoring.queries.board import board
from scoring.queries.rules import table_of
from scoring.tables import shipped
from tests import make
from tests.deputies import walk
from tests.scoring import drafts, facts

pytestmark = pytest.mark.django_db
END = date(2026, 12, 31)
YEAR = 2026


def tried(book, year=YEAR):
    return replay.trial(book, year, END)


def numbers(trial):
    """By name: totals and ranks before and after, and what drives it."""
    return {
        each.name: (each.before, each.after, each.rank_before, each.rank_after, each.why)
        for each in trial.movers
    }


def test_the_book_in_force_on_its_own_year_gives_exactly_the_totals_shown():
    book = facts.book()
    people = [make.deputy(name) for name in ("甘露", "陶然", "白云")]
    for number, deputy in enumerate(people):
        for day in range(1, 3 + 3 * number):
            facts.posted(deputy, on=date(2026, 4, day))
        facts.posted(deputy, "P2", on=date(2026, 1, 10), quantity=number + 1)
    undone = facts.posted(people[0], "C5", on=date(2026, 9, 1))
    posting.reverse(undone, reason="同一次", by=make.director())
    trial = tried(book)
    shown = {row.name: (row.total, row.rank) for row in board(make.assembly(), YEAR, END)}
    assert {each.name: (each.before, each.rank_before) for each in trial.movers} == shown
    assert {each.name: (each.after, each.rank_after) for each in trial.movers} == shown
    assert (trial.summary.up, trial.summary.down, trial.summary.same) == (0, 0, 3)
    assert trial.parts == []
    assert (trial.most_up, trial.most_down) == (None, None)


def test_a_draft_shows_who_moves_by_how_much_and_which_rule_drives_it():
    facts.book()
    one, two, three = (make.deputy(name) for name in ("甘露", "陶然", "白云"))
    for day in range(1, 4):
        facts.posted(one, on=date(2026, 4, day))
    facts.posted(two, "A1", on=date(2026, 5, 3), quantity=2)
    table = drafts.but(shipped(), C1={"points": Decimal("2.5")}, A1={"points": Decimal(1)})
    trial = tried(drafts.amended(drafts.draft(), table))
    assert numbers(trial) == {
        "甘露": ("6.0", "7.5", 1, 1, "接待选民 +1.5"),
        "陶然": ("6.0", "2.0", 1, 2, "视察调研检查 −4.0"),
        "白云": ("0.0", "0.0", 3, 3, ""),
    }
    assert [each.name for each in trial.movers] == ["陶然", "甘露", "白云"]
    assert (trial.most_up.name, trial.most_down.name) == ("甘露", "陶然")
    assert three.pk


def test_a_reversed_line_does_not_count_and_a_fact_no_rule_spoke_of_does():
    bare = drafts.adopted(drafts.but(shipped(), out=("C3",)), from_on=facts.BOOK_FROM)
    deputy = make.deputy("甘露")
    entry = facts.posted(deputy)
    posting.reverse(entry, reason="同一次", by=make.director())
    assert facts.posted(deputy, "C3", on=date(2026, 6, 1), quantity=2) is None
    assert numbers(tried(bare))["甘露"][:2] == ("0.0", "0.0")
    draft = drafts.draft()
    assert numbers(tried(draft))["甘露"][:2] == ("0.0", "3.0")


def test_only_who_sat_on_the_day_and_sits_at_the_end_is_shown():
    facts.book()
    stays, leaves = make.deputy("甘露"), make.deputy("陶然")
    facts.posted(leaves)
    make.leaves(leaves, date(2026, 7, 1))
    assert set(numbers(tried(drafts.draft()))) == {"甘露"}
    late = facts.checked(stays, "C3", on=date(2020, 1, 5))
    posting.verify_and_post(late, by=make.director())
    assert numbers(tried(drafts.draft(), 2020)) == {}


def test_a_year_before_any_book_is_run_on_its_bare_facts():
    deputy = make.deputy("甘露")
    facts.posted(deputy, on=date(2025, 4, 1))
    assert numbers(tried(drafts.draft(), 2025))["甘露"][:2] == ("0.0", "2.0")


def test_two_books_of_a_year_are_each_respected_in_what_was():
    first = facts.book()
    deputy = make.deputy("甘露")
    facts.posted(deputy, on=date(2026, 4, 1))
    book = drafts.draft(first)
    drafts.amended(book, drafts.but(table_of(book), C1={"points": Decimal(5)}))
    drafts.adopt(book, from_on=date(2026, 7, 1), mid_year=True)
    facts.posted(deputy, on=date(2026, 8, 1))
    assert numbers(tried(book))["甘露"][:2] == ("7.0", "10.0")
    assert YearTotal.objects.get().total == Decimal(7)


def test_awards_for_one_matter_count_once_in_both():
    facts.book()
    deputy = make.deputy("甘露")
    for code, matter in (("B6", "劳动模范"), ("B7", "劳动模范"), ("B7", "身边好人")):
        told = walk.told(deputy, code, by=make.actor(Role.KEEPER), day=facts.DAY, matter=matter)
        record = duties.check(told, by=make.actor(Role.STAFF_CLERK))
        posting.verify_and_post(record, by=make.director(), twice=True)
    was = YearTotal.objects.get().total
    trial = tried(drafts.draft())
    assert numbers(trial)["甘露"][:2] == (f"{was}", f"{was}")


def test_the_lines_of_one_deputy_say_item_by_item_what_moves():
    facts.book()
    deputy = make.deputy("甘露")
    for day in range(1, 8):
        facts.posted(deputy, on=date(2026, 4, day))
    table = drafts.but(shipped(), C1={"points": Decimal(3)}, C2={"points": Decimal(1)})
    own = replay.own_trial(drafts.amended(drafts.draft(), table), deputy, YEAR)
    (line,) = own.lines
    assert (line.code, line.quantity, line.before, line.after) == ("C1", 7, "14.0", "21.0")
    assert (line.drive, own.drives, own.change) == ("", [], "0.0"), "the yearly limit holds both"
    assert [each.before for each in own.sums if each.name == "联系群众"] == ["12.0 / 20"]


CODES = ["M1", "A1", "P2", "C1", "C2", "C5", "S3", "B1", "B6"]
told = st.lists(
    st.tuples(st.sampled_from(CODES), st.integers(1, 3), st.booleans()), min_size=1, max_size=8
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told)
def test_whatever_was_done_and_taken_back_the_book_in_force_gives_what_is_shown(done):
    book = RuleBook.objects.adopted().first() or facts.book()
    deputy = make.deputy()
    for number, (code, quantity, back) in enumerate(done, start=1):
        times = 1 if code == "B6" else quantity
        entry = facts.posted(deputy, code, on=date(2026, 4, number), quantity=times)
        if back:
            posting.reverse(entry, reason="同一次", by=make.director())
    mover = next(each for each in tried(book).movers if each.pk == deputy.pk)
    shown = YearTotal.objects.get(deputy=deputy)
    assert mover.replayed.before == mover.replayed.after
    assert (mover.replayed.after.base, mover.replayed.after.bonus) == (shown.base, shown.bonus)
