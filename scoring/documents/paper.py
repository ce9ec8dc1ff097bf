"""履职档案 on paper: the tree as PDF/A."""

from datetime import datetime

from django.utils.safestring import SafeString, mark_safe

from congress.shared import pictures
from congress.shared.pdf import picture, render_pdf
from congress.shared.pictures.svg import HEI
from congress.shared.qr import qr_svg
from scoring.documents.tree import STAGES, DutyFile

SHEET = "static:css/paper.css"
PAPER_HEI = "WenQuanYi Zen Hei, Noto Sans CJK SC"
"""The small Hei face first: the screen's face alone would weigh more than the whole file."""


def duty_file_pdf(file: DutyFile, *, made_at: datetime) -> bytes:
    """履职档案: the sealed file as PDF/A, the same bytes for the same file and moment."""
    return render_pdf(
        "pdf/duty_file.html", page(file), made_at=made_at, variant="pdf/a-3u", sheet=SHEET
    )


def page(file: DutyFile) -> dict[str, object]:
    """What the template prints: the tree, its pictures drawn for paper."""
    axes = [(line.name, line.share) for line in file.categories]
    median = [line.median for line in file.categories]
    return {
        "file": file,
        "person": file.person,
        "qr": picture(qr_svg(file.verify_url), "qr"),
        "portrait": _for_paper(pictures.portrait(axes, median=median, narrow=True)),
        "calendar": _for_paper(pictures.heat_calendar(file.year, file.days, paper=True)),
        "stages": "、".join(STAGES),
    }


def _for_paper(svg: SafeString) -> SafeString:
    """The picture in the paper's face and one weight, as each weight is embedded by itself."""
    plain = svg.replace(HEI, PAPER_HEI).replace(' font-weight="700"', "")
    return picture(mark_safe(plain), "picture")  # noqa: S308 -- words unchanged
