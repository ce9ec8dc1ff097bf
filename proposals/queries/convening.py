"""当面协商 that wait for the office: both sides to convene, and what was agreed to write down."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from congress.shared.actors import Actor
from proposals.models import Convening, Proposal, Rehandling, Reply
from proposals.permissions.convening import rated_again, why_not_convene
from proposals.rating_states import ConveningState, RehandlingState


def to_convene(by: Actor, today: date) -> list[Rehandling]:
    """召集双方: orders of this office's whose further answer was rated 不满意, the oldest first.

    What is sealed cannot be asked of the database: of the released answers to orders that nobody
    was convened for, each is opened. An order goes out by hand, so they are few.
    """
    told = Reply.objects.window_closed(today).filter(released_in__isnull=False)
    again = Rehandling.objects.exclude(state=RehandlingState.TAKEN_BACK).filter(
        assignment=OuterRef("assignment"), round__gt=OuterRef("round")
    )
    called = Convening.objects.exclude(state=ConveningState.CALLED_OFF)
    session = "assignment__proposal__session__term__assembly"
    rows = (
        _of_the_office(by)
        .filter(~Exists(again), ~Exists(called.filter(rehandling=OuterRef("pk"))), answer__in=told)
        .select_related("answer__released_in__release", f"{session}__level", f"{session}__area")
        .prefetch_related("convenings", "assignment__rehandlings", "answer__rating_windows")
        .order_by("answer__replied_on", "pk")
    )
    found = list(rows.filter(state=RehandlingState.ANSWERED))
    rated = rated_again(by, [each.answer_id for each in found])
    return [each for each in found if not why_not_convene(by, each, today, rated)]


def to_record(by: Actor, today: date) -> QuerySet[Convening]:
    """记录结果: its day has come and nobody has written down yet what was agreed."""
    rows = Convening.objects.called().filter(meets_on__lte=today)
    return rows.filter(rehandling__in=_of_the_office(by))


def _of_the_office(by: Actor) -> QuerySet[Rehandling]:
    return Rehandling.objects.filter(assignment__proposal__in=Proposal.objects.decided_by(by))
