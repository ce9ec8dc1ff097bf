"""存档数据: the tree that a duty file prints, as one canonical text kept and sealed beside the PDF.

The spreadsheet is made from it whenever somebody asks, so it says what was sealed and not what the
records have become. The portrait photo is left to the PDF.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from scoring.documents import DutyFile

FORM = 1
"""The number of this form, for whoever reads it in thirty years."""
LEFT_OUT = {"photo"}

Tree = dict[str, Any]


def sealed_data(file: DutyFile) -> bytes:
    """The same bytes for the same file, whatever machine writes them."""
    tree = {"form": FORM, **_plain(file)}
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_data(content: bytes) -> Tree:
    """The tree as it was sealed."""
    tree: Tree = json.loads(content)
    return tree


def _plain(value: Any) -> Any:
    """Words, whole numbers, lists and dictionaries; figures with a point stay as they are said."""
    if is_dataclass(value):
        names = (field.name for field in fields(value))
        return {name: _plain(getattr(value, name)) for name in names if name not in LEFT_OUT}
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value
