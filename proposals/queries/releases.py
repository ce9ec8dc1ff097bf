"""公布满意度: what a batch holds, what is still open, and what has been released."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from congress.shared.models import Assembly, Organisation
from congress.shared.sealing import UnreadableSeal
from proposals import disclosure
from proposals.ballots import UNREADABLE, VOID_THEM
from proposals.disclosure import Counts, Form, Limits, Row
from proposals.models import Rating, RatingRelease, ReleasedCount, Reply
from proposals.queries.clocks import day
from proposals.rating_states import Fulfilment, Measure, Satisfaction
from proposals.rules import RELEASE_ALIKE, RELEASE_RATERS, RELEASE_REPLIES
from proposals.states import ANSWERED, ANSWERING, State

HELD_UP = f"有评价没有开出来，不能公布：{UNREADABLE}。{VOID_THEM}"


def replies_of(assembly: Assembly, year: int) -> "list[Reply]":
    """Of each unit's answer the oldest version of that year that is in no batch yet.

    A proposal is of the year of its 受理. A version that was replaced while it could be rated
    counts for nothing; one that was replaced later keeps its ratings, and the next one waits for
    the next batch, so that answering again neither wipes out a rating nor holds anybody up.
    """
    rows = unreleased(assembly).filter(assignment__proposal__accepted_on__year=year)
    found = (
        rows.select_related("assignment__proposal", "assignment__unit")
        .prefetch_related("answers__ask__proposal")
        .order_by("rate_until", "pk")
    )
    first: dict[int, Reply] = {}
    for reply in sorted(found, key=lambda each: each.version):
        first.setdefault(reply.assignment_id, reply)
    oldest = {each.pk for each in first.values()}
    return [each for each in found if each.pk in oldest]


def unreleased(assembly: Assembly) -> "QuerySet[Reply]":
    """Every version, of any year, that some batch is still to hold."""
    return Reply.objects.stood_to_be_rated().filter(
        assignment__role__in=ANSWERING,
        assignment__proposal__state__in=(*ANSWERED, State.ASSIGNED),
        assignment__proposal__session__term__assembly=assembly,
        released_in=None,
    )


def years(assembly: Assembly | None) -> list[int]:
    """In which anything waits or has been released, the newest first."""
    if assembly is None:
        return []
    waiting = unreleased(assembly).order_by().distinct()
    known = set(waiting.values_list("assignment__proposal__accepted_on__year", flat=True))
    known.update(RatingRelease.objects.filter(assembly=assembly).values_list("year", flat=True))
    return sorted({*filter(None, known)}, reverse=True)


def held_up(replies: "Iterable[Reply]") -> str:
    """Nothing is released while a rating that counts does not open; empty when all do."""
    try:
        rows_of(replies)
    except UnreadableSeal:
        return HELD_UP
    return ""


def still_open(replies: Iterable[Reply], today: date) -> str:
    """Which of them may still be rated, the next to close first; empty when none."""
    found = [each for each in replies if each.rate_until >= today]
    if not found:
        return ""
    names = "、".join(
        f"{each.assignment.proposal.number}（{each.assignment.unit.name}，"
        f"{day(each.rate_until, today)}）"
        for each in found[:5]
    )
    more = f"等 {len(found)} 份" if len(found) > 5 else ""
    return f"还有 {len(found)} 份答复没到评价截止：{names}{more}。都过了最后一天再公布。"


def limits_on(today: date) -> Limits:
    """本地规则 of that day."""
    return Limits(RELEASE_REPLIES.on(today), RELEASE_RATERS.on(today), RELEASE_ALIKE.on(today))


def rows_of(replies: Iterable[Reply]) -> list[Row]:
    """One row for each unit: the ratings that count, opened to be counted and for nothing else.

    What is withheld as a whole is counted nowhere, nor are its asks where it is merged (0037).
    """
    found = list(replies)
    last = {each.reply_id: each for each in Rating.objects.filter(reply__in=found).latest_each()}
    return disclosure.rows(
        Form(_row(reply, last.get(reply.pk)), is_withheld(reply)) for reply in found
    )


def is_withheld(reply: Reply) -> bool:
    """Whether nobody but its own people knows of what it answers."""
    return bool(reply.assignment.proposal.withheld_reason)


def _row(reply: Reply, rating: Rating | None) -> Row:
    """One form as a row, with the asks that everybody can count."""
    said = rating.ballot if rating else None
    asks = [each.ask_id for each in reply.answers.all() if not each.ask.proposal.withheld_reason]
    counts: dict[str, Counts] = {
        Measure.PROCESS: _counted([said.process if said else ""], list(Satisfaction)),
        Measure.RESULT: _counted([said.result if said else ""], list(Satisfaction)),
        Measure.ASKS: _counted(
            [said.asks.get(pk, "") if said else "" for pk in asks], list(Fulfilment)
        ),
    }
    raters = frozenset({rating.deputy_id} if rating else ())
    marked = len(said.asks.keys() & set(asks)) if said else len(asks)
    return Row(reply.assignment.unit_id, raters, counts, (marked,))


def _counted(marks: list[str], grades: list[str]) -> Counts:
    found = Counter(marks)
    best, middle, worst = (found[each] for each in grades)
    return best, middle, worst, found[""]


class Line(NamedTuple):
    """一行: a unit, or all together, with its three cells in the order of `Measure`."""

    name: str
    cells: list[ReleasedCount]

    @property
    def held_back(self) -> bool:
        return self.cells[0].best is None


class Table(NamedTuple):
    """One batch as it was released."""

    release: RatingRelease
    lines: list[Line]


def released(year: int | None = None, assembly: Assembly | None = None) -> list[Table]:
    """What has been released, the newest batch first; nothing in it is counted anew."""
    rows = (
        RatingRelease.objects.with_figures()
        .select_related("assembly")
        .filter(Q(assembly=assembly) if assembly else Q(), Q(year=year) if year else Q())
    )
    cells: dict[int, dict[Organisation | None, list[ReleasedCount]]] = {}
    order = {measure: at for at, measure in enumerate(Measure)}
    for cell in ReleasedCount.objects.filter(release__in=rows).select_related("unit"):
        cells.setdefault(cell.release_id, {}).setdefault(cell.unit, []).append(cell)
    return [
        Table(
            release,
            [
                Line(
                    unit.name if unit else "合计",
                    sorted(of, key=lambda each: order[Measure(each.measure)]),
                )
                for unit, of in sorted(
                    cells.get(release.pk, {}).items(),
                    key=lambda each: (each[0] is None, each[0].name if each[0] else ""),
                )
            ],
        )
        for release in rows
    ]


def shown_of(rows: list[Row], today: date) -> disclosure.Shown:
    """Which of these may be published by the rules of that day."""
    return disclosure.choose(rows, limits_on(today))
