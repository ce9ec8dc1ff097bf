"""接待时间: a place's own or the county's, on every paper and page that names a reception day."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.urls import reverse
from icalendar import Calendar

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Setting
from congress.shared.workbook import workbook
from stations import documents, hours
from stations.actions import places, rota, watching
from stations.actions.place_sheet import import_stations, undo_stations
from stations.models import ReceptionDay, StationImport
from stations.queries import place_sheet, public
from stations.queries.hours import reception, reception_words
from stations.rules import HOURS_FROM
from tests import make
from tests.stations import rota_walk as walk
from tests.stations.rota_walk import TODAY

pytestmark = pytest.mark.django_db
PLACE = {"address": "老街 18 号", "opening": "周一至周五"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("8:30—11:30", "上午 8:30—11:30"),
        ("上午08：30-11：30", "上午 8:30—11:30"),
        ("14:00 至 17:00", "下午 14:00—17:00"),
        ("下午2:30—5:30", "下午 14:30—17:30"),
        ("下午 14:30—17:00", "下午 14:30—17:00"),
        ("9:00~16:30", "9:00—16:30"),
        ("11:30-8:30", None),
        ("8:75-11:30", None),
        ("上午", None),
    ],
)
def test_hours_are_read_as_people_write_them(typed, words):
    found = hours.read(typed)
    assert (found.words if found else None) == words


def test_the_countys_hours_hold_by_their_day_until_a_place_has_its_own(today):
    place = walk.station(0).place
    Setting.objects.create(
        key=HOURS_FROM.key, value=Decimal(900), from_on=date(2026, 6, 1), basis="主任会议"
    )
    at = reception()
    assert [at(place.own_hours, date(2026, month, 10)).words for month in (5, 6)] == [
        "上午 8:30—11:30",
        "上午 9:00—11:30",
    ]
    assert "分钟" in str(HOURS_FROM.why_not(Decimal(875)))
    own = {"receives_from": time(14), "receives_until": time(17)}
    for _ in range(2):
        places.describe_station(place, **PLACE, **own, by=make.actor())
    place.refresh_from_db()
    assert reception_words(place, TODAY) == "下午 14:00—17:00"
    assert list(AuditEvent.objects.values_list("note", flat=True)) == [
        "老街 18 号，周一至周五，接待时间下午 14:00—17:00"
    ]
    for wrong, words in (((time(9), None), "一起填"), ((time(9), time(9)), "晚于")):
        facts = dict(zip(own, wrong, strict=True))
        with pytest.raises(Refused, match=words):
            places.describe_station(place, **PLACE, **facts, by=make.actor())


def test_the_sheet_of_places_brings_hours_and_takes_them_back(today):
    place = walk.station(0).place

    def look(words: str, address: str = "老街") -> place_sheet.Judged:
        head = ("乡镇", "名称", "地址", "开放时间", "接待时间")
        line = ("柳河镇", place.name, address, "周一", words)
        return place_sheet.judged(workbook("家站", head, [line]), "家站.xlsx", TODAY)[0]

    assert "接待时间写成 8:30—11:30" in look("上午").words
    assert "公开页面上看得到" in look("", "老街，找 13987654321").words
    found = look("8：30-12：00")
    assert "接待时间：（没有） → 8:30—12:00" in found.words
    import_stations([found.row], by=make.actor(), today=TODAY)
    place.refresh_from_db()
    assert place.own_hours == (time(8, 30), time(12))
    assert look("8:30—12:00").verdict == "same"
    undo_stations(StationImport.objects.get(), by=make.actor())
    place.refresh_from_db()
    assert place.own_hours is None


def test_every_paper_and_page_of_a_reception_day_says_when(client, today):
    found = walk.planned()
    own = {"receives_from": time(8), "receives_until": time(12)}
    places.describe_station(found.place, **PLACE, **own, by=make.actor())
    found.place.refresh_from_db()
    watching.remind(date(2026, 5, 19))
    day = ReceptionDay.objects.ahead(TODAY).first()
    rota.move_day(day, to=date(2026, 5, 21), reason="停电", by=found.keeper, today=TODAY)
    for kind in ("remind", "moved"):
        notice = Notice.objects.filter(key__startswith=f"stations.{kind}").first()
        assert "上午 8:00—12:00" in notice.text
    made = documents.calendar("接待日", [("1", day, "", 0, False)], as_of=clock.now())
    event = Calendar.from_ical(made).walk("VEVENT")[0]
    assert [event[name].dt.strftime("%H:%M") for name in ("DTSTART", "DTEND")] == ["08:00", "12:00"]
    assert {each.hours for each in public.days_at(found.place, TODAY)} == {"上午 8:00—12:00"}
    assert "上午 8:00—12:00" in public.lines(TODAY)[0].when
    client.force_login(found.keeper.user)
    for name in ("public_detail", "station_rota", "station_file"):
        page = client.get(reverse(f"stations:{name}", args=[found.place.pk])).content.decode()
        assert "上午 8:00—12:00" in page, name
    slot = walk.turns(found)[0]
    client.force_login(slot.deputy.user)
    assert "上午 8:00—12:00" in client.get(reverse("stations:my_rota")).content.decode()
