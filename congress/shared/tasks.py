"""What beat does for the kernel."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail

from congress.shared import chain, clock
from congress.shared.models import Notice

CLAIM_LASTS = timedelta(minutes=15)
BATCH = 200


@shared_task
def deliver_notices() -> int:
    """Mail what waits. Of two workers claiming a notice, one changes 1 row and one changes 0."""
    now = clock.now()
    # A worker that died after claiming leaves the row: it waits again.
    Notice.objects.filter(sent_at__isnull=True, claimed_at__lt=now - CLAIM_LASTS).update(
        claimed_at=None
    )
    sent = 0
    for notice in Notice.objects.waiting().select_related("person")[:BATCH]:
        if Notice.objects.waiting().filter(pk=notice.pk).update(claimed_at=now):
            link = f"{settings.SITE_URL}{notice.link}"
            send_mail(notice.text[:60], f"{notice.text}\n{link}", None, [notice.person.email])
            Notice.objects.filter(pk=notice.pk).update(sent_at=clock.now())
            sent += 1
    return sent


@shared_task
def seal_trails() -> int:
    """Seal the audit trail; the ledger's task seals the ledger."""
    return chain.seal_audit()
