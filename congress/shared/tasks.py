"""What beat does for the kernel."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from congress.shared import chain, clock
from congress.shared.models import Notice

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
    try:
        EmailMessage(subject, text, None, [notice.person.email], connection=post).send()
    except (SMTPException, ValueError) as fault:  # ValueError: an address no letter can carry
        logger.warning("notice %s not mailed: %s", notice.pk, type(fault).__name__)
        post.close()  # the server may have hung up
        post.open()
        return 0
    return Notice.objects.filter(pk=notice.pk).update(sent_at=clock.now())


@shared_task
def seal_trails() -> int:
    """Seal the audit trail; the ledger's task seals the ledger."""
    return chain.seal_audit()
