"""积分规则: who may draft, amend, adopt and drop a rule book, and when."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.models import Assembly
from congress.shared.roles import Role
from congress.shared.workflow import why_not_move
from deputies.models import DutyRecord, Mandate
from scoring.models import RuleBook
from scoring.states import BookState
from scoring.tables import Table, fingerprint


def why_not_draft(by: Actor, assembly: Assembly | None = None) -> str | None:
    """起草: the office, as often as it likes; a draft counts nothing."""
    if not by.is_staff:
        return "只有代工委的工作人员可以起草积分规则。"
    return None


def why_not_amend(by: Actor, book: RuleBook) -> str | None:
    """改草案: the office, while it is a draft."""
    if not by.is_staff:
        return "只有代工委的工作人员可以改积分规则草案。"
    if book.state != BookState.DRAFT:
        return f"{book.name}{book.get_state_display()}，不能再改；要改，请另起草一份。"
    return None


def why_not_adopt(by: Actor, book: RuleBook) -> str | None:
    """启用草案: the director, once."""
    if not by.is_a(Role.STAFF_DIRECTOR):
        return "只有代工委主任可以启用积分规则。"
    return why_not_move(book, BookState.ADOPTED)


def why_not_drop(by: Actor, book: RuleBook) -> str | None:
    """放弃草案: the office, while it is a draft."""
    if not by.is_staff:
        return "只有代工委的工作人员可以放弃积分规则草案。"
    return why_not_move(book, BookState.DROPPED)


def why_not_seen(table: Table, seen: str) -> str | None:
    """What somebody looked at must be what stands there still."""
    if seen == fingerprint(table):
        return None
    return "草案在您打开以后又改过，请返回重新看一遍。"


def is_mid_year(assembly: Assembly, from_on: date, today: date) -> bool:
    """年中调整: not from a 1 January, or from one after which something has been told already."""
    if (from_on.month, from_on.day) != (1, 1):
        return True
    if from_on > today:
        return False
    seats = Mandate.objects.filter(term__assembly=assembly).values("deputy")
    told = DutyRecord.objects.live().filter(done_on__gte=from_on, deputy__in=seats)
    return told.exists()


def why_not_mid_year(
    assembly: Assembly, from_on: date, today: date, *, meant: bool = False
) -> str | None:
    """A change of rules within a year is made knowingly or not at all."""
    if meant or not is_mid_year(assembly, from_on, today):
        return None
    return "这是年中调整：同一年里前后两套分值。请看过对照，勾选“确为年中调整”再启用。"
