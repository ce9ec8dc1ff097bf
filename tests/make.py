"""Records for tests, made by plain functions and, wherever a verb exists, by the real verb.

Everything is small and invented: one county with two townships, one group each.
"""

from copy import copy
from datetime import date
from itertools import count
from typing import TypeVar

from django.db import transaction
from django.db.models import Model

from congress.shared.actors import Actor
from congress.shared.models import (
    Area,
    Assembly,
    Level,
    Organisation,
    Post,
    Session,
    Term,
    User,
)
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from deputies.actions import seats
from deputies.actions.seats import Decision
from deputies.models import Delegation, Deputy, DeputyGroup, District, Mandate, Membership
from deputies.states import EndCause
from tests import put_down

ELECTED_ON = date(2021, 12, 1)
TODAY = date(2026, 5, 12)
_serial = count(1)
Row = TypeVar("Row", bound=Model)


def serial() -> int:
    """A number not used before in this run: for names that must be unique."""
    return next(_serial)


def once(model: type[Row], *, defaults: dict | None = None, **by) -> Row:
    """The row found by these fields, made when missing; one test asks the database once for it."""
    key = (model, *by.items())
    if key not in put_down.ONCE:
        found = model.objects.filter(**by).first()  # one thread makes: no savepoint is needed
        put_down.ONCE[key] = found or model.objects.create(**{**by, **(defaults or {})})
    return copy(put_down.ONCE[key])


def forget() -> None:
    """The next test begins with none of these rows."""
    put_down.ONCE.clear()


def county() -> Area:
    return once(Area, parent=None, name="青禾县", short_name="青禾")


def township(name: str = "柳河镇") -> Area:
    return once(Area, parent=county(), name=name, defaults={"short_name": name.rstrip("镇乡")})


def assembly(level: str = "county", area: Area | None = None) -> Assembly:
    place = area or county()
    return once(
        Assembly,
        area=place,
        level=once(Level, code=level),
        defaults={"name": f"{place.name}人民代表大会"},
    )


def term(of: Assembly | None = None) -> Term:
    return once(Term, assembly=of or assembly(), number=19, defaults={"from_on": ELECTED_ON})


def session(number: int = 5, *, of: Assembly | None = None) -> Session:
    """A session of the county's congress, or of another one."""
    return once(
        Session,
        term=term(of),
        number=number,
        defaults={"opens_on": date(2025, 12, 28), "closes_on": date(2025, 12, 31)},
    )


def organisation(kind: str = OrganisationKind.COMMITTEE, name: str = "") -> Organisation:
    label = (
        name
        or {
            OrganisationKind.COMMITTEE: "代表工作委员会",
            OrganisationKind.TOWNSHIP: "柳河镇人大",
            OrganisationKind.UNIT: "县交通运输局",
            OrganisationKind.ELECTING: "县人民代表大会",
            OrganisationKind.SPECIAL: "监察和司法委员会",
        }[OrganisationKind(kind)]
    )
    area = township() if kind == OrganisationKind.TOWNSHIP else county()
    return once(
        Organisation, area=area, name=label, defaults={"kind": kind, "short_name": label[:8]}
    )


def far_office() -> Organisation:
    """The 乡镇人大 of another township."""
    return once(
        Organisation,
        area=township("双台乡"),
        name="双台乡人大",
        defaults={"kind": OrganisationKind.TOWNSHIP, "short_name": "双台乡人大"},
    )


def unit(name: str = "县交通运输局") -> Organisation:
    return organisation(OrganisationKind.UNIT, name)


def user(name: str = "") -> User:
    number = serial()
    return User.objects.create(username=f"u{number}", name=name or f"测试{number}")


OF_TOWNSHIP = {Role.TOWNSHIP_CLERK, Role.CONVENOR, Role.KEEPER, Role.DEPUTY}
OF_UNIT = {Role.UNIT_CLERK, Role.UNIT_HEAD}


def actor(
    role: Role = Role.STAFF_CLERK, *, user: User | None = None, at: Organisation | None = None
) -> Actor:
    """A person in a post of this role."""
    at = at or where(role)
    if user is None:
        return actors((role, at))[0]
    held = {"organisation": at, "role": role, "to_on": None}
    post = Post.objects.filter(user=user, **held).first()
    post = post or Post.objects.create(user=user, from_on=ELECTED_ON, **held)
    return Actor(post.user, post, (post,))


def actors(*held: tuple[Role, Organisation]) -> list[Actor]:
    """A person for each of these posts, in the same order, by two statements for all."""
    people = [User(username=f"u{n}", name=f"测试{n}") for n in (serial() for _ in held)]
    User.objects.bulk_create(people)
    posts = [
        Post(user=person, role=role, organisation=at, from_on=ELECTED_ON)
        for person, (role, at) in zip(people, held, strict=True)
    ]
    Post.objects.bulk_create(posts)
    return [Actor(post.user, post, (post,)) for post in posts]


def where(role: Role) -> Organisation:
    """The one organisation in which a role is held when nothing else is said."""
    if role in OF_TOWNSHIP:
        return organisation(OrganisationKind.TOWNSHIP)
    return organisation(OrganisationKind.UNIT if role in OF_UNIT else OrganisationKind.COMMITTEE)


def director() -> Actor:
    return actor(Role.STAFF_DIRECTOR)


def group(name: str = "柳河镇第一代表小组", area: Area | None = None) -> DeputyGroup:
    return once(DeputyGroup, area=area or township(), name=name)


@put_down.again(Deputy, "user")
@transaction.atomic(savepoint=False)
def deputy(name: str = "", *, of: DeputyGroup | None = None, levels: tuple[str, ...] = ("county",)):
    """A sitting deputy with an account, in a group, holding a seat at each level."""
    number = serial()
    person = Deputy.objects.create(
        user=user(name or f"代表{number}"),
        name=name or f"代表{number}",
        sex="女",
        nation="汉族",
        birth_month=date(1970, 3, 1),
        party="中共党员",
        education="大专",
        job="柳河镇桃园村村民",
        phone="13900000000",
    )
    place = of or group()
    if levels:
        Membership.objects.create(deputy=person, group=place, from_on=ELECTED_ON)
    for level in levels:
        seat(person, level, place)
    return person


def seat(person: Deputy, level: str, place: DeputyGroup) -> Mandate:
    of = assembly(level, place.area if level == "township" else None)
    the_term = term(of)
    district = once(District, assembly=of, name=f"{place.area.name}第1选区")
    delegation = once(
        Delegation,
        term=the_term,
        name=f"{place.area.short_name}代表团",
        defaults={"area": place.area},
    )
    return Mandate.objects.create(
        deputy=person,
        term=the_term,
        district=district,
        delegation=delegation,
        certificate=f"{level[0].upper()}{serial():05}",
        from_on=ELECTED_ON,
    )


@transaction.atomic(savepoint=False)
def leaves(person: Deputy, on: date) -> None:
    """Every seat of this person ends: from that day on they are no deputy."""
    for seat in person.mandates.filter(to_on=None).select_related("deputy"):
        decision = Decision("县人大常委会会议", on, on)
        cause = EndCause.MOVED
        seats.terminate(
            seat, cause=cause, detail="迁往外县", decision=decision, by=actor(), today=on
        )


def as_deputy(person: Deputy) -> Actor:
    """The deputy acting for themselves."""
    return actor(Role.DEPUTY, user=person.user)
