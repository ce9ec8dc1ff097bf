"""请核对: the year's own reports looked through, sign by sign, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from congress.shared.models import Assembly
from deputies.models import DutyRecord, Evidence
from deputies.queries.duties import day_words
from scoring import oddities as signs
from scoring import rules
from scoring.oddities import SIGNS, Report
from scoring.points import ZERO
from scoring.queries.board import EVERYBODY, Within, last_day
from scoring.queries.roll import seated
from scoring.queries.waiting import OWN_REPORT
from scoring.ranking import middle


@dataclass(frozen=True)
class Behind:
    """One record behind a sign."""

    pk: int
    words: str


@dataclass(frozen=True)
class Sign:
    """One reason to look, with the records it is about."""

    code: str
    label: str
    words: str
    records: list[Behind]


@dataclass(frozen=True)
class Oddity:
    """One deputy whose own reports somebody should look at again."""

    pk: int
    name: str
    group: str
    signs: list[Sign]


@dataclass(frozen=True)
class Limits:
    """From how many on a sign is shown, as in force on a day."""

    photos: int
    full_days: int
    sitting: int
    december: int
    alike: int
    share: int
    least: int

    @classmethod
    def on(cls, day: date) -> "Limits":
        return cls(
            rules.SAME_PHOTOS.on(day),
            rules.FULL_DAYS.on(day),
            rules.IN_ONE_SITTING.on(day),
            rules.YEAR_END.on(day),
            rules.ALIKE_NOTES.on(day),
            rules.SELF_SHARE.on(day),
            rules.OWN_REPORTS.on(day),
        )


def oddities(
    assembly: Assembly,
    year: int,
    today: date,
    *,
    within: Within = EVERYBODY,
    name: str = "",
    sign: str = "",
) -> list[Oddity]:
    """Whoever has a sign, those with most signs first; `sign` keeps one kind."""
    people, limits = seated(assembly, last_day(year, today)), Limits.on(today)
    own, everything = _reports(people, year), _everything(people, year)
    usual = (
        middle(Decimal(100 * len(own.get(pk, ()))) / all_ for pk, all_ in everything.items())
        or ZERO
    )
    found = []
    for pk, reports in own.items():
        if not within.has(people[pk]) or name not in people[pk].name:
            continue
        seen = [
            each
            for each in _signs(reports, everything.get(pk, 0), usual, limits)
            if not sign or each.code == sign
        ]
        if seen:
            found.append(Oddity(pk, people[pk].name, people[pk].group, seen))
    return sorted(found, key=lambda row: (-len(row.signs), people[row.pk].order, row.pk))


def _signs(reports: list[Report], everything: int, usual: Decimal, limits: Limits) -> list[Sign]:
    numbers = {
        "photo": signs.reused_photos(reports, limits.photos),
        "limit": signs.at_the_day_limit(reports, limits.full_days),
        "sitting": signs.in_one_sitting(reports, limits.sitting),
        "december": signs.at_the_years_end(reports, limits.december, least=limits.least),
        "alike": signs.alike_notes(reports, limits.alike),
        "self": signs.mostly_self_reported(
            reports, everything, usual, limits.share, least=limits.least
        ),
    }
    words = {
        "photo": "{n} 条记录的照片在别处也用过",
        "limit": "{n} 条记录报满了当日上限",
        "sitting": "{n} 条记录是同一天补报的，做的日子却各不相同",
        "december": "{n} 条记录集中在十二月上报",
        "alike": "{n} 条记录的内容几乎一样",
        "self": f"自报 {{n}} 条，占全部 {everything} 条的多数，同类一般占 {usual:.0f}%",
    }
    by_number = {report.pk: report for report in reports}
    return [
        Sign(
            code,
            SIGNS[code],
            f"{words[code].format(n=len(pks))}，请核对。",
            [_behind(by_number[pk]) for pk in sorted(set(pks))],
        )
        for code, pks in numbers.items()
        if pks
    ]


def _behind(report: Report) -> Behind:
    filed = day_words(report.reported_at.date())
    return Behind(report.pk, f"{day_words(report.done_on)}{report.item}，{filed}报")


def _reports(people: Iterable[int], year: int) -> Mapping[int, list[Report]]:
    """The live own reports of the year by deputy, in the order of reporting."""
    photos = Evidence.objects.filter(record=OuterRef("pk"))
    reused = Exists(photos.used_elsewhere()) | Exists(photos.alike_elsewhere())
    records = (
        DutyRecord.objects.live()
        .done_in(year)
        .filter(deputy__in=people, source__startswith=OWN_REPORT)
    )
    fields = ("item__short_name", "done_on", "quantity", "item__per_day", "reported_at", "note")
    rows = records.annotate(reused=reused).order_by("reported_at", "pk")
    found: defaultdict[int, list[Report]] = defaultdict(list)
    for deputy, pk, item, done_on, quantity, per_day, at, note, is_reused in rows.values_list(
        "deputy_id", "pk", *fields, "reused"
    ):
        local = timezone.localtime(at)
        found[deputy].append(Report(pk, item, done_on, quantity, per_day, local, note, is_reused))
    return found


def _everything(people: Iterable[int], year: int) -> dict[int, int]:
    """All live records of the year, whoever reported them."""
    rows = DutyRecord.objects.live().done_in(year).filter(deputy__in=people).order_by()
    return dict(rows.values_list("deputy_id").annotate(Count("pk")))
