"""`./manage.py check_rating_keys`: whether RATING_KEYS open what the database has sealed."""

from typing import Any, NamedTuple

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from proposals.models import FulfilmentRating, Rating

TRIED = 3
"""Of each key and kind so many of the newest and of the oldest, however many there are."""


class Command(BaseCommand):
    """评价密钥: under a key that does not fit, what is sealed from now on would be lost as well."""

    help = "核对评价密钥和库里密封的评价；对不上的不启动。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Nothing is said where they fit; a version that is missing is named, a wrong one stops.

        One that is broken by itself stops no start; what is void, or a 兑现评价 that its author has
        replaced, is asked of no key any more.
        """
        found = _found()
        for version, under in sorted(found.items()):
            if version not in settings.RATING_KEYS:
                self.stdout.write(
                    f"没有第 {version} 版评价密钥，用它密封的 {under.kept} 张评价单打不开，"
                    "其他照常。"
                    "请把这一版密钥加回 RATING_KEYS（本机是 .var/rating.keys）。"
                )
            elif under.lost == under.tried:
                raise CommandError(
                    f"评价密钥和数据库对不上：第 {version} 版密钥打不开"
                    f"用它密封的 {under.kept} 张评价单。请换回原来的密钥再启动："
                    "本机是 .var/rating.keys（从原来的目录拷过来），"
                    "部署的是 .env 里的 RATING_KEYS，备份在代工委的保险柜。"
                    f"确实找不回来的，把现在的密钥改为第 {max(found) + 1} 版："
                    "以前的评价不能再读，没有公布的要先在“打不开的评价”里作废才能公布，以后的照常。"
                    "本机只是演示、数据可以不要的，运行 make clean 全部清掉，再 make run。"
                )
            elif under.lost:
                self.stdout.write(
                    f"第 {version} 版评价密钥只打得开一部分：试了 {under.tried} 张，"
                    f"{under.lost} 张打不开。可能有一段时间这一版用过别的密钥，"
                    "请把那一把找回来，另编一版；找不回来的在“打不开的评价”里申请作废。"
                )


class Under(NamedTuple):
    """Sealed with one version: how many are kept, how many were tried, how many did not open."""

    kept: int = 0
    tried: int = 0
    lost: int = 0


def _found() -> dict[int, Under]:
    """Of each version in use the newest and the oldest of each kind, in one statement a kind."""
    found: dict[int, Under] = {}
    ratings = Rating.objects.exclude(voidings__voided_by__isnull=False)
    for rows in (ratings, FulfilmentRating.objects.standing()):
        new: dict[int, Under] = {}
        for each in _ends(rows):
            was = new.get(each.key_version, Under())
            new[each.key_version] = Under(each.many, was.tried + 1, was.lost + (not each.legible))
        for version, more in new.items():
            was = found.get(version, Under())
            found[version] = Under(*(sum(both) for both in zip(was, more, strict=True)))
    return found


def _ends(rows: "QuerySet[Any]") -> "QuerySet[Any, Any]":
    version = F("key_version")
    numbered: QuerySet[Any, Any] = rows.order_by().annotate(
        newest=Window(RowNumber(), order_by="-pk", partition_by=version),
        oldest=Window(RowNumber(), order_by="pk", partition_by=version),
        many=Window(Count("pk"), partition_by=version),
    )
    return numbered.filter(Q(newest__lte=TRIED) | Q(oldest__lte=TRIED))
