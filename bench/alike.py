"""反复提 over 5,000 texts: all compared with all, and the board that reads the rows of it.

Makes a scratch database, measures, drops it. The bare limit is what no measure of characters can do
without: every text's row of characters against all others, as one sparse product of SciPy per text.
The last line is a JSON object: `ratio` is all comparisons over these products and must stay under
`LIMIT`; `statements` of the board do not grow with its matters, and `board_s` is the whole of it.
"""

import json
import os
import random
import re
import sys
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["TEST_DB_SUFFIX"] = "bench"

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  # after django.setup()
from django.test.utils import CaptureQueriesContext  # noqa: E402  # after django.setup()

from proposals import tasks  # noqa: E402  # after django.setup()
from proposals.models import Proposal, Resemblance  # noqa: E402  # after django.setup()
from proposals.queries import likeness, matters  # noqa: E402  # after django.setup()
from tests import make  # noqa: E402  # after django.setup()
from tests.proposals import walk  # noqa: E402  # after django.setup()

TEXTS, LIMIT = 5_000, 15
FOLDER = Path(__file__).parents[1] / "tests/proposals/alike"
FIRST, SECOND = "桃柳石龙罗东大官深青枫红马杨松竹梅清黄", "园林井坡川庙渡河坪湾岭溪岗坝坨垭峪"
VILLAGE = re.compile(r"[一-龥]{2,3}(?=村)")


@transaction.atomic
def raised() -> None:
    """Invented proposals of eight years, the words of labelled ones in other villages."""
    some = random.Random(7)  # noqa: S311  # the same texts on every run
    lines = [
        json.loads(line) for path in sorted(FOLDER.glob("*.jsonl")) for line in path.open("rb")
    ]
    row, copies = walk.submitted(), []
    for _ in range(TEXTS - 1):
        said, village = some.choice(lines), some.choice(FIRST) + some.choice(SECOND)
        copy = Proposal(**facts(row))
        copy.token = some_uuid(some)
        copy.title = VILLAGE.sub(village, said["title"])[:60]
        copy.request = VILLAGE.sub(village, said["body"] or "尽快办。")
        copy.submitted_on = make.TODAY - timedelta(days=some.randrange(8 * 365))
        copies.append(copy)
    Proposal.objects.bulk_create(copies, batch_size=1000)


def facts(row: Proposal) -> dict[str, object]:
    fields = ("session", "lead", "delegation", "kind", "state", "facts")
    return {name: getattr(row, name) for name in fields}


def some_uuid(some: random.Random) -> str:
    return f"{some.getrandbits(128):032x}"


def timed(act: object) -> tuple[float, object]:
    began = time.perf_counter()
    found = act()
    return time.perf_counter() - began, found


def bare() -> float:
    """Every row of characters against all: the products alone."""
    letters = likeness.index().weighing.letters
    began = time.perf_counter()
    for row in range(letters.shape[0]):
        (letters @ letters[row].T).toarray()
    return time.perf_counter() - began


def main() -> None:
    """Measure in a scratch database, print, and fail over the limit."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        raised()
        make.forget()
        built, _ = timed(likeness.index)
        products = bare()
        whole, pairs = timed(tasks.find_alike)
        again, none = timed(tasks.find_alike)
        by = make.actor()
        with CaptureQueriesContext(connection) as sent:
            board_s, board = timed(lambda: matters.board(by).shown(matters.Wanted()))
        kept = Resemblance.objects.count()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    report = {"texts": TEXTS, "pairs": pairs, "kept": kept, "matters": len(board)}
    report |= {"index_s": round(built, 1), "compare_s": round(whole, 1), "again_s": round(again, 3)}
    report |= {"board_s": round(board_s, 2), "statements": len(sent), "bare_s": round(products, 1)}
    report["ratio"] = round(whole / products, 1)
    sys.stdout.write(json.dumps(report) + "\n")
    if none or report["ratio"] >= LIMIT:
        sys.exit(f"all comparisons took {report['ratio']} times the bare products")


if __name__ == "__main__":
    main()
