"""双联 as the desk and the holders see it: who keeps contact with whom, and who with nobody."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from congress.shared.actors import Actor
from congress.shared.models import Area, Assembly
from deputies.models import CommitteePost, ContactRecord, Deputy, DeputyGroup, Liaison, Mandate
from deputies.models.liaison import DIRECTORS
from deputies.permissions.liaison import FIELD, Change, Target
from deputies.rules import AREAS_LEAST, AREAS_MOST, LIAISON_LEAST, LIAISON_MOST
from deputies.states import CommitteePostKind, LiaisonKind


def quarter_of(day: date) -> tuple[date, str]:
    """The first day of the quarter, and its name."""
    number = (day.month - 1) // 3 + 1
    return date(day.year, number * 3 - 2, 1), f"第{'一二三四'[number - 1]}季度"


def committee_of(area_id: int | None) -> Assembly | None:
    """The congress whose standing committee has its desk in that area."""
    return Assembly.objects.filter(area=area_id).order_by("level__rank").first()


def bounds(kind: LiaisonKind, today: date) -> tuple[int, int]:
    """How many one holder should keep contact with, at least and at most."""
    if kind == LiaisonKind.MEMBER:
        return LIAISON_LEAST.on(today), LIAISON_MOST.on(today)
    if kind == LiaisonKind.DIRECTOR:
        return AREAS_LEAST.on(today), AREAS_MOST.on(today)
    return 1, 1


@dataclass(frozen=True)
class Kept:
    """One contact that runs: with whom, how often this quarter, when last."""

    liaison: Liaison
    target: str
    times: int
    last: date | None


@dataclass(frozen=True)
class HolderLine:
    """One holder: the post, the contacts, what is wrong in words."""

    holder: Deputy
    post: str
    kept: tuple[Kept, ...]
    remarks: tuple[str, ...]

    @property
    def reached(self) -> int:
        return sum(bool(each.times) for each in self.kept)


@dataclass(frozen=True)
class Board:
    """一种联系的覆盖情况."""

    kind: LiaisonKind
    quarter: str
    lines: tuple[HolderLine, ...]
    uncovered: tuple[Target, ...]
    least: int
    most: int

    @property
    def kept(self) -> int:
        return sum(len(line.kept) for line in self.lines)

    @property
    def quiet(self) -> int:
        """Contacts not kept this quarter."""
        return sum(len(line.kept) - line.reached for line in self.lines)

    @property
    def room(self) -> int:
        """How many more the holders could take."""
        return sum(max(self.most - len(line.kept), 0) for line in self.lines)

    @property
    def remarked(self) -> int:
        return sum(bool(line.remarks) for line in self.lines)


def board(kind: LiaisonKind, assembly: Assembly, today: date) -> Board:
    """Who holds, whom, and who is left; the queries do not grow with the rows."""
    quarter, name = quarter_of(today)
    least, most = bounds(kind, today)
    kept: dict[int, list[Kept]] = {}
    for row in running(kind, today, quarter):
        kept.setdefault(row.holder_id, []).append(_kept(row))
    lines = tuple(
        _line(post, tuple(kept.get(post.deputy_id, ())), least, most)
        for post in holders(kind, assembly, today)
    )
    return Board(kind, name, lines, tuple(uncovered(kind, assembly, today)), least, most)


def _kept(row: Liaison) -> Kept:
    times, last = row.times, row.last  # type: ignore[attr-defined]  # annotated
    return Kept(row, row.target, times, last)


def _line(post: CommitteePost, kept: tuple[Kept, ...], least: int, most: int) -> HolderLine:
    remarks = []
    if len(kept) < least:
        remarks.append(f"少于 {least}" if kept else "还没有安排")
    if len(kept) > most:
        remarks.append(f"多于 {most}")
    quiet = sum(not each.times for each in kept)
    if quiet:
        remarks.append(f"本季度 {quiet} 个没有联系")
    return HolderLine(post.deputy, post.get_post_display(), kept, tuple(remarks))


def running(kind: LiaisonKind, today: date, since: date) -> QuerySet[Liaison]:
    """Contacts that run, each with `times` since that day and the `last` day ever."""
    recent = Count("contacts", filter=Q(contacts__done_on__gte=since))
    rows = Liaison.objects.running(today).filter(kind=kind)
    return rows.select_related("holder", "deputy", "area", "group").annotate(
        times=recent, last=Max("contacts__done_on")
    )


def holders(kind: LiaisonKind, assembly: Assembly, today: date) -> list[CommitteePost]:
    """Who may hold this kind, directors first, then by 姓氏笔画; each person once."""
    rows = CommitteePost.objects.running(today).holding(kind).filter(assembly=assembly)
    order = {kind: place for place, kind in enumerate(CommitteePostKind)}
    posts = sorted(
        rows.select_related("deputy"),
        key=lambda row: (order[CommitteePostKind(row.post)], row.deputy.stroke_key),
    )
    return list({row.deputy_id: row for row in reversed(posts)}.values())[::-1]


def uncovered(kind: LiaisonKind, assembly: Assembly, today: date) -> list[Target]:
    """Whom nobody keeps contact with: deputies of the congress, townships, or none."""
    held = Liaison.objects.running(today).filter(kind=kind).values(FIELD[kind])
    if kind == LiaisonKind.MEMBER:
        posts = CommitteePost.objects.running(today).filter(assembly=assembly)
        own = posts.exclude(post=CommitteePostKind.OFFICE).values("deputy")
        people = Deputy.objects.sitting_in(assembly, today).exclude(pk__in=held)
        return list(people.exclude(pk__in=own).in_name_order())
    if kind == LiaisonKind.DIRECTOR:
        places = Area.objects.filter(parent=assembly.area, deputygroup__isnull=False)
        return list(places.exclude(pk__in=held).distinct().order_by("position", "pk"))
    return []


def directors_of_day(assembly: Assembly, today: date) -> int:
    """主任会议成员 on that day."""
    rows = CommitteePost.objects.running(today).filter(assembly=assembly, post__in=DIRECTORS)
    return rows.values("deputy").distinct().count()


# Evening out.


def even(
    load: dict[int, list[int]], free: Sequence[int], near: Callable[[int, int], bool], room: range
) -> list[tuple[int, int | None, int]]:
    """Steps (target, from or None, to) towards `room.start`..`room.stop - 1` for each holder.

    Who has too many gives the latest away; who is free goes to the holder with fewest, one of the
    same place first; then who has too few gets from who has most. What already fits is not moved,
    and who finds no room stays free. Equal input gives equal steps.
    """
    least, most = room.start, room.stop - 1
    now = {holder: list(targets) for holder, targets in load.items()}
    origin = {target: holder for holder, targets in load.items() for target in targets}
    pool = [target for targets in now.values() for target in targets[most:]]
    for holder in now:
        now[holder] = now[holder][:most]
    for target in [*pool, *free]:
        open_to = [holder for holder in now if len(now[holder]) < most]
        if open_to:
            best = min(open_to, key=lambda pk: (not near(pk, target), len(now[pk]), pk))
            now[best].append(target)
    _fill(now, least)
    found = {target: holder for holder, targets in now.items() for target in targets}
    steps = [(target, origin.get(target), holder) for target, holder in found.items()]
    return sorted((step for step in steps if step[1] != step[2]), key=lambda step: step[0])


def _fill(now: dict[int, list[int]], least: int) -> None:
    while now:
        poor = min(now, key=lambda pk: (len(now[pk]), pk))
        rich = max(now, key=lambda pk: (len(now[pk]), -pk))
        if len(now[poor]) >= least or len(now[rich]) <= least:
            return
        now[poor].append(now[rich].pop())


def suggested(kind: LiaisonKind, assembly: Assembly, today: date) -> list[Change]:
    """What would cover most and even out the rest; nothing is written."""
    seen = board(kind, assembly, today)
    if kind == LiaisonKind.OFFICE:
        return _own_groups(seen, today)
    rows = {getattr(row.liaison, f"{FIELD[kind]}_id"): row.liaison for row in _all(seen)}
    load = {
        line.holder.pk: [getattr(each.liaison, f"{FIELD[kind]}_id") for each in line.kept]
        for line in seen.lines
    }
    targets: dict[int, Target] = {
        getattr(row, f"{FIELD[kind]}_id"): getattr(row, FIELD[kind]) for row in rows.values()
    }
    targets |= {each.pk: each for each in seen.uncovered}
    people = {line.holder.pk: line.holder for line in seen.lines}
    places = places_of([*people, *targets] if kind == LiaisonKind.MEMBER else [*people], today)

    def near(holder: int, target: int) -> bool:
        place = places.get(target) if kind == LiaisonKind.MEMBER else target
        return place is not None and places.get(holder) == place

    free = [each.pk for each in seen.uncovered]
    steps = even(load, free, near, range(seen.least, seen.most + 1))
    return [
        Change(targets[target], people[to], rows[target] if was else None)
        for target, was, to in steps
    ]


def _all(seen: Board) -> list[Kept]:
    return [each for line in seen.lines for each in line.kept]


def places_of(people: Sequence[int], today: date) -> dict[int, int]:
    """Each deputy's township, by the delegation of the lowest seat."""
    seats = Mandate.objects.running(today).filter(deputy__in=people, delegation__isnull=False)
    lowest_last = seats.order_by("term__assembly__level__rank")
    return dict(lowest_last.values_list("deputy", "delegation__area"))


def _own_groups(seen: Board, today: date) -> list[Change]:
    """机关代表包联所在代表小组 (policy, 双联)."""
    idle = [line.holder for line in seen.lines if not line.kept]
    groups = DeputyGroup.objects.standing(today).in_bulk()
    own = Deputy.objects.grouped(today).filter(pk__in=[each.pk for each in idle])
    where = dict(own.values_list("pk", "membership__group"))
    return [Change(groups[where[each.pk]], each) for each in idle if where.get(each.pk) in groups]


# A holder's own page.


def own_contacts(actor: Actor, today: date) -> list[Kept]:
    """What this holder keeps, longest not contacted first."""
    quarter, _ = quarter_of(today)
    rows = Liaison.objects.visible_to(actor).running(today)
    found = rows.select_related("holder", "deputy", "area", "group").annotate(
        times=Count("contacts", filter=Q(contacts__done_on__gte=quarter)),
        last=Max("contacts__done_on"),
    )
    kept = [_kept(row) for row in found]
    return sorted(kept, key=lambda each: (each.last or date.min, each.liaison.pk))


def records(actor: Actor, most: int = 20) -> list[ContactRecord]:
    """The latest this person may see."""
    rows = ContactRecord.objects.visible_to(actor)
    return list(rows.select_related("liaison__holder", "liaison__deputy", "liaison__area",
                                    "liaison__group", "made_by")[:most])  # fmt: skip
