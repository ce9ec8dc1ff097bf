"""催办 after the reply: steps that come due, and questions of 重点督办 that nobody has answered.

What a person has been told is known from the day of their last digest: whatever had reached its
distance by then stood in it. So a missed day loses nothing, and no row is kept for each line.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Max

from congress.shared.models import Notice, User
from congress.shared.roles import Role
from proposals.follow_states import PromiseState
from proposals.models import Assignment, Promise, Question
from proposals.queries.clocks import day
from proposals.queries.people import of_office
from proposals.queries.reminding import HEADS_TOO, Distances, posts_by_unit
from proposals.states import Distance
from proposals.titles import named, short

KEY = "proposal.owed:"
"""With the day behind it: one digest for each person and day."""
NAMED = 3
"""How many one digest names; the rest stand on the page that it leads to."""
QUOTED = 30
"""The words of a longer step stand on its page alone."""


class Owing(NamedTuple):
    """One thing that a unit owes: its last day, since when it is known, and how it is called."""

    part: Assignment
    due_on: date
    known_on: date
    words: str
    question: Question | None = None


class Told(NamedTuple):
    """One line of somebody's digest."""

    person: User
    of_unit: bool
    owing: Owing
    distance: Distance


def due_digests(today: date) -> Mapping[int, list[Told]]:
    """By person, what their last digest did not hold yet, the most urgent first."""
    distances, last = Distances.on(today), _last_digests()
    posts = posts_by_unit(today)
    office = of_office(today)
    found: dict[int, list[Told]] = defaultdict(list)
    for owing in sorted(_owings(), key=lambda each: (each.due_on, each.part.pk)):
        distance = distances.of(owing.due_on)
        if distance is None or (owing.question is None and owing.due_on < today):
            continue  # a missed step is looked back at, and its unit is told of that
        for person, of_unit in _people(owing, distance, posts, office):
            before = last.get(person.pk)
            if before == today or _had(owing, distance, before, distances):
                continue
            found[person.pk].append(Told(person, of_unit, owing, distance))
    return found


def _had(owing: Owing, distance: Distance, before: date | None, now: Distances) -> bool:
    """Whether the digest of that day told of this very distance."""
    if before is None or before < owing.known_on:
        return False
    return now.as_of(before).of(owing.due_on) == distance


def _last_digests() -> dict[int, date]:
    rows = Notice.objects.filter(key__startswith=KEY).values_list("person")
    days = rows.annotate(last=Max("key")).order_by()
    return {person: date.fromisoformat(key.removeprefix(KEY)) for person, key in days}


def _owings() -> Iterable[Owing]:
    steps = Promise.objects.standing().filter(state=PromiseState.DUE)
    for step in steps.select_related("reply__assignment__unit", "reply__assignment__proposal"):
        said = f"“{step.words}”" if len(step.words) <= QUOTED else ""
        words = f"承诺第 {step.position} 步{said}"
        yield Owing(step.assignment, step.due_on, step.reply.replied_on, words)
    asked = Question.objects.waiting().select_related(
        "unit", "supervision__proposal", "supervision__leader"
    )
    for question in asked:
        part = question.supervision.part
        if part and question.due_on and question.asked_on:
            words = f"重点督办“{question.get_stage_display()}”"
            yield Owing(part, question.due_on, question.asked_on, words, question)


def _people(
    owing: Owing,
    distance: Distance,
    posts: Mapping[tuple[int, Role], list[User]],
    office: list[User],
) -> list[tuple[User, bool]]:
    """Who handles it, else the clerks, else the head; the head too when it is urgent.

    Of a late answer the office and the leader whose list it is on.
    """
    asked, part = owing.question, owing.part
    unit = asked.unit_id if asked and asked.unit_id else part.unit_id
    clerks, heads = posts.get((unit, Role.UNIT_CLERK), []), posts.get((unit, Role.UNIT_HEAD), [])
    named = [each for each in (*clerks, *heads) if each.pk == part.handler_id]
    told = {each.pk: (each, True) for each in named or clerks or heads}
    if distance in HEADS_TOO:
        told |= {each.pk: (each, True) for each in heads}
    if asked and distance in (Distance.LATE, Distance.ESCALATED):
        leader = asked.supervision.leader
        above = [*office, *([leader] if leader else [])]
        told = {each.pk: (each, False) for each in above} | told
    return list(told.values())


def digest(lines: list[Told], today: date) -> str:
    """临近 2 件、超期 1 件：“…”承诺第 1 步，6 月 1 日前。 The most urgent by name."""
    counts: dict[str, int] = defaultdict(int)
    for each in lines:
        late = each.distance == Distance.ESCALATED
        counts[(Distance.LATE if late else each.distance).label] += 1
    words = "、".join(f"{label} {count} 件" for label, count in counts.items())
    names, many = [_named(each, today) for each in lines], f"等 {len(lines)} 件"
    return named(f"承诺、三问提醒：{words}。", names, most=NAMED, between="；", many=many)


def _named(line: Told, today: date) -> str:
    part, unit = line.owing.part, "" if line.of_unit else f"（{line.owing.part.unit.short_name}）"
    until, title = day(line.owing.due_on, today), short(part.proposal.title)
    return f"{part.proposal.number}“{title}”{unit}{line.owing.words}，{until}前"
