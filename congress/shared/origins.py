"""代评线索: whence unit accounts sign in, so that a rating from there can be asked about."""

from datetime import date

from django.http import HttpRequest

from congress.shared import sealing
from congress.shared.http import address_of
from congress.shared.models import AccountOrigin, Post, User
from congress.shared.roles import UNIT

ADDRESS = "origin.address"


def address_digests(request: HttpRequest) -> list[str]:
    """The address as keyed digests, one for each key in use."""
    return sealing.digests(ADDRESS, address_of(request))


def note_sign_in(request: HttpRequest, user: User, today: date) -> None:
    """Of whoever has a unit's post one row for each address and day; of others nothing is kept."""
    if Post.objects.filter(user=user, role__in=UNIT).exists():
        rows = [
            AccountOrigin(user=user, digest=each, seen_on=today)
            for each in address_digests(request)
        ]
        AccountOrigin.objects.bulk_create(rows, ignore_conflicts=True)  # account_origin_once_a_day
