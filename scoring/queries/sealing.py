"""归档进度: how far a year's files are, how long they still take, and which could not be made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from congress.shared.models import AuditEvent
from scoring.models import Grading, ReviewCycle, SealFailure
from scoring.models.review import ARCHIVED
from scoring.states import CycleState

LOOKED_BACK = timedelta(minutes=2)
"""The pace is that of the last two minutes: it follows when a second worker comes or goes."""
MOST_FAILURES = 50
"""So many names stand on the page; the others are counted."""


@dataclass(frozen=True)
class Pace:
    """What the trail says of the last minutes: how many files, from when to when."""

    files: int
    first: datetime | None
    last: datetime | None

    def left(self, files: int) -> timedelta | None:
        """How long so many more files take at this pace; unknown before the second one."""
        if self.files < 2 or self.first is None or self.last is None:
            return None
        return (self.last - self.first) / (self.files - 1) * files


@dataclass(frozen=True)
class Progress:
    """归档进度: counted from the rows alone, so every page and every command says the same."""

    sealed: int
    total: int
    failed: int
    pace: Pace
    stands: bool
    """正在归档, and for two minutes no file has come."""

    @property
    def words(self) -> str:
        return f"已归档 {self.sealed} / {self.total} 人"

    @property
    def left(self) -> int:
        """没有做的, without what has failed and rests."""
        return self.total - self.sealed - self.failed

    @property
    def time_left(self) -> str:
        """还要多久, in words; empty when nothing is left or nothing can be said yet."""
        if self.stands:
            return "两分钟没有新做成的档案了，请系统管理员看后台任务是否在运行"
        needed = self.pace.left(self.left)
        if not self.left or needed is None:
            return ""
        minutes = round(needed / timedelta(minutes=1))
        return f"大约还要 {minutes} 分钟" if minutes else "不到一分钟就好"


def progress(cycle: ReviewCycle, now: datetime) -> Progress:
    """How many files of the cycle are made, and how fast they come."""
    counts = Grading.objects.filter(cycle=cycle).aggregate(
        total=Count("id"),
        sealed=Count("id", filter=Q(archive__isnull=False)),
        failed=Count("id", filter=Q(failure__again_at__gt=now)),
    )
    seals = cycle.state == CycleState.FINAL
    pace = _pace(cycle, now) if seals else Pace(0, None, None)
    waits = counts["total"] - counts["sealed"] - counts["failed"] > 0
    began = cycle.final_at or now
    stands = seals and waits and not pace.files and now - began > LOOKED_BACK
    return Progress(counts["sealed"], counts["total"], counts["failed"], pace, stands)


def _pace(cycle: ReviewCycle, now: datetime) -> Pace:
    found = AuditEvent.objects.filter(
        subject=Grading._meta.label,
        subject_id__in=cycle.gradings.values("pk"),
        now=ARCHIVED,
        at__gt=now - LOOKED_BACK,
    ).aggregate(files=Count("pk"), first=Min("at"), last=Max("at"))
    return Pace(found["files"], found["first"], found["last"])


@dataclass(frozen=True)
class Failed:
    """One deputy whose file could not be made."""

    grading_id: int
    name: str
    tries: str
    again: str
    rests: bool


@dataclass(frozen=True)
class Failures:
    """没有做成的档案, by the reason; `more` are not named."""

    by_reason: Sequence[tuple[str, Sequence[Failed]]]
    count: int
    resting: int
    more: int

    def __bool__(self) -> bool:
        return bool(self.by_reason)


def failures(cycle: ReviewCycle, now: datetime) -> Failures:
    """Who is without a file and why; the same reason stands once."""
    rows = list(SealFailure.objects.of(cycle))
    named = sorted(rows[:MOST_FAILURES], key=lambda row: row.reason)
    return Failures(
        by_reason=[
            (reason, [_failed(row, now) for row in alike])
            for reason, alike in groupby(named, key=lambda row: row.reason)
        ],
        count=len(rows),
        resting=sum(row.again_at > now for row in rows),
        more=len(rows) - len(named),
    )


def _failed(row: SealFailure, now: datetime) -> Failed:
    rests = row.again_at > now
    again = f"{timezone.localtime(row.again_at):%H:%M} 自动再试" if rests else "马上重做"
    return Failed(row.grading_id, row.grading.deputy.name, f"试过 {row.tries} 次", again, rests)
