"""名册的框架: townships, congresses, terms, districts, delegations and groups a roster names.

Steps of `roster.apply`; what is made is noted, so that the whole import can be taken back.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model

from congress.shared.errors import Refused
from congress.shared.models import Area, Assembly, Level, Organisation, Term
from congress.shared.models.places import OrganisationKind
from deputies.entries import Entry, position_of, township_of
from deputies.models import Delegation, DeputyGroup, District
from deputies.queries.register import Seat, in_term
from deputies.rules import TERM_NUMBERS

Row = TypeVar("Row", bound=Model)


class Made:
    """What one import makes and closes, by model: the numbers a later undo needs."""

    def __init__(self) -> None:
        self.rows: defaultdict[str, list[int]] = defaultdict(list)
        self.closed: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)

    @classmethod
    def of(cls, noted: Mapping[str, Any]) -> "Made":
        """What a batch has noted so far, to go on with."""
        made = cls()
        made.rows.update(noted.get("rows", {}))
        made.closed.update(noted.get("closed", {}))
        return made

    def create(self, rows: Iterable[Row]) -> list[Row]:
        """The rows are in the database, in one statement, and noted."""
        fresh = list(rows)
        if fresh:
            model = type(fresh[0])
            model._default_manager.bulk_create(fresh)
            self.rows[model._meta.label] += [row.pk for row in fresh]
        return fresh

    def close(self, row: Model, place: int) -> None:
        """The row ends or moves on; `place` is where it stood before."""
        self.closed[row._meta.label].append((row.pk, place))

    def as_json(self) -> dict[str, object]:
        return {"rows": dict(self.rows), "closed": dict(self.closed)}


@dataclass(frozen=True)
class Frame:
    """What seats hang on: congresses in their terms, townships, districts and the like, by name."""

    areas: dict[str, Area]
    terms: dict[Seat, Term]
    districts: dict[tuple[int, str], District]
    delegations: dict[tuple[int, str], Delegation]
    groups: dict[tuple[int, str], DeputyGroup]

    def district(self, entry: Entry) -> District:
        return self.districts[self.terms[entry.seat].assembly_id, entry.district]

    def delegation(self, entry: Entry) -> Delegation | None:
        if not entry.delegation:
            return None
        return self.delegations[self.terms[entry.seat].pk, entry.delegation]

    def group(self, entry: Entry) -> DeputyGroup | None:
        """The group the row names; None where the sheet has no such column."""
        if entry.group is None:
            return None
        return self.groups[self.areas[entry.group_township].pk, entry.group]


def set_frame(county: Area, entries: Sequence[Entry], elected_on: date, made: Made) -> Frame:
    """Townships, congresses, terms, districts, delegations and groups exist: each made once."""
    areas = _areas(county, entries, made)
    terms = _terms(county, areas, entries, elected_on, made)
    return Frame(
        areas,
        terms,
        _districts(county, areas, terms, entries, made),
        _delegations(county, areas, terms, entries, made),
        _groups(areas, entries, made),
    )


def _areas(county: Area, entries: Sequence[Entry], made: Made) -> dict[str, Area]:
    """Townships in the sheet's own order, each with its 乡镇人大 as an organisation."""
    known = {area.name: area for area in Area.objects.townships(county)}
    named = dict.fromkeys(n for e in entries for n in (e.group_township, e.township) if n)
    fresh = [
        Area(parent=county, name=name, short_name=_short(name), position=place)
        for place, name in enumerate((n for n in named if n not in known), start=len(known) + 1)
    ]
    areas = known | {area.name: area for area in made.create(fresh)}
    have = set(Organisation.objects.townships().values_list("area_id", flat=True))
    made.create(
        Organisation(
            kind=OrganisationKind.TOWNSHIP,
            name=f"{area.name}人大",
            short_name=f"{area.name}人大",
            area=area,
            position=area.position,
        )
        for area in areas.values()
        if area.pk not in have
    )
    return areas


def _short(township: str) -> str:
    return township.removesuffix("街道")[: None if township.endswith("街道") else -1] or township


def _home_of(seat: Seat, county: Area, areas: dict[str, Area]) -> Area:
    """The area a congress sits for; the levels above the county are roots of their own."""
    level, township = seat
    if level == "township":
        return areas[township]
    if level == "county":
        return county
    name = {"national": "全国", "province": settings.PROVINCE, "city": settings.CITY}[level]
    short = name if level == "national" else name[:-1]
    return Area.objects.get_or_create(parent=None, name=name, defaults={"short_name": short})[0]


def _terms(
    county: Area,
    areas: dict[str, Area],
    entries: Sequence[Entry],
    elected_on: date,
    made: Made,
) -> dict[Seat, Term]:
    """Each congress's term of that day; a congress new to us gets its first one."""
    homes = {seat: _home_of(seat, county, areas) for seat in dict.fromkeys(e.seat for e in entries)}
    levels = {level.code: level for level in Level.objects.all()}
    known = {(a.level_id, a.area_id): a for a in Assembly.objects.filter(area__in=homes.values())}
    wanted = {seat: (levels[seat[0]].pk, home.pk) for seat, home in homes.items()}
    fresh = [
        Assembly(area=home, level=levels[seat[0]], name=_title(seat, home, county))
        for seat, home in homes.items()
        if wanted[seat] not in known
    ]
    known |= {(a.level_id, a.area_id): a for a in made.create(fresh)}
    sitting = Term.objects.filter(assembly__in=known.values()).order_by("number")
    terms = in_term(((term.assembly_id, term) for term in sitting), elected_on)
    numbers = {level: TERM_NUMBERS[level].on(elected_on) for level in {s[0] for s in homes}}
    first = [
        Term(assembly=known[key], number=numbers[seat[0]], from_on=elected_on)
        for seat, key in wanted.items()
        if known[key].pk not in terms
    ]
    terms |= {term.assembly_id: term for term in made.create(first)}
    return {seat: terms[known[key].pk] for seat, key in wanted.items()}


def _title(seat: Seat, home: Area, county: Area) -> str:
    if seat[0] == "national":
        return "全国人民代表大会"
    return f"{county.name if seat[1] else ''}{home.name}人民代表大会"


def _districts(
    county: Area,
    areas: dict[str, Area],
    terms: dict[Seat, Term],
    entries: Sequence[Entry],
    made: Made,
) -> dict[tuple[int, str], District]:
    assemblies = {term.assembly_id for term in terms.values()}
    rows = District.objects.filter(assembly__in=assemblies)
    known = {(row.assembly_id, row.name): row for row in rows}
    fresh: dict[tuple[int, str], District] = {}
    for entry in entries:
        key = terms[entry.seat].assembly_id, entry.district
        if key not in known and key not in fresh:
            area = areas.get(township_of(entry.district))
            if entry.district.startswith(county.name):
                area = county
            fresh[key] = District(assembly_id=key[0], name=entry.district, area=area)
    made.create(fresh.values())
    return known | fresh


def _delegations(
    county: Area,
    areas: dict[str, Area],
    terms: dict[Seat, Term],
    entries: Sequence[Entry],
    made: Made,
) -> dict[tuple[int, str], Delegation]:
    """代表团 are named after the short name of the area whose seats they gather."""
    rows = Delegation.objects.filter(term__in=terms.values())
    known = {(row.term_id, row.name): row for row in rows}
    roots = Area.objects.filter(parent=None)
    by_short = {area.short_name: area for area in (*roots, *areas.values())}
    fresh: dict[tuple[int, str], Delegation] = {}
    for entry in entries:
        term = terms[entry.seat]
        if not entry.delegation or (term.pk, entry.delegation) in known.keys() | fresh.keys():
            continue
        area = by_short.get(entry.delegation.removesuffix("代表团")) or county
        fresh[term.pk, entry.delegation] = Delegation(term=term, area=area, name=entry.delegation)
    made.create(fresh.values())
    return known | fresh


def _groups(
    areas: dict[str, Area], entries: Sequence[Entry], made: Made
) -> dict[tuple[int, str], DeputyGroup]:
    rows = DeputyGroup.objects.filter(area__in=areas.values())
    known = {(row.area_id, row.name): row for row in rows}
    named = dict.fromkeys((areas[e.group_township].pk, e.group) for e in entries if e.group)
    gone = [known[key].name for key in named if key in known and known[key].dissolved_on]
    if gone:
        raise Refused(f"{gone[0]}已经撤销。请先恢复这个小组，或者改表里的代表小组。")
    fresh = {
        key: DeputyGroup(area_id=key[0], name=key[1], position=position_of(key[1]))
        for key in named
        if key not in known
    }
    made.create(fresh.values())
    return known | fresh
