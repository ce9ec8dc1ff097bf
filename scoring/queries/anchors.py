"""链首: the heads that were written down, on monthly sheets and in every run, against the chain."""

from collections.abc import Iterator
from itertools import chain as one_after_another

from django.utils import timezone

from congress.shared import chain
from congress.shared.chain import Head
from congress.shared.models import Seal
from scoring.models import LedgerAnchor, LedgerAudit

TRAIL = "ledger"


def fault() -> str:
    """The lowest kept head that is not on the chain; empty when all of them are."""
    known = sorted(_kept(), key=lambda kept: kept[0].number)
    numbers = {head.number for head, _ in known}
    seals = Seal.objects.filter(trail=TRAIL, number__in=numbers)
    digests = dict(seals.values_list("number", "digest"))
    held = 0
    for head, where in known:
        if head.number == 0:
            continue
        found = digests.get(head.number)
        if found is None:
            return f"第 {held} 号以后的封签被截去：{where}记有第 {head.number} 号，链上没有"
        if found != head.digest:
            return f"第 {held} 号以后的封签被重做：{where}记的第 {head.number} 号摘要与链上不同"
        held = head.number
    return ""


def _kept() -> Iterator[tuple[Head, str]]:
    sheets = LedgerAnchor.objects.values_list("head_number", "head_digest", "month")
    runs = LedgerAudit.objects.values_list("head_number", "head_digest", "at")
    return one_after_another(
        ((Head(n, d), f"{on.year} 年 {on.month} 月积分月报") for n, d, on in sheets),
        ((Head(n, d), f"{timezone.localtime(at):%Y-%m-%d %H:%M} 查账") for n, d, at in runs),
    )


def why_not_printed(number: int, digest: str) -> str | None:
    """核对: why the head on a sheet of paper is not this ledger's; spaces in it say nothing."""
    if number < 1:
        return "请写封签的号码，它是一个正整数。"
    plain = "".join(digest.split()).lower()
    if len(plain) != len(chain.START) or set(plain) - set("0123456789abcdef"):
        return "摘要应是 64 位，只有数字和字母 a 到 f。请对着月报再抄一遍。"
    return chain.why_not_head(TRAIL, Head(number, plain))
