"""交: what waits for the office between the review and the reply."""

from collections import Counter
from datetime import date

from django.db.models import Count
from django.urls import reverse

from congress.home.queries.queue import NONE, Queue, aged
from congress.shared.calendar import Works
from proposals.models import Extension, Objection, Sheet
from proposals.queries import contact
from proposals.queries.deliveries import unopened
from proposals.queries.due_changes import due_changes
from proposals.states import SheetState


def assigning(today: date, works: Works) -> list[Queue]:
    """交办异议、延期申请、交办单、期限变动: what units ask, and what the office must do itself."""
    objected, asked = Objection.objects.open(), Extension.objects.waiting()
    moved = len(due_changes(today))
    words = "工作日历或本地规则改过，请看一遍再确认" if moved else "都和工作日历一致"
    page = reverse("proposals:recompute")
    rows = (
        ("交办异议待答复", objected, "raised_on", "proposals:objection_list"),
        ("延期申请待批复", asked, "asked_on", "proposals:extension_list"),
    )
    return [
        *(
            aged(title, waits, since, reverse(name), today, works)
            for title, waits, since, name in rows
        ),
        _unopened(),
        _not_met(today),
        _sheets_open(today),
        Queue("期限要跟着日历调整", moved, words, "must" if moved else "off", page),
    ]


def _unopened() -> Queue:
    """送达情况: what lies with its unit and nobody of the unit has looked at."""
    found = unopened().aggregate(count=Count("pk"), units=Count("unit", distinct=True))
    words = f"{found['units']} 个单位，可以催" if found["count"] else "各单位都打开看过"
    page = reverse("proposals:delivery_list")
    return Queue(
        "送达单位还没打开", found["count"], words, "open" if found["count"] else "off", page
    )


def _not_met(today: date) -> Queue:
    """首次联系超期: whose unit has not met the deputy in its days, under its filter of the list."""
    late = len(contact.late(today))
    words = "单位还没有和代表见面，可以催" if late else "各单位都按期联系"
    page = f"{reverse('admin:proposals_proposal_changelist')}?timing=contact"
    return Queue("首次联系代表超期", late, words, "must" if late else "off", page)


def _sheets_open(today: date) -> Queue:
    """交办单 in the office's hands: units have not seen it, or have had their days."""
    rows = Sheet.objects.in_the_offices_hands(today)
    states = Counter(rows.order_by().values_list("state", flat=True))
    shown = ((SheetState.DRAFTED, "待征求意见"), (SheetState.REHEARSED, "可以定稿"))
    words = "，".join(f"{states[state]} 张{said}" for state, said in shown if states[state])
    count, url = states.total(), reverse("proposals:sheet_list")
    return Queue("交办单待办", count, words or NONE, "open" if count else "off", url)
