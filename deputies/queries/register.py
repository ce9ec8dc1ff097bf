"""名册现状: what the database says of the deputies, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q
from django.db.models.fields.json import KT

from congress.shared.models import Area, Term
from deputies.entries import Entry
from deputies.models import Deputy, Mandate, Membership, RosterRow
from deputies.states import ImportState, SheetKind, Verdict

Key = TypeVar("Key")
Seat = tuple[str, str]
"""A congress as a row names it: the level, and the township's name when the level is 乡镇."""


def in_term(terms: Iterable[tuple[Key, Term]], day: date) -> dict[Key, Term]:
    """Of each congress the term of that day; its first one when the day lies before all.

    The terms come in the order of their numbers.
    """
    found: dict[Key, Term] = {}
    for key, term in terms:
        if key not in found or term.from_on <= day:
            found[key] = term
    return found


def seat_of(term: Term) -> Seat:
    level = term.assembly.level.code
    return level, term.assembly.area.name if level == "township" else ""


def same_person(one: Entry | Deputy, name: str, born: date, phone: str, job: str) -> bool:
    """Same name and birth month, and the same telephone; where one is missing, the same job."""
    other_born = one.born if isinstance(one, Entry) else one.birth_month
    if (one.name, other_born) != (name, born):
        return False
    if one.phone and phone:
        return one.phone == phone
    return (one.job or "") == job


@dataclass(frozen=True)
class Register:
    """Who holds which seat, belongs to which group and serves at which station today."""

    today: date
    townships: Mapping[str, Area]
    terms: Mapping[Seat, Term]
    people: Mapping[int, Deputy]
    namesakes: Mapping[tuple[str, date], Sequence[Deputy]]
    by_certificate: Mapping[tuple[Seat, str], Mandate]
    by_holder: Mapping[tuple[Seat, int], Mandate]
    groups: Mapping[int, str]
    stations: Mapping[int, str]

    def person(self, entry: Entry) -> Deputy | None:
        """The one deputy who is this person already."""
        for deputy in self.namesakes.get((entry.name, entry.born), ()):
            if same_person(deputy, entry.name, entry.born, entry.phone or "", entry.job or ""):
                return deputy
        return None


def county_term(county: Area, day: date) -> Term | None:
    """The county's own term of that day, or its first one; None before there is any."""
    rows = Term.objects.filter(assembly__area=county, assembly__level__code="county")
    found = in_term((("county", term) for term in rows.order_by("number")), day)
    return found.get("county")


def load(county: Area, day: date, *, today: date | None = None) -> Register:
    """The register with the terms of that day: six queries, whatever the number of deputies.

    Who leaves the group with a term that ends later than today still belongs to it.
    """
    terms = _terms(county, day)
    mandates = Mandate.objects.filter(term__in=terms.values())
    people = {deputy.pk: deputy for deputy in Deputy.objects.all()}
    namesakes: dict[tuple[str, date], list[Deputy]] = defaultdict(list)
    for deputy in people.values():
        namesakes[deputy.name, deputy.birth_month].append(deputy)
    seats = {term.pk: seat for seat, term in terms.items()}
    by_certificate, by_holder = {}, {}
    for mandate in mandates.select_related("district", "delegation"):
        seat = seats[mandate.term_id]
        by_certificate[seat, mandate.certificate] = mandate
        by_holder[seat, mandate.deputy_id] = mandate
    now = today or day
    spells = Membership.objects.filter(Q(to_on=None) | Q(to_on__gt=max(day, now)))
    members = spells.order_by("-from_on").values_list("deputy_id", "group__name")
    return Register(
        today=now,
        townships={area.name: area for area in Area.objects.townships(county)},
        terms=terms,
        people=people,
        namesakes=namesakes,
        by_certificate=by_certificate,
        by_holder=by_holder,
        groups=dict(members),
        stations=last_stations(county),
    )


def _terms(county: Area, day: date) -> dict[Seat, Term]:
    """The term of that day of each congress of the county, its townships and the levels above."""
    rows = Term.objects.filter(assembly__area__in=[county, *Area.objects.townships(county)])
    above = Term.objects.filter(assembly__level__code__in=("national", "province", "city"))
    found = (rows | above).select_related("assembly__area", "assembly__level").order_by("number")
    return in_term(((seat_of(term), term) for term in found), day)


def last_stations(county: Area) -> dict[int, str]:
    """联络站 as the last roster that names one put it: postings themselves belong to `stations`.

    Tables of groups and contacts, and rosters without that column, say nothing of stations.
    """
    rows = RosterRow.objects.filter(
        batch__county=county,
        batch__state=ImportState.APPLIED,
        batch__kind=SheetKind.ROSTER,
        deputy__isnull=False,
    ).exclude(verdict=Verdict.ERROR)
    named = rows.annotate(station=KT("cells__联络站")).filter(station__gt="")
    last = named.order_by("deputy_id", "-batch__applied_at", "-batch_id", "number")
    return dict(last.distinct("deputy_id").values_list("deputy_id", "station"))
