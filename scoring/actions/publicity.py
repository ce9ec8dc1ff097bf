"""公示结束: the results stand, and everybody's file is sealed."""

from datetime import date

from django.db import transaction

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.workflow import lock, move, refuse_if
from scoring.models import ReviewCycle
from scoring.permissions.publicity import why_not_finalise
from scoring.states import CycleState


@transaction.atomic
def finalise(cycle: ReviewCycle, *, by: Actor, today: date) -> ReviewCycle:
    """通报: publicity is over, the results stand, and the yearly run seals the files."""
    cycle = lock(cycle)
    refuse_if(why_not_finalise(by, cycle, today))
    return move(cycle, CycleState.FINAL, by=by, final_by=by.user, final_at=clock.now())
