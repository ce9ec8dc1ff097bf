"""佐证照片: what goes in may be anything; what is kept is a plain picture."""

import io
import struct
import zlib

import pytest
from PIL import ExifTags, Image

from deputies.actions import photos
from deputies.models import Evidence
from tests import make
from tests.deputies import walk


def read(sent: bytes):
    return photos.read(io.BytesIO(sent), len(sent))


def reopened(photo):
    return Image.open(io.BytesIO(photo.content))


def with_gps():
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "某牌手机"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (32.0, 13.0, 30.0)
    return walk.picture(
        size=(400, 300), exif=exif, comment=b"owner: somebody", icc_profile=b"x" * 40
    )


def test_place_owner_and_device_are_gone_and_the_picture_stands_upright():
    sent = with_gps()
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    kept = read(sent)
    picture = reopened(kept)
    assert (kept.width, kept.height) == (300, 400)
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"Exif" not in kept.content
    assert b"somebody" not in kept.content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_taken_format_becomes_a_jpeg(kind):
    assert reopened(read(walk.picture(kind=kind))).format == "JPEG"


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16"])
def test_every_kind_of_colour_becomes_rgb(mode):
    out = io.BytesIO()
    Image.new(mode, (40, 30)).save(out, "PNG")
    assert reopened(read(out.getvalue())).mode == "RGB"


def test_print_colours_become_rgb():
    out = io.BytesIO()
    Image.new("CMYK", (40, 30)).save(out, "JPEG")
    assert reopened(read(out.getvalue())).mode == "RGB"


def test_what_was_see_through_stands_on_white():
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert reopened(read(out.getvalue())).getpixel((9, 9)) == (255, 255, 255)


def test_a_large_photo_is_drawn_at_1600():
    kept = read(walk.picture(size=(4000, 3000)))
    assert (kept.width, kept.height) == (1600, 1200)


def test_the_same_upload_gives_the_same_digest():
    assert walk.photo().sha256 == walk.photo().sha256 != walk.photo("gold").sha256


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"<script>alert(1)</script>",
        b"GIF89a" + b"\x00" * 60,
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        b"%PDF-1.7\n",
        b"\xff\xd8\xff",
        walk.picture(kind="GIF"),
        walk.picture(kind="TIFF"),
    ],
    ids=["nothing", "html", "gif head", "svg", "pdf", "jpeg head", "gif", "tiff"],
)
def test_what_is_not_a_photo_is_refused_in_words(sent):
    with pytest.raises(photos.BadPhoto, match="照片"):
        read(sent)


def test_a_truncated_photo_is_refused():
    with pytest.raises(photos.BadPhoto, match="不完整"):
        read(walk.picture(size=(900, 700), quality=95)[:3000])


def test_a_png_whose_dots_cannot_be_unpacked_is_refused():
    parts = ((b"IHDR", struct.pack(">IIBBBBB", 100, 100, 8, 0, 0, 0, 0)), (b"IDAT", b"xx"))
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (*parts, (b"IEND", b""))
    ]
    with pytest.raises(photos.BadPhoto, match="不完整"):
        read(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


@pytest.mark.parametrize("side", [7_100, 12_000, 50_000])
def test_a_flood_of_pixels_is_refused_before_it_is_decoded(side):
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    sent = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    sent += struct.pack(">I", zlib.crc32(chunk)) + struct.pack(">I", 0) + b"IDAT" + b"\0" * 64
    with pytest.raises(photos.BadPhoto, match="五千万像素"):
        read(sent)


def test_a_file_over_ten_megabytes_is_refused_unread():
    with pytest.raises(photos.BadPhoto, match="10 MB"):
        photos.read(io.BytesIO(b""), photos.MOST_BYTES + 1)


def test_a_picture_that_is_also_a_script_loses_the_script():
    script = b"<script>alert(document.domain)</script>"
    kept = read(walk.picture() + script)
    assert script not in kept.content


@pytest.mark.django_db
def test_photos_are_stored_under_a_key_nobody_can_guess_and_once_each():
    record = walk.report(photos=[walk.photo(), walk.photo(), walk.photo("gold")])
    kept = list(record.evidence.all())
    assert len(kept) == 2
    assert len({one.file.name for one in kept}) == 2
    assert all(len(one.file.name.rpartition("/")[2]) >= 36 for one in kept)
    with kept[0].file.open() as stored:
        assert stored.read() == walk.photo().content


@pytest.mark.django_db
def test_a_used_photo_and_a_twin_raise_a_doubt():
    person = make.deputy()
    one = walk.report(person, quantity=1)
    other = walk.report(make.deputy(), photos=[walk.photo("navy")])
    assert not any(r.has_twin or r.has_used_photo for r in type(one).objects.with_doubts())
    walk.report(person, quantity=1, photos=[walk.photo("navy")])
    doubts = {r.pk: (r.has_twin, r.has_used_photo) for r in type(one).objects.with_doubts()}
    assert (doubts[one.pk], doubts[other.pk]) == ((True, False), (False, True))
    assert Evidence.objects.count() == 3
