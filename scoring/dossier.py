"""从记录到档案: one deputy's year, row by row, in the words and figures that the file prints.

It reads no clock and asks no database: the same rows give the same file, to the byte.
"""

from collections import Counter
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from proposals.models import Proposal
from proposals.permissions.handling import missing_stages
from proposals.states import State
from scoring.documents import (
    STAGES,
    ActivityLine,
    CategoryLine,
    DutyFile,
    Figure,
    LedgerLine,
    OpinionLine,
    Person,
    ProposalLine,
    ReceptionLine,
    StarLine,
    Verdict,
)
from scoring.models import Appraisal
from scoring.points import ZERO, explain, plain
from scoring.queries.duty_file import Year
from scoring.states import Step
from scoring.suggest import points_part
from stations.models import Presence

NUMERALS = "零一二三四五六七八九十"
DASH = "—"
TITLES = {Step.SELF: "代表自评", Step.GROUP: "小组核校", Step.TOWNSHIP: "乡镇参评"}


def duty_file(year: Year, *, number: str, code: str) -> DutyFile:
    """履职档案 of this deputy and year, ready to be printed."""
    cycle, own = year.cycle, year.totals
    return DutyFile(
        committee=f"{cycle.assembly.name}常务委员会",
        year=cycle.year,
        number=f"档号 {number}",
        verify_code=code,
        verify_url=settings.SITE_URL + reverse("scoring:verify_file", args=[code]),
        sealed=f"本档案由{settings.COUNTY}人大代表履职平台于{_decided(year)}封存。",
        person=person(year),
        indices=indices(year),
        figures=figures(year),
        categories=categories(year),
        bonus=Figure("附加分", str(own.bonus)),
        total=Figure("合计", str(own.total)),
        days=Counter(row.done_on for row in year.records),
        stars=tuple(
            StarLine(star.name, star.aspect, light.reason, light.lit)
            for star, light in year.lights.items()
        ),
        stars_note=_stars_note(year),
        ledger=ledger(year),
        ledger_note=_ledger_note(year),
        ledger_sum=f"基础分 {own.base}　附加分 {own.bonus}",
        corrections=corrections(year),
        proposals=tuple(_proposal(year, row) for row in year.proposals),
        proposals_note=f"领衔{_led(year)}件　附议{len(year.proposals) - _led(year)}件",
        receptions=receptions(year),
        receptions_note=f"{_quantity(year, 'C1')}次",
        activities=activities(year),
        activities_note=_calls(year),
        opinions=opinions(year),
        opinions_note=_weights(year),
        verdict=verdict(year),
    )


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
        pledge=deputy.pledge,
    )


def indices(year: Year) -> tuple[Figure, ...]:
    """三大指数: the list of duties, the points, the stars (policy text, 数智融通)."""
    county = year.county
    done = {entry.rule.item_id for entry, _ in year.entries if not entry.rule.bonus}
    kinds = sum(points > 0 for points in year.totals.by_category.values())
    rank = f"第{county.rank(year.deputy.pk)}名，共{len(county.sums)}名"
    return (
        Figure("履职清单", str(len(done)), f"/ {county.listed} 项", f"{kinds}类有记录"),
        Figure("履职积分", str(year.totals.total), "分", rank),
        Figure("履职星级", str(year.lit), "颗星", f"共{len(year.lights)}颗"),
    )


def figures(year: Year) -> tuple[Figure, ...]:
    """一年里做了多少."""
    return (
        Figure("履职", str(len({row.done_on for row in year.records})), "天"),
        Figure("领衔", str(_led(year)), "件"),
        Figure("附议", str(len(year.proposals) - _led(year)), "件"),
        Figure("接待选民", str(_quantity(year, "C1")), "次"),
        Figure("走访选民", str(_quantity(year, "C2")), "户"),
    )


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


def ledger(year: Year) -> tuple[LedgerLine, ...]:
    """积分台账: each entry with its arithmetic, what it added, and the sum so far."""
    lines, running = [], ZERO
    for number, (entry, share) in enumerate(year.entries, start=1):
        record, item = entry.record, entry.rule.item
        running += share.counted
        lines.append(
            LedgerLine(
                number=str(number),
                date=_day(record.done_on),
                category=record.item.category.name,
                item=f"冲正：{item.name}" if entry.reverses_id else record.note or item.name,
                rule=item.code,
                reason=explain(
                    share,
                    name=item.short_name,
                    unit=item.unit,
                    quantity=record.quantity,
                    each=entry.rule.points,
                ),
                verifier=record.verified_by.name if record.verified_by else "",
                points=f"{share.counted:+}" if share.counted else "0.0",
                total=str(running),
                reverses=entry.reverses_id is not None,
                counts=bool(share.counted),
            )
        )
    return tuple(lines)


def corrections(year: Year) -> tuple[str, ...]:
    """更正与封顶: which line takes back which, and which found its category full."""
    at = {entry.pk: number for number, (entry, _) in enumerate(year.entries, start=1)}
    words = [
        f"第{at[entry.pk]}条冲正第{at[entry.reverses_id]}条，原条保留。"
        for entry, _ in year.entries
        if entry.reverses_id
    ]
    for each in year.county.categories:
        full = [
            str(at[entry.pk])
            for entry, share in year.entries
            if share.ceiling is not None and entry.record.item.category_id == each.pk
        ]
        if full:
            limit = plain(year.county.ceilings[each.code])
            words.append(f"{each.name}封顶{limit}分，第{'、'.join(full)}条按余额计分。")
    return tuple(words)


def receptions(year: Year) -> tuple[ReceptionLine, ...]:
    """接待选民. How many came and what became of it has no register yet: a dash, no guess."""
    return tuple(
        ReceptionLine(_day(row.done_on), row.place or DASH, DASH, row.note or DASH, DASH, DASH)
        for row in year.receptions
    )


def activities(year: Year) -> tuple[ActivityLine, ...]:
    """会议和活动 the deputy was called to."""
    return tuple(
        ActivityLine(
            date=_day(row.activity.held_on),
            name=row.activity.title,
            organiser=row.activity.organiser.name,
            attendance="请假（批准）" if row.presence == Presence.LEAVE else _came(row.presence),
        )
        for row in year.attendances
    )


def opinions(year: Year) -> tuple[OpinionLine, ...]:
    """三方意见 and the committee's part; what was not given says so."""
    given = [_opinion(TITLES[step], row) for step, row in year.opinions.items()]
    score = points_part(year.totals.total)
    by = year.cycle.decided_by
    committee = OpinionLine(
        title="常委会评定",
        score=str(score),
        text=f"以年度积分{year.totals.total}分计，满分100分。评定等次：{year.grading.grade.name}。",
        date=_day(year.county.day),
        signed_by=by.name if by else "",
    )
    return (*given, committee)


def _opinion(title: str, row: Appraisal | None) -> OpinionLine:
    if row is None:
        return OpinionLine(title, DASH, "没有提交。")
    return OpinionLine(
        title=title,
        score=str(row.score),
        text=row.words or "没有写文字意见。",
        date=_day(timezone.localdate(row.given_at)),
        signed_by=row.given_by.name,
    )


def verdict(year: Year) -> Verdict:
    """评定结论: the committee's grade, the stars, the minute it rests on."""
    cycle, grade = year.cycle, year.grading.grade.name
    score = year.grading.suggestion
    return Verdict(
        grade=grade,
        stars=f"{NUMERALS[year.lit]}星代表" if year.lit else "没有点亮的星",
        text=f"经{cycle.assembly.name}常务委员会评定，{year.deputy.name}{cycle.year}年度履职等次为"
        f"{grade}，点亮{year.lit}颗星。会议纪要：{cycle.minute}。",
        reference="没有参考分" if score is None else f"参考分 {score}",
    )


def _weights(year: Year) -> str:
    shares = "、".join(plain(weight) for weight in year.county.weights.values())
    missing = [TITLES[step] for step, row in year.opinions.items() if row is None]
    said = f"各方背靠背，权重 {shares}"
    return f"{said}；{'、'.join(missing)}没有提交，其余按权重折算" if missing else said


def _proposal(year: Year, row: Proposal) -> ProposalLine:
    """One proposal: where it stands, and the outcome once the unit has replied."""
    assignment, reply = row.lead_assignment, row.reply
    stage = _stage(year, row)
    outcome = f"{_day(row.submitted_on)}提出"
    if assignment:
        outcome += f"，{_day(assignment.assigned_on)}交办"
    if reply:
        outcome += f"，{_day(reply.replied_on)}答复（{reply.file_number}）"
    return ProposalLine(
        number=row.number,
        role="领衔" if row.lead_id == year.deputy.pk else "附议",
        title=row.title,
        outcome=outcome + "。",
        unit=assignment.unit.name if assignment else DASH,
        stage=stage,
        result=f"{reply.outcome.code} {reply.outcome.name}" if reply else "办理中",
    )


def _stage(year: Year, row: Proposal) -> int:
    """Which of the seven stages is under way on the day of the decision; past the last, all."""
    reply, assignment = row.reply, row.lead_assignment
    if reply:
        over = row.state == State.PUBLISHED or reply.rate_until < year.county.day
        return len(STAGES) if over else STAGES.index("评价") + 1
    if assignment is None:
        return STAGES.index("交办") + 1
    return STAGES.index("面商" if missing_stages(assignment) else "答复") + 1


def _led(year: Year) -> int:
    return sum(row.lead_id == year.deputy.pk for row in year.proposals)


def _quantity(year: Year, code: str) -> int:
    return sum(row.quantity for row in year.records if row.item.code == code)


def _came(presence: str) -> str:
    return "到会" if presence == Presence.PRESENT else "缺席"


def _calls(year: Year) -> str:
    counts = Counter(row.presence for row in year.attendances)
    words = f"应到{len(year.attendances)}次　实到{counts[Presence.PRESENT]}次"
    if counts[Presence.LEAVE]:
        words += f"　请假{counts[Presence.LEAVE]}次"
    return words + (f"　缺席{counts[Presence.ABSENT]}次" if counts[Presence.ABSENT] else "")


def _stars_note(year: Year) -> str:
    dark = [star.name for star, light in year.lights.items() if not light.lit]
    return f"点亮{year.lit}颗" + (f"，{'、'.join(dark)}没有点亮" if dark else "")


def _ledger_note(year: Year) -> str:
    versions = sorted({entry.rule.book.version for entry, _ in year.entries})
    rules = f"　按积分规则第{'、'.join(map(str, versions))}版" if versions else ""
    return f"{len(year.entries)}条{rules}　更正以冲正列明，不改原条"


def _decided(year: Year) -> str:
    moment = timezone.localtime(year.cycle.decided_at)
    return f"{moment.year}年{moment.month}月{moment.day}日{moment:%H:%M}"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
