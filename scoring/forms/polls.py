"""计票: one form for everybody of a meeting, typed or read from a sheet of the same columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from congress.shared.errors import Refused
from congress.shared.forms import LineField
from congress.shared.texts import one_line
from deputies.files import Value, grids
from scoring.models import DutyReport
from scoring.permissions.polls import Turn, why_not_turn
from scoring.poll_states import Outcome
from scoring.polls import MOST, NAMES, Ballots

FIELDS = Ballots._fields
HEAD = ("编号", "姓名", "述职情况", *NAMES, "请假或拒绝的情况")
SHARED = ("sent", "returned")
"""发出、收回: most often the same for all, so that they are typed once."""
LONGEST_NOTE = 100
MOST_ROWS = 2000
OUTCOMES = {str(each.label): each for each in Outcome}


@dataclass
class TurnLine:
    """One deputy's line as typed, and what is wrong with it."""

    report: DutyReport
    outcome: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    note: str = ""
    wrong: str = ""

    @property
    def numbers(self) -> list[tuple[str, str, str]]:
        """For the six boxes: name, label, what stands in it."""
        return [
            (f"{name}-{self.report.pk}", label, self.cells.get(name, ""))
            for name, label in zip(FIELDS, NAMES, strict=True)
        ]

    @property
    def given(self) -> bool:
        """Whether anything was put down of this deputy."""
        return bool(self.outcome or self.note or any(self.cells.values()))


class CountsForm:
    """述职和计票 of everybody who has no count yet; a line left blank is put down another time."""

    def __init__(
        self, reports: Sequence[DutyReport], typed: Mapping[str, str] | None = None
    ) -> None:
        self.bound = typed is not None
        given = typed or {}
        self.shared = {name: given.get(f"all-{name}", "").strip() for name in SHARED}
        self.lines = [self._line(report, given) for report in reports]
        self.turns: dict[DutyReport, Turn] = {}
        self.problems: list[str] = []
        if self.bound:
            self._read()

    @staticmethod
    def _line(report: DutyReport, given: Mapping[str, str]) -> TurnLine:
        pk = report.pk
        return TurnLine(
            report,
            given.get(f"outcome-{pk}", ""),
            {name: given.get(f"{name}-{pk}", "").strip() for name in FIELDS},
            one_line(given.get(f"note-{pk}", "")),
        )

    def _read(self) -> None:
        for line in self.lines:
            if line.given:
                line.wrong = self._take(line)
        if not any(line.given for line in self.lines):
            self.problems.append("还没有填任何一名代表的情况。")

    def _take(self, line: TurnLine) -> str:
        """Why this line cannot be taken; otherwise it is."""
        if len(line.note) > LONGEST_NOTE:
            return f"情况最多 {LONGEST_NOTE} 字，现在 {len(line.note)} 字。"
        outcome = line.outcome or Outcome.REPORTED
        if outcome not in Outcome:
            return "请重新选述职情况。"
        own = any(line.cells[name] for name in FIELDS if name not in SHARED)
        cells = dict(line.cells)
        if own:
            cells |= {name: cells[name] or self.shared[name] for name in SHARED}
        ballots = None
        if any(cells.values()):
            try:
                ballots = Ballots(*(_number(cells[name] or "0") for name in FIELDS))
            except ValueError:
                return f"票数填 0 到 {MOST} 之间的整数。"
        note = line.note
        if outcome == Outcome.REPORTED and note:
            return "“情况”一栏只在请假、拒绝述职时填。"
        turn = Turn(Outcome(outcome), ballots, note)
        wrong = why_not_turn(turn)
        if not wrong:
            self.turns[line.report] = turn
        return wrong or ""

    @property
    def wrong(self) -> int:
        return sum(bool(line.wrong) for line in self.lines) + len(self.problems)

    def is_valid(self) -> bool:
        """Whether something was put down, and all of it can be taken."""
        return self.bound and not self.wrong


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 6:
        raise ValueError
    return int(text)


def read_sheet(
    content: bytes, file_name: str, reports: Sequence[DutyReport]
) -> tuple[dict[str, str], list[str]]:
    """填好的表 as typed fields, and a sentence for each row that is nobody's; nothing is saved."""
    for _, rows in grids(content, file_name):
        lines = [list(row) for row, _ in zip(rows, range(MOST_ROWS), strict=False)]
        at = next((n for n, row in enumerate(lines) if "姓名" in map(_cell, row)), None)
        if at is not None:
            return _typed([_cell(each) for each in lines[at]], lines[at + 1 :], reports)
    raise Refused("表里没有“姓名”这一列。请先导出这次会的表，填好再传回来。")


def _typed(
    head: list[str], rows: Iterable[list[Value]], reports: Sequence[DutyReport]
) -> tuple[dict[str, str], list[str]]:
    by_number = {str(report.pk): report for report in reports}
    by_name: dict[str, list[DutyReport]] = {}
    for report in reports:
        by_name.setdefault(report.deputy.name, []).append(report)
    typed: dict[str, str] = {}
    problems = []
    for row in rows:
        cells = dict(zip(head, map(_cell, row), strict=False))
        name = cells.get("姓名", "").replace(" ", "")
        if not name:
            continue
        found = by_number.get(cells.get("编号", ""))
        same = [found] if found and found.deputy.name == name else by_name.get(name, [])
        if len(same) != 1:
            why = "名单里有几位，请用导出的表，保留“编号”一列" if same else "不在还没登记的名单里"
            problems.append(f"{name}：{why}。")
            continue
        pk = same[0].pk
        said = cells.get("述职情况", "")
        typed[f"outcome-{pk}"] = OUTCOMES.get(said, said or Outcome.REPORTED)
        typed[f"note-{pk}"] = cells.get(HEAD[-1], "")
        for field_name, label in zip(FIELDS, NAMES, strict=True):
            typed[f"{field_name}-{pk}"] = cells.get(label, "")
        if not any(typed[f"{each}-{pk}"] for each in FIELDS) and not said:
            typed[f"outcome-{pk}"] = ""
    return typed, problems


def _cell(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return one_line(str(value))


class CorrectForm(forms.Form):
    """更正: what became of one deputy's turn, all of it anew, and why."""

    outcome = forms.TypedChoiceField(
        label="述职情况",
        coerce=Outcome,
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选述职情况。", "invalid_choice": "请重新选述职情况。"},
    )
    note = LineField(
        label="请假或拒绝的情况",
        max_length=LONGEST_NOTE,
        required=False,
        error_messages={"max_length": f"最多 {LONGEST_NOTE} 字。"},
    )
    reason = LineField(
        label="为什么更正",
        max_length=100,
        error_messages={"required": "请写明为什么更正。", "max_length": "最多 100 字。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in zip(FIELDS, NAMES, strict=True):
            self.fields[name] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=MOST,
                required=False,
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value"), f"填 0 到 {MOST} 之间的整数。"
                ),
            )
        self.order_fields(["outcome", *FIELDS, "note", "reason"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and (wrong := why_not_turn(self.turn)):
            self.add_error(None, wrong)
        return said

    @property
    def turn(self) -> Turn:
        """As the verb takes it."""
        said = self.cleaned_data
        counts = [said.get(name) for name in FIELDS]
        given = any(each is not None for each in counts)
        ballots = Ballots(*(each or 0 for each in counts)) if given else None
        return Turn(said["outcome"], ballots, said["note"])


class SettleForm(forms.Form):
    """复核: which lines; `answer` says where they differ."""

    which = forms.TypedMultipleChoiceField(
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "请勾选要复核的代表。",
            "invalid_choice": "有的计票刚才已经复核过，请刷新再选。",
        },
    )
    answer = LineField(
        label="哪里不符",
        max_length=100,
        required=False,
        error_messages={"max_length": "最多 100 字。"},
    )

    def __init__(self, *args: Any, waiting: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(pk, str(pk)) for pk in waiting]
        field = self.fields["which"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = choices
