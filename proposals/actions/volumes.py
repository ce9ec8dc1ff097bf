"""案卷: asked for by the office, made by the worker, kept as files that replace the last ones."""

from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from congress.shared import clock
from congress.shared.actors import SYSTEM, Actor
from congress.shared.models import Session
from congress.shared.workflow import lock, move, record, refuse_if
from proposals.models import Volume
from proposals.permissions.volumes import why_not_ask_volume
from proposals.states import VolumeState

FOLDER = "volumes"
MOST_TRIES = 3
"""A run that takes its worker down with it is begun so often and no more."""


@transaction.atomic
def ask_volume(session: Session, *, by: Actor) -> Volume:
    """生成案卷: the worker's next look makes it; what was made last stays until then."""
    session = lock(session)  # a second click waits here, and then finds the first one's ask
    refuse_if(why_not_ask_volume(by, session))
    who = {"asked_by": by.user, "asked_post": by.post}
    if found := Volume.objects.filter(session=session).first():
        again = {"asked_at": clock.now(), "tries": 0}
        return move(lock(found), VolumeState.ASKED, by=by, note="", **who, **again)
    volume = Volume(session=session, asked_at=clock.now(), **who)
    volume.save(force_insert=True)
    record(volume, VolumeState.ASKED, by=by)
    return volume


@transaction.atomic
def begin_volume(volume: Volume) -> bool:
    """One try more; False when nobody waits any longer, or when all the tries died half way."""
    volume = lock(volume)
    if volume.state != VolumeState.ASKED:
        return False
    if volume.tries >= MOST_TRIES:
        move(volume, VolumeState.FAILED, by=SYSTEM, note=f"试了 {volume.tries} 次都中断了。")
        return False
    volume.tries += 1
    volume.save(update_fields=["tries"])
    return True


@transaction.atomic
def keep_volume(volume: Volume, *, pdf: bytes, book: bytes, cases: int) -> None:
    """已生成: both files stand whole before the row names them; the last ones go."""
    volume = lock(volume)
    if volume.state != VolumeState.ASKED:
        return
    last = {volume.pdf, volume.book}
    name = f"{volume.session_id}-{volume.asked_at:%Y%m%d%H%M%S%f}"
    files = {
        "pdf": _write(f"{FOLDER}/{name}.pdf", pdf),
        "book": _write(f"{FOLDER}/{name}.xlsx", book),
    }
    note = f"{cases} 件。"
    facts = {"cases": cases, "made_at": clock.now(), **files}
    move(volume, VolumeState.MADE, by=SYSTEM, note=note, **facts)
    for path in last - {"", *files.values()}:
        transaction.on_commit(partial(_remove, path))


@transaction.atomic
def give_up_volume(volume: Volume) -> None:
    """没有生成成功: it may be asked for again, and what was made last stays."""
    volume = lock(volume)
    if volume.state == VolumeState.ASKED:
        move(volume, VolumeState.FAILED, by=SYSTEM)


def _write(path: str, content: bytes) -> str:
    """The file stands whole or not at all; a half-written one is overwritten by the next try."""
    target = Path(settings.MEDIA_ROOT, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f"{target.name}.part")
    half.write_bytes(content)
    half.replace(target)
    return path


def _remove(path: str) -> None:
    Path(settings.MEDIA_ROOT, path).unlink(missing_ok=True)
