"""家站要留意的: matters and findings past their day wherever they wait, and screens gone dark."""

from datetime import date

from django.db.models import Count
from django.urls import reverse

from congress.home.queries.queue import Queue
from stations.models import Finding, Issue, ScreenToken
from stations.models.issues import LIVE
from stations.rules import SCREEN_DAYS


def stations_watched(today: date) -> list[Queue]:
    """Each number is the length of the list behind it; a zero is said."""
    days = SCREEN_DAYS.on(today)
    dark = ScreenToken.objects.silent(today, days).filter(station__closed_on=None)
    return [
        _queue(
            "民情超期",
            Issue.objects.filter(state__in=LIVE, due_on__lt=today).count(),
            "各家站的都在内",
            "都在期限以内",
            f"{reverse('stations:issues')}?light=late",
        ),
        *_findings(today),
        _queue(
            "大屏断线",
            dark.count(),
            f"{days} 天没有应答",
            "都有应答",
            f"{reverse('stations:screens')}?show=silent",
        ),
    ]


def _findings(today: date) -> list[Queue]:
    """By the year in which they were found, as their list has them."""
    late = Finding.objects.overdue(today).order_by().values_list("found_on__year")
    known = {today.year: 0, **dict(late.annotate(Count("pk")))}
    page = reverse("stations:findings")
    return [
        _queue(
            "发现的问题超期" if year == today.year else f"{year} 年发现的问题超期",
            count,
            "没有按期交办或者解决",
            "都在期限以内",
            f"{page}?light=late&year={year}",
        )
        for year, count in sorted(known.items(), reverse=True)
    ]


def _queue(title: str, count: int, some: str, none: str, url: str) -> Queue:
    return Queue(title, count, some if count else none, "late" if count else "off", url)
