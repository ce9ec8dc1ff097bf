"""公开的代表 as the public sees them. These dataclasses are the allow-list (domain.md section 4).

No phone, no birth date, no account, no record's text, nothing returned or unverified.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import ExtractYear

from congress.shared.models import Area, Level
from deputies import codes
from deputies.models import Deputy, DutyCategory, DutyItem, DutyRecord, Mandate, Membership
from deputies.models.duties import DutyRecordQuerySet
from deputies.models.people import DeputyQuerySet
from deputies.queries import search
from deputies.queries.catalogue import Catalogue


@dataclass(frozen=True)
class Seat:
    """One seat of a deputy."""

    level: str
    congress: str
    delegation: str
    district: str


@dataclass(frozen=True)
class Line:
    """One deputy in a list."""

    code: str
    name: str
    job: str
    township: str
    group: str
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Promise:
    """One pledge, and what it is held against."""

    text: str
    measure: str
    target: int | None


@dataclass(frozen=True)
class Person:
    """One deputy's own page."""

    code: str
    name: str
    sex: str
    nation: str
    party: str
    job: str
    pledges: tuple[Promise, ...]
    group: str
    township: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class Category:
    """One kind of duty in a year, against the list: times done, and how much of it was touched."""

    name: str
    times: int
    items_done: int
    items: int


@dataclass(frozen=True)
class Year:
    """一年履职 in counts, never in points."""

    year: int
    categories: tuple[Category, ...]
    times: int


@dataclass(frozen=True)
class Deed:
    """One verified duty: what item of the list, of which kind, on which day; never its words."""

    day: str
    item: str
    category: str


@dataclass(frozen=True)
class Filters:
    """What the address asks for; empty fields ask for nothing."""

    q: str = ""
    area: int | None = None
    level: int | None = None


def matching(filters: Filters, today: date) -> DeputyQuerySet:
    """Serving deputies whom the filters keep: by township and 姓氏笔画, the asked-for first.

    Those whose rights rest are no more here than behind their code (代表法第六十一条).
    """
    people = search.found(search.serving(today), filters.q, today)
    if filters.area:
        spells = Membership.objects.running(today).filter(group__area=filters.area)
        people = people.filter(pk__in=spells.values("deputy"))
    if filters.level:
        held = Mandate.objects.running(today).filter(term__assembly__level=filters.level)
        people = people.filter(pk__in=held.values("deputy"))
    if filters.q.strip():
        return search.in_order(people, filters.q)
    spell = Q(membership__from_on__lte=today) & (
        Q(membership__to_on=None) | Q(membership__to_on__gt=today)
    )
    place = F("spell__group__area__position").asc(nulls_last=True)
    joined = people.annotate(spell=FilteredRelation("membership", condition=spell))
    return joined.order_by(place, "spell__group__area_id", "stroke_key", "pk")


def lines(people: DeputyQuerySet, today: date) -> list[Line]:
    """A list's lines in two queries, however many."""
    spell = Membership.objects.running(today).filter(deputy=OuterRef("pk"))
    rows = people.annotate(
        township=Subquery(spell.values("group__area__name")[:1]),
        group=Subquery(spell.values("group__name")[:1]),
    ).values_list("pk", "code", "name", "job", "township", "group")
    levels = _levels([row[0] for row in rows], today)
    return [
        Line(code, name, job, township or "没有编组", group or "", tuple(levels[pk]))
        for pk, code, name, job, township, group in rows
    ]


def _levels(ids: Iterable[int], today: date) -> defaultdict[int, list[str]]:
    seats = Mandate.objects.running(today).filter(deputy__in=list(ids))
    found: defaultdict[int, list[str]] = defaultdict(list)
    for pk, level in seats.order_by("term__assembly__level__rank").values_list(
        "deputy", "term__assembly__level__name"
    ):
        found[pk].append(level)
    return found


def find(code: str, today: date) -> Deputy | None:
    """The serving deputy behind a code; None when there is none (代表法第六十一条)."""
    return Deputy.objects.serving(today).filter(code=code).first()


def contacts_in(deputy: Deputy, year: int) -> int:
    """联系群众: how many verified duties of that category in the year."""
    return _seen(deputy).done_in(year).filter(item__code__startswith=codes.CONTACT).count()


def person(deputy: Deputy, today: date) -> Person:
    """What everybody may know of a deputy."""
    seats = Mandate.objects.running(today).filter(deputy=deputy)
    rows = seats.order_by("term__assembly__level__rank").values_list(
        *("term__assembly__level__name", "term__assembly__name"),
        *("delegation__name", "district__name"),
    )
    spell = deputy.membership_set.running(today).select_related("group__area").first()
    return Person(
        code=deputy.code,
        name=deputy.name,
        sex=deputy.sex,
        nation=deputy.nation,
        party=deputy.party,
        job=deputy.job,
        pledges=tuple(Promise(row.text, row.measure, row.target) for row in deputy.pledges.all()),
        group=spell.group.name if spell else "",
        township=spell.group.area.name if spell else "",
        seats=tuple(Seat(level, of, group or "", place) for level, of, group, place in rows),
    )


def years(deputy: Deputy, wanted: Iterable[int], today: date) -> list[Year]:
    """履职 of these years, each by the categories of its own time: verified records only."""
    catalogue = Catalogue()
    listed = DutyItem.objects.exclude(code=codes.RATED).exclude(code__startswith=codes.BONUS)
    items = list(listed.values_list("pk", flat=True))
    done = _seen(deputy).order_by().values_list(ExtractYear("done_on"), "item")
    counts = {(year, item): times for year, item, times in done.annotate(Count("pk"))}
    found = []
    for year in wanted:
        placed = catalogue.of_year(year, today)
        times: defaultdict[DutyCategory, list[int]] = defaultdict(list)
        for item in items:
            if category := placed.get(item):
                times[category].append(counts.get((year, item), 0))
        rows = tuple(
            Category(each.name, sum(own), sum(map(bool, own)), len(own))
            for each, own in sorted(times.items(), key=lambda pair: pair[0].position)
        )
        found.append(Year(year, rows, sum(row.times for row in rows)))
    return found


def days(deputy: Deputy, year: int) -> dict[date, int]:
    """一年日历: how many verified duties on each day."""
    rows = _seen(deputy).done_in(year).order_by()
    return dict(rows.values_list("done_on").annotate(Count("pk")))


def deeds_in(deputy: Deputy, year: int) -> DutyRecordQuerySet:
    """The verified duties that the year's number counts, newest first."""
    rows = _seen(deputy).done_in(year).select_related("item")
    return rows.order_by("-done_on", "-pk")


def deeds(records: Iterable[DutyRecord]) -> tuple[Deed, ...]:
    """What everybody may know of them."""
    catalogue = Catalogue()
    return tuple(
        Deed(
            f"{row.done_on.month} 月 {row.done_on.day} 日",
            row.item.name,
            catalogue.name(row.item_id, row.done_on),
        )
        for row in records
    )


def _seen(deputy: Deputy) -> DutyRecordQuerySet:
    records = DutyRecord.objects.verified().of_deputy(deputy)
    return records.exclude(item__code=codes.RATED).exclude(item__code__startswith=codes.BONUS)


@dataclass(frozen=True)
class Options:
    """What one can choose to see."""

    areas: tuple[tuple[int, str], ...]
    levels: tuple[tuple[int, str], ...]


def options() -> Options:
    """Townships with groups, and the levels, most local first."""
    areas = Area.objects.filter(deputygroup__isnull=False).distinct()
    levels = Level.objects.order_by("-rank").values_list("pk", "name")
    return Options(tuple(areas.values_list("pk", "name")), tuple(levels))
