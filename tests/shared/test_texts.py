"""文字: what nobody sees and no paper can carry is in no text that a form brings."""

import pytest
from django import forms
from django.contrib.auth.forms import UsernameField

from congress import urls
from congress.shared.forms import LineField
from congress.shared.kept import _forms
from congress.shared.texts import one_line, plain


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("修桥", "修桥"),
        ("第一段\r\n\r\n第二段\n\t一、", "第一段\r\n\r\n第二段\n\t一、"),
        ("村委会\x0b二楼", "村委会\n二楼"),
        ("a\x01\x08\x1b[31m", "a[31m"),
        ("修\u202e桥\u2066路\u200b\ufeff\ufffe\uffff", "修桥路"),
        ("一家人👨\u200d👩\u200d👧", "一家人👨\u200d👩\u200d👧"),
        ("王\u3000伟\xa0", "王\u3000伟\xa0"),
    ],
)
def test_a_text_keeps_its_lines_and_loses_what_is_no_text(sent, kept):
    assert plain(sent) == kept
    assert plain(kept) == kept


@pytest.mark.parametrize("between", ["\n", "\r\n", "\x0b", "\u2028", " \t ", "\x1f\n"])
def test_what_stands_in_lists_is_one_line(between):
    assert one_line(f"修桃园村{between}过水桥\n") == "修桃园村 过水桥"


def test_every_field_of_one_line_keeps_one_line():
    assert urls.urlpatterns  # every form of the house is known by now
    fields = [
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form in _forms(forms.Form)
        if not form.__module__.startswith(("django.", "unfold.", "tests."))
        for name, field in form.base_fields.items()
        if type(field) is forms.CharField
        and not isinstance(field, LineField | UsernameField)
        and type(field.widget) is forms.TextInput
    ]
    assert fields == ["deputies.forms.roster.OpenAccountForm.password"]
