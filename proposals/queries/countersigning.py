"""What a unit's people still have to do something about, and what waits for a head's signature."""

from functools import reduce
from operator import or_

from django.db.models import Q

from congress.shared.actors import Actor
from congress.shared.roles import Role
from proposals.models import Assignment
from proposals.models.assigned_rows import AssignmentQuerySet
from proposals.models.countersigning import to_countersign, to_mend, to_sign
from proposals.states import UnitRole


def for_countersigning(actor: Actor) -> AssignmentQuerySet:
    """等会签: parts of this head's unit, whatever has become of their own clock."""
    if not actor.is_a(Role.UNIT_HEAD):
        return Assignment.objects.none()
    return to_countersign().handled_by(actor)


def for_signing(actor: Actor) -> AssignmentQuerySet:
    """等签字: what the head signs, of the own unit or with the lead."""
    own, joint = to_sign().handled_by(actor), for_countersigning(actor)
    return Assignment.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=joint.values("pk")))


def signable(actor: Actor) -> AssignmentQuerySet:
    """等您签字: of these what can be signed this moment; a lead's draft after its joint units."""
    if not actor.is_a(Role.UNIT_HEAD):
        return Assignment.objects.none()
    unsigned = Q(role=UnitRole.LEAD, proposal__in=to_countersign().values("proposal"))
    return for_signing(actor).exclude(unsigned)


def on_the_desk(actor: Actor) -> AssignmentQuerySet:
    """What the unit has in hand: its running parts, and what is to be signed or mended beside."""
    own = Assignment.objects.handled_by(actor)
    beside = [for_signing(actor), to_mend().handled_by(actor)]
    wanted = (Q(pk__in=rows.values("pk")) for rows in (own.running(), *beside))
    return own.filter(reduce(or_, wanted))
