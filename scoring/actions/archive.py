"""归档: one sealed file per deputy and year (一人一档，一年一归档), made by the yearly run."""

import base64
import hashlib
import hmac
import re
import zlib
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.workflow import lock, move, record, refuse_if
from deputies.models import Mandate
from scoring import merkle
from scoring.actions.filing import write_file
from scoring.models import Archive, Grading, ReviewCycle, SealFailure, SealStart, YearSeal
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


def claim_begun(grading: Grading) -> Grading | None:
    """The same one again, after its beginning was committed; None when another worker has it."""
    rows = Grading.objects.unsealed().filter(pk=grading.pk)
    rows = rows.select_for_update(of=("self",), no_key=True, skip_locked=True)
    found = rows.select_related("grade", "deputy__user").first()
    return None if Grading.objects.sealed().filter(pk=grading.pk).exists() else found


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

    Killed anywhere and run again it ends the same: the files' bytes depend on the records alone.
    They are written after the database took the row, so that no file another row names is replaced,
    and before it is committed. `at` is the moment the file itself states.
    """
    grading = lock(grading)
    refuse_if(why_not_seal_file(grading))
    cycle, pages = grading.cycle, page_count(pdf)
    archive = Archive.objects.create(
        grading=grading,
        number=number,
        code=verify_code(cycle, grading.deputy_id),
        file=path_of(grading, number, ".pdf"),
        sha256=hashlib.sha256(pdf).hexdigest(),
        data=path_of(grading, number, ".json"),
        data_sha256=hashlib.sha256(data).hexdigest(),
        pages=pages,
        sealed_at=at,
    )
    write_file(archive.file, pdf)
    write_file(archive.data, data)
    SealFailure.objects.filter(grading=grading).delete()
    SealStart.objects.filter(grading=grading).delete()
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


def archive_number(cycle: ReviewCycle, seat: Mandate) -> str:
    """档号: year, congress, its term, certificate; a certificate's number is one of its term only.

    The congress stands there by its number in this house, as an archive's 全宗号 does.
    """
    term = seat.term
    return f"{cycle.year}-{term.assembly_id}-{term.number}-{seat.certificate}"


def verify_code(cycle: ReviewCycle, deputy_id: int) -> str:
    """验证码: known to who holds the file; not to be guessed without the cycle's seed (80 bits)."""
    digest = hmac.new(cycle.seed.encode(), str(deputy_id).encode(), hashlib.sha256).digest()
    letters = base64.b32encode(digest).decode()[:CODE_LENGTH]
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def path_of(grading: Grading, number: str, ending: str) -> str:
    """Where a file lies below MEDIA_ROOT: no two gradings share a path, whatever their numbers."""
    plain = re.sub(r"[^\w-]", "_", number)
    return f"{FOLDER}/{grading.cycle.year}/{plain}-{grading.pk}{ending}"


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
