"""`./manage.py check_rating_keys`: whether RATING_KEYS open what the database has sealed."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from proposals.models import FulfilmentRating, Rating

TRIED = 3
"""Of each key and kind so many of the newest: one that is broken by itself stops no start."""


class Command(BaseCommand):
    """评价密钥: under a key that does not fit, what is sealed from now on would be lost as well."""

    help = "核对评价密钥和库里密封的评价；对不上的不启动。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Nothing is said where they fit; a version that is missing is named, a wrong one stops."""
        found = _found()
        for version, (count, opens) in sorted(found.items()):
            if version not in settings.RATING_KEYS:
                self.stdout.write(
                    f"没有第 {version} 版评价密钥，用它密封的 {count} 张评价单打不开，其他照常。"
                    "请把这一版密钥加回 RATING_KEYS（本机是 .var/rating.keys）。"
                )
            elif not opens:
                raise CommandError(
                    f"评价密钥和数据库对不上：第 {version} 版密钥打不开"
                    f"用它密封的 {count} 张评价单。请换回原来的密钥再启动："
                    "本机是 .var/rating.keys（从原来的目录拷过来），"
                    "部署的是 .env 里的 RATING_KEYS，备份在代工委的保险柜。"
                    f"确实找不回来的，把现在的密钥改为第 {max(found) + 1} 版："
                    "以前的评价不能再读，没有公布的不能再公布，以后的照常。"
                    "本机只是演示、数据可以不要的，运行 make clean 全部清掉，再 make run。"
                )


def _found() -> dict[int, tuple[int, bool]]:
    """Of each version of the key how many are sealed with it, and whether it opens any tried."""
    found: dict[int, tuple[int, bool]] = {}
    for rows in (Rating.objects.all(), FulfilmentRating.objects.all()):
        for version in rows.order_by().values_list("key_version", flat=True).distinct():
            under = rows.filter(key_version=version).order_by("-pk")
            count, opens = found.get(version, (0, False))
            opens = opens or any(each.legible for each in under[:TRIED])
            found[version] = (count + under.count(), opens)
    return found
