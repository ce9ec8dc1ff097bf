"""Which lines of some source files a test reaches."""

import sys
import threading
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


class Reach:
    """The lines reached so far, by file; of other files nothing is noted."""

    def __init__(self, files: Collection[str]) -> None:
        self.files = files
        self.lines: defaultdict[str, set[int]] = defaultdict(set)

    def _enter(self, frame: FrameType, event: str, value: object) -> Any:
        return self._line if frame.f_code.co_filename in self.files else None

    def _line(self, frame: FrameType, event: str, value: object) -> Any:
        self.lines[frame.f_code.co_filename].add(frame.f_lineno)
        return self._line

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Inside the block every line that any thread comes to is noted."""
        threading.settrace(self._enter)
        sys.settrace(self._enter)
        try:
            yield
        finally:
            sys.settrace(None)
            threading.settrace(None)  # type: ignore[arg-type]  # None ends it
