"""关注: whoever has an address may, of what is public; not more often than a person would ask."""

from datetime import date, datetime, timedelta

from congress.shared.models import Area, Organisation
from proposals.models import Proposal, Watch, WatchAsk
from proposals.rules import WATCH_CONFIRM_DAYS, WATCH_LETTERS_A_DAY, WATCHES_AN_HOUR

Subject = Proposal | Organisation | Area | None
"""What somebody follows: one proposal, a unit's, a township's; None for all of them."""


def why_not_watch(subject: Subject, origin: str, *, now: datetime, today: date) -> str | None:
    """关注: of what everybody may read, and not without end from one place."""
    public = Proposal.objects.open_to_public()
    if isinstance(subject, Proposal) and not public.filter(pk=subject.pk).exists():
        return "这件建议现在不在公开之列，不能关注。"
    asked = WatchAsk.objects.within_an_hour(now).filter(origin=origin)
    if asked.count() >= WATCHES_AN_HOUR.on(today):
        return "您刚才已经要求关注多次，请一小时以后再试，或者用 Atom 订阅，不用留邮箱。"
    return None


def letters_enough(to: str, *, today: date) -> bool:
    """Whether this address has been written to often enough today; told to nobody who asks."""
    return WatchAsk.objects.filter(to=to).count() >= WATCH_LETTERS_A_DAY.on(today)


def why_not_confirm_watch(watch: Watch, *, now: datetime, today: date) -> str | None:
    """确认关注: by whoever has the letter, as long as the link holds."""
    days = timedelta(days=WATCH_CONFIRM_DAYS.on(today))
    if watch.confirmed_at is None and watch.asked_at < now - days:
        return "这封确认信已经过期，邮箱已经删除。需要的话请重新关注。"
    return None
