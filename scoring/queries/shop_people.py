"""Whom the shop tells: those who may confirm what one of them has asked for."""

from datetime import date

from django.db.models import Q

from congress.shared.actors import Actor
from congress.shared.models import Post, User
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from stations.models import Station


def others_who_run(station: Station, by: Actor, today: date) -> list[User]:
    """The keeper, the township's office; the deputies' office where there is nobody else."""
    running = Post.objects.filter(Q(to_on=None) | Q(to_on__gt=today), from_on__lte=today)
    near = running.filter(role=Role.TOWNSHIP_CLERK, organisation__area=station.area_id)
    people = {post.user_id: post.user for post in near.select_related("user")}
    if station.keeper:
        people[station.keeper.pk] = station.keeper
    if by.user:
        people.pop(by.user.pk, None)
    if people:
        return list(people.values())
    office = running.filter(role=Role.STAFF_DIRECTOR, organisation__kind=OrganisationKind.COMMITTEE)
    return [post.user for post in office.select_related("user") if not by.same_person(post.user_id)]
