"""离任与到任: what hangs on a seat ends with the last seat, and stands again with a new one.

Steps of the verbs on seats and terms, which hold the locks, ask why not and leave the trail.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import F, Q, QuerySet

from congress.shared.accounts import hold_office
from congress.shared.actors import SYSTEM, Actor
from congress.shared.models import Organisation, Post, Term
from congress.shared.roles import Role
from congress.shared.workflow import record, record_all
from deputies.models import (
    CommitteePost,
    Deputy,
    DeputyGroup,
    Liaison,
    Mandate,
    Membership,
    SpecialistGroup,
    SpecialistMembership,
    Suspension,
)
from deputies.states import EndCause

OF_A_SEAT = (Role.DEPUTY, Role.CONVENOR)
"""Posts that only a sitting deputy holds."""
A_DAY = timedelta(days=1)
DROPPED = "spell_dropped"
"""In the trail of a deputy: this spell in a group went with the seat, and can be restored."""
Row = TypeVar("Row", Membership, SpecialistMembership, CommitteePost, Liaison, Post)


def words_of(spell: Membership) -> str:
    """A spell as the trail tells it; `resuming` reads it."""
    return f"{spell.group.area.name}，{spell.group.name}，{spell.from_on:%Y-%m-%d}"


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
        _end_memberships(some, from_on, before=day, by=by)
        _end_specialities(some, from_on, before=day, by=by)
        _end_contacts(some, from_on, before=day, by=by)
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


def _until(rows: QuerySet[Row], from_on: date, before: date | None) -> QuerySet[Row]:
    """Of these what begins that day or later, but not what belongs to a seat still to come."""
    late = rows.filter(from_on__gte=from_on)
    return late.filter(from_on__lt=before) if before else late


def _cut(rows: QuerySet[Row], from_on: date, *, before: date | None, by: Actor) -> None:
    """What runs on that day ends with it; what would begin only then never was."""
    late = list(_until(rows, from_on, before))
    record_all(late, "dropped", by=by)
    rows.filter(pk__in=[row.pk for row in late]).delete()
    rows.filter(Q(to_on=None) | Q(to_on__gt=from_on), from_on__lt=from_on).update(to_on=from_on)


def _end_memberships(
    deputies: Iterable[Deputy], from_on: date, *, before: date | None, by: Actor
) -> None:
    """A spell that is dropped is told in the trail, so that it can be restored."""
    rows = Membership.objects.filter(deputy__in=deputies)
    late = _until(rows, from_on, before).select_related("deputy", "group__area")
    for spell in late.order_by("from_on"):
        record(spell.deputy, DROPPED, by=by, was=f"{from_on:%Y-%m-%d}", note=words_of(spell))
    _cut(rows, from_on, before=before, by=by)


def _end_specialities(
    deputies: Iterable[Deputy], from_on: date, *, before: date | None, by: Actor
) -> None:
    """专业小组: who sits no more belongs to none and leads none."""
    rows = SpecialistMembership.objects.filter(deputy__in=deputies)
    _cut(rows, from_on, before=before, by=by)


def _end_contacts(
    deputies: Iterable[Deputy], from_on: date, *, before: date | None, by: Actor
) -> None:
    """双联: who sits no more holds no post of the committee, and nobody keeps contact.

    A contact that began too late and was kept all the same lasts one day, as its records say.
    """
    _cut(CommitteePost.objects.filter(deputy__in=deputies), from_on, before=before, by=by)
    rows = Liaison.objects.filter(Q(deputy__in=deputies) | Q(holder__in=deputies))
    kept = _until(rows, from_on, before).filter(contacts__isnull=False).values("pk")
    rows.filter(pk__in=list(kept.values_list("pk", flat=True))).update(to_on=F("from_on") + A_DAY)
    _cut(rows.filter(contacts=None), from_on, before=before, by=by)
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
    late = list(_until(posts, from_on, before))
    record_all(late, "dropped", by=by)
    Post.objects.filter(pk__in=[post.pk for post in late]).delete()
    Post.objects.filter(pk__in=[post.pk for post in begun]).update(to_on=from_on - A_DAY)
    record_all(begun, "ended", by=by)


def _release(deputies: Sequence[Deputy], *, by: Actor) -> None:
    users = [deputy.user_id for deputy in deputies if deputy.user_id]
    _without_convenor(DeputyGroup.objects.filter(convenor__in=users), by=by)
    _without_leader(SpecialistGroup.objects.filter(leader__in=deputies), by=by)


@transaction.atomic
def release_convenors(today: date) -> int:
    """召集人离任: no group names a convenor or leader who sits no more, and no post outlives that.

    For ends that were prepared ahead; returns how many groups have no convenor now.
    """
    sitting = Deputy.objects.sitting(today)
    leading = SpecialistGroup.objects.exclude(leader=None)
    _without_leader(leading.exclude(leader__in=sitting), by=SYSTEM)
    groups = DeputyGroup.objects.filter(convenor__deputy__isnull=False)
    left = groups.exclude(convenor__in=sitting.exclude(user=None).values("user"))
    people = list(Deputy.objects.filter(user__in=left.values("convenor")))
    for day, some in _by_day(people, _seats_to_come(people, today)).items():
        _end_posts(some, today, before=day, by=SYSTEM)
    return _without_convenor(left, by=SYSTEM)


def _without_convenor(rows: QuerySet[DeputyGroup], *, by: Actor) -> int:
    groups = list(rows)
    DeputyGroup.objects.filter(pk__in=[group.pk for group in groups]).update(convenor=None)
    record_all(groups, "convenor_released", by=by)
    return len(groups)


def _without_leader(rows: QuerySet[SpecialistGroup], *, by: Actor) -> None:
    groups = list(rows)
    SpecialistGroup.objects.filter(pk__in=[group.pk for group in groups]).update(leader=None)
    record_all(groups, "leader_released", by=by)


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
    act_all([deputy], from_on=from_on, by=by)


def act_all(deputies: Iterable[Deputy], *, from_on: date, by: Actor) -> None:
    """The same for many: the queries do not grow with them, except for the townships' rows."""
    people = [deputy for deputy in deputies if deputy.user_id]
    resting = Suspension.objects.running(from_on).filter(deputy__in=people)
    spells = Membership.objects.running(from_on).filter(deputy__in=people)
    spells = spells.exclude(deputy__in=resting.values("deputy")).select_related("group__area")
    last = last_days(people, from_on)
    areas = {s.deputy_id: s.group.area for s in spells if s.deputy_id in last}
    users = {d.user_id: d.pk for d in people if d.user_id and d.pk in areas}
    convened = DeputyGroup.objects.filter(convenor__in=users).select_related("area")
    wanted = [(user, Role.DEPUTY, areas[pk]) for user, pk in users.items()]
    wanted += [(g.convenor_id, Role.CONVENOR, g.area) for g in convened if g.convenor_id]
    held = _held(users, from_on)
    offices: dict[int, Organisation] = {}
    fresh: dict[tuple[int, Role, int | None], Post] = {}
    for user, role, area in wanted:
        if area.pk not in offices:
            offices[area.pk] = hold_office(area)
        office = offices[area.pk]
        key = user, role, office.pk if role == Role.CONVENOR else None
        if key not in held and key not in fresh:
            fresh[key] = Post(
                user_id=user,
                organisation=office,
                role=role,
                from_on=from_on,
                to_on=last[users[user]],
            )
    record_all(Post.objects.bulk_create(fresh.values()), "given", by=by)


def _held(users: Iterable[int], day: date) -> set[tuple[int, Role, int | None]]:
    """A deputy's post is one wherever it is; a convenor has one in every township."""
    rows = Post.objects.filter(user__in=users, role__in=OF_A_SEAT).exclude(to_on__lt=day)
    return {
        (user, Role(role), office if role == Role.CONVENOR else None)
        for user, role, office in rows.values_list("user", "role", "organisation")
    }
