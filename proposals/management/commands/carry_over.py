"""`./manage.py carry_over YEAR [--apply] [--foster]`: what is open of a year goes on."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from congress.shared import clock
from congress.shared.actors import SYSTEM
from congress.shared.errors import Refused
from congress.shared.models import Assembly
from congress.shared.workflow import lock
from proposals.actions.carrying import carry
from proposals.permissions.carrying import why_too_early
from proposals.queries.carrying import year_of

FIRST_YEAR = 2000


class Command(BaseCommand):
    """结转, by an operator at the server, in nobody's name; twice is once."""

    help = "看一年没有办完的建议，加 --apply 结转到下一年；最后一行是 JSON。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, help="哪一年的")
        parser.add_argument("--apply", action="store_true", help="写入，不加只看")
        parser.add_argument("--foster", action="store_true", help="连同排在最前的接续代表一起定")
        parser.add_argument("--assembly", type=int, help="哪一级人大的编号，默认县人大")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """All or none; without --apply nothing is written."""
        today, year = clock.today(), options["year"]
        if not FIRST_YEAR <= year <= today.year:
            raise CommandError(f"年份应在 {FIRST_YEAR} 到 {today.year} 之间。")
        rows = Assembly.objects.select_related("level", "area")
        wanted = {"pk": options["assembly"]} if options["assembly"] else {"level__code": "county"}
        assembly = rows.filter(**wanted).first()
        if assembly is None:
            raise CommandError("没有这一级人民代表大会。")
        if options["apply"]:
            assembly = lock(assembly)  # nobody else carries over between the count and the act
        found = year_of(assembly, year, today)
        picked = {each.proposal.pk: each.choices[0] for each in found.fosters if each.choices}
        chosen = picked if options["foster"] else {}
        new = found.new
        if options["apply"]:
            if reason := why_too_early(assembly, year, today):
                raise CommandError(reason)
            if new or chosen:
                try:
                    said = {"year": year, "by": SYSTEM, "today": today, "fosters": chosen}
                    new = len(carry(assembly, **said))
                except Refused as no:
                    raise CommandError(no.reason) from no
        for each in found.lines:
            words = (each.proposal.number, each.proposal.title, each.open.reason.label)
            self.stdout.write("\t".join((*words, each.speaker.words)))
        report = {
            "year": year,
            "applied": options["apply"],
            "tried": len(found.lines),
            "carried": new,
            "fostered": len(chosen),
            "already": found.carried,
            "need_foster": len(found.fosters) - len(chosen),
        }
        self.stdout.write(json.dumps(report, ensure_ascii=False))
