"""Reading and writing rosters: seconds beside a bare keeping of the same rows, and peak memory.

Each part runs in a process of its own, on a scratch database, so that its peak is its own. The
last line is a JSON object; the exit code is 1 when a figure is over its limit.

    bench/roster.py            10,000 rows: preview of .xlsx, .xls and .csv, write, undo
    bench/roster.py campaign   100,000 rows, read piece by piece as the worker does
"""

import csv
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["TEST_DB_SUFFIX"] = "bench"

import django

django.setup()

import python_calamine  # noqa: E402  # after django.setup()
import xlsxwriter  # noqa: E402  # after django.setup()
from django.db import connection  # noqa: E402  # after django.setup()
from psycopg.types.json import Jsonb  # noqa: E402  # after django.setup()

from deputies.actions import reading, roster  # noqa: E402  # after django.setup()
from deputies.models import RosterImport  # noqa: E402  # after django.setup()
from deputies.sheets import COLUMNS  # noqa: E402  # after django.setup()
from deputies.states import ImportState, Verdict  # noqa: E402  # after django.setup()
from stations.actions import places, undoing  # noqa: E402  # after django.setup()
from tests import make  # noqa: E402  # after django.setup()
from tests.deputies import sheet, xls  # noqa: E402  # after django.setup()

ROWS, MANY = 10_000, 100_000
MB = 1024 * 1024
SECONDS = 15
TIMES_BARE = 20
"""How much longer a preview may take than reading the cells and keeping them unchecked."""
ABOVE_IDLE_MB = 300
WRITE_SECONDS, UNDO_SECONDS = 60, 60
CHILDREN = resource.RUSAGE_CHILDREN
FAULTY = 97
"""Every so many rows one has a month that is none."""


def rows(number: int) -> Iterator[list[str]]:
    """An invented roster of a county: header, then rows with a few faults."""
    yield list(COLUMNS)
    for at in range(number):
        town = "甲乙丙丁戊己庚辛壬癸"[at % 10] + "河镇"
        name = "".join("零一二三四五六七八九"[int(digit)] for digit in f"1{at:06}")
        month = "1968.13" if at % FAULTY == 0 else f"19{50 + at % 50}.{at % 12 + 1:02}"
        place = f"{town}第{at % 7 + 1}代表小组"
        cells = [str(at + 1), name, "男女"[at % 2], "汉族", month, "群众", "大专"]
        cells += [f"{town}桃园村村民", f"{town}第{at % 9 + 1}选区", f"{town[:2]}代表团", "县"]
        yield [*cells, f"Z{at:07}", place, f"{town}第一联络站", f"139{at:08}", ""]


def xlsx(number: int) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": False, "constant_memory": True}
    with xlsxwriter.Workbook(out, options) as workbook:
        page = workbook.add_worksheet("名册")
        for at, cells in enumerate(rows(number)):
            page.write_row(at, 0, cells)
    return out.getvalue()


def comma(number: int) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows(number))
    return out.getvalue().encode("utf-8-sig")


WRITERS: dict[str, Callable[[int], bytes]] = {
    ".xlsx": xlsx,
    ".xls": lambda number: xls.book({"名册": list(rows(number))}),
    ".csv": comma,
}


def bare(content: bytes, kind: str) -> float:
    """Seconds to read every cell and keep the rows as JSON: no check, no verdict."""
    began = spent()
    if kind == ".csv":
        lines: list[list[Any]] = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    else:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        lines = book.get_sheet_by_index(0).to_python()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bare (number int, cells jsonb)")
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for number, line in enumerate(lines):
                copy.write_row([number, Jsonb(line)])
        cursor.execute("DROP TABLE bare")
    return spent() - began


def spent() -> float:
    """Seconds of processor used here and by children: what else the machine does is left out."""
    own, child = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, CHILDREN))
    return own.ru_utime + own.ru_stime + child.ru_utime + child.ru_stime


def resident() -> int:
    """What this process holds at this moment, in bytes."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * resource.getpagesize()


def peak(whose: int = resource.RUSAGE_SELF) -> int:
    return resource.getrusage(whose).ru_maxrss * 1024


def preview(file: Path) -> dict[str, float]:
    """上传: every row stands with its verdict, in the request itself; then written and undone."""
    content, kind = file.read_bytes(), file.suffix
    by_hand = bare(content, kind)
    reading.LONG = len(content) + 1
    director, idle = make.director(), resident()
    began, used = time.monotonic(), spent()
    batch = roster.upload(content, file_name=file.name, elected_on=sheet.ELECTED_ON, by=director)
    took, used = time.monotonic() - began, spent() - used
    told = {"seconds": took, "cpu_seconds": used, "times_bare": used / by_hand}
    told |= {"above_idle_mb": (peak() - idle) / MB, "child_mb": peak(CHILDREN) / MB}
    told |= {"rows": batch.rows.count(), "error": batch.rows.filter(verdict=Verdict.ERROR).count()}
    if kind == ".xlsx":
        told |= write_and_undo(batch, director)
    return told


def write_and_undo(batch: RosterImport, director: make.Actor) -> dict[str, float]:
    began = time.monotonic()
    batch = places.write_roster(batch, by=director, today=sheet.TODAY)
    written = time.monotonic()
    undoing.undo_roster(batch, by=director, today=sheet.TODAY)
    return {"write_seconds": written - began, "undo_seconds": time.monotonic() - written}


def campaign(file: Path) -> dict[str, float]:
    """The worker's way: a waiting batch is read piece by piece, each piece committed."""
    content = file.read_bytes()
    by_hand = bare(content, file.suffix)
    director = make.director()
    batch = roster.upload(content, file_name=file.name, elected_on=sheet.ELECTED_ON, by=director)
    if batch.state != ImportState.WAITING:
        raise SystemExit("so many rows are read by a task")
    del content
    idle, began, used = resident(), time.monotonic(), spent()
    reading.read_waiting(batch)
    took, used = time.monotonic() - began, spent() - used
    batch.refresh_from_db()
    verdicts = batch.rows.exclude(verdict="").count()
    return {
        "seconds": took,
        "cpu_seconds": used,
        "times_bare": used / by_hand,
        "rows": batch.rows.count(),
        "verdicts": verdicts,
        "error": batch.rows.filter(verdict=Verdict.ERROR).count(),
        "above_idle_mb": (peak() - idle) / MB,
        "child_mb": peak(CHILDREN) / MB,
    }


def part(name: str, file: Path) -> None:
    """One measurement in this process, on an empty scratch database."""
    database = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        told = {"preview": preview, "campaign": campaign}[name](file)
    finally:
        connection.creation.destroy_test_db(database, verbosity=0)
    sys.stdout.write(json.dumps({key: round(value, 2) for key, value in told.items()}) + "\n")


def measured(name: str, kind: str, number: int) -> dict[str, float]:
    """What a process of its own finds; the file is made beforehand, so that it costs nothing."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place, f"名册{kind}")
        file.write_bytes(WRITERS[kind](number))
        command = [sys.executable, __file__, "part", name, str(file)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def over(found: dict[str, float], number: int) -> list[str]:
    """Which figures are over their limit; a hundred thousand rows have no limit of seconds."""
    limits = {"times_bare": TIMES_BARE, "above_idle_mb": ABOVE_IDLE_MB}
    limits |= {"write_seconds": WRITE_SECONDS, "undo_seconds": UNDO_SECONDS}
    if number == ROWS:
        limits["seconds"] = SECONDS
    wrong = [name for name, most in limits.items() if found.get(name, 0) > most]
    return [*wrong, "rows"] if found["rows"] != number else wrong


def main() -> int:
    """Measure, say it in one line; 1 when something is over its limit."""
    name, number = ("campaign", MANY) if "campaign" in sys.argv else ("preview", ROWS)
    kinds = [".xlsx", ".csv"] if name == "campaign" else list(WRITERS)
    found = {kind: measured(name, kind, number) for kind in kinds}
    wrong = {kind: bad for kind, told in found.items() if (bad := over(told, number))}
    sys.stdout.write(json.dumps({"rows": number, **found, "over": wrong}) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["part"]:
        part(sys.argv[2], Path(sys.argv[3]))
    else:
        sys.exit(main())
