"""Random deeds on the real ledger by the real verbs, each compared with the model.

A step is a line posted, a line taken back, or an act that the ledger turned away. After every deed
the accounts it touched say the same three times: the model, the total shown, the sum of entries.
The same seed gives the same deeds.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection
from django.db.models import Sum

from congress.shared.errors import Refused
from deputies.actions import duties
from deputies.models import DutyItem, DutyRecord
from scoring.actions import posting, rules
from scoring.models import Ceiling, Entry, Rule, RuleBook, YearTotal
from scoring.queries import board
from tests import make
from tests.campaigns.model import Account, Book, Model, Worth
from tests.scoring import facts

FIRST_DAY = date(2022, 3, 1)
BOOK_FROM = date(2022, 1, 1)
TOWNSHIP_FROM = date(2022, 6, 1)
LINES_A_YEAR = 40
"""About as many as a deputy has in a real year (performance.md section 3: 60 rows)."""


def tenths(points: object) -> int:
    return round(float(str(points)) * 10)


@dataclass(frozen=True)
class Live:
    """A line that may still be taken back."""

    pk: int
    account: Account
    code: str
    worth: Worth
    points: int


@dataclass
class Ledger:
    """Two congresses, some deputies, the days going by, and what must be true of it all."""

    seed: int
    deputies: int
    batch: int
    tried: int = 0
    broken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311 -- the same deeds for the same seed
        self.model, self.today = Model(), FIRST_DAY
        self.director, self.clerk = make.director(), make.actor()
        self.keeper = make.actor(make.Role.KEEPER)
        county, township = make.assembly(), make.assembly("township", make.township())
        self.congresses = [county, township]
        kinds = [("county",), ("township",), ("county", "township")]
        self.people = [make.deputy(levels=kinds[n % 3]) for n in range(self.deputies)]
        self.seats = {
            county.pk: {one.pk for n, one in enumerate(self.people) if n % 3 != 1},
            township.pk: {one.pk for n, one in enumerate(self.people) if n % 3 != 0},
        }
        self.codes = list(DutyItem.objects.order_by("pk").values_list("code", flat=True))
        self.item_of = dict(DutyItem.objects.values_list("pk", "code"))
        self.live: list[Live] = []
        self.undone: list[int] = []
        self.known: list[duties.Fact] = []
        self.verified: list[int] = []
        self.serial = 0
        self.lines_a_day = self.deputies * LINES_OF_A_FACT * LINES_A_YEAR / 365
        self.in_hand = 0.0
        self.deeds = [Ledger.post_batch, *(deed for deed, _ in DEEDS)]
        rest = 100 - sum(share for _, share in DEEDS)
        self.shares = [rest / self.batch / LINES_OF_A_FACT, *(share for _, share in DEEDS)]
        with facts.on(self.today):
            self.adopt(county, BOOK_FROM)
            self.adopt(township, TOWNSHIP_FROM)

    # What may happen.

    def step(self) -> None:
        """One deed, chosen by the dice, on the day that the calendar has come to."""
        deed = self.dice.choices(self.deeds, self.shares)[0]
        before = self.tried
        with facts.on(self.today):
            deed(self)
        self.in_hand += self.tried - before
        while self.in_hand >= self.lines_a_day:
            self.in_hand -= self.lines_a_day
            self.next_day()

    def next_day(self) -> None:
        """Some nights bring a new book or the end of a seat."""
        self.today += timedelta(days=1)
        with facts.on(self.today):
            if self.dice.random() < 1 / 700 and RuleBook.objects.count() < 9:
                self.adopt(self.dice.choice(self.congresses), self.today)
            elif self.dice.random() < 1 / 900:
                self.leave()

    def post_batch(self) -> None:
        """核实并记分多条: registered, checked by one, verified by another."""
        self.post(self.some_facts(self.dice.randint(2, 2 * self.batch)))

    def post_one(self) -> None:
        self.post(self.some_facts(1))

    def post(self, told: Sequence[duties.Fact]) -> None:
        records = self.registered(told)
        duties.check_all(records, by=self.clerk)
        if len(records) == 1:
            posting.verify_and_post(records[0], by=self.director)
        else:
            posting.verify_and_post_all(records, by=self.director)
        self.known = [*self.known, *told][-200:]
        self.verified = [*self.verified, *(row.pk for row in records)][-200:]
        self.expect(records)

    def reverse(self) -> None:
        """冲销: any line that still stands, of whatever year."""
        if not self.live:
            return
        line = self.live.pop(self.dice.randrange(len(self.live)))
        reversal = posting.reverse(self.entry(line.pk), reason="重复", by=self.director)
        self.undone = [*self.undone, line.pk, reversal.pk][-200:]
        self.model.move(line.account, line.code, line.worth, -line.points)
        self.tried += 1
        self.compare({line.account})

    def reverse_again(self) -> None:
        """What was taken back, or takes back, cannot be taken back."""
        if self.undone:
            entry = self.entry(self.dice.choice(self.undone))
            self.refused(lambda: posting.reverse(entry, reason="重复", by=self.director))

    def reverse_as_clerk(self) -> None:
        if self.live:
            entry = self.entry(self.dice.choice(self.live).pk)
            self.refused(lambda: posting.reverse(entry, reason="重复", by=self.clerk))

    def tell_again(self) -> None:
        """The same source is the same record: nothing new."""
        if self.known:
            again = self.dice.sample(self.known, min(len(self.known), self.dice.randint(1, 9)))
            self.tried += 1
            if duties.report_facts(again, by=self.keeper):
                self.breaks("a source told again made a record")

    def verify_again(self) -> None:
        """Verified is verified, alone or among new ones; then none of them counts."""
        if not self.verified:
            return
        old = DutyRecord.objects.filter(pk=self.dice.choice(self.verified))
        if self.dice.random() < 0.8:
            records = list(old)
        else:
            fresh = self.registered(self.some_facts(2))
            duties.check_all(fresh, by=self.clerk)
            records = [*fresh, *old]
            self.dice.shuffle(records)
        self.refused(lambda: posting.verify_and_post_all(records, by=self.director))

    def verify_alone(self) -> None:
        """Whoever checked it does not verify it, nor whoever registered it."""
        records = self.registered(self.some_facts(1))
        if self.dice.random() < 0.5:
            self.refused(lambda: posting.verify_and_post(records[0], by=self.director))
        duties.check_all(records, by=self.clerk)
        self.refused(lambda: posting.verify_and_post(records[0], by=self.clerk))

    def adopt_too_early(self) -> None:
        """A book cannot begin before what is judged."""
        if self.verified:
            place, day = self.congresses[0], self.today - timedelta(days=400)
            self.refused(lambda: rules.adopt_default(place, from_on=day, by=self.director))

    def adopt(self, assembly: object, from_on: date) -> None:
        """启用: the shipped table, its figures moved about before anything is judged by it."""
        book = rules.adopt_default(assembly, from_on=from_on, by=self.director)
        own = list(Rule.objects.filter(book=book).select_related("item__category"))
        for rule in own if book.version > 1 else []:
            rule.points = self.dice.randint(1, 12) / 2
            if not rule.bonus:
                rule.per_year = self.dice.choice([None, self.dice.randint(4, 40) / 2])
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE NONE")
            Rule.objects.bulk_update(own, ["points", "per_year"])
            cursor.execute("SET ROLE congress_app")
        ceilings = Ceiling.objects.filter(book=book).values_list("category__code", "points")
        self.model.books[assembly.pk].append(
            Book(
                from_on,
                {
                    rule.item.code: Worth(
                        tenths(rule.points),
                        None if rule.per_year is None else tenths(rule.per_year),
                        rule.bonus,
                        rule.item.category.code,
                    )
                    for rule in own
                },
                {code: tenths(points) for code, points in ceilings},
            )
        )

    def leave(self) -> None:
        """终止资格: what was done stays; from today on this deputy earns nothing."""
        if len(self.people) > self.deputies // 2:
            gone = self.people.pop(self.dice.randrange(len(self.people)))
            make.leaves(gone, self.today)
            for seated in self.seats.values():
                seated.discard(gone.pk)

    # What it is made of.

    def some_facts(self, count: int) -> list[duties.Fact]:
        told = []
        for _ in range(count):
            self.serial += 1
            who, code = self.dice.choice(self.people), self.dice.choice(self.codes)
            back = min(self.dice.randint(0, 20), (self.today - FIRST_DAY).days)
            day, quantity = self.today - timedelta(days=back), self.dice.choice([1, 1, 1, 2, 3])
            source = f"machine:{self.serial}"
            told.append(duties.Fact(who.pk, code, day, source, quantity=quantity))
        return told

    def registered(self, told: Sequence[duties.Fact]) -> list[DutyRecord]:
        duties.report_facts(told, by=self.keeper)
        sources = [fact.source for fact in told]
        rows = DutyRecord.objects.filter(source__in=sources).order_by("pk")
        return list(rows.select_related("deputy"))

    def entry(self, pk: int) -> Entry:
        return Entry.objects.select_related("deputy__user", "record__item").get(pk=pk)

    def refused(self, act: Callable[[], object]) -> None:
        self.tried += 1
        before = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
        try:
            act()
        except Refused:
            after = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
            if before == after:
                return
        self.breaks(f"what had to be refused was done: {act}")

    # What must be true.

    def expect(self, records: Sequence[DutyRecord]) -> None:
        """Exactly the lines that the model gives stand in the ledger, no more and no fewer."""
        meant: dict[tuple[int, int], tuple[Account, str, Worth, int]] = {}
        for record in records:
            code = self.item_of[record.item_id]
            for place, seated in self.seats.items():
                worth = self.model.worth(place, code, record.done_on)
                if record.deputy_id in seated and worth:
                    account = (record.deputy_id, place, record.done_on.year)
                    points = worth.points * record.quantity
                    meant[record.pk, place] = (account, code, worth, points)
        found = Entry.objects.filter(record__in=[record.pk for record in records]).values_list(
            "pk", "record_id", "assembly_id", "deputy_id", "year", "points"
        )
        for pk, record_id, place, deputy_id, year, points in found:
            known = meant.pop((record_id, place), None)
            if known is None or (known[0], known[3]) != ((deputy_id, place, year), tenths(points)):
                self.breaks(f"entry {pk} is not what record {record_id} is worth")
                continue
            self.model.move(known[0], known[1], known[2], known[3])
            self.live.append(Live(pk, *known))
            self.tried += 1
        if meant:
            self.breaks(f"{len(meant)} lines were not written")
        self.live = self.live[-5000:]
        self.compare({line.account for line in self.live[-len(records) * 2 :]})

    def compare(self, accounts: set[Account]) -> None:
        """Model, total shown and sum of entries agree on these accounts."""
        crossed = {
            "deputy__in": {account[0] for account in accounts},
            "assembly__in": {account[1] for account in accounts},
            "year__in": {account[2] for account in accounts},
        }
        totals = {
            tuple(row[:3]): [tenths(points) for points in row[3:]]
            for row in YearTotal.objects.filter(**crossed).values_list(
                "deputy", "assembly", "year", "base", "bonus", "total"
            )
        }
        sums = Entry.objects.filter(**crossed).order_by().values_list("deputy", "assembly", "year")
        raw = {tuple(row[:3]): tenths(row[3]) for row in sums.annotate(Sum("points"))}
        for account in accounts:
            want = self.model.shown(account)
            if totals.get(account) != [want.base, want.bonus, want.total]:
                self.breaks(f"{account} shows {totals.get(account)}, should show {want}")
            if raw.get(account, 0) != self.model.raw[account]:
                self.breaks(f"{account} holds {raw.get(account)} of {self.model.raw[account]}")

    def compare_ranks(self) -> None:
        """积分排名 of this year in each congress, person by person."""
        with facts.on(self.today):
            for place in self.congresses:
                rows = board.board(place, self.today.year, self.today)
                want = self.model.ranks(place.pk, self.today.year, self.seats[place.pk])
                if {row.pk: row.rank for row in rows} != want:
                    self.breaks(f"the ranks of {place.pk} on {self.today} differ")

    def compare_everything(self) -> None:
        """Every account that ever was, and the number of lines."""
        if Entry.objects.count() != self.model.lines:
            self.breaks(f"{Entry.objects.count()} entries, {self.model.lines} in the model")
        known = {
            tuple(row[:3]): tenths(row[3])
            for row in YearTotal.objects.values_list("deputy", "assembly", "year", "total")
        }
        for account in {*known, *self.model.raw}:
            if known.get(account, 0) != self.model.shown(account).total:
                self.breaks(f"{account} shows {known.get(account)} in the end")

    def breaks(self, words: str) -> None:
        self.broken.append(f"{words} (seed {self.seed}, step {self.tried}, {self.today})")


DEEDS: list[tuple[Callable[[Ledger], None], float]] = [
    (Ledger.post_one, 0.6),
    (Ledger.reverse, 2),
    (Ledger.reverse_again, 0.4),
    (Ledger.reverse_as_clerk, 0.3),
    (Ledger.tell_again, 0.4),
    (Ledger.verify_again, 0.5),
    (Ledger.verify_alone, 0.3),
    (Ledger.adopt_too_early, 0.1),
]
"""How many of a hundred steps are each; the rest are lines of batches."""
LINES_OF_A_FACT = 4 / 3
"""One deputy of three sits in both congresses."""
