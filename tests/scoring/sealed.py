"""Sealed years in a moment: the real verbs around small PDFs of one page, as nothing is drawn."""

from dataclasses import replace
from io import BytesIO

import pikepdf

from congress.shared import clock
from congress.shared.actors import SYSTEM
from scoring.actions import archive
from scoring.archive_data import sealed_data
from scoring.models import Archive
from tests.scoring import year
from tests.scoring.sample_file import duty_file

SEALED_ON = year.NOW


def page(words: str) -> bytes:
    """A PDF of one page that draws `words`, so that no two are the same."""
    with pikepdf.Pdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        document.pages[0].Contents = document.make_stream(f"% {words}\n0 0 10 10 re f".encode())
        out = BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def seal_year(of: year.Party, in_year: int = year.YEAR, **how):
    """One year decided, every file sealed, the year ended."""
    cycle = year.final(of, year.opened(of, in_year), **how)
    for grading in cycle.gradings.select_related("deputy").order_by("pk"):
        number = archive.archive_number(cycle, grading.deputy.mandates.get())
        tree = duty_file()
        person = replace(tree.person, name=grading.deputy.name)
        tree = replace(tree, year=in_year, number=number, person=person)
        papers = {"pdf": page(number), "data": sealed_data(tree)}
        archive.seal_file(grading, number=number, **papers, at=SEALED_ON, by=SYSTEM)
    with clock.at(SEALED_ON):
        return archive.finish(cycle, by=SYSTEM)


def file_of(deputy, in_year: int = year.YEAR) -> Archive:
    rows = Archive.objects.select_related("grading__cycle__assembly", "grading__deputy__user")
    return rows.get(grading__deputy=deputy, grading__cycle__year=in_year)
