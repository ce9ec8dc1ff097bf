"""打包: sealed files in one box, written while it is sent, so that a year needs no memory."""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, cast

from django.conf import settings
from django.utils import timezone

from scoring.models import Archive

CHUNK = 256 * 1024
MISSING = "缺少的文件.txt"


class _Pipe:
    """What is written can be taken away at once; a box is written from front to back only."""

    def __init__(self) -> None:
        self.held = bytearray()

    def write(self, some: bytes) -> int:
        self.held += some
        return len(some)

    def flush(self) -> None:
        """Nothing is kept back."""

    def taken(self) -> bytes:
        some, self.held = bytes(self.held), bytearray()
        return some


def box(rows: Sequence[Archive]) -> Iterator[bytes]:
    """Each file under its number and its deputy's name; what is gone from the disk is named."""
    pipe, missing = _Pipe(), []
    with zipfile.ZipFile(cast("IO[bytes]", pipe), "w") as whole:
        for row in rows:
            path = Path(settings.MEDIA_ROOT, row.file)
            if not path.is_file():
                missing.append(row.number)
                continue
            with path.open("rb") as file, whole.open(_entry(row), "w") as inside:
                while some := file.read(CHUNK):
                    inside.write(some)
                    yield pipe.taken()
            yield pipe.taken()
        if missing:
            whole.writestr(MISSING, "\n".join(missing))
    yield pipe.taken()


def _entry(row: Archive) -> zipfile.ZipInfo:
    """PDFs are packed already: they are stored as they are, with the moment of their seal."""
    name = f"{row.number} {row.grading.deputy.name} 履职档案.pdf".replace("/", "_")
    moment = timezone.localtime(row.sealed_at)
    return zipfile.ZipInfo(name, moment.timetuple()[:6])
