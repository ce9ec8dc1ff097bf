"""评定以后的资格变动: what was told of a seat when its year had been decided already."""

from collections import defaultdict
from datetime import date, datetime

from congress.shared.models import AuditEvent
from deputies.models import SeatChange
from deputies.models.seats import OF_THE_PERSON
from deputies.states import ChangeState
from scoring.models import ReviewCycle

DECISION = ("assembly", "year", "decided_at", "cut_off_on")
TOLD = (ChangeState.REGISTERED, ChangeState.REVOKED)


class Decisions:
    """When the review that covers a duty of some day was decided, by congress."""

    def __init__(self) -> None:
        rows = ReviewCycle.objects.filter(decided_at__isnull=False).values_list(*DECISION)
        self._known = {(each, year): (at, until) for each, year, at, until in rows if at}

    @property
    def first(self) -> datetime | None:
        """The earliest of all."""
        return min((at for at, _ in self._known.values()), default=None)

    def at(self, assembly_id: int, day: date) -> datetime | None:
        """None where no review is decided, or its cut-off lies before that day."""
        at, until = self._known.get((assembly_id, day.year), (None, day))
        return at if day <= until else None


class LateChanges:
    """Changes of seats registered or taken back after a decision: decided years follow none."""

    def __init__(self) -> None:
        self._decided = Decisions()
        self._told: defaultdict[int, list[tuple[int | None, date, datetime]]] = defaultdict(list)
        if self._decided.first is None:
            return
        deeds = AuditEvent.objects.filter(
            subject=SeatChange._meta.label, now__in=TOLD, at__gt=self._decided.first
        )
        known = deeds.order_by("pk").values_list("subject_id", "at")
        changes = SeatChange.objects.select_related("mandate__term").in_bulk(
            {pk for pk, _ in known}
        )
        for pk, at in known:
            if change := changes.get(pk):
                of_all = change.kind in OF_THE_PERSON
                assembly = None if of_all else change.mandate.term.assembly_id
                told = (assembly, change.effective_on, at)
                self._told[change.mandate.deputy_id].append(told)

    @property
    def deputy_ids(self) -> set[int]:
        """Whose changes they are."""
        return set(self._told)

    def explain(self, deputy_id: int, assembly_id: int, day: date) -> bool:
        """Whether a decided year stands as it does because it knew nothing of such a change."""
        decided_at = self._decided.at(assembly_id, day)
        if decided_at is None or deputy_id not in self._told:
            return False
        return any(
            assembly in (None, assembly_id) and from_on <= day and decided_at < at
            for assembly, from_on, at in self._told[deputy_id]
        )
