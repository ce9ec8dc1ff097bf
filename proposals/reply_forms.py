"""What a unit fills in to answer: the whole, and each ask with its class."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.utils.functional import cached_property

from congress.shared import clock
from congress.shared.forms import LineField, PicturesField
from deputies.actions import photos
from proposals.actions.replies import Words
from proposals.clock_forms import day_field
from proposals.forms import text_field
from proposals.models import Ask, Assignment, DraftExhibit, OutcomeClass, Reply, ReplyDraft
from proposals.models.drafts import LONGEST_NAME
from proposals.models.promises import LONGEST_STEP, MOST_STEPS, Step, plan_of
from proposals.models.reference import Meaning, in_force
from proposals.permissions.exhibits import MOST
from proposals.permissions.replies import asks_of, open_draft

BODY_HELP = (
    "写怎么办、办到哪一步、谁负责。开头“你们提出的……收悉，现答复如下”、逐条答复"
    "和结尾“感谢你们……”由答复函自动加上，这里不用写。公开以后谁都能看，里面的电话、身份证号"
    "换成“【号码不公开】”。"
)


def _outcome(label: str) -> forms.ModelChoiceField:  # type: ignore[type-arg]  # not generic at run time
    return forms.ModelChoiceField(
        label=label,
        queryset=OutcomeClass.objects.filter(in_force(clock.today())),
        empty_label=None,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "neutral"}),
        error_messages={"invalid_choice": "请从上面选一类。"},
    )


class ExhibitsField(PicturesField):
    """依据材料 of one ask, each with the name it was sent under."""

    def __init__(self) -> None:
        super().__init__(
            label="依据材料", read=photos.read, most=MOST, required=False, help_text=EXHIBITS_HELP
        )

    def _read(self, number: int, sent: Any) -> Any:
        return (sent.name[:LONGEST_NAME], super()._read(number, sent))


FIRST_ROWS = 3
"""Of steps to fill in, where none is kept."""
EXHIBITS_HELP = f"可以不加，每条最多 {MOST} 张照片，随答复一起送代表，签发以后不能再改。"


class NumberField(LineField):
    """文号 as it is printed: without spaces (GB/T 9704)."""

    def __init__(self) -> None:
        wrong = {"max_length": "最多 40 个字，请精简一些。"}
        super().__init__(label="文号", max_length=40, required=False, error_messages=wrong)

    def clean(self, value: Any) -> Any:
        return "".join(super().clean(value).split())


class StepRow(NamedTuple):
    """One step that may be promised: its day, what is done by then, and who has to fill it in."""

    due_on: forms.BoundField
    words: forms.BoundField
    needed: str = ""


class Point(NamedTuple):
    """One ask with its fields, the steps promised of it, and the pictures that its draft has."""

    label: str
    ask: Ask
    outcome: forms.BoundField
    words: forms.BoundField
    evidence: forms.BoundField
    more: forms.BoundField
    exhibits: list[DraftExhibit]
    steps: list[StepRow]
    steps_open: bool


class ReplyForm(forms.Form):
    """答复稿: saved whole or not; what is still missing is said when it goes to be signed.

    The class of the whole follows from those of its asks, and is asked for only where none is.
    """

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = text_field("答复内容", most=8000, lines=10, help_text=BODY_HELP)
    file_number = NumberField()

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: Any = None,
        *,
        part: Assignment,
    ) -> None:
        self.part, self.asks, self.draft = part, asks_of(part), open_draft(part)
        super().__init__(data, files, initial=_initial(self.draft))
        self.fields["file_number"].help_text = _number_before(part)
        if not self.asks:
            self.fields["outcome"] = _outcome("结果类别")
        kept = plan_of(self.draft) if self.draft else {}
        keys = [ask.pk for ask in self.asks] or [0]
        self.rows = {key: self._add_steps(key, kept.get(key or None, ())) for key in keys}
        for ask in self.asks:
            self.fields[f"outcome_{ask.pk}"] = _outcome("这一条的结果")
            self.fields[f"text_{ask.pk}"] = text_field("这一条怎么办的", most=1000, lines=2)
            self.fields[f"evidence_{ask.pk}"] = text_field(
                "依据", most=200, help_text="例如：验收单、批复、计划文件的名称和文号。"
            )
            self.fields[f"exhibits_{ask.pk}"] = ExhibitsField()

    def _add_steps(self, key: int, kept: Sequence[Step]) -> int:
        """As many rows as were sent, else those that are kept and some to fill in."""
        sent = [int(at) for name in self.data if (at := _row_of(str(name), key))]
        rows = min(max([FIRST_ROWS, len(kept) + 1, *sent]), MOST_STEPS)
        for row in range(1, rows + 1):
            self.fields[f"due_{key}_{row}"] = day_field(f"第 {row} 步哪天办到", required=False)
            self.fields[f"step_{key}_{row}"] = text_field(f"第 {row} 步办到什么", most=LONGEST_STEP)
        for row, step in enumerate(kept[:rows], start=1):
            self.initial[f"due_{key}_{row}"] = step.due_on
            self.initial[f"step_{key}_{row}"] = step.words
        return rows

    @cached_property
    def planned(self) -> list[OutcomeClass]:
        """The classes that need a step: of the choices that the page shows anyway."""
        asked = self[f"outcome_{self.asks[0].pk}" if self.asks else "outcome"]
        chosen = (each.data["value"].instance for each in asked.subwidgets)
        return [each for each in chosen if each.meaning == Meaning.PLANNED]

    @property
    def planned_codes(self) -> str:
        """Their letters: B 或 D."""
        return " 或 ".join(each.code for each in self.planned)

    def steps_of(self, key: int) -> list[StepRow]:
        """The rows of one ask, or under 0 of what has none."""
        ways = range(1, self.rows.get(key, 0) + 1)
        first = f"定为 {self.planned_codes} 的要填" if self.planned else ""
        return [
            StepRow(
                self[f"due_{key}_{at}"],
                self[f"step_{key}_{at}"],
                first if at == 1 else "有这一步才填",
            )
            for at in ways
        ]

    def _shows_steps(self, key: int) -> bool:
        """Whether nobody may miss them: something is typed there, or the class chosen needs one."""
        typed = any(row.due_on.value() or row.words.value() for row in self.steps_of(key))
        return typed or _is_planned(self[f"outcome_{key}" if key else "outcome"])

    def _steps(self, key: int) -> tuple[Step, ...]:
        said = self.cleaned_data
        return tuple(
            Step(said[f"due_{key}_{at}"], said[f"step_{key}_{at}"])
            for at in range(1, self.rows[key] + 1)
        )

    @property
    def whole_steps(self) -> list[StepRow]:
        """Of what has no ask."""
        return self.steps_of(0)

    @property
    def whole_open(self) -> bool:
        """Whether those stand open."""
        return self._shows_steps(0)

    def words(self) -> dict[str, Any]:
        """What the verb takes; who does not say what they had before them has seen no edition."""
        said = self.cleaned_data
        answers = {
            ask.pk: Words(
                said[f"outcome_{ask.pk}"],
                said[f"text_{ask.pk}"],
                said[f"evidence_{ask.pk}"],
                self._steps(ask.pk),
            )
            for ask in self.asks
        }
        names = ("outcome", "text", "file_number")
        words = {name: said.get(name) for name in names} | {"answers": answers}
        steps = () if self.asks else self._steps(0)
        return words | {"edition": said["edition"] or 0, "steps": steps}

    @property
    def points(self) -> list[Point]:
        """Each ask with its three fields and what shows it."""
        kept = list(self.draft.exhibits.all()) if self.draft else []
        return [
            Point(
                ask.called_in(self.part.proposal_id),
                ask,
                self[f"outcome_{ask.pk}"],
                self[f"text_{ask.pk}"],
                self[f"evidence_{ask.pk}"],
                self[f"exhibits_{ask.pk}"],
                [each for each in kept if each.ask_id == ask.pk],
                self.steps_of(ask.pk),
                self._shows_steps(ask.pk),
            )
            for ask in self.asks
        ]

    def pictures(self) -> dict[int, list[Any]]:
        """What was chosen, by ask."""
        sent = {ask.pk: self.cleaned_data.get(f"exhibits_{ask.pk}", []) for ask in self.asks}
        return {ask: found for ask, found in sent.items() if found}


def _is_planned(outcome: forms.BoundField) -> bool:
    """Whether the class chosen is 正在解决、列入计划; of the choices that the page shows anyway."""
    chosen = (each.data["value"].instance for each in outcome.subwidgets if each.data["selected"])
    return any(each.meaning == Meaning.PLANNED for each in chosen)


def _row_of(name: str, key: int) -> str:
    """The number of a row of this ask's steps; nothing of any other field."""
    field, _, at = name.rpartition("_")
    return at if field in (f"due_{key}", f"step_{key}") and at.isascii() and at.isdigit() else ""


def _number_before(part: Assignment) -> str:
    """An example that is this unit's own, once there is one."""
    rows = Reply.objects.filter(assignment__unit=part.unit_id).order_by("pk")
    before = rows.values_list("file_number", flat=True).last()
    if before:
        return f"本单位上一封是“{before}”。"
    return f"代字、年份、序号写全，像“×函〔{clock.today().year}〕18号”这样。"


def _initial(draft: ReplyDraft | None) -> dict[str, object]:
    if draft is None:
        return {"edition": 0}
    found: dict[str, object] = {
        "edition": draft.edition,
        "outcome": draft.outcome_id,
        "text": draft.text,
        "file_number": draft.file_number,
    }
    for answer in draft.answers.all():
        found |= {
            f"outcome_{answer.ask_id}": answer.outcome_id,
            f"text_{answer.ask_id}": answer.text,
            f"evidence_{answer.ask_id}": answer.evidence,
        }
    return found
