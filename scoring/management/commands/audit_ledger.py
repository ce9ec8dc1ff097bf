"""Look the ledger through; the last line is a JSON object, exit 1 when anything is off."""

import json
import sys
from typing import Any, cast

from django.core.management.base import BaseCommand, CommandParser

from scoring import tasks
from scoring.queries.anchors import why_not_printed
from scoring.queries.audit_lines import left_as_decided
from scoring.queries.sealed_books import not_comparable


class Command(BaseCommand):
    help = "Audit the ledger: totals, facts, reversals, the hash chain and its printed heads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            metavar="NUMBER:DIGEST",
            help="the seal printed on a monthly sheet, to be found on the chain",
        )

    def handle(self, *args: object, **options: Any) -> None:
        """Say each fault in a sentence, then the figures."""
        report = tasks.audit_ledger()
        faults = cast("list[str]", report.pop("faults", []))
        if options["head"] is not None:
            number, _, digest = str(options["head"]).partition(":")
            wrong = why_not_printed(int(number) if number.isdecimal() else 0, digest)
            report["head"] = wrong or "ok"
            if wrong:
                faults.append(wrong)
                report["chain"] = wrong if report["chain"] == "ok" else report["chain"]
        for sentence in faults:
            self.stdout.write(sentence)
        for remark in filter(None, (not_comparable(), left_as_decided())):
            self.stdout.write(remark)
        self.stdout.write(json.dumps(report, ensure_ascii=False))
        if faults:
            sys.exit(1)
