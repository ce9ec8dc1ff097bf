"""到期删除: what imports keep of people goes when no longer needed (个人信息保护法第十九条)."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from congress.shared.actors import SYSTEM
from congress.shared.errors import Refused
from deputies.actions import roster
from deputies.models import RosterImport, RosterRow
from deputies.rules import UNDO_DAYS
from deputies.states import ImportState, Verdict

STRIP = """
UPDATE deputies_rosterrow SET sent = '{}', changes = '[]', cells =
    CASE WHEN jsonb_exists(cells, '联络站')
         THEN jsonb_build_object('联络站', cells -> '联络站') ELSE '{}' END
WHERE batch_id = ANY(%s) AND (cells - '联络站' <> '{}' OR changes <> '[]' OR sent <> '{}')
"""


def purge_rows(now: datetime) -> int:
    """到期删除: of imports that cannot be taken back any more no cell is left but 联络站.

    That one cell, the verdict and the deputy stay, because `register.last_stations` and a later
    undo read them. Faulty rows, which came to nothing, and rows of what was undone or put aside go
    whole; what nobody confirmed in as many days is put aside. Says how many rows it touched.
    """
    since = now - timedelta(days=UNDO_DAYS.on(timezone.localdate(now)))
    states = (ImportState.MATCHING, ImportState.PREVIEWED)
    for batch in RosterImport.objects.filter(state__in=states, uploaded_at__lt=since):
        with suppress(Refused):  # confirmed or put aside this very moment
            roster.drop(batch, by=SYSTEM)
    applied = RosterImport.objects.filter(state=ImportState.APPLIED, applied_at__lt=since)
    undone = RosterImport.objects.filter(state=ImportState.UNDONE, undone_at__lt=since)
    dropped = RosterImport.objects.filter(state=ImportState.DROPPED)
    faulty = RosterRow.objects.filter(batch__in=applied, verdict=Verdict.ERROR)
    with transaction.atomic():
        gone = [faulty, *(RosterRow.objects.filter(batch__in=some) for some in (undone, dropped))]
        touched = sum(rows.delete()[0] for rows in gone)
        with connection.cursor() as cursor:
            cursor.execute(STRIP, [list(applied.values_list("pk", flat=True))])
            touched += int(cursor.rowcount)
    return touched
