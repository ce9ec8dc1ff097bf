"""会场码: six figures that the screen shows for some seconds, drawn from the hour and our key.

Nothing is stored: the server can draw the code of any moment, nobody else one that is to come.
"""

from datetime import UTC, datetime

from django.utils.crypto import salted_hmac

FIGURES = 6


def step_at(moment: datetime, seconds: int) -> int:
    """Which of the spans of so many seconds a moment falls in."""
    return int(moment.timestamp()) // seconds


def begins(step: int, seconds: int) -> datetime:
    """When the code of this span comes up."""
    return datetime.fromtimestamp(step * seconds, UTC)


def drawn(activity: int, step: int, seconds: int) -> str:
    """The code of one activity in one span."""
    words = f"{activity} {seconds} {step}"
    digest = salted_hmac("stations.screen_codes", words, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8]) % 10**FIGURES:0{FIGURES}d}"


def shown_at(
    activity: int, code: str, at: datetime, opens: datetime, closes: datetime, seconds: int
) -> datetime | None:
    """When the screen showed this code, nearest to `at`; None when it never has.

    The code of that moment first, the one before, the next (clocks differ), then back to the first.
    """
    first, last = step_at(opens, seconds), step_at(closes, seconds)
    now = min(max(step_at(at, seconds), first), last)
    for step in (now, now - 1, now + 1, *range(now - 2, first - 1, -1)):
        if first <= step <= last and drawn(activity, step, seconds) == code:
            return begins(step, seconds)
    return None
