"""会签: which drafts wait for the head of a joint unit, whatever has become of its own part."""

from django.db.models import Exists, OuterRef, Q

from congress.shared.actors import Actor
from congress.shared.roles import Role
from proposals.models import Assignment, Countersignature, ReplyDraft
from proposals.models.assigning import AssignmentQuerySet
from proposals.states import DraftState, UnitRole


def to_countersign(actor: Actor) -> AssignmentQuerySet:
    """等会签: parts of this head's unit, where the draft that waits lacks their signature."""
    if not actor.is_a(Role.UNIT_HEAD):
        return Assignment.objects.none()
    signed = Countersignature.objects.filter(
        draft=OuterRef("pk"), edition=OuterRef("edition"), assignment=OuterRef(OuterRef("pk"))
    )
    drafts = ReplyDraft.objects.filter(
        ~Exists(signed),
        assignment__proposal=OuterRef("proposal"),
        assignment__role=UnitRole.LEAD,
        state=DraftState.TO_SIGN,
    )
    return Assignment.objects.handled_by(actor).filter(Exists(drafts), role=UnitRole.JOINT)


def on_the_desk(actor: Actor) -> AssignmentQuerySet:
    """What the unit still has to do something about: its running parts, and what waits for 会签."""
    own = Assignment.objects.handled_by(actor)
    signing = to_countersign(actor).values("pk")
    return own.filter(Q(pk__in=own.running().values("pk")) | Q(pk__in=signing))
