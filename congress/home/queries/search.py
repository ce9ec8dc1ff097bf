"""一框搜索 over all apps: people, groups, proposals, functions, as far as a post may see them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from congress.shared.actors import Actor
from congress.shared.models import Organisation
from congress.shared.names import display_name, ways_to_type
from congress.shared.roles import UNIT
from deputies.models import Deputy, DeputyGroup, SpecialistGroup
from deputies.queries import search as people
from proposals.models import Proposal
from proposals.queries import search as loop

Place = tuple[str, str]
"""A function: its name as the navigation says it, and its address."""


@dataclass(frozen=True)
class Line:
    """One thing found: what it is called, what tells it from its like, where it is."""

    title: str
    note: str
    url: str


@dataclass(frozen=True)
class Kind:
    """One kind of things found, and where the rest is; `more` is empty when all are here."""

    name: str
    lines: tuple[Line, ...]
    more: str


Finder = Callable[[Actor, str, date, int], Kind]


def everything(
    actor: Actor, asked: str, today: date, *, places: Iterable[Place], most: int
) -> list[Kind]:
    """Each kind of which something was found, `most` of each; a function meant by name first."""
    if not people.words(asked):
        return []
    functions = _functions(asked, places, most)
    kinds: list[Finder]
    kinds = [_people, _groups, _proposals]
    if not actor.at_the_desk:
        kinds = [_deputies, _public_proposals, _units]
    found = [kind(actor, asked, today, most) for kind in kinds]
    named = any(line.title.startswith(asked.strip()) for line in functions.lines)
    found.insert(0 if named else len(found), functions)
    return [kind for kind in found if kind.lines]


def _kind(name: str, lines: list[Line], most: int, page: str, asked: str) -> Kind:
    """`lines` may hold one more than is shown: then there is more, on that page."""
    more = reverse(page) if page and len(lines) > most else ""
    if more and asked:
        more += f"?{urlencode({'q': asked})}"
    return Kind(name, tuple(lines[:most]), more)


def _people(actor: Actor, asked: str, today: date, most: int) -> Kind:
    """At the desk everybody who was ever on the register; by telephone the staff alone."""
    rows = Deputy.objects.visible_to(actor, today)
    rows = people.in_order(people.found(rows, asked, today, inner=actor.is_staff), asked)
    lines = [
        Line(display_name(hit.name), _who(hit), reverse("deputies:person", args=[hit.pk]))
        for hit in people.hits(rows, today, most + 1)
    ]
    return _kind("代表", lines, most, "admin:deputies_deputy_changelist", asked)


def _deputies(_actor: Actor, asked: str, today: date, most: int) -> Kind:
    """Away from the desk the serving deputies, as the public sees them."""
    rows = people.in_order(people.found(people.serving(today), asked, today), asked)
    lines = [
        Line(display_name(hit.name), _who(hit), reverse("home:deputy", args=[hit.code]))
        for hit in people.hits(rows, today, most + 1)
    ]
    return _kind("代表", lines, most, "deputies:public_list", asked)


def _who(hit: people.Hit) -> str:
    seat = f"{hit.levels}代表" if hit.levels else "现在没有代表资格"
    return " · ".join(filter(None, (seat, hit.group, hit.job)))


def _groups(actor: Actor, asked: str, today: date, most: int) -> Kind:
    """小组 and 专业代表小组 that stand."""
    near = DeputyGroup.objects.visible_to(actor).standing(today).select_related("area")
    near = people.groups_found(near, asked, "name", "area__name")[: most + 1]
    lines = [
        Line(
            group.name,
            "" if group.area.name in group.name else group.area.name,
            reverse("deputies:group", args=[group.pk]),
        )
        for group in near
    ]
    special = SpecialistGroup.objects.visible_to(actor, today).standing(today)
    lines += [
        Line(group.name, group.field, reverse("deputies:specialist", args=[group.pk]))
        for group in people.groups_found(special, asked, "name", "field")[: most + 1]
    ]
    return _kind("小组", lines, most, "deputies:groups", "")


def _proposals(actor: Actor, asked: str, _today: date, most: int) -> Kind:
    """All that the desk may see, each leading to its dossier, with its inner state."""
    rows = loop.found(Proposal.objects.visible_to(actor).select_related("lead"), asked, whole=Q())
    lines = [
        Line(
            row.title,
            _where(row, row.get_state_display()),
            reverse("proposals:dossier", args=[row.pk]),
        )
        for row in rows[: most + 1]
    ]
    return _kind("建议", lines, most, "admin:proposals_proposal_changelist", asked)


def _public_proposals(actor: Actor, asked: str, _today: date, most: int) -> Kind:
    """One's own, leading to the page one works on, and all that are open to the public.

    预交办 is named to the units that are heard and to the office that asks them, to nobody else.
    """
    own, public = Proposal.objects.visible_to(actor), Proposal.objects.open_to_public()
    whole = Q(pk__in=own.order_by().values("pk"))
    either = whole | Q(pk__in=public.order_by().values("pk"))
    rows = loop.found(Proposal.objects.filter(either).select_related("lead"), asked, whole=whole)
    shown = list(rows[: most + 1])
    mine = set(own.filter(pk__in=[row.pk for row in shown]).values_list("pk", flat=True))
    page = "proposals:case" if actor.role in UNIT else "proposals:detail"
    inner = mine if actor.role in UNIT or actor.in_an_office else set()
    lines = [
        Line(
            row.title if row.pk in mine else row.public_title,
            _where(row, row.get_state_display() if row.pk in inner else row.state_to_deputies),
            reverse(page, args=[row.pk])
            if row.pk in mine
            else reverse("proposals:public_detail", args=[row.number]),
        )
        for row in shown
    ]
    return _kind("建议", lines, most, "proposals:public_list", asked)


def _where(row: Proposal, state: str) -> str:
    number = row.number or "还没有编号"
    return f"{number} · {display_name(row.lead.name)} · {state}"


def _functions(asked: str, places: Iterable[Place], most: int) -> Kind:
    """Places of the navigation by a part of the name, its pinyin or its initials."""
    cut = people.words(asked)

    def answers(title: str) -> bool:
        ways = ways_to_type(title)
        return all(f" {word}" in ways if word.isascii() else word in title for word in cut)

    lines = [Line(title, "", url) for title, url in places if answers(title)]
    return _kind("功能", lines, most, "home:search", asked)


def _units(_actor: Actor, asked: str, _today: date, most: int) -> Kind:
    """承办单位, each leading to the page that says what it has in hand."""
    rows = Organisation.objects.units()
    for word in people.words(asked):
        rows = rows.filter(Q(name__icontains=word) | Q(short_name__icontains=word))
    lines = [
        Line(unit.name, "承办的建议", reverse("proposals:unit_page", args=[unit.pk]))
        for unit in rows[: most + 1]
    ]
    return _kind("承办单位", lines, most, "proposals:public_list", "")
