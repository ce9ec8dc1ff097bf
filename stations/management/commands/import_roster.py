"""Take a roster in from the command line: the same import as the office's screen.

Here and not in `deputies`, because confirming it settles homes and stations too (decision 6).
"""

import json
import re
import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from congress.shared import clock
from congress.shared.actors import SYSTEM
from congress.shared.errors import Refused
from congress.shared.models import Area
from deputies.actions import roster
from deputies.models import RosterImport
from deputies.queries import imports
from deputies.states import Verdict
from stations.actions import places

PHONE = re.compile(r"(?<!\d)(\d{3})\d{4}(\d{4})(?!\d)")


class Command(BaseCommand):
    help = "导入代表名册。不加 --apply 只预览，什么也不留下；最后一行是 JSON。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="名册文件（.xlsx、.xls、.csv）")
        parser.add_argument("--apply", action="store_true", help="写入名册，不加只预览")
        parser.add_argument(
            "--elected-on", type=date.fromisoformat, help="换届日期，默认是本届的开始日期"
        )

    def handle(self, *args: object, **options: Any) -> None:
        """One line for each faulty row; the last line counts rows by verdict, with the seconds.

        Without `--apply` the database is as before; with it the rows without fault are written.
        """
        began = time.monotonic()
        try:
            content = options["file"].read_bytes()
        except OSError as fault:
            raise CommandError(f"打不开文件：{options['file']}") from fault
        day = options["elected_on"]
        try:
            with transaction.atomic():
                batch = self._take_in(content, options["file"].name, day, apply=options["apply"])
                counts = self._tell(batch)
                if not options["apply"]:
                    transaction.set_rollback(True)
        except Refused as refusal:
            raise CommandError(refusal.reason) from refusal
        seconds = round(time.monotonic() - began, 2)
        self.stdout.write(json.dumps(counts | {"seconds": seconds}, ensure_ascii=False))

    def _take_in(self, content: bytes, name: str, day: date | None, *, apply: bool) -> RosterImport:
        today = clock.today()
        elected_on = day or imports.first_day(Area.objects.county(), today) or today
        batch = roster.upload(content, file_name=name, elected_on=elected_on, by=SYSTEM)
        return places.apply_roster(batch, by=SYSTEM, today=today) if apply else batch

    def _tell(self, batch: RosterImport) -> dict[str, float]:
        rows = batch.rows.filter(verdict=Verdict.ERROR).order_by("number")
        faults = rows.values_list("number", "fault_cell", "name", "fault")
        for number, cell, name, fault in faults.iterator(chunk_size=2000):
            where = f"第 {number} 行" + (f" {cell}" if cell else "")
            words = PHONE.sub(r"\1****\2", fault)
            self.stdout.write(f"{where} {name or '（没有姓名）'}：{words}")
        found = imports.verdict_counts(batch)
        return {
            "rows": sum(found.values()),
            **{str(verdict): found[verdict] for verdict in ("new", "changed", "same", "error")},
        }
