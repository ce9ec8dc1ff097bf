"""分工, pure: which unit takes which part, how, and for how many months."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from congress.shared.models import Organisation
from proposals.states import OPINING, UnitRole


class Share(NamedTuple):
    """One unit's part; without asks it answers for all of them. `months` 0 means the usual."""

    unit: Organisation
    role: UnitRole
    asks: Collection[int] = ()
    months: int = 0


def in_order(shares: Sequence[Share]) -> list[Share]:
    """主办 first, then 分办, then who only gives an opinion, each in the order given."""
    rank = {UnitRole.LEAD: 0, UnitRole.SEPARATE: 1, UnitRole.JOINT: 2, UnitRole.ASSISTING: 3}
    return sorted(shares, key=lambda share: rank[UnitRole(share.role)])


def why_not_share(shares: Sequence[Share], asks: Collection[int]) -> str | None:
    """Somebody answers, nobody twice, no ask without its unit.

    One unit leads, or at least two answer separately; beside a lead each of those has its own
    asks; opinions need a lead unit to go to.
    """
    if len({share.unit.pk for share in shares}) < len(shares):
        return "同一个单位只能有一种办理方式。"
    leads = [share for share in shares if share.role == UnitRole.LEAD]
    apart = [share for share in shares if share.role == UnitRole.SEPARATE]
    if len(leads) > 1:
        return "一件建议只能有一个主办单位，几家各办各的请选分办。"
    if not leads and not apart:
        return "请定一个主办单位，或者至少两个分办单位。"
    if not leads and len(apart) < 2:
        return "分办要有两个以上单位；只有一个单位请选主办。"
    if not leads and any(share.role in OPINING for share in shares):
        return "会办、协办意见要送给主办单位，请先定一个主办单位。"
    idle = next((share for share in apart if leads and len(asks) > 1 and not share.asks), None)
    if idle:
        return (
            f"有主办单位时，分办单位只答复分给它的那几条。请在“逐条定由谁答复”里给"
            f"{idle.unit.name}选好，或者改选会办、协办。"
        )
    covered = {ask for share in [*leads, *apart] for ask in share.asks or asks}
    if missing := set(asks) - covered:
        return f"还有 {len(missing)} 条请求没有单位答复。"
    return None


def in_words(shares: Sequence[Share]) -> str:
    """交县交通运输局主办，县财政局、县水利局协办."""
    parts = []
    for role in UnitRole:
        names = "、".join(share.unit.name for share in shares if share.role == role)
        if names:
            parts.append(f"{names}{role.label}")
    return f"交{'，'.join(parts)}"
