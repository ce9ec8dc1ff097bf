"""起草、改、启用、放弃: a draft counts nothing, and what is adopted is frozen."""

from datetime import date
from decimal import Decimal

import pytest

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import STAFF, Role
from scoring.actions import rules
from scoring.models import Entry, RuleBook
from scoring.queries.board import congresses
from scoring.queries.books import Books
from scoring.queries.rules import table_of
from scoring.queries.sealed_books import MARK, digests
from scoring.states import BookState
from scoring.tables import Table, shipped
from tests import make
from tests.race import at_once
from tests.scoring import drafts, facts

pytestmark = pytest.mark.django_db
OTHERS = sorted(set(Role) - set(STAFF))
NOT_THE_DIRECTOR = sorted(set(Role) - {Role.STAFF_DIRECTOR})


def trail(book):
    events = AuditEvent.objects.filter(subject="scoring.RuleBook", subject_id=book.pk)
    return list(events.order_by("pk").values_list("was", "now", "note"))


def test_draft_copies_the_book_and_leaves_a_trail_and_counts_nothing():
    first = facts.book()
    book = drafts.draft(first)
    assert (book.state, book.version, book.from_on) == (BookState.DRAFT, None, None)
    assert table_of(book) == table_of(first)
    assert trail(book) == [("", "draft", "以第1版为底")]
    assert RuleBook.objects.in_force(book.assembly_id, date(2030, 1, 1)) == first
    assert Books([book.assembly_id]).in_force(book.assembly_id, date(2030, 1, 1)) == first


def test_draft_can_begin_with_the_shipped_table_in_either_wording():
    assert table_of(drafts.draft()) == shipped()
    official = rules.draft(make.assembly(), basis="x", wording="official", by=make.actor())
    assert table_of(official) == shipped("official")
    assert not congresses().exists(), "a congress with drafts alone ranks nobody"


@pytest.mark.parametrize("role", OTHERS)
def test_draft_is_refused_to_everybody_but_the_office(role):
    with pytest.raises(Refused, match="只有代工委的工作人员"):
        drafts.draft(by=make.actor(role))


@pytest.mark.django_db(transaction=True)
def test_two_drafts_at_once_are_two_drafts():
    place, clerk = make.assembly(), make.actor()
    assert at_once(2, rules.draft, place, basis="一份", by=clerk) == ["done", "done"]
    assert RuleBook.objects.drafts().count() == 2


def test_amend_writes_the_whole_table_and_says_how_much_changed():
    book = drafts.draft()
    table = drafts.but(
        shipped(), ceilings={"self": Decimal(15)}, out=("C3",), C1={"points": Decimal(3)}
    )
    changed = rules.amend(book, table=table, seen=drafts.seen(book), by=make.actor())
    assert changed == 3
    assert table_of(book) == table, "a draft's ceilings need not add up to 100"
    assert trail(book)[-1] == ("", "amended", "改了 3 处")


def test_amend_with_nothing_changed_leaves_no_trail():
    book = drafts.draft()
    assert rules.amend(book, table=shipped(), seen=drafts.seen(book), by=make.actor()) == 0
    assert len(trail(book)) == 1


@pytest.mark.parametrize("role", OTHERS)
def test_amend_is_refused_to_everybody_but_the_office(role):
    book = drafts.draft()
    with pytest.raises(Refused, match="只有代工委的工作人员"):
        drafts.amended(book, shipped(), by=make.actor(role))


@pytest.mark.parametrize("made", [drafts.adopted, drafts.dropped])
def test_amend_is_refused_to_what_is_no_draft(made):
    with pytest.raises(Refused, match="不能再改"):
        drafts.amended(made(), shipped())


def test_amend_is_refused_over_what_somebody_else_has_just_written():
    book = drafts.draft()
    looked = drafts.seen(book)
    drafts.amended(book, drafts.but(shipped(), C1={"points": Decimal(3)}))
    with pytest.raises(Refused, match="打开以后又改过"):
        rules.amend(book, table=shipped(), seen=looked, by=make.actor())


def test_amend_is_refused_where_an_item_has_no_ceiling_to_count_under():
    book = drafts.draft()
    table = Table({"self": Decimal(100)}, shipped().figures)
    with pytest.raises(Refused, match="没有封顶分"):
        drafts.amended(book, table)


@pytest.mark.django_db(transaction=True)
def test_two_amendments_at_once_do_not_overwrite_each_other():
    book, clerk = drafts.draft(), make.actor()
    table = drafts.but(shipped(), C1={"points": Decimal(3)})
    how = {"table": table, "seen": drafts.seen(book), "by": clerk}
    assert at_once(2, rules.amend, book, **how) == ["done", "refused"]


def test_adopt_makes_the_next_version_from_a_day_by_a_decision():
    first, director = facts.book(), make.director()
    book = drafts.draft(first)
    drafts.amended(book, drafts.but(shipped(), C1={"points": Decimal(3)}))
    book = drafts.adopt(book, by=director)
    assert (book.state, book.version, book.from_on) == (BookState.ADOPTED, 2, drafts.NEXT_YEAR)
    assert (book.minute, book.adopted_by) == (drafts.MINUTE, director.user)
    assert trail(book)[-1] == (
        "draft",
        "adopted",
        f"第 2 版，2027-01-01 起用，{drafts.MINUTE}{MARK}{digests([book])[book.pk]}",
    )
    books = Books([book.assembly_id])
    assert books.in_force(book.assembly_id, date(2026, 12, 31)) == first
    assert books.in_force(book.assembly_id, drafts.NEXT_YEAR) == book


def test_a_duty_of_the_new_year_earns_the_new_points_and_one_of_the_old_the_old():
    book, deputy = drafts.draft(facts.book()), make.deputy()
    drafts.amended(book, drafts.but(shipped(), C1={"points": Decimal(3)}))
    drafts.adopt(book)
    assert facts.posted(deputy, on=date(2026, 12, 30)).points == Decimal(2)
    assert facts.posted(deputy, on=date(2027, 1, 20)).points == Decimal(3)
    assert set(Entry.objects.values_list("rule__book__version", flat=True)) == {1, 2}


@pytest.mark.parametrize("role", NOT_THE_DIRECTOR)
def test_adopt_is_refused_to_everybody_but_the_director(role):
    with pytest.raises(Refused, match="只有代工委主任"):
        drafts.adopt(drafts.draft(), by=make.actor(role))


@pytest.mark.parametrize("made", [drafts.adopted, drafts.dropped])
def test_adopt_is_refused_to_what_is_no_draft(made):
    with pytest.raises(Refused, match="“已启用”"):
        drafts.adopt(made())


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"minute": "  "}, "必须写明决定文号"),
        ({"seen": "0" * 16}, "打开以后又改过"),
        ({"from_on": date(2027, 3, 1)}, "年中调整"),
        ({"from_on": date(2024, 1, 1)}, "不能早于它"),
    ],
)
def test_adopt_is_refused_without_a_decision_a_look_or_a_day_that_can_be(how, why):
    book = drafts.draft(facts.book())
    with pytest.raises(Refused, match=why):
        drafts.adopt(book, **how)


def test_adopt_is_refused_when_the_ceilings_do_not_make_a_hundred():
    book = drafts.amended(drafts.draft(), drafts.but(shipped(), ceilings={"self": Decimal(9)}))
    with pytest.raises(Refused, match="应为 100 分，现在是 99 分"):
        drafts.adopt(book)


def test_adopt_is_refused_behind_facts_already_judged():
    facts.book()
    facts.posted(make.deputy())
    book = drafts.draft()
    with pytest.raises(Refused, match="已有核实过的履职"):
        drafts.adopt(book, from_on=facts.DAY, mid_year=True)


def test_adopt_in_mid_year_is_possible_when_it_is_meant_and_the_trail_says_so():
    book = drafts.adopt(drafts.draft(facts.book()), from_on=date(2026, 12, 1), mid_year=True)
    assert "年中调整" in trail(book)[-1][2]


def test_the_year_under_way_is_mid_year_once_something_has_been_told():
    facts.book()
    new_year = date(2026, 1, 1)
    facts.reported(make.deputy())
    with pytest.raises(Refused, match="年中调整"):
        drafts.adopt(drafts.draft(), from_on=new_year)
    assert drafts.adopt(drafts.draft(), from_on=new_year, mid_year=True).version == 2


def test_other_categories_in_mid_year_are_refused():
    facts.book()
    book = rules.draft(make.assembly(), basis="x", wording="official", by=make.actor())
    with pytest.raises(Refused, match="一年只有一套封顶分"):
        drafts.adopt(book, from_on=date(2026, 12, 1), mid_year=True)
    assert drafts.adopt(book).version == 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_adopt_once():
    book, director = drafts.draft(), make.director()
    how = {"from_on": drafts.NEXT_YEAR, "minute": "会议纪要", "seen": drafts.seen(book)}
    how |= {"by": director, "today": drafts.TODAY}
    assert at_once(3, rules.adopt, book, **how) == ["done", "refused", "refused"]


@pytest.mark.django_db(transaction=True)
def test_two_drafts_adopted_at_once_are_two_versions():
    books = [drafts.draft(), drafts.draft()]
    how = {"from_on": drafts.NEXT_YEAR, "minute": "会议纪要", "seen": drafts.seen(books[0])}
    how |= {"by": make.director(), "today": drafts.TODAY}
    turns = iter(books)
    assert at_once(2, lambda: rules.adopt(next(turns), **how)) == ["done", "done"]
    assert sorted(RuleBook.objects.values_list("version", flat=True)) == [1, 2]


def test_drop_keeps_the_draft_with_the_reason_in_the_trail():
    book = rules.drop(drafts.draft(), reason="并入另一份。", by=make.actor())
    assert book.state == BookState.DROPPED
    assert trail(book)[-1] == ("draft", "dropped", "并入另一份。")
    assert book.rules.exists()


@pytest.mark.parametrize("role", OTHERS)
def test_drop_is_refused_to_everybody_but_the_office(role):
    with pytest.raises(Refused, match="只有代工委的工作人员"):
        rules.drop(drafts.draft(), reason="不用了", by=make.actor(role))


@pytest.mark.parametrize("made", [drafts.adopted, drafts.dropped])
def test_drop_is_refused_to_what_is_no_draft(made):
    with pytest.raises(Refused, match="“已放弃”"):
        rules.drop(made(), reason="不用了", by=make.actor())


def test_drop_is_refused_without_a_reason():
    with pytest.raises(Refused, match="请写明为什么"):
        rules.drop(drafts.draft(), reason=" ", by=make.actor())


@pytest.mark.django_db(transaction=True)
def test_two_clicks_drop_once():
    book, clerk = drafts.draft(), make.actor()
    how = {"reason": "不用了", "by": clerk}
    assert at_once(3, rules.drop, book, **how) == ["done", "refused", "refused"]
