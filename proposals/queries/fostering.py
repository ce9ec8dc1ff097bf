"""接续代表: whom the office may choose for a proposal whose lead sits no more, and whom first."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from congress.shared.models import Assembly
from deputies.models import Deputy, Mandate, Membership
from proposals.models import Foster, Proposal
from proposals.states import Signature

MOST = 12
"""So many are offered; the form of one proposal takes any deputy who sits."""


class Choice(NamedTuple):
    """A deputy who may foster it, and why this one."""

    deputy: Deputy
    why: str


def orphans(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Of these, loaded with their speakers, the ones for which nobody speaks."""
    return [each for each in proposals if each.speaker_pk is None]


def choices(
    assembly: Assembly, proposals: Sequence[Proposal], today: date
) -> dict[int, list[Choice]]:
    """For each the sitting co-signers by the order of their names on it, then its own people.

    These are the deputies of the lead's group, or else of its delegation's place, whoever fosters
    the fewest first; what is proposed for one counts at the next. A fixed number of statements.
    """
    wanted = orphans(proposals)
    if not wanted:
        return {}
    sitting = _sitting(assembly, today)
    groups, places = _groups(wanted, sitting, today), _places(sitting, assembly, today)
    load = Counter(Foster.objects.standing().values_list("deputy", flat=True))
    found: dict[int, list[Choice]] = {}
    for row in wanted:
        signed = [
            Choice(sitting[each.deputy_id], "附议过这件建议")
            for each in sorted(row.cosignatures.all(), key=lambda each: each.pk)
            if each.state == Signature.STANDING and each.deputy_id in sitting
        ]
        known = {each.deputy.pk for each in signed} | {row.lead_id}
        area = row.delegation.area_id if row.delegation else None
        same = groups[row.lead_id] or places[area]
        why = "同一个代表小组" if groups[row.lead_id] else "同一个代表团"
        free = [sitting[pk] for pk in same if pk not in known]
        free.sort(key=lambda each: (load[each.pk], each.stroke_key, each.pk))
        found[row.pk] = [*signed, *(Choice(each, why) for each in free)][:MOST]
        if found[row.pk]:
            load[found[row.pk][0].deputy.pk] += 1
    return found


def _sitting(assembly: Assembly, today: date) -> dict[int, Deputy]:
    """Who may act in this congress today."""
    rows = Deputy.objects.serving(today).sitting_in(assembly, today)
    return {each.pk: each for each in rows.distinct()}


def _groups(
    wanted: Sequence[Proposal], sitting: dict[int, Deputy], today: date
) -> dict[int, list[int]]:
    """By the lead: who sits of the group to which the lead belonged last."""
    spells = Membership.objects.filter(deputy__in={each.lead_id for each in wanted})
    last = dict(spells.order_by("from_on", "pk").values_list("deputy", "group"))
    of: dict[int, list[int]] = defaultdict(list)
    now = Membership.objects.running(today).filter(group__in=set(last.values()))
    for deputy, group in now.order_by("pk").values_list("deputy", "group"):
        if deputy in sitting:
            of[group].append(deputy)
    return defaultdict(list, {lead: of[group] for lead, group in last.items()})


def _places(
    sitting: dict[int, Deputy], assembly: Assembly, today: date
) -> dict[int | None, list[int]]:
    """By the place of a delegation: who sits for it now, in whatever term."""
    of: dict[int | None, list[int]] = defaultdict(list)
    seats = Mandate.objects.running(today).of_assembly(assembly).exclude(delegation=None)
    for deputy, area in seats.order_by("pk").values_list("deputy", "delegation__area"):
        if deputy in sitting:
            of[area].append(deputy)
    return of
