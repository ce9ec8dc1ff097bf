"""代评人 read: for whom one may be appointed, and which account is meant."""

from datetime import date
from typing import Any

from congress.shared.actors import Actor
from congress.shared.models import Area, Organisation, Post, User
from congress.shared.models.places import OrganisationKind
from deputies.models import DeputyGroup, Membership
from scoring.models import ReviewCycle, StandIn
from scoring.permissions.cycle import why_not_stand_in
from scoring.queries.parties import hand_of, hands, reviewed, within
from scoring.states import Step

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


def where_of(place: Party) -> dict[str, Any]:
    """Which party's opinion, and whose, as the row has it."""
    if isinstance(place, DeputyGroup):
        return {"step": Step.GROUP, "group": place}
    kind = "area" if isinstance(place, Area) else "unit"
    return {"step": Step.TOWNSHIP, kind: place}


def why_not_speak_for(cycle: ReviewCycle, place: Party, user: User, today: date) -> str | None:
    """谁不能代: who has no part in reviews, who speaks for it anyway, or for another party of them.

    Two parties that are blind to each other are not one person.
    """
    posts = list(Post.objects.of(user).in_force(today).select_related("user", "organisation"))
    if reason := why_not_stand_in(user, {post.role for post in posts}):
        return reason
    where = where_of(place)
    here = within(cycle, [hand_of(StandIn(cycle=cycle, **where))])
    for step in (Step.GROUP, Step.TOWNSHIP):
        for post in posts:
            mine = hands(cycle, step, Actor(user, post), today)
            own = [hand for hand in mine if step != where["step"] or hand.stand_in is None]
            if not here.filter(pk__in=within(cycle, own).values("pk")).exists():
                continue
            if step == where["step"]:
                return f"{user.name}本来就提这一方的意见，只是不能评自己，请另选一人。"
            return (
                f"{user.name}已经给其中的代表提{step.label}意见，"
                "同一个人不能替两方说话，请另选一人。"
            )
    return None


def stand_ins_of(cycle: ReviewCycle) -> list[StandIn]:
    """Everybody who stood in this year, those whose stead has ended last."""
    rows = cycle.stand_ins.select_related("group__area", "area", "unit", "user", "appointed_by")
    return sorted(rows, key=lambda each: (each.ended_at is not None, each.pk))
