"""`DB_LOGIN=owner ./manage.py reseal_ratings`: all ratings under the newest key."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from congress.shared import sealing
from proposals import ballots
from proposals.models import FulfilmentRating, Rating


class Command(BaseCommand):
    """评价换钥: the app's own role may not change a rating, so only the owner's login can."""

    help = "Seal every rating under the newest of RATING_KEYS (needs DB_LOGIN=owner)."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """All or none: one that does not open stops it, and nothing has changed."""
        newest, done = sealing.newest_key(), 0
        for rows in (Rating.objects.all(), FulfilmentRating.objects.all()):
            for row in rows.exclude(key_version=newest).order_by("pk").iterator():
                key, data = ballots.sealed_anew(row.kept, row.place)
                rows.filter(pk=row.pk).update(key_version=key, sealed=data)
                done += 1
        self.stdout.write(f"{done} sealed under key {newest}")
