"""What the demo county's proposals are about: published ones of other places, and invented ones."""

import json
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings

FACTS = (
    "代表走访时群众多次反映，这件事影响日常生产生活，村里和镇里自己解决不了。",
    "近两年群众要求越来越强烈，代表小组实地看过，情况属实。",
    "受益群众面广，投入不大，早办早见效。",
)
DONE, PLANNED, NOT_NOW = "A", "B", "C"
HERE = {"米脂县": "竹山县", "米脂小米": "竹山贡米", "米脂": "竹山"}
SESSION_OF, CLOSED = (2025, 2026), 20
"""The first so many are told of the earlier year, the rest of this one."""
MORE = 11
"""So many of the invented ones are of the earlier year."""


@dataclass(frozen=True)
class Story:
    """One published proposal as the demo county tells it."""

    title: str
    facts: str
    request: str
    reply: str
    unit: str
    outcome: str


def stories() -> list[Story]:
    """Those of other places as this county would say them, then the invented ones."""
    found = []
    for number, row in enumerate([*_rows("proposals"), *_rows("proposals_invented")]):
        row = _told_here(row, SESSION_OF[number >= CLOSED])
        title = row["title"][:60]
        subject = title.removeprefix("关于").removesuffix("的建议")
        found.append(
            Story(
                title=title,
                facts=row["facts"] or FACTS[number % len(FACTS)],
                request=row["request"] or f"建议把“{subject}”列入计划，明确责任单位和完成时间。",
                reply=row["reply"],
                unit=row["unit"],
                outcome=row["class"] or _class_of(number, row["reply"]),
            )
        )
    return found


def _rows(name: str) -> list[dict[str, Any]]:
    path = settings.BASE_DIR / "demo" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _told_here(row: dict[str, Any], year: int) -> dict[str, Any]:
    """As this county would say it that year: no other county's name, no year long gone."""
    moved = year - row["year"]

    def here(words: str) -> str:
        for theirs, ours in HERE.items():
            words = words.replace(theirs, ours)
        return re.sub(r"20\d\d(?=年)", lambda found: str(int(found[0]) + moved), words)

    told = ("title", "facts", "request", "reply")
    return row | {name: here(row[name]) for name in told}


def _class_of(number: int, reply: str) -> str:
    """Where the story does not say it: what has words of its own is planned, they say so."""
    return PLANNED if reply else "ABACBA"[number % 6]
