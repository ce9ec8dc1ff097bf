"""Read names on standard input, one a line, and print the lines in 姓氏笔画 order."""

import io
import re
import sys
from collections.abc import Iterable

from django.core.management.base import BaseCommand, CommandError

from congress.shared.names import stroke_key

REMARK = re.compile(r"[(（\[【〔].*")
"""（女，回族） behind a name is no part of it."""


class Command(BaseCommand):
    help = "把标准输入里的姓名（一行一个）按姓氏笔画排好，原样输出。"
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        """Every line that holds a name stands in the official order, unchanged; blank ones go."""
        try:
            text = sys.stdin.buffer.read().decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            raise CommandError("输入不是 UTF-8 文字，请先转换编码。") from fault
        out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
        out.writelines(f"{line}\n" for line in in_order(text.splitlines()))
        out.flush()
        out.detach()


def in_order(lines: Iterable[str]) -> list[str]:
    """The lines that hold a name, by 姓氏笔画; equal names keep their order."""
    named = (line.strip() for line in lines)
    return sorted(filter(None, named), key=lambda line: stroke_key(REMARK.sub("", line)))
