"""代表和小组要留意的: what the deputies' app leaves open, each number with the list it counts."""

from datetime import date, timedelta

from django.urls import reverse

from congress.home.queries.queue import Queue
from congress.home.queries.station_watch import stations_watched
from congress.shared.actors import Actor
from congress.shared.calendar import Works, add_months, working_days_until
from congress.shared.models import Assembly
from deputies.queries import groups, liaison, seats
from deputies.queries.messages import without_pledge
from deputies.rules import NEAR_DAYS
from deputies.states import LiaisonKind

QUIET = {
    LiaisonKind.MEMBER: "还没联系的代表",
    LiaisonKind.DIRECTOR: "还没督导的乡镇",
    LiaisonKind.OFFICE: "机关代表还没去的小组",
}


def watched(by: Actor, today: date, works: Works) -> list[Queue]:
    """Seats, groups, contacts and codes that want looking at; a zero is said."""
    return [
        _vacancies(today),
        *_groups(today),
        *_contacts(liaison.committee_of(by.area_id), today, works),
        _pledges(today),
        *stations_watched(today),
    ]


def _queue(title: str, count: int, some: str, none: str, kind: str, url: str) -> Queue:
    return Queue(title, count, some if count else none, kind if count else "off", url)


def _vacancies(today: date) -> Queue:
    lines = seats.term_lines(today)
    open_seats = [line.vacancies for line in lines if line.vacancies]
    words = f"{len(open_seats)} 个届次有缺额，可以补选"
    url = f"{reverse('deputies:changes')}#seats"
    return _queue("代表缺额", sum(open_seats), words, "没有缺额", "open", url)


def _groups(today: date) -> list[Queue]:
    """Every deputy in one group is what the house promises: one without is late at once."""
    board, page = groups.board(today), reverse("deputies:groups")
    limits = f"每组以 {board.least} 到 {board.most} 人为宜"
    fit = "人数都合适"
    return [
        _queue(
            "没有编组的代表", board.ungrouped, "请编进小组", "人人在组", "must", f"{page}#ungrouped"
        ),
        _queue("人数不合适的小组", board.outside, limits, fit, "open", f"{page}?only=size"),
    ]


def _contacts(place: Assembly | None, today: date, works: Works) -> list[Queue]:
    """双联: whom nobody keeps contact with, and what this quarter has still to see."""
    if place is None:
        return []
    begins, quarter = liaison.quarter_of(today)
    ends = add_months(begins, 3) - timedelta(days=1)
    left = working_days_until(today, ends, works)
    kind = "soon" if left <= NEAR_DAYS.on(today) else "open"
    boards = {each: liaison.board(each, place, today) for each in LiaisonKind}
    alone = len(boards[LiaisonKind.MEMBER].uncovered)
    page = reverse("deputies:liaisons", args=[LiaisonKind.MEMBER.value])
    return [
        _queue(
            "没有人联系的代表",
            alone,
            "请安排组成人员联系",
            "人人有人联系",
            "open",
            f"{page}#uncovered",
        ),
        *(
            _queue(
                f"{quarter}{QUIET[each]}",
                board.quiet,
                f"还有 {left} 个工作日到季末",
                "都联系过了" if board.kept else "还没有安排",
                kind,
                f"{reverse('deputies:liaisons', args=[each.value])}?only=remarked",
            )
            for each, board in boards.items()
        ),
    ]


def _pledges(today: date) -> Queue:
    count = without_pledge(today).count()
    url = f"{reverse('admin:deputies_deputy_changelist')}?pledge=none"
    return _queue("没有写承诺的代表码", count, "请代表写一到三条", "人人有承诺", "open", url)
