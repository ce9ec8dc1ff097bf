"""打包下载: many whole years leave the house at once, and the trail says who took how many."""

from django.db import transaction
from django.db.models import QuerySet

from congress.shared.actors import Actor
from congress.shared.workflow import record, refuse_if
from scoring.models import Archive
from scoring.permissions.archive import why_not_take_archives


@transaction.atomic
def take_archives(rows: QuerySet[Archive], *, by: Actor) -> list[Archive]:
    """打包下载: noted like an act, for each file is a whole year (个人信息保护法第五十一条)."""
    refuse_if(why_not_take_archives(by) or _nothing(rows))
    assert by.user is not None, "staff are people"  # noqa: S101  # told to mypy: why_not_take_archives has seen to it
    found = list(rows.select_related("grading__deputy").order_by("number"))
    record(by.user, "archives_taken", by=by, note=f"{len(found)} 份履职档案")
    return found


def _nothing(rows: QuerySet[Archive]) -> str | None:
    return None if rows.exists() else "列表里没有档案，没有可以下载的。"
