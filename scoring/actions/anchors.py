"""积分月报: the chain's head goes onto paper, where no database reaches it."""

from datetime import date

from django.db import transaction

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Assembly
from congress.shared.workflow import lock, record, refuse_if
from scoring.models import LedgerAnchor
from scoring.permissions.audits import why_not_anchor_month
from scoring.queries.months import audit_after, seated_and_without


@transaction.atomic
def anchor_month(assembly: Assembly, *, month: date, by: Actor, today: date) -> LedgerAnchor:
    """制作月报: the month's head and numbers stand for good; its sheet prints alike for ever.

    The head is that of the first audit after the month that found nothing off.
    """
    assembly = lock(assembly)  # a second click waits here, and then finds the first one's sheet
    refuse_if(why_not_anchor_month(by, assembly, month, today))
    audit = audit_after(month)
    if audit is None:
        raise Refused("这个月结束以后还没有一次查账是相符的：月报要印相符的账。请先看查账记录。")
    if audit.head_number == 0:
        raise Refused("积分账上还没有一笔，没有可以打印的封签。")
    seated, without = seated_and_without(assembly, month)
    anchor = LedgerAnchor.objects.create(
        assembly=assembly,
        month=month,
        audit=audit,
        head_number=audit.head_number,
        head_digest=audit.head_digest,
        seated=seated,
        without=without,
        made_at=clock.now(),
        made_by=by.user,  # type: ignore[misc]  # the office has a user
    )
    record(anchor, "anchored", by=by, note=f"第 {anchor.head_number} 号封签")
    return anchor
