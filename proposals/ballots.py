"""评价单: what a deputy says of a reply, sealed for the database and committed to in the trail."""

import json
import secrets
from collections.abc import Mapping
from typing import NamedTuple

from congress.shared import sealing
from proposals.rating_states import Fulfilment, Satisfaction

NONCE = 32
UNREADABLE = "这张评价单打不开，没有当作任何一种评价，请系统管理员核对评价密钥"
"""The office is told, and whom to ask; it stands for no grade and not for 未评价."""
ITS_AUTHOR_READS = "这张评价单打不开，没有当作任何一种评价，请告诉{}，由他们核对评价密钥"
"""Whom a deputy knows: the office of the congress, never an administrator."""
VOID_THEM = "密钥确实找不回来的，在“打不开的评价”里申请作废。"
"""What the office can do about it, and nobody else."""


class Ballot(NamedTuple):
    """办理态度, 办理结果, each ask by its row number, and words."""

    process: Satisfaction
    result: Satisfaction
    asks: Mapping[int, Fulfilment]
    words: str

    @property
    def unsatisfied(self) -> bool:
        return Satisfaction.UNSATISFIED in (self.process, self.result)


class Place(NamedTuple):
    """Where a ballot belongs: a reply, its author, and which of theirs it is."""

    reply: int
    deputy: int
    number: int

    def __str__(self) -> str:
        return f"proposals.rating/{self.reply}/{self.deputy}/{self.number}"


class FulfilmentBallot(NamedTuple):
    """兑现情况, and words."""

    grade: Satisfaction
    words: str


class FulfilmentPlace(NamedTuple):
    """Where it belongs: a reply, its author, and which of theirs it is."""

    reply: int
    deputy: int
    number: int

    def __str__(self) -> str:
        return f"proposals.fulfilmentrating/{self.reply}/{self.deputy}/{self.number}"


class KeptFulfilment(NamedTuple):
    """What its row keeps beside its receipt, which comes of the commitment."""

    key_version: int
    sealed: bytes
    commitment: str


class Kept(NamedTuple):
    """What the row keeps: nothing of it tells a value."""

    key_version: int
    sealed: bytes
    commitment: str
    code: str


def keep(ballot: Ballot, place: Place) -> Kept:
    """Sealed at its place; the commitment is over place, values and a nonce that is sealed too."""
    sealed, bound = _bind(_written(ballot), place)
    return Kept(*sealed, bound, sealing.code_of(bound))


def keep_fulfilment(ballot: FulfilmentBallot, place: FulfilmentPlace) -> KeptFulfilment:
    """As `keep`, of how what was promised was done."""
    said = {"grade": ballot.grade.value, "words": ballot.words}
    sealed, bound = _bind(json.dumps(said, ensure_ascii=False), place)
    return KeptFulfilment(*sealed, bound)


def read_fulfilment(kept: sealing.Sealed, place: FulfilmentPlace) -> FulfilmentBallot:
    """As `read`, of the same."""
    said = json.loads(sealing.unseal(kept, str(place))[NONCE:])
    return FulfilmentBallot(Satisfaction(said["grade"]), said["words"])


def read(kept: sealing.Sealed, place: Place) -> Ballot:
    """The ballot as it was given; `UnreadableSeal` when anything about it is not as it was."""
    said = json.loads(sealing.unseal(kept, str(place))[NONCE:])
    return Ballot(
        Satisfaction(said["process"]),
        Satisfaction(said["result"]),
        {int(ask): Fulfilment(mark) for ask, mark in said["asks"].items()},
        said["words"],
    )


def is_committed(kept: sealing.Sealed, place: Place | FulfilmentPlace, commitment: str) -> bool:
    """Whether the trail's commitment is to this very ballot."""
    opened = sealing.unseal(kept, str(place))
    words = opened[NONCE:].decode()
    return sealing.commitment(opened[:NONCE], f"{place}\n{words}".encode()) == commitment


def sealed_anew(kept: sealing.Sealed, place: Place | FulfilmentPlace) -> sealing.Sealed:
    """The same ballot and nonce under the newest key: commitment and code go on holding."""
    return sealing.seal(sealing.unseal(kept, str(place)), str(place))


def _bind(words: str, place: Place | FulfilmentPlace) -> tuple[sealing.Sealed, str]:
    nonce = secrets.token_bytes(NONCE)
    bound = sealing.commitment(nonce, f"{place}\n{words}".encode())
    return sealing.seal(nonce + words.encode(), str(place)), bound


def _written(ballot: Ballot) -> str:
    """One spelling for one ballot."""
    asks = {str(ask): mark.value for ask, mark in sorted(ballot.asks.items())}
    said = {"process": ballot.process.value, "result": ballot.result.value}
    return json.dumps(said | {"asks": asks, "words": ballot.words}, ensure_ascii=False)
