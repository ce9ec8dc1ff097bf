"""What happens to the ledger, by the real verbs: posting, taking back, and acts to be refused."""

from collections.abc import Callable, Sequence

from deputies.actions import duties
from deputies.codes import AWARDS_BY_LEVEL
from deputies.models import DutyRecord
from scoring.actions import posting, rules
from scoring.models import Entry, RuleBook
from scoring.queries.rules import table_of
from scoring.tables import fingerprint, shipped
from tests.campaigns import contests
from tests.campaigns.machine import BOOK_FROM, LINES_OF_A_FACT, Ledger

Deed = Callable[[Ledger], None]


def step(ledger: Ledger, singles: float) -> None:
    """One deed chosen by the dice; `singles` of a hundred steps are no lines of batches."""
    shares = [singles * share / sum(SHARES) for share in SHARES]
    of_batches = (100 - singles) / ledger.batch / LINES_OF_A_FACT
    chosen = ledger.dice.choices([post_batch, *(deed for deed, _ in DEEDS)], [of_batches, *shares])
    ledger.do(chosen[0])
    ledger.forget()


def post_batch(ledger: Ledger) -> None:
    """核实并记分多条: registered, checked by one, verified by another."""
    post(ledger, ledger.some_facts(ledger.dice.randint(2, 2 * ledger.batch)))


def post_one(ledger: Ledger) -> None:
    post(ledger, ledger.some_facts(1))


def post(ledger: Ledger, told: Sequence[duties.Fact]) -> None:
    records = ledger.registered(told)
    duties.check_all(records, by=ledger.clerk)
    if len(records) == 1:
        posting.verify_and_post(records[0], by=ledger.director)
    else:
        posting.verify_and_post_all(records, by=ledger.director)
    ledger.known += told
    ledger.verified += [row.pk for row in records]
    ledger.expect(records)


def post_twin(ledger: Ledger) -> None:
    """The same occasion told by another source: never in a batch, alone only as 确实是两次."""
    first = known_of(ledger, awards=False)
    if first is None:
        return
    ledger.known.remove(first)
    told = ledger.fact(first.deputy_id, first.code, first.done_on)
    twin = ledger.registered([told])
    among = [*twin, *ledger.registered(ledger.some_facts(1))]
    ledger.refused(lambda: duties.check_all(among, by=ledger.clerk))
    for record in among:
        duties.check(record, by=ledger.clerk)
    ledger.refused(lambda: posting.verify_and_post_all(among, by=ledger.director))
    if counts(first):
        ledger.refused(lambda: posting.verify_and_post(twin[0], by=ledger.director))
    posting.verify_and_post(twin[0], by=ledger.director, twice=counts(first))
    ledger.expect(twin)


def counts(fact: duties.Fact) -> bool:
    """Whether the verified fact still stands beside another: not when all its lines are undone."""
    lines = Entry.objects.filter(record__source=fact.source).values_list("pk", "reverses")
    given = {pk for pk, reverses in lines if reverses is None}
    return not lines or bool(given - {reverses for _, reverses in lines})


def post_award(ledger: Ledger) -> None:
    """Another award of a deputy's year: looked at by itself, and then it may outdo the first."""
    first = known_of(ledger, awards=True)
    if first is None:
        return
    code, day = ledger.dice.choice(AWARDS_BY_LEVEL), ledger.occasions.get(first.done_on)
    if day is None or (first.deputy_id, code) in day:
        return
    day.add((first.deputy_id, code))
    told = [ledger.fact(first.deputy_id, code, first.done_on)]
    award = ledger.registered(told)
    among = [*award, *ledger.registered(ledger.some_facts(1))]
    ledger.refused(lambda: duties.check_all(among, by=ledger.clerk))
    duties.check_all(award, by=ledger.clerk)
    posting.verify_and_post(award[0], by=ledger.director)
    ledger.known += told
    ledger.expect(award)


def known_of(ledger: Ledger, *, awards: bool) -> duties.Fact | None:
    """A verified fact of somebody who still sits, an award or not."""
    here = {person.pk for person in ledger.people}
    known = [
        fact for fact in ledger.known if fact.deputy_id in here and bool(fact.matter) == awards
    ]
    return ledger.dice.choice(known) if known else None


def reverse(ledger: Ledger) -> None:
    """冲销: any line that still stands, of whatever year."""
    if not ledger.live:
        return
    line = ledger.live.pop(ledger.dice.randrange(len(ledger.live)))
    reversal = posting.reverse(ledger.entry(line.pk), reason="重复", by=ledger.director)
    ledger.undone += [line.pk, reversal.pk]
    contests.taken_back(ledger, line, reversal.pk)
    ledger.tried += 1
    ledger.compare({line.account})


def reverse_again(ledger: Ledger) -> None:
    """What was taken back, or takes back, cannot be taken back."""
    if ledger.undone:
        entry = ledger.entry(ledger.dice.choice(ledger.undone))
        ledger.refused(lambda: posting.reverse(entry, reason="重复", by=ledger.director))


def reverse_as_clerk(ledger: Ledger) -> None:
    if ledger.live:
        entry = ledger.entry(ledger.dice.choice(ledger.live).pk)
        ledger.refused(lambda: posting.reverse(entry, reason="重复", by=ledger.clerk))


def tell_again(ledger: Ledger) -> None:
    """The same source is the same record: nothing new."""
    if ledger.known:
        most = min(len(ledger.known), ledger.dice.randint(1, 9))
        again = ledger.dice.sample(ledger.known, most)
        ledger.tried += 1
        if duties.report_facts(again, by=ledger.keeper):
            ledger.breaks("a source told again made a record")


def verify_again(ledger: Ledger) -> None:
    """Verified is verified, alone or among new ones; then none of them counts."""
    if not ledger.verified:
        return
    old = DutyRecord.objects.filter(pk=ledger.dice.choice(ledger.verified))
    if ledger.dice.random() < 0.8:
        records = list(old)
    else:
        fresh = ledger.registered(ledger.some_facts(2))
        duties.check_all(fresh, by=ledger.clerk)
        records = [*fresh, *old]
        ledger.dice.shuffle(records)
    ledger.refused(lambda: posting.verify_and_post_all(records, by=ledger.director))


def verify_alone(ledger: Ledger) -> None:
    """Whoever checked it does not verify it, nor whoever registered it."""
    records = ledger.registered(ledger.some_facts(1))
    if ledger.dice.random() < 0.5:
        ledger.refused(lambda: posting.verify_and_post(records[0], by=ledger.director))
    duties.check_all(records, by=ledger.clerk)
    ledger.refused(lambda: posting.verify_and_post(records[0], by=ledger.clerk))


def change_rules(ledger: Ledger) -> None:
    """A book cannot begin before what is judged; one that is adopted stays as it is."""
    if not ledger.verified:
        return
    place, by = ledger.dice.choice(ledger.congresses), ledger.director
    book = RuleBook.objects.adopted().filter(assembly=place).order_by("?")[0]
    seen = fingerprint(table_of(book))
    today = ledger.today
    again = {"from_on": today, "minute": "同一号", "seen": seen, "by": by, "today": today}
    acts = [
        lambda: rules.adopt_default(place, from_on=BOOK_FROM, by=by),
        lambda: rules.amend(book, table=shipped(), seen=seen, by=by),
        lambda: rules.adopt(book, mid_year=True, **again),
        lambda: rules.drop(book, reason="不用了", by=by),
    ]
    ledger.refused(ledger.dice.choice(acts))


DEEDS: list[tuple[Deed, float]] = [
    (post_one, 6),
    (post_twin, 3),
    (post_award, 6),
    (reverse, 14),
    (reverse_again, 3),
    (reverse_as_clerk, 2),
    (tell_again, 4),
    (verify_again, 4),
    (verify_alone, 2),
    (change_rules, 1),
    (contests.contest, 12),
    (contests.contest_wrongly, 4),
    (contests.reverse_contested, 3),
    (contests.answer, 8),
    (contests.answer_wrongly, 4),
    (contests.answer_again, 2),
]
"""How often each comes beside the others."""
SHARES = [share for _, share in DEEDS]
