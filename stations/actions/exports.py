"""导出: what leaves the house with the stations in it, and the trail of who took it."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from congress.shared.actors import Actor
from congress.shared.workbook import workbook
from congress.shared.workflow import record, refuse_if
from deputies.models import Mandate
from deputies.queries import exports
from deputies.states import SheetKind
from stations.permissions.places import why_not_export_roster
from stations.queries.postings import stations_now


@transaction.atomic
def export_roster(seats: QuerySet[Mandate], *, by: Actor, today: date) -> bytes:
    """导出名册: the seats as a sheet that the import takes; the trail says who took how many.

    Whoever was posted elsewhere by hand since stands with the place of today. The sheet holds
    everybody's telephone, so it is noted like an act (个人信息保护法第五十一条).
    """
    refuse_if(why_not_export_roster(by))
    assert by.user is not None, "staff are people"  # noqa: S101  # told to mypy: why_not_export_roster has seen to it
    rows = list(exports.roster(seats, today, stations_now()))
    record(by.user, "roster_exported", by=by, note=f"{len(rows)} 个代表资格，含联系电话")
    return workbook(SheetKind.ROSTER.label, exports.head(SheetKind.ROSTER), rows)
