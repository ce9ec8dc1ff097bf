"""计票, pure: what six figures of ballots must be to each other, and what they come to."""

from typing import NamedTuple

NAMES = ("发出", "收回", "满意", "基本满意", "不满意", "弃权或无效")
MOST = 32767


class Ballots(NamedTuple):
    """One deputy's ballots at one meeting, in the order in which a sheet has them."""

    sent: int
    returned: int
    satisfied: int
    fair: int
    unsatisfied: int
    blank: int

    @property
    def valid(self) -> int:
        """有效票: returned, without 弃权 and 无效."""
        return self.returned - self.blank

    @property
    def content(self) -> int:
        """满意和基本满意."""
        return self.satisfied + self.fair


def slip(of: Ballots) -> str:
    """Why these figures cannot be so, in a sentence; empty when they can."""
    if min(of) < 0 or max(of) > MOST:
        return f"票数填 0 到 {MOST} 之间的整数。"
    if not of.sent:
        return "发出的票数不能是 0；没有测评就六格都空着。"
    if of.returned > of.sent:
        return f"收回 {of.returned} 票，多于发出的 {of.sent} 票。"
    added = of.satisfied + of.fair + of.unsatisfied + of.blank
    if added != of.returned:
        return f"四项加起来是 {added} 票，收回的是 {of.returned} 票，对不上。"
    return ""


def percent(content: int, valid: int) -> str:
    """97.8%: of the valid ballots; rounded down, so that no threshold is reached on paper alone."""
    whole, part = divmod(content * 1000 // valid, 10)
    return f"{whole}.{part}%"
