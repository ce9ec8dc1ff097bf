"""均衡联系: who should go to which holder so that most are covered and nobody has too many."""

from collections.abc import Callable, Sequence
from datetime import date

from congress.shared.models import Assembly
from deputies.models import Deputy, DeputyGroup, Mandate
from deputies.permissions.liaison import FIELD, Change, Target
from deputies.queries.liaison import Board, Kept, board
from deputies.states import LiaisonKind


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
