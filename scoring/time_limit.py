"""A limit on one piece of work within a longer run."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN = 5
"""Seconds after which it is said once more, were it swallowed somewhere."""


class TooLong(Exception):
    """The work took longer than it may."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """`TooLong` in the middle of the work after so many seconds; none beside the main thread.

    A call that never comes back into Python is ended by the task's own limit alone.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    began, handler = time.monotonic(), signal.signal(signal.SIGALRM, _tell)
    left, every = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if left:  # somebody else's limit goes on
            signal.setitimer(
                signal.ITIMER_REAL, max(0.001, left - (time.monotonic() - began)), every
            )


def _tell(_number: int, _frame: FrameType | None) -> None:
    raise TooLong
