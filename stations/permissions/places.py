"""家站: who may settle homes, stations and who serves there."""

from datetime import datetime

from congress.shared.accounts import why_not_to_self
from congress.shared.actors import Actor
from congress.shared.models import User
from deputies.models import RosterImport
from deputies.permissions.roster import why_not_apply, why_not_undo
from deputies.states import SheetKind
from stations.models import Station


def why_not_apply_roster(by: Actor, batch: RosterImport) -> str | None:
    """导入: whoever may take the people in also settles their stations."""
    return why_not_of_roster(batch) or why_not_apply(by, batch)


def why_not_of_roster(batch: RosterImport) -> str | None:
    """Tables of groups and of contacts name no stations."""
    if batch.kind != SheetKind.ROSTER:
        return f"这是{batch.get_kind_display()}，请在它的预览页办理。"
    return None


def why_not_name_keeper(by: Actor, station: Station, user: User | None = None) -> str | None:
    """指定站长: by the office, somebody else who is not the keeper already."""
    if not by.is_staff:
        return "只有代工委可以指定家站站长。"
    if user is None:
        return None
    if user.pk == station.keeper_id:
        return f"{user.name}已经是{station.name}的站长。"
    return why_not_to_self(by, user)


def why_not_undo_roster(by: Actor, batch: RosterImport, *, now: datetime) -> str | None:
    """撤回导入: of a roster, with its stations."""
    return why_not_of_roster(batch) or why_not_undo(by, batch, now=now)


def why_not_describe_station(by: Actor) -> str | None:
    """家站资料: voters read them, and the office answers for them."""
    return None if by.is_staff else "只有代工委可以更新家站资料。"
