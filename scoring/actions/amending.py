"""更正: what changes after a file is sealed stands beside it, numbered and chained.

The sealed file itself is never written again (security.md 54).
"""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import SYSTEM, Actor
from congress.shared.models import User
from congress.shared.workflow import lock, record, refuse_if
from scoring.models import (
    AmendedEntry,
    AmendmentKind,
    Archive,
    ArchiveAmendment,
    Entry,
    GradeAmendment,
    YearTotal,
)
from scoring.permissions.archive import why_not_amend_archive
from scoring.queries.since_sealing import late_lines

MOST_LETTERS = 280
"""Duties are named one by one as far as the page holds them; then how many there are."""


@transaction.atomic
def amend_archive(
    archive: Archive, *, text: str, reason: str, minute: str, by: Actor
) -> ArchiveAmendment:
    """内容更正: what the committee decided about a sealed file, beside it."""
    lock(archive.grading)
    refuse_if(why_not_amend_archive(by))
    return _add(archive, AmendmentKind.CORRECTION, text, reason, minute=minute, by=by)


@transaction.atomic
def add_late_points(archive: Archive) -> ArchiveAmendment | None:
    """积分补记: duties done after the cut-off, which the year's sum has and its file has not.

    Each line is told of once, whoever else is at it: the lock makes them wait. Who posts holds the
    sum, so that under its lock the lines are those of the sum, no more and no fewer.
    """
    grading = lock(archive.grading)
    cycle, year = grading.cycle, grading.cycle.year
    sums = YearTotal.objects.select_for_update(no_key=True)
    total = sums.get(deputy=grading.deputy_id, assembly=cycle.assembly_id, year=year).total
    rows = late_lines(cycle).filter(deputy=grading.deputy_id)
    lines = list(rows.select_related("record", "rule__item").order_by("record__done_on", "pk"))
    if not lines:
        return None
    made = _add(
        archive,
        AmendmentKind.POINTS,
        f"{_told(lines)}。补记后 {year} 年度积分合计 {total} 分。",
        "履职截止日以后的履职，按规定仍记入当年积分，不改变已作出的评定。",
        by=SYSTEM,
    )
    AmendedEntry.objects.bulk_create(AmendedEntry(amendment=made, entry=line) for line in lines)
    return made


@transaction.atomic
def add_regrading(archive: Archive, amendment: GradeAmendment) -> ArchiveAmendment | None:
    """等次变更: a grade amended after the file was sealed, once, whoever else is at it."""
    lock(archive.grading)
    if ArchiveAmendment.objects.filter(regrading=amendment).exists():
        return None
    people = f"{_name(amendment.proposed_by)}提出，{_name(amendment.second_by)}确认"
    return _add(
        archive,
        AmendmentKind.GRADE,
        f"等次由“{amendment.was}”更正为“{amendment.grade}”。{people}。",
        amendment.reason,
        minute=amendment.minute,
        by=Actor(amendment.second_by),
        regrading=amendment,
    )


def _name(person: User | None) -> str:
    return person.name if person else ""


def _told(lines: Sequence[Entry]) -> str:
    named = "；".join(_line(line) for line in lines)
    if len(named) <= MOST_LETTERS:
        return named
    return f"{named[:MOST_LETTERS].rpartition('；')[0]}；等共 {len(lines)} 笔"


def _line(line: Entry) -> str:
    day, item = line.record.done_on, line.rule.item
    taken = "冲销" if line.reverses_id else ""
    return f"{day.month} 月 {day.day} 日{taken}{item.short_name or item.name} {line.points:+} 分"


def _add(
    archive: Archive,
    kind: AmendmentKind,
    text: str,
    reason: str,
    *,
    minute: str = "",
    by: Actor,
    regrading: GradeAmendment | None = None,
) -> ArchiveAmendment:
    """The next number of this file; its grading is locked, so two never take the same."""
    last = archive.amendments.order_by("-number").first()
    row = ArchiveAmendment(
        archive=archive,
        number=last.number + 1 if last else 1,
        kind=kind,
        text=text,
        reason=reason,
        minute=minute,
        made_by=by.user,
        made_at=clock.now(),
        regrading=regrading,
    )
    row.sha256 = row.digest_after(last.sha256 if last else archive.sha256)
    row.save(force_insert=True)
    record(archive, "amended_archive", by=by, note=f"第 {row.number} 号：{text}"[:300])
    notices.write(
        [archive.grading.deputy.user],
        key=f"scoring.amended:{row.pk}",
        text=f"您 {archive.grading.cycle.year} 年度的履职档案有第 {row.number} 号更正："
        f"{row.get_kind_display()}。原档案不变。",
        link=reverse("scoring:archive"),
    )
    return row
