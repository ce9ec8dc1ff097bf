"""送达情况: what went to which unit when, who opened it first, who took it, who has not looked."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q, QuerySet

from congress.shared.models import AuditEvent
from proposals.models import Assignment, Opening, Sheet
from proposals.permissions.deliveries import sending_of
from proposals.states import ANSWERABLE, Part, Sending, SheetState, State

ONLY = (
    ("unopened", "还没打开"),
    ("opened", "打开了，没签收"),
    ("received", "已签收"),
    ("all", "全部"),
)


@dataclass(frozen=True)
class Delivery:
    """One part as it was last sent to its unit."""

    part: Assignment
    sending: Sending
    sent_at: datetime | None
    opening: Opening | None
    reminded_today: bool

    @property
    def kind(self) -> str:
        if self.part.received_at:
            return "received"
        return "opened" if self.opening else "unopened"

    @property
    def may_remind(self) -> bool:
        return self.kind == "unopened" and not self.reminded_today


@dataclass(frozen=True)
class Deliveries:
    """All that has been sent and not been finished, those asked for, and who has not looked."""

    shown: list[Delivery]
    counts: Mapping[str, int]
    units: list[tuple[str, int]]


def sent() -> QuerySet[Assignment]:
    """Every part that lies with its unit now."""
    handed = Q(state__in=ANSWERABLE, proposal__state=State.ASSIGNED)
    planned = Q(state=Part.PLANNED, sheet__state=SheetState.REHEARSED)
    return Assignment.objects.filter(handed | planned).select_related(
        "unit", "proposal__lead", "sheet", "received_by"
    )


def deliveries(today: date, *, only: str = "", sheet: int = 0) -> Deliveries:
    """By unit, then by number; of one sheet when the address names it."""
    rows = sent().filter(sheet=sheet) if sheet else sent()
    found = _deliveries(list(rows.order_by("unit__name", "proposal__number", "pk")), today)
    counts = Counter(each.kind for each in found)
    silent = Counter(each.part.unit.name for each in found if each.kind == "unopened")
    return Deliveries(
        shown=[each for each in found if only in ("", "all", each.kind)],
        counts={key: len(found) if key == "all" else counts[key] for key, _ in ONLY},
        units=silent.most_common(),
    )


def _deliveries(parts: Sequence[Assignment], today: date) -> list[Delivery]:
    openings = {
        (each.assignment_id, each.sending): each
        for each in Opening.objects.filter(assignment__in=parts).select_related("opened_by")
    }
    when = _sent_at(parts)
    found = []
    for part in parts:
        if sending := sending_of(part):
            state = Part.HANDED if sending == Sending.HANDOVER else Part.PLANNED
            found.append(
                Delivery(
                    part,
                    sending,
                    when.get((part.pk, state)),
                    openings.get((part.pk, sending)),
                    part.reminded_on == today,
                )
            )
    return found


def _sent_at(parts: Iterable[Assignment]) -> dict[tuple[int, str], datetime]:
    """送达: when the trail says that it went out, the first time."""
    rows = AuditEvent.objects.filter(
        subject=Assignment._meta.label,
        subject_id__in=[part.pk for part in parts],
        now__in=(Part.PLANNED, Part.HANDED),
    )
    firsts = rows.order_by().values_list("subject_id", "now").annotate(Min("at"))
    return {(int(pk), now): at for pk, now, at in firsts}


def silent_units(sheet: Sheet) -> list[tuple[str, int]]:
    """还没打开: the units of a sheet that have not looked, with how many parts each."""
    rows = unopened().filter(sheet=sheet).values_list("unit__name").order_by("unit__name")
    return list(rows.annotate(Count("pk")))


def unopened() -> QuerySet[Assignment]:
    """Sent, not taken, and nobody of the unit has looked."""
    looked = Q(openings__sending=Sending.HANDOVER, state__in=ANSWERABLE) | Q(
        openings__sending=Sending.REHEARSAL, state=Part.PLANNED
    )
    seen = Assignment.objects.filter(looked).values("pk")
    return sent().filter(received_at=None).exclude(pk__in=seen)
