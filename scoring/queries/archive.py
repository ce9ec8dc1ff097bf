"""档案 read: a deputy's own years, and the one file a verify code stands for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from congress.shared.actors import Actor
from scoring.models import Archive, ArchiveAmendment, StarLight
from scoring.queries.sealed_years import sealed_name

SHOWN_OF_HASH = 16
MISREAD = str.maketrans("018", "OIB")
"""What people type for letters: the code's alphabet has no 0, 1 or 8."""


@dataclass(frozen=True)
class OwnYear:
    """One sealed year of one's own."""

    archive: Archive
    year: int
    grade: str
    lights: Sequence[StarLight]
    amendments: Sequence[ArchiveAmendment]

    @property
    def lit(self) -> int:
        return sum(light.lit for light in self.lights)


def own_years(actor: Actor) -> list[OwnYear]:
    """我的档案, the newest year first. Of the office's people too only their own."""
    rows = (
        Archive.objects.filter(grading__deputy__user=actor.user)
        .select_related("grading__cycle", "grading__grade")
        .prefetch_related("grading__lights__star", "grading__amendments__grade", "amendments")
        .order_by("-grading__cycle__year", "pk")
    )
    return [_own_year(row) for row in rows]


def _own_year(row: Archive) -> OwnYear:
    grading, lights = row.grading, [*row.grading.lights.all()]
    grade = grading.standing_grade.name
    return OwnYear(row, grading.cycle.year, grade, lights, [*row.amendments.all()])


@dataclass(frozen=True)
class PublicAmendment:
    """That there is an amendment, and how to tell it from another; nothing of what it says."""

    number: int
    digest: str


@dataclass(frozen=True)
class PublicFile:
    """验真页能说的全部: the allow-list of what strangers learn of a file."""

    number: str
    name: str
    year: int
    digest: str
    amendments: tuple[PublicAmendment, ...] = ()


def by_code(code: str) -> PublicFile | None:
    """The file with this verify code, however its letters were typed."""
    rows = Archive.objects.filter(code=tidy_code(code))
    found = rows.select_related("grading__deputy", "grading__cycle").first()
    if found is None:
        return None
    later = ArchiveAmendment.objects.filter(archive=found).order_by("number")
    amendments = tuple(
        PublicAmendment(each, digest[:SHOWN_OF_HASH])
        for each, digest in later.values_list("number", "sha256")
    )
    year, digest = found.grading.cycle.year, found.sha256[:SHOWN_OF_HASH]
    return PublicFile(found.number, sealed_name(found), year, digest, amendments)


def digest_before(row: ArchiveAmendment) -> str:
    """What an amendment's digest follows: the amendment before it, or the file."""
    before = ArchiveAmendment.objects.filter(archive=row.archive_id, number__lt=row.number)
    return before.order_by("-number").values_list("sha256", flat=True).first() or row.archive.sha256


def is_the_file(code: str, sha256: str) -> bool:
    """Whether the file of this code has exactly this content."""
    return Archive.objects.filter(code=tidy_code(code), sha256=sha256).exists()


def code_of(sha256: str) -> str:
    """The verify code of the file with this content, which whoever holds it can read on it."""
    return Archive.objects.filter(sha256=sha256).values_list("code", flat=True).first() or ""


def tidy_digest(typed: str) -> str:
    """64 small letters and figures, without the spaces that people set; empty if it is none."""
    plain = re.sub(r"\s", "", typed).lower()
    return plain if re.fullmatch(r"[0-9a-f]{64}", plain) else ""


def tidy_code(typed: str) -> str:
    """Capital letters in groups of four: ABCD-EFGH-IJKL-MNOP."""
    plain = re.sub(r"[^A-Z0-9]", "", typed.upper())[:32].translate(MISREAD)
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))
