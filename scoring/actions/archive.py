"""归档: one sealed file per deputy and year (一人一档，一年一归档), made by the yearly run."""

import base64
import hashlib
import hmac
import os
import re
import zlib
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.workflow import lock, move, record, refuse_if
from scoring import merkle
from scoring.models import Archive, Grading, ReviewCycle, SealFailure, YearSeal
from scoring.models.review import ARCHIVED
from scoring.permissions.review import why_not_finish, why_not_seal_file
from scoring.queries.sealed_years import register
from scoring.states import CycleState

FOLDER = "archive"
CODE_LENGTH = 16

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
PAGE_TREE = re.compile(
    rb"/Type\s*/Pages\b[^>]*?/Count (\d+)|/Count (\d+)[^>]*?/Type\s*/Pages\b", re.DOTALL
)


def claim(cycle: ReviewCycle) -> Grading | None:
    """The next deputy whose file nobody is making, locked until the transaction ends."""
    while True:
        rows = cycle.gradings.to_seal(clock.now())
        rows = rows.select_for_update(of=("self",), no_key=True, skip_locked=True)
        grading = rows.select_related("grade", "deputy__user").first()
        # The lock may be won a moment after another worker has sealed the file and let go:
        # sealing writes a row elsewhere, so that the statement above could not see it.
        if grading is None or not Grading.objects.sealed().filter(pk=grading.pk).exists():
            return grading


@transaction.atomic
def seal_file(
    grading: Grading,
    *,
    number: str,
    pdf: bytes,
    data: bytes,
    at: datetime,
    by: Actor,
) -> Archive:
    """归档一人: files written, row with their hashes, deputy told; all of it or nothing.

    Killed anywhere and run again it ends the same: the files' bytes depend on the records alone,
    and are written before the row that names them. `at` is the moment the file itself states.
    """
    grading = lock(grading)
    refuse_if(why_not_seal_file(grading))
    cycle, pages = grading.cycle, page_count(pdf)
    archive = Archive.objects.create(
        grading=grading,
        number=number,
        code=verify_code(cycle, grading.deputy_id),
        file=write_file(cycle.year, number, pdf),
        sha256=hashlib.sha256(pdf).hexdigest(),
        data=write_file(cycle.year, number, data, ".json"),
        data_sha256=hashlib.sha256(data).hexdigest(),
        pages=pages,
        sealed_at=at,
    )
    SealFailure.objects.filter(grading=grading).delete()
    record(grading, ARCHIVED, by=by, note=number)
    count = grading.lights.filter(lit=True).count()
    notices.write(
        [grading.deputy.user],
        key=f"scoring.archived:{grading.pk}",
        text=f"您 {cycle.year} 年度的履职评定为“{grading.standing_grade}”，点亮 {count} 颗星。"
        "履职档案已归档，可以下载。",
        link=reverse("scoring:archive"),
    )
    return archive


@transaction.atomic
def finish(cycle: ReviewCycle, *, by: Actor) -> ReviewCycle:
    """归档完成: every file of the year is sealed, and one digest holds them all (年度封存)."""
    cycle = lock(cycle)
    refuse_if(why_not_finish(cycle))
    leaves = register(cycle)
    YearSeal.objects.create(
        cycle=cycle,
        files=len(leaves),
        register="\n".join(f"{number} {leaf}" for number, leaf in leaves.items()),
        root=merkle.root([*leaves.values()]),
        sealed_at=clock.now(),
    )
    return move(cycle, CycleState.SEALED, by=by)


def archive_number(cycle: ReviewCycle, certificate: str) -> str:
    """档号: the year and the number of the deputy's certificate."""
    return f"{cycle.year}-{certificate}"


def verify_code(cycle: ReviewCycle, deputy_id: int) -> str:
    """验证码: known to who holds the file; not to be guessed without the cycle's seed (80 bits)."""
    digest = hmac.new(cycle.seed.encode(), str(deputy_id).encode(), hashlib.sha256).digest()
    letters = base64.b32encode(digest).decode()[:CODE_LENGTH]
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def write_file(year: int, number: str, content: bytes, ending: str = ".pdf") -> str:
    """The file stands whole or not at all; its path below MEDIA_ROOT.

    A half-written one keeps its own name, so that the next try overwrites it. It is on the disk
    before anybody is told of it: a row is never left without its file, were the power cut.
    """
    plain = re.sub(r"[^\w-]", "_", number)
    path = f"{FOLDER}/{year}/{plain}{ending}"
    target = Path(settings.MEDIA_ROOT, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".part")
    with half.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    half.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return path


def page_count(pdf: bytes) -> int:
    """页数, as the root of the page tree says, which may lie in a compressed stream."""
    bodies = [pdf, *(_inflated(found[1]) for found in STREAM.finditer(pdf))]
    for body in bodies:
        if found := PAGE_TREE.search(body):
            return int(found[1] or found[2])
    raise ValueError("The document has no page tree.")


def _inflated(stream: bytes) -> bytes:
    try:
        # The object form, as it minds no byte lost or gained at the stream's end.
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""  # not compressed this way: no part of the page tree
