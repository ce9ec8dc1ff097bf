"""任期卷、小组年册 read: what goes into one, how far it is, and who may have which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet

from congress.shared.actors import Actor
from congress.shared.models import Term
from congress.shared.roles import Role
from deputies.models import Deputy, DeputyGroup, Membership
from scoring.models import Archive, ArchiveAmendment, ArchiveVolume, ReviewCycle
from scoring.permissions.archive import why_not_ask_group_book, why_not_ask_term_volume
from scoring.states import CycleState
from scoring.volume_states import VolumeState

BESIDE = ("grading__lights", "grading__amendments__grade", "amendments__made_by")
LONG_FOR_ONE = timedelta(minutes=10)


@dataclass(frozen=True)
class BoundYear:
    """One year of a term volume: the sealed file, what was amended since, a line of contents."""

    archive: Archive
    year: int
    note: str
    amendments: Sequence[ArchiveAmendment]


def asked() -> QuerySet[ArchiveVolume]:
    """Who waits longest is first."""
    rows = ArchiveVolume.objects.waiting()
    return rows.select_related("deputy", "term__assembly", "group__area", "cycle__assembly")


def bound_years(volume: ArchiveVolume) -> list[BoundYear]:
    """The sealed years of the term, the oldest first."""
    assert volume.deputy is not None  # noqa: S101  # archive_volume_is_of_a_term_or_of_a_groups_year
    assert volume.term is not None  # noqa: S101  # the same
    rows = Archive.objects.of_term(volume.deputy, volume.term)
    rows = rows.select_related("grading__cycle__assembly", "grading__grade", "grading__deputy")
    return [_bound(row) for row in rows.prefetch_related(*BESIDE)]


def _bound(row: Archive) -> BoundYear:
    for each in (amendments := [*row.amendments.all()]):
        each.archive = row
    lit = sum(light.lit for light in row.grading.lights.all())
    note = f"{row.grading.standing_grade}，{lit} 颗星　{row.number}"
    return BoundYear(row, row.grading.cycle.year, note, amendments)


@dataclass(frozen=True)
class Shelf:
    """What can be had of one term, or of one group's year: the last volume, and how far a new is.

    `first` and `second` are deputy and term, or group and year's review.
    """

    title: str
    first: int
    second: int
    holds: str
    volume: ArchiveVolume | None
    is_late: bool
    refusal: str | None = None

    @property
    def waiting(self) -> bool:
        return self.volume is not None and self.volume.state == VolumeState.ASKED

    @property
    def failed(self) -> bool:
        return self.volume is not None and self.volume.state == VolumeState.FAILED


def term_shelves(actor: Actor, deputy: Deputy, now: datetime) -> list[Shelf]:
    """任期卷 of each term in which the deputy has a sealed year, the newest first."""
    sealed = Archive.objects.filter(grading__deputy=deputy).values_list(
        "grading__cycle__assembly", "grading__cycle__year"
    )
    years = sorted(sealed)
    made = {row.term_id: row for row in ArchiveVolume.objects.filter(deputy=deputy)}
    terms = Term.objects.filter(assembly__in={place for place, _ in years})
    refusal = why_not_ask_term_volume(actor, deputy)
    shelves = []
    for term in terms.select_related("assembly").order_by("-from_on", "pk"):
        of_it = [year for place, year in years if place == term.assembly_id and _of(term, year)]
        if of_it:
            volume = made.get(term.pk)
            holds = f"{'、'.join(map(str, of_it))} 年"
            late = _is_late(volume, now)
            shelves.append(Shelf(f"{term}任期卷", deputy.pk, term.pk, holds, volume, late, refusal))
    return shelves


def group_shelves(
    actor: Actor, cycle: ReviewCycle, groups: QuerySet[DeputyGroup], now: datetime
) -> list[Shelf]:
    """小组年册 of a sealed year: of these groups each that has a file, in a fixed number of
    queries."""
    files = Archive.objects.filter(grading__cycle=cycle).values("grading__deputy")
    members = Membership.objects.running(cycle.last_day).filter(deputy__in=files)
    counts = dict(
        members.order_by().values_list("group").annotate(files=Count("deputy", distinct=True))
    )
    made = {row.group_id: row for row in ArchiveVolume.objects.filter(cycle=cycle)}
    refusal = why_not_ask_group_book(actor)
    return [
        Shelf(
            f"{group.area.name} {group.name}",
            group.pk,
            cycle.pk,
            f"{counts[group.pk]} 人",
            made.get(group.pk),
            _is_late(made.get(group.pk), now),
            refusal,
        )
        for group in groups.filter(pk__in=counts).select_related("area")
    ]


def sealed_years() -> QuerySet[ReviewCycle]:
    """The years of which there are books, the newest first."""
    rows = ReviewCycle.objects.filter(state=CycleState.SEALED).order_by("-year", "assembly")
    return rows.select_related("assembly")


def own_groups(actor: Actor) -> QuerySet[DeputyGroup]:
    """The groups whose books this post may have: the office's all, a convenor's own."""
    rows = DeputyGroup.objects.all()
    if actor.is_a(Role.CONVENOR):
        return rows.filter(convenor=actor.user)
    return rows if actor.at_the_desk else rows.none()


def _of(term: Term, year: int) -> bool:
    last = date(year, 12, 31)
    return term.from_on <= last and (term.to_on is None or last <= term.to_on)


def _is_late(volume: ArchiveVolume | None, now: datetime) -> bool:
    if volume is None or volume.state != VolumeState.ASKED:
        return False
    return now - volume.asked_at > LONG_FOR_ONE
