"""启用默认积分表: a rule book is adopted whole, from a date, and never changed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from scoring import tables
from scoring.actions import posting, rules
from scoring.models import Entry, RuleBook
from scoring.queries.books import Books
from tests import make
from tests.race import at_once
from tests.scoring import drafts, facts

pytestmark = pytest.mark.django_db
START = date(2026, 1, 1)


def test_adopt_default_makes_the_next_version_with_its_rules_and_leaves_a_trail():
    office = make.director()
    book = rules.adopt_default(make.assembly(), from_on=START, by=office)
    assert (book.version, book.from_on) == (1, START)
    assert book.ceilings.aggregate(total=Sum("points"))["total"] == Decimal(100)
    assert book.rules.count() == 31
    assert book.rules.get(item__code="P2").points > book.rules.get(item__code="P3").points
    trace = AuditEvent.objects.get(subject="scoring.RuleBook", subject_id=book.pk)
    assert (trace.now, trace.by_name) == ("adopted", office.name)
    again = rules.adopt_default(make.assembly(), from_on=date(2027, 1, 1), by=office)
    assert again.version == 2


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.STAFF_DIRECTOR}))
def test_adopt_default_is_refused_to_everybody_but_the_director(role):
    with pytest.raises(Refused, match="只有代工委主任"):
        rules.adopt_default(make.assembly(), from_on=START, by=make.actor(role))


def test_facts_judged_in_another_congress_bar_no_book():
    facts.book("township")
    facts.posted(make.deputy(levels=("township",)))
    assert rules.adopt_default(make.assembly(), from_on=START, by=make.director()).version == 1


def test_adopt_default_is_refused_over_facts_already_judged():
    facts.book()
    facts.posted(make.deputy())
    with pytest.raises(Refused, match="已有核实过的履职"):
        rules.adopt_default(make.assembly(), from_on=facts.DAY, by=make.director())


def test_adopt_default_is_refused_before_the_newest_book():
    facts.book(from_on=START)
    with pytest.raises(Refused, match="第 1 版从 2026 年 1 月 1 日起用"):
        rules.adopt_default(make.assembly(), from_on=date(2025, 1, 1), by=make.director())


@pytest.mark.parametrize("day", [date(2028, 1, 1), date(9999, 12, 31)])
def test_a_mistyped_year_does_not_bar_every_later_book(day):
    place, office = make.assembly(), make.director()
    with facts.on(date(2026, 11, 20)):
        with pytest.raises(Refused, match="起用日期最晚是 2027 年 12 月 31 日"):
            rules.adopt_default(place, from_on=day, by=office)
        book = drafts.draft()
        with pytest.raises(Refused, match="起用日期最晚是 2027 年 12 月 31 日"):
            drafts.adopt(book, from_on=day)
        assert not RuleBook.objects.adopted().exists()
        assert rules.adopt_default(place, from_on=date(2027, 12, 31), by=office)


def test_adopt_default_is_refused_when_ceilings_do_not_make_a_hundred(monkeypatch, tmp_path):
    table = (tables.DATA / "ceilings.csv").read_text("utf-8").replace("meetings,25", "meetings,24")
    (tmp_path / "ceilings.csv").write_text(table, "utf-8")
    (tmp_path / "rulebook.csv").write_text((tables.DATA / "rulebook.csv").read_text("utf-8"))
    monkeypatch.setattr(tables, "DATA", tmp_path)
    with pytest.raises(Refused, match="应为 100 分，现在是 99 分"):
        rules.adopt_default(make.assembly(), from_on=START, by=make.director())


@pytest.mark.django_db(transaction=True)
def test_two_adoptions_at_once_are_two_versions():
    place, office = make.assembly(), make.director()
    assert at_once(2, rules.adopt_default, place, from_on=START, by=office) == ["done", "done"]
    assert sorted(RuleBook.objects.values_list("version", flat=True)) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_a_book_adopted_while_a_duty_is_verified_never_leaves_it_judged_by_another():
    facts.book()
    place, office = make.assembly(), make.director()
    days = [facts.DAY + timedelta(days=number) for number in range(4)]
    verbs = []
    for day in days:
        record = facts.checked(make.deputy(), on=day)
        verbs.append(partial(posting.verify_and_post, record, by=office))
        verbs.append(partial(rules.adopt_default, place, from_on=day, by=office))
    turns = iter(verbs)
    outcomes = at_once(len(verbs), lambda: next(turns)())
    assert outcomes.count("done") >= len(days), "verifying is never refused"
    books = Books([place.pk])
    assert Entry.objects.count() == len(days)
    for entry in Entry.objects.select_related("record"):
        spoke = books.in_force(place.pk, entry.record.done_on)
        assert entry.rule.book == spoke


@pytest.mark.django_db(transaction=True)
def test_verifying_waits_for_the_book_being_adopted_and_is_judged_by_it():
    facts.book()
    place, office = make.assembly(), make.director()
    record = facts.checked(make.deputy())
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            newer = rules.adopt_default(place, from_on=facts.DAY, by=office)
            verified = pool.submit(in_own_connection, posting.verify_and_post, record, by=office)
            with pytest.raises(TimeoutError):
                verified.result(timeout=1)
        verified.result(timeout=10)
    assert Entry.objects.get().rule.book == newer


def in_own_connection(verb, *args, **kwargs):
    try:
        return verb(*args, **kwargs)
    finally:
        connection.close()


def twin(book):
    book.pk = None
    return book


def test_a_version_exists_once_whatever_the_code_forgets():
    book = facts.book()
    with pytest.raises(IntegrityError, match="rule_book_version_once_per_assembly"):
        RuleBook.objects.bulk_create([twin(book)])


def test_the_book_in_force_is_the_newest_that_had_begun():
    place = make.assembly()
    first, second = facts.book(from_on=START), facts.book(from_on=date(2026, 7, 1))
    books = Books([place.pk])
    assert books.in_force(place.pk, date(2025, 12, 31)) is None
    assert books.in_force(place.pk, date(2026, 6, 30)) == first
    assert books.in_force(place.pk, date(2026, 7, 1)) == second
    assert RuleBook.objects.in_force(place.pk, date(2026, 7, 1)) == second


def test_the_ceilings_of_a_year_are_those_of_its_first_day_or_of_its_first_book():
    place = make.assembly()
    facts.book(from_on=date(2026, 3, 1))
    table = drafts.but(drafts.of_default(), ceilings={"self": Decimal(20), "voters": Decimal(10)})
    drafts.adopted(table, from_on=date(2026, 7, 1), mid_year=True)
    books = Books([place.pk])
    assert books.ceilings(place.pk, 2025) == {}
    assert books.ceilings(place.pk, 2026)["self"] == Decimal(10)
    assert books.ceilings(place.pk, 2027)["self"] == Decimal(20)


def test_of_two_books_from_one_day_the_later_version_gives_rules_and_ceilings():
    first, later = facts.book(from_on=date(2026, 3, 1)), facts.book(from_on=date(2026, 3, 1))
    assembly = first.assembly
    assert RuleBook.objects.ruling(assembly.pk, 2026) == later
    books = Books([assembly.pk])
    books._ceilings[first.pk]["meetings"] = Decimal(99)
    assert books.ceilings(assembly.pk, 2026) == books._ceilings[later.pk]
    assert books.in_force(assembly.pk, date(2026, 3, 1)) == later
    assert books.ceilings(assembly.pk, 2025) == {}
