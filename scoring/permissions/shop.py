"""积分超市: who runs a station's shop, and when a gift may come, go or be lost."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.names import says_something
from congress.shared.roles import Role
from scoring.models import Gift, WriteOff
from stations.models import Station
from stations.states import StationState

LONGEST_REASON = 100


def runs_shop(by: Actor, station: Station) -> bool:
    """谁的站谁管: its keeper, the township's 人大 in the keeper's place, the deputies' office."""
    if by.is_a(Role.KEEPER):
        return by.same_person(station.keeper_id)
    if by.is_a(Role.TOWNSHIP_CLERK):
        return by.area_id == station.area_id
    return by.at_deputy_office


def why_not_run(by: Actor, station: Station) -> str | None:
    """The reason somebody does nothing at this station's counter."""
    if runs_shop(by, station):
        return None
    return f"{station.name}的积分超市由本站站长、所在乡镇人大或代工委办理。"


def why_no_reason(reason: str, missing: str) -> str | None:
    """What two people do or take back is never without a word."""
    if not says_something(reason):
        return missing
    long = len(reason.strip()) > LONGEST_REASON
    return f"最多 {LONGEST_REASON} 个字，请精简一些。" if long else None


def why_not_offer_gift(by: Actor, station: Station, name: str = "") -> str | None:
    """上架: at a station that stands, no name twice."""
    if no := why_not_run(by, station):
        return no
    if station.state == StationState.CLOSED:
        return f"{station.name}已经撤并，不再上架奖品。"
    if name and Gift.objects.filter(station=station, name=name, withdrawn_at=None).exists():
        return f"{station.name}已经有“{name}”，来了货请在它那一行登记进货。"
    return None


def why_not_stock_gift(by: Actor, gift: Gift) -> str | None:
    """进货: of what is still offered."""
    if no := why_not_run(by, gift.station):
        return no
    return f"“{gift.name}”已经下架，不再进货。" if gift.withdrawn_at else None


def why_not_withdraw_gift(by: Actor, gift: Gift) -> str | None:
    """下架: once; what was reserved is still handed out."""
    if no := why_not_run(by, gift.station):
        return no
    return f"“{gift.name}”已经下架。" if gift.withdrawn_at else None


def why_not_offer_again(by: Actor, gift: Gift) -> str | None:
    """重新上架: of what was withdrawn, at a station that stands, while no other has its name."""
    if no := why_not_run(by, gift.station):
        return no
    if not gift.withdrawn_at:
        return f"“{gift.name}”正在兑换，没有下架。"
    return why_not_offer_gift(by, gift.station, gift.name)


def why_not_count_gift(by: Actor, gift: Gift, counted: int | None = None) -> str | None:
    """盘点: by whoever runs the counter; what somebody waits for is not counted away."""
    if no := why_not_run(by, gift.station):
        return no
    if gift.write_offs.waiting().exists():
        return "有报损在等另一位复核，复核以后再盘点。"
    if counted is None or counted >= gift.held:
        return None
    return f"“{gift.name}”有 {gift.held} 件已经预留。少于这个数的，先在待领取里取消几件，再盘点。"


def why_not_ask_write_off(by: Actor, gift: Gift, count: int | None = None) -> str | None:
    """提出报损: no more than nobody has reserved."""
    if no := why_not_run(by, gift.station):
        return no
    return None if count is None else _why_not_so_many(gift, count)


def why_not_write_off(by: Actor, row: WriteOff, gift: Gift) -> str | None:
    """复核报损: by another person, while so many are there."""
    if no := why_not_run(by, gift.station) or _why_ended(row):
        return no
    if by.same_person(row.asked_by_id):
        return "报损要两个人：您提出的，请另一位办理的人复核。"
    return _why_not_so_many(gift, row.count)


def why_not_drop_write_off(by: Actor, row: WriteOff) -> str | None:
    """不报损了: whoever asked takes it back, or the other does not agree."""
    return why_not_run(by, row.gift.station) or _why_ended(row)


def _why_ended(row: WriteOff) -> str | None:
    if row.confirmed_at:
        return "这次报损已经复核。"
    return "这次报损已经撤下。" if row.dropped_at else None


def _why_not_so_many(gift: Gift, count: int) -> str | None:
    if count <= gift.left:
        return None
    return f"“{gift.name}”没有预留的只有 {gift.left} 件，不能报损 {count} 件。"


def why_not_on_offer(gift: Gift, today: date) -> str | None:
    """What keeps everybody from reserving this gift today, but for its number."""
    if gift.withdrawn_at or gift.station.state == StationState.CLOSED:
        return f"“{gift.name}”已经下架。"
    if today < gift.offered_from:
        return f"“{gift.name}”从 {gift.offered_from:%-m 月 %-d 日}起才能兑换。"
    if gift.offered_until and today > gift.offered_until:
        return f"“{gift.name}”的兑换到 {gift.offered_until:%-m 月 %-d 日}为止。"
    return None
