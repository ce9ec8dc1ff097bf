"""公告: what changed since the last one, told with the numbers before and after."""

from datetime import date

from django.db import transaction

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Assembly, Term
from congress.shared.workflow import lock, move_all, record, refuse_if
from deputies.models import Announcement, Mandate, SeatChange
from deputies.permissions.seats import why_not_announce
from deputies.states import ENDS, ChangeKind, ChangeState


@transaction.atomic
def announce(term: Term, *, announced_on: date, body: str, by: Actor, today: date) -> Announcement:
    """公告: every change waiting in this term stands in one numbered paper (代表法第六十三条).

    Numbers run through the year of the congress without a gap: the congress is locked for it. The
    term is locked as every verb on its seats locks it: what is told is what is counted.
    """
    assembly = lock(term.assembly)
    term = lock(term)
    refuse_if(why_not_announce(by, term, announced_on=announced_on, today=today))
    changes = list(
        SeatChange.objects.to_announce().of_term(term).select_for_update(of=("self",), no_key=True)
    )
    after = Mandate.objects.running(announced_on).filter(term=term).count()
    ended = sum(change.kind in ENDS for change in changes)
    elected = sum(change.kind == ChangeKind.ELECTED for change in changes)
    assert by.user is not None, "staff are people"  # noqa: S101  # told to mypy: why_not_announce has seen to it
    paper = Announcement.objects.create(
        assembly=assembly,
        term=term,
        year=announced_on.year,
        number=_next_number(assembly, announced_on.year),
        announced_on=announced_on,
        body=body,
        seats=term.seats,
        before=after + ended - elected,
        after=after,
        announced_by=by.user,
        announced_at=clock.now(),
    )
    move_all(changes, ChangeState.ANNOUNCED, by=by, announcement=paper)
    record(paper, "announced", by=by, note=f"{paper}：{len(changes)} 项变动")
    return paper


def _next_number(assembly: Assembly, year: int) -> int:
    return Announcement.objects.last_number(assembly, year) + 1
