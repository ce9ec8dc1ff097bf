"""Rows that break a constraint of what stands around the sealed files."""

from congress.shared import clock
from congress.shared.actors import SYSTEM
from scoring.actions import amending, volumes
from scoring.actions.archive import seal_file
from scoring.models import AmendmentKind, ArchiveVolume, Grading
from scoring.volume_states import VolumeState
from tests import make
from tests.architecture.broken_shared import UNCHANGED
from tests.scoring import sealed, year

SAID = {"text": "应为 8 次。", "reason": "漏计。", "minute": "纪要 1 号"}


def archive():
    of = year.party(1)
    sealed.seal_year(of)
    return sealed.file_of(of.deputies[0])


def one_of_two():
    of = year.party(2)
    grading = year.final(of).gradings.order_by("pk")[0]
    papers = {"pdf": sealed.page("1"), "data": b"{}"}
    return seal_file(grading, number="2026-1", **papers, at=year.NOW, by=SYSTEM)


ANOTHER = {
    "grading": lambda: Grading.objects.get(archive__isnull=True),
    "number": "2026-2",
    "code": "ANOTHER",
}


def amendment():
    return amending.amend_archive(archive(), **SAID, by=make.director())


def term_volume() -> ArchiveVolume:
    deputy = archive().grading.deputy
    return volumes.ask_term_volume(deputy, term=make.term(), by=make.director())


def group_book() -> ArchiveVolume:
    cycle = archive().grading.cycle
    return volumes.ask_group_book(make.group(), cycle=cycle, by=make.director())


ARCHIVE = {
    "archive_has_data_and_its_digest_or_neither": (archive, {"data": ""}),
    "archive_file_is_of_one_deputy": (one_of_two, {**ANOTHER, "data": "archive/other.json"}),
    "archive_data_are_of_one_deputy": (one_of_two, {**ANOTHER, "file": "archive/other.pdf"}),
    "archive_amendment_number_once": (amendment, {"sha256": "b" * 64}),
    "archive_amendment_has_minute_and_who_or_is_points": (
        amendment,
        {"kind": AmendmentKind.POINTS, "number": 2, "sha256": "b" * 64},
    ),
    "archive_amendment_of_a_grade_names_it": (
        amendment,
        {"kind": AmendmentKind.GRADE, "number": 2, "sha256": "b" * 64},
    ),
    "archive_amendment_says_what_and_why": (
        amendment,
        {"reason": "", "number": 2, "sha256": "b" * 64},
    ),
    "archive_volume_is_of_a_term_or_of_a_groups_year": (term_volume, {"group": make.group}),
    "archive_volume_once_per_deputy_and_term": (term_volume, UNCHANGED),
    "archive_volume_once_per_group_and_year": (group_book, UNCHANGED),
    "archive_volume_has_its_file_and_moment_or_neither": (
        term_volume,
        {"deputy": make.deputy, "made_at": clock.now},
    ),
    "archive_volume_made_has_its_file": (
        term_volume,
        {"deputy": make.deputy, "state": VolumeState.MADE},
    ),
}
