"""查账记录: each run of the audit is kept, with what it found, beyond the reach of the app."""

from decimal import Decimal

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.workflow import in_turn, record, refuse_if
from scoring.models import LedgerAudit, LedgerFault
from scoring.models.audit import ASKED, GAVE_UP
from scoring.permissions.audits import why_not_ask_audit
from scoring.queries.audit import Findings

ANEW = 0
"""The number under which the trail keeps an ask: the run that answers it does not exist yet."""
MOST_SENTENCES = 500
"""Of a ledger torn to pieces the first ones say enough; how many there were is kept beside."""


@transaction.atomic
def ask_audit(*, by: Actor) -> None:
    """现在查一次: the trail says who asked; the worker's next look begins the run."""
    in_turn("ledger-audit")  # a second click waits here, and then finds the first one's ask
    refuse_if(why_not_ask_audit(by))
    record(LedgerAudit(pk=ANEW), ASKED, by=by)


def give_up(*, by: Actor) -> None:
    """没有查完: the run that was asked for failed; it may be asked for again."""
    record(LedgerAudit(pk=ANEW), GAVE_UP, by=by)


@transaction.atomic
def keep_run(found: Findings, *, seconds: float) -> LedgerAudit:
    """The run stands with its figures, the chain's head and a sentence for each fault."""
    run = LedgerAudit.objects.create(
        entries=found.entries,
        drift=found.drift,
        chain=found.chain[:300],
        faults=len(found.sentences),
        seconds=Decimal(f"{seconds:.2f}"),
        head_number=found.head.number,
        head_digest=found.head.digest,
    )
    LedgerFault.objects.bulk_create(
        LedgerFault(audit=run, position=position, sentence=sentence[:300])
        for position, sentence in enumerate(found.sentences[:MOST_SENTENCES], start=1)
    )
    return run
