"""征集进度: how much of each party's opinions is there, whose is not, and who gives it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from congress.shared.models import Organisation, Post, User
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from deputies.models import Deputy, Mandate, Membership
from scoring.models import Appraisal, ReviewCycle, StandIn
from scoring.queries.parties import reviewed
from scoring.queries.timetables import spans_of
from scoring.states import OPINIONS, Stage
from scoring.timetable import Span

UNGROUPED = "没有编组的代表"
Place = tuple[str, int]
"""A deputy, a group, a township or an electing unit: kind and number."""


@dataclass(frozen=True)
class Missing:
    """One place whose opinion is missing, of how many deputies, and who is to give it."""

    place: Place
    name: str
    count: int
    people: tuple[User, ...]
    stand_in: str

    @property
    def words(self) -> str:
        """柳河镇第一代表小组 12 人（召集人王强）."""
        who = self.stand_in or "、".join(user.name for user in self.people)
        if self.place[0] == Stage.SELF:
            return self.name if self.people else f"{self.name}（没有账号）"
        return f"{self.name} {self.count} 人（{who or '还没有人提交'}）"


@dataclass(frozen=True)
class Gathered:
    """One party's part: numbers and names, no score and no word."""

    step: Stage
    span: Span
    given: int
    late: int
    expected: int
    nobody: int
    """Of how many nobody can give it: the group's opinion of the one who gives it."""
    missing: tuple[Missing, ...]

    @property
    def left(self) -> int:
        return self.expected - self.given


def gathered(cycle: ReviewCycle, today: date) -> list[Gathered]:
    """征集进度 of the three parties, in a fixed number of queries."""
    places, spans = Places(cycle, today), spans_of(cycle)
    given: defaultdict[str, dict[int, date]] = defaultdict(dict)
    rows = Appraisal.objects.filter(cycle=cycle).values_list("step", "deputy_id", "given_at")
    for step, deputy_id, at in rows:
        given[step][deputy_id] = timezone.localdate(at)
    return [_gathered(places, stage, spans[stage], given[stage]) for stage in OPINIONS]


def _gathered(places: "Places", stage: Stage, span: Span, given: Mapping[int, date]) -> Gathered:
    due = [one for one in places.people if one.pk in given or places.is_due(stage, one)]
    lacking = [one for one in due if one.pk not in given]
    counts = Counter(places.of(stage, one) for one in lacking)
    return Gathered(
        step=stage,
        span=span,
        given=len(due) - len(lacking),
        late=sum(given[one.pk] > span.closes_on for one in due if one.pk in given),
        expected=len(due),
        nobody=len(places.people) - len(due),
        missing=tuple(
            Missing(
                place,
                places.name(place),
                count,
                places.who(place),
                places.stand_in_words(place),
            )
            for place, count in counts.items()
        ),
    )


def opinions_left(cycle: ReviewCycle, today: date) -> int:
    """How many opinions of all three parties are missing."""
    return sum(party.left for party in gathered(cycle, today))


class Places:
    """Where each of the reviewed belongs, and who speaks for each place; read once."""

    def __init__(self, cycle: ReviewCycle, today: date) -> None:
        self._today = today
        self.people = list(reviewed(cycle).select_related("user").in_name_order())
        self._by_pk = {one.pk: one for one in self.people}
        rows = Membership.objects.running(cycle.last_day).filter(deputy__in=self.people)
        joined = rows.select_related("group__area", "group__convenor")
        self._spells = {spell.deputy_id: spell for spell in joined}
        seats = Mandate.objects.running(cycle.last_day).filter(
            deputy__in=self.people, term__assembly=cycle.assembly_id
        )
        self._seats = {
            seat.deputy_id: seat for seat in seats.select_related("district", "delegation__area")
        }
        units = Organisation.objects.filter(kind=OrganisationKind.ELECTING)
        self._units = {unit.name: unit for unit in units}
        stand_ins = StandIn.objects.running(today).filter(cycle=cycle)
        self._stand_ins = {_place_of(each): each for each in stand_ins.select_related("user")}

    def of(self, stage: Stage, one: Deputy) -> Place:
        """The place whose opinion this stage's is, of this deputy."""
        spell, seat = self._spells.get(one.pk), self._seats.get(one.pk)
        if stage == Stage.SELF:
            return ("self", one.pk)
        if stage == Stage.GROUP:
            return ("group", spell.group_id if spell else 0)
        if seat and (unit := self._units.get(seat.district.name)):
            return ("unit", unit.pk)
        if spell:
            return ("area", spell.group.area_id)
        return ("area", seat.delegation.area_id if seat and seat.delegation else 0)

    def is_due(self, stage: Stage, one: Deputy) -> bool:
        """Nobody gives the group's or the township's opinion of themselves."""
        if stage == Stage.SELF or one.user is None:
            return True
        place = self.of(stage, one)
        speakers = self.who(place)
        return not speakers or any(user != one.user for user in speakers)

    def name(self, place: Place) -> str:
        kind, pk = place
        if kind == "self":
            return self._by_pk[pk].name
        return self._names.get(place, UNGROUPED)

    def who(self, place: Place) -> tuple[User, ...]:
        """Who is to give it: the stand-in, else whoever has the post."""
        kind, pk = place
        if kind == "self":
            user = self._by_pk[pk].user
            return (user,) if user else ()
        if stand_in := self._stand_ins.get(place):
            return (stand_in.user,)
        return tuple(self._speakers.get(place, ()))

    def stand_in_words(self, place: Place) -> str:
        stand_in = self._stand_ins.get(place)
        return str(stand_in) if stand_in else ""

    @cached_property
    def _names(self) -> dict[Place, str]:
        names: dict[Place, str] = {}
        for spell in self._spells.values():
            names["group", spell.group_id] = spell.group.name
            names["area", spell.group.area_id] = spell.group.area.name
        for seat in self._seats.values():
            if seat.delegation:
                names["area", seat.delegation.area_id] = seat.delegation.area.name
        return names | {("unit", unit.pk): unit.name for unit in self._units.values()}

    @cached_property
    def _speakers(self) -> dict[Place, list[User]]:
        found: defaultdict[Place, list[User]] = defaultdict(list)
        for spell in self._spells.values():
            convenor = spell.group.convenor
            if convenor and not found["group", spell.group_id]:
                found["group", spell.group_id].append(convenor)
        for post in _clerks(self._today):
            if post.organisation.kind == OrganisationKind.ELECTING:
                found["unit", post.organisation_id].append(post.user)
            elif post.role == Role.TOWNSHIP_CLERK:
                found["area", post.organisation.area_id].append(post.user)
        return found


def _clerks(today: date) -> Iterable[Post]:
    rows = Post.objects.in_force(today).filter(
        organisation__kind__in=(OrganisationKind.ELECTING, OrganisationKind.TOWNSHIP)
    )
    return rows.select_related("user", "organisation").order_by("pk")


def _place_of(stand_in: StandIn) -> Place:
    if stand_in.group_id:
        return ("group", stand_in.group_id)
    return ("area", stand_in.area_id) if stand_in.area_id else ("unit", stand_in.unit_id or 0)
