"""年度评价 and 评定结论."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from scoring.documents import OpinionLine, Verdict
from scoring.duty_file.words import DASH, dated, day
from scoring.models import Appraisal
from scoring.points import plain
from scoring.queries.duty_file import Year
from scoring.states import Step
from scoring.suggest import points_part

NUMERALS = "零一二三四五六七八九十"
TITLES = {Step.SELF: "代表自评", Step.GROUP: "小组核校", Step.TOWNSHIP: "乡镇参评"}


def opinions(year: Year) -> tuple[OpinionLine, ...]:
    """三方意见 and the committee's part; what was not given, or late, or by another, says so."""
    given = [_opinion(year, step, row) for step, row in year.opinions.items()]
    score = points_part(year.totals.total)
    by, decided = year.cycle.decided_by, year.grading.grade.name  # as it was signed that day
    committee = OpinionLine(
        title="常委会评定",
        score=str(score),
        text=f"以年度积分{year.totals.total}分计，满分100分。评定等次：{decided}。",
        date=day(year.county.day),
        signed_by=by.name if by else "",
        weight=_weight(year, Step.COMMITTEE),
    )
    return (*given, committee)


def _opinion(year: Year, step: Step, row: Appraisal | None) -> OpinionLine:
    title, weight, stage = TITLES[step], _weight(year, step), year.county.stages.get(step)
    until = f"截止{day(stage.closes_on)}，" if stage else ""
    if row is None:
        return OpinionLine(title, DASH, "没有意见。", weight=weight, note=f"{until}没有提交")
    given_on = timezone.localdate(row.given_at)
    late = stage is not None and given_on > stage.closes_on
    notes = [f"{until}{day(given_on)}提交" if late else "", _instead(row)]
    return OpinionLine(
        title=title,
        score=str(row.score),
        text=row.words or "没有写文字意见。",
        date=day(given_on),
        signed_by=row.given_by.name,
        weight=weight,
        note="；".join(filter(None, notes)),
    )


def _instead(row: Appraisal) -> str:
    """Who acted for whom, and why."""
    if row.stand_in:
        return f"由{row.given_by.name}代为评价：{row.stand_in.reason}"
    return "纸质自评，代为录入" if hasattr(row, "on_behalf") else ""


def _weight(year: Year, step: Step) -> str:
    return f"权重{plain(year.county.weights[step])}"


def weights(year: Year) -> str:
    missing = [TITLES[step] for step, row in year.opinions.items() if row is None]
    said = "各方背靠背"
    return f"{said}；{'、'.join(missing)}没有提交，其余按权重折算" if missing else said


def verdict(year: Year) -> Verdict:
    """评定结论: the grade that stands, the stars, the minute it rests on, what is beside it."""
    cycle, grade = year.cycle, year.grade.name
    score = year.grading.suggestion
    return Verdict(
        grade=grade,
        stars=f"{NUMERALS[year.lit]}星代表" if year.lit else "没有点亮的星",
        text=f"经{cycle.assembly.name}常务委员会{_met(year)}评定，"
        f"{year.deputy.name}{cycle.year}年度履职等次为"
        f"{year.grading.grade.name}，点亮{year.lit}颗星。会议纪要：{cycle.minute}。"
        f"公示到{dated(year.county.public_until, year)}。",
        reference="没有参考分" if score is None else f"参考分 {score}",
        beside=tuple(_beside(year)),
    )


def _beside(year: Year) -> Iterator[str]:
    """否决情形, a grade other than suggested, the deputy's own objection, every amendment."""
    grading, decided = year.grading, year.decided
    for veto in decided.vetoes:
        best = f"最好评为{veto.kind.best.name}"
        yield f"否决情形：{veto.kind.name}，{best}。依据：{_end(veto.reason)}"
    if grading.suggested and grading.suggested_id != grading.grade_id:
        why = f"理由：{_end(grading.reason)}" if grading.reason else ""
        yield f"参考分和星数对应的建议等次为{grading.suggested.name}。{why}"
    for each in decided.objections:
        said = f"{_on(each.answered_at)}答复：异议{each.get_state_display()}。{_end(each.answer)}"
        yield f"{_on(each.raised_at)}本人对公示的结果提出异议，{said}"
    for amendment in decided.amendments:
        yield (
            f"{_on(amendment.second_at)}更正：等次由{amendment.was.name}更正为"
            f"{amendment.grade.name}。理由：{_end(amendment.reason)}会议纪要：{amendment.minute}。"
        )
    if not decided.amendments:
        yield "公示以后等次没有更正。"


def _met(year: Year) -> str:
    """The day of the meeting: it may lie before the day on which it was entered."""
    return f"{dated(year.cycle.met_on, year)}会议" if year.cycle.met_on else ""


def _on(moment: datetime | None) -> str:
    return day(timezone.localdate(moment)) if moment else ""


def _end(words: str) -> str:
    """Whether or not who typed it ended the sentence."""
    return f"{words.rstrip('。')}。"
