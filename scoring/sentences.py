"""Sentences about people, said the same way everywhere."""

from collections.abc import Sequence

NAMED = 5


def listed(names: Sequence[str], most: int = NAMED) -> str:
    """The first few names, and how many in all."""
    said = "、".join(names[:most])
    return said if len(names) <= most else f"{said}等 {len(names)} 人"
