"""What somebody with the owner's rights might do to the ledger, one random thing at a time.

Each tampering says which words the audit must use of it: the number of the line, of the record or
of the seal from which on the chain is not what was kept.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection

from congress.shared import chain
from congress.shared.models import Seal
from deputies.models import DutyRecord
from scoring.actions import posting
from scoring.models import Entry, LedgerAudit
from scoring.queries.anchors import TRAIL
from scoring.queries.books import Books


@dataclass
class Tamperer:
    """The owner's hands on the tables, and the dice."""

    dice: random.Random
    did: list[str] = field(default_factory=list)

    def sql(self, statement: str, *values: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    def thaw_the_facts(self) -> None:
        """What was verified may be changed, until the transaction is taken back."""
        self.lift("deputies_dutyrecord DISABLE TRIGGER verified_duty_is_frozen")

    def lift(self, guard: str) -> None:
        """One of the guards that the database itself has is taken away."""
        self.sql("SET CONSTRAINTS ALL IMMEDIATE")  # no table changes while its checks wait
        self.sql("SET CONSTRAINTS ALL DEFERRED")
        self.sql(f"ALTER TABLE {guard}")

    def line(self) -> Entry:
        return self.dice.choice(list(Entry.objects.order_by("pk")))

    def named(self, entry: Entry) -> list[str]:
        """Any of these words names the line."""
        return [f"第 {entry.pk} 笔", f"履职记录 {entry.record_id} "]

    def rebuild(self, number: int = 1) -> None:
        """The seals from this one on are made anew over what stands now."""
        self.sql("DELETE FROM shared_seal WHERE trail = %s AND number >= %s", TRAIL, number)
        chain.seal(TRAIL, Entry)


CHANGED = {
    "points": "UPDATE scoring_entry SET points = %s WHERE id = %s",
    "year": "UPDATE scoring_entry SET year = %s WHERE id = %s",
    "posted_at": "UPDATE scoring_entry SET posted_at = %s WHERE id = %s",
}


def change(by: Tamperer) -> list[str]:
    """One column of one line has another value."""
    entry = by.line()
    column, value = by.dice.choice(
        [
            ("points", entry.points * 2),
            ("points", entry.points + (1 if entry.points > 0 else -1)),
            ("year", entry.year - 1),
            ("posted_at", "2026-01-01T00:00:00+08:00"),
        ]
    )
    by.sql(CHANGED[column], value, entry.pk)
    return by.named(entry)


def change_and_rebuild(by: Tamperer) -> list[str]:
    """The same, and the chain is made anew from there, as a forger would."""
    words = change(by)
    by.rebuild()
    return [*words, "号以后的封签被重做"]


def remove(by: Tamperer) -> list[str]:
    entry = by.line()
    by.sql("DELETE FROM scoring_entry WHERE reverses_id = %s", entry.pk)
    by.sql("DELETE FROM scoring_entry WHERE id = %s", entry.pk)
    reversal = [f"第 {entry.reverses_id} 笔"] if entry.reverses_id else []
    return [*by.named(entry), *reversal, "笔记录被删除"]


def remove_with_its_seals(by: Tamperer) -> list[str]:
    """A line and every seal from its own on; then the rest is sealed again."""
    entry = by.line()
    seal = Seal.objects.get(trail=TRAIL, row_id=entry.pk)
    by.sql("DELETE FROM scoring_entry WHERE reverses_id = %s", entry.pk)
    by.sql("DELETE FROM scoring_entry WHERE id = %s", entry.pk)
    by.rebuild(seal.number)
    return [*by.named(entry), "号以后的封签被截去", "号以后的封签被重做"]


COPIED = """
INSERT INTO scoring_entry
  (deputy_id, assembly_id, year, rule_id, record_id, points, posted_at)
SELECT deputy_id, {}, year, rule_id, record_id, abs(points), posted_at
FROM scoring_entry WHERE id = %s
"""
ELSEWHERE = "(SELECT id FROM shared_assembly WHERE id <> assembly_id LIMIT 1)"


def insert(by: Tamperer) -> list[str]:
    """A line that no deed stands behind, by lifting the constraint or in another congress."""
    entry = by.line()
    by.sql("DROP INDEX entry_once_per_record_and_assembly")
    by.sql(COPIED.format(by.dice.choice(["assembly_id", ELSEWHERE])), entry.pk)
    new = Entry.objects.order_by("-pk")[0]
    return [*by.named(new), f"履职记录 {new.record_id}"]


def swap(by: Tamperer) -> list[str]:
    """Two lines change places."""
    one, other = by.dice.sample(list(Entry.objects.order_by("pk")), 2)
    by.sql("UPDATE scoring_entry SET id = -1 WHERE id = %s", one.pk)
    by.sql("UPDATE scoring_entry SET id = %s WHERE id = %s", one.pk, other.pk)
    by.sql("UPDATE scoring_entry SET id = %s WHERE id = -1", other.pk)
    return [*by.named(one), *by.named(other)]


def swap_seals(by: Tamperer) -> list[str]:
    """Two seals change their rows."""
    one, other = by.dice.sample(list(Seal.objects.filter(trail=TRAIL).order_by("number")), 2)
    by.sql("UPDATE shared_seal SET row_id = -1 WHERE id = %s", one.pk)
    by.sql("UPDATE shared_seal SET row_id = %s WHERE id = %s", one.row_id, other.pk)
    by.sql("UPDATE shared_seal SET row_id = %s WHERE id = %s", other.row_id, one.pk)
    return [f"第 {min(one.number, other.number)} 封签"]


def change_seal(by: Tamperer) -> list[str]:
    seal = by.dice.choice(list(Seal.objects.filter(trail=TRAIL).order_by("number")))
    by.sql("UPDATE shared_seal SET digest = %s WHERE id = %s", "f" * 64, seal.pk)
    return [f"第 {seal.number} 封签"]


def remove_seal(by: Tamperer) -> list[str]:
    """One from the middle: nothing makes it anew, for its row comes after the last."""
    seals = list(Seal.objects.filter(trail=TRAIL).order_by("number"))[:-1]
    seal = by.dice.choice(seals)
    by.sql("DELETE FROM shared_seal WHERE id = %s", seal.pk)
    return [f"第 {seal.number} 封签"]


def cut_off(by: Tamperer) -> list[str]:
    """The newest lines go, and their seals with them: the chain alone would not show it."""
    last = by.dice.randint(1, 5)
    entries = list(Entry.objects.order_by("-pk")[:last])
    numbers = [entry.pk for entry in entries]
    by.sql("DELETE FROM shared_seal WHERE trail = %s AND row_id = ANY(%s)", TRAIL, numbers)
    by.sql("DELETE FROM scoring_entry WHERE reverses_id = ANY(%s)", numbers)
    by.sql("DELETE FROM scoring_entry WHERE id = ANY(%s)", numbers)
    held = Seal.objects.filter(trail=TRAIL).count()
    head = LedgerAudit.objects.order_by("-pk")[0].head_number
    return [f"第 {held} 号以后", f"第 {head} 号", "号以后的封签被截去", *by.named(entries[-1])]


def cut_off_with_the_facts(by: Tamperer) -> list[str]:
    """The same, and the deeds, notices and totals with them: only the kept heads know."""
    last = Entry.objects.filter(reverses=None, entry=None).order_by("-pk")[0]
    by.sql("DELETE FROM shared_seal WHERE trail = %s AND row_id >= %s", TRAIL, last.pk)
    gone = list(Entry.objects.filter(pk__gte=last.pk).values_list("record_id", "reverses"))
    by.sql("DELETE FROM scoring_entry WHERE id >= %s", last.pk)
    own = [record for record, reverses in gone if reverses is None]
    by.thaw_the_facts()
    by.sql("UPDATE deputies_dutyrecord SET state = 'checked', verified_by_id = NULL,"
           " verified_at = NULL WHERE id = ANY(%s)", own)  # fmt: skip
    return ["号以后的封签被截去"]


def raise_total(by: Tamperer) -> list[str]:
    """Not the ledger but what is shown of it."""
    entry = by.line()
    by.sql(
        "UPDATE scoring_yeartotal SET bonus = bonus + 1, total = total + 1"
        " WHERE deputy_id = %s AND assembly_id = %s AND year = %s",
        *(entry.deputy_id, entry.assembly_id, entry.year),
    )
    return [f"（序号 {entry.deputy_id}）{entry.year} 年显示"]


def verify_alone(by: Tamperer) -> list[str]:
    """One person where two are asked for."""
    entry = by.line()
    by.thaw_the_facts()
    by.lift("deputies_dutyrecord DROP CONSTRAINT duty_is_not_verified_by_who_told_it")
    by.sql(
        "UPDATE deputies_dutyrecord SET reported_by_id = verified_by_id WHERE id = %s",
        entry.record_id,
    )
    return [f"履职记录 {entry.record_id} 不是由另一个人核实的"]


def change_rule(by: Tamperer) -> list[str]:
    """A frozen book has another figure, so that lines are not what their rule says."""
    entry = by.line()
    by.lift("scoring_rule DISABLE TRIGGER frozen")
    by.sql("UPDATE scoring_rule SET points = points + 0.1 WHERE id = %s", entry.rule_id)
    return by.named(entry)


def change_ceiling(by: Tamperer) -> list[str]:
    """A frozen book leaves more room, so that the categories no longer add up to 100."""
    book = by.line().rule.book
    by.lift("scoring_ceiling DISABLE TRIGGER frozen")
    by.sql("UPDATE scoring_ceiling SET points = points + 5 WHERE book_id = %s", book.pk)
    return [f"{book}：各类封顶分相加应为 100 分"]


def change_limit(by: Tamperer) -> list[str]:
    """A frozen book lets another part of an item count, and each line is still by its rule."""
    book = by.line().rule.book
    by.lift("scoring_rule DISABLE TRIGGER frozen")
    changed = by.dice.choice(["per_year = per_year + 50", "highest_only = NOT highest_only"])
    kind = "bonus" if "highest" in changed else "per_year IS NOT NULL"
    by.sql(f"UPDATE scoring_rule SET {changed} WHERE book_id = %s AND {kind}", book.pk)  # noqa: S608
    return [f"规则书“{book}”与通过时不同"]


def slip_in(by: Tamperer) -> list[str]:
    """A deed of nobody, written in already verified, with its line, its total and its seal."""
    like = by.dice.choice(list(Entry.objects.filter(reverses=None, corrects=None)))
    record = DutyRecord.objects.get(pk=like.record_id)
    record.pk, record.source = None, f"{record.source}:again"
    record.save(force_insert=True)
    account = (like.deputy_id, like.assembly_id, like.year)
    columns = dict(zip(("deputy_id", "assembly_id", "year"), account, strict=True))
    Entry.objects.create(**columns, rule=like.rule, record=record, points=like.points)
    posting.move_totals({account}, Books([like.assembly_id]))
    by.rebuild()
    return [f"履职记录 {record.pk} 的核实在办理痕迹里找不到"]


def post_early(by: Tamperer) -> list[str]:
    """A line pretends to be older than the verification it rests on."""
    entry = by.line()
    by.sql("UPDATE scoring_entry SET posted_at = '2026-01-01T00:00+08' WHERE id = %s", entry.pk)
    by.rebuild()
    return [f"第 {entry.pk} 笔早于履职记录 {entry.record_id} 的核实"]


def dismiss_afterwards(by: Tamperer) -> list[str]:
    """A correction stands, and its appeal was never upheld."""
    correction = by.dice.choice(list(Entry.objects.filter(corrects__isnull=False)))
    by.lift("scoring_appeal DISABLE TRIGGER appeal_is_frozen")
    by.sql(
        "UPDATE scoring_appeal SET state = 'dismissed' WHERE entry_id = %s", correction.corrects_id
    )
    return [f"第 {correction.pk} 笔改正没有成立的异议"]


def part_matter(by: Tamperer) -> list[str]:
    """Two awards of one matter are made two matters, so that both would count."""
    awards = list(DutyRecord.objects.exclude(matter="").order_by("pk"))
    record = by.dice.choice(awards)
    by.thaw_the_facts()
    by.sql("UPDATE deputies_dutyrecord SET matter = '另一事项' WHERE id = %s", record.pk)
    return [f"（序号 {record.deputy_id}）{record.done_on.year} 年显示"]


Tampering = Callable[[Tamperer], list[str]]
TAMPERINGS: list[Tampering] = [
    change,
    change_and_rebuild,
    remove,
    remove_with_its_seals,
    insert,
    swap,
    swap_seals,
    change_seal,
    remove_seal,
    cut_off,
    cut_off_with_the_facts,
    raise_total,
    verify_alone,
    change_rule,
    change_ceiling,
    change_limit,
    slip_in,
    post_early,
    dismiss_afterwards,
    part_matter,
]
