"""议事: noted with what was agreed on; each matter is ticked off or said why not."""

import secrets
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.workflow import lock, move, record, refuse_if
from stations.models import Council, CouncilDeputy, CouncilPhoto, Matter, Station
from stations.permissions.councils import (
    Talked,
    why_not_correct_council,
    why_not_end_matter,
    why_not_note_council,
    why_not_withdraw_council,
)
from stations.states import CouncilState, MatterState

CORRECTED = "登记有误，已改正，另见新的一次"


@transaction.atomic
def note_council(station: Station, *, talked: Talked, by: Actor, today: date) -> Council:
    """登记议事: when, about what, who was there, and what was agreed on."""
    station = lock(station)
    refuse_if(why_not_note_council(by, station, talked, today=today))
    if by.user is None:
        raise Refused("议事须由人来登记。")
    council = Council.objects.create(
        station=station,
        entered_by=by.user,
        entered_at=clock.now(),
        **{
            name: getattr(talked, name)
            for name in ("kind", "held_on", "place", "topic", "people", "notes")
        },
    )
    CouncilDeputy.objects.bulk_create(
        CouncilDeputy(council=council, deputy=each) for each in talked.deputies
    )
    Matter.objects.bulk_create(Matter(council=council, words=words) for words in talked.matters)
    for photo in {each.sha256: each for each in talked.photos}.values():
        kept = CouncilPhoto(council=council, digest=photo.sha256)
        kept.file.save(f"{secrets.token_urlsafe(24)}.jpg", ContentFile(photo.content), save=False)
        kept.save(force_insert=True)
    record(council, CouncilState.NOTED, by=by, note=talked.topic)
    return council


@transaction.atomic
def correct_council(council: Council, *, talked: Talked, by: Actor, today: date) -> Council:
    """改正议事: what was noted stays as withdrawn, and a record that is right takes its place.

    Its photos go over; those that are sent now come with them.
    """
    council = lock(council)
    refuse_if(why_not_correct_council(by, council))
    withdraw_council(council, reason=CORRECTED, by=by)
    anew = note_council(council.station, talked=talked, by=by, today=today)
    known = set(anew.photos.values_list("digest", flat=True))
    CouncilPhoto.objects.bulk_create(
        CouncilPhoto(council=anew, file=each.file.name, digest=each.digest)
        for each in council.photos.exclude(digest__in=known)
    )
    record(anew, "corrected", by=by, note=f"原来登记的是：{council.topic}")
    return anew


@transaction.atomic
def withdraw_council(council: Council, *, reason: str, by: Actor) -> Council:
    """撤回议事: noted by mistake; it stays with its reason and counts nowhere."""
    council = lock(council)
    refuse_if(why_not_withdraw_council(by, council))
    return move(council, CouncilState.WITHDRAWN, by=by, note=reason, why=reason)


@transaction.atomic
def end_matter(
    matter: Matter, *, to: MatterState, result: str, ended_on: date, by: Actor, today: date
) -> Matter:
    """销号: a matter agreed on is done, or it is said why it was not."""
    matter = lock(matter)
    refuse_if(why_not_end_matter(by, matter, to, ended_on, today=today))
    return move(matter, to, by=by, note=result[:200], result=result, ended_on=ended_on)
