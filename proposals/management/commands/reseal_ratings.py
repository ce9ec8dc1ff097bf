"""`DB_LOGIN=owner ./manage.py reseal_ratings`: all ratings under the newest key."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from congress.shared import sealing
from proposals import ballots
from proposals.models import FulfilmentRating, Rating, RatingVoiding


class Command(BaseCommand):
    """评价换钥: the app's own role may not change a rating, so only the owner's login can."""

    help = "Seal every rating under the newest of RATING_KEYS (needs DB_LOGIN=owner)."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """What does not open stays as it is, is counted by its key and holds up no other.

        What is void is counted no more, as in `check_rating_keys`; if it opens it is sealed anew.
        """
        newest, done = sealing.newest_key(), 0
        void = set(RatingVoiding.objects.agreed().values_list("rating", flat=True))
        lost: Counter[int] = Counter()
        for rows in (Rating.objects.all(), FulfilmentRating.objects.all()):
            for row in rows.exclude(key_version=newest).order_by("pk").iterator():
                try:
                    key, data = ballots.sealed_anew(row.kept, row.place)
                except sealing.UnreadableSeal:
                    if not (isinstance(row, Rating) and row.pk in void):
                        lost[row.key_version] += 1
                    continue
                rows.filter(pk=row.pk).update(key_version=key, sealed=data)
                done += 1
        self.stdout.write(f"{done} sealed under key {newest}")
        for version, count in sorted(lost.items()):
            self.stdout.write(
                f"用第 {version} 版密钥密封的 {count} 张评价单打不开，没有换："
                "确实找不回原来的密钥，再去掉这一版。"
            )
