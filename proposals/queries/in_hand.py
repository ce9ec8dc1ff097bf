"""办理进度: what an office has handed over, each with its light, until it is answered and after."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from congress.shared.actors import Actor
from proposals.models import Assignment, Proposal
from proposals.queries.clocks import Clock, Light, day
from proposals.queries.contact import ContactDays
from proposals.states import ANSWERED, HANDED_OVER, Part, State

KINDS = (
    *(("late", "超期"), ("soon", "临近"), ("ok", "按期"), ("paused", "暂停")),
    ("done", "已答复"),
)


class Line(NamedTuple):
    """One proposal: the light of the answer that presses, and whatever else is late."""

    proposal: Proposal
    kind: str
    light: Light | None
    also: list[tuple[Light, str]]
    due: str
    units: str


class Count(NamedTuple):
    """One filter and how many it would show."""

    key: str
    word: str
    many: int


def lines(actor: Actor, today: date) -> list[Line]:
    """What this office decides and has handed over: what is late first, what is done last."""
    handed = (State.MERGED, *HANDED_OVER)
    rows = Proposal.objects.decided_by(actor).filter(state__in=handed).with_progress()
    timing, order = Clock.on(today), [key for key, _ in KINDS]
    contacts = ContactDays(timing.works)
    found = [_line(row, timing, contacts) for row in rows.by_deadline()]
    return sorted(found, key=lambda line: order.index(line.kind))


def counts(found: Sequence[Line]) -> list[Count]:
    """Each filter with its number, a zero said."""
    kinds = [line.kind for line in found]
    return [Count(key, word, kinds.count(key)) for key, word in KINDS]


def also_late(row: Proposal, timing: Clock, contacts: ContactDays) -> list[tuple[Light, str]]:
    """What the light of the answer does not show: late opinions and late first contacts."""
    found = [
        (timing.light_of(each), f" {each.get_role_display()} {each.unit.short_name}")
        for each in timing.late_helpers(row)
    ]
    first = ((contacts.of(each), each.unit.short_name) for each in row.parts)
    late = ((last, unit) for last, unit in first if last and last < timing.today)
    return found + [(timing.light(last), f" 首次联系 {unit}") for last, unit in late]


def _line(row: Proposal, timing: Clock, contacts: ContactDays) -> Line:
    handled = row.handled_as
    light, due_on = timing.light_on(handled), handled.due_on
    helpers = bool(timing.late_helpers(handled))
    kind = "late" if helpers else light.kind if light else "done"
    units = "，".join(_who(each) for each in handled.parts)
    waits = due_on and row.state not in ANSWERED
    return Line(
        row,
        kind,
        light,
        also_late(row, timing, contacts),
        f"{day(due_on, timing.today)}前" if waits else "",
        units,
    )


def _who(part: Assignment) -> str:
    disputed = "（有异议，等代工委答复）" if part.state == Part.OBJECTED else ""
    return f"{part.get_role_display()} {part.unit.short_name}{disputed}"
