"""家站: who may settle homes, stations and who serves there."""

from congress.shared.actors import Actor
from deputies.models import RosterImport
from deputies.permissions.roster import why_not_apply


def why_not_apply_roster(by: Actor, batch: RosterImport) -> str | None:
    """导入: whoever may take the people in also settles their stations."""
    return why_not_apply(by, batch)
