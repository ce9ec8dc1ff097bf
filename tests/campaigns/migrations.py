"""Every migration undone to the first and done again, of which the suite takes the newest."""

from typing import Any

from tests.campaigns.samples import whole


def run(number: int, seed: int) -> dict[str, Any]:
    """All there is: neither a number nor a seed matters."""
    return {"campaign": "migrations"} | whole("tests/architecture/test_migrations.py", "MIGRATIONS")
