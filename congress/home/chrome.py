"""What every page's frame needs: the county, the navigation of the acting role, big type."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from congress.home.queries import badges
from congress.shared.actors import Actor
from congress.shared.models import Post
from congress.shared.roles import UNIT, Role
from congress.shared.views import ELDER


@dataclass(frozen=True)
class Link:
    """One place in the navigation."""

    label: str
    url: str
    current: bool = False
    count: int = 0


IN_THE_BAR = 5
"""So many stand in the bar when there are more than it holds on one line; the rest are in 更多."""
HELD = 6
Table = tuple[tuple[str, str], ...]

PUBLIC: Table = (
    ("建议办理", "proposals:public_list"),
    ("代表", "deputies:public_list"),
    ("家站", "stations:public_list"),
)
BY_ROLE: dict[Role, Table] = {
    Role.DEPUTY: (
        ("我的待办", "home:front"),
        ("记履职", "deputies:report"),
        ("我的接待日", "stations:my_rota"),
        ("我的活动", "stations:my_activities"),
        ("我的积分", "scoring:points"),
        ("我的建议", "proposals:mine"),
        ("我的档案", "scoring:archive"),
    ),
    Role.CONVENOR: (
        ("待办", "home:front"),
        ("登记到场", "stations:roll_call"),
        ("活动", "stations:activities"),
        ("小组核校", "scoring:appraise"),
        ("述职测评", "scoring:reports"),
    ),
    Role.KEEPER: (
        ("待办", "home:front"),
        ("接待轮值", "stations:my_stations"),
        ("登记到场", "stations:roll_call"),
        ("活动", "stations:activities"),
    ),
    Role.TOWNSHIP_CLERK: (
        ("待办", "home:front"),
        ("建议审查", "proposals:to_review"),
        ("交办、公开", "proposals:review"),
        ("办理进度", "proposals:in_hand"),
        ("履职核对", "scoring:check_queue"),
        ("代为登记", "deputies:entered"),
        ("接待轮值", "stations:my_stations"),
        ("登记到场", "stations:roll_call"),
        ("活动", "stations:activities"),
        ("乡镇参评", "scoring:appraise"),
        ("述职测评", "scoring:reports"),
    ),
}
UNIT_LINKS: Table = (
    ("办理台", "proposals:unit_desk"),
    ("预交办和异议", "proposals:planned"),
    ("办理动态", "proposals:news"),
    ("代表发现的问题", "stations:findings"),
    ("公开的建议", "proposals:public_list"),
)
DESK_LINKS: Table = (("工作台", "admin:index"), *PUBLIC)
LEADER_LINKS: Table = (
    ("首页", "home:front"),
    ("办理进度", "proposals:in_hand"),
    ("工作台", "admin:index"),
    *PUBLIC,
)
OFFICE_LINKS: Table = (
    ("工作台", "admin:index"),
    ("建议审查", "proposals:to_review"),
    ("交办、公开", "proposals:review"),
    *PUBLIC,
)


def links(actor: Actor, path: str) -> list[Link]:
    """The navigation of the role that acts, with what waits at each place."""
    waiting = badges.waiting(actor)
    found = []
    for label, name in table(actor):
        url = reverse(name)
        found.append(Link(label, url, current=path == url, count=waiting.get(name, 0)))
    return found


def table(actor: Actor) -> Table:
    """The places of the role that acts."""
    if actor.role in UNIT:
        return UNIT_LINKS
    if actor.is_staff:
        return OFFICE_LINKS
    if actor.is_a(Role.LEADER):
        return LEADER_LINKS
    if actor.at_the_desk:
        return DESK_LINKS
    return BY_ROLE[actor.role] if actor.role else PUBLIC


def in_the_bar(found: list[Link]) -> dict[str, list[Link]]:
    """What stands on the bar's one line, and what its 更多 opens."""
    shown = len(found) if len(found) <= HELD else IN_THE_BAR
    return {"shown": found[:shown], "more": found[shown:]}


def chrome(request: HttpRequest) -> dict[str, object]:
    """`chrome` for base.html."""
    actor = getattr(request, "actor", None) or Actor()
    nav: Any = SimpleLazyObject(lambda: links(actor, request.path))
    return {
        "chrome": {
            "county": settings.COUNTY,
            "nav": nav,
            "bar": SimpleLazyObject(lambda: in_the_bar(nav)),
            "actor": actor,
            "account": str(actor.user.pk) if actor.user and actor.is_a(Role.DEPUTY) else "",
            "posts": _other_posts(actor),
            "elder": bool(request.COOKIES.get(ELDER)),
        }
    }


def _other_posts(actor: Actor) -> list[Post]:
    return [post for post in actor.posts if post != actor.post]
