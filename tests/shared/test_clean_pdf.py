"""附件 PDF: what goes in may be anything; what is kept is pages to look at."""

import io
import random
import time

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from congress.shared import clean_pdf
from congress.shared.clean_pdf import BadPdf
from tests import pdfs

PAGES, MEGABYTES = 50, 10
HARM = (
    *(b"JavaScript", b"/JS", b"OpenAction", b"/AA", b"Launch", b"harm", b"EmbeddedFile"),
    *(b"Filespec", b"AcroForm", b"XFA", b"/Annots", b"/URI", b"/Metadata", b"somebody", b"/Info"),
    *(b"/Names", b"PieceInfo", b"CreationDate"),
)


def read(sent: bytes, pages: int = PAGES):
    return clean_pdf.read(io.BytesIO(sent), len(sent), most_pages=pages, most_megabytes=MEGABYTES)


def kept_or_refused(sent: bytes) -> bool:
    """One or the other, and never anything else."""
    try:
        return read(sent).content.startswith(b"%PDF-")
    except BadPdf as fault:
        return "PDF" in str(fault)


def unpacked(content: bytes) -> bytes:
    """The file with all of its parts laid open."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as kept:
        mode, level = pikepdf.ObjectStreamMode.disable, pikepdf.StreamDecodeLevel.generalized
        kept.save(out, stream_decode_level=level, object_stream_mode=mode, compress_streams=False)
    return out.getvalue()


def test_pages_stay_can_be_read_and_are_counted():
    clean = read(pdfs.paper(3))
    kept = PdfReader(io.BytesIO(clean.content))
    assert clean.pages == 3
    assert [page.extract_text().strip() for page in kept.pages] == ["Bridge"] * 3


def test_scripts_actions_links_files_forms_and_names_are_gone():
    sent = pdfs.with_everything()
    assert all(word in sent for word in (b"/JS", b"Launch", b"somebody", b"/Annots"))
    kept = unpacked(read(sent).content)
    assert [word for word in HARM if word in kept] == []
    assert b"(Bridge) Tj" in kept


def test_what_no_page_shows_travels_with_none():
    sent = pdfs.with_hidden_things()
    hidden = (b"words in no key", b"http://harm", b"a script", b"<script>", b"other bytes")
    laid_open = unpacked(sent)
    assert [word for word in hidden if word not in laid_open] == []
    kept = unpacked(read(sent).content)
    assert [word for word in hidden if word in kept] == []
    assert b"(Bridge) Tj" in kept
    assert b"drawn by its page" in kept


def test_the_same_file_twice_is_the_same_file():
    assert read(pdfs.paper()).sha256 == read(pdfs.paper()).sha256


def test_a_photo_on_a_page_says_no_more_where_it_was_taken():
    sent = pdfs.with_a_photo(photo_with_remarks())
    assert sent.count(b"somewhere") == 2
    kept = read(sent).content
    assert b"somewhere" not in kept
    (page,) = PdfReader(io.BytesIO(kept)).pages
    assert page.images[0].image.size == (40, 30)


def photo_with_remarks() -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "somewhere"
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG", exif=exif, comment=b"somewhere")
    return out.getvalue()


def test_a_font_called_like_an_action_is_still_a_font():
    assert b"/Helvetica" in unpacked(read(pdfs.paper()).content)


@pytest.mark.parametrize("sent", [pdfs.locked(), pdfs.locked_for_owners()])
def test_an_encrypted_one_is_refused(sent):
    with pytest.raises(BadPdf, match="加了密码"):
        read(sent)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_truncated_one_is_refused(part):
    sent = pdfs.paper(20)
    with pytest.raises(BadPdf, match="不完整"):
        read(sent[: int(len(sent) * part)])


def test_ten_thousand_pages_are_refused_soon():
    began = time.monotonic()
    with pytest.raises(BadPdf, match="最多 50 页"):
        read(pdfs.paper(10_000))
    assert time.monotonic() - began < clean_pdf.SECONDS / 2


@pytest.mark.parametrize(
    "made",
    [lambda: pdfs.bomb(500_000_000), lambda: pdfs.bomb_in_a_bomb(500_000_000), pdfs.flood],
    ids=["once", "twice", "flood"],
)
def test_what_unpacks_to_too_much_is_refused(made):
    sent = made()
    assert len(sent) < MEGABYTES * clean_pdf.MEGABYTE
    with pytest.raises(BadPdf, match="展开以后太大"):
        read(sent)


@pytest.mark.parametrize("sent", [pdfs.deep(), pdfs.in_a_circle()])
def test_what_leads_to_itself_or_nowhere_ends(sent):
    assert kept_or_refused(sent)


def test_of_a_file_of_two_kinds_only_the_pages_are_kept():
    sent = pdfs.polyglot()
    assert clean_pdf.is_pdf(io.BytesIO(sent))
    kept = read(sent).content
    assert kept.startswith(b"%PDF-")
    assert not any(word in kept for word in (b"<html", b"script", b"PK\x03\x04", b"harm"))


def test_a_file_beyond_the_limit_is_not_even_opened():
    with pytest.raises(BadPdf, match="超过 10 MB"):
        clean_pdf.read(
            io.BytesIO(), 11 * clean_pdf.MEGABYTE, most_pages=PAGES, most_megabytes=MEGABYTES
        )


def test_rubbish_that_begins_like_one_is_refused_in_words():
    chance = random.Random(7)  # noqa: S311  # no secret, only the same each time
    whole = pdfs.with_everything()
    for _ in range(15):
        broken = bytearray(whole)
        for _ in range(40):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        assert kept_or_refused(bytes(broken))


def test_a_child_that_hangs_is_ended(monkeypatch, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(clean_pdf, "CLEANER", slow)
    monkeypatch.setattr(clean_pdf, "SECONDS", 1)
    with pytest.raises(BadPdf, match="展开以后太大"):
        read(pdfs.paper())
