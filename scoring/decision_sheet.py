"""评定表: the whole list on paper and as a table, for the meeting before it and the file after."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from congress.shared.pdf import render_pdf
from congress.shared.workbook import workbook
from scoring.bands import moved_words
from scoring.forms.deciding import DecisionLine
from scoring.models import Appraisal, Grading, ReviewCycle
from scoring.states import Step

HEAD = (
    *("序号", "姓名", "代表团", "本人自评", "小组核校", "乡镇参评", "年度积分", "参考分", "星数"),
    *("建议等次", "等次", "说明"),
)
SIGNATURES = ("代工委主任", "常委会分管领导")
LACKS = "未提交"


@dataclass(frozen=True)
class SheetLine:
    """One deputy on the sheet, every cell in words."""

    name: str
    delegation: str
    opinions: tuple[str, str, str]
    points: str
    score: str
    stars: int
    suggested: str
    grade: str
    note: str

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of the head, without the number in front."""
        numbers = (self.points, self.score, str(self.stars))
        return (
            *(self.name, self.delegation, *self.opinions, *numbers),
            *(self.suggested, self.grade, self.note),
        )


def before(lines: Iterable[DecisionLine]) -> list[SheetLine]:
    """评定前: what the page shows now, chosen and typed things included."""
    return [
        SheetLine(
            name=line.row.deputy.name,
            delegation=line.row.delegation,
            opinions=_scores(line.row.opinions),
            points=str(line.row.points),
            score=_score(line.row.suggestion.score),
            stars=line.judged.stars,
            suggested=line.suggested.name,
            grade=line.grade.name,
            note="；".join(
                each
                for each in (
                    *(f"{veto.kind}：{veto.reason}" for veto in line.row.vetoes),
                    *(f"{kind}：{ground}" for _, kind, ground in line.grounds if ground),
                    f"政治星、守法星不亮：{line.withheld}" if line.withheld else "",
                    f"{line.moved_words}：{line.reason}".rstrip("：。") if line.moved else "",
                    line.mismatch,
                )
                if each
            ),
        )
        for line in lines
    ]


def after(
    gradings: Iterable[Grading],
    opinions: Mapping[int, Mapping[Step, Appraisal | None]],
    places: Mapping[int, str],
) -> list[SheetLine]:
    """评定后: what was decided, with what stands beside it."""
    return [
        SheetLine(
            name=row.deputy.name,
            delegation=places.get(row.deputy_id, ""),
            opinions=_scores(opinions[row.deputy_id]),
            points=str(row.points),
            score=_score(row.suggestion),
            stars=row.stars,
            suggested=row.suggested.name if row.suggested else "",
            grade=row.grade.name,
            note="；".join(
                each
                for each in (
                    *(str(veto) for veto in row.vetoes.all()),
                    f"政治星、守法星不亮：{row.withheld_stars}" if row.withheld_stars else "",
                    f"{moved_words(row.bands_moved)}：{row.reason}".strip("：。"),
                    f"已更正为{row.standing_grade}" if row.standing_grade != row.grade else "",
                )
                if each
            ),
        )
        for row in gradings
    ]


def _scores(opinions: Mapping[Step, Appraisal | None]) -> tuple[str, str, str]:
    given = [opinions.get(step) for step in (Step.SELF, Step.GROUP, Step.TOWNSHIP)]
    one, group, township = (str(each.score) if each else LACKS for each in given)
    return one, group, township


def _score(score: Decimal | None) -> str:
    return "—" if score is None else str(score)


def decision_xlsx(cycle: ReviewCycle, lines: Sequence[SheetLine], *, title: str) -> bytes:
    """The list as a table."""
    rows = [(number, *line.cells) for number, line in enumerate(lines, start=1)]
    return workbook("评定表", HEAD, rows, title=f"{cycle.assembly} {title}")


def decision_pdf(
    cycle: ReviewCycle,
    lines: Sequence[SheetLine],
    *,
    title: str,
    counts: Sequence[tuple[str, int]],
    made_at: datetime,
) -> bytes:
    """The list on paper, to be signed."""
    context: dict[str, object] = {"cycle": cycle, "lines": lines, "title": title}
    context |= {"counts": counts, "signatures": SIGNATURES, "made_at": made_at}
    return render_pdf("pdf/decision_sheet.html", context, made_at=made_at)
