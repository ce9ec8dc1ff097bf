"""家站: whom the office may name as keeper."""

from django.db.models import Q, QuerySet

from congress.shared.models import User
from stations.models import Station


def may_keep(station: Station) -> QuerySet[User]:
    """People with a post in this township, and people who were just given an account."""
    here = Q(posts__organisation__area=station.area_id, posts__to_on=None)
    return User.objects.filter(here | Q(posts=None)).distinct().order_by("name", "username")
