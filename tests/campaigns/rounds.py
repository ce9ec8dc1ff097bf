"""The proposals' loop and a model of it side by side: random verbs by random people, day by day.

A step is one call of a verb: taken when the model says that it may be, refused when it may not.
"""

import pickle
import random
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db.models import Model

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Setting, Workday
from congress.shared.roles import Role
from deputies.models import Deputy
from proposals.models import OutcomeClass, RefusalGround
from proposals.rules import MEETING_GAP
from tests import make
from tests.campaigns import desks, nights, truth
from tests.campaigns.cases import Case, Paper, Part

FIRST_DAY, LAST_DAY = date(2026, 1, 5), date(2026, 10, 30)
"""From days on which proposals of the session may be raised, to long after each reply is due."""
LIVE = 24
"""So many on their way, unless told otherwise; one more is raised when there are fewer."""
UNITS = ("县交通运输局", "县财政局", "县水利和湖泊局", "县教育局")

LEANING = 0.22
"""How often the dice choose only among what may be done: a refusal is cheap, a deed is not."""

ORDINARY, A_LONG_TIME = 0.96, 70
"""How often a next day is one of the same week; else so many days have gone."""
ORDINARY_FATE, LEAVING = 0.84, 0.92
"""How often nothing befalls in a night; else the calendar changes, or a lead leaves."""

One = TypeVar("One")


@dataclass
class Rounds:
    """Some deputies, some units, an office, and every proposal they ever had."""

    seed: int
    days_a_step: float
    live: int = LIVE
    tried: int = 0
    texts: int = 0
    broken: list[str] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)
    story: list[str] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311 -- the same deeds for the same seed
        self._let_meetings_share_a_day()
        self.session, self.works = make.session(), Workday.objects.works()
        self.today = FIRST_DAY
        self.office = [make.actor(), make.director()]
        self.there = make.session(of=make.assembly("township", make.township()))
        self.there_office = make.actor(Role.TOWNSHIP_CLERK)
        self.deputies = [make.deputy() for _ in range(14)]
        self.townspeople = [make.deputy(levels=("township",)) for _ in range(7)]
        people = [*self.deputies, *self.townspeople]
        self.as_deputy = {one.pk: make.as_deputy(one) for one in people}
        self.gone: frozenset[int] = frozenset()
        self.units = [make.unit(name) for name in UNITS]
        self.clerks = {one.pk: make.actor(Role.UNIT_CLERK, at=one) for one in self.units}
        self.heads = {one.pk: make.actor(Role.UNIT_HEAD, at=one) for one in self.units}
        strangers = [make.actor(role) for role in (Role.LEADER, Role.KEEPER, Role.AUDITOR)]
        self.everybody = [
            *(*self.office, self.there_office, *strangers, *self.as_deputy.values()),
            *(*self.clerks.values(), *self.heads.values()),
        ]
        self.outcome, self.ground = (
            OutcomeClass.objects.get(code="B"),
            RefusalGround.objects.all()[0],
        )
        self.cases: list[Case] = []
        self.over: list[Case] = []
        self.papers: list[Paper] = []
        self.pages: dict[tuple[type[Model], int], Model] = {}

    def _let_meetings_share_a_day(self) -> None:
        """As a county may decide: a life is hardly longer than a day, and shall reach its end."""
        rule = {"key": MEETING_GAP.key, "value": 0, "basis": "县人大常委会决定"}
        Setting.objects.create(from_on=FIRST_DAY, **rule)

    def again(self) -> "Rounds":
        """The same people and proposals where they stand now, for another life from here on."""
        fresh = copy(self)
        fresh.tried, fresh.broken, fresh.did, fresh.story = 0, [], Counter(), []
        fresh.cases, fresh.papers = pickle.loads(pickle.dumps((self.cases, self.papers)))  # noqa: S301 -- our own
        fresh.over, fresh.pages = list(self.over), dict(self.pages)
        return fresh

    # Who, what and when.

    def somebody(self, right: Actor) -> Actor:
        """Mostly who should do it; now and then anybody at all who has not left."""
        here = right in self.everybody and self.dice.random() < 0.8
        return right if here else self.dice.choice(self.everybody)

    def is_office(self, actor: Actor) -> bool:
        return actor in self.office

    def office_of(self, case: Case, which: int = 0) -> Actor:
        """代工委; of what was raised in the township's congress the 乡镇人大 there."""
        return self.there_office if case.town else self.office[which]

    def decides(self, actor: Actor, case: Case) -> bool:
        return actor == self.there_office if case.town else self.is_office(actor)

    def seated(self, case: Case) -> list[Deputy]:
        """Who sits in its congress."""
        return self.townspeople if case.town else self.deputies

    def leads(self, actor: Actor, case: Case) -> bool:
        return actor == self.as_deputy[case.lead]

    def works_at(self, actor: Actor, unit: int) -> bool:
        return actor in (self.clerks[unit], self.heads[unit])

    def lean(self, anything: Sequence[One], fits: Callable[[One], object]) -> One | None:
        """One of those where it may be done, as often as `LEANING` says; else any at all."""
        if self.dice.random() < LEANING:
            anything = [each for each in anything if fits(each)]
        return self.dice.choice(anything) if anything else None

    def part(
        self, fits: Callable[[Case, Part], object], *, answers: bool = False
    ) -> tuple[Case, Part] | None:
        """One part of all that stand, or of those that answer, leaning to those that fit."""
        found = [
            (case, part)
            for case in self.cases
            for part in case.parts
            if part.answers or not answers
        ]
        return self.lean(found, lambda each: fits(*each))

    def page(self, model: type[Model], pk: int) -> Any:
        """The row as somebody opened it long ago: each verb has to read it anew."""
        if (model, pk) not in self.pages:
            self.pages[model, pk] = model._default_manager.get(pk=pk)
        return self.pages[model, pk]

    def next_day(self) -> None:
        """Time goes on, now and then by months, and stands in the end."""
        days = self.dice.choice((1, 1, 2, 4)) if self.dice.random() < ORDINARY else A_LONG_TIME
        self.today = min(self.today + timedelta(days=days), LAST_DAY)
        fate = self.dice.random()
        if fate < ORDINARY_FATE:
            return
        with self.at_ten():
            (nights.lead_leaves if fate > LEAVING else nights.late_holiday)(self)

    def at_ten(self) -> AbstractContextManager[None]:
        """Ten in the morning of today."""
        return clock.at(datetime.combine(self.today, time(2), tzinfo=UTC))

    # Steps.

    def play(self, what: str, allowed: object, verb: Callable[[], Any]) -> Any:
        """Call the verb; what it did must be what the model foretold."""
        self.tried += 1
        said = what if allowed else f"{what} refused"
        self.did[said] += 1
        self.story.append(f"{self.today} {said}")
        try:
            with self.at_ten():
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
        case.ends_asking()
        self.cases.remove(case)
        self.over.append(case)

    # What must be true.

    def compare_everything(self) -> None:
        """Every case as the model has it, and what holds of all proposals, model or not."""
        cases = [*self.cases, *self.over]
        replies = sum(part.replies for case in cases for part in case.parts)
        newest, one = cases[: self.live + 60], self._one_lead()
        with self.at_ten():
            found = desks.lie_on(
                [self.office[0], self.there_office], self.clerks.values(), self.today
            )
            own = desks.of_lead(self.as_deputy[one], self.today)
        for words in [
            *truth.of_cases(newest),
            *truth.of_pauses(self.cases),
            *truth.of_numbers(self.session),
            *truth.of_numbers(self.there),
            *truth.of_pens(),
            *truth.of_replies(replies, self.works),
            *desks.of_cases(newest, found, (one, own), self.today, self.gone),
        ]:
            self.breaks(words)

    def _one_lead(self) -> int:
        """Another one each time: to open everybody's page would take too long."""
        leads = sorted({case.lead for case in self.cases} - self.gone)
        return leads[self.tried % len(leads)] if leads else self.deputies[0].pk
