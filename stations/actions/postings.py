"""进驻: which deputy serves where, settled one by one or for all who serve nowhere."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.workflow import in_turn, lock, record, record_all, refuse_if
from deputies.models import Deputy
from stations.actions.rota import ROTA, free_turns
from stations.models import Posting, RotaSlot, Station
from stations.permissions.postings import (
    own_area,
    why_not_post_deputy,
    why_not_post_missing,
    why_not_unpost_deputy,
)
from stations.queries.postings import nowhere


@transaction.atomic
def post_deputy(deputy: Deputy, *, station: Station, by: Actor, today: date) -> Posting:
    """安排进驻: from today on the deputy serves here; the place before keeps its dates.

    Turns still to come at the place before are given up.
    """
    in_turn(ROTA)
    deputy = lock(deputy)
    refuse_if(why_not_post_deputy(by, deputy, lock(station), today=today))
    former = Posting.objects.open().filter(deputy=deputy).select_related("station").first()
    if former:
        _leave(former, why=f"{deputy.name}改驻{station}", by=by, today=today)
    from_on = former.to_on if former and former.to_on else today
    posting = Posting.objects.create(deputy=deputy, station=station, from_on=from_on)
    record(posting, "posted", by=by, note=f"{deputy.name}：{station}")
    text = f"从今天起您进驻{station}。"
    link = reverse("stations:public_detail", args=[station.pk])
    notices.write([deputy.user], key=f"stations.posted:{posting.pk}", text=text, link=link)
    return posting


@transaction.atomic
def unpost_deputy(posting: Posting, *, reason: str, by: Actor, today: date) -> Posting:
    """离站: the deputy serves here no more from today on, and the turns to come are free."""
    in_turn(ROTA)
    posting = lock(posting)
    refuse_if(why_not_unpost_deputy(by, posting))
    refuse_if(None if reason.strip() else "请写明为什么离开。")
    _leave(posting, why=f"{posting.deputy.name}不再进驻：{reason.strip()}", by=by, today=today)
    record(posting, "unposted", by=by, note=reason.strip())
    return posting


def _leave(posting: Posting, *, why: str, by: Actor, today: date) -> None:
    """The spell ends today; one that began later ends as it begins."""
    posting.to_on = max(today, posting.from_on)
    posting.save(update_fields=["to_on"])
    turns = RotaSlot.objects.ahead(today).filter(day__station=posting.station_id)
    free_turns(turns.filter(deputy=posting.deputy_id), why=why, by=by)


@transaction.atomic
def post_missing(*, by: Actor, today: date) -> int:
    """一键进驻: everybody who serves nowhere serves where their group does; how many those are.

    A township does it for its own groups and places. Whoever has no such place stays on the list.
    Again is once: nobody is left to post.
    """
    in_turn(ROTA)
    refuse_if(why_not_post_missing(by))
    rows = Posting.objects.bulk_create(
        Posting(deputy_id=one.pk, station_id=one.station, from_on=today)
        for one in nowhere(today, own_area(by))
        if one.station
    )
    record_all(rows, "posted", by=by)
    return len(rows)
