"""代评人 read: for whom one may be appointed, and which account is meant."""

from congress.shared.models import Area, Organisation, User
from congress.shared.models.places import OrganisationKind
from deputies.models import DeputyGroup, Membership
from scoring.models import ReviewCycle, StandIn
from scoring.queries.parties import reviewed

Party = DeputyGroup | Area | Organisation


def parties(cycle: ReviewCycle) -> dict[str, Party]:
    """小组、乡镇、选举单位 that give an opinion of somebody reviewed, by a short key."""
    spells = Membership.objects.running(cycle.last_day).filter(deputy__in=reviewed(cycle))
    groups = DeputyGroup.objects.filter(pk__in=spells.values("group")).select_related("area")
    found: dict[str, Party] = {}
    areas: dict[str, Party] = {}
    for group in groups.order_by("area__position", "position"):
        areas[f"area-{group.area_id}"] = group.area
        found[f"group-{group.pk}"] = group
    units = Organisation.objects.filter(kind=OrganisationKind.ELECTING)
    return found | areas | {f"unit-{unit.pk}": unit for unit in units}


def accounts(typed: str) -> list[User]:
    """The accounts by this user name, or else by this name."""
    by_username = list(User.objects.filter(username=typed))
    return by_username or list(User.objects.filter(name=typed).order_by("username"))


def stand_ins_of(cycle: ReviewCycle) -> list[StandIn]:
    """Everybody who stood in this year, those whose stead has ended last."""
    rows = cycle.stand_ins.select_related("group__area", "area", "unit", "user", "appointed_by")
    return sorted(rows, key=lambda each: (each.ended_at is not None, each.pk))
