"""滚动办: who carries what is open of a year into the next one, and when."""

from datetime import date, timedelta

from congress.shared.actors import Actor
from congress.shared.models import Assembly, Term
from congress.shared.models.places import TOWNSHIP
from congress.shared.roles import Role
from proposals.rules import CARRY_DAYS


def why_not_carry_over(
    by: Actor, assembly: Assembly, year: int | None = None, today: date | None = None
) -> str | None:
    """代工委主任 for the county's congress, a township's office for its own.

    A year is carried over in its last days or later, or in the year in which a new term began.
    """
    if assembly.level.code == TOWNSHIP:
        if not (by.is_a(Role.TOWNSHIP_CLERK) and by.area_id == assembly.area_id):
            return f"只有{assembly.area.name}人大可以结转本级的建议。"
    elif not (by.is_a(Role.STAFF_DIRECTOR) and by.at_deputy_office):
        return "未办结的建议由代工委主任结转。"
    if year is None or today is None:
        return None
    return why_too_early(assembly, year, today)


def why_too_early(assembly: Assembly, year: int, today: date) -> str | None:
    """Whoever carries it."""
    first = date(year, 12, 31) - timedelta(days=CARRY_DAYS.on(today))
    if today >= first:
        return None
    terms = Term.objects.filter(assembly=assembly)
    begun = terms.filter(from_on__year=year, from_on__lte=today)
    if begun.exists() and terms.filter(from_on__lt=date(year, 1, 1)).exists():
        return None
    day = f"{first.year} 年 {first.month} 月 {first.day} 日"
    return f"{year} 年的建议从 {day}起可以结转；换届的当年随时可以。"
