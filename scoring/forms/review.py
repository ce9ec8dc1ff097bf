"""年度评价: one form for a whole list of deputies; what was typed stays, right or wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django import forms

from scoring.actions.opinions import Opinion
from scoring.queries.opinions import OpinionRow
from scoring.sentences import listed

LONGEST_WORDS = 300
SCORE = forms.DecimalField(min_value=Decimal(0), max_value=Decimal(100), decimal_places=1)
BAD_SCORE = "请填 0 到 100 之间的数，最多一位小数。"


@dataclass
class OpinionLine:
    """One deputy's line as typed: score, words, and what is wrong with them."""

    row: OpinionRow
    score: str = ""
    words: str = ""
    wrong: str = ""


class AppraiseForm:
    """核校、参评、自评: a score and words for each deputy not yet appraised; blank is not given."""

    def __init__(self, rows: Sequence[OpinionRow], typed: Mapping[str, str] | None = None) -> None:
        self.bound = typed is not None
        self.lines = [self._line(row, typed or {}) for row in rows]
        self._typed = typed or {}
        self.scores: dict[int, Opinion] = {}
        self.problem = ""
        if self.bound:
            self._read()

    @staticmethod
    def _line(row: OpinionRow, typed: Mapping[str, str]) -> OpinionLine:
        if row.given:  # by whom it is not, reads that it was given
            said = (str(row.given.score), row.given.words) if row.own else ("", "")
            return OpinionLine(row, *said)
        pk = row.deputy.pk
        return OpinionLine(
            row, typed.get(f"score-{pk}", "").strip(), typed.get(f"words-{pk}", "").strip()
        )

    def _read(self) -> None:
        for line in self.open_lines:
            line.wrong = self._wrong(line)
        if not any(line.score or line.words for line in self.open_lines):
            already = [line.row.deputy.name for line in self.lines if self._typed_again(line)]
            self.problem = (
                f"{listed(already)}的意见已经提交过，不能再改。" if already else "还没有填评分。"
            )

    def _typed_again(self, line: OpinionLine) -> bool:
        """In another window, after it had been given."""
        return bool(line.row.given and self._typed.get(f"score-{line.row.deputy.pk}", "").strip())

    def _wrong(self, line: OpinionLine) -> str:
        if not line.score:
            return "写了意见，还要填评分。" if line.words else ""
        if len(line.words) > LONGEST_WORDS:
            return f"意见最多 {LONGEST_WORDS} 个字，现在 {len(line.words)} 个。"
        try:
            self.scores[line.row.deputy.pk] = (SCORE.clean(line.score), line.words)
        except forms.ValidationError:
            return BAD_SCORE
        return ""

    @property
    def open_lines(self) -> list[OpinionLine]:
        """Deputies whose opinion is still to be given."""
        return [line for line in self.lines if not line.row.given]

    @property
    def wrong(self) -> int:
        return sum(bool(line.wrong) for line in self.lines)

    def is_valid(self) -> bool:
        """Whether something was typed, and all of it can be taken."""
        return self.bound and not self.problem and not self.wrong
