"""一码二亮: codes, pledges and voters' messages in each of their states, by the real verbs."""

from congress.shared.actors import SYSTEM
from deputies.actions import messages
from deputies.actions.messages import Letter, Promise
from deputies.models import Message, Pledge
from deputies.states import Measure, MessageState
from tests import make

TODAY = make.TODAY
LETTER = Letter("桃园村四组的路灯坏了两个月", "桃园村四组", "罗大姐", "13987654321")


def sent(deputy=None, *, letter=LETTER, origin="here", today=TODAY) -> Message:
    return messages.send_message(
        deputy or make.deputy(), letter=letter, origin=origin, by=SYSTEM, today=today
    )


def answered(message=None, by=None) -> Message:
    one = message or sent()
    return messages.answer_message(
        one, answer="已报修，周五前修好。", by=by or make.as_deputy(one.deputy), today=TODAY
    )


def closed(message=None, by=None) -> Message:
    one = message or sent()
    return messages.close_message(
        one, reason="个人案件请走诉讼渠道。", by=by or make.as_deputy(one.deputy), today=TODAY
    )


def raised(message=None) -> Message:
    one = message or sent()
    return messages.raised(one, by=make.as_deputy(one.deputy), today=TODAY)


def pledged(deputy=None, *texts, by=None) -> list[Pledge]:
    one = deputy or make.deputy()
    said = [Promise(text) for text in texts] or [Promise("每月走访", Measure.CONTACTS, 12)]
    return messages.pledge(one, promises=said, by=by or make.as_deputy(one), today=TODAY)


IN_STATE = {
    MessageState.SENT: sent,
    MessageState.ANSWERED: answered,
    MessageState.RAISED: raised,
    MessageState.CLOSED: closed,
}
