"""当面协商 that wait for the office: both sides to convene, and what was agreed to write down."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from congress.shared.actors import Actor
from proposals.models import Convening, Proposal, Rating, Rehandling, Reply
from proposals.permissions.convening import Rated, why_not_convene
from proposals.rating_states import ConveningState, RehandlingState

_CONTENT: set[str] = set()
"""承诺值 of ballots of released answers that are not 不满意: each is opened once by a process.

In memory alone, since no column may say how anything was rated. What opened is never void, and what
is given anew has a 承诺值 of its own.
"""


def to_convene(by: Actor, today: date) -> list[Rehandling]:
    """召集双方: orders of this office's whose further answer was rated 不满意, the oldest first.

    What is sealed cannot be asked of the database: of the released answers to orders that nobody
    was convened for, each is opened. An order goes out by hand, so they are few.
    """
    rows = _released(by, today)
    bad = _unsatisfied(by, rows)
    if not bad:
        return []
    session = "assignment__proposal__session__term__assembly"
    found = (
        rows.filter(answer__in=bad)
        .select_related("answer__released_in__release", f"{session}__level", f"{session}__area")
        .prefetch_related("convenings", "assignment__rehandlings", "answer__rating_windows")
        .order_by("answer__replied_on", "pk")
    )
    return [each for each in found if not why_not_convene(by, each, today, Rated(bad, set()))]


def _released(by: Actor, today: date) -> QuerySet[Rehandling]:
    """Whose answer's figures are out, that nobody was convened for and no order followed."""
    told = Reply.objects.window_closed(today).filter(released_in__isnull=False)
    again = Rehandling.objects.exclude(state=RehandlingState.TAKEN_BACK).filter(
        assignment=OuterRef("assignment"), round__gt=OuterRef("round")
    )
    called = Convening.objects.exclude(state=ConveningState.CALLED_OFF)
    rows = _of_the_office(by).filter(state=RehandlingState.ANSWERED, answer__in=told)
    return rows.filter(~Exists(again), ~Exists(called.filter(rehandling=OuterRef("pk"))))


def _unsatisfied(by: Actor, rows: QuerySet[Rehandling]) -> set[int]:
    """The answers of these that were rated 不满意; of one that does not open nobody knows."""
    last = Rating.objects.visible_to(by).filter(reply__in=rows.values("answer")).latest_each()
    read = [(each, each.legible) for each in last if each.commitment not in _CONTENT]
    _CONTENT.update(each.commitment for each, said in read if said and not said.unsatisfied)
    return {each.reply_id for each, said in read if said and said.unsatisfied}


def released_on(row: Rehandling) -> date:
    """Since when both sides of one that waits may be convened: its answer's figures are out."""
    assert row.answer is not None  # noqa: S101  # rehandling_answered_has_its_reply
    return row.answer.released_in.release.released_on


def to_record(by: Actor, today: date) -> QuerySet[Convening]:
    """记录结果: its day has come and nobody has written down yet what was agreed."""
    rows = Convening.objects.called().filter(meets_on__lte=today)
    return rows.filter(rehandling__in=_of_the_office(by))


def _of_the_office(by: Actor) -> QuerySet[Rehandling]:
    return Rehandling.objects.filter(assignment__proposal__in=Proposal.objects.decided_by(by))
