"""What beat does for the kernel."""

import logging
import time
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from congress.shared import chain, clock, mailing, notices
from congress.shared.models import AuditEvent, Notice, User
from congress.shared.roles import Role

logger = logging.getLogger(__name__)
CLAIM_LASTS = timedelta(minutes=15)
BATCH = 200


@shared_task
def deliver_notices() -> int:
    """Mail what waits. Of two workers claiming a notice, one changes 1 row and one changes 0.

    Without `EMAIL_URL` nothing is claimed and everything waits. What the mail server refuses keeps
    its claim, stops no other notice, and waits again when the claim has run out.
    """
    if not settings.EMAIL_URL:
        return 0
    now = clock.now()
    # A worker that died after claiming leaves the row: it waits again.
    Notice.objects.filter(sent_at__isnull=True, claimed_at__lt=now - CLAIM_LASTS).update(
        claimed_at=None
    )
    sent = 0
    try:
        with get_connection() as post:
            for notice in Notice.objects.waiting().select_related("person")[:BATCH]:
                if Notice.objects.waiting().filter(pk=notice.pk).update(claimed_at=clock.now()):
                    sent += _mail(notice, post)
    except OSError as fault:  # the server cannot be reached: the next minute tries again
        logger.warning("mail server: %s", type(fault).__name__)
    return sent


def _mail(notice: Notice, post: BaseEmailBackend) -> int:
    """Whether it went out. The log names the notice and never the address."""
    subject = " ".join(notice.text.split())[:60]
    text = f"{notice.text}\n{settings.SITE_URL}{notice.link}"
    if not mailing.sent(post, notice.person.email, subject, text, named=f"notice {notice.pk}"):
        return 0
    return Notice.objects.filter(pk=notice.pk).update(sent_at=clock.now())


@shared_task
def seal_trails() -> int:
    """Seal the audit trail; the ledger's task seals the ledger."""
    return chain.seal_audit()


@shared_task
def audit_trail() -> dict[str, object]:
    """查痕迹: what is new is sealed, all of it is compared, and a fault is told at once."""
    started = time.monotonic()
    chain.seal_audit()
    fault = chain.audit_fault()
    words = f"第 {fault.number} 封签：第 {fault.row_id} 条{fault.sentence}" if fault else ""
    if fault:
        logger.error("The audit trail is off: %s", words)
        people = User.objects.filter(posts__role__in=(Role.STAFF_DIRECTOR, Role.AUDITOR)).distinct()
        key = f"shared.audit:{clock.today()}"
        notices.write(people, key=key, text=f"办理痕迹被动过，{words}", link="/")
    seconds = round(time.monotonic() - started, 2)
    return {"events": AuditEvent.objects.count(), "chain": words or "ok", "seconds": seconds}
