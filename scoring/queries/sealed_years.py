"""年度封存 read: what a year's files are known by, and where they differ from what was sealed."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from scoring import merkle
from scoring.models import Archive, ReviewCycle, YearSeal


def archives_of(cycle: ReviewCycle) -> QuerySet[Archive]:
    """The year's files in the order of their numbers, which is the order of the seal."""
    return Archive.objects.filter(grading__cycle=cycle).order_by("number")


def leaf_of(archive: Archive) -> str:
    """What a file is known by in its year: number, pages, the digests of the PDF and the data."""
    return merkle.leaf(archive.number, archive.pages, archive.sha256, archive.data_sha256)


def register(cycle: ReviewCycle) -> dict[str, str]:
    """Each file's leaf by its number, as the rows stand now."""
    return {row.number: leaf_of(row) for row in archives_of(cycle)}


@dataclass(frozen=True)
class Found:
    """One look through a year: how many files there are, and each fault in a sentence."""

    files: int
    faults: tuple[str, ...]

    @property
    def good(self) -> bool:
        return not self.faults


def look_through(seal: YearSeal) -> Found:
    """核对全年: rows against the seal, files against the rows, amendments against each other."""
    rows = list(archives_of(seal.cycle).prefetch_related("amendments"))
    faults = [*_of_register(seal, rows)]
    for row in rows:
        faults += [*_of_files(row), *_of_amendments(row)]
    return Found(len(rows), tuple(faults))


def _of_register(seal: YearSeal, rows: list[Archive]) -> Iterator[str]:
    kept = seal.leaves
    if merkle.root([*kept.values()]) != seal.root or len(kept) != seal.files:
        yield f"{seal.cycle.year} 年的封存目录与年度摘要对不上，目录或摘要被改动"
    now = {row.number: leaf_of(row) for row in rows}
    for number in sorted(kept.keys() | now.keys()):
        if number not in now:
            yield f"{number} 号档案的记录不见了"
        elif number not in kept:
            yield f"{number} 号档案不在封存目录里，是封存以后加进来的"
        elif now[number] != kept[number]:
            yield f"{number} 号档案的记录被改动"


def _of_files(row: Archive) -> Iterator[str]:
    for what, path, sha256 in (
        ("文件", row.file, row.sha256),
        ("数据文件", row.data, row.data_sha256),
    ):
        if not path:
            continue  # sealed before the data were kept
        found = digest_of(path)
        if found is None:
            yield f"{row.number} 号档案的{what}不见了（{path}）"
        elif found != sha256:
            yield f"{row.number} 号档案的{what}被改动（{path}）"


def _of_amendments(row: Archive) -> Iterator[str]:
    before = row.sha256
    for number, each in enumerate(row.amendments.all(), start=1):
        if each.number != number:
            yield f"{row.number} 号档案缺第 {number} 号更正"
            return
        if each.digest_after(before) != each.sha256:
            yield f"{row.number} 号档案的第 {number} 号更正被改动"
            return
        before = each.sha256


def sealed_content(path: str, sha256: str) -> bytes | None:
    """A kept file that is still as it was sealed; None when it is another one or gone."""
    file = Path(settings.MEDIA_ROOT, path)
    content = file.read_bytes() if file.is_file() else b""
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def sealed_name(archive: Archive) -> str:
    """The name that the file itself bears; today's where its data are gone or touched."""
    content = sealed_content(archive.data, archive.data_sha256) if archive.data else None
    name = json.loads(content).get("person", {}).get("name") if content else None
    return str(name or archive.grading.deputy.name)


def register_rows(rows: QuerySet[Archive]) -> Iterator[Sequence[object]]:
    """档案目录: a line for each file, with whole digests, in the order of the numbers."""
    found = rows.select_related("grading__cycle", "grading__deputy", "grading__grade")
    found = found.annotate(
        lit=Count("grading__lights", filter=Q(grading__lights__lit=True), distinct=True),
        amended=Count("amendments", distinct=True),
    )
    found = found.prefetch_related("grading__amendments__grade")
    for row in found.order_by("grading__cycle__year", "number"):
        cycle, deputy = row.grading.cycle, row.grading.deputy
        said = row.number, cycle.year, deputy.name, row.grading.standing_grade.name
        moment = f"{timezone.localtime(row.sealed_at):%Y-%m-%d %H:%M}"
        yield *said, row.lit, row.pages, moment, row.amended, row.sha256, row.data_sha256


def digest_of(path: str) -> str | None:
    """SHA-256 of a kept file; None when it is gone."""
    file = Path(settings.MEDIA_ROOT, path)
    if not file.is_file():
        return None
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
