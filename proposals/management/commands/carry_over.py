"""`./manage.py carry_over YEAR [--apply] [--foster]`: what is open of a year goes on."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from congress.shared import clock
from congress.shared.actors import SYSTEM
from congress.shared.models import Assembly
from congress.shared.workflow import lock
from proposals.actions.carrying import carry
from proposals.permissions.carrying import why_too_early
from proposals.queries.carrying import year_of


class Command(BaseCommand):
    """结转, by an operator at the server, in nobody's name; twice is once."""

    help = "Show what is open of a year, or carry it over; the last line is a JSON object."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--apply", action="store_true", help="carry over, not only show")
        parser.add_argument(
            "--foster", action="store_true", help="name the foster that is proposed first, too"
        )
        parser.add_argument("--assembly", type=int, help="another congress than the county's")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """All or none; without --apply nothing is written."""
        today, year = clock.today(), options["year"]
        rows = Assembly.objects.select_related("level", "area")
        wanted = {"pk": options["assembly"]} if options["assembly"] else {"level__code": "county"}
        assembly = rows.filter(**wanted).first()
        if assembly is None:
            raise CommandError("没有这一级人民代表大会。")
        found = year_of(assembly, year, today)
        picked = {each.proposal.pk: each.choices[0] for each in found.fosters if each.choices}
        chosen = picked if options["foster"] else {}
        if options["apply"]:
            if reason := why_too_early(assembly, year, today):
                raise CommandError(reason)
            if found.new or chosen:
                carry(lock(assembly), year=year, by=SYSTEM, today=today, fosters=chosen)
        for each in found.lines:
            words = (each.proposal.number, each.proposal.title, each.open.reason.label)
            self.stdout.write("\t".join((*words, each.speaker.words)))
        report = {
            "year": year,
            "applied": options["apply"],
            "tried": len(found.lines),
            "carried": found.new,
            "fostered": len(chosen),
            "already": found.carried,
            "need_foster": len(found.fosters) - len(chosen),
        }
        self.stdout.write(json.dumps(report, ensure_ascii=False))
