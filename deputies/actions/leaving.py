"""离任与到任: what hangs on a seat ends with the last seat, and stands again with a new one.

Steps of the verbs on seats and terms, which hold the locks, ask why not and leave the trail.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from congress.shared.accounts import hold_office
from congress.shared.actors import Actor
from congress.shared.models import Post, User
from congress.shared.roles import Role
from congress.shared.workflow import record, record_all
from deputies.models import Deputy, DeputyGroup, Mandate, Membership

OF_A_SEAT = (Role.DEPUTY, Role.CONVENOR)
"""Posts that only a sitting deputy holds."""


def leave(deputies: Iterable[Deputy], *, from_on: date, by: Actor, today: date) -> list[Deputy]:
    """离任: from that day on those without another seat have no post, no group, no office.

    Returns them. The day may lie ahead: until it comes everything stands.
    """
    named = list(deputies)
    seats = Mandate.objects.running(from_on).filter(deputy__in=named)
    still = set(seats.values_list("deputy_id", flat=True))
    gone = [deputy for deputy in named if deputy.pk not in still]
    rest(gone, from_on=from_on, by=by)
    rows = Membership.objects.filter(deputy__in=gone)
    rows.filter(from_on__gte=from_on).delete()
    rows.filter(Q(to_on=None) | Q(to_on__gt=from_on)).update(to_on=from_on)
    if from_on <= today:
        _release(gone, by=by)
    return gone


def rest(deputies: Iterable[Deputy], *, from_on: date, by: Actor) -> None:
    """停权: from that day on these deputies act in no post of theirs; the seats are not touched."""
    users = [deputy.user_id for deputy in deputies if deputy.user_id]
    posts = Post.objects.filter(user__in=users, role__in=OF_A_SEAT)
    begun = list(posts.filter(Q(to_on=None) | Q(to_on__gte=from_on), from_on__lt=from_on))
    posts.filter(from_on__gte=from_on).delete()
    Post.objects.filter(pk__in=[post.pk for post in begun]).update(
        to_on=from_on - timedelta(days=1)
    )
    record_all(begun, "ended", by=by)


def _release(deputies: Iterable[Deputy], *, by: Actor) -> None:
    users = [deputy.user_id for deputy in deputies if deputy.user_id]
    groups = list(DeputyGroup.objects.filter(convenor__in=users))
    DeputyGroup.objects.filter(pk__in=[group.pk for group in groups]).update(convenor=None)
    record_all(groups, "convenor_released", by=by)


def resume(deputies: Iterable[Deputy], *, ended_from: date) -> None:
    """复原: what `leave` and `rest` ended from that day on stands as if nothing had happened."""
    named = list(deputies)
    _ended(named, ended_from).update(to_on=None)
    Membership.objects.filter(deputy__in=named, to_on=ended_from).update(to_on=None)


def _ended(deputies: Iterable[Deputy], from_on: date) -> QuerySet[Post]:
    users: list[User | None] = [deputy.user for deputy in deputies if deputy.user_id]
    last = from_on - timedelta(days=1)
    return Post.objects.filter(user__in=users, role__in=OF_A_SEAT, to_on=last)


def arrive(
    deputy: Deputy, *, group: DeputyGroup | None, from_on: date, by: Actor
) -> Membership | None:
    """到任: from that day on the deputy belongs to a group, and acts if there is an account.

    Who belongs to a group on that day stays there; the membership is returned only when new.
    """
    spell = None
    if group and not Membership.objects.running(from_on).filter(deputy=deputy).exists():
        spell = Membership.objects.create(deputy=deputy, group=group, from_on=from_on)
    act(deputy, from_on=from_on, by=by)
    return spell


def act(deputy: Deputy, *, from_on: date, by: Actor) -> None:
    """履职: who can sign in and belongs to a group holds the post of 人大代表 from that day on."""
    spell = Membership.objects.running(from_on).filter(deputy=deputy).first()
    if deputy.user is None or spell is None:
        return
    posts = Post.objects.filter(user=deputy.user, role=Role.DEPUTY)
    if posts.exclude(to_on__lt=from_on).exists():
        return
    office = hold_office(spell.group.area)
    post = Post.objects.create(
        user=deputy.user, organisation=office, role=Role.DEPUTY, from_on=from_on
    )
    record(post, "given", by=by)
