"""名册文件: what is read from it, and the sentence for each file that is none."""

import io
import zipfile

import pytest

from congress.shared.errors import Refused
from deputies import files, sheets
from tests.deputies import sheet


def test_the_header_is_found_below_the_titles():
    found = sheets.read(sheet.book([sheet.row(姓名="王　伟")]), "名册.xlsx")

    assert (found.name, found.header_row, found.letters["出生年月"]) == ("名册", 3, "E")
    assert [(line.number, line.cells["姓名"]) for line in found.lines] == [(4, "王　伟")]


def test_columns_go_by_other_names_and_in_any_order():
    row = sheet.row()
    row |= {"政治面貌": "群众", "手机号": "13811112222", "小组": row.pop("代表小组"), "工龄": 8}
    header = ["小组", "手机号", "政治面貌", "工龄", *sheet.HEADER[:5], *sheet.HEADER[8:12]]

    cells = next(sheets.read(sheet.book([row], header=header, titles=0), "a.xlsx").lines).cells

    assert (cells["党派"], cells["联系电话"], cells["工龄"]) == ("群众", "13811112222", 8)


def test_the_first_sheet_may_be_a_cover():
    out = io.BytesIO()
    with sheet.xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        workbook.add_worksheet("说明").write(0, 0, "填表说明")
        page = workbook.add_worksheet("代表")
        row = sheet.row()
        for column, title in enumerate(sheet.HEADER):
            page.write(0, column, title)
            page.write(1, column, row[title])

    assert sheets.read(out.getvalue(), "a.xlsx").name == "代表"


def test_a_formula_counts_as_the_value_last_stored_and_is_never_run():
    out = io.BytesIO()
    with sheet.xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        page = workbook.add_worksheet()
        row = sheet.row()
        for column, title in enumerate(sheet.HEADER):
            page.write(0, column, title)
            page.write(1, column, row[title])
        page.write_formula("H2", '=HYPERLINK("http://127.0.0.1/","x")', None, "柳河镇教师")

    line = next(sheets.read(out.getvalue(), "a.xlsx").lines)

    assert line.cells["工作单位及职务"] == "柳河镇教师"


def test_blank_lines_and_the_footer_are_no_deputies():
    rows = [sheet.row(), {}, {"姓名": "填表人：", "性别": "张某"}]

    assert len(list(sheets.read(sheet.book(rows), "a.xlsx").lines)) == 1


def test_merged_cells_are_filled_downwards_and_headers_may_take_two_rows():
    out = io.BytesIO()
    with sheet.xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        page, row = workbook.add_worksheet(), sheet.row()
        for column, title in enumerate(sheet.HEADER):
            if title in ("代表小组", "联络站"):
                page.write(1, column, title)
            else:
                page.merge_range(0, column, 1, column, title)
            page.write(2, column, row[title])
            page.write(3, column, "" if title == "代表小组" else row[title])
        group = sheet.HEADER.index("代表小组")
        page.merge_range(0, group, 0, group + 1, "活动单位")
        page.merge_range(2, group, 3, group, "柳河镇第一代表小组")

    found = sheets.read(out.getvalue(), "a.xlsx")

    assert (found.header_row, found.letters["代表小组"]) == (2, "M")
    lines = list(found.lines)
    assert [line.number for line in lines] == [3, 4]
    assert [line.cells["代表小组"] for line in lines] == ["柳河镇第一代表小组"] * 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_csv_is_read_in_the_encodings_committees_use(encoding):
    content = sheet.text([sheet.row(姓名="覃㛃")], encoding=encoding)

    assert next(sheets.read(content, "名册.csv").lines).cells["姓名"] == "覃㛃"


def test_a_missing_column_is_named():
    header = [title for title in sheet.HEADER if title not in {"民族", "代表证号"}]

    with pytest.raises(Refused, match="缺少这些列：民族、代表证号"):
        sheets.read(sheet.book([sheet.row()], header=header), "a.xlsx")


def bomb(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("xl/workbook.xml", b"<workbook/>")
        box.writestr("xl/worksheets/sheet1.xml", b"0" * size)
    return out.getvalue()


def crowd() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("xl/workbook.xml", b"<workbook/>")
        for number in range(files.MOST_ENTRIES):
            box.writestr(f"xl/{number}.xml", b"")
    return out.getvalue()


def entities(behind: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        said = '<?xml version="1.0"?>' + " " * behind + '<!DOCTYPE x [<!ENTITY a "b">]><x/>'
        box.writestr("xl/workbook.xml", said)
    return out.getvalue()


def other_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("word/document.xml", b"<document/>")
    return out.getvalue()


def huge_range() -> bytes:
    """One cell in the last corner of the sheet: a dense reader would want gigabytes."""
    out = io.BytesIO()
    with sheet.xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        page = workbook.add_worksheet()
        page.write(0, 0, "姓名")
        page.write(1048575, 16383, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (lambda: b"%PDF-1.4", "名册.pdf", "请选择 Excel 表格"),
        (lambda: b"", "名册.xlsx", "文件是空的"),
        (lambda: b"PK\x03\x04 torn", "名册.xlsx", "文件已损坏"),
        (lambda: b"%PDF-1.4 \x00\x01", "名册.xlsx", "这不是表格文件"),
        (other_zip, "名册.xlsx", "这不是 Excel 表格"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "名册.xls", "读不出来"),
        (lambda: b"\x81\xff\xff\xff", "名册.csv", "文字认不出来"),
        (lambda: bomb(30 * 2**20), "名册.xlsx", "压缩得异常"),
        (crowd, "名册.xlsx", "展开后太大"),
        (entities, "名册.xlsx", "不安全的内容"),
        (huge_range, "名册.xlsx", "读不出来|没有找到表头"),
        (lambda: b"0" * (files.MOST_BYTES + 1), "名册.csv", "超过 30 MB"),
        (lambda: "会议通知，请准时参加".encode(), "名册.csv", "没有找到表头"),
        (lambda: sheet.book([]), "名册.xlsx", "表头下面没有内容"),
        (lambda: sheet.text([], header=["", ""]), "名册.csv", "没有内容"),
        (lambda: b"," * 2**20, "名册.csv", "列数太多"),
        (lambda: sheet.text([], header=[f"列{n}" for n in range(60_000)]), "名册.csv", "列数太多"),
        (lambda: entities(5000), "名册.xlsx", "不安全的内容"),
    ],
    ids=[f"case{n}" for n in range(18)],
)
def test_what_is_no_roster_is_refused_with_a_sentence(content, name, sentence):
    """Each is made when it is read: they are big, and every worker collects all of them."""
    with pytest.raises(Refused, match=sentence):
        list(sheets.read(content(), name).lines)


def test_characters_that_no_database_keeps_are_left_out():
    row = sheet.row(姓名="罗\x00明贵", 工作单位及职务="桃园村\x1b[31m村民")
    wide = sheet.text([row], encoding="utf-16")
    cells = next(sheets.read(wide, "名册.csv").lines).cells
    assert (cells["姓名"], cells["工作单位及职务"]) == ("罗明贵", "桃园村[31m村民")
    book = sheet.book([sheet.row(姓名="罗_x0000_明贵")])
    assert "\x00" not in str(next(sheets.read(book, "名册.xlsx").lines).cells)
