"""The ledger's campaign: as many steps as asked, audited in full at growing intervals.

Stopped (Ctrl+C or kill), it makes its last comparisons and reports the steps it has done.
"""

import gc
import time

from congress.shared import chain
from scoring.models import Entry
from scoring.queries.anchors import TRAIL
from scoring.queries.audit import findings
from tests.campaigns.agreement import compare_everything, compare_ranks
from tests.campaigns.deeds import step
from tests.campaigns.machine import Ledger
from tests.campaigns.scratch import say, scratch, told_to_stop

FIRST_AUDIT = 100_000
RANKS_EVERY = 5_000
SINGLES = 1
"""Of a hundred steps; the others are lines of batches."""
MOST_BROKEN = 20


def run(number: int, seed: int) -> dict[str, object]:
    """`tried` steps, and `broken`: how many times something differed."""
    began, audits, stopped = time.monotonic(), 0, told_to_stop()
    gc.set_threshold(100_000)  # thousands of rows at a time, none of them in a circle
    say(f"ledger: {number} steps, seed {seed}; again: make campaign ONLY=ledger N=… SEED={seed}")
    with scratch():
        ledger = Ledger(seed, deputies=max(30, min(600, number // 1600)), batch=500)
        next_audit, next_ranks = FIRST_AUDIT, RANKS_EVERY
        while ledger.tried < number and len(ledger.broken) < MOST_BROKEN and not stopped:
            step(ledger, SINGLES)
            if ledger.tried >= next_ranks:
                compare_ranks(ledger)
                next_ranks += RANKS_EVERY
                pace = ledger.tried / (time.monotonic() - began)
                say(f"{ledger.tried} steps, {ledger.today}, {pace:.0f} a second")
            if ledger.tried >= next_audit:
                audits += audit(ledger)
                next_audit *= 4
        audits += audit(ledger)
        compare_everything(ledger)
        entries = Entry.objects.count()
    for words in ledger.broken:
        say(words)
    return {
        "campaign": "ledger",
        "tried": ledger.tried,
        "broken": len(ledger.broken),
        "entries": entries,
        "audits": audits,
        "did": dict(ledger.did.most_common()),
        "until": str(ledger.today),
        "seed": seed,
        "seconds": round(time.monotonic() - began),
    }


def audit(ledger: Ledger) -> int:
    """The whole audit; each fault is something broken."""
    began = time.monotonic()
    chain.seal(TRAIL, Entry)
    found = findings()
    for words in [*found.faults, found.chain]:
        if words:
            ledger.breaks(f"audit: {words}")
    say(f"audit of {found.entries} entries, {time.monotonic() - began:.0f} s")
    return 1
