"""Whose desk a notice belongs on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q, QuerySet

from congress.shared import clock
from congress.shared.models import Organisation, User
from congress.shared.models.people import Post, PostQuerySet
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import STAFF, UNIT, Role
from proposals.models import Assignment
from proposals.models.proposal_rows import OF_TOWNSHIP, ProposalQuerySet


def of_units(units: Iterable[Organisation], today: date) -> list[User]:
    """The people who hold a handling post in one of these units on that day."""
    return _holding(Post.objects.filter(organisation__in=list(units), role__in=UNIT), today)


def colleagues(unit: Organisation) -> QuerySet[User]:
    """Who holds a handling post in this unit today, by name."""
    held = Post.objects.filter(organisation=unit, role__in=UNIT).in_force(clock.today())
    return User.objects.filter(pk__in=held.values("user")).order_by("name", "pk")


def of_unit_part(part: Assignment, today: date) -> list[User]:
    """Who handles this part in its unit, or everybody there while nobody in post is named."""
    return in_post(part.unit, part.handler_id, today)


def in_post(unit: Organisation, person: int | None, today: date) -> list[User]:
    """This person while they hold a handling post in the unit, else everybody who does."""
    posted = of_units([unit], today)
    return [each for each in posted if each.pk == person] or posted


def heads_of(units: Iterable[Organisation], today: date) -> list[User]:
    """The units' heads on that day."""
    posts = Post.objects.filter(organisation__in=list(units), role=Role.UNIT_HEAD)
    return _holding(posts, today)


def posts_of_units(today: date) -> list[Post]:
    """Every handling post held on that day, with its person: for tasks that look at all units."""
    rows = Post.objects.filter(role__in=UNIT).in_force(today)
    return list(rows.select_related("user").order_by("pk"))


def of_leaders(today: date) -> list[User]:
    """分管领导: the committee's leaders on that day."""
    return _holding(Post.objects.filter(role=Role.LEADER), today)


def who_open(today: date) -> list[User]:
    """代工委主任 and 审计员: who asks for 评价拆看, and who agrees to it."""
    office = Q(role=Role.STAFF_DIRECTOR, organisation__kind=OrganisationKind.COMMITTEE)
    return _holding(Post.objects.filter(office | Q(role=Role.AUDITOR)), today)


def directors(today: date) -> list[User]:
    """代工委主任: who agrees to 作废 of what does not open."""
    office = {"role": Role.STAFF_DIRECTOR, "organisation__kind": OrganisationKind.COMMITTEE}
    return _holding(Post.objects.filter(**office), today)


def of_office(today: date) -> list[User]:
    """The deputy-affairs office on that day."""
    return _holding(Post.objects.filter(role__in=STAFF), today)


def of_townships(proposals: ProposalQuerySet, today: date) -> Mapping[int, list[User]]:
    """By the row of each proposal that a township's office decides, the people of that office."""
    clerks: dict[int, list[User]] = defaultdict(list)
    posts = Post.objects.filter(role=Role.TOWNSHIP_CLERK).in_force(today)
    for post in posts.select_related("user", "organisation").order_by("pk"):
        clerks[post.organisation.area_id].append(post.user)
    rows = proposals.filter(OF_TOWNSHIP).order_by()
    where = rows.values_list("pk", "session__term__assembly__area")
    return {pk: clerks[area] for pk, area in where}


def _holding(posts: PostQuerySet, today: date) -> list[User]:
    held = posts.in_force(today)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("pk"))
