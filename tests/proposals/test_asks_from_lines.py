"""逐条请求: the deputy's own lines, whose own numbers give way to those of the page."""

import pytest

from proposals.permissions.review import asks_from
from proposals.review_forms import AsksForm

NUMBERED = [
    ("1. 年底前修好", "年底前修好"),
    ("1、年底前修好", "年底前修好"),
    ("2．年底前修好", "年底前修好"),
    ("（1）年底前修好", "年底前修好"),
    ("(12) 年底前修好", "年底前修好"),
    ("3）年底前修好", "年底前修好"),
    ("一、年底前修好", "年底前修好"),
    ("（十一）年底前修好", "年底前修好"),
    ("① 年底前修好", "年底前修好"),
    ("第1条：年底前修好", "第1条：年底前修好"),
    ("1.5 米以上的护栏", "1.5 米以上的护栏"),
    ("2026 年底前修好", "2026 年底前修好"),
    ("一是修桥", "一是修桥"),
    ("十里村的路", "十里村的路"),
]


@pytest.mark.parametrize(("line", "ask"), NUMBERED)
def test_the_own_number_of_a_line_is_not_said_twice(line, ask):
    assert asks_from(f"{line}\n2、\n") == [ask]
    form = AsksForm({"asks": line})
    assert form.is_valid()
    assert form.cleaned_data["asks"] == [ask]
