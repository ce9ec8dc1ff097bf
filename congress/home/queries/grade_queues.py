"""公示异议、等次更正: what waits for the director's answer, and what for a second person."""

from datetime import date

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from congress.home.queries.queue import Queue, waiting
from congress.shared.actors import Actor
from congress.shared.calendar import Works
from congress.shared.roles import Role
from scoring.models import GradeAmendment, GradeObjection


def grade_queues(by: Actor, today: date, works: Works) -> list[Queue]:
    """Answers are the director's; an amendment is confirmed by somebody else than who proposed."""
    answers = [_objections(today, works)] if by.is_a(Role.STAFF_DIRECTOR) else []
    return [*answers, amendments(by, today, works)]


def _objections(today: date, works: Works) -> Queue:
    found = GradeObjection.objects.open().order_by().aggregate(n=Count("pk"), at=Min("raised_at"))
    since = timezone.localdate(found["at"]) if found["at"] else None
    url = reverse("scoring:grade_objections")
    return waiting("公示异议待答复", found["n"], since, url, today, works)


def amendments(by: Actor, today: date, works: Works) -> Queue:
    """What others have proposed: nobody confirms their own."""
    rows = GradeAmendment.objects.proposed().exclude(proposed_by=by.user)
    found = rows.order_by().aggregate(n=Count("pk"), at=Min("proposed_at"))
    since = timezone.localdate(found["at"]) if found["at"] else None
    url = reverse("scoring:grade_objections")
    return waiting("等次更正待确认", found["n"], since, url, today, works)
