"""The proposals' loop and a model of it side by side: random verbs by random people, day by day.

A step is one call of a verb: taken when the model says that it may be, refused when it may not.
"""

import random
from collections import Counter
from collections.abc import Callable
from copy import copy, deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Workday
from congress.shared.roles import Role
from deputies.models import Deputy
from proposals.models import Meeting, Proposal, Reply, Waiver
from proposals.states import PENS
from tests import make
from tests.campaigns.cases import PEN, STAGES, Case, in_order

FIRST_DAY = date(2026, 1, 5)
"""Within the days in which proposals of the session may still be raised."""
LAST_DAY = date(2026, 1, 29)
LIVE = 24
UNITS = ("县交通运输局", "县财政局", "县水利和湖泊局", "县教育局")


@dataclass
class Rounds:
    """Some deputies, some units, an office, and every proposal they ever had."""

    seed: int
    tried: int = 0
    broken: list[str] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311 -- the same deeds for the same seed
        self.session, self.works = make.session(), Workday.objects.works()
        self.today = FIRST_DAY
        self.office = [make.actor(), make.director()]
        self.deputies = [make.deputy() for _ in range(14)]
        self.as_deputy = {one.pk: make.as_deputy(one) for one in self.deputies}
        self.units = [make.unit(name) for name in UNITS]
        self.clerks = {one.pk: make.actor(Role.UNIT_CLERK, at=one) for one in self.units}
        self.heads = {one.pk: make.actor(Role.UNIT_HEAD, at=one) for one in self.units}
        self.strangers = [make.actor(role) for role in (Role.LEADER, Role.KEEPER, Role.AUDITOR)]
        self.cases: list[Case] = []
        self.over: list[Case] = []

    def again(self) -> "Rounds":
        """The same people and proposals where they stand now, for another life from here on."""
        fresh = copy(self)
        fresh.tried, fresh.broken, fresh.did = 0, [], Counter()
        fresh.cases, fresh.over = deepcopy((self.cases, self.over))
        return fresh

    # Who and when.

    def everybody(self) -> list[Actor]:
        return [
            *(*self.office, *self.strangers, *self.as_deputy.values()),
            *(*self.clerks.values(), *self.heads.values()),
        ]

    def somebody(self, right: Actor) -> Actor:
        """Mostly who should do it; now and then anybody at all."""
        return right if self.dice.random() < 0.8 else self.dice.choice(self.everybody())

    def deputy_of(self, actor: Actor) -> int:
        """The deputy who acts, or 0."""
        return next((pk for pk, own in self.as_deputy.items() if own == actor), 0)

    def person(self, pk: int) -> Deputy:
        return next(one for one in self.deputies if one.pk == pk)

    def is_office(self, actor: Actor) -> bool:
        return actor in self.office

    def works_at(self, actor: Actor, unit: int) -> bool:
        return actor in (self.clerks[unit], self.heads[unit])

    def next_day(self) -> None:
        """Time goes on; at the end of the window it stands, so that raising never ends."""
        self.today = min(self.today + timedelta(days=self.dice.randint(1, 2)), LAST_DAY)

    # Steps.

    def play(self, what: str, allowed: bool, verb: Callable[[], object]) -> object:
        """Call the verb; what it did must be what the model foretold."""
        self.tried += 1
        self.did[what if allowed else f"{what} refused"] += 1
        at = datetime.combine(self.today, time(2), tzinfo=UTC)
        try:
            with clock.at(at):
                done = verb()
        except Refused as why:
            if allowed:
                self.breaks(f"{what}: refused though allowed: {why}")
            return None
        if not allowed:
            self.breaks(f"{what}: done though it had to be refused")
        return done

    def breaks(self, words: str) -> None:
        self.broken.append(f"step {self.tried}, {self.today}: {words}")

    def closes(self, case: Case) -> None:
        self.cases.remove(case)
        self.over.append(case)

    # What must be true.

    def compare(self, case: Case) -> None:
        """One proposal in the database says what its model says."""
        row = Proposal.objects.get(pk=case.pk)
        seen = (row.state, row.number, row.merged_into_id)
        known = (case.state, case.number, case.into.pk if case.into else None)
        if seen != known:
            self.breaks(f"proposal {case.pk} is {seen}, the model says {known}")
        standing = set(row.cosignatures.standing().values_list("deputy", flat=True))
        if standing != set(case.signers):
            self.breaks(f"proposal {case.pk} is signed by {standing}, known {set(case.signers)}")
        if PENS[row.state].value != PEN[case.state]:
            self.breaks(f"the pen of proposal {case.pk} is with {PENS[row.state]}")

    def compare_everything(self) -> None:
        """Numbers in one series, each reply behind an open gate, every case as the model has it."""
        for case in [*self.cases, *self.over[-60:]]:
            self.compare(case)
        numbers = list(Proposal.objects.exclude(number="").values_list("number", flat=True))
        first = f"{self.session.term.number:02}{self.session.number:02}"
        if not in_order(numbers, first):
            self.breaks(f"the numbers have a gap: {sorted(numbers)[-3:]}")
        replies = sum(part.replies for case in [*self.cases, *self.over] for part in case.parts)
        if Reply.objects.count() != replies:
            self.breaks(f"{Reply.objects.count()} replies stand, the model knows {replies}")
        shut = Reply.objects.exclude(assignment__in=_with_gate())
        if shut.exists():
            self.breaks(f"reply {shut[0].pk} stands before a gate that was never open")


def _with_gate() -> list[int]:
    """Parts for which each of the three has a meeting that nobody denied, or a waiver."""
    kept: dict[int, set[str]] = {}
    held = Meeting.objects.held().values_list("assignment", "stage")
    for part, stage in [*held, *Waiver.objects.values_list("assignment", "stage")]:
        kept.setdefault(part, set()).add(stage)
    return [part for part, stages in kept.items() if len(stages) == len(STAGES)]
