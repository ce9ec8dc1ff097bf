"""一件公开的建议: what everybody may know of it. The reply and its class only once published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Prefetch

from congress.shared.personal_numbers import masked
from proposals.events import EVENTS
from proposals.models import Assignment, Proposal, Reply
from proposals.models.numbers import WITH_CONGRESS
from proposals.queries import anew
from proposals.queries.clocks import Clock, DayReason, Light, day
from proposals.queries.follow import became, counts_now
from proposals.queries.origins import Origin, origins
from proposals.queries.progress import UNSURE, WITHHELD, Stop, stops
from proposals.queries.public_follow import Again, PublicFollow, public_follow, raised_before
from proposals.queries.public_keys import PublicKey, public_keys
from proposals.queries.public_now import afterwards, public_situation, reply_withheld
from proposals.queries.public_stage import STOPS
from proposals.queries.terms import DueDays
from proposals.queries.timeline import timeline
from proposals.states import State

AHEAD_SHOWN = 2
FIRST = "首次答复"
SILENT = (UNSURE, WITHHELD)
"""Of these stops nothing is foretold."""
SEALS = {event.word: event.seal for event in EVENTS.values()}


class Event(NamedTuple):
    """One line of 办理经过."""

    when: str
    weekday: str
    seal: str
    colour: str
    title: str
    words: str


@dataclass(frozen=True)
class Handler:
    """A unit that answers or assists, with its deadline."""

    role: str
    unit: str
    unit_pk: int
    due: str
    leads: bool
    light: Light | None
    words: str


class Former(NamedTuple):
    """以前的答复: one version that everybody could read before, with its class as signed."""

    version: int
    letter: int
    when: str
    outcome: str
    outcome_name: str
    outcome_meaning: str


class Answered(NamedTuple):
    """答复 of one unit, in the version that stands: the class that counts now.

    `became` says of which class the letter was, where that is another.
    """

    unit: str
    words: str
    letter: int
    file_number: str
    when: str
    outcome: str
    outcome_name: str
    outcome_meaning: str
    became: str
    formers: tuple[Former, ...]


@dataclass(frozen=True)
class Page:
    """Everything the public page of one proposal says."""

    number: str
    title: str
    kind: str
    session: str
    office: str
    lead: str
    lead_code: str
    delegation: str
    signatures: tuple[str, ...]
    year: int
    light: Light | None
    state: str
    stops: tuple[Stop, ...]
    step: str
    now: str
    facts: str
    request: str
    handlers: tuple[Handler, ...]
    due: str
    why: tuple[DayReason, ...]
    future: tuple[Event, ...]
    events: tuple[Event, ...]
    replies: tuple[Answered, ...]
    follows: tuple[PublicFollow, ...]
    raises: tuple[Again, ...]
    withheld: str
    origins: tuple[Origin, ...]
    keys: tuple[PublicKey, ...]
    carried: tuple[str, ...]


def find(number: str) -> Proposal | None:
    """The public proposal of this number with all its page needs; None when there is none."""
    replies = Reply.objects.select_related("outcome")
    hands = Assignment.objects.select_related("unit").prefetch_related(
        "meetings", "waivers", "pauses", Prefetch("replies", replies)
    )
    rows = Proposal.objects.open_to_public().select_related("lead", "delegation", *WITH_CONGRESS)
    signed = Prefetch("cosignatures__deputy")
    found = rows.prefetch_related(Prefetch("assignments", hands), "cosignatures", signed)
    return found.filter(number=number).first() if number else None


def page(proposal: Proposal, today: date) -> Page:
    """The page, ready to print."""
    clock, handled = Clock.on(today), proposal.handled_publicly
    track = stops(proposal, today, handled=handled)
    out = proposal.state == handled.state == State.PUBLISHED
    at = next((n for n, stop in enumerate(track, 1) if stop.state == "now"), 0)
    step = f"第 {at} 步，{STOPS[at - 1]}" if at else ""
    hands, orders = handled.parts, anew.of_public(proposal)
    again = anew.still_open(orders)
    done = anew.answered_openly(handled) if out else {}
    last = again or list(done.values())
    follows = public_follow(handled.public_replies, clock) if out else ()
    return Page(
        number=proposal.number,
        title=proposal.public_title,
        kind=proposal.get_kind_display(),
        session=proposal.session.full_name,
        office=proposal.session.office,
        lead=proposal.lead.name,
        lead_code=proposal.lead.code,
        delegation=proposal.delegation.name if proposal.delegation else "",
        signatures=tuple(each.deputy.name for each in proposal.signatures),
        year=(proposal.submitted_on or today).year,
        light=anew.light_of(again, clock) or _light(proposal, handled, done, clock),
        state=proposal.state_to_deputies,
        stops=tuple(track),
        step="重新办理" if orders else step,
        now=public_situation(proposal, today, orders, afterwards(follows)),
        facts=masked(proposal.facts),
        request=masked(proposal.request),
        handlers=tuple(_handler(each, again, done, clock) for each in hands),
        due=_due(handled, last, today),
        why=_why(proposal, last, DueDays(clock.works, named=False), today),
        future=_future(track),
        events=tuple(
            Event(each.when, each.weekday, each.seal, each.colour, each.title, each.words)
            for each in timeline(proposal, None, today)
        ),
        replies=tuple(_answered(each, today) for each in handled.public_replies if out),
        follows=follows,
        raises=raised_before(proposal, today),
        withheld=masked(reply_withheld(proposal)),
        origins=tuple(origins(proposal, None)),
        keys=public_keys(proposal, today),
        carried=tuple(each.mark for each in proposal.carried.told_openly().newest_first()),
    )


def _answered(reply: Reply, today: date) -> Answered:
    now = counts_now(reply)
    return Answered(
        unit=reply.assignment.unit.name,
        words=masked(reply.text),
        letter=reply.pk,
        file_number=masked(reply.file_number),
        when=day(reply.replied_on, today),
        outcome=now.code,
        outcome_name=now.name,
        outcome_meaning=now.meaning,
        became=became(reply),
        formers=tuple(_former(each, today) for each in reply.assignment.once_public),
    )


def _former(reply: Reply, today: date) -> Former:
    return Former(reply.version, reply.pk, day(reply.replied_on, today), *reply.result)


def _light(
    proposal: Proposal, handled: Proposal, done: anew.Answered, clock: Clock
) -> Light | None:
    """While somebody's time runs, how much is left; afterwards, whether it was enough.

    按期 is each answering unit by its own day, and the one that was late is what shows.
    """
    if not proposal.answered_on:
        return clock.light_on(proposal)
    parts = [each for each in handled.parts if each.answers and each.done_on]
    last = sorted(parts, key=lambda each: _answered_on(each, done) or clock.today, reverse=True)
    lights = [_light_then(each, done, clock) for each in last]
    return next((each for each in lights if each and each.kind == "late"), next(iter(lights), None))


def _answered_on(part: Assignment, done: anew.Answered) -> date | None:
    order = done.get(part.pk)
    return order.answer.replied_on if order and order.answer else part.done_on


def _light_then(part: Assignment, done: anew.Answered, clock: Clock) -> Light | None:
    """Of the newest answer that had a day; of the first one named, where one without is shown."""
    order, answered = done.get(part.pk), _answered_on(part, done)
    due = order.due_on if order else part.due_on
    if due is None or answered is None:
        return None
    shown = part.public_reply
    what = FIRST if shown and shown.version > 1 and not order else "答复"
    said, when = "重新办理，" if order else "", day(answered, clock.today)
    if answered <= due:
        return Light("ok", f"{said}{when}{what if what == FIRST else f'已{what}'}")
    late = Clock(answered, clock.works, clock.near).light(due)
    return Light("late", f"{said}{late.words}，{when}才{what}")


def _handler(
    assignment: Assignment, orders: anew.Orders, done: anew.Answered, clock: Clock
) -> Handler:
    leads = assignment.answers
    own = [each for each in orders if each.assignment_id == assignment.pk]
    due, answered = day(assignment.due_on, clock.today), assignment.done_on
    words = f"应在 {due}前答复" if leads else f"协助主办单位，{due}前办完"
    if leads and answered:
        words = f"应在 {due}前，{day(answered, clock.today)}答复"
    if order := done.get(assignment.pk):
        again = f"{day(_answered_on(assignment, done), clock.today)}再答复"
        words = f"{words}；重新办理，应在 {day(order.due_on, clock.today)}前，{again}"
    for each in own:
        words = f"{words}；重新办理，应在 {day(each.due_on, clock.today)}前再答复"
    return Handler(
        role=assignment.get_role_display(),
        unit=assignment.unit.name,
        unit_pk=assignment.unit_id,
        due=due,
        leads=leads,
        light=anew.light_of(own, clock) or _own_light(assignment, done, clock),
        words=words,
    )


def _own_light(part: Assignment, done: anew.Answered, clock: Clock) -> Light | None:
    """By the clock of this unit alone; who helps has one only while it runs."""
    if part.answers and part.done_on:
        return _light_then(part, done, clock)
    return clock.light_of(part) if part.is_running else None


def _due(handled: Proposal, orders: anew.Orders, today: date) -> str:
    """The last day that counts now."""
    return day(orders[0].due_on if orders else handled.due_on, today)


def _why(
    proposal: Proposal, orders: anew.Orders, due_days: DueDays, today: date
) -> tuple[DayReason, ...]:
    if orders:
        return tuple(anew.why(orders[0], today))
    assignment = proposal.handled_publicly.lead_assignment
    if assignment is None:
        return ()
    return tuple(due_days.why(assignment))


def _future(track: Iterable[Stop]) -> tuple[Event, ...]:
    """The next stops, dashed, the furthest on top; a meeting that one side claims is told below."""
    open_stops = [stop for stop in track if stop.state != "done" and stop.when not in SILENT]
    ahead = open_stops[:AHEAD_SHOWN]
    words = {"评价": "领衔代表分别评价办理态度和办理结果，背靠背进行", "公开": "答复全文在本页公开"}
    return tuple(
        Event(stop.when, "", SEALS[stop.label], "", stop.label, words.get(stop.label, ""))
        for stop in reversed(ahead)
    )
