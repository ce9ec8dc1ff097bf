"""任期卷: the sealed files of a deputy's term in one volume, page for page as they were sealed.

Nothing of a sealed page is drawn anew: it is taken over as it is, and a small page number of the
volume is laid over its lower edge. Cover, contents and amendments are printed for the volume.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings

from congress.shared.pdf import render_pdf
from scoring.archive_papers import amendment_pdf
from scoring.models import Archive, ArchiveAmendment, ArchiveVolume
from scoring.queries.volumes import BoundYear, bound_years


class BindingFault(Exception):
    """Why a volume cannot be bound, in a sentence for whoever asked."""


@dataclass(frozen=True)
class Bound:
    """A volume: its bytes, how many files are in it, and how many pages."""

    pdf: bytes
    holds: int
    pages: int


@dataclass(frozen=True)
class Part:
    """Some pages of the volume, with their bookmark; `below` stands under the year before."""

    title: str
    pdf: bytes
    pages: int
    below: bool = False


@dataclass(frozen=True)
class Line:
    """One line of the contents."""

    title: str
    note: str
    pages: int
    page: int
    below: bool


def term_volume(volume: ArchiveVolume) -> Bound:
    """任期卷 of one deputy, or `BindingFault`."""
    years = bound_years(volume)
    parts = [part for year in years for part in _parts(year)]
    front = _front(volume, years, parts, before=2)
    if count_pages(front) != 2:  # a cover and one page of contents, nearly always
        front = _front(volume, years, parts, before=count_pages(front))
    pdf, pages = _bind(str(volume), front, parts, made_at=volume.asked_at)
    return Bound(pdf, len(years), pages)


def _parts(year: BoundYear) -> list[Part]:
    file = Part(f"{year.year}年度履职档案", sealed_bytes(year.archive), year.archive.pages)
    before, beside = year.archive.sha256, []
    for each in year.amendments:
        beside.append(_beside(each, before))
        before = each.sha256
    return [file, *beside]


def _beside(row: ArchiveAmendment, before: str) -> Part:
    pdf = amendment_pdf(row, before=before)
    return Part(
        f"第{row.number}号更正：{row.get_kind_display()}", pdf, count_pages(pdf), below=True
    )


def sealed_bytes(archive: Archive) -> bytes:
    """The file as it was sealed; another one is not bound."""
    path = Path(settings.MEDIA_ROOT, archive.file)
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != archive.sha256:
        raise BindingFault(f"{archive.number} 号档案的文件与封存时不同，请先核对这一年的档案。")
    return content


def _front(
    volume: ArchiveVolume, years: Sequence[BoundYear], parts: Sequence[Part], *, before: int
) -> bytes:
    lines, page, found = [], before + 1, iter(years)
    for part in parts:
        note = "" if part.below else next(found).note
        lines.append(Line(part.title, note, part.pages, page, part.below))
        page += part.pages
    context: dict[str, object] = {
        "volume": volume,
        "deputy": volume.deputy,
        "term": volume.term,
        "years": years,
        "lines": lines,
        "asked_on": volume.asked_at,
    }
    return render_pdf("pdf/term_volume.html", context, made_at=volume.asked_at)


def _bind(
    title: str, front: bytes, parts: Sequence[Part], *, made_at: datetime
) -> tuple[bytes, int]:
    whole = pikepdf.Pdf.new()
    marks: list[Any] = [pikepdf.OutlineItem("封面、目录", 0)]
    _take(whole, front)
    for part in parts:
        mark = pikepdf.OutlineItem(part.title, len(whole.pages))
        (marks[-1].children if part.below else marks).append(mark)
        _take(whole, part.pdf)
    pages = len(whole.pages)
    _number(whole, title)
    with whole.open_outline() as outline:
        outline.root.extend(marks)
    whole.docinfo["/Title"] = title
    whole.docinfo["/CreationDate"] = pikepdf.models.metadata.encode_pdf_date(made_at)
    out = BytesIO()
    whole.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue(), pages


def _take(whole: pikepdf.Pdf, pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as part:
        whole.pages.extend(part.pages)


def _number(whole: pikepdf.Pdf, title: str) -> None:
    """卷内页码 over the lower edge of every page but the cover."""
    pages = len(whole.pages)
    context: dict[str, object] = {"title": title, "numbers": range(1, pages + 1), "pages": pages}
    with pikepdf.open(BytesIO(render_pdf("pdf/volume_numbers.html", context))) as numbers:
        for page, number in list(zip(whole.pages, numbers.pages, strict=True))[1:]:
            page.add_overlay(number, None)


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF of ours has."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)
