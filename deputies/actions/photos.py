"""佐证照片: an upload is decoded and drawn anew; nothing of the sent file itself is kept."""

import hashlib
import io
import secrets
import warnings
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from congress.shared.workflow import in_turn
from deputies.actions.looks import compare_anew, find_alike, looks_of
from deputies.models import DutyRecord, Evidence

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONG_SIDE = 1600
QUALITY = 82
TOO_LARGE = "照片太大（超过五千万像素），请换一张。"


class BadPhoto(ValueError):
    """What was sent is not a photo that can be kept; the sentence says why."""


class NoPhoto(BadPhoto):
    """Not even a damaged one: another kind of file."""


@dataclass(frozen=True)
class Photo:
    """A picture drawn anew as JPEG: no place, no owner, no device, at most 1600 px."""

    content: bytes
    width: int
    height: int
    looks: tuple[int, ...] = ()
    taken_on: date | None = None

    @property
    def phash(self) -> int | None:
        """How it looks as it lies; None when it shows nothing."""
        return self.looks[0] if self.looks else None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def read(sent: IO[bytes], size: int) -> Photo:
    """The photo in an upload, decoded and drawn anew; `BadPhoto` when there is none."""
    if size > MOST_BYTES:
        raise BadPhoto("照片超过 10 MB，请换一张小些的。")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns at a size of its own; ours is below
            picture = Image.open(sent, formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise BadPhoto(TOO_LARGE)
            picture.draft("RGB", (LONG_SIDE, LONG_SIDE))  # decode a large JPEG at a fraction
            drawn = _drawn(picture)
            taken_on = _taken_on(picture)  # a PNG decodes itself for it, and forgives: once drawn
    except BadPhoto:
        raise
    except UnidentifiedImageError as fault:
        raise NoPhoto("这不是照片，或者格式打不开。请用手机拍一张，或选 JPG、PNG 图片。") from fault
    except Image.DecompressionBombError as fault:
        raise BadPhoto(TOO_LARGE) from fault
    except (OSError, ValueError, SyntaxError, EOFError) as fault:
        raise BadPhoto("照片不完整或已损坏，请重新拍一张。") from fault
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Photo(out.getvalue(), drawn.width, drawn.height, tuple(looks_of(drawn)), taken_on)


def _taken_on(picture: Image.Image) -> date | None:
    """拍摄日期: of all that the camera wrote only the day, when it wrote one that exists."""
    try:
        camera = picture.getexif().get_ifd(ExifTags.IFD.Exif)
        words = str(camera.get(ExifTags.Base.DateTimeOriginal, ""))
        return datetime.strptime(words[:10], "%Y:%m:%d").date()  # noqa: DTZ007  # a day, no instant
    except (ValueError, TypeError, KeyError, OSError, SyntaxError):
        return None


def _drawn(picture: Image.Image) -> Image.Image:
    """Upright, at most 1600 px, on white, and on a fresh canvas that knows nothing else."""
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONG_SIDE, LONG_SIDE))
    layered = upright.convert("RGBA") if "transparency" in upright.info else upright
    canvas = Image.new("RGB", upright.size, "white")
    canvas.paste(layered.convert("RGB"), mask=_mask(layered))
    return canvas


def _mask(picture: Image.Image) -> Image.Image | None:
    return picture.getchannel("A") if "A" in picture.getbands() else None


def keep(record: DutyRecord, photos: Iterable[Photo]) -> list[Evidence]:
    """Each photo is stored under a random key beside its record; the same picture once."""
    known = set(record.evidence.values_list("sha256", flat=True))
    new = {photo.sha256: photo for photo in photos if photo.sha256 not in known}
    if not new:
        return []
    kept = [_stored(record, photo) for photo in new.values()]
    in_turn("photos")  # of two alike at one moment the later one sees the earlier
    for evidence, photo in zip(kept, new.values(), strict=True):
        evidence.resembles = find_alike(evidence, photo.looks)
        evidence.save(force_insert=True)
    return kept


def _stored(record: DutyRecord, photo: Photo) -> Evidence:
    """The file is written, the row not yet: nobody waits for the disk."""
    evidence = Evidence(
        record=record,
        width=photo.width,
        height=photo.height,
        sha256=photo.sha256,
        phash=photo.phash,
        taken_on=photo.taken_on,
    )
    name = f"{secrets.token_urlsafe(24)}.jpg"
    evidence.file.save(name, ContentFile(photo.content), save=False)
    return evidence


def drop(record: DutyRecord, numbers: Collection[int]) -> None:
    """These photos of the record are gone, their files too once the transaction holds."""
    if not numbers:
        return
    in_turn("photos")  # before any row: what resembled them is compared anew, in one order
    for evidence in record.evidence.filter(pk__in=numbers):
        storage, name = evidence.file.storage, evidence.file.name
        followers = list(Evidence.objects.filter(resembles=evidence).order_by("pk"))
        evidence.delete()
        compare_anew(followers)
        transaction.on_commit(partial(storage.delete, name))
