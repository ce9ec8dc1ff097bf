"""What deputies contest and how it is answered, by the real verbs; never by who made the line."""

from dataclasses import replace
from datetime import timedelta

from congress.shared.actors import Actor
from deputies.codes import OCCASIONS
from deputies.models import Deputy
from scoring.actions import appeals, posting
from scoring.models import Appeal, Entry, Rule
from tests import make
from tests.campaigns.machine import Ledger, Live
from tests.campaigns.model import tenths

SURELY_IN_TIME, SURELY_LATE = timedelta(days=5), timedelta(days=30)
"""Five working days are never fewer days than the one, and never more than the other."""
NEWEST = 400


def taken_back(ledger: Ledger, line: Live, pk: int, made_by: int | None = None) -> None:
    """The model takes the line back; the line that did it may be contested in its turn."""
    ledger.move(line, -line.points)
    new = replace(line, pk=pk, posted=ledger.today, made_by=made_by, answered=False, takes=True)
    ledger.taken.append(new)


def contest(ledger: Ledger) -> None:
    """提出异议: against a line of the last days, or against one that took a line back."""
    lines = ledger.taken if ledger.taken and ledger.dice.random() < 0.2 else ledger.live
    if not lines:
        return
    line = lines.pop(drawn(ledger, lines))
    age = ledger.today - line.posted
    if line.answered or age > SURELY_LATE:
        ledger.refused(lambda: opened(ledger, line))
    elif age <= SURELY_IN_TIME:
        ledger.open.append((opened(ledger, line).pk, line))
        ledger.tried += 1
        ledger.compare({line.account})
        return
    lines.append(line)


def drawn(ledger: Ledger, lines: list[Live]) -> int:
    """Mostly a line of the last days, sometimes whatever line."""
    first = max(0, len(lines) - NEWEST)
    fresh = [
        place
        for place, line in enumerate(lines[first:], start=first)
        if ledger.today - line.posted <= SURELY_IN_TIME and not line.answered
    ]
    often = bool(fresh) and ledger.dice.random() < 0.8
    return ledger.dice.choice(fresh if often else range(len(lines)))


def contest_wrongly(ledger: Ledger) -> None:
    """Not by another, not once more, not what is taken back already, not without a word."""
    acts = [
        lambda: opened(ledger, ledger.dice.choice(ledger.live), by=ledger.clerk),
        lambda: opened(ledger, ledger.dice.choice(ledger.live), words=" "),
    ]
    if ledger.open:
        acts.append(lambda: opened(ledger, ledger.dice.choice(ledger.open)[1]))
    if ledger.undone:
        gone = ledger.undone[2 * ledger.dice.randrange(len(ledger.undone) // 2)]
        entry = ledger.entry(gone)
        acts.append(lambda: posted(ledger, entry, the_deputy(entry.deputy_id)))
    if ledger.live:
        ledger.refused(ledger.dice.choice(acts))


def reverse_contested(ledger: Ledger) -> None:
    """Nothing but the answer touches a contested line."""
    if ledger.open:
        entry = ledger.entry(ledger.dice.choice(ledger.open)[1].pk)
        ledger.refused(lambda: posting.reverse(entry, reason="重复", by=ledger.director))


def answer(ledger: Ledger) -> None:
    """撤回、不成立、成立: and if it is upheld, what was registered wrongly is set right or goes."""
    if not ledger.open:
        return
    pk, line = ledger.open.pop(ledger.dice.randrange(len(ledger.open)))
    appeal = Appeal.objects.get(pk=pk)
    by = ledger.dice.choice([one for one in ledger.others if user_of(one) != line.made_by])
    back = ledger.taken if line.takes else ledger.live
    chosen = ledger.dice.random()
    if chosen < 0.15:
        appeals.withdraw_appeal(appeal, by=the_deputy(line.account[0]))
        back.append(line)
        ledger.tried += 1
    elif chosen < 0.45:
        appeals.dismiss(appeal, answer="记得对。", by=by)
        back.append(replace(line, answered=True))
        ledger.tried += 1
    else:
        uphold(ledger, appeal, line, by)
    ledger.answered.append(pk)
    ledger.compare({line.account})


def uphold(ledger: Ledger, appeal: Appeal, line: Live, by: Actor) -> None:
    """成立: exactly the lines that the model gives are new."""
    before, right, rule = ledger.newest(), replace(line, takes=False), None
    if not line.takes:
        right = meant(ledger, line) if ledger.dice.random() < 0.7 else None
        rule = right and rule_of(ledger, right)
    quantity = right.points // right.worth.points if rule else 1
    appeals.uphold(appeal, answer="应当改正。", by=by, rule=rule, quantity=quantity)
    found = Entry.objects.filter(pk__gt=before).order_by("pk")
    said = [
        (tenths(new.points), new.reverses_id, new.corrects_id, account_of(new)) for new in found
    ]
    wanted = [] if line.takes else [(-line.points, line.pk, None, line.account)]
    if right:
        wanted.append((right.points, None, line.pk, line.account))
    if said != wanted:
        ledger.breaks(f"upholding {appeal.pk} wrote {said}, not {wanted}")
        return
    ledger.tried += len(wanted)
    made_by = user_of(by)
    if not line.takes:
        ledger.undone += [line.pk, found[0].pk]
        taken_back(ledger, line, found[0].pk, made_by)
    if right:
        new = replace(right, pk=found[len(found) - 1].pk, posted=ledger.today, made_by=made_by)
        ledger.move(new, new.points)
        ledger.live.append(replace(new, answered=False))
        if not line.takes:
            ledger.taken.pop()  # what is corrected is contested at its correction


def answer_wrongly(ledger: Ledger) -> None:
    """Not by a hand that made the line, not without a word, not into what it was already."""
    if not ledger.open:
        return
    pk, line = ledger.dice.choice(ledger.open)
    appeal, by = Appeal.objects.get(pk=pk), ledger.others[0]
    hands = [ledger.director, ledger.clerk, ledger.keeper, the_deputy(line.account[0])]
    hands += [one for one in ledger.others if user_of(one) == line.made_by]
    own = ledger.dice.choice(hands)
    same = {"rule": rule_of(ledger, line), "quantity": line.points // line.worth.points}
    acts = [
        lambda: appeals.dismiss(appeal, answer="记得对。", by=own),
        lambda: appeals.uphold(appeal, answer="应当改正。", by=own),
        lambda: appeals.uphold(appeal, answer=" ", by=by),
        lambda: appeals.withdraw_appeal(appeal, by=ledger.director),
        lambda: appeals.uphold(appeal, answer="应当改正。", by=by, **same),
    ]
    ledger.refused(ledger.dice.choice(acts))


def answer_again(ledger: Ledger) -> None:
    """What is answered or taken back is over."""
    if ledger.answered:
        appeal = Appeal.objects.get(pk=ledger.dice.choice(ledger.answered))
        by, own = ledger.dice.choice(ledger.others), the_deputy(appeal.entry.deputy_id)
        acts = [
            lambda: appeals.uphold(appeal, answer="应当改正。", by=by),
            lambda: appeals.dismiss(appeal, answer="记得对。", by=by),
            lambda: appeals.withdraw_appeal(appeal, by=own),
        ]
        ledger.refused(ledger.dice.choice(acts))


def opened(
    ledger: Ledger, line: Live, *, by: Actor | None = None, words: str = "应当按实记。"
) -> Appeal:
    return posted(ledger, ledger.entry(line.pk), by or the_deputy(line.account[0]), words)


def posted(ledger: Ledger, entry: Entry, by: Actor, words: str = "应当按实记。") -> Appeal:
    return appeals.appeal(entry, words=words, by=by, today=ledger.today)


def meant(ledger: Ledger, line: Live) -> Live | None:
    """What the line becomes: one of an item that was not told of that day, by the day's book."""
    book, told = ledger.model.book(line.account[1], line.day), ledger.occasions.get(line.day)
    free = [
        code
        for code, worth in sorted(book.worth.items())
        if told is not None
        and (line.account[0], OCCASIONS.get(code, (code,))[0]) not in told
        and (line.matter or not worth.highest_only)
    ]
    if not free:
        return None
    code = ledger.dice.choice(free)
    return replace(line, code=code, worth=book.worth[code], points=book.worth[code].points)


def rule_of(ledger: Ledger, line: Live) -> Rule:
    book = ledger.model.book(line.account[1], line.day)
    return Rule.objects.get(book=book.pk, item__code=line.code)


def account_of(entry: Entry) -> tuple[int, int, int]:
    return (entry.deputy_id, entry.assembly_id, entry.year)


def the_deputy(pk: int) -> Actor:
    return make.as_deputy(Deputy.objects.select_related("user").get(pk=pk))


def user_of(actor: Actor) -> int | None:
    return actor.user.pk if actor.user else None
