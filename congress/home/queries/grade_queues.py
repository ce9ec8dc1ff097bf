"""公示异议、等次更正: what waits for the director's answer, and what for a second person."""

from datetime import date

from django.urls import reverse

from congress.home.queries.queue import Queue, aged
from congress.shared.actors import Actor
from congress.shared.calendar import Works
from scoring.models import GradeAmendment, GradeObjection


def grade_queues(by: Actor, today: date, works: Works) -> list[Queue]:
    """Answers are the director's; an amendment is confirmed by somebody else than who proposed."""
    answers = [_objections(today, works)] if by.directs_office else []
    return [*answers, amendments(by, today, works)]


def _objections(today: date, works: Works) -> Queue:
    url = reverse("scoring:grade_objections")
    rows = GradeObjection.objects.open()
    return aged("公示异议待答复", rows, "raised_at", url, today, works)


def amendments(by: Actor, today: date, works: Works) -> Queue:
    """What others have proposed: nobody confirms their own."""
    rows = GradeAmendment.objects.proposed().exclude(proposed_by=by.user)
    url = reverse("scoring:grade_objections")
    return aged("等次更正待确认", rows, "proposed_at", url, today, works)
