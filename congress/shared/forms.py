"""What our forms ask beyond Django's own fields, and what its stubs do not let them say."""

from collections.abc import Callable, Iterable
from typing import IO, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from congress.shared import personal_numbers
from congress.shared.errors import REFUSED
from congress.shared.texts import one_line


class LineField(forms.CharField):
    """Words on one line, whatever was sent: they stand in lists and headings."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


def without_numbers(instead: str, *, offices: bool = False) -> Callable[[str], None]:
    """Others read these words: no telephone and no 身份证号; `instead` says where they belong.

    With `offices` the line of an office may stand there, as one is told whom to ring.
    """

    def check(text: str) -> None:
        found = personal_numbers.of_people(text) if offices else personal_numbers.numbers_in(text)
        if found:
            raise forms.ValidationError(f"这里别人看得到，不写“{found[0]}”。{instead}")

    return check


def refuse_field(reason: str | None) -> None:
    """Within `clean_…`: what stands against this one field, answered as any refusal is."""
    if reason:
        raise forms.ValidationError(reason, code=REFUSED)


def first_problem(form: forms.Form) -> str:
    """The first of what is wrong, for an answer that is one line."""
    return next(str(problem) for problems in form.errors.values() for problem in problems)


def set_choices(field: forms.Field, choices: Iterable[tuple[Any, Any]]) -> None:
    """The field offers these, which only the request could tell."""
    assert isinstance(field, forms.ChoiceField), "only a field of choices has any"  # noqa: S101  # a slip of ours
    field.choices = list(choices)


def set_rows(field: forms.Field, rows: QuerySet[Any], *, empty: str = "") -> None:
    """The field offers these rows, which only the request could tell; `empty` says: none yet."""
    assert isinstance(field, forms.ModelChoiceField), "only a field of rows has any"  # noqa: S101  # a slip of ours
    field.queryset = rows
    field.empty_label = empty or field.empty_label


PICTURES = "image/jpeg,image/png,image/webp"


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True

    def __init__(self, accept: str = PICTURES) -> None:
        super().__init__(attrs={"accept": accept})


class PicturesField(forms.FileField):
    """Up to `most` uploads, each as `read` gives it; a ValueError of `read` says what is wrong."""

    widget: type[forms.Widget] | forms.Widget = ManyFiles
    kind, unit = "照片", "张"

    def __init__(
        self, *, read: Callable[[IO[bytes], int], Any], most: int, missing: str = "", **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.read, self.most, self.missing = read, most, missing

    def clean(self, data: Any, initial: object = None) -> list[Any]:
        sent = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if self.required and not sent:
            raise forms.ValidationError(self.missing)
        if len(sent) > self.most:
            raise forms.ValidationError(
                f"{self.kind}最多 {self.most} {self.unit}，您选了 {len(sent)} {self.unit}。"
            )
        return [self._read(number, one) for number, one in enumerate(sent, start=1)]

    def _read(self, number: int, sent: UploadedFile) -> Any:
        try:
            return self.read(sent, sent.size or 0)
        except ValueError as fault:
            raise forms.ValidationError(f"第 {number} {self.unit}：{fault}") from fault
