"""履职档案: what one deputy's sealed file of a year says.

The tree is all that the paper and the spreadsheet see: words and figures as they are printed, no
model and no arithmetic. A deputy's own ratings of replies have no place in it, nor has anything
by which a voter could be known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

STAGES = ("提出", "审查", "交办", "面商", "答复", "评价", "办结")

BLANK_IN_KAI = frozenset("㘎㤘㧐㧟㭎䁖䅟䏝䓖䜣䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮")
"""AR PL UKai says that it has these characters and draws nothing; other gaps fall back alone."""


@dataclass(frozen=True)
class Person:
    """基本情况. What is not known is an empty string and prints as a dash."""

    name: str
    sex: str = ""
    nation: str = ""
    born: str = ""
    party: str = ""
    education: str = ""
    levels: str = ""
    certificate: str = ""
    delegation: str = ""
    district: str = ""
    term: str = ""
    group: str = ""
    job: str = ""
    station: str = ""
    pledge: str = ""
    photo: str = ""
    """A data:image/jpeg address, never a path."""


@dataclass(frozen=True)
class Figure:
    """One number with its name, its unit and a few words that place it."""

    label: str
    value: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class CategoryLine:
    """One of the five categories: what was counted, and how far up its ceiling that is."""

    name: str
    points: str
    ceiling: str
    share: Decimal
    median: Decimal = Decimal(0)
    note: str = ""

    @property
    def bar(self) -> int:
        return round(min(max(self.share, Decimal(0)), Decimal(1)) * 100)


@dataclass(frozen=True)
class StarLine:
    """One of the ten stars. An unlit one stays, with its reason."""

    name: str
    aspect: str
    reason: str
    lit: bool


@dataclass(frozen=True)
class LedgerLine:
    """One entry of the ledger: what was done, and why it is worth that."""

    number: str
    date: str
    category: str
    item: str
    rule: str
    reason: str
    verifier: str
    points: str
    total: str
    reverses: bool = False
    counts: bool = True


@dataclass(frozen=True)
class ProposalLine:
    """One proposal led or co-signed, and where it stands. `result` is a letter with a word."""

    number: str
    role: str
    title: str
    outcome: str
    unit: str
    stage: int
    result: str
    mark: str = ""

    @property
    def steps(self) -> tuple[str, ...]:
        """How each of the seven stages is drawn: done, now or ahead."""
        finished = self.stage >= len(STAGES)
        return tuple(
            "done" if finished or step < self.stage else "now" if step == self.stage else "ahead"
            for step in range(1, len(STAGES) + 1)
        )


@dataclass(frozen=True)
class MatterLine:
    """What one voter raised: by its title, which way it went, and what became of it."""

    title: str
    route: str
    outcome: str


@dataclass(frozen=True)
class ReceptionLine:
    """One reception of voters: when, where, how many came, what they raised."""

    date: str
    place: str
    voters: str
    matters: tuple[MatterLine, ...] = ()
    way: str = ""
    """平时到站、来电、走访; empty on a reception day."""
    note: str = ""
    """What stands instead of matters: nobody came, or nobody wrote down who did."""


@dataclass(frozen=True)
class ActivityLine:
    """One meeting or activity and whether the deputy came."""

    date: str
    name: str
    organiser: str
    attendance: str


@dataclass(frozen=True)
class PollLine:
    """述职测评: one report to voters, and its ballots: 满意, 基本满意, 不满意, 弃权或无效."""

    date: str
    place: str
    sent: str
    returned: str
    good: str
    fair: str
    poor: str
    void: str
    rate: str
    note: str = ""


@dataclass(frozen=True)
class Hand:
    """A name as it is signed."""

    name: str

    @property
    def has_kai(self) -> bool:
        """Whether the Kai face can write it."""
        return BLANK_IN_KAI.isdisjoint(self.name)


@dataclass(frozen=True)
class OpinionLine:
    """One of the four opinions of the yearly review. An empty text prints as not given."""

    title: str
    score: str = ""
    text: str = ""
    date: str = ""
    signed_by: str = ""
    weight: str = ""
    note: str = ""
    """Late, given by a stand-in, or missing: said, never hidden."""

    @property
    def hand(self) -> Hand:
        return Hand(self.signed_by)


@dataclass(frozen=True)
class Verdict:
    """评定结论: the grade, the stars in words, and the decision it rests on."""

    grade: str
    stars: str
    text: str
    reference: str = ""
    beside: tuple[str, ...] = ()
    """Why the grade is not the suggested one, 否决情形, objections and what changed after them."""


@dataclass(frozen=True)
class DutyFile:
    """履职档案: one deputy, one year."""

    committee: str
    year: int
    number: str
    verify_code: str
    verify_url: str
    sealed: str
    period: str
    person: Person
    indices: tuple[Figure, ...]
    figures: tuple[Figure, ...]
    categories: tuple[CategoryLine, ...]
    bonus: Figure
    total: Figure
    days: Mapping[date, int]
    days_note: str
    stars: tuple[StarLine, ...]
    stars_note: str
    ledger: tuple[LedgerLine, ...]
    ledger_note: str
    ledger_sum: str
    corrections: tuple[str, ...] = ()
    proposals: tuple[ProposalLine, ...] = ()
    proposals_note: str = ""
    receptions: tuple[ReceptionLine, ...] = ()
    receptions_note: str = ""
    activities: tuple[ActivityLine, ...] = ()
    activities_note: str = ""
    polls: tuple[PollLine, ...] = ()
    polls_note: str = ""
    opinions: tuple[OpinionLine, ...] = ()
    opinions_note: str = ""
    verdict: Verdict | None = None
    signatures: tuple[str, ...] = ("代表本人", "小组召集人", "乡镇人大主席", "代工委主任")
