"""公文与档案: HTML in, PDF out. Nothing is fetched but the project's own static files."""

import zlib
from base64 import b64decode, b64encode
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

import numpy as np
import pydyf
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from PIL import ImageFile
from weasyprint import CSS, HTML, Document
from weasyprint.css import ColorProfile
from weasyprint.urls import URLFetcher, URLFetcherResponse

from congress.shared.pdf_faces import as_bytes

ImageFile.LOAD_TRUNCATED_IMAGES = False
# WeasyPrint turns this on for the whole process; half an uploaded photo must stay a broken one.

Variant = Literal["pdf/a-3u"]
SCHEME = "static:"
TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}
SVG = "data:image/svg+xml;base64,"
PICTURES = (SVG, "data:image/png;base64,", "data:image/jpeg;base64,")


PROFILE = "sRGB2014.icc"
COLUMNS = 2


class ForbiddenAddress(ValueError):
    """An address a document may not load; WeasyPrint goes on without it.

    Its own fatal error derives from BaseException and would end a worker.
    """


class StaticOnly(URLFetcher):
    """Opens `static:css/paper.css` and pictures written into the page, refuses all else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)  # type: ignore[no-untyped-call]

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith(PICTURES):
            kind, _, content = url.removeprefix("data:").partition(";base64,")
            return URLFetcherResponse(url, b64decode(content), {"Content-Type": kind})
        file = static_file(url)
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": TYPES[file.suffix]})


def static_file(url: str) -> Path:
    """The file below static/ that `static:…` names; a path or link leading out is refused."""
    if not url.startswith(SCHEME):
        raise ForbiddenAddress(f"Only {SCHEME} addresses are opened, not {url[:80]}")
    root = Path(settings.BASE_DIR, "static").resolve()
    file = (root / unquote(url.removeprefix(SCHEME))).resolve()
    if not file.is_relative_to(root) or file.suffix not in TYPES or not file.is_file():
        raise ForbiddenAddress(f"Not a static file of the project: {url[:80]}")
    return file


def render_pdf(
    template: str,
    context: dict[str, object],
    *,
    made_at: datetime | None = None,
    variant: Variant | None = None,
    sheet: str = "",
) -> bytes:
    """The template as a PDF. Equal input gives equal bytes, so that a hash can seal it.

    `sheet` is a style sheet of papers that are made by the thousand: read once for the process.
    """
    html = render_to_string(template, context)
    sheets = [_sheet(path := static_file(sheet), path.stat().st_mtime_ns)] if sheet else None
    page = HTML(string=html, url_fetcher=StaticOnly())
    document = page.render(pdf_variant=variant, stylesheets=sheets)
    if made_at:
        moment = made_at.replace(microsecond=0).isoformat()
        document.metadata.created = document.metadata.modified = moment
    if variant:
        _add_profile(document)
    # The identifier is WeasyPrint's hash of the content: no clock, no machine in it.
    made = document.write_pdf(
        pdf_variant=variant, output_intent="", pdf_identifier=True, finisher=_compress
    )
    return bytes(made)


@lru_cache(maxsize=4)
def _sheet(path: Path, changed: int) -> CSS:
    """The rules of a style sheet as it was written at that moment."""
    return CSS(string=path.read_text(), url_fetcher=StaticOnly())


def picture(svg: SafeString, css_class: str) -> SafeString:
    """An SVG as one image: drawn alike, without a style computed for each of its hundred shapes."""
    return format_html('<img class="{}" src="{}{}" alt="">', css_class, SVG, _base64(svg))


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()


def _add_profile(document: Document) -> None:
    """What red means on every printer, as PDF/A wants it; the library leaves the file open."""
    with (files("weasyprint.pdf") / PROFILE).open("rb") as file:
        document.color_profiles["srgb"] = ColorProfile(
            file, PROFILE, "relative-colorimetric", (["r"], ["g"], ["b"])
        )


def _compress(document: Document, pdf: pydyf.PDF) -> None:
    """Compress every stream once (the library would for the identifier, and again to write).

    A subset of the complete face keeps the numbers of its 65,000 glyphs, a table of 2-byte steps:
    written as differences it shrinks from 70 KiB to nothing.
    """
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream):
            stream.stream = [as_bytes(part) for part in stream.stream]
        if isinstance(stream, pydyf.Stream) and stream.compress:
            content = pydyf.Stream(stream.stream).data.partition(b"stream\n")[2]
            content = content.removesuffix(b"\nendstream")
            if content.startswith(b"OTTO"):
                content = _differences(content)
                parameters = {"Predictor": 12, "Columns": COLUMNS}
                stream.extra["DecodeParms"] = pydyf.Dictionary(parameters)
            stream.extra["Filter"] = "/FlateDecode"
            stream.stream, stream.compress = [zlib.compress(content, 9)], False


def _differences(content: bytes) -> bytes:
    """PNG's "up" filter over rows of two bytes, each row behind its filter number."""
    content += bytes(-len(content) % COLUMNS)
    lines = np.frombuffer(content, np.uint8).reshape(-1, COLUMNS)
    rows = np.full((len(lines), COLUMNS + 1), 2, np.uint8)
    rows[:, 1:] = np.diff(lines, axis=0, prepend=np.zeros((1, COLUMNS), np.uint8))
    return rows.tobytes()
