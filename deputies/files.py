"""上传的文件: whatever was sent, as sheets of rows of plain values. No database here."""

import csv
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from congress.shared.errors import Refused
from deputies import spreadsheet

MOST_BYTES = 30 * 2**20
MOST_ENTRIES = 200
MOST_UNPACKED = 300 * 2**20
MOST_RATIO = 100
MOST_COLUMNS = spreadsheet.MOST_COLUMNS
MOST_PER_LINE = 200
"""Separators a line may hold on average: beyond it is no table, and takes minutes to take apart."""
CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
"""What no cell says and no database keeps: NUL, ESC and their kin; tab and line ends stay."""
LOCKED = "文件有打开密码，请先去掉密码再上传。"
Value = str | int | float
Grid = tuple[str, Iterable[list[Value]]]
"""A sheet's name and its rows, to be gone through once and before the next sheet."""


def grids(content: bytes, file_name: str) -> Iterator[Grid]:
    """Every sheet; what the file is, its first bytes say, not its name."""
    if Path(file_name).suffix.lower() not in {".xlsx", ".xls", ".csv"}:
        raise Refused("请选择 Excel 表格（.xlsx、.xls）或 .csv 文件。")
    if not content:
        raise Refused("这个文件是空的，请重新选择。")
    if len(content) > MOST_BYTES:
        raise Refused(
            f"文件超过 {MOST_BYTES // 2**20} MB，名册用不了这么大，请检查是不是选错了文件。"
        )
    if content.startswith(b"PK"):
        _refuse_bomb(content)
        yield from _workbook(content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        if _is_locked(content):
            raise Refused(LOCKED)
        yield from _workbook(content)
    else:
        yield "文本", _csv(content)


def _refuse_bomb(content: bytes) -> None:
    """A workbook is a zip: count, unpack within bounds and look at it before a parser does."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            parts = box.infolist()
            if "xl/workbook.xml" not in box.namelist():
                raise Refused("这不是 Excel 表格，请用 Excel 或 WPS 另存为 .xlsx 再上传。")
            size = sum(part.file_size for part in parts)
            if len(parts) > MOST_ENTRIES or size > MOST_UNPACKED:
                raise Refused("表格展开后太大，请只留名册一张表，另存后再上传。")
            if size > MOST_RATIO * len(content):
                raise Refused("表格压缩得异常，请用 Excel 或 WPS 打开另存后再上传。")
            for part in parts:
                _refuse_lies(box, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as fault:
        raise Refused("文件已损坏，打不开。请用 Excel 或 WPS 打开另存后再上传。") from fault


def _refuse_lies(box: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack one part in pieces: its size must be as declared, its XML without entities."""
    with box.open(part) as stream:
        head = stream.read(4096)
        tail = b""
        while head:
            if b"<!DOCTYPE" in tail + head or b"<!ENTITY" in tail + head:
                raise Refused("表格里有不安全的内容，请用 Excel 或 WPS 打开另存后再上传。")
            tail, head = head[-10:], stream.read(2**20)


def _is_locked(content: bytes) -> bool:
    """Encrypted: a wrapped package, or FILEPASS behind the first record of an old workbook."""
    first = content.find(b"\x09\x08\x10\x00")
    behind = content[first + 20 : first + 22]
    return "EncryptedPackage".encode("utf-16-le") in content or behind == b"\x2f\x00"


def _workbook(content: bytes) -> Iterator[Grid]:
    """The sheets, read by a child with bounded memory and time (security.md 79)."""
    rows = _rows_of_child(content)
    for name, lines in groupby(rows, key=lambda row: row[0]):
        yield name, ([_printable(cell) for cell in row] for _, row in lines)


def _rows_of_child(content: bytes) -> Iterator[tuple[str, list[Value]]]:
    """Row after row as the child tells them, each with the name of its sheet."""
    script = str(Path(spreadsheet.__file__))
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        with subprocess.Popen(
            [sys.executable, "-I", script],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as child:
            assert child.stdout is not None, "it was asked for"  # noqa: S101  # told to mypy
            try:
                name = ""
                for told in map(json.loads, child.stdout):
                    if isinstance(told, str):
                        name = told
                    else:
                        yield name, told
                _refuse_failure(child.wait(timeout=spreadsheet.SECONDS))
            except (subprocess.TimeoutExpired, json.JSONDecodeError) as fault:
                raise Refused("表格太复杂，读不完。请只留名册一张表，另存后再上传。") from fault
            finally:
                child.kill()


def _printable(cell: Value) -> Value:
    return cell.translate(CONTROLS) if isinstance(cell, str) else cell


def _refuse_failure(code: int) -> None:
    if code == spreadsheet.LOCKED:
        raise Refused(LOCKED)
    if code:
        raise Refused("这个表格读不出来。请用 Excel 或 WPS 打开另存为 .xlsx 再上传。")


def _csv(content: bytes) -> Iterator[list[Value]]:
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise Refused(
            "这个文件虽然叫表格，里面其实是网页（办公系统导出的常是这样）。"
            "请用 Excel 或 WPS 打开它，另存为 .xlsx 再上传。"
        )
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # Excel's “Unicode 文本”
    if b"\x00" in content and not wide:
        raise Refused("这不是表格文件，请选择 Excel 表格（.xlsx、.xls）或 .csv 文件。")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Refused("这个文件里的文字认不出来，请用 Excel 另存为 .xlsx 再上传。")
    text = text.translate(CONTROLS)
    first = text[:4096]
    delimiter = max(",\t;，", key=first.count)
    lines = text.count("\n") + text.count("\r") + 1
    if text.count(delimiter) > MOST_PER_LINE * lines:
        raise Refused(f"每行的列数太多，最多读 {MOST_COLUMNS} 列，请只留名册一张表再上传。")
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [*row[:MOST_COLUMNS]]
    except csv.Error as fault:
        raise Refused("这个 .csv 文件的格式不对，请用 Excel 另存为 .xlsx 再上传。") from fault
