"""评定: a grade for every deputy on one page; what was typed stays, right or wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.dateparse import parse_date

from congress.shared.names import says_something
from congress.shared.texts import one_line
from scoring.actions.review import Decision
from scoring.bands import Quota, is_far, moved_words
from scoring.models import Grade
from scoring.queries.deciding import LONGEST_GROUND, PENALTY, DecisionRow, Judged, Known, Yardstick

LONGEST_REASON = 300
LONGEST_MINUTE = 60
ONLY = {
    "": "全部",
    "mismatch": "星级与等次不一致的",
    "missing": "有意见没交的",
    "veto": "有否决情形的",
    "moved": "改动过建议的",
}


@dataclass
class DecisionLine:
    """One deputy's line: the grade chosen, or the suggested one until somebody chooses."""

    row: DecisionRow
    rule: Yardstick
    judged: Judged
    grade: Grade
    withheld: str = ""
    reason: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    wrong: str = ""
    chosen: bool = False
    shown: bool = True

    @property
    def suggested(self) -> Grade:
        return self.rule.grade(self.judged.suggested.place)

    @property
    def moved(self) -> int:
        return self.rule.moved(self.grade, self.judged.suggested)

    @property
    def moved_words(self) -> str:
        return moved_words(self.moved)

    @property
    def far(self) -> bool:
        """Needs a reason."""
        return is_far(self.moved)

    @property
    def mismatch(self) -> str:
        return self.rule.mismatch(self.grade, self.judged.stars)

    @property
    def grounds(self) -> list[tuple[str, str, str]]:
        """否决情形 to be typed, none that is known: the field's name, the kind, the ground."""
        known = {each.kind.code for each in self.row.vetoes}
        return [
            (f"veto-{kind.pk}-{self.row.deputy.pk}", kind.name, self.typed.get(kind.code, ""))
            for kind in self.rule.typed_kinds
            if kind.code not in known
        ]

    @property
    def opened(self) -> bool:
        """Whether there is something in the folded part that must be seen."""
        typed = any(self.typed.values())
        return bool(typed or self.withheld or self.reason or self.far or self.wrong)

    def decision(self) -> Decision:
        """As the verb takes it."""
        typed = {code: ground for code, ground in self.typed.items() if ground}
        return Decision(self.grade, self.withheld, self.reason, typed)


class DecideForm:
    """评定: a filter hides lines, it drops none; the whole list is always decided together."""

    def __init__(
        self,
        rows: Sequence[DecisionRow],
        rule: Yardstick,
        typed: Mapping[str, str] | None = None,
        *,
        today: date,
        bound: bool = False,
    ) -> None:
        self.rule, self.grades, self.today = rule, rule.grades, today
        self._known = {str(grade.pk): grade for grade in self.grades}
        given = typed or {}
        self.minute = one_line(given.get("minute", ""))
        self.met_on = given.get("met_on", "").strip()
        self.delegation, self.only = given.get("delegation", ""), given.get("only", "")
        self.grade_shown, self.name = given.get("grade", ""), one_line(given.get("q", ""))
        self.lines = [self._line(row, given) for row in rows]
        self.minute_wrong = self.met_on_wrong = ""
        self.bound = bound
        if bound:
            self._read()
        for line in self.lines:
            line.shown = bool(line.wrong) or self._wanted(line)

    def _line(self, row: DecisionRow, given: Mapping[str, str]) -> DecisionLine:
        pk = row.deputy.pk
        chosen = self._known.get(given.get(f"grade-{pk}", ""))
        withheld = one_line(given.get(f"withheld-{pk}", ""))
        known = {each.kind.code for each in row.vetoes}
        typed = {
            kind.code: one_line(given.get(f"veto-{kind.pk}-{pk}", ""))
            for kind in self.rule.typed_kinds
            if kind.code not in known
        }
        vetoes = [
            *row.vetoes,
            *(
                Known(kind, typed[kind.code])
                for kind in self.rule.typed_kinds
                if typed.get(kind.code)
            ),
        ]
        judged = (
            self.rule.judged(row.facts, row.suggestion.score, vetoes, withheld)
            if withheld or len(vetoes) > len(row.vetoes)
            else row.judged
        )
        return DecisionLine(
            row,
            self.rule,
            judged,
            chosen or self.rule.grade(judged.suggested.place),
            withheld,
            one_line(given.get(f"reason-{pk}", "")),
            typed,
            chosen=chosen is not None,
        )

    def _wanted(self, line: DecisionLine) -> bool:
        row = line.row
        only = {
            "mismatch": bool(line.mismatch),
            "missing": bool(row.suggestion.missing),
            "veto": bool(line.judged.bars),
            "moved": bool(line.moved),
        }
        return (
            self.delegation in {"", str(row.delegation_id)}
            and self.grade_shown in {"", str(line.grade.pk)}
            and self.name in row.deputy.name
            and only.get(self.only, True)
        )

    def _read(self) -> None:
        if not self.minute:
            self.minute_wrong = "请填写常委会会议纪要号，例如：竹人常纪〔2026〕12号。"
        elif len(self.minute) > LONGEST_MINUTE:
            self.minute_wrong = f"纪要号最多 {LONGEST_MINUTE} 个字。"
        if self.day is None:
            self.met_on_wrong = "请填写常委会开会的日期。"
        elif self.day > self.today:
            self.met_on_wrong = "开会的日期还没有到，会后再录入评定。"
        for line in self.lines:
            line.wrong = self._wrong(line)

    @property
    def day(self) -> date | None:
        """会议日期, once it is one."""
        try:
            return parse_date(self.met_on)
        except ValueError:
            return None

    def _wrong(self, line: DecisionLine) -> str:
        if not line.chosen:
            return "没有选等次，现在显示的是建议等次，请看过再提交。"
        if long := _too_long(line):
            return long
        if line.typed.get(PENALTY) and not line.withheld:
            return "受处分的，守法星不能点亮：请写明政治星、守法星不亮的理由。"
        if reason := self.rule.why_not(line.grade, line.judged):
            return reason
        if empty := _says_nothing(line):
            return empty
        if line.far and not line.reason:
            return f"{line.moved_words}（建议{line.suggested}），超过一等，请写明理由。"
        return ""

    @property
    def wrong(self) -> int:
        problems = bool(self.minute_wrong) + bool(self.met_on_wrong)
        return sum(bool(line.wrong) for line in self.lines) + problems

    @property
    def shown(self) -> int:
        return sum(line.shown for line in self.lines)

    @property
    def filtered(self) -> bool:
        return self.shown < len(self.lines)

    def is_valid(self) -> bool:
        """Whether the decision can be entered as it stands."""
        return self.bound and not self.wrong

    def decisions(self) -> dict[int, Decision]:
        """By deputy, as the verb takes them."""
        return {line.row.deputy.pk: line.decision() for line in self.lines}

    def counts(self) -> list[tuple[Grade, int]]:
        """How many of each grade as chosen now."""
        return [(grade, sum(line.grade == grade for line in self.lines)) for grade in self.grades]

    def quota(self, share: int) -> Quota:
        """优秀名额 as chosen now."""
        best = sum(line.grade == self.rule.grade(0) for line in self.lines)
        return Quota(best, len(self.lines), share)

    def kept(self) -> list[tuple[str, str]]:
        """Everything chosen and typed, for the page that asks once more."""
        found = [("minute", self.minute), ("met_on", self.met_on)]
        for line in self.lines:
            pk = line.row.deputy.pk
            found.append((f"grade-{pk}", str(line.grade.pk)))
            texts = [(f"withheld-{pk}", line.withheld), (f"reason-{pk}", line.reason)]
            texts += [(name, ground) for name, _, ground in line.grounds]
            found += [(name, text) for name, text in texts if text]
        return found

    def words(self) -> list[dict[str, str]]:
        """What was typed in words, by whom it is about, where it cannot be entered any more."""
        found = [{"label": "会议纪要号", "text": self.minute}]
        for line in self.lines:
            name = line.row.deputy.name
            texts = [("评定理由", line.reason), ("政治星、守法星不亮的理由", line.withheld)]
            texts += [(kind, ground) for _, kind, ground in line.grounds]
            found += [{"label": f"{name}：{label}", "text": text} for label, text in texts]
        return [each for each in found if each["text"]]

    def moved_lines(self) -> list[DecisionLine]:
        """Whose grade is not the suggested one, farthest first."""
        moved = [line for line in self.lines if line.moved]
        return sorted(moved, key=lambda line: -abs(line.moved))

    def barred_lines(self) -> list[DecisionLine]:
        """Who could not have had a better grade."""
        return [line for line in self.lines if line.judged.bars]


def _says_nothing(line: DecisionLine) -> str:
    """A dot is no reason, as the verb will say."""
    given = (line.reason, line.withheld, *line.typed.values())
    if all(says_something(text) for text in given if text):
        return ""
    return "理由、依据写得太短，请写清楚。"


def _too_long(line: DecisionLine) -> str:
    if len(line.reason) > LONGEST_REASON:
        return f"理由最多 {LONGEST_REASON} 个字，现在 {len(line.reason)} 个。"
    longest = max((len(text) for text in (line.withheld, *line.typed.values())), default=0)
    if longest > LONGEST_GROUND:
        return f"依据最多 {LONGEST_GROUND} 个字，现在 {longest} 个。"
    return ""
