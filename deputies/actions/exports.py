"""导出: what leaves the house in bulk, and the trail of who took it."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from congress.shared.actors import Actor
from congress.shared.workbook import workbook
from congress.shared.workflow import lock, record, refuse_if
from deputies.models import Mandate, RosterImport
from deputies.permissions.roster import why_not_export_faults, why_not_export_roster
from deputies.queries import exports, import_rows
from deputies.states import SheetKind


@transaction.atomic
def export_roster(seats: QuerySet[Mandate], *, by: Actor, today: date) -> bytes:
    """导出名册: the seats as a sheet that the import takes; the trail says who took how many.

    It holds everybody's telephone, so it is noted like an act (个人信息保护法第五十一条).
    """
    refuse_if(why_not_export_roster(by))
    assert by.user is not None, "staff are people"  # noqa: S101  # told to mypy: why_not_export_roster has seen to it
    rows = list(exports.roster(seats, today))
    record(by.user, "roster_exported", by=by, note=f"{len(rows)} 个代表资格，含联系电话")
    return workbook(SheetKind.ROSTER.label, exports.head(SheetKind.ROSTER), rows)


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
