"""小组年册: what the members of a group did in a sealed year, one after the other, to be printed.

Only what the group may read: deeds, points, the stars that are lit, and the grades where everybody
has one: beside them a blank would name who has none (不定等次). No opinion, no ledger line, no star
that stayed dark, no personal data beyond the name and the office held.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from congress.shared import pictures
from congress.shared.pdf import picture, render_pdf
from congress.shared.pictures.svg import HEI
from deputies.models import DeputyGroup
from scoring.archive_data import Tree, read_data
from scoring.binding import BindingFault, Bound, count_pages
from scoring.models import Archive, ArchiveVolume, Grading, ReviewCycle
from scoring.queries.sealed_years import digest_of

PAPER_HEI = "WenQuanYi Zen Hei, Noto Sans CJK SC"
MOST_ROWS = 6
"""So many proposals, receptions, activities of a member are listed; the rest is a number."""


@dataclass(frozen=True)
class Listed:
    """Some lines and how many more there are."""

    rows: Sequence[dict[str, Any]]
    more: int

    @property
    def total(self) -> int:
        """All of them."""
        return len(self.rows) + self.more


@dataclass(frozen=True)
class Member:
    """One member's page: the allow-list of what a group reads of its members."""

    key: str
    name: str
    job: str
    district: str
    pledge: str
    grade: str
    points: str
    stars: Sequence[str]
    figures: Sequence[dict[str, Any]]
    categories: Sequence[dict[str, Any]]
    bonus: str
    portrait: SafeString
    proposals: Listed
    receptions: Listed
    activities: Listed
    amended: int


def group_book(volume: ArchiveVolume) -> Bound:
    """小组年册 of one group and year, or `BindingFault`."""
    assert volume.group is not None  # noqa: S101  # archive_volume_is_of_a_term_or_of_a_groups_year
    assert volume.cycle is not None  # noqa: S101  # the same
    members = members_of(volume.group, volume.cycle)
    context: dict[str, object] = {
        "volume": volume,
        "group": volume.group,
        "cycle": volume.cycle,
        "members": members,
        "has_grades": any(each.grade for each in members),
        "made_on": volume.asked_at,
    }
    pdf = render_pdf("pdf/group_book.html", context, made_at=volume.asked_at)
    return Bound(pdf, len(members), count_pages(pdf))


def members_of(group: DeputyGroup, cycle: ReviewCycle) -> list[Member]:
    """Everybody's page; nobody's names a grade when somebody has none."""
    rows = Archive.objects.of_group(group, cycle)
    rows = rows.select_related("grading__grade").prefetch_related(
        "amendments", "grading__amendments__grade"
    )
    graded = set(Grading.objects.filter(cycle=cycle).graded().values_list("pk", flat=True))
    with_grades = all(row.grading_id in graded for row in rows)
    return [member(row, with_grade=with_grades) for row in rows]


def member(row: Archive, *, with_grade: bool) -> Member:
    """A member's page, from the data that were sealed with the file."""
    tree = _tree(row)
    person, stars = tree["person"], tree["stars"]
    return Member(
        key=f"d{row.pk}",
        name=person["name"],
        job=person["job"],
        district=person["district"],
        pledge=person["pledge"],
        grade=row.grading.standing_grade.name if with_grade else "",
        points=tree["total"]["value"],
        stars=[star["name"] for star in stars if star["lit"]],
        figures=tree["figures"],
        categories=tree["categories"],
        bonus=tree["bonus"]["value"],
        portrait=_portrait(tree),
        proposals=_listed(tree["proposals"]),
        receptions=_listed(tree["receptions"]),
        activities=_listed(tree["activities"]),
        amended=len(row.amendments.all()),
    )


def _tree(row: Archive) -> Tree:
    if not row.data:
        raise BindingFault(f"{row.number} 号档案归档时还没有存数据，不能进年册。")
    if digest_of(row.data) != row.data_sha256:
        raise BindingFault(f"{row.number} 号档案的数据文件与封存时不同，请先核对这一年的档案。")
    return read_data(Path(settings.MEDIA_ROOT, row.data).read_bytes())


def _portrait(tree: Tree) -> SafeString:
    axes = [(line["name"], Decimal(line["share"])) for line in tree["categories"]]
    median = [Decimal(line["median"]) for line in tree["categories"]]
    svg = pictures.portrait(axes, median=median, narrow=True).replace(HEI, PAPER_HEI)
    plain = svg.replace(' font-weight="700"', "")
    return picture(mark_safe(plain), "picture")  # noqa: S308 -- words unchanged


def _listed(lines: Sequence[dict[str, Any]]) -> Listed:
    return Listed(lines[:MOST_ROWS], max(0, len(lines) - MOST_ROWS))
