"""查账: what must be true of the ledger, computed anew from the facts and compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q

from congress.shared import chain
from deputies.models import DutyRecord
from scoring.models import Entry, YearTotal
from scoring.points import ZERO
from scoring.queries.corrections import correction_faults
from scoring.queries.ledger import all_sums, worth

TRAIL = "ledger"
BATCH = 5000


@dataclass(frozen=True)
class Findings:
    """One audit: `drift` is in points, `faults` are sentences, `chain` is empty when unbroken."""

    entries: int
    drift: Decimal
    chain: str
    faults: list[str]

    @property
    def clean(self) -> bool:
        return not (self.drift or self.chain or self.faults)


def findings() -> Findings:
    """The whole ledger looked through once."""
    drift, faults = _drift()
    fault = chain.first_fault(TRAIL, Entry)
    return Findings(
        entries=Entry.objects.count(),
        drift=drift,
        chain=f"第 {fault.number} 封签：第 {fault.row_id} 笔{fault.sentence}" if fault else "",
        faults=[*faults, *_unlike_the_facts(), *_reversals(), *correction_faults()],
    )


def _drift() -> tuple[Decimal, list[str]]:
    """Shown totals against the sums of the entries."""
    expected, drift, faults = all_sums(), ZERO, []
    for row in YearTotal.objects.all():
        year = expected.pop((row.deputy_id, row.assembly_id, row.year), None)
        base, bonus = (year.base, year.bonus) if year else (ZERO, ZERO)
        if (row.base, row.bonus) != (base, bonus):
            drift += abs(row.base - base) + abs(row.bonus - bonus)
            faults.append(f"{_whose(row)}显示 {row.total} 分，账上是 {base + bonus} 分")
    for (deputy_id, _, number), year in expected.items():
        drift += year.base + year.bonus
        faults.append(f"代表 {deputy_id} {number} 年账上有 {year.total} 分，没有合计")
    return drift, faults


def _whose(row: YearTotal) -> str:
    return f"代表 {row.deputy_id} {row.year} 年"


def _unlike_the_facts() -> Iterator[str]:
    """Every verified record has exactly the lines its rules say, and no other line is live.

    What an upheld appeal put in such a line's place is looked at by `correction_faults`.
    """
    posted = Entry.objects.filter(reverses__isnull=True, corrects__isnull=True).annotate(
        undone=F("entry")
    )
    lines = {(entry.record_id, entry.assembly_id): entry for entry in posted}
    records = DutyRecord.objects.verified().order_by("pk")
    last = 0
    while batch := list(records.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        for found in worth(batch):
            meant = found.entry()
            entry = lines.pop((found.record.pk, found.assembly_id), None)
            if entry is None:
                yield f"履职记录 {found.record.pk} 已核实，没有入账"
            elif _facts(entry) != _facts(meant):
                yield f"第 {entry.pk} 笔与履职记录 {entry.record_id} 不符"
    for entry in lines.values():
        if not entry.undone:  # type: ignore[attr-defined]  # annotated above
            yield f"第 {entry.pk} 笔没有对应的已核实记录或规则"


def _facts(entry: Entry) -> tuple[object, ...]:
    return (entry.deputy_id, entry.year, entry.rule_id, entry.points)


def _reversals() -> Iterator[str]:
    """A reversal takes back exactly what its original gave."""
    same = Q(
        points=-F("reverses__points"),
        deputy=F("reverses__deputy"),
        assembly=F("reverses__assembly"),
        year=F("reverses__year"),
        rule=F("reverses__rule"),
        record=F("reverses__record"),
        reverses__reverses__isnull=True,
    )
    for number in Entry.objects.filter(reverses__isnull=False).exclude(same).values_list("pk"):
        yield f"第 {number[0]} 笔冲销与原来那一笔不符"
