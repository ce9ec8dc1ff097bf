"""Look the ledger through; the last line is a JSON object, exit 1 when anything is off."""

import json
import sys
from typing import cast

from django.core.management.base import BaseCommand

from scoring import tasks


class Command(BaseCommand):
    help = "Audit the ledger: totals, facts, reversals and the hash chain."

    def handle(self, *args: object, **options: object) -> None:
        """Say each fault in a sentence, then the figures."""
        report = tasks.audit_ledger()
        faults = cast("list[str]", report.pop("faults", []))
        for sentence in faults:
            self.stdout.write(sentence)
        self.stdout.write(json.dumps(report, ensure_ascii=False))
        if faults:
            sys.exit(1)
