"""我的一年: the points of each congress in which a deputy sits, on one card each."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from congress.shared.models import Assembly
from congress.shared.models.places import COUNTY
from congress.shared.pictures import month_bars
from deputies.models import Deputy
from scoring.queries.brief import Brief, brief

OPEN_NAMED = 3
NOT_RANKED = "现在不参加排名"


@dataclass(frozen=True)
class YearCard:
    """One congress's card: the figures, the rank in words, the months as a picture."""

    brief: Brief
    year: int
    level: str
    rank: str
    months: str
    dots: list[bool]
    """One for each item of the year's list, those done first."""
    still: str
    url: str
    list_url: str


def seats_first(assemblies: list[Assembly]) -> list[Assembly]:
    """The county's congress first, whose points most things hang on; then from the highest down."""
    return sorted(assemblies, key=lambda each: (each.level.code != COUNTY, each.level.rank))


def cards(person: Deputy, assemblies: list[Assembly], today: date) -> list[YearCard]:
    """One card for each congress; they come in the order given."""
    return [_card(brief(person, each, today.year, today), today) for each in assemblies]


def _card(found: Brief, today: date) -> YearCard:
    level, standing = found.assembly.level.name, found.standing
    rank = f"{standing.of} 位{level}代表中排第 {standing.rank}" if standing.rank else NOT_RANKED
    return YearCard(
        found,
        today.year,
        level,
        rank if found.lines else "今年还没有记分",
        month_bars(found.gains, current=today.month),
        [each < found.checklist.done for each in range(found.checklist.of)],
        _still(found),
        f"{reverse('scoring:points')}?assembly={found.assembly.pk}",
        f"{reverse('scoring:duty_list')}?assembly={found.assembly.pk}",
    )


def _still(found: Brief) -> str:
    """What of the year's list is still open, by name."""
    still = found.checklist.open
    if not found.checklist.of:
        return ""
    if not still:
        return "清单上的都做过了。"
    named = "、".join(still[:OPEN_NAMED])
    return f"还差{named}等 {len(still)} 项" if len(still) > OPEN_NAMED else f"还差{named}"
