"""查账: what must be true of the ledger, computed anew from the facts and compared."""

from dataclasses import dataclass
from decimal import Decimal

from congress.shared import chain
from congress.shared.chain import Head
from deputies.models import Deputy
from scoring.models import Entry, YearTotal
from scoring.points import ZERO
from scoring.queries import anchors, audit_lines, sealed_books
from scoring.queries.anchors import TRAIL
from scoring.queries.audit_shop import shop_faults
from scoring.queries.corrections import correction_faults
from scoring.queries.ledger import all_sums
from scoring.queries.snapshot import snapshot


@dataclass(frozen=True)
class Findings:
    """One audit: `drift` is in points, `faults` are sentences, `chain` is empty when unbroken."""

    entries: int
    drift: Decimal
    chain: str
    faults: list[str]
    head: Head

    @property
    def clean(self) -> bool:
        return not (self.drift or self.chain or self.faults)

    @property
    def sentences(self) -> list[str]:
        """Everything that is off, the chain last."""
        return [*self.faults, self.chain] if self.chain else self.faults


def findings() -> Findings:
    """The whole ledger looked through once, as it stands at one moment."""
    with snapshot():
        drift, faults = _drift()
        return Findings(
            entries=Entry.objects.count(),
            drift=drift,
            chain=_broken_seal() or anchors.fault(),
            faults=[
                *faults,
                *audit_lines.faults(),
                *correction_faults(),
                *sealed_books.faults(),
                *shop_faults(),
            ],
            head=chain.head(TRAIL),
        )


def _broken_seal() -> str:
    fault = chain.first_fault(TRAIL, Entry)
    return f"第 {fault.number} 封签：第 {fault.row_id} 笔{fault.sentence}" if fault else ""


def _drift() -> tuple[Decimal, list[str]]:
    """Shown totals against the sums of the entries."""
    expected, drift, faults = all_sums(), ZERO, []
    for row in YearTotal.objects.select_related("deputy").order_by("pk").iterator():
        year = expected.pop((row.deputy_id, row.assembly_id, row.year), None)
        base, bonus = (year.base, year.bonus) if year else (ZERO, ZERO)
        if (row.base, row.bonus, row.total) != (base, bonus, base + bonus):
            drift += abs(row.base - base) + abs(row.bonus - bonus)
            faults.append(
                f"{_whose(row.deputy, row.year)}显示 {row.total} 分，账上是 {base + bonus} 分"
            )
    named = Deputy.objects.in_bulk({deputy_id for deputy_id, _, _ in expected})
    for (deputy_id, _, number), year in expected.items():
        drift += year.total
        faults.append(f"{_whose(named[deputy_id], number)}账上有 {year.total} 分，没有合计")
    return drift, faults


def _whose(deputy: Deputy, year: int) -> str:
    return f"代表{deputy.name}（序号 {deputy.pk}）{year} 年"
