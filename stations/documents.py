"""轮值的纸和日历: the poster on the wall, the sheet on the desk, the feeds."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from congress.shared.pdf import render_pdf
from congress.shared.qr import qr_svg
from congress.shared.texts import one_line
from stations.models import Activity, ReceptionDay, RotaSlot, Station, Visit
from stations.queries.feeds import Entry
from stations.queries.hours import reception, reception_words
from stations.queries.issues import way_words
from stations.queries.register import Wall
from stations.queries.rota import posted_days
from stations.states import ActivityState

ASK_AGAIN = timedelta(hours=12)
CALLED_OFF = ActivityState.CALLED_OFF
SIZES = ((320, "large"), (620, "middle"), (1100, "small"))
"""上墙制度: how many characters fit on one sheet at which size."""
LINES, FEWEST = 13, 4
"""Lines on the desk sheet: those for deputies, and blank ones for those who come."""


def poster_pdf(station: Station, today: date) -> bytes:
    """接待日公告: the next days with who receives, for the station's wall."""
    address = f"{settings.SITE_URL}{reverse('stations:public_detail', args=[station.pk])}"
    days, hours = posted_days(station, today), reception()
    known = [hours(station.own_hours, each[0].held_on).words for each in days]
    context = {
        "hours": list(dict.fromkeys(known or [reception_words(station, today)])),
        "station": station,
        "days": days,
        "qr": qr_svg(address),
        "host": urlsplit(settings.SITE_URL).hostname,
    }
    return render_pdf("pdf/rota_poster.html", context)


def wall_pdf(station: Station, wall: Wall, paper: str) -> bytes:
    """制度上墙: the words in force with the station's name, smaller where there are many."""
    lines = [line.strip() for line in wall.text.splitlines() if line.strip()]
    size = next((name for most, name in SIZES if len(wall.text) + 12 * len(lines) <= most), "tiny")
    context = {
        "station": station,
        "wall": wall,
        "lines": lines,
        "paper": paper,
        "size": size,
        "county": settings.COUNTY,
    }
    return render_pdf("pdf/wall_document.html", context)


def desk_sheet_pdf(day: ReceptionDay, today: date) -> bytes:
    """值班表: one day's turns to be signed, and lines for who came."""
    found = [each for each in posted_days(day.station, day.held_on, 1) if each[0].pk == day.pk]
    people = found[0][2] if found else []
    context = {
        "day": day,
        "hours": reception_words(day.station, day.held_on),
        "people": people,
        "lines": range(max(FEWEST, LINES - len(people))),
        "made_on": today,
    }
    return render_pdf("pdf/rota_desk.html", context)


def visit_sheet_pdf(visit: Visit, *, caller: str, contact: str) -> bytes:
    """人大代表接待选民登记表: one sheet for each visit, to be signed and filed."""
    turns = RotaSlot.objects.live().filter(day=visit.day, day__isnull=False)
    issue = visit.issue
    context = {
        "visit": visit,
        "issue": issue,
        "way": way_words(issue),
        "telling": getattr(issue, "telling", None),
        "caller": caller,
        "contact": contact,
        "duty": [slot.deputy.name for slot in turns.select_related("deputy")],
        "county": settings.COUNTY,
    }
    return render_pdf("pdf/visit_sheet.html", context)


def calendar(
    name: str,
    days: Iterable[Entry],
    *,
    as_of: datetime,
    activities: Iterable[Activity] = (),
    changed: Mapping[int, int] | None = None,
) -> bytes:
    """RFC 5545: each in its hours; a day that moves is the same event on another date.

    An activity has its hours; what is called off or given up stays for those who had it, as
    cancelled. `changed` is how often each activity was: whoever keeps a copy takes the newer one.
    """
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    made = Calendar()
    made.add("prodid", f"-//{settings.COUNTY}//逢十接待日//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", one_line(name))
    made.add("x-wr-timezone", settings.TIME_ZONE)
    made.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    hours = reception()
    for key, day, words, times, off in days:
        first, last = hours(day.station.own_hours, day.held_on)
        event = Event()
        event.add("uid", f"{key}@{host}")
        event.add("dtstamp", as_of)
        event.add("dtstart", _moment(day, first))
        event.add("dtend", _moment(day, last))
        event.add("summary", one_line(f"{day.station}接待选民"))
        event.add("description", one_line(words))
        event.add("location", one_line(day.station.address or day.station.name))
        _standing(event, times, off)
        made.add_component(event)
    for activity in activities:
        event = _activity(activity, host, as_of)
        _standing(event, (changed or {}).get(activity.pk, 0), activity.state == CALLED_OFF)
        made.add_component(event)
    content: bytes = made.to_ical()
    return content


def _moment(day: ReceptionDay, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day.held_on, at))


def _activity(activity: Activity, host: str, as_of: datetime) -> Event:
    event = Event()
    event.add("uid", f"activity-{activity.pk}@{host}")
    event.add("dtstamp", as_of)
    event.add("dtstart", activity.starts_at)
    event.add("dtend", activity.ends_at)
    event.add("summary", one_line(activity.title))
    event.add("description", one_line(activity.why or activity.brief))
    event.add("location", one_line(activity.place))
    return event


def _standing(event: Event, times: int, off: bool) -> None:
    event.add("sequence", times)
    event.add("status", "CANCELLED" if off else "CONFIRMED")
