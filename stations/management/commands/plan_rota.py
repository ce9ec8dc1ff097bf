"""`./manage.py plan_rota YEAR [--apply]`: the year's rota of all stations, looked at or written."""

import json
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from congress.shared import clock
from congress.shared.actors import SYSTEM
from stations.actions import rota
from stations.permissions.rota import why_not_plan_rota
from stations.queries.planning import Draft, drawn


class Command(BaseCommand):
    """排轮值, by an operator at the server, in nobody's name; twice is once."""

    help = "看一年的轮值怎么排，加 --apply 写入；最后一行是 JSON。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, help="哪一年的")
        parser.add_argument("--apply", action="store_true", help="写入，不加只看")

    def handle(self, *args: Any, **options: Any) -> None:
        """Without --apply nothing is written; what stands is kept either way."""
        began, today, year = perf_counter(), clock.today(), options["year"]
        if reason := why_not_plan_rota(SYSTEM, year, today=today):
            raise CommandError(reason)
        if options["apply"]:
            found = rota.plan_rota(year=year, by=SYSTEM, today=today)
        else:
            found = drawn(year, today)
        seconds = perf_counter() - began
        for each in found.drafts:
            self.stdout.write(_line(each))
        even = found.evenness
        self.stdout.write(f"公平度：{even.words}")
        self.stdout.write(
            f"{'已写入' if options['apply'] else '只看，没有写入'}：新排 {found.fresh} 班，"
            f"原有 {found.slots - found.fresh} 班照旧。"
        )
        report = {
            "year": year,
            "applied": options["apply"],
            "stations": len(found.drafts),
            "slots": found.slots,
            "unfilled": found.unfilled,
            "max_turns": even.most,
            "min_turns": even.least,
            "spread": even.spread,
            "without_turn": even.none,
            "seconds": round(seconds, 2),
        }
        self.stdout.write(json.dumps(report, ensure_ascii=False))


def _line(draft: Draft) -> str:
    if not draft.people:
        return f"{draft.station}\t没有进驻代表，{sum(draft.unfilled.values())} 个位子空着"
    short = sum(draft.unfilled.values())
    words = f"，缺 {short} 人次" if short else ""
    return f"{draft.station}\t{draft.people} 人\t{draft.evenness.words}{words}"
