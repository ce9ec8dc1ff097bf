"""满意率、办成率: of released figures alone, unit × year; nothing here is counted anew."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from congress.shared.models import Assembly
from proposals.models import RatingRelease, ReleasedCount
from proposals.queries.releases import Table, released
from proposals.rating_states import Measure

NAMES = {Measure.PROCESS: "态度满意率", Measure.RESULT: "满意率", Measure.ASKS: "办成率"}
HOW = (
    "满意率 = 对办理结果评“满意”的 ÷ 发出的；办成率 = 代表评“办成了”的请求 ÷ 请求的条数；"
    "没有评的在分母里。只取一次公布的数，不重新计算，也不按乡镇、门类、月份拆分。"
)


class Share(NamedTuple):
    """One cell as a rate, with its spread and the numbers behind it."""

    name: str
    rate: str
    spread: str
    of: str


class Line(NamedTuple):
    """A unit, or all together; without shares it is held back."""

    name: str
    sent: int
    returned: int | None
    shares: list[Share]


class Batch(NamedTuple):
    """One batch as it was released."""

    release: RatingRelease
    lines: list[Line]

    @property
    def total(self) -> Line | None:
        return next((each for each in self.lines if each.name == "合计"), None)


def batches(year: int, assembly: Assembly | None) -> list[Batch]:
    """What was released of that year by one congress, the newest batch first."""
    return _batches(released(year, assembly)) if assembly else []


def public_batches(year: int) -> list[Batch]:
    """What everybody reads of that year: every congress's, as the page of released figures."""
    return _batches(released(year))


def in_short(found: Sequence[Batch]) -> str:
    """The newest batch in a few words, for a heading: its 满意率 of all, where it may be read.

    Of several congresses none stands for the others: how many there are.
    """
    if not found:
        return "还没有公布"
    if len({each.release.assembly_id for each in found}) > 1:
        return f"已公布 {len(found)} 批"
    total = found[0].total
    whole = [each for each in total.shares if each.name == NAMES[Measure.RESULT]] if total else []
    return f"{whole[0].name} {whole[0].rate}" if whole else "已公布，合计不足以公开"


def _batches(tables: Iterable[Table]) -> list[Batch]:
    return [
        Batch(
            table.release,
            [
                Line(
                    line.name,
                    line.cells[0].sent,
                    line.cells[0].returned,
                    [] if line.held_back else [_share(cell) for cell in line.cells],
                )
                for line in table.lines
            ],
        )
        for table in tables
    ]


def _share(cell: ReleasedCount) -> Share:
    measure = Measure(cell.measure)
    noun = "条" if measure == Measure.ASKS else "份"
    best = cell.best or 0
    rate = f"{100 * best / cell.sent:.1f}%" if cell.sent else "—"
    return Share(
        NAMES[measure],
        rate,
        f"{cell.best} · {cell.middle} · {cell.worst}",
        f"{best} {noun} ÷ {cell.sent} {noun}",
    )
