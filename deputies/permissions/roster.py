"""名册: who may bring a roster in, and when; who may open a deputy's account."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.models import Term
from congress.shared.roles import Role
from congress.shared.workflow import why_not_move
from deputies.models import Deputy, RosterImport, RosterRow
from deputies.rules import UNDO_DAYS
from deputies.states import ImportState, SheetKind

TERM_YEARS = 5
"""代表法第二条."""


def _why_not_staff(by: Actor) -> str | None:
    """The office; and the operator's command, which acts as the system itself."""
    return None if by.user is None or by.is_staff else "只有代工委可以导入代表名册。"


def why_not_upload(by: Actor) -> str | None:
    """名册导入: the office's own work."""
    return _why_not_staff(by)


def why_not_export_faults(by: Actor) -> str | None:
    """下载错误行: the same telephones, so by the office alone."""
    if by.user is not None and by.is_staff:
        return None
    return "错误行里有联系电话，只有代工委可以下载。"


def why_not_elected_on(elected_on: date, term: Term | None) -> str | None:
    """换届日期: within the five years of the congress for whose seats it is meant."""
    if term is None:
        return None
    start = f"{term.assembly.name}本届从 {term.from_on:%Y-%m-%d} 开始"
    if elected_on < term.from_on:
        return f"日期太早：{start}。"
    if elected_on >= term.from_on.replace(year=term.from_on.year + TERM_YEARS, day=1):
        return f"日期太晚：{start}，到这一天已满五年。请先办理换届，再导入新一届的名册。"
    return None


def why_not_apply(by: Actor, batch: RosterImport) -> str | None:
    """确认导入: once, by the office."""
    return _why_not_staff(by) or why_not_move(batch, ImportState.APPLIED)


def why_not_apply_table(by: Actor, batch: RosterImport) -> str | None:
    """确认导入: the same for a table of groups or contacts; a roster settles stations too."""
    if batch.kind == SheetKind.ROSTER:
        return "这是代表名册，请在名册的预览页确认。"
    return why_not_apply(by, batch)


def why_not_undo(by: Actor, batch: RosterImport, *, now: datetime) -> str | None:
    """撤回导入: by the office, within the days the county has set."""
    if not by.is_staff:
        return "只有代工委可以撤回导入。"
    if refusal := why_not_move(batch, ImportState.UNDONE):
        return refusal
    days = UNDO_DAYS.on(timezone.localdate(now))
    if batch.applied_at and now - batch.applied_at > timedelta(days=days):
        return f"导入已超过 {days} 天，不能整批撤回，请逐人更正。"
    return None


def why_not_undo_table(by: Actor, batch: RosterImport, *, now: datetime) -> str | None:
    """撤回导入: the same for a table of groups or contacts."""
    if batch.kind == SheetKind.ROSTER:
        return "这是代表名册，请在名册的预览页撤回。"
    return why_not_undo(by, batch, now=now)


def why_not_drop(by: Actor, batch: RosterImport) -> str | None:
    """放弃: as long as nothing was written from it."""
    return _why_not_staff(by) or why_not_move(batch, ImportState.DROPPED)


def why_not_match_columns(by: Actor, batch: RosterImport) -> str | None:
    """对列名: while the headers wait for it."""
    if batch.state != ImportState.MATCHING:
        return _why_not_staff(by) or "这次导入不用对列名。"
    return _why_not_staff(by)


def _why_not_preview(by: Actor, batch: RosterImport) -> str | None:
    if batch.state != ImportState.PREVIEWED:
        return _why_not_staff(by) or f"目前是“{batch.get_state_display()}”，不能再改。"
    return _why_not_staff(by)


def why_not_mend_row(
    by: Actor, batch: RosterImport, row: RosterRow, cells: Mapping[str, str]
) -> str | None:
    """改这一行: before anything is written, and only cells the sheet has."""
    if refusal := _why_not_preview(by, batch):
        return refusal
    strange = [name for name in cells if name not in row.cells]
    return f"表里没有“{strange[0]}”这一列。" if strange else None


def why_not_restore_row(by: Actor, batch: RosterImport, row: RosterRow) -> str | None:
    """还原这一行: what was changed here in the preview."""
    if refusal := _why_not_preview(by, batch):
        return refusal
    return None if row.sent or row.alike else "这一行没有改过。"


def why_not_tell_apart(by: Actor, batch: RosterImport) -> str | None:
    """是不是同一人: before anything is written."""
    return _why_not_preview(by, batch)


def why_not_correct_person(
    by: Actor, deputy: Deputy, facts: Mapping[str, object] | None = None
) -> str | None:
    """更正资料: by the office, when something is different."""
    if not by.is_staff:
        return "只有代工委可以更正代表的资料。"
    if facts is None:
        return None
    if all(getattr(deputy, name) == value for name, value in facts.items()):
        return "没有改动。"
    return None


def why_not_open_account(by: Actor, deputy: Deputy | None = None) -> str | None:
    """代表开户: by the office or the system administrator, once for each deputy."""
    if not (by.user is None or by.is_staff or by.is_a(Role.SYSADMIN)):
        return "只有代工委和系统管理员可以给代表开户。"
    if deputy and deputy.user_id:
        return f"{deputy.name}已经有账号了。"
    return None


def why_not_open_accounts(by: Actor) -> str | None:
    """代表开户: the same for many at once; those who have an account are passed over."""
    return why_not_open_account(by)
