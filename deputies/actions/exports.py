"""导出: what leaves the house in bulk, and the trail of who took it."""

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.workbook import workbook
from congress.shared.workflow import lock, record, refuse_if
from deputies.models import RosterImport
from deputies.permissions.roster import why_not_export_faults
from deputies.queries import import_rows


@transaction.atomic
def export_faults(batch: RosterImport, *, by: Actor) -> bytes:
    """下载错误行: the sheet's own columns, the reason beside each row; the trail says who took it.

    As with the whole roster, telephones stand in full.
    """
    batch = lock(batch)
    refuse_if(why_not_export_faults(by))
    columns, rows = import_rows.faulty(batch)
    record(batch, "faults_exported", by=by, note=f"{len(rows)} 行，含联系电话")
    return workbook("错误行", columns, rows)
