"""名册现状: what the database says of the deputies, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congress.shared.models import Area, Term
from deputies.entries import Entry
from deputies.models import Deputy, Mandate, Membership, RosterRow
from deputies.states import ImportState

Seat = tuple[str, str]
"""A congress as a row names it: the level, and the township's name when the level is 乡镇."""


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


def load(county: Area) -> Register:
    """The register as it stands: six queries, whatever the number of deputies."""
    terms = _terms(county)
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
    members = Membership.objects.filter(to_on=None).values_list("deputy_id", "group__name")
    return Register(
        townships={area.name: area for area in Area.objects.townships(county)},
        terms=terms,
        people=people,
        namesakes=namesakes,
        by_certificate=by_certificate,
        by_holder=by_holder,
        groups=dict(members),
        stations=_last_stations(county),
    )


def _terms(county: Area) -> dict[Seat, Term]:
    """The newest term of each congress of the county, its townships and the levels above."""
    rows = Term.objects.filter(assembly__area__in=[county, *Area.objects.townships(county)])
    above = Term.objects.filter(assembly__level__code__in=("national", "province", "city"))
    found = (rows | above).select_related("assembly__area", "assembly__level").order_by("number")
    return {seat_of(term): term for term in found}


def _last_stations(county: Area) -> dict[int, str]:
    """联络站 as the last applied sheet put it: postings themselves belong to `stations`, above."""
    rows = RosterRow.objects.filter(
        batch__county=county, batch__state=ImportState.APPLIED, deputy__isnull=False
    )
    last = rows.order_by("deputy_id", "-batch_id", "number").distinct("deputy_id")
    return {
        pk: station
        for pk, station in last.values_list("deputy_id", "cells__联络站")
        if pk and station
    }
