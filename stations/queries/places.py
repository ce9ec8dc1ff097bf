"""家站: whom the office may name as keeper."""

from django.db.models import Case, Q, QuerySet, Value, When

from congress.shared.actors import Actor
from congress.shared.models import User
from deputies.models import RosterImport
from deputies.states import Verdict
from stations.models import Station


def may_keep(station: Station) -> QuerySet[User]:
    """People with a post in this township, and people who were just given an account."""
    here = Q(posts__organisation__area=station.area_id, posts__to_on=None)
    return User.objects.filter(here | Q(posts=None)).distinct().order_by("name", "username")


def may_go_on(station: Station) -> QuerySet[Station]:
    """Places that stand and may go on for this one, its township's first."""
    here = Case(When(area=station.area_id, then=Value(0)), default=Value(1))
    rows = Station.objects.standing().exclude(pk=station.pk)
    return rows.order_by(here, "area__position", "kind", "position")


def named(actor: Actor, pk: int | None) -> Station | None:
    """The place that a list was narrowed down to, as far as this post runs or looks at it."""
    return Station.objects.run_by(actor).filter(pk=pk).first() if pk else None


def touched(batch: RosterImport) -> list[tuple[str, int]]:
    """What taking the import back will touch, in words and numbers."""
    made: dict[str, list[int]] = batch.made.get("rows", {})
    closed: dict[str, list[list[int]]] = batch.made.get("closed", {})
    changed = batch.rows.exclude(changes=[]).exclude(verdict=Verdict.ERROR).exclude(deputy=None)
    found = [
        ("新增的人，从名册里去掉", len(made.get("deputies.Deputy", []))),
        ("新增的代表资格，去掉", len(made.get("deputies.Mandate", []))),
        ("改过的资料，改回原来的", changed.values("deputy").distinct().count()),
        ("调过的小组，回到原来的小组", len(closed.get("deputies.Membership", []))),
        ("换过的联络站，回到原来的站", len(closed.get("stations.Posting", []))),
        ("新建的小组、家站，没有人用的去掉", len(made.get("deputies.DeputyGroup", []))),
    ]
    return [(words, count) for words, count in found if count]
