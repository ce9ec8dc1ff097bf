"""逐笔查账: whatever is off with one line is named, that line alone, though no constraint held."""

from datetime import date, timedelta

import pytest
from django.db.models import F, OuterRef

from deputies.models import Deputy, DutyRecord, Mandate
from scoring.actions import posting
from scoring.models import Ceiling, Entry, Rule
from scoring.queries import audit_lines
from tests import make
from tests.scoring import facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    """One of three lines in two years that stand as they must."""
    facts.book()
    facts.posted(make.deputy(), "B6")
    entry = facts.posted(make.deputy())
    facts.posted(entry.deputy, on=date(2025, 12, 30))
    assert faults() == []
    return entry


@pytest.fixture
def unguarded(as_owner):
    """The ledger as the owner could leave it: without a constraint of its own."""
    as_owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in ("scoring_entry", "deputies_dutyrecord"):
        as_owner.execute(
            "SELECT conname FROM pg_constraint WHERE contype IN ('c', 'u') AND conrelid = %s"
            "::regclass",
            [table],
        )
        for (name,) in as_owner.fetchall():
            as_owner.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    as_owner.execute("DROP INDEX entry_once_per_record_and_assembly")
    as_owner.execute("ALTER TABLE deputies_dutyrecord DISABLE TRIGGER USER")
    as_owner.execute("SET CONSTRAINTS ALL DEFERRED")
    return as_owner


def faults():
    return list(audit_lines.faults())


def other(column, entry):
    """What the column of this line must not hold."""
    return {
        "deputy_id": lambda: make.deputy().pk,
        "assembly_id": lambda: make.assembly("township", make.township()).pk,
        "year": lambda: 2025,
        "rule_id": lambda: Rule.objects.get(book=entry.rule.book_id, item__code="B7").pk,
        "record_id": lambda: DutyRecord.objects.exclude(pk=entry.record_id).earliest("pk").pk,
        "points": lambda: entry.points * 2,
    }[column]()


@pytest.mark.parametrize("column", ["deputy_id", "year", "rule_id", "points"])
def test_a_line_unlike_its_fact_is_named(line, unguarded, column):
    Entry.objects.filter(pk=line.pk).update(**{column: other(column, line)})
    assert faults() == [f"第 {line.pk} 笔与履职记录 {line.record_id} 不符"]


def test_a_line_moved_to_another_congress_is_missing_there_and_too_much_here(line, unguarded):
    Entry.objects.filter(pk=line.pk).update(assembly_id=other("assembly_id", line))
    assert faults() == [
        f"履职记录 {line.record_id} 已核实，没有入账：请到“补记积分”里看",
        f"第 {line.pk} 笔没有对应的任职：请到“补记积分”里看",
    ]


def test_a_line_without_a_seat_under_it_is_named_until_it_is_taken_back(line):
    june = date(2026, 6, 1)
    Mandate.objects.filter(deputy=line.deputy).update(from_on=june)
    line.deputy.membership_set.update(from_on=june)
    early = Entry.objects.get(deputy=line.deputy, year=2025)
    posting.reverse(early, reason="当时不是代表", by=make.director())
    assert faults() == [f"第 {line.pk} 笔没有对应的任职：请到“补记积分”里看"]


def test_a_line_without_a_rule_under_it_is_not_sent_to_be_caught_up_with(line, unguarded):
    unguarded.execute("ALTER TABLE scoring_rulebook DISABLE TRIGGER USER")
    unguarded.execute("UPDATE scoring_rulebook SET from_on = %s", [date(2026, 5, 25)])
    assert f"第 {line.pk} 笔没有对应的规则" in faults()


def test_the_lines_are_looked_through_batch_after_batch(line, unguarded, monkeypatch):
    monkeypatch.setattr(audit_lines, "BATCH", 1)
    assert faults() == []
    Entry.objects.update(points=F("points") * 2)
    assert len(faults()) == 3


@pytest.mark.parametrize(
    "column", ["deputy_id", "assembly_id", "year", "rule_id", "record_id", "points"]
)
def test_a_reversal_of_anything_else_is_named(line, unguarded, column):
    back = posting.reverse(line, reason="重复", by=make.director())
    assert faults() == []
    Entry.objects.filter(pk=back.pk).update(**{column: other(column, back)})
    assert faults() == [f"第 {back.pk} 笔冲销与原来那一笔不符"]


def test_a_reversal_before_its_line_or_of_a_reversal_is_named(line, unguarded):
    back = posting.reverse(line, reason="重复", by=make.director())
    Entry.objects.filter(pk=back.pk).update(id=-1)
    assert faults() == ["第 -1 笔冲销与原来那一笔不符"]
    Entry.objects.filter(pk=-1).update(id=back.pk)
    again = like(back, points=-back.points, reverses_id=back.pk)
    assert faults() == [f"第 {again.pk} 笔冲销与原来那一笔不符"]


def like(entry, **other_):
    """A line with the columns of this one, but for those named."""
    columns = ("deputy_id", "assembly_id", "year", "rule_id", "record_id", "points", "reverses_id")
    return Entry.objects.create(**{each: getattr(entry, each) for each in columns} | other_)


def test_a_fact_told_twice_and_a_line_taken_back_twice_are_named(line, unguarded):
    like(line)
    assert faults() == [f"履职记录 {line.record_id} 在同一个人大记了两笔"]
    for _ in range(2):
        like(line, points=-line.points, reverses_id=line.pk)
    assert f"第 {line.pk} 笔冲销了两次" in faults()


@pytest.mark.parametrize(
    "hands",
    [
        {"checked_by": F("verified_by")},
        {"reported_by": F("verified_by")},
        {"verified_by": Deputy.objects.filter(pk=OuterRef("deputy")).values("user")[:1]},
        {"verified_by": None},
        {"checked_by": None},
    ],
)
def test_a_fact_that_one_person_alone_made_true_is_named(line, unguarded, hands):
    make.as_deputy(line.deputy)  # has a login
    DutyRecord.objects.filter(pk=line.record_id).update(**hands)
    assert faults()[0] == f"履职记录 {line.record_id} 不是由另一个人核实的"


def test_a_fact_of_whose_verification_the_trail_knows_nothing_is_named(line, unguarded):
    record = DutyRecord.objects.get(pk=line.record_id)
    DutyRecord.objects.filter(pk=record.pk).update(verified_by=make.user())
    assert faults() == [f"履职记录 {record.pk} 的核实在办理痕迹里找不到"]
    DutyRecord.objects.filter(pk=record.pk).update(
        verified_by=record.verified_by, verified_at=record.verified_at + timedelta(seconds=1)
    )
    assert faults() == [
        f"履职记录 {record.pk} 的核实在办理痕迹里找不到",
        f"第 {line.pk} 笔早于履职记录 {record.pk} 的核实",
    ]


def test_a_book_that_no_line_rests_on_is_not_asked_for_its_ceilings(line, unguarded):
    facts.book("township")
    unguarded.execute("SET CONSTRAINTS ALL IMMEDIATE")
    unguarded.execute("ALTER TABLE scoring_ceiling DISABLE TRIGGER USER")
    Ceiling.objects.exclude(book=line.rule.book_id).update(points=1)
    assert faults() == []
    Ceiling.objects.update(points=1)
    assert len(faults()) == 1
