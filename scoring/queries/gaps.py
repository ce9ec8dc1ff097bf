"""组织方缺口: whom each organiser called, and whom never. 没有受邀 is no fault of the deputy."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congress.shared.models import Organisation
from congress.shared.models.places import OrganisationKind
from scoring.fairness import expected, is_left_out
from scoring.queries.chances import Chances
from scoring.queries.roll import Seated
from scoring.rules import SELDOM


@dataclass(frozen=True)
class Missed:
    """One deputy whom an organiser never, or seldom, called."""

    pk: int
    name: str
    group: str
    called: int
    words: str


@dataclass(frozen=True)
class Gap:
    """One organiser: how much it held, and whom of its own people it left out."""

    name: str
    activities: int
    places: int
    reached: int
    of: int
    never: Sequence[Missed]


def gaps(found: Chances) -> list[Gap]:
    """Each organiser of the year's activities, the widest gap first."""
    held: defaultdict[int, set[int]] = defaultdict(set)
    called: defaultdict[int, list[int]] = defaultdict(list)
    organisers: dict[int, Organisation] = {}
    for deputy_id, activity_id, _ in found.calls.roll:
        organiser = found.calls.activities[activity_id].organiser
        organisers[organiser.pk] = organiser
        held[organiser.pk].add(activity_id)
        if deputy_id in found.people:
            called[organiser.pk].append(deputy_id)
    lines = [
        _gap(organiser, len(held[pk]), called[pk], found) for pk, organiser in organisers.items()
    ]
    return sorted(lines, key=lambda gap: (-len(gap.never), gap.name))


def _gap(organiser: Organisation, activities: int, called: list[int], found: Chances) -> Gap:
    own = {pk: one for pk, one in found.people.items() if _is_of(organiser, one)}
    reached = set(called) & set(own)
    never = sorted((own[pk] for pk in set(own) - reached), key=lambda one: (one.order, one.pk))
    return Gap(
        organiser.name,
        activities,
        len(called),
        len(reached),
        len(own),
        [_missed(one, found, "从来没有受邀") for one in never],
    )


def _is_of(organiser: Organisation, one: Seated) -> bool:
    """Whom an organiser answers for: a township its own, a committee the whole congress."""
    if organiser.kind == OrganisationKind.TOWNSHIP:
        return one.area_id == organiser.area_id
    return True


def _missed(one: Seated, found: Chances, words: str) -> Missed:
    return Missed(one.pk, one.name, one.group, found.of[one.pk].called, words)


def seldom_called(found: Chances, today: date) -> list[Missed]:
    """很少受邀: called far less than the others of their group in the days they served."""
    share = Decimal(SELDOM.on(today)) / 100
    missed = []
    for pk, one in found.people.items():
        own = found.of[pk]
        meant = expected(own.days, found.peers(one))
        if is_left_out(own.called, meant, share):
            words = f"在任 {own.days} 天，受邀 {own.called} 次，同组一般 {meant:.1f} 次"
            missed.append((own.called - meant, one.order, _missed(one, found, words)))
    return [each for *_, each in sorted(missed, key=lambda row: row[:2])]
