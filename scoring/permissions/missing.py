"""补记: who posts what a seat registered later left open, and which lines stay as they are."""

from congress.shared.actors import Actor
from congress.shared.roles import Role
from scoring.models import Entry
from scoring.permissions.closing import CutOffs, is_line_closed

CONTESTED = "代表对这一笔有异议，请先到“积分异议”里答复。"


def why_not_post_missing(by: Actor) -> str | None:
    """补记: somebody of the office; what is to be taken back is left to the director."""
    return None if by.is_staff else "积分由代工委补记。"


def why_not_post_line(by: Actor, line: Entry, closed: CutOffs, *, contested: bool) -> str | None:
    """One line to come: not one's own, in no decided year, and giving back nothing contested."""
    if refusal := why_not_post_missing(by):
        return refusal
    if by.same_person(line.deputy.user_id):
        return "这是您自己的积分，须由他人补记。"
    if contested:
        return CONTESTED
    return _why_not_closed(line, closed)


def why_not_take_back(by: Actor, line: Entry, closed: CutOffs, *, contested: bool) -> str | None:
    """One line to be taken back: what `why_not_reverse` asks, said of many lines at once."""
    if closed_here := _why_not_closed(line, closed):
        return closed_here
    if by.same_person(line.deputy.user_id):
        return "这是您自己的积分，须由他人冲销。"
    if contested:
        return CONTESTED
    return None if by.is_a(Role.STAFF_DIRECTOR) else "冲销由代工委主任办。"


def _why_not_closed(line: Entry, closed: CutOffs) -> str | None:
    if not is_line_closed(line, closed):
        return None
    return f"{line.year} 年的评定已经作出，不再补记，也不再冲销。"
