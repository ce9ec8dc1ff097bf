"""评价单: what a deputy says of a reply, sealed for the database and committed to in the trail."""

import json
import secrets
from collections.abc import Mapping
from typing import NamedTuple

from congress.shared import sealing
from proposals.rating_states import Fulfilment, Satisfaction

NONCE = 32


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


class Kept(NamedTuple):
    """What the row keeps: nothing of it tells a value."""

    key_version: int
    sealed: bytes
    commitment: str
    code: str


def keep(ballot: Ballot, place: Place) -> Kept:
    """Sealed at its place; the commitment is over place, values and a nonce that is sealed too."""
    nonce = secrets.token_bytes(NONCE)
    words = _written(ballot)
    bound = sealing.commitment(nonce, f"{place}\n{words}".encode())
    sealed = sealing.seal(nonce + words.encode(), str(place))
    return Kept(*sealed, bound, sealing.code_of(bound))


def read(kept: sealing.Sealed, place: Place) -> Ballot:
    """The ballot as it was given; `UnreadableSeal` when anything about it is not as it was."""
    said = json.loads(sealing.unseal(kept, str(place))[NONCE:])
    return Ballot(
        Satisfaction(said["process"]),
        Satisfaction(said["result"]),
        {int(ask): Fulfilment(mark) for ask, mark in said["asks"].items()},
        said["words"],
    )


def is_committed(kept: sealing.Sealed, place: Place, commitment: str) -> bool:
    """Whether the trail's commitment is to this very ballot."""
    opened = sealing.unseal(kept, str(place))
    words = opened[NONCE:].decode()
    return sealing.commitment(opened[:NONCE], f"{place}\n{words}".encode()) == commitment


def sealed_anew(kept: sealing.Sealed, place: Place) -> sealing.Sealed:
    """The same ballot and nonce under the newest key: commitment and code go on holding."""
    return sealing.seal(sealing.unseal(kept, str(place)), str(place))


def _written(ballot: Ballot) -> str:
    """One spelling for one ballot."""
    asks = {str(ask): mark.value for ask, mark in sorted(ballot.asks.items())}
    said = {"process": ballot.process.value, "result": ballot.result.value}
    return json.dumps(said | {"asks": asks, "words": ballot.words}, ensure_ascii=False)
