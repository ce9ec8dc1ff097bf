"""反复提看板: matters that come again, across years, townships and units."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from congress.shared.actors import Actor
from proposals.models import Assignment, LikenessRun, Proposal, Reply, Resemblance
from proposals.queries.counting import called, counted
from proposals.queries.origins import Said, said
from proposals.recurring import UNCOUNTED, Likeness, matters, stars
from proposals.states import ANSWERING, HANDED
from proposals.why_alike import theme

SORTS = {"": "提得最多的在前", "years": "跨年最多的在前", "last": "最近又提的在前"}
SURE, LIKELY = "sure", "likely"


class Raised(NamedTuple):
    """One time that a matter was raised."""

    pk: int
    number: str
    title: str
    on: date
    handled: int
    township: str
    lead: str


class Answer(NamedTuple):
    on: date
    unit: str
    result: str


@dataclass(frozen=True)
class Matter:
    """One matter: every time that it was raised, the last one gives it its name."""

    rows: Sequence[Raised]
    units: Sequence[str]
    answers: Sequence[Answer]
    likely: Sequence[int] = field(default_factory=list)
    sure: bool = True

    @property
    def key(self) -> int:
        return self.rows[0].pk

    @property
    def title(self) -> str:
        return self.rows[-1].title

    @property
    def theme(self) -> str:
        return theme(self.title)

    @property
    def times(self) -> int:
        return len(self.rows)

    @property
    def years(self) -> list[int]:
        return sorted({row.on.year for row in self.rows})

    @property
    def townships(self) -> list[str]:
        return sorted({row.township for row in self.rows if row.township})

    @property
    def results(self) -> list[str]:
        """Which classes it got, each with how often."""
        found = [each.result for each in self.answers]
        return [f"{each} {found.count(each)} 次" for each in dict.fromkeys(found)]

    @property
    def last(self) -> Answer | None:
        return max(self.answers, default=None)


@dataclass(frozen=True)
class Wanted:
    """What of the board is asked for, and in which order."""

    unit: str = ""
    township: str = ""
    theme: str = ""
    sure: str = ""
    sort: str = ""


class Board(NamedTuple):
    """看板: all matters, and when the texts were last compared."""

    matters: list[Matter]
    run: LikenessRun | None

    def shown(self, wanted: Wanted) -> list[Matter]:
        """As asked for: what people said first; of as many times the later one."""
        found = [
            each
            for each in self.matters
            if (not wanted.unit or wanted.unit in each.units)
            and (not wanted.township or wanted.township in each.townships)
            and (not wanted.theme or wanted.theme == each.theme)
            and (not wanted.sure or (wanted.sure == SURE) == each.sure)
        ]
        keys = {
            "": lambda each: (each.sure, each.times, each.rows[-1].on),
            "years": lambda each: (each.sure, len(each.years), each.times),
            "last": lambda each: (each.sure, each.rows[-1].on, each.times),
        }
        return sorted(found, key=keys[wanted.sort], reverse=True)

    @property
    def units(self) -> list[str]:
        return sorted({unit for each in self.matters for unit in each.units})

    @property
    def townships(self) -> list[str]:
        return sorted({name for each in self.matters for name in each.townships})

    @property
    def themes(self) -> list[str]:
        return sorted({each.theme for each in self.matters if each.theme})


def board(by: Actor) -> Board:
    """What people said is one matter, each with its likely ones; then what only looks like one.

    A fixed number of statements for any number of matters.
    """
    told = said()
    pairs = Resemblance.objects.order_by("-score", "pk").values_list("one", "other")
    alike = [(one, other) for one, other in pairs if frozenset((one, other)) not in told.judged]
    rows = _raised(by, {pk for pair in (*told.one_matter, *alike) for pk in pair})
    sure = [
        kept
        for group in matters(told.one_matter)
        if len(kept := [pk for pk in group if pk in rows]) > 1
    ]
    grouped = {pk: place for place, group in enumerate(sure) for pk in group}
    likely, free = _likely(sure, grouped, alike, rows, told)
    loose = stars(free)
    units, answers = _units(rows.values()), _answers(rows.values())

    def matter(group: Iterable[int], near: Sequence[int], *, sure: bool) -> Matter:
        times = sorted((rows[pk] for pk in group), key=lambda row: (row.on, row.pk))
        handled = list(dict.fromkeys(row.handled for row in times))
        who = sorted({unit for pk in handled for unit in units[pk]})
        return Matter(times, who, [a for pk in handled for a in answers[pk]], near, sure)

    found = [matter(group, likely[place], sure=True) for place, group in enumerate(sure)]
    found += [matter(group, [], sure=False) for group in loose]
    return Board(found, LikenessRun.objects.first())


def _likely(
    sure: Sequence[Sequence[int]],
    grouped: Mapping[int, int],
    alike: Iterable[tuple[int, int]],
    rows: Collection[int],
    told: Said,
) -> tuple[dict[int, list[int]], list[tuple[int, int]]]:
    """待认定: beside each matter those that look like one of it, and the pairs that have none.

    Whatever was told apart from one of a matter is not put beside the others of it.
    """
    beside: dict[int, list[int]] = defaultdict(list)
    free, taken = [], set()
    for one, other in alike:
        if one not in rows or other not in rows:
            continue
        places = {grouped[pk] for pk in (one, other) if pk in grouped}
        if len(places) != 1:
            free += [(one, other)] if not places else []
            continue
        place = places.pop()
        new = one if one not in grouped else other
        if new in grouped or new in beside[place] or _apart(new, sure[place], told):
            continue
        beside[place].append(new)
        taken.add(new)
    return beside, [pair for pair in free if not taken.intersection(pair)]


def _apart(new: int, group: Iterable[int], told: Said) -> bool:
    return any(told.judged.get(frozenset((new, pk))) == Likeness.APART for pk in group)


def _raised(by: Actor, numbers: Collection[int]) -> dict[int, Raised]:
    rows = Proposal.objects.visible_to(by).filter(pk__in=numbers, submitted_on__isnull=False)
    fields = ("number", "title", "submitted_on", "merged_into", "delegation__area__name")
    found = rows.exclude(state__in=UNCOUNTED).order_by().values_list("pk", *fields, "lead__name")
    return {
        pk: Raised(pk, number, title, on, into or pk, area or "", lead)
        for pk, number, title, on, into, area, lead in found
    }


def _units(rows: Iterable[Raised]) -> Mapping[int, list[str]]:
    parts = Assignment.objects.filter(
        proposal__in={row.handled for row in rows}, role__in=ANSWERING, state__in=HANDED
    )
    found: dict[int, list[str]] = defaultdict(list)
    for proposal, unit in parts.order_by("position").values_list("proposal", "unit__short_name"):
        found[proposal].append(unit)
    return found


def _answers(rows: Iterable[Raised]) -> Mapping[int, list[Answer]]:
    """Of each unit the newest version, by the class that counts now."""
    replies = Reply.objects.standing().filter(
        assignment__proposal__in={row.handled for row in rows}
    )
    found: dict[int, list[Answer]] = defaultdict(list)
    for each in counted(replies.select_related("assignment__unit")).order_by("pk"):
        part, now = each.assignment, called(each.result_now)
        result = f"{now.code} {now.name}".strip()
        found[part.proposal_id].append(Answer(each.replied_on, part.unit.short_name, result))
    return found


HEAD = (
    *("事项", "门类", "认定", "提了几次", "哪些年", "编号", "乡镇", "承办单位"),
    *("办成什么类", "最近答复", "最近答复单位", "待认定件数"),
)


def sheet(rows: Iterable[Matter]) -> list[tuple[object, ...]]:
    """What the board shows, for a spreadsheet."""
    return [
        (
            row.title,
            row.theme,
            "已认定" if row.sure else "待认定",
            row.times,
            "、".join(map(str, row.years)),
            "、".join(each.number for each in row.rows if each.number),
            "、".join(row.townships),
            "、".join(row.units),
            "；".join(row.results),
            row.last.on if row.last else "",
            row.last.unit if row.last else "",
            len(row.likely),
        )
        for row in rows
    ]
