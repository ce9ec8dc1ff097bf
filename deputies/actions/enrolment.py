"""入册: writes judged rows into the register, each kind of record in one or two statements.

Steps of `roster.apply`, which holds the locks, checks the right and leaves the trail.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists, Max, OuterRef

from congress.shared.actors import Actor
from congress.shared.models import Post
from congress.shared.roles import Role
from congress.shared.workflow import lock
from deputies.actions import groups, leaving
from deputies.actions.frame import Frame, Made
from deputies.entries import Entry
from deputies.models import Deputy, DeputyGroup, Mandate, Membership
from deputies.models.people import NAME_KEYS
from deputies.queries.register import Register
from deputies.queries.verdicts import PERSON, Judged, of_person


def enrol_people(judged: Sequence[Judged], made: Made) -> dict[int, Deputy]:
    """Each person of the sheet as a deputy, by the number of the first row about them."""
    people: dict[int, Deputy] = {}
    fresh: dict[int, Deputy] = {}
    mended: dict[int, Deputy] = {}
    for row in judged:
        if row.entry is None:
            continue
        if row.deputy:
            people[row.person] = row.deputy
            if _state(row.deputy, row.entry):
                mended[row.deputy.pk] = row.deputy
        elif row.person not in people and row.person not in fresh:
            fresh[row.person] = Deputy()
            _state(fresh[row.person], row.entry)
    made.create(fresh.values())
    names = [name for _, name in PERSON]
    Deputy.objects.bulk_update(mended.values(), [*names, *NAME_KEYS])
    return people | fresh


def _state(deputy: Deputy, entry: Entry) -> bool:
    """The deputy says what the row says; true when that is news."""
    news = [
        (name, value)
        for name, value in of_person(entry).items()
        if value is not None and getattr(deputy, name) != value
    ]
    for name, value in news:
        setattr(deputy, name, value)
    if news:
        deputy.sort_by_name()
    return bool(news)


def seat_people(
    judged: Iterable[Judged],
    people: dict[int, Deputy],
    frame: Frame,
    elected_on: date,
    made: Made,
) -> None:
    """Each row's seat stands as the row says: new ones from the day of the election."""
    fresh, mended = [], []
    for row in judged:
        if row.entry is None:
            continue
        term = frame.terms[row.entry.seat]
        seat = row.mandate or Mandate(
            deputy=people[row.person], term=term, from_on=elected_on, **leaving.end_of(term)
        )
        seat.district = frame.district(row.entry)
        seat.certificate = row.entry.certificate
        if row.entry.delegation is not None:
            seat.delegation = frame.delegation(row.entry)
        if not row.mandate:
            fresh.append(seat)
        elif row.changes:
            mended.append(seat)
    made.create(fresh)
    Mandate.objects.bulk_update(mended, ["district", "certificate", "delegation"])


def group_people(
    judged: Iterable[Judged],
    people: dict[int, Deputy],
    frame: Frame,
    *,
    register: Register,
    elected_on: date,
    today: date,
    made: Made,
) -> None:
    """编组: everybody is in the group the sheet says; who changes leaves the old one today."""
    wanted = {
        people[row.person].pk: group
        for row in judged
        if row.entry
        and (group := frame.group(row.entry))
        and register.groups.get(people[row.person].pk) != row.entry.group
    }
    standing = register.groups.keys()
    ended = Membership.objects.filter(deputy__in=wanted, to_on__gt=elected_on)
    until = dict(ended.values_list("deputy_id").annotate(Max("to_on")))
    begins = {pk: today if pk in standing else until.get(pk, elected_on) for pk in wanted}
    ends = {
        (pk, day): last and last + leaving.A_DAY
        for day in set(begins.values())
        for pk, last in leaving.last_days(wanted, day).items()
    }
    fresh = [
        Membership(deputy_id=pk, group=group, from_on=begins[pk], to_on=ends.get((pk, begins[pk])))
        for pk, group in wanted.items()
    ]
    spells = list(Membership.objects.filter(deputy__in=wanted, to_on=None))
    for spell in spells:
        made.close(spell, spell.group_id)
        spell.to_on = today
    begun_today = {spell.deputy_id: spell for spell in spells if spell.from_on >= today}
    for pk, spell in begun_today.items():
        spell.to_on, spell.group = None, wanted[pk]
    Membership.objects.bulk_update(spells, ["to_on", "group"])
    made.create(row for row in fresh if row.deputy_id not in begun_today)


def release_moved(people: Iterable[Deputy], *, by: Actor, today: date) -> None:
    """调组: who convened a group they belong to no more convenes it no more."""
    inside = Membership.objects.running(today).filter(
        group=OuterRef("pk"), deputy__user=OuterRef("convenor")
    )
    left = DeputyGroup.objects.filter(convenor__deputy__in=people).exclude(Exists(inside))
    for group in left.order_by("pk"):
        groups.released(lock(group), by=by, today=today)


def give_posts(people: Iterable[Deputy], *, elected_on: date, by: Actor) -> None:
    """到任: whoever can sign in and was elected anew acts as a deputy from that day on."""
    users = [deputy.user_id for deputy in people if deputy.user_id]
    posts = Post.objects.filter(user__in=users, role=Role.DEPUTY).exclude(to_on__lt=elected_on)
    acting = set(posts.values_list("user_id", flat=True))
    anew = [each for each in people if each.user_id and each.user_id not in acting]
    leaving.act_all(anew, from_on=elected_on, by=by)
