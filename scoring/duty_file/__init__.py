"""从记录到档案: one deputy's year, row by row, in the words and figures that the file prints.

It reads no clock and asks no database: the same rows give the same file, to the byte.
"""

from collections import Counter

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from scoring.documents import DutyFile, Figure, StarLine
from scoring.duty_file import cover, points, review, work
from scoring.duty_file.words import led
from scoring.queries.duty_file import Year


def duty_file(year: Year, *, number: str, code: str) -> DutyFile:
    """履职档案 of this deputy and year, ready to be printed."""
    cycle, own = year.cycle, year.totals
    days = Counter(row.done_on for row in year.records if row.done_on.year == cycle.year)
    return DutyFile(
        committee=f"{cycle.assembly.name}常务委员会",
        year=cycle.year,
        number=f"档号 {number}",
        verify_code=code,
        verify_url=settings.SITE_URL + reverse("scoring:verify_file", args=[code]),
        sealed=f"本档案由{settings.COUNTY}人大代表履职平台于{_closed(year)}封存。",
        period=cover.period(year),
        person=cover.person(year),
        indices=cover.indices(year),
        figures=cover.figures(year),
        categories=cover.categories(year),
        bonus=Figure("附加分", str(own.bonus)),
        total=Figure("合计", str(own.total)),
        days=days,
        days_note=cover.days_note(days),
        stars=tuple(
            StarLine(star.name, star.aspect, light.reason.replace(" ", ""), light.lit)
            for star, light in year.lights.items()
        ),
        stars_note=points.stars_note(year),
        ledger=points.ledger(year),
        ledger_note=points.ledger_note(year),
        ledger_sum=f"基础分 {own.base}　附加分 {own.bonus}",
        corrections=points.corrections(year),
        proposals=tuple(work.proposal(year, row) for row in year.proposals),
        proposals_note=f"领衔{led(year)}件　附议{len(year.proposals) - led(year)}件",
        receptions=work.receptions(year),
        receptions_note=work.receptions_note(year),
        activities=work.activities(year),
        activities_note=work.calls(year),
        polls=work.polls(year),
        polls_note=work.polls_note(year),
        opinions=review.opinions(year),
        opinions_note=review.weights(year),
        verdict=review.verdict(year),
    )


def _closed(year: Year) -> str:
    """When the result was final: from then on nothing of the file changes."""
    moment = timezone.localtime(year.cycle.final_at)
    return f"{moment.year}年{moment.month}月{moment.day}日{moment:%H:%M}"
