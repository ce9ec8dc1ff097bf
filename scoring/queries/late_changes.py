"""评定以后的资格变动: what was told of a seat when its year had been decided already."""

from collections import defaultdict
from datetime import date, datetime

from congress.shared.models import AuditEvent
from deputies.models import SeatChange
from deputies.models.seats import OF_THE_PERSON
from deputies.states import ChangeState
from scoring.models import ReviewCycle

DECISION = ("assembly", "year", "decided_at")
TOLD = (ChangeState.REGISTERED, ChangeState.REVOKED)


def decisions() -> dict[tuple[int, int], datetime]:
    """When the review of each congress and year was decided."""
    rows = ReviewCycle.objects.filter(decided_at__isnull=False)
    return {(each, year): at for each, year, at in rows.values_list(*DECISION) if at}


class LateChanges:
    """Changes of seats registered or taken back after a decision: decided years follow none."""

    def __init__(self) -> None:
        self._decided = decisions()
        self._told: defaultdict[int, list[tuple[int | None, date, datetime]]] = defaultdict(list)
        if not self._decided:
            return
        deeds = AuditEvent.objects.filter(
            subject=SeatChange._meta.label, now__in=TOLD, at__gt=min(self._decided.values())
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
        decided_at = self._decided.get((assembly_id, day.year))
        if decided_at is None or deputy_id not in self._told:
            return False
        return any(
            assembly in (None, assembly_id) and from_on <= day and decided_at < at
            for assembly, from_on, at in self._told[deputy_id]
        )
