"""哪一方: whose opinion each deputy's is, and who gives it, by their own post or in a stead."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from congress.shared.actors import Actor
from congress.shared.models import Organisation
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from deputies.models import Deputy, DeputyGroup, Mandate, Membership
from deputies.models.people import DeputyQuerySet
from scoring.models import ReviewCycle, StandIn
from scoring.states import Step


def reviewed(cycle: ReviewCycle) -> DeputyQuerySet:
    """应评代表: who holds a seat of the assembly on the cut-off and on the year's last day."""
    return Deputy.objects.sitting_in(cycle.assembly, cycle.cut_off_on).sitting_in(
        cycle.assembly, cycle.last_day
    )


def told(cycle: ReviewCycle) -> str:
    """多少位代表收到通知: who has no account is told on paper."""
    people = reviewed(cycle)
    without = people.filter(user=None).count()
    paper = f"；{without} 位没有账号，纸质自评请代录" if without else ""
    return f"{people.count() - without} 位代表会收到自评通知{paper}"


@dataclass(frozen=True)
class Hand:
    """What somebody speaks for: some groups, townships or electing units; perhaps for another."""

    groups: Collection[int] = ()
    areas: Collection[int] = ()
    units: Collection[int] = ()
    stand_in: StandIn | None = field(default=None, compare=False)

    def reach(self, cycle: ReviewCycle) -> Q:
        """Whom of the reviewed it speaks for."""
        if self.groups:
            return Q(Exists(spells_of(cycle).filter(group__in=self.groups)))
        if self.units:
            return Q(Exists(seats_by_units(cycle, self.units)))
        if not self.areas:
            return Q(pk__in=())
        here = Q(Exists(spells_of(cycle).filter(group__area__in=self.areas)))
        seated = Q(Exists(seats_of_cycle(cycle).filter(delegation__area__in=self.areas)))
        without = ~Q(Exists(spells_of(cycle)))
        return ~Q(Exists(seats_by_units(cycle))) & (here | (without & seated))


def spells_of(cycle: ReviewCycle) -> QuerySet[Membership]:
    """The outer deputy's group on the year's last day."""
    return Membership.objects.running(cycle.last_day).filter(deputy=OuterRef("pk"))


def seats_of_cycle(cycle: ReviewCycle) -> QuerySet[Mandate]:
    """The seat for which the outer deputy is reviewed."""
    seats = Mandate.objects.running(cycle.last_day)
    return seats.filter(deputy=OuterRef("pk"), term__assembly=cycle.assembly_id)


def seats_by_units(cycle: ReviewCycle, units: Collection[int] | None = None) -> QuerySet[Mandate]:
    """The same where an electing unit elected it: the seat's district has the unit's name."""
    known = Organisation.objects.filter(kind=OrganisationKind.ELECTING)
    if units is not None:
        known = known.filter(pk__in=units)
    return seats_of_cycle(cycle).filter(district__name__in=known.values("name"))


def elected_by_units(cycle: ReviewCycle) -> dict[int, str]:
    """Of each deputy whom an electing unit elected the unit's name."""
    units = Organisation.objects.filter(kind=OrganisationKind.ELECTING)
    seats = Mandate.objects.running(cycle.last_day).filter(
        term__assembly=cycle.assembly_id, district__name__in=units.values("name")
    )
    return dict(seats.values_list("deputy", "district__name"))


def hands(cycle: ReviewCycle, step: Step, by: Actor, today: date) -> list[Hand]:
    """Everything this post gives this party's opinion for: its own share first, then others'."""
    own = own_hand(step, by)
    stead = [hand_of(each) for each in stands_in(cycle, step, by, today)]
    return [*([own] if own else []), *stead]


def hand_of(stand_in: StandIn) -> Hand:
    """The share that is given in another's stead."""
    return Hand(
        groups=[stand_in.group_id] if stand_in.group_id else (),
        areas=[stand_in.area_id] if stand_in.area_id else (),
        units=[stand_in.unit_id] if stand_in.unit_id else (),
        stand_in=stand_in,
    )


def own_hand(step: Step, by: Actor) -> Hand | None:
    """The share that comes with the post itself."""
    if step == Step.GROUP and by.is_a(Role.CONVENOR):
        own = DeputyGroup.objects.filter(convenor=by.user)
        return Hand(groups=list(own.values_list("pk", flat=True)))
    if step != Step.TOWNSHIP or by.post is None:
        return None
    if by.post.organisation.kind == OrganisationKind.ELECTING:
        return Hand(units=[by.post.organisation_id])
    if by.is_a(Role.TOWNSHIP_CLERK):
        return Hand(areas=[by.post.organisation.area_id])
    return None


def stands_in(cycle: ReviewCycle, step: Step, by: Actor, today: date) -> list[StandIn]:
    """For whom this person gives the opinion in another's stead today."""
    if by.user is None:
        return []
    rows = StandIn.objects.running(today).filter(cycle=cycle, step=step, user=by.user)
    return list(rows.select_related("user", "group__area", "area", "unit"))


def appraised_by(cycle: ReviewCycle, step: Step, by: Actor, today: date) -> DeputyQuerySet:
    """Whom this post gives an opinion of; of oneself only in the self review."""
    if by.user is None:
        return Deputy.objects.none()
    if step == Step.SELF:
        return reviewed(cycle).of_user(by.user)
    return within(cycle, hands(cycle, step, by, today)).exclude(user=by.user)


def within(cycle: ReviewCycle, known: Iterable[Hand]) -> DeputyQuerySet:
    """The reviewed whom any of these speaks for."""
    reach = Q(pk__in=())
    for hand in known:
        reach |= hand.reach(cycle)
    return reviewed(cycle).filter(reach)
