"""小组 as the desk sees them: sizes, convenors, what to look at."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from congress.shared.models import Area
from deputies.models import Deputy, DeputyGroup, Mandate, Membership, Regrouping
from deputies.rules import GROUP_LEAST, GROUP_MOST


def may_convene(group: DeputyGroup, today: date) -> QuerySet[Deputy]:
    """The group's members who have an account, by 姓氏笔画."""
    now = Deputy.objects.grouped(today, membership__group=group)
    return now.exclude(user=None).in_name_order()


@dataclass(frozen=True)
class GroupLine:
    """One group: how many, who convenes, and what is wrong with it in words."""

    group: DeputyGroup
    size: int
    convenor: str
    fits: bool
    """Whether the size lies within the county's limits."""
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class AreaGroups:
    """A township's groups, and how far their sizes are apart."""

    area: Area
    lines: tuple[GroupLine, ...]
    members: int
    apart: int


@dataclass(frozen=True)
class GroupBoard:
    """小组概览: numbers that add up, and the townships."""

    areas: tuple[AreaGroups, ...]
    groups: int
    members: int
    least: int
    most: int
    remarked: int
    outside: int
    """Groups whose size is outside the limits."""
    alone: tuple[Deputy, ...]
    """Sitting deputies in no group, by 姓氏笔画."""

    @property
    def ungrouped(self) -> int:
        return len(self.alone)


ONLY: dict[str, Callable[[GroupLine], bool]] = {
    "remarked": lambda line: bool(line.remarks),
    "size": lambda line: not line.fits,
}
"""What the board may be narrowed to."""


def board(today: date, *, only: str = "") -> GroupBoard:
    """Every standing group with its remarks, in five queries whatever their number."""
    rows = DeputyGroup.objects.standing(today).with_size(today)
    groups = list(rows.select_related("area", "convenor").order_by("area__position", "position"))
    strangers = from_elsewhere(today)
    bounds = GROUP_LEAST.on(today), GROUP_MOST.on(today)
    lines = [_line(group, strangers[group.pk], bounds) for group in groups]
    seated = Deputy.objects.sitting(today)
    grouped = Membership.objects.running(today).values("deputy")
    wanted = ONLY.get(only)
    shown = [line for line in lines if wanted(line)] if wanted else lines
    return GroupBoard(
        areas=tuple(_areas(shown)),
        groups=len(lines),
        members=sum(line.size for line in lines),
        least=bounds[0],
        most=bounds[1],
        remarked=sum(bool(line.remarks) for line in lines),
        outside=sum(not line.fits for line in lines),
        alone=tuple(seated.exclude(pk__in=grouped).in_name_order()),
    )


def _areas(lines: Sequence[GroupLine]) -> list[AreaGroups]:
    found: dict[Area, list[GroupLine]] = {}
    for line in lines:
        found.setdefault(line.group.area, []).append(line)
    return [
        AreaGroups(area, tuple(own), sum(sizes), max(sizes) - min(sizes))
        for area, own in found.items()
        if (sizes := [line.size for line in own])
    ]


def _line(group: DeputyGroup, strangers: int, bounds: tuple[int, int]) -> GroupLine:
    size: int = group.size  # type: ignore[attr-defined]  # annotated by with_size
    return GroupLine(
        group,
        size,
        group.convenor.name if group.convenor else "",
        bounds[0] <= size <= bounds[1],
        tuple(_remarks(group, size, strangers, bounds)),
    )


def _remarks(group: DeputyGroup, size: int, strangers: int, bounds: tuple[int, int]) -> list[str]:
    """规模适度、地缘相近 (policy, 双组并行)."""
    (least, most), found = bounds, []
    if size < least:
        found.append(f"人数偏少，不到 {least} 人")
    if size > most:
        found.append(f"人数偏多，超过 {most} 人")
    if group.convenor_id is None:
        found.append("没有召集人")
    if strangers:
        found.append(f"{strangers} 位代表不是本乡镇选区的")
    return found


def from_elsewhere(today: date) -> Counter[int]:
    """For each group, how many members all of whose seats are of other townships.

    A seat is of its delegation's township, one without a delegation of its district's.
    """
    seats = Mandate.objects.running(today)
    homes: dict[int, set[int]] = {}
    places = ("delegation__area", "district__area", "district__area__parent")
    for deputy, area, district, above in seats.values_list("deputy", *places):
        if home := area or (district if above else None):
            homes.setdefault(deputy, set()).add(home)
    spells = Membership.objects.running(today).values_list("deputy", "group", "group__area")
    return Counter(
        group for deputy, group, area in spells if deputy in homes and area not in homes[deputy]
    )


@dataclass(frozen=True)
class MemberLine:
    """One member of a group: where elected, from when on here."""

    deputy: Deputy
    seats: str
    from_on: date
    convenes: bool
    stranger: bool


def members(group: DeputyGroup, today: date) -> list[MemberLine]:
    """The group's members by 姓氏笔画, in two queries."""
    spells = Membership.objects.running(today).filter(group=group)
    spells = spells.select_related("deputy").order_by("deputy__stroke_key", "deputy")
    people = [spell.deputy_id for spell in spells]
    seats: dict[int, list[Mandate]] = {pk: [] for pk in people}
    rows = Mandate.objects.running(today).filter(deputy__in=people)
    for seat in rows.select_related("term__assembly__level", "delegation", "district__area"):
        seats[seat.deputy_id].append(seat)
    return [_member(spell, group, seats[spell.deputy_id]) for spell in spells]


def _home(seat: Mandate) -> int | None:
    """The township a seat is of: its delegation's, or its district's; None for a county's own."""
    if seat.delegation:
        return seat.delegation.area_id
    area = seat.district.area
    return area.pk if area and area.parent_id else None


def _member(spell: Membership, group: DeputyGroup, seats: list[Mandate]) -> MemberLine:
    words = (f"{seat.term.assembly.level.name}·{seat.district.name}" for seat in seats)
    homes = set(filter(None, map(_home, seats)))
    own = spell.deputy.user_id
    return MemberLine(
        spell.deputy,
        "、".join(words),
        spell.from_on,
        convenes=own is not None and own == group.convenor_id,
        stranger=bool(homes) and group.area_id not in homes,
    )


def elsewhere(group: DeputyGroup, today: date) -> QuerySet[DeputyGroup]:
    """Where a member may be moved to: the same township's groups first."""
    others = DeputyGroup.objects.standing(today).exclude(pk=group.pk).select_related("area")
    return others.order_by(F("area__position"), "position")


def recent_regroupings(area: Area) -> QuerySet[Regrouping]:
    """The township's last five, newest first."""
    rows = Regrouping.objects.filter(area=area).select_related("made_by")
    return rows.prefetch_related("moves__deputy", "moves__was", "moves__now")[:5]
