"""统计: what the units have of the handled proposals, in a fixed number of statements."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, Q

from proposals.figures import Asked, Level, Objected, Promised, Share
from proposals.follow_states import PromiseState
from proposals.models import (
    Assignment,
    Extension,
    Meeting,
    Objection,
    Pause,
    Promise,
    Rehandling,
    Reply,
)
from proposals.models.reference import OutcomeClass
from proposals.models.upgrades import class_of, whole_class_of
from proposals.queries.clocks import Clock
from proposals.queries.follow import is_revoked
from proposals.states import ANSWERING, ExtensionState, ObjectionState


class Parts(NamedTuple):
    """What the handled proposals have, by their numbers."""

    shares: Mapping[int, list[Share]]
    helpers: Mapping[int, set[int]]
    objections: Mapping[int, list[Objected]]
    asks: Mapping[int, Mapping[int, list[Asked]]]
    """By the ask's own proposal, and within it by unit: a merged one's answers are its own."""


def parts_of(handled: Collection[int], timing: Clock) -> Parts:
    given = Assignment.objects.standing().filter(proposal__in=handled, assigned_on__isnull=False)
    rows = list(
        given.order_by("position").values_list(
            *("pk", "proposal", "unit", "role", "assigned_on", "due_on", "done_on"), named=True
        )
    )
    own = [row.pk for row in rows if row.role in ANSWERING]
    answers = _answers(own)
    facts = _facts(own, timing.today)
    shares: dict[int, list[Share]] = defaultdict(list)
    helpers: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.role in ANSWERING:
            shares[row.proposal].append(_share(row, answers.get(row.pk), facts, timing))
        else:
            helpers[row.proposal].add(row.unit)
    asks: dict[int, dict[int, list[Asked]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for proposal, asked in _asks(answers.get(row.pk)):
            asks[proposal][row.unit].append(asked)
    objections: dict[int, list[Objected]] = defaultdict(list)
    said = Objection.objects.that_count().filter(assignment__proposal__in=handled).order_by("pk")
    for proposal, unit, state in said.values_list(
        "assignment__proposal", "assignment__unit", "state"
    ):
        objections[proposal].append(Objected(unit, state == ObjectionState.UPHELD))
    return Parts(shares, helpers, objections, asks)


class Facts(NamedTuple):
    """What is known of the parts besides their rows and answers."""

    met: Mapping[int, set[str]]
    extended: Collection[int]
    paused: Collection[int]
    still: Collection[int]
    rounds: Mapping[int, int]
    steps: Mapping[int, list[Promised]]


def _facts(own: Collection[int], today: date) -> Facts:
    of = {"assignment__in": own}
    met: dict[int, set[str]] = defaultdict(set)
    held = Meeting.objects.held().filter(confirmed_at__isnull=False, **of)
    for part, stage in held.values_list("assignment", "stage"):
        met[part].add(stage)
    granted = Extension.objects.filter(state=ExtensionState.GRANTED, **of)
    pauses = Pause.objects.filter(**of).filter(Q(until_on=None) | Q(until_on__gt=F("from_on")))
    stood = list(pauses.values_list("assignment", "until_on"))
    steps: dict[int, list[Promised]] = defaultdict(list)
    promised = Promise.objects.standing().filter(reply__assignment__in=own)
    for part, words, due_on, state in promised.values_list(
        "reply__assignment", "words", "due_on", "state"
    ):
        missed = state == PromiseState.MISSED or (state == PromiseState.DUE and due_on < today)
        said = f"{due_on.year} 年 {due_on.month} 月 {due_on.day} 日前：{words}"
        steps[part].append(Promised(said, state == PromiseState.CONFIRMED, missed))
    return Facts(
        met,
        set(granted.values_list("assignment", flat=True)),
        {part for part, _ in stood},
        {part for part, until_on in stood if until_on is None},
        Counter(Rehandling.objects.standing().filter(**of).values_list("assignment", flat=True)),
        steps,
    )


def _answers(own: Collection[int]) -> Mapping[int, Reply]:
    """The newest version of each part, with all that says which class it has now."""
    rows = (
        Reply.objects.standing()
        .filter(assignment__in=own)
        .select_related("outcome")
        .defer("text")
        .prefetch_related("answers__outcome", "answers__ask", "upgrades__becomes", "challenges")
    )
    return {each.assignment_id: each for each in rows}


def _share(row: Any, reply: Reply | None, facts: Facts, timing: Clock) -> Share:
    still = row.pk in facts.still
    light = "done" if row.done_on else "paused" if still else timing.light(row.due_on).kind
    return Share(
        row.unit,
        row.assigned_on,
        row.due_on,
        row.done_on,
        light,
        _level(reply.outcome) if reply else None,
        _level(whole_class_of(reply)) if reply else None,
        bool(reply and is_revoked(reply)),
        frozenset(facts.met.get(row.pk, ())),
        row.pk in facts.extended,
        row.pk in facts.paused,
        facts.rounds.get(row.pk, 0),
        (),
        tuple(facts.steps.get(row.pk, ())),
    )


def _level(outcome: OutcomeClass) -> Level:
    return Level(outcome.position, outcome.meaning)


def _asks(reply: Reply | None) -> list[tuple[int, Asked]]:
    """Each ask that was answered, by its own proposal; 撤销 leaves none of them solved."""
    if reply is None:
        return []
    revoked, found = is_revoked(reply), sorted(reply.answers.all(), key=lambda a: a.ask.position)
    return [
        (
            each.ask.proposal_id,
            Asked(
                f"第 {each.ask.position} 条：{each.ask.text}",
                "" if revoked else class_of(reply, each.ask_id).meaning,
            ),
        )
        for each in found
    ]
