"""First page: who it is, and the year in figures."""

from collections.abc import Mapping
from datetime import date

from congress.shared.calendar import reception_days
from deputies import codes
from scoring.documents import CategoryLine, Figure, Person
from scoring.duty_file.words import done, led
from scoring.duty_file.work import raised, solved
from scoring.points import plain
from scoring.queries.duty_file import Year


def person(year: Year) -> Person:
    """基本情况. The phone number has no place in a file that leaves the office."""
    deputy, seat = year.deputy, year.seat
    return Person(
        name=deputy.name,
        sex=deputy.sex,
        nation=deputy.nation,
        born=f"{deputy.birth_month.year}年{deputy.birth_month.month}月",
        party=deputy.party,
        education=deputy.education,
        levels="、".join(year.levels),
        certificate=seat.certificate,
        delegation=seat.delegation.name if seat.delegation else "",
        district=seat.district.name,
        term=f"{seat.from_on.year}年{seat.from_on.month}月起",
        group=year.group,
        job=deputy.job,
        station=year.station,
        pledge="；".join(row.text for row in deputy.pledges.all()),
    )


def period(year: Year) -> str:
    """From which day to which the file tells."""
    first, last = year.county.period
    return f"评价期间　{_whole(first)}至{_whole(last)}"


def _whole(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def indices(year: Year) -> tuple[Figure, ...]:
    """三大指数: the list of duties, the points, the stars (policy text, 数智融通)."""
    county = year.county
    items = {entry.rule.item_id for entry, _ in year.entries if not entry.rule.bonus}
    kinds = sum(points > 0 for points in year.totals.by_category.values())
    rank = f"第{county.rank(year.deputy.pk)}名，共{len(county.sums)}名"
    return (
        Figure("履职清单", str(len(items)), f"/ {county.listed} 项", f"{kinds}类有记录"),
        Figure("履职积分", str(year.totals.total), "分", rank),
        Figure("履职星级", str(year.lit), "颗星", f"共{len(year.lights)}颗"),
    )


def figures(year: Year) -> tuple[Figure, ...]:
    """一年里做了多少."""
    return (
        Figure("履职", str(len({row.done_on for row in year.records})), "天"),
        Figure("领衔", str(led(year)), "件"),
        Figure("附议", str(len(year.proposals) - led(year)), "件"),
        Figure("接待选民", str(done(year, codes.RECEPTION)), "次"),
        Figure("走访选民", str(done(year, codes.VISIT)), "户"),
        Figure("听到反映", str(raised(year)), "件"),
        Figure("解决", str(solved(year)), "件"),
    )


def days_note(days: Mapping[date, int]) -> str:
    """一年日历 in one line; which months they are, the picture shows."""
    if not days:
        return "没有履职记录"
    tens = sum(len(set(reception_days(year)).intersection(days)) for year in {d.year for d in days})
    return f"{len(days)}天有{sum(days.values())}条记录，其中逢十接待日{tens}天"


def categories(year: Year) -> tuple[CategoryLine, ...]:
    """五类: what counted under the ceiling, beside the county's median."""
    county = year.county
    return tuple(
        CategoryLine(
            name=each.name,
            points=str(year.totals.by_category[each.code]),
            ceiling=plain(county.ceilings[each.code]),
            share=year.totals.by_category[each.code] / county.ceilings[each.code],
            median=county.medians[each.code] / county.ceilings[each.code],
        )
        for each in county.categories
    )
