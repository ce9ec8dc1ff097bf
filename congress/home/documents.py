"""What pages of more than one app show, to be taken along or hung up."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from congress.home.queries import wall
from congress.home.queries.group_year import GroupYear
from congress.shared.pdf import render_pdf
from congress.shared.qr import qr_svg
from congress.shared.workbook import workbook
from stations.models import Station

CALLS = ("应到", "到场", "请假", "缺席")
SHEET_ROWS = 10
"""每日张贴: so many proposals stand on one page beside everything else."""
LAST = ("最近一次履职", "委员最近一次联系")


def day_sheet_pdf(station: Station, now: datetime, paper: str) -> bytes:
    """每日张贴: what the screen shows at this minute, for the door of a station without one."""
    seen = wall.wall(station, now)
    context = {
        "wall": seen,
        "rows": list(chain.from_iterable(seen.pages))[:SHEET_ROWS],
        "paper": paper,
        "made_at": timezone.localtime(now),
        "qr": qr_svg(settings.SITE_URL + reverse("stations:public_detail", args=[station.pk])),
        "host": urlsplit(settings.SITE_URL).hostname,
        "county": settings.COUNTY,
    }
    return render_pdf("pdf/day_sheet.html", context)


def group_sheet(seen: GroupYear, *, title: str) -> bytes:
    """One line for each member, by 姓氏笔画."""
    head = ["姓名", *seen.categories, "履职合计", *CALLS, *LAST, f"{seen.span.name}履职记录"]
    return workbook("小组的一年", head, _lines(seen), title=title)


def _lines(seen: GroupYear) -> Iterator[list[object]]:
    for each in seen.members:
        counts = [count for _, count in each.shown]
        calls = (each.called, each.came, each.leave, each.absent)
        last = (each.last or "没有", each.contact or "没有", "还没有" if each.quiet else "有")
        yield [each.name, *counts, each.verified, *calls, *last]
