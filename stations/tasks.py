"""What beat does for the roster: long files are read and written while nobody waits."""

import logging

from celery import shared_task
from django.db import transaction

from congress.shared import clock
from congress.shared.actors import SYSTEM, Actor
from congress.shared.errors import Refused
from congress.shared.models import Post
from congress.shared.roles import STAFF
from congress.shared.workflow import lock, move
from deputies.actions import reading
from deputies.models import RosterImport
from deputies.states import ImportState
from stations.actions import issue_notices, places, visits, watching

logger = logging.getLogger("congress.stations")

NOT_READ = "读取时出了差错，名册没有改动。请把文件名和时间告诉系统管理员。"
NOT_WRITTEN = "写入时出了差错，名册没有改动。请把文件名和时间告诉系统管理员，查明以后再确认。"


@shared_task
def run_imports() -> int:
    """导入: every waiting file is read, every confirmed one written; how many this run did.

    A run that dies leaves its batch as it was: the next one begins it again. A batch that fails is
    tried once, says so itself, and stops no other.
    """
    done = 0
    for batch in RosterImport.objects.to_read():
        done += _read(batch)
    for batch in RosterImport.objects.to_apply():
        done += _write(batch)
    return done


@shared_task
def watch_rota() -> dict[str, int]:
    """轮值: who is on soon is reminded, swaps too late are void, empty stations are told of."""
    today = clock.today()
    return {
        "reminded": watching.remind(today),
        "lapsed": watching.lapse_swaps(today),
        "empty": watching.alarm(today),
    }


@shared_task
def remind_issues() -> int:
    """民情到期提醒: what is due soon or late is told once to whoever has to act."""
    return issue_notices.remind(clock.today())


@shared_task
def purge_visitors() -> int:
    """到期删除: what could lead to a voter goes when it is no longer needed."""
    return visits.purge_visitors(clock.today())


def _read(batch: RosterImport) -> bool:
    try:
        return reading.read_waiting(batch)
    except Exception:
        logger.exception("roster import %s not read", batch.pk)
        reading.give_up(batch, NOT_READ)
    return True


def _write(batch: RosterImport) -> bool:
    """The whole import in one transaction of its own, claimed by the row's lock."""
    rows = RosterImport.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
    try:
        with transaction.atomic():  # what is checked only at its end is caught as well
            claimed = rows.filter(pk=batch.pk, state=ImportState.APPLYING).first()
            if claimed is None:
                return False
            places.write_roster(claimed, by=_who_confirmed(claimed), today=clock.today())
    except Refused as refusal:
        logger.warning("roster import %s not written", batch.pk)
        _give_back(batch, refusal.reason)
    except Exception:
        logger.exception("roster import %s not written", batch.pk)
        _give_back(batch, NOT_WRITTEN)
    return True


def _who_confirmed(batch: RosterImport) -> Actor:
    """Whoever confirmed, in the post of the office they hold today."""
    user = batch.applied_by
    if user is None:
        return SYSTEM
    posts = Post.objects.in_force(clock.today()).filter(user=user, role__in=STAFF)
    return Actor(user, posts.select_related("organisation").order_by("pk").first())


@transaction.atomic
def _give_back(batch: RosterImport, problem: str) -> None:
    """The batch waits for confirmation again and says why, unless another worker wrote it."""
    batch = lock(batch)
    if batch.state == ImportState.APPLYING:
        facts = {"problem": problem[:200], "applied_by": None}
        move(batch, ImportState.PREVIEWED, by=SYSTEM, note=problem, **facts)
