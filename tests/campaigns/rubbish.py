"""Every piece of rubbish at every address for everybody, of which the suite takes a ninth."""

from typing import Any

from tests.campaigns.samples import whole


def run(number: int, seed: int) -> dict[str, Any]:
    """All there is: neither a number nor a seed matters."""
    return {"campaign": "rubbish"} | whole("tests/shared/test_garbage.py", "RUBBISH")
