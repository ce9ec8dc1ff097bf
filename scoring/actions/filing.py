"""Files that a row names: whole on the disk before anybody is told of them."""

import os
from pathlib import Path

from django.conf import settings


def write_file(path: str, content: bytes) -> str:
    """The file stands whole or not at all; its path below MEDIA_ROOT.

    A half-written one keeps its own name, so that the next try overwrites it. It is on the disk
    before anybody is told of it: a row is never left without its file, were the power cut.
    """
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
