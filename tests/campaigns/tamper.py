"""The tamperers' campaign: each random change behind the ledger's back is found and named."""

import random
import time
from datetime import date

from django.db import connection, transaction

from congress.shared import chain
from scoring import tasks
from scoring.actions import appeals, posting
from scoring.models import Entry, Rule
from scoring.queries.anchors import TRAIL
from scoring.queries.audit import findings
from tests import make
from tests.campaigns.scratch import say, scratch, told_to_stop
from tests.campaigns.tamperings import TAMPERINGS, Tamperer, Tampering
from tests.scoring import facts

LINES = (("C1", 1), ("C2", 4), ("B1", 1), ("S1", 1), ("P2", 1), ("C5", 1), ("M1", 2))
SAY_EVERY = 500


def small_ledger() -> None:
    """Three deputies in one congress or two, a year turned, and three audits.

    Two lines are taken back, one is corrected, and one deputy has two awards for one matter.
    """
    facts.book()
    facts.book("township")
    people = [make.deputy(levels=("county", "township")), make.deputy(), make.deputy()]
    for person in people:
        posted = [facts.posted(person, code, quantity=quantity) for code, quantity in LINES]
        facts.posted(person, "C1", on=date(2025, 12, 30))
        if person == people[0]:
            facts.posted(person, "B5", matter="先进")
            facts.posted(person, "B6", matter="先进")
            appeal = facts.contested(posted[0])
            right = Rule.objects.get(book=posted[0].rule.book, item__code="A2")
            appeals.uphold(appeal, answer="应按 A2 记。", by=make.actor(), rule=right)
        else:
            posting.reverse(posted[0], reason="重复", by=make.director())
        tasks.audit_ledger()


class _UndoneError(Exception):
    """Takes the tampering back."""


def wrong(tampering: Tampering, dice: random.Random) -> str:
    """What the audit missed of this tampering; empty when it found and named it."""
    missed = ""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL ROLE NONE")
            words = tampering(Tamperer(dice))
            chain.seal(TRAIL, Entry)
            found = findings()
            if found.clean:
                missed = f"{tampering.__name__} was not found"
            elif not any(word in said for word in words for said in found.sentences):
                missed = f"{tampering.__name__}: {words} not named in {found.sentences[:3]}"
            raise _UndoneError
    except _UndoneError:
        return missed


def run(number: int, seed: int) -> dict[str, object]:
    """`tried` tamperings, `broken`: how many were not found or not named."""
    began, missed, stopped = time.monotonic(), [], told_to_stop()
    dice, tried = random.Random(seed), 0  # noqa: S311 -- the same tamperings for the same seed
    say(f"tamper: {number}, seed {seed}; again: make campaign ONLY=tamper N=… SEED={seed}")
    with scratch():
        small_ledger()
        if not findings().clean:
            raise SystemExit("the ledger is off before anybody touched it")
        while tried < number and not stopped:
            tried += 1
            if words := wrong(dice.choice(TAMPERINGS), dice):
                missed.append(words)
                say(words)
            if tried % SAY_EVERY == 0:
                say(f"{tried} tamperings, {tried / (time.monotonic() - began):.0f} a second")
        clean = findings().clean
    return {
        "campaign": "tamper",
        "tried": tried,
        "broken": len(missed) + (not clean),
        "seed": seed,
        "seconds": round(time.monotonic() - began),
    }
