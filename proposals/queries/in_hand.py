"""办理进度: what an office has handed over, each with its light, until it is answered and after."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from congress.shared.actors import Actor
from proposals.models import Assignment, CarriedProposal, Proposal, Rehandling
from proposals.queries import anew
from proposals.queries.carrying import marks_among
from proposals.queries.clocks import LIGHTS, Clock, Light, day
from proposals.queries.contact import ContactDays
from proposals.states import ANSWERED, HANDED_OVER, Part, State

KINDS = (*LIGHTS, ("done", "已答复"))
"""In the order of the list."""
Rows = QuerySet[Any, Any]
"""Proposals with `handled` and `place`, which the type checker cannot know."""
PLACES = {key: place for place, (key, _) in enumerate(KINDS)}


class Line(NamedTuple):
    """One proposal: the light of the answer that presses, and whatever else is late."""

    proposal: Proposal
    kind: str
    light: Light | None
    also: list[tuple[Light, str]]
    due: str
    units: str
    carried: str


class Tally(NamedTuple):
    """One filter and how many it would show."""

    key: str
    word: str
    many: int


def handed_over(actor: Actor, timing: Clock, *kinds: str, carried: bool = False) -> Rows:
    """What this office decides and has handed over, of all kinds or of these.

    What is late comes first, what is done last; nothing of a row is loaded before it is shown.
    """
    rows = (
        Proposal.objects.decided_by(actor)
        .with_progress()
        .filter(
            Q(state__in=HANDED_OVER) | Q(state=State.MERGED, merged_into__state__in=HANDED_OVER)
        )
    )
    rows = rows.annotate(handled=Coalesce("merged_into", "pk"))
    found: Rows = rows.annotate(place=_place(timing)).by_deadline("place")
    if carried:
        handed_on = CarriedProposal.objects.standing().filter(proposal=OuterRef("pk"))
        found = found.filter(Exists(handed_on))
    if kinds:
        found = found.filter(place__in=[PLACES[kind] for kind in kinds])
    return found


def lines(rows: Iterable[Proposal], timing: Clock) -> list[Line]:
    """These of `handed_over` as the list shows them, in their order."""
    shown, contacts = list(rows), ContactDays(timing.works)
    marks, orders = marks_among([row.pk for row in shown]), _open_orders(shown, timing)
    return [
        _line(*(row, timing, contacts, marks.get(row.pk, "")), orders.get(row.handled_as.pk, []))
        for row in shown
    ]


def _open_orders(rows: list[Proposal], timing: Clock) -> dict[int, list[tuple[Light, str]]]:
    """重新办理 of these, in one statement: by proposal the light with unit and day."""
    return {
        pk: [(timing.light(each.due_on), _ordered(each, timing)) for each in orders]
        for pk, orders in anew.running(rows).items()
    }


def _ordered(order: Rehandling, timing: Clock) -> str:
    unit = order.assignment.unit.short_name
    return f" 重新办理 {unit}，{day(order.due_on, timing.today)}前"


def counts(actor: Actor, timing: Clock) -> list[Tally]:
    """Each filter with its number, a zero said."""
    rows = handed_over(actor, timing).order_by("place").values_list("place")
    many = dict(rows.annotate(Count("pk")))
    return [Tally(key, word, many.get(PLACES[key], 0)) for key, word in KINDS]


def _place(timing: Clock) -> Case:
    """Among `KINDS`, in the database's words: the same days as the lights.

    重新办理: what was answered has the clock of the order that is open.
    """
    parts = Assignment.objects.filter(proposal=OuterRef("handled"))
    orders = Rehandling.objects.open().filter(assignment__proposal=OuterRef("handled"))
    again = (
        ("late", Exists(orders.filter(due_on__lt=timing.today))),
        ("soon", Exists(orders.filter(due_on__lt=timing.beyond))),
        ("ok", Exists(orders)),
    )
    owing, moving = parts.owing(), parts.owing().moving()
    kinds = (
        ("late", Exists(parts.overdue(timing.today))),
        ("soon", Exists(moving.filter(due_on__lt=timing.beyond))),
        ("ok", Exists(moving)),
        ("paused", Exists(owing)),
    )
    running = Q(merged_into=None, state=State.ASSIGNED) | Q(merged_into__state=State.ASSIGNED)
    return Case(
        *(When(~running & Q(found), then=Value(PLACES[kind])) for kind, found in again),
        When(~running, then=Value(PLACES["done"])),
        *(When(found, then=Value(PLACES[kind])) for kind, found in kinds),
        default=Value(PLACES["done"]),
        output_field=IntegerField(),
    )


def also_late(row: Proposal, timing: Clock, contacts: ContactDays) -> list[tuple[Light, str]]:
    """What the light of the answer does not show: late opinions and late first contacts."""
    found = [
        (timing.light_of(each), f" {each.get_role_display()} {each.unit.short_name}")
        for each in timing.late_helpers(row)
    ]
    first = ((contacts.of(each), each.unit.short_name) for each in row.parts)
    late = ((last, unit) for last, unit in first if last and last < timing.today)
    return found + [(timing.light(last), f" 首次联系 {unit}") for last, unit in late]


def _line(
    row: Any, timing: Clock, contacts: ContactDays, carried: str, orders: list[tuple[Light, str]]
) -> Line:
    handled = row.handled_as
    waits = handled.due_on and row.state not in ANSWERED
    return Line(
        row,
        KINDS[row.place][0],
        timing.light_on(handled),
        orders + also_late(row, timing, contacts),
        f"{day(handled.due_on, timing.today)}前" if waits else "",
        "，".join(_who(each) for each in handled.parts),
        carried,
    )


def _who(part: Assignment) -> str:
    disputed = "（有异议，等代工委答复）" if part.state == Part.OBJECTED else ""
    return f"{part.get_role_display()} {part.unit.short_name}{disputed}"
