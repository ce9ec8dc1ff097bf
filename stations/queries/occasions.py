"""应邀情况: how often each deputy was called and came. 没有受邀 is the organiser's gap."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from congress.shared.actors import Actor
from deputies.models import Deputy, Membership
from stations.models import Attendance, Invitee, Presence
from stations.states import ActivityState

HEAD = ("乡镇", "小组", "代表", "受邀", "到场", "请假", "缺席", "待参加", "情况")


@dataclass(frozen=True)
class Occasions:
    """One deputy's year."""

    pk: int
    name: str
    group: str
    area: str
    called: int
    came: int
    leave: int
    absent: int
    ahead: int
    job: str = ""
    """Where it tells two of one name in one group apart."""

    @property
    def never(self) -> bool:
        """Called to nothing, and to nothing that is to come."""
        return not self.called and not self.ahead

    @property
    def words(self) -> str:
        if self.never:
            return "从来没有受邀"
        return "" if self.called else "第一次受邀，还没有举行"


def occasions(
    by: Actor, year: int, today: date, *, area: int | None = None, never: bool = False
) -> list[Occasions]:
    """Everybody whom this post calls together, in three queries; never called ones alone if asked.

    A called-off activity is no occasion.
    """
    day = min(today, date(year, 12, 31))
    people = Deputy.objects.serving(day).visible_to(by, today)
    spells = Membership.objects.running(day).filter(deputy__in=people)
    if area:
        spells = spells.filter(group__area=area)
    rows = spells.order_by(
        "group__area__position", "group__position", "deputy__stroke_key", "deputy"
    ).values_list("deputy", "deputy__name", "group__name", "group__area__name", "deputy__job")
    seen = _seen(year)
    ahead = _ahead(year)
    names = Counter((name, group) for _, name, group, _, _ in rows)
    found = [
        Occasions(
            pk,
            name,
            group,
            place,
            *seen.get(pk, (0, 0, 0, 0)),
            ahead=ahead.get(pk, 0),
            job=job if names[name, group] > 1 else "",
        )
        for pk, name, group, place, job in rows
    ]
    return [each for each in found if each.never or not never]


def _seen(year: int) -> dict[int, tuple[int, int, int, int]]:
    each = {
        str(kind): Count("pk", filter=Q(presence=kind))
        for kind in (Presence.PRESENT, Presence.LEAVE, Presence.ABSENT)
    }
    roll = Attendance.objects.filter(activity__held_on__year=year).order_by().values_list("deputy")
    return {pk: (a, b, c, d) for pk, a, b, c, d in roll.annotate(Count("pk"), **each)}


def _ahead(year: int) -> dict[int, int]:
    rows = Invitee.objects.filter(
        activity__state=ActivityState.CALLED, activity__held_on__year=year
    )
    return dict(rows.order_by().values_list("deputy").annotate(Count("pk")))


def sheet(found: list[Occasions]) -> Iterator[list[object]]:
    for row in found:
        yield [
            *(row.area, row.group, row.name, row.called, row.came, row.leave, row.absent),
            *(row.ahead, row.words),
        ]
