"""六有自查、制度上墙: how a place stands is said each year; what hangs there, as it changes."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.workflow import lock, record, refuse_if
from stations.models import CheckMark, Standard, Station, StationCheck, WallDocument, WallVersion
from stations.permissions.fittings import why_not_check_station, why_not_publish_wall


@transaction.atomic
def check_station(
    station: Station, *, lacks: Mapping[int, str], by: Actor, today: date
) -> StationCheck:
    """六有自查: for each thing a place must have, whether it is there or what is missing.

    `lacks` has each standard by its number, with no words where it is met. The newest check says
    how the place stands; the same again on the same day changes nothing.
    """
    station = lock(station)
    refuse_if(why_not_check_station(by, station))
    if by.user is None:
        raise Refused("自查须由人来登记。")
    standards = list(Standard.objects.running(today))
    said = {each.pk: lacks[each.pk].strip() for each in standards if each.pk in lacks}
    if left := [each.name for each in standards if each.pk not in said]:
        raise Refused(f"还有没填的：{'、'.join(left)}。")
    last = station.checks.filter(checked_on=today).order_by("-checked_at", "-pk").first()
    if last and dict(last.marks.values_list("standard", "lacks")) == said:
        return last
    check = StationCheck.objects.create(
        station=station, checked_on=today, checked_by=by.user, checked_at=clock.now()
    )
    CheckMark.objects.bulk_create(
        CheckMark(check_of=check, standard_id=pk, met=not words, lacks=words)
        for pk, words in said.items()
    )
    missing = [f"{each.name}（{said[each.pk]}）" for each in standards if said[each.pk]]
    record(station, "checked_over", by=by, note=f"缺{'、'.join(missing)}" if missing else "都有")
    return check


@transaction.atomic
def publish_wall(
    document: WallDocument, *, text: str, basis: str, by: Actor, today: date
) -> WallVersion:
    """发布上墙制度: the next version is in force; those before it stay as they were."""
    document, text, basis = lock(document), text.strip(), basis.strip()
    refuse_if(why_not_publish_wall(by, document, text=text))
    refuse_if(None if text and basis else "正文和依据都要写。")
    if by.user is None:
        raise Refused("上墙制度须由人来发布。")
    version = WallVersion.objects.create(
        document=document,
        number=document.versions.count() + 1,
        text=text,
        basis=basis,
        published_on=today,
        published_by=by.user,
        published_at=clock.now(),
    )
    record(document, "wall_published", by=by, note=f"第 {version.number} 版：{basis}")
    return version
