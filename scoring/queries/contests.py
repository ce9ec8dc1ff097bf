"""有异议的一笔: what was said and answered about lines, for a list in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from congress.shared.models import Post
from congress.shared.roles import STAFF
from deputies.queries.duties import day_words, moment_words
from scoring.models import Appeal, Entry
from scoring.models.appeals import AppealQuerySet
from scoring.permissions.appeals import makers_of
from scoring.points import plain
from scoring.states import AppealState

MOST_NAMED = 2
SOMEBODY_ELSE = "没有经手过这一笔的人"
"""More people than this may answer, or nobody yet: none of them is named."""
COLOURS = {
    AppealState.OPEN: "gold",
    AppealState.UPHELD: "green",
    AppealState.DISMISSED: "",
    AppealState.WITHDRAWN: "",
}


@dataclass(frozen=True)
class Said:
    """One thing the deputy said; the first has no time of its own to show."""

    when: str
    words: str


@dataclass(frozen=True)
class Contest:
    """One appeal in words."""

    pk: int
    open: bool
    title: str
    colour: str
    said: list[Said]
    photos: list[int]
    meanwhile: str
    answer: str
    answered: str


def with_words(rows: AppealQuerySet) -> AppealQuerySet:
    """Everything `contest` reads of an appeal."""
    return rows.select_related("answered_by").prefetch_related("further", "photos")


def contests(entries: Iterable[Entry], today: date) -> dict[int, Contest]:
    """By line: the appeal that was not withdrawn; one line has at most one."""
    known = {entry.pk: entry for entry in entries}
    rows = Appeal.objects.filter(entry__in=known).exclude(state=AppealState.WITHDRAWN)
    found = list(with_words(rows))
    answerers = _answerers([known[row.entry_id] for row in found if _is_open(row)], today)
    return {
        row.entry_id: contest(
            row, known[row.entry_id], today, answerers.get(row.entry_id, SOMEBODY_ELSE)
        )
        for row in found
    }


def contest(appeal: Appeal, entry: Entry, today: date, answerers: str = SOMEBODY_ELSE) -> Contest:
    """One appeal as the deputy and the office read it."""
    is_open = _is_open(appeal)
    late = is_open and today > appeal.due_on
    due = f"{day_words(appeal.due_on)}前答复{'，已超期' if late else ''}"
    return Contest(
        pk=appeal.pk,
        open=is_open,
        title=f"异议处理中 · {due}" if is_open else f"异议{appeal.get_state_display()}",
        colour="red" if late else COLOURS[AppealState(appeal.state)],
        said=[
            Said(day_words(timezone.localdate(appeal.opened_at)), appeal.words),
            *(Said(moment_words(more.said_at), more.words) for more in appeal.further.all()),
        ],
        photos=[photo.pk for photo in appeal.photos.all()],
        meanwhile=f"答复前照 {plain(entry.points)} 分算；换{answerers}来查。" if is_open else "",
        answer=appeal.answer,
        answered=_answered(appeal),
    )


def _is_open(appeal: Appeal) -> bool:
    return appeal.state == AppealState.OPEN


def _answered(appeal: Appeal) -> str:
    if not (appeal.answered_by and appeal.answered_at):
        return ""
    return f"{appeal.answered_by.name} {day_words(timezone.localdate(appeal.answered_at))}答复"


def _answerers(entries: list[Entry], today: date) -> dict[int, str]:
    """Who of the office has had no hand in each line: by name when they are few."""
    if not entries:
        return {}
    made = makers_of(entries)
    posts = Post.objects.in_force(today).filter(role__in=STAFF).select_related("user")
    people = {post.user_id: post.user.name for post in posts.order_by("user_id")}
    return {
        entry.pk: _named([name for pk, name in people.items() if pk not in made[entry.pk]])
        for entry in entries
    }


def _named(people: list[str]) -> str:
    return "或".join(people) if 0 < len(people) <= MOST_NAMED else SOMEBODY_ELSE
