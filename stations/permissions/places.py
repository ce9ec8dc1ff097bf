"""家站: who may settle homes, stations and who serves there."""

from datetime import datetime, timedelta

from congress.shared.accounts import why_not_to_self
from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.workflow import why_not_move
from deputies.models import RosterImport
from deputies.permissions.roster import why_not_apply
from deputies.rules import UNDO_DAYS
from deputies.states import ImportState
from stations.models import Station


def why_not_apply_roster(by: Actor, batch: RosterImport) -> str | None:
    """导入: whoever may take the people in also settles their stations."""
    return why_not_apply(by, batch)


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
    """撤回导入: by the office, within the days the county has set."""
    if not by.is_staff:
        return "只有代工委可以撤回导入。"
    if refusal := why_not_move(batch, ImportState.UNDONE):
        return refusal
    days = UNDO_DAYS.on(now.date())
    if batch.applied_at and now - batch.applied_at > timedelta(days=days):
        return f"导入已超过 {days} 天，不能整批撤回，请逐人更正。"
    return None


def why_not_describe_station(by: Actor) -> str | None:
    """家站资料: voters read them, and the office answers for them."""
    return None if by.is_staff else "只有代工委可以更新家站资料。"
