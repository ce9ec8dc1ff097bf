"""查账记录 read: the runs, and the one line of them that everybody may read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from congress.shared.clock import now as clock_now
from scoring.models import Entry, LedgerAudit

FRESH = timedelta(hours=26)
"""The audit is nightly: one that is older than this was missed."""


LONG_FOR_A_RUN = timedelta(minutes=15)


@dataclass(frozen=True)
class Asked:
    """A run that somebody asked for and that has not come yet."""

    words: str
    is_late: bool


def asked(now: datetime) -> Asked | None:
    """正在核对: who asked, when, and what to do when nothing has come for long."""
    ask = LedgerAudit.objects.asked()
    if ask is None:
        return None
    at = timezone.localtime(ask.at)
    late = now - ask.at > LONG_FOR_A_RUN
    words = f"{ask.by_name} {at.month} 月 {at.day} 日 {at.hour}:{at:%M} 请查。"
    if late:
        words += "等得太久了，后台可能没有在运行，请告诉系统管理员。"
    return Asked(words, late)


def is_old(run: LedgerAudit, now: datetime) -> bool:
    return now - run.at > FRESH


def is_missed(run: LedgerAudit | None, now: datetime) -> bool:
    """Whether there is a line that last night should have looked at."""
    return is_old(run, now) if run else Entry.objects.exists()


def when(run: LedgerAudit) -> str:
    """11 月 28 日 2:10."""
    at = timezone.localtime(run.at)
    return f"{at.month} 月 {at.day} 日 {at.hour}:{at:%M}"


def in_words(run: LedgerAudit) -> str:
    """What the run found, in one sentence without a full stop."""
    if run.agrees:
        return f"{when(run)} 查账：{run.counted} 笔，合计与显示相符"
    if run.drift == 0 and not run.chain:
        looking = f"另有 {run.faults} 处正在核对"
        return f"{when(run)} 查账：{run.counted} 笔，合计与显示相符，{looking}"
    return f"{when(run)} 查账：{run.counted} 笔，有 {run.faults} 处不符，正在核对"


def public_line(now: datetime | None = None) -> str:
    """查账 for everybody: how the latest run came out, and that it is old; no points of anybody."""
    run, at = LedgerAudit.objects.latest_run(), now or clock_now()
    if run is None:
        return "履职账还没有查过。"
    missed = f"；此后 {(at - run.at).days} 天没有查账" if is_old(run, at) else ""
    return f"{in_words(run)}{missed}。"
