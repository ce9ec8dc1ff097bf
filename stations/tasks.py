"""What beat does for the roster: long files are read and written while nobody waits."""

import logging

from celery import shared_task
from django.db import transaction

from congress.shared import clock
from congress.shared.actors import SYSTEM
from congress.shared.errors import Refused
from congress.shared.workflow import move
from deputies.actions import reading
from deputies.models import RosterImport
from deputies.states import ImportState
from stations.actions import places

logger = logging.getLogger("congress.stations")


@shared_task
def run_imports() -> int:
    """导入: every waiting file is read, every confirmed one written; how many this run did.

    A run that dies leaves its batch as it was: the next one begins it again.
    """
    done = 0
    for batch in RosterImport.objects.to_read():
        done += reading.read_waiting(batch)
    for batch in RosterImport.objects.to_apply():
        done += _write(batch)
    return done


def _write(batch: RosterImport) -> bool:
    """The whole import in one transaction, claimed by the row's lock."""
    rows = RosterImport.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
    with transaction.atomic():
        claimed = rows.filter(pk=batch.pk, state=ImportState.APPLYING).first()
        if claimed is None:
            return False
        try:
            with transaction.atomic():
                places.write_roster(claimed, by=SYSTEM, today=clock.today())
        except Refused as refusal:
            logger.warning("roster import %s not written", batch.pk)
            claimed.refresh_from_db()
            facts = {"problem": refusal.reason[:200], "applied_by": None}
            move(claimed, ImportState.PREVIEWED, by=SYSTEM, note=refusal.reason, **facts)
    return True
