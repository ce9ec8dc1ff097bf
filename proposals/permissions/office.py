"""谁审查: what is raised in a congress is decided by its own office and by no other."""

from congress.shared.actors import Actor
from congress.shared.models import Session
from congress.shared.roles import Role


def why_not_office(by: Actor, session: Session, act: str) -> str | None:
    """代工委 for the county's congress, for a township's the clerks of that very 乡镇人大."""
    return None if _is_office(by, session) else f"只有{session.office}可以{act}。"


def why_not_deputy_office(by: Actor, session: Session, act: str) -> str | None:
    """The same without the special committees' people: what shows or follows a rating."""
    if reason := why_not_office(by, session, act):
        return reason
    own = session.of_township or by.at_deputy_office
    return None if own else f"只有{session.office}可以{act}。"


def _is_office(by: Actor, session: Session) -> bool:
    if session.of_township:
        return by.is_a(Role.TOWNSHIP_CLERK) and by.area_id == session.term.assembly.area_id
    return by.is_staff
