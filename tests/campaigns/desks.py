"""Whose act is next, as the app's own lists have it: the model and `proposals.pens` stand beside.

What waits for somebody is found by the very rows of the office's queues, the units' desks and the
deputy's page; each function answers with what is not so.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from congress.shared.actors import Actor
from proposals.models import Assignment, Objection, Proposal, Sheet
from proposals.pens import PENS, Pen
from proposals.permissions.submission import why_not_reword
from proposals.queries.countersigning import on_the_desk
from proposals.queries.deputies import Act, mine
from tests.campaigns.cases import OVER, Case

Desks = Mapping[int, set[str]]
"""By proposal: the lead, the office, the units, or nobody at all."""


def lie_on(offices: Iterable[Actor], clerks: Iterable[Actor], today: date) -> Desks:
    """Every proposal that one of these offices or units finds waiting."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    sheets = Sheet.objects.in_the_offices_hands(today)
    heard = Assignment.objects.filter(sheet__in=sheets, proposal__state="rehearsed").standing()
    against = Objection.objects.open().filter(assignment__proposal__state="rehearsed")
    rows = Proposal.objects.all()
    waiting = rows.to_review() | rows.to_assign() | rows.to_publish()
    of_office = [
        *(waiting.decided_by(each).values_list("pk", flat=True) for each in offices),
        heard.values_list("proposal", flat=True),
        against.values_list("assignment__proposal", flat=True),
    ]
    for pk in (pk for each in of_office for pk in each.order_by()):
        found[pk].add(Pen.OFFICE.value)
    for clerk in clerks:
        running = on_the_desk(clerk).answering().exclude(state="done")
        heard = Assignment.objects.handled_by(clerk).being_heard(today)
        for part in (running, heard):
            for pk in part.order_by().values_list("proposal", flat=True):
                found[pk].add(Pen.UNITS.value)
    return found


def of_lead(lead: Actor, today: date) -> set[int]:
    """What this deputy's own page offers to be mended, or changed while it gathers signatures."""
    return {
        line.proposal.pk
        for line in mine(lead, today)
        if any(each.act is Act.MEND for each in line.owed)
        or (line.leads and not why_not_reword(lead, line.proposal))
    }


def of_cases(
    cases: Sequence[Case],
    desks: Desks,
    own: tuple[int, Collection[int]],
    today: date,
    gone: Collection[int],
) -> Iterator[str]:
    """Each lies where the model has it, nowhere else; `own` is one deputy and what is theirs."""
    lead, offered = own
    for case in cases:
        expected, found = case.waits_for(today, gone), set(desks.get(case.pk, ()))
        if case.lead == lead:
            found |= {Pen.LEAD.value} if case.pk in offered else set()
        else:
            expected = expected - {Pen.LEAD.value}
        if found != expected:
            yield f"{case.state} {case.pk} waits for {found or 'nobody'}, known {expected}"
        yield from _by_the_table(case, found, today)


def _by_the_table(case: Case, found: set[str], today: date) -> Iterator[str]:
    """`PENS` names one of those with whom it lies; nobody, only of what is over."""
    pen = PENS[case.state]
    heard = case.paper and case.state == "rehearsed" and case.paper.is_heard_on(today)
    if (pen is Pen.NOBODY) != (case.state in OVER):
        yield f"{case.state} is with {pen}"
    lent = case.state == "returned" and Pen.OFFICE.value in found
    if found and not (heard or lent) and pen.value not in found:
        yield f"{case.state} {case.pk} lies with {found}, by the table with {pen}"
    if case.state == "merged" and case.into and case.into.state == "assigned":
        ways = {each.value for each in (pen, PENS[case.into.state])}
        if len(ways) > 1:
            yield f"{case.pk} is handled along and lies with {ways}"
