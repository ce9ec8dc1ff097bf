"""Compare the proposals of a file with one another: one JSON line in, one JSON line out."""

import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from math import isinf
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError, CommandParser

from proposals import similar

MOST = 5


class Line(NamedTuple):
    """A line that can be compared."""

    id: Any
    title: str
    body: str


class Fault(NamedTuple):
    """A line that cannot, and why."""

    number: int
    why: str


class Command(BaseCommand):
    help = (
        "找相近的建议：FILE 每行一个 JSON 对象，有 id、title、body（可空）；"
        f"每行输出一个 JSON 对象，有 id 和 similar：同一文件里最相近的 {MOST} 行，"
        "各有 id 和 score（0 到 1，由高到低）。"
        f"score 不小于 {similar.LEAST} 的，页面上才当作相近的列出来。"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="JSONL 文件，UTF-8；- 表示标准输入")

    def handle(self, *args: object, file: str, **options: object) -> None:
        """Every line has its answer in the file's order; a faulty line is named, and exit 1."""
        lines: list[Line] = []
        faults = 0
        for each in read(_opened(file)):
            if isinstance(each, Fault):
                faults += 1
                self.stderr.write(f"第 {each.number} 行：{each.why}")
            else:
                lines.append(each)
        if faults:
            raise CommandError(f"{faults} 行有错，没有比较。改好以后再运行。")
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        try:
            for answer in answers(lines):
                self.stdout.write(answer)
            sys.stdout.flush()
        except BrokenPipeError:  # whoever reads has enough: `similar FILE | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def read(raw: Iterable[bytes]) -> Iterator[Line | Fault]:
    """Each line, blank ones left out; of two with one id the second is faulty."""
    seen: dict[str, int] = {}
    for number, line in enumerate(raw, 1):
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        try:
            found = _line(line)
        except ValueError as fault:
            yield Fault(number, str(fault))
            continue
        first = seen.setdefault(_written(found.id), number)
        if first == number:
            yield found
        else:
            yield Fault(number, f"id 和第 {first} 行的重复。")


def answers(lines: list[Line]) -> Iterator[str]:
    """For each line its nearest others, as JSON."""
    texts = [similar.Text(row, line.title, line.body) for row, line in enumerate(lines)]
    known = similar.index(texts)
    for row, line in enumerate(lines):
        hits = similar.neighbours(known, row, MOST) if known else _first_others(len(lines), row)
        found = [{"id": lines[hit.key].id, "score": round(hit.score, 4)} for hit in hits]
        yield _written({"id": line.id, "similar": found})


def _first_others(count: int, row: int) -> list[similar.Hit]:
    """When no text has two letters in a row, nothing is nearer than anything else."""
    others = (other for other in range(min(count, MOST + 1)) if other != row)
    return [similar.Hit(other, 0.0) for other in islice(others, MOST)]


def _opened(file: str) -> Iterator[bytes]:
    try:
        with sys.stdin.buffer if file == "-" else Path(file).open("rb") as lines:
            yield from lines
    except OSError as fault:
        raise CommandError(f"读不了 {file}：没有这个文件，或者没有权限。") from fault


def _line(raw: bytes) -> Line:
    """What the line says; ValueError says in Chinese why it is not one."""
    try:
        said = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number, parse_float=_held)
    except UnicodeDecodeError as fault:
        raise ValueError("不是 UTF-8 文字。") from fault
    except OverflowError as fault:
        raise ValueError("有太大的数，读不准。") from fault
    except (ValueError, RecursionError) as fault:
        raise ValueError("不是 JSON。") from fault
    if not isinstance(said, dict):
        raise ValueError("不是 JSON 对象：要有 id、title、body。")
    if "id" not in said:
        raise ValueError("缺少 id。")
    title, body = said.get("title"), said.get("body")
    if title is None or title == "":
        raise ValueError("缺少 title。")
    if not isinstance(title, str) or not isinstance(body, str | None):
        raise ValueError("title 和 body 要是文字。")
    return Line(said["id"], title, body or "")


def _no_number(word: str) -> float:
    raise ValueError(word)


def _held(digits: str) -> float:
    """1e400 would be written back as Infinity, which is no JSON."""
    number = float(digits)
    if isinf(number):
        raise OverflowError(digits)
    return number


def _written(said: object) -> str:
    """Chinese as it is; half a surrogate pair, which no UTF-8 can hold, as JSON escapes it."""
    text = json.dumps(said, ensure_ascii=False)
    return text if _is_whole(text) else json.dumps(said)


def _is_whole(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)
