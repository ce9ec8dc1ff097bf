"""What beat does for scoring."""

import logging
import time

from celery import shared_task

from congress.shared import chain, clock, notices
from congress.shared.models import User
from congress.shared.roles import Role
from scoring.models import Entry
from scoring.queries.audit import TRAIL, findings

logger = logging.getLogger("congress.scoring")


@shared_task
def audit_ledger() -> dict[str, object]:
    """查账: new lines are sealed, the whole ledger is looked through, a fault is told at once."""
    started = time.monotonic()
    chain.seal(TRAIL, Entry)
    found = findings()
    report: dict[str, object] = {
        "entries": found.entries,
        "drift": float(found.drift),
        "chain": found.chain or "ok",
        "seconds": round(time.monotonic() - started, 2),
    }
    if not found.clean:
        faults = [*found.faults, found.chain] if found.chain else found.faults
        logger.error("The ledger is off: %s", "; ".join(faults))
        notices.write(
            User.objects.filter(posts__role__in=(Role.STAFF_DIRECTOR, Role.AUDITOR)).distinct(),
            key=f"scoring.audit:{clock.today()}",
            text=f"查账发现积分账有 {len(faults)} 处不符，第一处：{faults[0]}"[:300],
            link="/",
        )
        report["faults"] = faults
    return report
