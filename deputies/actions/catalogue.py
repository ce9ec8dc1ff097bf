"""履职清单: the list is divided into categories by another wording, from a day on."""

from datetime import date

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.workflow import record_all, refuse_if
from deputies.models import DutyCategory, Placement
from deputies.permissions import why_not_change_wording
from deputies.queries.catalogue import moves, planned


@transaction.atomic
def change_wording(wording: str, *, from_on: date, by: Actor, today: date) -> int:
    """换分类口径: from that day on each item falls where the wording has it; how many move.

    What was planned for that day or later is replaced. Points follow rule books, not the list.
    """
    rows = DutyCategory.objects.select_for_update(of=("self",), no_key=True)
    list(rows.order_by("pk"))  # two changes at once would each move from where the list was
    refuse_if(why_not_change_wording(by, from_on=from_on, today=today))
    dropped = list(planned(wording, from_on))
    record_all(dropped, "unclassed", by=by)
    Placement.objects.filter(pk__in=[row.pk for row in dropped]).delete()
    found = moves(wording, from_on)
    refuse_if(None if found or dropped else "清单那一天本来就是这样分类的，没有要换的。")
    placed = Placement.objects.bulk_create(
        Placement(item=move.item, category=move.now, from_on=from_on) for move in found
    )
    record_all(placed, "classed", by=by, was=[move.was.name if move.was else "" for move in found])
    return len(placed)
