"""期限加入日历: RFC 5545, whole days, for calendars that ask again by themselves."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from congress.shared.texts import one_line
from proposals.queries.public_deadlines import Deadline

ASK_AGAIN = timedelta(hours=12)


def calendar(name: str, deadlines: Iterable[Deadline], *, as_of: datetime) -> bytes:
    """One event for each last day; a day that moves is the same event on another day."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    made = Calendar()
    made.add("prodid", f"-//{settings.COUNTY}//代表建议办理//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", one_line(name))
    made.add("x-wr-timezone", settings.TIME_ZONE)
    made.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for each in deadlines:
        event = Event()
        event.add("uid", f"{each.key}@{host}")
        event.add("dtstamp", as_of)
        event.add("dtstart", each.on)
        event.add("dtend", each.on + timedelta(days=1))
        event.add("summary", one_line(each.summary))
        event.add("description", one_line(each.words))
        event.add("url", each.url)
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    content: bytes = made.to_ical()
    return content
