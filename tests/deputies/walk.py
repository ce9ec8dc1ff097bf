"""A duty record in each of its states, walked there by the real verbs."""

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.roles import Role
from deputies.actions import duties, on_behalf, photos
from deputies.codes import AWARDS_BY_LEVEL
from deputies.models import Deputy, DutyItem, DutyRecord
from deputies.states import DutyState
from tests import make


def picture(colour: str = "teal", size: tuple[int, int] = (400, 300), kind: str = "JPEG", **extra):
    """The bytes of an invented photo."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **extra)
    return out.getvalue()


def photo(colour: str = "teal") -> photos.Photo:
    sent = picture(colour)
    return photos.read(io.BytesIO(sent), len(sent))


def upload(colour: str = "teal", name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(colour), "image/jpeg")


def item(code: str = "C2") -> DutyItem:
    return DutyItem.objects.get(code=code)


def typed(person: Deputy, **facts):
    """What a deputy fills in, ready for `report`."""
    return {
        "item": item(),
        "done_on": clock.today(),
        "quantity": 2,
        "place": "桃园村 2 组",
        "note": "水渠漏水",
        "photos": [photo(f"#{make.serial() * 7919 % 2**24:06x}")],  # no two alike
        "token": f"{make.serial():032x}",
        "by": make.as_deputy(person),
        **facts,
    }


def report(person: Deputy | None = None, **facts) -> DutyRecord:
    who = person or make.deputy()
    return duties.report(who, **typed(who, **facts))


def mended(record: DutyRecord, **facts):
    """What a deputy mends, ready for `resubmit`."""
    return {
        "done_on": record.done_on,
        "quantity": 1,
        "place": record.place,
        "note": "补了照片",
        "photos": [photo("gold")],
        "by": make.as_deputy(record.deputy),
        **facts,
    }


def township_clerk():
    return make.actor(Role.TOWNSHIP_CLERK)


def duty(state: str = DutyState.REPORTED, person: Deputy | None = None, **facts) -> DutyRecord:
    """A record in this state; checked by the township, verified by the director."""
    record = report(person, **facts)
    if state == DutyState.WITHDRAWN:
        return duties.withdraw(record, by=make.as_deputy(record.deputy))
    if state == DutyState.RETURNED:
        return duties.send_back(record, reason="看不到人，补一张。", by=township_clerk())
    if state in (DutyState.CHECKED, DutyState.VERIFIED):
        record = duties.check(record, by=township_clerk())
    if state == DutyState.VERIFIED:
        record = duties.verify(record, by=make.director())
    return record


def fact(person: Deputy, source: str = "stations.attendance:1", day: date = make.TODAY, **more):
    return duties.Fact(person.pk, "A2", day, source, **more)


def told(person: Deputy, code: str = "A2", *, by: Actor, day: date = make.TODAY, **more):
    """The record of a duty that an upper app told of."""
    source = f"tests:{make.serial()}"
    if code in AWARDS_BY_LEVEL:
        more.setdefault("matter", source)
    duties.report_facts([duties.Fact(person.pk, code, day, source, **more)], by=by)
    return DutyRecord.objects.select_related("item").get(source=source)


def entered(person: Deputy | None = None, *, by: Actor | None = None, **facts) -> DutyRecord:
    """A record that the township entered for a deputy, who has not said anything yet."""
    who = person or make.deputy()
    return on_behalf.enter(who, **typed(who, by=by or township_clerk(), **facts))


def confirmed(person: Deputy | None = None, **facts) -> DutyRecord:
    """The same, confirmed by the deputy."""
    record = entered(person, **facts)
    return on_behalf.confirm(record, by=make.as_deputy(record.deputy))
