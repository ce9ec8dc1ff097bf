"""待公开: what waits to be put before everybody, and since when."""

from typing import Any

from django.apps import apps
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When

from proposals.states import Part, State


def waits_to_publish() -> Q:
    """Answered and not withheld; or published, with a further version that nobody has looked at."""
    first = Q(state=State.ANSWERED, withheld_reason="", reply_withheld_reason="")
    alone = Q(merged_into=None) | Q(merged_into__state=State.PUBLISHED)
    return first & alone | further_versions(Q(kept_back=""))


def further_versions(which: Q) -> Q:
    """又作的一版: of what is published a unit's newest version is not open, of this kind."""
    return Q(Exists(_further().filter(which)), state=State.PUBLISHED, merged_into=None)


def publish_owed_since() -> Case:
    """The day of the answer that waits."""
    further = _further().order_by("replied_on").values("replied_on")[:1]
    return Case(When(state=State.PUBLISHED, then=Subquery(further)), default=F("answered_on"))


def _further() -> Any:
    """A unit's newest version, while it is not open.

    Replies stand above proposals: they are asked for by name.
    """
    unopened = apps.get_model("proposals", "Reply")._default_manager.unopened()
    done = {"assignment__proposal": OuterRef("pk"), "assignment__state": Part.DONE}
    return unopened.standing().filter(**done)
