"""Whose desk a notice belongs on."""

from collections.abc import Iterable
from datetime import date

from congress.shared.models import Organisation, User
from congress.shared.models.people import Post, PostQuerySet
from congress.shared.roles import STAFF, UNIT


def of_units(units: Iterable[Organisation], today: date) -> list[User]:
    """The people who hold a handling post in one of these units on that day."""
    return _holding(Post.objects.filter(organisation__in=list(units), role__in=UNIT), today)


def of_office(today: date) -> list[User]:
    """The deputy-affairs office on that day."""
    return _holding(Post.objects.filter(role__in=STAFF), today)


def _holding(posts: PostQuerySet, today: date) -> list[User]:
    held = posts.in_force(today)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("pk"))
