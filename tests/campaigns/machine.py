"""The real ledger and a model of it side by side, the days going by, and what must be true of both.

A step is a line posted or taken back, an appeal opened or answered, or an act that was turned away.
After every deed the accounts it touched say the same three times: the model, the total shown, the
sum of entries. `deeds` and `contests` say what may happen; the same seed gives the same deeds.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Sum

from congress.shared.errors import Refused
from congress.shared.models import Assembly
from deputies.actions import duties
from deputies.codes import AWARDS_BY_LEVEL, OCCASIONS
from deputies.models import DutyItem, DutyRecord
from scoring.actions import rules
from scoring.models import Entry, RuleBook, YearTotal
from scoring.queries.rules import table_of
from scoring.tables import fingerprint
from tests import make
from tests.campaigns.model import Account, Model, Worth, tenths
from tests.campaigns.new_books import as_known, moved_about
from tests.scoring import facts

FIRST_DAY = date(2022, 3, 1)
BOOK_FROM = date(2022, 1, 1)
TOWNSHIP_FROM = date(2022, 6, 1)
LINES_A_YEAR = 40
"""About as many as a deputy has in a real year (performance.md section 3: 60 rows)."""
LEVELS = [("county",), ("township",), *[("county", "township")] * 4]
LINES_OF_A_FACT = 5 / 3
"""Most deputies here sit in both congresses, and have a line in each."""
MOST_BOOKS = 9
WINDOW = 20
"""A duty is told at most so many days later."""
REMEMBERED = 200


@dataclass(frozen=True)
class Live:
    """A line that stands; or one that takes it back, `takes`, with the worth of what it took."""

    pk: int
    account: Account
    code: str
    worth: Worth
    points: int
    day: date
    matter: str
    posted: date
    made_by: int | None = None
    answered: bool = False
    takes: bool = False


@dataclass
class Ledger:
    """Two congresses, some deputies, and everything that was done so far."""

    seed: int
    deputies: int
    batch: int
    tried: int = 0
    broken: list[str] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311 -- the same deeds for the same seed
        self.model, self.today = Model(), FIRST_DAY
        self.director, self.clerk = make.director(), make.actor()
        self.keeper = make.actor(make.Role.KEEPER)
        self.others = [make.director() for _ in range(3)]  # only they may give more points
        county, township = make.assembly(), make.assembly("township", make.township())
        self.congresses = [county, township]
        levels = [LEVELS[number % len(LEVELS)] for number in range(self.deputies)]
        self.people = [make.deputy(levels=each) for each in levels]
        self.seats = {
            place.pk: {
                one.pk
                for one, own in zip(self.people, levels, strict=True)
                if place.level.code in own
            }
            for place in self.congresses
        }
        self.codes = list(DutyItem.objects.order_by("pk").values_list("code", flat=True))
        self.item_of = dict(DutyItem.objects.values_list("pk", "code"))
        self.live: list[Live] = []
        self.taken: list[Live] = []
        self.open: list[tuple[int, Live]] = []
        self.answered: list[int] = []
        self.undone: list[int] = []
        self.known: list[duties.Fact] = []
        self.verified: list[int] = []
        self.occasions: defaultdict[date, set[tuple[int, str]]] = defaultdict(set)
        self.awarded: set[tuple[int, int]] = set()
        self.serial = 0
        self.lines_a_day = self.deputies * LINES_OF_A_FACT * LINES_A_YEAR / 365
        self.in_hand = 0.0
        with facts.on(self.today):
            for place, from_on in ((county, BOOK_FROM), (township, TOWNSHIP_FROM)):
                book = rules.adopt_default(place, from_on=from_on, by=self.director)
                self.model.books[place.pk].append(as_known(book))

    # The days.

    def do(self, deed: "Callable[[Ledger], None]") -> None:
        """The deed is done today; so many lines later it is tomorrow."""
        before = self.tried
        with facts.on(self.today):
            deed(self)
        self.did[deed.__name__] += self.tried - before
        self.in_hand += self.tried - before
        while self.in_hand >= self.lines_a_day:
            self.in_hand -= self.lines_a_day
            self.next_day()

    def next_day(self) -> None:
        """Some nights bring a new book or the end of a seat."""
        self.today += timedelta(days=1)
        self.occasions.pop(self.today - timedelta(days=2 * WINDOW), None)
        with facts.on(self.today):
            if self.dice.random() < 1 / 700 and RuleBook.objects.count() < MOST_BOOKS:
                self.adopt(self.dice.choice(self.congresses))
            elif self.dice.random() < 1 / 900:
                self.leave()

    def adopt(self, place: Assembly) -> None:
        """起草、改草案、启用: from today on another table, most of its figures moved about."""
        newest = RuleBook.objects.adopted().filter(assembly=place).order_by("-version")[0]
        book = rules.draft(place, basis="年中调整稿", of=newest, by=self.clerk)
        seen = fingerprint(table_of(book))
        rules.amend(book, table=moved_about(table_of(book), self.dice), seen=seen, by=self.clerk)
        adopted = rules.adopt(
            book,
            from_on=self.today,
            minute="青禾人常发〔2026〕18号",
            seen=fingerprint(table_of(book)),
            by=self.director,
            today=self.today,
            mid_year=True,
        )
        self.did["adopt"] += 1
        self.model.books[place.pk].append(as_known(adopted))

    def leave(self) -> None:
        """终止资格: what was done stays; from today on this deputy earns nothing."""
        if len(self.people) > self.deputies // 2:
            gone = self.people.pop(self.dice.randrange(len(self.people)))
            make.leaves(gone, self.today)
            for seated in self.seats.values():
                seated.discard(gone.pk)
            self.did["leave"] += 1

    # What deeds are made of.

    def some_facts(self, count: int) -> list[duties.Fact]:
        """So many duties, no two of one occasion; among others no second award of a year."""
        told: list[duties.Fact] = []
        while len(told) < count:
            who, code = self.dice.choice(self.people), self.dice.choice(self.codes)
            back = min(self.dice.randint(0, WINDOW), (self.today - FIRST_DAY).days)
            day = self.today - timedelta(days=back)
            occasion = (who.pk, OCCASIONS.get(code, (code,))[0])
            if occasion in self.occasions[day]:
                if back == (self.today - FIRST_DAY).days == 0:
                    count -= 1  # the first day has only so many occasions
                continue
            if code in AWARDS_BY_LEVEL:
                if count > 1 and (who.pk, day.year) in self.awarded:
                    continue
                self.awarded.add((who.pk, day.year))
            self.occasions[day].add(occasion)
            told.append(self.fact(who.pk, code, day))
        return told

    def fact(self, deputy_id: int, code: str, day: date) -> duties.Fact:
        """A source of its own; an award is for one of three matters of the year."""
        self.serial += 1
        award = code in AWARDS_BY_LEVEL
        return duties.Fact(
            deputy_id,
            code,
            day,
            f"machine:{self.serial}",
            quantity=1 if award else self.dice.choice([1, 1, 1, 2, 3]),
            matter=f"{day.year} 年先进{self.dice.randint(1, 3)}" if award else "",
        )

    def registered(self, told: Sequence[duties.Fact]) -> list[DutyRecord]:
        duties.report_facts(told, by=self.keeper)
        sources = [fact.source for fact in told]
        rows = DutyRecord.objects.filter(source__in=sources).order_by("pk")
        return list(rows)

    def entry(self, pk: int) -> Entry:
        return Entry.objects.select_related("deputy__user", "record__item").get(pk=pk)

    def newest(self) -> int:
        return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def forget(self) -> None:
        """Only the newest of everything is drawn from again."""
        del self.live[:-5000]
        del self.taken[:-REMEMBERED]
        del self.undone[:-REMEMBERED]
        del self.answered[:-REMEMBERED]
        del self.known[:-REMEMBERED]
        del self.verified[:-REMEMBERED]

    def move(self, line: Live, points: int) -> None:
        """A line of so many tenths beside this one, in the model."""
        self.model.move(line.account, line.code, line.worth, points, line.matter)

    def refused(self, act: Callable[[], object]) -> None:
        self.tried += 1
        before = self.newest()
        try:
            act()
        except Refused:
            if before == self.newest():
                return
        self.breaks(f"what had to be refused was done: {act}")

    # What must be true.

    def expect(self, records: Sequence[DutyRecord]) -> None:
        """Exactly the lines that the model gives stand in the ledger, no more and no fewer."""
        meant: dict[tuple[int, int], Live] = {}
        for record in records:
            code, day = self.item_of[record.item_id], record.done_on
            for place, seated in self.seats.items():
                worth = self.model.worth(place, code, day)
                if record.deputy_id in seated and worth:
                    account = (record.deputy_id, place, day.year)
                    points = worth.points * record.quantity
                    line = Live(0, account, code, worth, points, day, record.matter, self.today)
                    meant[record.pk, place] = line
        accounts = {line.account for line in meant.values()}
        found = Entry.objects.filter(record__in=[record.pk for record in records]).values_list(
            "pk", "record_id", "assembly_id", "deputy_id", "year", "points"
        )
        for pk, record_id, place, deputy_id, year, points in found:
            line = meant.pop((record_id, place), None)
            said = ((deputy_id, place, year), tenths(points))
            if line is None or (line.account, line.points) != said:
                self.breaks(f"entry {pk} is not what record {record_id} is worth")
                continue
            self.move(line, line.points)
            self.live.append(replace(line, pk=pk))
            self.tried += 1
        if meant:
            self.breaks(f"{len(meant)} lines were not written")
        self.compare(accounts)

    def compare(self, accounts: set[Account]) -> None:
        """Model, total shown and sum of entries agree on these accounts."""
        crossed = {
            "deputy__in": {account[0] for account in accounts},
            "assembly__in": {account[1] for account in accounts},
            "year__in": {account[2] for account in accounts},
        }
        totals = {
            row[:3]: [tenths(points) for points in row[3:]]
            for row in YearTotal.objects.filter(**crossed).values_list(
                "deputy", "assembly", "year", "base", "bonus", "total"
            )
        }
        sums = Entry.objects.filter(**crossed).order_by().values_list("deputy", "assembly", "year")
        raw = {row[:3]: tenths(row[3]) for row in sums.annotate(Sum("points"))}
        for account in accounts:
            want = self.model.shown(account)
            if totals.get(account) != [want.base, want.bonus, want.total]:
                self.breaks(f"{account} shows {totals.get(account)}, should show {want}")
            if raw.get(account, 0) != self.model.raw[account]:
                self.breaks(f"{account} holds {raw.get(account)} of {self.model.raw[account]}")

    def breaks(self, words: str) -> None:
        self.broken.append(f"{words} (seed {self.seed}, step {self.tried}, {self.today})")
