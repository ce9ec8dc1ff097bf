"""An office's view: what waits for it, and how much each unit carries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from congress.shared.actors import Actor
from congress.shared.models import Organisation, Workday
from proposals.models import Assignment, Proposal
from proposals.queries.clocks import waited
from proposals.states import IN_REVIEW, State, UnitRole

KEPT_BACK = "暂缓公开"


@dataclass(frozen=True)
class Waiting:
    """One proposal that waits for the office, and for how long."""

    proposal: Proposal
    waited: str
    along: str
    badge: str = ""
    act: tuple[str, str] = ("", "")
    """Another act than the queue's, and its page."""


@dataclass(frozen=True)
class Queue:
    """One kind of waiting work: what it is called and which page does it."""

    title: str
    act: str
    url_name: str
    rows: list[Waiting]
    words: str

    @property
    def kept_back(self) -> int:
        """How many of these were decided to wait."""
        return sum(each.badge == KEPT_BACK for each in self.rows)

    @property
    def many(self) -> int:
        """How many wait to be decided."""
        return len(self.rows) - self.kept_back

    @property
    def anchor(self) -> str:
        return self.url_name.partition(":")[2]


def _since(row: Proposal) -> date:
    """The day from which the proposal has waited in its present state."""
    if row.state == State.PUBLISHED:
        return min(each.replied_on for each in row.unopened or row.kept_back)
    since: date = row.answered_on or row.accepted_on or row.waits_since  # type: ignore[attr-defined]  # of the rows below
    return since


def queues(by: Actor, today: date) -> list[Queue]:
    """待审查, 待交办, 待公开: oldest first, a zero said.

    What is kept back stands behind what waits to be published, and is counted apart.
    """
    works = Workday.objects.works()
    rows = list(
        (
            Proposal.objects.to_review()
            | Proposal.objects.to_assign()
            | Proposal.objects.to_publish()
            | Proposal.objects.kept_back()
        )
        .decided_by(by)
        .with_progress()
        .with_wait()
        .prefetch_related("merged")
        .with_signed()
        .order_by("waits_since", "id")
    )

    def waiting(*states: State) -> list[Waiting]:
        return [
            Waiting(row, waited(_since(row), today, works), _along(row), *_further(row))
            for row in rows
            if row.state in states
        ]

    return [
        Queue("待审查", "审查…", "proposals:accept", waiting(*IN_REVIEW), "代表新提出的建议"),
        Queue(
            "待交办", "交办…", "proposals:assign", waiting(State.ACCEPTED), "已受理，还没有交给单位"
        ),
        Queue(
            "待公开",
            "公开…",
            "proposals:publish",
            sorted(waiting(State.ANSWERED, State.PUBLISHED), key=lambda each: bool(each.act[0])),
            "已答复，还没有公开",
        ),
    ]


def _further(row: Proposal) -> tuple[str, tuple[str, str]]:
    """又作的一版: which it is, and of one that is kept back what may be done instead."""
    if row.unopened:
        return "又作的一版", ("", "")
    if row.kept_back:
        return KEPT_BACK, ("改为公开…", "proposals:lift_withholding")
    return "", ("", "")


def _along(row: Proposal) -> str:
    """并案: what has no reply of its own and goes out with this one."""
    merged = [each for each in row.merged.all() if each.state == row.state == State.ANSWERED]
    numbers = [each.number for each in merged if not each.why_withheld]
    return f"连同并案的 {'、'.join(sorted(numbers))} 一起公开" if numbers else ""


class Load(NamedTuple):
    """How many open proposals a unit carries."""

    unit: Organisation
    lead: int
    assisting: int

    @property
    def words(self) -> str:
        """The unit's name with its load, as the list of choices says it."""
        return f"{self.unit.name}（在办 {self.lead} 主办、{self.assisting} 协办）"


def loads(units: Iterable[Organisation] = ()) -> list[Load]:
    """在办件数 of these units, of every one when none is named, the busiest first."""
    open_ones = Assignment.objects.running().values_list("unit", "role")
    counts = Counter(open_ones.order_by())
    rows = [
        Load(
            unit,
            counts[unit.pk, UnitRole.LEAD] + counts[unit.pk, UnitRole.SEPARATE],
            counts[unit.pk, UnitRole.JOINT] + counts[unit.pk, UnitRole.ASSISTING],
        )
        for unit in units or Organisation.objects.units()
    ]
    return sorted(rows, key=lambda row: -(row.lead + row.assisting))
