"""五类的两种分法: the policy's and the official one of 2025, with each item's category in both."""

import csv
from functools import cache
from pathlib import Path

from django.db.models import TextChoices

TABLE = Path(__file__).parent / "data" / "wordings.csv"


class Wording(TextChoices):
    """口径: how the list is divided into five categories. Names are rows; this names the table."""

    POLICY = "policy", "制度文件的五类"
    OFFICIAL = "official", "2025 年的五类"


@cache
def division(wording: Wording) -> dict[str, str]:
    """Item by item, the code of its category in this wording; the bonus is the same in both."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["item"]: row[wording] for row in csv.DictReader(file)}
