"""`./manage.py sort_names`: lines in, lines out, in 姓氏笔画 order. People invented."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(content: bytes):
    """The command as an operator runs it: no database, a locale without Chinese."""
    return subprocess.run(
        [sys.executable, "manage.py", "sort_names"],
        input=content,
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin", "DATABASE_URL": "postgres://nobody@/none"},
    )


def sorted_lines(text: str) -> list[str]:
    done = run(text.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().splitlines()


def test_names_come_out_in_the_official_order_as_they_were_written():
    text = "\ufeff王一鸣\r\n\r\n王　伟（女，回族）\n丁一\n司马长风\n司文\n欧阳海(女)"
    assert sorted_lines(text) == [
        *("丁一", "王　伟（女，回族）", "王一鸣", "司文", "司马长风", "欧阳海(女)")
    ]


def test_equal_names_keep_their_order():
    assert sorted_lines("王伟 乙\n王伟（甲）\n王伟") == ["王伟（甲）", "王伟", "王伟 乙"]


def test_nothing_in_is_nothing_out():
    assert sorted_lines("\n \n") == []


def test_input_in_another_encoding_is_refused_in_a_sentence():
    done = run("王伟\n".encode("gb18030"))
    assert done.returncode == 1
    assert "不是 UTF-8" in done.stderr.decode()
