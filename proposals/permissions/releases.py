"""公布满意度: the director, of a batch whose every window is over."""

from congress.shared.actors import Actor
from congress.shared.models import Assembly
from congress.shared.models.places import TOWNSHIP
from congress.shared.roles import Role


def why_not_release_ratings(by: Actor, assembly: Assembly) -> str | None:
    """代工委主任 for the county's congress, a township's office for its own."""
    if assembly.level.code == TOWNSHIP:
        own = by.is_a(Role.TOWNSHIP_CLERK) and by.area_id == assembly.area_id
        return None if own else f"只有{assembly.area.name}人大可以公布本级的满意度。"
    own = by.is_a(Role.STAFF_DIRECTOR) and by.at_deputy_office
    return None if own else "只有代工委主任可以公布满意度。"
