"""Papers and sheets about deputies."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from congress.shared.pdf import render_pdf
from congress.shared.qr import qr_svg
from congress.shared.workbook import workbook
from deputies.models import DeputyGroup
from deputies.queries.messages import Card
from deputies.queries.seats import Paper
from deputies.queries.specialists import ReportPaper

HEAD = ("姓名", "代表小组", "账号", "初始密码")


def account_slips(title: str, rows: Iterable[tuple[str, str, str, str]]) -> bytes:
    """账号清单: to be cut up and handed over in person. Kept nowhere: made once, sent once."""
    return workbook("账号清单", HEAD, rows, title=title)


def announcement_pdf(paper: Paper) -> bytes:
    """公告: one sheet in the form of official papers, the same bytes whenever it is made."""
    made_at = paper.announcement.announced_at
    return render_pdf("pdf/announcement.html", {"paper": paper}, made_at=made_at)


def study_report_pdf(paper: ReportPaper) -> bytes:
    """调研报告: who looked at what, the words, each finding with its advice."""
    made_at = paper.study.reported_at
    return render_pdf("pdf/study_report.html", {"paper": paper}, made_at=made_at)


def cards_pdf(group: DeputyGroup, cards: Iterable[Card]) -> bytes:
    """代表码卡片: ten on a sheet, to be cut along the dashes."""
    return render_pdf("pdf/cards.html", _coded(group, cards))


def poster_pdf(group: DeputyGroup, cards: Iterable[Card]) -> bytes:
    """小组海报: every member's code under the group's name."""
    return render_pdf("pdf/poster.html", _coded(group, cards))


def _coded(group: DeputyGroup, cards: Iterable[Card]) -> dict[str, object]:
    host = urlsplit(settings.SITE_URL).netloc
    page = [
        (card, qr_svg(settings.SITE_URL + reverse("home:deputy", args=[card.code])))
        for card in cards
    ]
    return {"group": group, "cards": page, "host": host}
