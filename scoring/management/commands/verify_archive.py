"""Is this file the sealed one, is this year as it was sealed? The last line is a JSON object."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from scoring.models import YearSeal
from scoring.queries.sealed_years import look_through
from scoring.queries.verifying import verify


class Command(BaseCommand):
    help = "Tell whether a PDF is the sealed duty file, or a year as it was sealed; exit 1 if not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", metavar="FILE.pdf", help="the file somebody has")
        parser.add_argument("--year", type=int, help="look through all files of that year")

    def handle(self, *args: object, **options: Any) -> None:
        """Sentences for people first, figures for machines last."""
        if (options["file"] is None) == (options["year"] is None):
            raise CommandError("请给出一个文件，或者 --year 年度。")
        good = self._file(options["file"]) if options["file"] else self._year(options["year"])
        if not good:
            sys.exit(1)

    def _file(self, name: str) -> bool:
        path = Path(name)
        if not path.is_file():
            raise CommandError(f"没有这个文件：{name}")
        answer = verify(path.read_bytes())
        self._say(answer.sentence, answer.facts)
        return answer.sealed

    def _year(self, year: int) -> bool:
        seals = list(YearSeal.objects.filter(cycle__year=year).select_related("cycle__assembly"))
        if not seals:
            raise CommandError(f"{year} 年还没有封存。")
        good = True
        for seal in seals:
            found = look_through(seal)
            good = good and found.good
            for sentence in found.faults:
                self.stdout.write(sentence)
            name = f"{seal.cycle.assembly} {year} 年度"
            words = "全部相符" if found.good else f"有 {len(found.faults)} 处与封存时不同"
            facts = {"year": year, "files": found.files, "root": seal.root}
            self._say(f"{name}：{found.files} 份，{words}。", {**facts, "faults": found.faults})
        return good

    def _say(self, sentence: str, facts: dict[str, object]) -> None:
        self.stdout.write(sentence)
        self.stdout.write(json.dumps(facts, ensure_ascii=False))
