"""只给必须知道的人看: what the workbench's lists of the whole house leave out for everybody else.

A model with `IN_CONFIDENCE` leaves its lines in the trail like any other; who may not see its row
finds no line of it either. A notice in confidence has a key that begins with `KEPT`.
"""

from django.apps import apps
from django.db.models import Q, QuerySet

from congress.shared.actors import Actor
from congress.shared.models import AuditEvent, Notice

KEPT = "kept:"


def trail_for(actor: Actor, rows: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
    """The lines of the trail without those about rows that this reader may not see."""
    for model in apps.get_models():
        if getattr(model, "IN_CONFIDENCE", False):
            seen = model._default_manager.visible_to(actor).order_by()  # type: ignore[attr-defined]
            hidden = Q(subject=model._meta.label) & ~Q(subject_id__in=seen.values("pk"))
            rows = rows.exclude(hidden)
    return rows


def notices_for(actor: Actor, rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """The notices without those in confidence to somebody else."""
    return rows.exclude(Q(key__startswith=KEPT) & ~Q(person=actor.user))
