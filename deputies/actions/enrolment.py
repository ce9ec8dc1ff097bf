"""入册: writes judged rows into the register, each kind of record in one or two statements.

Steps of `roster.apply`, which holds the locks, checks the right and leaves the trail.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Max

from congress.shared.actors import Actor
from congress.shared.models import Area, Assembly, Level, Organisation, Post, Term
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from deputies.actions import leaving
from deputies.entries import Entry, position_of, township_of
from deputies.models import Delegation, Deputy, DeputyGroup, District, Mandate, Membership
from deputies.models.people import NAME_KEYS
from deputies.queries.register import Register, Seat, in_term
from deputies.queries.verdicts import PERSON, Judged, of_person
from deputies.rules import TERM_NUMBERS


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

    def group(self, entry: Entry) -> DeputyGroup:
        return self.groups[self.areas[entry.group_township].pk, entry.group]


def set_frame(county: Area, entries: Sequence[Entry], elected_on: date) -> Frame:
    """Townships, congresses, terms, districts, delegations and groups exist: each made once."""
    areas = _areas(county, entries)
    terms = _terms(county, areas, entries, elected_on)
    return Frame(
        areas,
        terms,
        _districts(county, areas, terms, entries),
        _delegations(county, areas, terms, entries),
        _groups(areas, entries),
    )


def _areas(county: Area, entries: Sequence[Entry]) -> dict[str, Area]:
    """Townships in the sheet's own order, each with its 乡镇人大 as an organisation."""
    known = {area.name: area for area in Area.objects.townships(county)}
    named = dict.fromkeys(n for e in entries for n in (e.group_township, e.township) if n)
    fresh = [
        Area(parent=county, name=name, short_name=_short(name), position=place)
        for place, name in enumerate((n for n in named if n not in known), start=len(known) + 1)
    ]
    areas = known | {area.name: area for area in Area.objects.bulk_create(fresh)}
    have = set(Organisation.objects.townships().values_list("area_id", flat=True))
    Organisation.objects.bulk_create(
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
    county: Area, areas: dict[str, Area], entries: Sequence[Entry], elected_on: date
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
    known |= {(a.level_id, a.area_id): a for a in Assembly.objects.bulk_create(fresh)}
    sitting = Term.objects.filter(assembly__in=known.values()).order_by("number")
    terms = in_term(((term.assembly_id, term) for term in sitting), elected_on)
    numbers = {level: TERM_NUMBERS[level].on(elected_on) for level in {s[0] for s in homes}}
    first = [
        Term(assembly=known[key], number=numbers[seat[0]], from_on=elected_on)
        for seat, key in wanted.items()
        if known[key].pk not in terms
    ]
    terms |= {term.assembly_id: term for term in Term.objects.bulk_create(first)}
    return {seat: terms[known[key].pk] for seat, key in wanted.items()}


def _title(seat: Seat, home: Area, county: Area) -> str:
    if seat[0] == "national":
        return "全国人民代表大会"
    return f"{county.name if seat[1] else ''}{home.name}人民代表大会"


def _districts(
    county: Area, areas: dict[str, Area], terms: dict[Seat, Term], entries: Sequence[Entry]
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
    District.objects.bulk_create(fresh.values())
    return known | fresh


def _delegations(
    county: Area, areas: dict[str, Area], terms: dict[Seat, Term], entries: Sequence[Entry]
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
    Delegation.objects.bulk_create(fresh.values())
    return known | fresh


def _groups(areas: dict[str, Area], entries: Sequence[Entry]) -> dict[tuple[int, str], DeputyGroup]:
    rows = DeputyGroup.objects.filter(area__in=areas.values())
    known = {(row.area_id, row.name): row for row in rows}
    named = dict.fromkeys((areas[e.group_township].pk, e.group) for e in entries)
    fresh = {
        key: DeputyGroup(area_id=key[0], name=key[1], position=position_of(key[1]))
        for key in named
        if key not in known
    }
    DeputyGroup.objects.bulk_create(fresh.values())
    return known | fresh


def enrol_people(judged: Sequence[Judged]) -> dict[int, Deputy]:
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
    Deputy.objects.bulk_create(fresh.values())
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
    judged: Iterable[Judged], people: dict[int, Deputy], frame: Frame, elected_on: date
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
    Mandate.objects.bulk_create(fresh)
    Mandate.objects.bulk_update(mended, ["district", "certificate", "delegation"])


def group_people(
    judged: Iterable[Judged],
    people: dict[int, Deputy],
    frame: Frame,
    *,
    register: Register,
    elected_on: date,
    today: date,
) -> None:
    """编组: everybody is in the group the sheet says; who changes leaves the old one today."""
    wanted = {
        people[row.person].pk: frame.group(row.entry)
        for row in judged
        if row.entry and register.groups.get(people[row.person].pk) != row.entry.group
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
        spell.to_on = today
    begun_today = {spell.deputy_id: spell for spell in spells if spell.from_on >= today}
    for pk, spell in begun_today.items():
        spell.to_on, spell.group = None, wanted[pk]
    Membership.objects.bulk_update(spells, ["to_on", "group"])
    Membership.objects.bulk_create([row for row in fresh if row.deputy_id not in begun_today])


def give_posts(people: Iterable[Deputy], *, elected_on: date, by: Actor) -> None:
    """到任: whoever can sign in and was elected anew acts as a deputy from that day on."""
    users = [deputy.user_id for deputy in people if deputy.user_id]
    posts = Post.objects.filter(user__in=users, role=Role.DEPUTY).exclude(to_on__lt=elected_on)
    acting = set(posts.values_list("user_id", flat=True))
    for deputy in people:
        if deputy.user_id and deputy.user_id not in acting:
            leaving.act(deputy, from_on=elected_on, by=by)
