"""公文与档案: a PDF opens nothing, says nothing about the machine, and is the same every time."""

import io
import logging
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.template import engines
from pypdf import PdfReader
from weasyprint.pdf import fonts
from weasyprint.text import fonts as library

from congress.shared import pdf
from congress.shared.pdf import ForbiddenAddress, render_pdf, static_file

AT = datetime(2025, 12, 31, 17, 20, tzinfo=UTC)


@pytest.fixture
def template(monkeypatch):
    """Renders a page given as text, through the project's own template engine."""
    monkeypatch.setattr(
        pdf,
        "render_to_string",
        lambda text, context: engines["django"].from_string(text).render(context),
    )


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine that notes who came."""
    visits: list[str] = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            visits.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Canary)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", visits
    server.shutdown()
    server.server_close()


def every_way_in(address: str) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}/svg-data"/></svg>'
    inside = "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
    return f"""
      <link rel="stylesheet" href="{address}/link.css">
      <link rel="attachment" href="{address}/attached">
      <style>
        @import url("{address}/import.css");
        @font-face {{ font-family: Lure; src: url("{address}/font.ttf") }}
        p {{ background: url("{address}/background.png"); font-family: Lure }}
        li {{ list-style-image: url("{address}/list.png") }}
        p::before {{ content: url("{address}/content.png") }}
      </style>
      <img src="{address}/img.png"><img src="{inside}">
      <object data="{address}/object"></object><embed src="{address}/embed">
      <svg width="9" height="9"><image href="{address}/image"/><use href="{address}/use#x"/></svg>
      <a rel="attachment" href="{address}/anchor">x</a><p>文<li>字
    """


@pytest.mark.usefixtures("template")
def test_nothing_is_fetched_from_the_network_and_the_paper_is_still_made(canary):
    address, visits = canary
    made = render_pdf(every_way_in(address), {})
    assert "文" in PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert visits == []


@pytest.mark.usefixtures("template")
def test_no_file_of_the_machine_gets_into_the_paper(tmp_path):
    (tmp_path / "marker.svg").write_text("<svg/>")
    lure = tmp_path.as_uri()
    for file in ("link.css", "import.css"):
        (tmp_path / file).write_text("p::after { content: 'LEAKED' }")
    (tmp_path / "attached").write_text("LEAKED")
    (tmp_path / "anchor").write_text("LEAKED")
    reader = PdfReader(io.BytesIO(render_pdf(every_way_in(lure), {})))
    assert "LEAKED" not in reader.pages[0].extract_text()
    assert not reader.attachments
    assert len(reader.pages[0].images) == 0


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1/x.css", "https://example.invalid/x.css", "ftp://127.0.0.1/x.css"),
        *("file:///etc/passwd", "static:../manage.py", "static:../congress/settings.py"),
        *("static:%2e%2e/manage.py", "static:/etc/hostname", "static:css", "static:css/none.css"),
        *("data:text/css;base64,cHt9", "data:image/svg+xml,<svg/>", "css/paper.css", ""),
    ],
)
def test_only_static_files_of_the_project_are_opened(address):
    with pytest.raises(ForbiddenAddress):
        pdf.StaticOnly().fetch(address)


def test_a_link_below_static_that_leads_out_is_refused(settings, tmp_path):
    (tmp_path / "static").mkdir()
    (tmp_path / "secret.css").write_text("secret")
    (tmp_path / "static" / "inside.css").symlink_to(tmp_path / "secret.css")
    settings.BASE_DIR = tmp_path
    with pytest.raises(ForbiddenAddress):
        static_file("static:inside.css")


def test_the_refusal_is_an_ordinary_exception():
    assert issubclass(ForbiddenAddress, Exception)


@pytest.mark.usefixtures("template")
def test_the_style_sheet_of_papers_is_found(caplog):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        render_pdf('<link rel="stylesheet" href="static:css/paper.css"><p>文', {})
    assert caplog.messages == []


@pytest.mark.usefixtures("template")
def test_equal_input_gives_equal_bytes_and_another_moment_another_file():
    page, later = "<title>{{ name }}</title><p>{{ name }}", AT.replace(minute=21)
    first = render_pdf(page, {"name": "罗㛃"}, made_at=AT, variant="pdf/a-3u")
    assert first == render_pdf(page, {"name": "罗㛃"}, made_at=AT, variant="pdf/a-3u")
    assert first != render_pdf(page, {"name": "罗㛃"}, made_at=later, variant="pdf/a-3u")
    assert first != render_pdf(page, {"name": "罗堃"}, made_at=AT, variant="pdf/a-3u")


@pytest.mark.usefixtures("template")
def test_the_metadata_hold_the_title_and_the_moment_and_no_path():
    style = '<link rel="stylesheet" href="static:css/paper.css">'
    page = f'<html lang="zh-CN"><title>年度档案</title>{style}<p>文'
    made = render_pdf(page, {}, made_at=AT, variant="pdf/a-3u")
    reader = PdfReader(io.BytesIO(made))
    assert {key: str(value) for key, value in (reader.metadata or {}).items()} == {
        "/Title": "年度档案",
        "/Producer": (reader.metadata or {})["/Producer"],
        "/CreationDate": "D:20251231172000+00'00",
        "/ModDate": "D:20251231172000+00'00",
    }
    xmp = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in xmp
    assert 'pdfaid:conformance="U"' in xmp
    for secret in (str(Path.home()), str(Path(pdf.__file__).parents[2]), "/usr/share", "file:"):
        assert secret.encode() not in made
        assert secret not in xmp


@pytest.mark.usefixtures("template")
def test_without_a_moment_there_is_no_date():
    reader = PdfReader(io.BytesIO(render_pdf("<p>文", {})))
    assert "/CreationDate" not in (reader.metadata or {})


@pytest.mark.usefixtures("template")
def test_a_packed_font_reads_back_as_it_was():
    made = render_pdf('<p style="font-family: Noto Serif CJK SC">代表履职档案', {})
    reader = PdfReader(io.BytesIO(made))
    faces = [descriptor["/FontFile3"] for descriptor in descriptors(reader)]
    assert faces
    assert all(face.get_data().startswith(b"OTTO") for face in faces)
    assert len(made) < 20 * 1024


def descriptors(reader: PdfReader) -> list[dict[str, object]]:
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    return [font.get_object()["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts]


def test_another_process_makes_the_same_bytes():
    code = (
        "import django; django.setup()\n"
        "import hashlib\n"
        "from datetime import UTC, datetime\n"
        "from tests.scoring.sample_file import duty_file\n"
        "from scoring.documents import duty_file_pdf\n"
        "made = duty_file_pdf(duty_file(), made_at=datetime(2025, 12, 31, tzinfo=UTC))\n"
        "print(hashlib.sha256(made).hexdigest())"
    )
    run = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert run[0] == run[1]


@pytest.mark.parametrize("face", ["Noto Serif CJK SC", "AR PL UKai CN"])
def test_a_font_read_where_it_lies_gives_the_bytes_of_one_that_was_copied(
    template, monkeypatch, face
):
    page = f'<p style="font-family: {face}">堃喆犇骉：履职档案 2025</p>'
    ours = render_pdf(page, {}, made_at=AT, variant="pdf/a-3u")
    monkeypatch.setattr(fonts, "get_hb_object_data", library.get_hb_object_data)
    assert render_pdf(page, {}, made_at=AT, variant="pdf/a-3u") == ours
