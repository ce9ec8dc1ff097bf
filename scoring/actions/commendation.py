"""评先表优: the committee's list of one year, confirmed with its minute, then published."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse as address

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.names import says_something
from congress.shared.workflow import lock, move, record, refuse_if
from scoring.consequence_states import ListState
from scoring.models import CommendationList, Commended, ReviewCycle
from scoring.permissions.commendation import (
    why_not_confirm_commendation,
    why_not_publish_commendation,
)
from scoring.queries.commendation import candidates, proposed


@transaction.atomic
def confirm_commendation(
    cycle: ReviewCycle, *, chosen: Collection[int], minute: str, by: Actor, note: str = ""
) -> CommendationList:
    """确定名单: these deputies (by their gradings) are commended, and nobody changes it any more.

    Whoever departs from the proposed list says why.
    """
    cycle = lock(cycle)
    refuse_if(why_not_confirm_commendation(by, cycle))
    if not says_something(minute):
        raise Refused("请填写会议纪要号。")
    rows = candidates(cycle)
    known = {row.pk: row for row in rows}
    if not chosen:
        raise Refused("名单上还没有人，请至少选一位。")
    if strangers := set(chosen) - set(known):
        raise Refused(f"有 {len(strangers)} 人不在本年参评代表之中，请刷新名单再提交。")
    if set(chosen) != {row.pk for row in proposed(cycle, rows)} and not says_something(note):
        raise Refused("名单和参考名单不同，请写明为什么。")
    hand: dict[str, Any] = {"confirmed_by": by.user, "confirmed_at": clock.now()}
    found = CommendationList.objects.create(
        cycle=cycle, minute=minute.strip(), note=note.strip(), **hand
    )
    Commended.objects.bulk_create(
        Commended(list=found, grading_id=row.pk, position=row.turn, **row.figures)
        for row in rows
        if row.pk in chosen
    )
    record(found, ListState.CONFIRMED, by=by, note=f"{found.minute}，{len(set(chosen))} 人")
    return found


@transaction.atomic
def publish_commendation(found: CommendationList, *, by: Actor, today: date) -> CommendationList:
    """公布名单: everybody may read it, and who is on it is told so."""
    found = lock(found)
    refuse_if(why_not_publish_commendation(by, found))
    found = move(found, ListState.PUBLISHED, by=by, published_on=today)
    people = found.people.select_related("grading__deputy__user")
    notices.write(
        [row.grading.deputy.user for row in people],
        key=f"scoring.commended:{found.pk}",
        text=f"您在{found.cycle.year} 年度表扬名单上，名单今天公布了。",
        link=address("scoring:commended", args=[found.cycle_id]),
    )
    return found
