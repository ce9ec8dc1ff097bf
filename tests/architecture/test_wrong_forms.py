"""422 is what a wrong form answers, everywhere; 400 is for an address no page leads to."""

import re
from pathlib import Path

from django.conf import settings

APPS = ("congress", "deputies", "proposals", "stations", "scoring")
OF_ADDRESSES = {
    "congress/shared/middleware.py",
    "congress/shared/views.py",
    "scoring/views/board.py",
    "scoring/views/points.py",
}
STATUS = re.compile(r"(?:status\w*\s*=|return|else|,)\s*(4(?:00|22))\b|\b(4(?:00|22)) if\b")


def test_no_module_has_a_number_of_its_own_for_a_wrong_form():
    root = Path(settings.BASE_DIR)
    said = {
        (str(path.relative_to(root)), "".join(each))
        for app in APPS
        for path in root.joinpath(app).rglob("*.py")
        if "migrations" not in path.parts and "demo" not in path.parts
        for each in STATUS.findall(path.read_text())
    }
    assert {(path, code) for path, code in said if code == "422"} == set()
    assert {path for path, _ in said} == OF_ADDRESSES
