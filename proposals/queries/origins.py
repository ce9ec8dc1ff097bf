"""来龙去脉: which proposals are of one matter by what people said, and who reads what of it."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Q, Value

from congress.shared.actors import Actor
from proposals.models import Challenge, Lineage, Proposal, Recurrence, Reply, Resemblance
from proposals.models.reference import Result
from proposals.queries.counting import called, counted
from proposals.recurring import ONE_MATTER, UNCOUNTED, Likeness, matters
from proposals.states import State

AGAIN = "again"
"""What marks, in the one statement, a word that came from 已解决又被提出."""


class Said(NamedTuple):
    """What people have said of all pairs: one matter, told apart, or partly the same."""

    one_matter: list[tuple[int, int]]
    judged: dict[frozenset[int], str]


def said() -> Said:
    """In one statement. What the office said of two goes before what a writer said.

    认定是同一件 in 已解决又被提出 is such a word, too, unless the office has said another since.
    """
    told = Lineage.objects.order_by().values_list("proposal", "earlier", Value(""))
    rows = Recurrence.objects.order_by().values_list("later", "earlier", "kind")
    again = Challenge.objects.raised_again().order_by()
    solved = again.values_list("proposal", "reply__assignment__proposal", Value(AGAIN))
    union = rows.union(told, solved, all=True)
    found = sorted(union, key=lambda each: each[2] != AGAIN)
    judged = {
        frozenset((later, earlier)): Likeness.REPEAT if kind == AGAIN else kind
        for later, earlier, kind in found
        if kind
    }
    pairs = [
        (later, earlier)
        for later, earlier, kind in found
        if kind in ONE_MATTER
        or (kind == AGAIN and judged[frozenset((later, earlier))] == Likeness.REPEAT)
        or (not kind and frozenset((later, earlier)) not in judged)
    ]
    return Said(pairs, judged)


class Origin(NamedTuple):
    """来龙去脉, one line: when it was raised, what it is, and what became of it."""

    head: str
    number: str
    title: str
    words: str
    here: bool
    key: int | None
    """The row's number where the reader may open the reader's own page of it."""


def origins(proposal: Proposal, actor: Actor | None) -> list[Origin]:
    """Every time the matter was raised, the first on top; nothing when it was raised once.

    `actor` is None for the public: they read of public ones alone, and a class once published.
    """
    told = said()
    group = next((each for each in matters(told.one_matter) if proposal.pk in each), [proposal.pk])
    partly = {
        other
        for pair, kind in told.judged.items()
        if proposal.pk in pair and kind == Likeness.PARTLY
        for other in pair - {proposal.pk}
    } - set(group)
    if len(group) + len(partly) == 1:
        return []
    wanted = {*group, *partly}
    own = _visible(actor, wanted)
    rows = Proposal.objects.filter(pk__in=wanted).exclude(state__in=UNCOUNTED)
    public = set(
        Proposal.objects.open_to_public().filter(pk__in=wanted).values_list("pk", flat=True)
    )
    shown = rows.filter(Q(pk__in=own | public) | Q(pk=proposal.pk)).with_progress()
    lines = sorted(shown, key=lambda row: (row.submitted_on or date.max, row.pk))
    if len(lines) == 1:
        return []
    office = actor is not None and actor.in_an_office
    classes = _classes(lines, office=office)
    first = next((row.pk for row in lines if row.pk not in partly), None)
    return [
        Origin(
            _head(row, proposal, first, part=row.pk in partly),
            row.number,
            row.title if row.pk in own else row.public_title,
            _became(row, classes, office=office),
            row.pk == proposal.pk,
            row.pk if row.pk in own else None,
        )
        for row in lines
    ]


def _visible(actor: Actor | None, wanted: Collection[int]) -> set[int]:
    if actor is None:
        return set()
    return set(
        Proposal.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True)
    )


def _head(row: Proposal, here: Proposal, first: int | None, *, part: bool) -> str:
    year = f"{row.submitted_on.year} 年" if row.submitted_on else ""
    if part:
        return f"{year}有一件部分相同"
    if row.pk == here.pk:
        return f"{year}{'这一件' if row.pk == first else '再次提出，就是这一件'}"
    return f"{year}{'曾提出' if row.pk == first else '又提出'}"


def _became(row: Proposal, classes: Mapping[int, Result], *, office: bool) -> str:
    """The class of each answer that its reader may read; else where it stands."""
    results = [classes[each.pk] for each in answers_told(row, office=office)]
    told = dict.fromkeys(f"{code} 类：{name}" if code else name for code, name, _ in results)
    return "，".join(told) or row.state_to_deputies


def _classes(rows: Collection[Proposal], *, office: bool) -> Mapping[int, Result]:
    """As it counts now (0039), of every answer that is told of, in one statement."""
    told = [each.pk for row in rows for each in answers_told(row, office=office)]
    if not told:
        return {}
    found = counted(Reply.objects.filter(pk__in=told)).values_list("pk", "result_now")
    return {pk: called(now) for pk, now in found}


def answers_told(row: Proposal, *, office: bool) -> list[Reply]:
    """The newest to an office at once, to others what is before everybody."""
    handled = row.handled_publicly
    published = row.state == handled.state == State.PUBLISHED and not row.why_withheld
    if office:
        return handled.replies
    return handled.public_replies if published else []


class Repetition(NamedTuple):
    """How often the matter was raised before, in which years; and how many look alike, unjudged."""

    times: int
    years: tuple[int, ...]
    likely: int


def repetition_of(proposals: Collection[Proposal]) -> Mapping[int, Repetition]:
    """反复提 of each of these, for whoever weighs them: in a fixed number of statements."""
    told, wanted = said(), {row.pk for row in proposals}
    groups = {pk: group for group in matters(told.one_matter) for pk in group if pk in wanted}
    about = Q(one__in=wanted) | Q(other__in=wanted)
    likely: dict[int, int] = dict.fromkeys(wanted, 0)
    for pair in Resemblance.objects.filter(about).order_by().values_list("one", "other"):
        if frozenset(pair) not in told.judged:
            for pk in wanted.intersection(pair):
                likely[pk] += pair[0] not in groups.get(pk, ()) or pair[1] not in groups.get(pk, ())
    raised = _raised({pk for group in groups.values() for pk in group})
    found = {}
    for row in proposals:
        here = (row.submitted_on or date.max, row.pk)
        days = [raised[pk] for pk in groups.get(row.pk, ()) if pk in raised]
        before = [on for on, pk in days if (on, pk) < here]
        years = tuple(sorted({on.year for on in before}))
        found[row.pk] = Repetition(len(before), years, likely[row.pk])
    return found


def _raised(numbers: Collection[int]) -> dict[int, tuple[date, int]]:
    rows = Proposal.objects.filter(pk__in=numbers, submitted_on__isnull=False)
    days = rows.exclude(state__in=UNCOUNTED).order_by().values_list("pk", "submitted_on")
    return {pk: (on, pk) for pk, on in days if on}


def earlier_of(proposal: Proposal) -> list[Proposal]:
    """Those of the same matter that were raised before it, the first on top: what people said."""
    group = next((each for each in matters(said().one_matter) if proposal.pk in each), [])
    rows = Proposal.objects.filter(pk__in=group).exclude(state__in=UNCOUNTED)
    here = (proposal.submitted_on or date.max, proposal.pk)
    found = sorted(rows, key=lambda row: (row.submitted_on or date.max, row.pk))
    return [row for row in found if (row.submitted_on or date.max, row.pk) < here]
