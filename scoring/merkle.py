"""年度封存: one digest for a list of files, and the short way that leads to it from one of them.

Leaves and nodes are hashed with different first bytes, so that no node can pass for a leaf; a node
without a neighbour goes up as it is (RFC 6962, 2.1).
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

LEAF, NODE = b"\x00", b"\x01"


class Turn(NamedTuple):
    """One step up: the neighbour's digest, and whether it stands on the left."""

    digest: str
    on_left: bool


def leaf(*words: object) -> str:
    """The digest of what a file is known by."""
    text = "\n".join(str(word) for word in words)
    return hashlib.sha256(LEAF + text.encode()).hexdigest()


def root(leaves: Sequence[str]) -> str:
    """The one digest that changes with any leaf, with their number and with their order."""
    if not leaves:
        return hashlib.sha256(b"").hexdigest()
    level = list(leaves)
    while len(level) > 1:
        level = _above(level)
    return level[0]


def path(leaves: Sequence[str], at: int) -> list[Turn]:
    """The neighbours from one leaf up to the root; they tell nothing of the other files."""
    turns, level = [], list(leaves)
    while len(level) > 1:
        beside = at ^ 1
        if beside < len(level):
            turns.append(Turn(level[beside], beside < at))
        level, at = _above(level), at // 2
    return turns


def climbed(digest: str, turns: Sequence[Turn]) -> str:
    """Where a leaf arrives by this way: at the root, if it is of those files."""
    for turn in turns:
        pair = (turn.digest, digest) if turn.on_left else (digest, turn.digest)
        digest = _node(*pair)
    return digest


def _above(level: Sequence[str]) -> list[str]:
    pairs = [level[at : at + 2] for at in range(0, len(level), 2)]
    return [_node(*pair) if len(pair) == 2 else pair[0] for pair in pairs]


def _node(left: str, right: str) -> str:
    return hashlib.sha256(NODE + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()
