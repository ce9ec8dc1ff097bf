"""办理经过: every event of a proposal's trail by its type, and who may read of it.

One table for page, feed, export, mail and log: what stands here for nobody is shown to nobody.
Words come from the records themselves, never from the trail's notes, so that nothing typed for one
reader reaches another.
"""

from collections.abc import Mapping
from enum import Flag, auto
from typing import NamedTuple

from proposals.states import Stage, State


class Reader(Flag):
    """In what part somebody reads; the desk may read all of it."""

    PUBLIC = auto()
    SIGNER = auto()
    LEAD = auto()
    UNIT = auto()
    DESK = auto()


EVERYBODY = Reader.PUBLIC | Reader.SIGNER | Reader.LEAD | Reader.UNIT | Reader.DESK
DEPUTIES = Reader.SIGNER | Reader.LEAD | Reader.DESK
PARTIES = DEPUTIES | Reader.UNIT
HANDLERS = Reader.UNIT | Reader.DESK
BOTH_SIDES = Reader.LEAD | Reader.UNIT | Reader.DESK


class Event(NamedTuple):
    """One type: its word, the character that seals it, whose colour it wears, who reads of it."""

    word: str
    seal: str
    colour: str
    readers: Reader


EVENTS: Mapping[str, Event] = {
    State.SIGNING: Event("征集附议", "征", "gold", DEPUTIES),
    State.SUBMITTED: Event("提出", "提", "gold", EVERYBODY),
    "cosigned": Event("附议", "附", "gold", DEPUTIES),
    "signature_withdrawn": Event("撤回附议", "撤", "gold", DEPUTIES),
    "reworded": Event("修改正文", "改", "gold", DEPUTIES),
    State.RETURNED: Event("退回修改", "退", "red", DEPUTIES),
    State.ACCEPTED: Event("审查", "审", "red", EVERYBODY),
    "split": Event("拆分请求", "拆", "red", Reader.LEAD | Reader.DESK),
    State.REFUSED: Event("不予受理", "止", "red", DEPUTIES),
    State.LETTER: Event("转作来信", "转", "red", DEPUTIES),
    State.MERGED: Event("并案办理", "并", "red", EVERYBODY),
    "took_in": Event("并入另一件", "并", "red", EVERYBODY),
    State.REHEARSED: Event("预交办", "预", "red", HANDLERS),
    State.ASSIGNED: Event("交办", "交", "red", EVERYBODY),
    **{f"met_{stage.value}": Event(stage.label, "见", "ink", EVERYBODY) for stage in Stage},
    **{
        f"confirmed_{stage.value}": Event(f"确认{stage.label}", "认", "ink", BOTH_SIDES)
        for stage in Stage
    },
    **{
        f"denied_{stage.value}": Event(f"不认可{stage.label}", "否", "ink", BOTH_SIDES)
        for stage in Stage
    },
    **{
        f"waived_{stage.value}": Event(f"免去{stage.label}", "免", "gold", EVERYBODY)
        for stage in Stage
    },
    "replied": Event("又一次答复", "答", "blue", PARTIES),
    State.ANSWERED: Event("答复", "答", "blue", EVERYBODY),
    State.PUBLISHED: Event("公开", "公", "red", EVERYBODY),
    State.WITHDRAWN: Event("撤回", "撤", "gold", PARTIES),
}


def read_by(reader: Reader) -> frozenset[str]:
    """The types of which somebody in this part reads."""
    return frozenset(kind for kind, event in EVENTS.items() if event.readers & reader)
