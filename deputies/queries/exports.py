"""导出: what a list shows, in the columns that the import takes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import QuerySet

from congress.shared.models import Area
from deputies.headers import TABLES
from deputies.mends import LEVEL_WORDS
from deputies.models import CommitteePost, Deputy, DeputyGroup, Liaison, Mandate, Membership
from deputies.models.liaison import HOLDERS
from deputies.queries.register import last_stations
from deputies.states import CommitteePostKind, LiaisonKind, SheetKind

Row = list[str]


def head(kind: SheetKind) -> list[str]:
    """The columns, in the order in which committees write them."""
    return [*TABLES[kind].columns]


def seats_of(people: QuerySet[Deputy], today: date) -> QuerySet[Mandate]:
    """Seats that these people hold on that day, at every level."""
    return Mandate.objects.running(today).filter(deputy__in=people.order_by().values("pk"))


def roster(seats: QuerySet[Mandate], today: date, now: Mapping[int, str]) -> Iterator[Row]:
    """One row for each seat, by 姓氏笔画 and level; four queries, whatever the number of seats.

    `now` says where people serve, as `stations` knows it; of everybody else the last roster does.
    """
    groups = dict(Membership.objects.running(today).values_list("deputy", "group__name"))
    stations = {**last_stations(Area.objects.county()), **now}
    related = ("deputy", "district", "delegation", "term__assembly__level")
    rows = seats.select_related(*related).order_by(
        "deputy__stroke_key", "deputy", "-term__assembly__level__rank", "pk"
    )
    for number, seat in enumerate(rows.iterator(chunk_size=2000), start=1):
        person = seat.deputy
        yield [
            *(str(number), person.name, person.sex, person.nation),
            *(f"{person.birth_month:%Y.%m}", person.party, person.education, person.job),
            *(seat.district.name, seat.delegation.name if seat.delegation else ""),
            *(LEVEL_WORDS[seat.term.assembly.level.code], seat.certificate),
            *(groups.get(person.pk, ""), stations.get(person.pk, ""), person.phone, ""),
        ]


def groups(rows: QuerySet[DeputyGroup], today: date) -> Iterator[Row]:
    """One row for each group that stands, by township; two queries, whatever their number."""
    numbers = _certificates(today)
    standing = rows.standing(today).with_size(today).select_related("area", "convenor__deputy")  # type: ignore[attr-defined]  # DeputyGroupQuerySet
    ordered = standing.order_by("area__position", "area", "position", "pk")
    for number, group in enumerate(ordered, start=1):
        deputy = getattr(group.convenor, "deputy", None)
        yield [
            *(str(number), group.area.name, group.name),
            group.convenor.name if group.convenor else "",
            numbers.get(deputy.pk, "") if deputy else "",
            *(str(group.size), ""),
        ]


def liaisons(rows: QuerySet[Liaison], today: date) -> Iterator[Row]:
    """One row for each contact, by holder; three queries, whatever their number.

    Of several posts the one that this kind of contact is assigned to.
    """
    numbers = _certificates(today)
    held = CommitteePost.objects.running(today).order_by("pk").values_list("deputy", "post")
    posts: dict[int, list[str]] = defaultdict(list)
    for pk, held_post in held:
        posts[pk].append(held_post)
    related = rows.select_related("holder", "deputy", "area", "group")
    ordered = related.order_by("kind", "holder__stroke_key", "holder", "from_on", "pk")
    for number, row in enumerate(ordered, start=1):
        post = next(
            (one for one in HOLDERS[LiaisonKind(row.kind)] if one in posts[row.holder_id]), None
        )
        yield [
            *(str(number), row.get_kind_display(), row.holder.name),
            CommitteePostKind(post).label if post else "",
            *(numbers.get(row.holder_id, ""), row.target),
            numbers.get(row.deputy_id, "") if row.deputy_id else "",
            *(f"{row.from_on:%Y-%m-%d}", ""),
        ]


def _certificates(today: date) -> dict[int, str]:
    """Of each deputy the certificate of one seat, the highest level's."""
    seats = Mandate.objects.running(today).order_by("-term__assembly__level__rank", "-pk")
    return dict(seats.values_list("deputy", "certificate"))
