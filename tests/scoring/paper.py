"""A duty file of one line in place of the real one, which takes half a second to draw."""

import time
from collections import Counter

from scoring import tasks


class Press:
    """Prints the facts of a file in one line; jammed for whom a test says."""

    def __init__(self):
        self.jams = {}
        self.hangs = set()
        self.tried = Counter()

    def breaks_for(self, name, fault):
        self.jams[name] = fault

    def hangs_for(self, name):
        self.hangs.add(name)

    def mended(self):
        self.jams.clear()
        self.hangs.clear()

    def print(self, file, *, made_at):
        name = file.person.name
        self.tried[name] += 1
        while name in self.hangs:
            time.sleep(0.01)
        if name in self.jams:
            raise self.jams[name]
        return f"%PDF {file.number} {name} {made_at:%F %T} /Type /Pages /Count 5 >>".encode()


def press(monkeypatch) -> Press:
    """From now on the yearly run prints on this one."""
    made = Press()
    monkeypatch.setattr(tasks, "duty_file_pdf", made.print)
    return made
