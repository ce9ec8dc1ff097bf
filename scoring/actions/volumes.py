"""任期卷、小组年册: asked for, made by the worker, kept as a file that replaces the last one."""

from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from congress.shared import clock
from congress.shared.actors import SYSTEM, Actor
from congress.shared.models import Term
from congress.shared.workflow import lock, move, record, refuse_if
from deputies.models import Deputy, DeputyGroup
from scoring.actions.filing import write_file
from scoring.models import ArchiveVolume, ReviewCycle
from scoring.permissions.archive import why_not_ask_group_book, why_not_ask_term_volume
from scoring.volume_states import VolumeState

FOLDER = "archive/volumes"
MOST_TRIES = 3
"""A run that takes its worker down with it is begun so often and no more."""


@transaction.atomic
def ask_term_volume(deputy: Deputy, *, term: Term, by: Actor) -> ArchiveVolume:
    """生成任期卷: the worker's next look binds it; what was made last stays until then."""
    deputy = lock(deputy)  # a second click waits here, and then finds the first one's ask
    refuse_if(why_not_ask_term_volume(by, deputy, term))
    return _ask({"deputy": deputy, "term": term}, by=by)


@transaction.atomic
def ask_group_book(group: DeputyGroup, *, cycle: ReviewCycle, by: Actor) -> ArchiveVolume:
    """生成小组年册: the same, of what a group's members did in a sealed year."""
    group = lock(group)
    refuse_if(why_not_ask_group_book(by, group, cycle))
    return _ask({"group": group, "cycle": cycle}, by=by)


def _ask(of: dict[str, Any], *, by: Actor) -> ArchiveVolume:
    who: dict[str, Any] = {"asked_by": by.user, "asked_post": by.post, "asked_at": clock.now()}
    if found := ArchiveVolume.objects.filter(**of).first():
        return move(lock(found), VolumeState.ASKED, by=by, note="", **who, tries=0, why="")
    volume = ArchiveVolume(**of, **who)
    volume.save(force_insert=True)
    record(volume, VolumeState.ASKED, by=by)
    return volume


@transaction.atomic
def begin_volume(volume: ArchiveVolume) -> bool:
    """One try more; False when nobody waits any longer, or when all the tries died half way."""
    volume = lock(volume)
    if volume.state != VolumeState.ASKED:
        return False
    if volume.tries >= MOST_TRIES:
        why = f"试了 {volume.tries} 次都中断了。"
        move(volume, VolumeState.FAILED, by=SYSTEM, note=why, why=why)
        return False
    volume.tries += 1
    volume.save(update_fields=["tries"])
    return True


@transaction.atomic
def keep_volume(volume: ArchiveVolume, *, pdf: bytes, holds: int, pages: int) -> None:
    """已生成: the file stands whole before the row names it; the last one goes."""
    volume = lock(volume)
    if volume.state != VolumeState.ASKED:
        return
    last = volume.file
    path = write_file(f"{FOLDER}/{volume.pk}-{volume.asked_at:%Y%m%d%H%M%S%f}.pdf", pdf)
    facts = {"holds": holds, "pages": pages, "file": path, "made_at": clock.now()}
    move(volume, VolumeState.MADE, by=SYSTEM, note=f"{holds} 份，{pages} 页。", **facts)
    if last and last != path:
        transaction.on_commit(partial(_remove, last))


@transaction.atomic
def give_up_volume(volume: ArchiveVolume, *, why: str) -> None:
    """没有生成成功: it may be asked for again, and what was made last stays."""
    volume = lock(volume)
    if volume.state == VolumeState.ASKED:
        move(volume, VolumeState.FAILED, by=SYSTEM, note=why, why=why)


def _remove(path: str) -> None:
    Path(settings.MEDIA_ROOT, path).unlink(missing_ok=True)
