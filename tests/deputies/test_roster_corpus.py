"""Any reasonable committee's sheet comes in without a line of code; a faulty row says why."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from deputies.models import Deputy, Mandate
from tests.deputies import corpus, sheet, xls

pytestmark = pytest.mark.django_db
MONTHS = {"王大川": (1968, 5), "覃小满": (1975, 12), "阿依古丽·买买提": (1980, 1)}
SAME = [3, 3, 0, 0, 0]


def run(tmp_path, content: bytes, ending=".xlsx", *options):
    """`./manage.py import_roster`: the lines before the last, and the counts of the last."""
    file = tmp_path / f"名册{ending}"
    file.write_bytes(content)
    out = StringIO()
    day = f"--elected-on={sheet.ELECTED_ON}"
    call_command("import_roster", str(file), day, *options, stdout=out)
    *lines, last = out.getvalue().splitlines()
    told = json.loads(last)
    assert list(told) == ["rows", "new", "changed", "same", "error", "seconds"]
    return lines, [told[key] for key in ("rows", "new", "changed", "same", "error")]


def facts():
    """What stands in the register, as the three rows say it."""
    rows = Deputy.objects.order_by("birth_month").values_list(
        *("name", "sex", "nation", "party", "education", "job", "phone")
    )
    return list(rows)


@pytest.mark.parametrize("name", corpus.SHEETS)
def test_a_sheet_comes_in_as_it_is(tmp_path, name):
    ending, written = corpus.SHEETS[name]
    assert run(tmp_path, written(), ending, "--apply") == ([], SAME)
    assert facts() == [
        (*p[:3], *p[4:], seat[-1]) for p, seat in zip(corpus.PEOPLE, corpus.SEATS, strict=True)
    ]
    born = Deputy.objects.values_list("name", "birth_month")
    assert {who: (day.year, day.month) for who, day in born} == MONTHS
    seats = Mandate.objects.order_by("certificate").values_list("certificate", "district__name")
    assert list(seats) == [(seat[2], seat[0]) for seat in corpus.SEATS]
    groups = Deputy.objects.order_by("birth_month").values_list("membership__group__name")
    assert [each for (each,) in groups] == [seat[3] for seat in corpus.SEATS]


def test_one_sheet_after_the_other_changes_nothing(tmp_path):
    run(tmp_path, corpus.book(corpus.ROWS), ".xlsx", "--apply")
    for ending, written in corpus.SHEETS.values():
        assert run(tmp_path, written(), ending)[1] == [3, 0, 0, 3, 0]


def at(column: int, value: object):
    """The sheet with another value in the second row of one column."""
    rows = [list(row) for row in corpus.ROWS]
    rows[1][column] = value
    return rows


def shifted():
    rows = [list(row) for row in corpus.ROWS]
    rows[1] = ["", *rows[1][:-1]]
    return rows


FAULTS = {
    "column shifted by one": (
        shifted(),
        "第 3 行 B3",
        "“覃小满”应为“男”或“女”。这一行像是往右错开了一列",
    ),
    "year of two figures": (at(3, "75.12"), "第 3 行 D3", "“75.12”看不出年月"),
    "ambiguous month": (at(3, 1975.1), "第 3 行 D3", "“1975.1”分不清是 1 月还是 10 月"),
    "telephone cut short": (at(11, 1.39e9), "第 3 行 L3", "应为 11 位数字，现有 10 位"),
    "telephone in letters": (at(11, "1.39E+10"), "第 3 行 L3", "应为 11 位数字"),
    "two levels in a cell": (at(8, "县、乡镇"), "第 3 行 I3", "一行只写一个层级"),
    "nation without 族": (at(2, "土家"), "第 3 行 C3", "是不是“土家族”"),
    "sex in full": (at(1, "女士"), "第 3 行 B3", "“女士”应为“男”或“女”"),
    "the same row twice": ([*corpus.ROWS[:1], *corpus.ROWS], "第 3 行 J3", "与第 2 行王大川相同"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_row_names_its_cell_and_its_value(tmp_path, name):
    rows, where, why = FAULTS[name]
    lines, counts = run(tmp_path, corpus.book(rows))
    assert counts == [len(rows), len(rows) - 1, 0, 0, 1]
    assert len(lines) == 1
    assert lines[0].startswith(where)
    assert why in lines[0]


@pytest.mark.parametrize("name", ["𬱖小满", "王〇一", "覃㛃", "買買提·阿依"])
def test_rare_characters_come_in(tmp_path, name):
    assert run(tmp_path, corpus.book(at(0, name)), ".xlsx", "--apply")[1] == SAME
    assert Deputy.objects.filter(name=name).exists()


WEB = "<html><body><table><tr><td>姓名</td><td>性别</td></tr></table></body></html>"
HOSTILE = {
    "a web page named .xls": (".xls", WEB.encode("gb18030"), "里面其实是网页"),
    "xml of an old office": (
        ".xls",
        b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>",
        "里面其实是网页",
    ),
    "a locked .xls": (".xls", xls.book({"名册": [corpus.TITLES]}, locked=True), "文件有打开密码"),
    "16,384 columns": (
        ".xlsx",
        corpus.book([["x"] * 16384] * 3, head=["y"] * 16384),
        "没有找到表头",
    ),
    "no header": (".xlsx", corpus.book(corpus.ROWS, head=[""]), "没有找到表头"),
    "columns missing": (
        ".xlsx",
        corpus.book([row[:4] for row in corpus.ROWS], head=corpus.TITLES[:4]),
        "表里缺少这些列：选区（选举单位）、代表层级、代表证号、代表小组",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_roster_is_refused_in_one_sentence(tmp_path, name):
    ending, content, sentence = HOSTILE[name]
    with pytest.raises(CommandError, match=sentence):
        run(tmp_path, content, ending)
    assert Deputy.objects.count() == 0


def test_a_million_formatted_rows_without_a_word_cost_little(tmp_path):
    """Whoever coloured the whole column: the rows are there and say nothing."""

    def colour(workbook, page) -> None:
        page.write_blank(1_000_000, 0, None, workbook.add_format({"bg_color": "red"}))

    assert run(tmp_path, corpus.book(corpus.ROWS, change=colour))[1] == SAME
