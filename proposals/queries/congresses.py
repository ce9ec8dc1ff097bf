"""人大: whose figures, releases and years an office works on."""

from congress.shared.actors import Actor
from congress.shared.models import Assembly
from congress.shared.roles import Role


def congress_of(actor: Actor) -> Assembly | None:
    """The congress whose office this is; the county's desk has the county's."""
    rows = Assembly.objects.select_related("level", "area")
    if actor.is_a(Role.TOWNSHIP_CLERK):
        return rows.filter(level__code="township", area=actor.area_id).first()
    return rows.filter(level__code="county").first()
