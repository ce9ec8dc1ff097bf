"""人大: whose figures, releases and years an office works on."""

from congress.shared.actors import Actor
from congress.shared.models import Assembly
from congress.shared.models.places import TOWNSHIP
from congress.shared.roles import Role


def congress_of(actor: Actor) -> Assembly | None:
    """The congress whose office this is; the county's desk has the county's."""
    rows = Assembly.objects.select_related("level", "area")
    if actor.is_a(Role.TOWNSHIP_CLERK):
        return rows.filter(level__code="township", area=actor.area_id).first()
    return rows.filter(level__code="county").first()


def office_of(actor: Actor) -> str:
    """In whose name an office writes: 代工委, or the township's own 人大."""
    congress = congress_of(actor)
    if congress and congress.level.code == TOWNSHIP:
        return f"{congress.area.name}人大"
    return "代工委"
