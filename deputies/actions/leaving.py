"""离任与到任: what hangs on a seat ends with the last seat, and stands again with a new one.

Steps of the verbs on seats and terms, which hold the locks, ask why not and leave the trail.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from congress.shared.accounts import hold_office
from congress.shared.actors import SYSTEM, Actor
from congress.shared.models import Organisation, Post, Term, User
from congress.shared.roles import Role
from congress.shared.workflow import record, record_all
from deputies.models import (
    CommitteePost,
    Deputy,
    DeputyGroup,
    Liaison,
    Mandate,
    Membership,
    SeatChange,
    SpecialistGroup,
    SpecialistMembership,
    Suspension,
)
from deputies.states import ChangeKind, ChangeState, EndCause

OF_A_SEAT = (Role.DEPUTY, Role.CONVENOR)
"""Posts that only a sitting deputy holds."""
A_DAY = timedelta(days=1)


def end_of(term: Term) -> dict[str, date | str | None]:
    """When a seat of this term ends by itself, and why: a change of term may be prepared."""
    return {"to_on": term.to_on, "end_cause": EndCause.TERM if term.to_on else ""}


def last_days(deputies: Iterable[Deputy | int], day: date) -> dict[int, date | None]:
    """Until when each of those who sit on that day sits without a gap; None while nothing ends it.

    One query. Who does not sit on that day is not in the answer.
    """
    rows = Mandate.objects.filter(Q(to_on=None) | Q(to_on__gte=day), deputy__in=deputies)
    seats: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for pk, begins, ends in rows.order_by("from_on").values_list("deputy_id", "from_on", "to_on"):
        seats[pk].append((begins, ends))
    return {pk: _unbroken(spans, day) for pk, spans in seats.items() if spans[0][0] <= day}


def day_after(deputy: Deputy, day: date) -> date | None:
    """The first day on which the deputy who sits on that day sits no more; None while unknown."""
    last = last_days([deputy], day).get(deputy.pk)
    return last and last + A_DAY


def _unbroken(spans: Sequence[tuple[date, date | None]], day: date) -> date | None:
    """The spans come in the order in which they begin; the first one covers the day."""
    last = day
    for begins, ends in spans:
        if begins > last + A_DAY:
            break
        if ends is None:
            return None
        last = max(last, ends)
    return last


def leave(deputies: Iterable[Deputy], *, from_on: date, by: Actor, today: date) -> list[Deputy]:
    """离任: from that day on those without another seat have no post, no group, no office.

    Returns them. The day may lie ahead: until it comes everything stands. What belongs to a seat
    that begins later, such as one of the next term, is left alone.
    """
    named = list(deputies)
    still = last_days(named, from_on)
    gone = [deputy for deputy in named if deputy.pk not in still]
    _end_suspensions(gone, from_on)
    again = _seats_to_come(gone, from_on)
    for day, some in _by_day(gone, again).items():
        _end_posts(some, from_on, before=day, by=by)
        _end_memberships(some, from_on, before=day)
        _end_specialities(some, from_on)
        _end_contacts(some, from_on)
    if from_on <= today:
        _release([deputy for deputy in gone if deputy.pk not in again], by=by)
    return gone


def _seats_to_come(deputies: Iterable[Deputy], day: date) -> dict[int, date]:
    """From when those who have a later seat sit again."""
    rows = Mandate.objects.filter(deputy__in=deputies, from_on__gt=day).order_by("-from_on")
    return dict(rows.values_list("deputy_id", "from_on"))


def _by_day(deputies: Iterable[Deputy], again: dict[int, date]) -> dict[date | None, list[Deputy]]:
    found: dict[date | None, list[Deputy]] = defaultdict(list)
    for deputy in deputies:
        found[again.get(deputy.pk)].append(deputy)
    return found


def _end_suspensions(deputies: Iterable[Deputy], from_on: date) -> None:
    """Who has no seat has none to rest (代表法第六十一条)."""
    rows = Suspension.objects.filter(deputy__in=deputies, to_on=None, from_on__lt=from_on)
    rows.update(to_on=from_on)


def _end_memberships(deputies: Iterable[Deputy], from_on: date, *, before: date | None) -> None:
    rows = Membership.objects.filter(deputy__in=deputies)
    late = rows.filter(from_on__gte=from_on)
    (late.filter(from_on__lt=before) if before else late).delete()
    rows.filter(Q(to_on=None) | Q(to_on__gt=from_on), from_on__lt=from_on).update(to_on=from_on)


def _end_specialities(deputies: Iterable[Deputy], from_on: date) -> None:
    """专业小组: who sits no more belongs to none and leads none."""
    rows = SpecialistMembership.objects.filter(deputy__in=deputies)
    rows.filter(from_on__gte=from_on).delete()
    rows.filter(Q(to_on=None) | Q(to_on__gt=from_on)).update(to_on=from_on)


def _end_contacts(deputies: Iterable[Deputy], from_on: date) -> None:
    """双联: who sits no more holds no post of the committee, and nobody keeps contact."""
    posts = CommitteePost.objects.filter(deputy__in=deputies)
    posts.filter(from_on__gte=from_on).delete()
    posts.filter(Q(to_on=None) | Q(to_on__gt=from_on)).update(to_on=from_on)
    rows = Liaison.objects.filter(Q(deputy__in=deputies) | Q(holder__in=deputies))
    rows.filter(from_on__gte=from_on, contacts=None).delete()
    rows.filter(Q(to_on=None) | Q(to_on__gt=from_on), from_on__lt=from_on).update(to_on=from_on)


def rest(deputies: Iterable[Deputy], *, from_on: date, by: Actor) -> None:
    """停权: from that day on these deputies act in no post of theirs; the seats are not touched."""
    _end_posts(deputies, from_on, before=None, by=by)


def _end_posts(
    deputies: Iterable[Deputy], from_on: date, *, before: date | None, by: Actor
) -> None:
    users = [deputy.user_id for deputy in deputies if deputy.user_id]
    posts = Post.objects.filter(user__in=users, role__in=OF_A_SEAT)
    begun = list(posts.filter(Q(to_on=None) | Q(to_on__gte=from_on), from_on__lt=from_on))
    late = posts.filter(from_on__gte=from_on)
    (late.filter(from_on__lt=before) if before else late).delete()
    Post.objects.filter(pk__in=[post.pk for post in begun]).update(to_on=from_on - A_DAY)
    record_all(begun, "ended", by=by)


def _release(deputies: Sequence[Deputy], *, by: Actor) -> None:
    users = [deputy.user_id for deputy in deputies if deputy.user_id]
    _without_convenor(DeputyGroup.objects.filter(convenor__in=users), by=by)
    SpecialistGroup.objects.filter(leader__in=deputies).update(leader=None)


@transaction.atomic
def release_convenors(today: date) -> int:
    """召集人离任: no group names a convenor who sits no more; for ends that were prepared ahead."""
    sitting = Deputy.objects.sitting(today).exclude(user=None).values("user")
    groups = DeputyGroup.objects.filter(convenor__deputy__isnull=False)
    leading = SpecialistGroup.objects.exclude(leader=None)
    leading.exclude(leader__in=Deputy.objects.sitting(today)).update(leader=None)
    return _without_convenor(groups.exclude(convenor__in=sitting), by=SYSTEM)


def _without_convenor(rows: QuerySet[DeputyGroup], *, by: Actor) -> int:
    groups = list(rows)
    DeputyGroup.objects.filter(pk__in=[group.pk for group in groups]).update(convenor=None)
    record_all(groups, "convenor_released", by=by)
    return len(groups)


def resume(deputies: Iterable[Deputy], *, ended_from: date) -> None:
    """复原: what `leave` and `rest` ended from that day on stands as long as the seats do."""
    named = list(deputies)
    until = last_days(named, ended_from)
    for deputy in named:
        if deputy.pk in until:
            _resume(deputy, ended_from, until[deputy.pk])


def _resume(deputy: Deputy, ended_from: date, last: date | None) -> None:
    spells = Membership.objects.filter(deputy=deputy)
    later = spells.filter(from_on__gt=ended_from).order_by("from_on").first()
    next_on = later.from_on if later else last and last + A_DAY
    spells.filter(to_on=ended_from).update(to_on=next_on)
    fields = SpecialistMembership.objects.filter(deputy=deputy, to_on=ended_from)
    fields.update(to_on=last and last + A_DAY)
    posts_held = CommitteePost.objects.filter(deputy=deputy, to_on=ended_from)
    posts_held.update(to_on=last and last + A_DAY)
    contacts = Liaison.objects.filter(Q(deputy=deputy) | Q(holder=deputy), to_on=ended_from)
    for row in contacts:
        same = {"kind": row.kind, "deputy": row.deputy_id, "area": row.area_id}
        if not Liaison.objects.running(ended_from).filter(**same, group=row.group_id).exists():
            Liaison.objects.filter(pk=row.pk).update(to_on=last and last + A_DAY)
    reinstated = SeatChange.objects.filter(
        mandate__deputy=deputy, kind=ChangeKind.REINSTATED, effective_on=ended_from
    )
    if not reinstated.exclude(state=ChangeState.REVOKED).exists():
        Suspension.objects.filter(deputy=deputy, to_on=ended_from).update(to_on=None)
    if deputy.user is None or _rests(deputy, ended_from):
        return
    coming = Post.objects.filter(user=deputy.user, role=Role.DEPUTY, from_on__gt=ended_from)
    if next_post := coming.order_by("from_on").first():
        last = next_post.from_on - A_DAY
    posts = Post.objects.filter(user=deputy.user, to_on=ended_from - A_DAY)
    posts.filter(role=Role.DEPUTY).update(to_on=last)
    for post in posts.filter(role=Role.CONVENOR).select_related("organisation"):
        if _convenes_again(deputy.user, deputy, post, ended_from):
            Post.objects.filter(pk=post.pk).update(to_on=last)


def _convenes_again(user: User, deputy: Deputy, post: Post, day: date) -> bool:
    """The own group is convened as before, unless somebody else convenes it by now."""
    own = Membership.objects.running(day).filter(deputy=deputy).values("group")
    groups = DeputyGroup.objects.filter(area=post.organisation.area_id)
    groups.filter(pk__in=own, convenor=None).update(convenor=user)
    return groups.filter(convenor=user).exists()


def _rests(deputy: Deputy, day: date) -> bool:
    return Suspension.objects.running(day).filter(deputy=deputy).exists()


def arrive(
    deputy: Deputy, *, group: DeputyGroup | None, from_on: date, by: Actor
) -> Membership | None:
    """到任: from that day on the deputy belongs to a group, and acts if there is an account.

    Who belongs to a group on that day stays there; the membership is returned only when new.
    """
    spell = None
    if group and not Membership.objects.running(from_on).filter(deputy=deputy).exists():
        spell = Membership.objects.create(
            deputy=deputy, group=group, from_on=from_on, to_on=day_after(deputy, from_on)
        )
    act(deputy, from_on=from_on, by=by)
    return spell


def act(deputy: Deputy, *, from_on: date, by: Actor) -> None:
    """履职: who can sign in, belongs to a group and does not rest holds the posts of the seat.

    人大代表, and 召集人 where a group still names the deputy; from that day, as long as the seats.
    """
    spell = Membership.objects.running(from_on).filter(deputy=deputy).first()
    if deputy.user is None or spell is None or _rests(deputy, from_on):
        return
    last = last_days([deputy], from_on).get(deputy.pk)
    _hold(deputy.user, hold_office(spell.group.area), Role.DEPUTY, from_on, last, by=by)
    for group in DeputyGroup.objects.filter(convenor=deputy.user).select_related("area"):
        _hold(deputy.user, hold_office(group.area), Role.CONVENOR, from_on, last, by=by)


def _hold(
    user: User, office: Organisation, role: Role, from_on: date, last: date | None, *, by: Actor
) -> None:
    """A deputy's post is one wherever it is; a convenor has one in every township."""
    held = Post.objects.filter(user=user, role=role).exclude(to_on__lt=from_on)
    if role == Role.CONVENOR:
        held = held.filter(organisation=office)
    if not held.exists():
        post = Post.objects.create(
            user=user, organisation=office, role=role, from_on=from_on, to_on=last
        )
        record(post, "given", by=by)
