"""附件 PDF: a photo inside says nothing of where, when and with what, however it is packed."""

import base64
import io
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, features
from pypdf import PdfReader

from congress.shared.clean_pdf import BadPdf
from tests import pdfs
from tests.shared.test_clean_pdf import photo_with_remarks, read

PACKED = {
    "flate": ([Name.FlateDecode], zlib.compress),
    "hex": ([Name.ASCIIHexDecode], lambda raw: raw.hex().encode() + b">"),
    "85": ([Name.ASCII85Decode], lambda raw: base64.a85encode(raw) + b"~>"),
    "85 of flate": (
        [Name.ASCII85Decode, Name.FlateDecode],
        lambda raw: base64.a85encode(zlib.compress(raw)) + b"~>",
    ),
}


def on_a_page(raw: bytes, filters: list[Name], parms: object = None) -> bytes:
    """A page that is one photo, its bytes packed already."""
    made = pdfs.plain()
    photo = Stream(made, b"", Type=Name.XObject, Subtype=Name.Image, Width=40, Height=30)
    photo.ColorSpace, photo.BitsPerComponent = Name.DeviceRGB, 8
    photo.write(raw, filter=Array(filters))
    if parms is not None:
        photo.DecodeParms = parms
    made.pages[0].obj.Resources.XObject = Dictionary(P=photo)
    made.pages[0].obj.Contents = Stream(made, b"400 0 0 300 50 300 cm /P Do")
    return pdfs.saved(made)


def kept_photo(sent: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(read(sent).content)) as kept:
        photo = kept.pages[0].obj.Resources.XObject.P
        assert photo.Filter in (Name.DCTDecode, Name.JPXDecode)
        return photo.read_raw_bytes()


def dots(jpeg: bytes) -> bytes:
    return Image.open(io.BytesIO(jpeg)).convert("RGB").tobytes()


def jpeg(**options: object) -> bytes:
    out = io.BytesIO()
    picture = Image.radial_gradient("L").resize((40, 30)).convert("RGB")
    picture.save(out, "JPEG", **options)
    return out.getvalue()


def part(kind: int, words: bytes) -> bytes:
    return bytes([0xFF, kind]) + (len(words) + 2).to_bytes(2) + words


@pytest.mark.parametrize("packed", PACKED)
def test_packed_in_another_way_it_says_no_more_either(packed):
    filters, pack = PACKED[packed]
    raw = photo_with_remarks()
    assert raw.count(b"somewhere") == 2
    found = kept_photo(on_a_page(pack(raw), [*filters, Name.DCTDecode]))
    assert b"somewhere" not in found
    assert dots(found) == dots(raw)


@pytest.mark.parametrize(
    "hide",
    [
        lambda raw: raw[:2] + b"\xff" + part(0xE1, b"Exif\0\0somewhere") + raw[2:],
        lambda raw: raw[:2] + b"\xff\xff\xff" + part(0xFE, b"somewhere") + raw[2:],
        lambda raw: raw[:2] + b"\0\0" + part(0xE1, b"somewhere") + raw[2:],
        lambda raw: raw[:2] + part(0xE2, b"MPF\0somewhere") + raw[2:],
        lambda raw: raw[:2] + part(0xE0, b"JFXX\0somewhere") + raw[2:],
        lambda raw: raw[:2] + part(0xF0, b"somewhere") + raw[2:],
        lambda raw: raw[:-2] + part(0xFE, b"somewhere") + raw[-2:],
        lambda raw: raw[:-2] + b"\xff\xff" + part(0xE1, b"somewhere") + raw[-2:],
        lambda raw: raw + b"ftypmp42 somewhere",
        lambda raw: raw + photo_with_remarks(),
    ],
)
@pytest.mark.parametrize("progressive", [False, True])
def test_wherever_in_the_photo_the_remark_stands(hide, progressive):
    raw = jpeg(progressive=progressive)
    found = kept_photo(pdfs.with_a_photo(hide(raw)))
    assert b"somewhere" not in found
    assert dots(found) == dots(raw)


def test_the_small_picture_of_a_photo_goes_and_its_colours_stay():
    raw = jpeg()
    small = part(0xE0, b"JFIF\0\1\2\0\0\1\0\1\1\1" + b"gps")
    assert raw[2:4] == b"\xff\xe0"
    found = kept_photo(pdfs.with_a_photo(raw[:2] + small + raw[20:]))
    assert b"gps" not in found
    assert dots(found) == dots(raw)
    four = io.BytesIO()
    Image.new("CMYK", (40, 30), (10, 200, 30, 40)).save(four, "JPEG", exif=b"Exif\0\0somewhere")
    found = kept_photo(pdfs.with_a_photo(four.getvalue()))
    assert b"somewhere" not in found
    assert dots(found) == dots(four.getvalue())


def test_how_its_colours_are_turned_is_kept():
    parms = Array([Dictionary(), Dictionary(ColorTransform=0)])
    sent = on_a_page(zlib.compress(jpeg()), [Name.FlateDecode, Name.DCTDecode], parms)
    with pikepdf.open(io.BytesIO(read(sent).content)) as kept:
        assert kept.pages[0].obj.Resources.XObject.P.DecodeParms.ColorTransform == 0


@pytest.mark.skipif(not features.check("jpg_2000"), reason="Pillow without OpenJPEG")
@pytest.mark.parametrize("outside", [True, False])
def test_a_jpeg_2000_photo_says_no_more_either(outside):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG2000", comment="somewhere")
    raw = out.getvalue()
    box = b"somewhere, a uuid and some xml"
    remark = (len(box) + 8).to_bytes(4) + b"uuid" + box
    said = raw + remark if outside else raw[:32] + remark + raw[32:]  # behind `ftyp`
    found = kept_photo(on_a_page(said, [Name.JPXDecode]))
    assert b"somewhere" not in found
    assert dots(found) == dots(raw)


@pytest.mark.parametrize(
    "sent",
    [
        on_a_page(b"somewhere, and no photo", [Name.DCTDecode]),
        on_a_page(b"somewhere, and no photo", [Name.JPXDecode]),
        on_a_page(zlib.compress(jpeg()), [Name.DCTDecode, Name.FlateDecode]),
        on_a_page(jpeg()[:2] + b"\xff\xd8" + jpeg()[2:], [Name.DCTDecode]),
        on_a_page(jpeg()[:100], [Name.DCTDecode]),
    ],
)
def test_one_that_cannot_be_read_is_refused_in_words(sent):
    with pytest.raises(BadPdf, match="照片"):
        read(sent)


@pytest.mark.parametrize("filters", [b"[/A85 /DCT]", b"/DCT", b"[/ASCII85Decode/DCTDecode]"])
def test_one_that_stands_among_the_words_of_a_page_is_refused(filters):
    made = pdfs.plain()
    inline = b"BI /W 40 /H 30 /BPC 8 /CS /RGB /F " + filters + b" ID somewhere EI"
    made.pages[0].obj.Contents = Stream(made, b"q " + inline + b" Q")
    with pytest.raises(BadPdf, match="照片"):
        read(pdfs.saved(made))


def test_a_packed_photo_is_bounded_like_everything():
    with pytest.raises(BadPdf, match="展开以后太大"):
        read(on_a_page(zlib.compress(bytes(300_000_000), 9), [Name.FlateDecode, Name.DCTDecode]))


def test_a_megabyte_of_filling_is_read_soon():
    raw = jpeg()
    found = kept_photo(pdfs.with_a_photo(raw[:2] + b"\xff" * 2_000_000 + raw[2:]))
    assert dots(found) == dots(raw)
    assert PdfReader(io.BytesIO(read(pdfs.with_a_photo(raw)).content)).pages[0].images
