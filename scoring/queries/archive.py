"""档案 read: a deputy's own years, and the one file a verify code stands for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from congress.shared.actors import Actor
from scoring.models import Archive, StarLight

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

    @property
    def lit(self) -> int:
        return sum(light.lit for light in self.lights)


def own_years(actor: Actor) -> list[OwnYear]:
    """我的档案, the newest year first. Of the office's people too only their own."""
    rows = (
        Archive.objects.filter(grading__deputy__user=actor.user)
        .select_related("grading__cycle", "grading__grade")
        .prefetch_related("grading__lights__star", "grading__amendments__grade")
        .order_by("-grading__cycle__year", "pk")
    )
    return [
        OwnYear(
            row,
            row.grading.cycle.year,
            row.grading.standing_grade.name,
            [*row.grading.lights.all()],
        )
        for row in rows
    ]


@dataclass(frozen=True)
class PublicFile:
    """验真页能说的全部: the allow-list of what strangers learn of a file."""

    number: str
    name: str
    year: int
    digest: str


def by_code(code: str) -> PublicFile | None:
    """The file with this verify code, however its letters were typed."""
    rows = Archive.objects.filter(code=tidy_code(code)).values_list(
        "number", "grading__deputy__name", "grading__cycle__year", "sha256"
    )
    found = rows.first()
    if found is None:
        return None
    number, name, year, sha256 = found
    return PublicFile(number, name, year, sha256[:SHOWN_OF_HASH])


def tidy_code(typed: str) -> str:
    """Capital letters in groups of four: ABCD-EFGH-IJKL-MNOP."""
    plain = re.sub(r"[^A-Z0-9]", "", typed.upper())[:32].translate(MISREAD)
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))
