"""三问: who asks, who answers, and who says that an answer is not true to the ground."""

from congress.shared.actors import Actor
from congress.shared.names import says_something, shows_something
from congress.shared.roles import UNIT
from proposals.models import KeyAnswer, Question
from proposals.permissions.supervision import why_not_supervise
from proposals.supervision_states import QUESTION_WAITS, KeyState, QuestionState


def why_not_ask_question(by: Actor, question: Question) -> str | None:
    """The office before its day, the timetable on it; where there is a unit to be asked."""
    if by.user and not by.is_staff:
        return "三问由代工委提出，到了日子系统自动问。"
    if question.state != QuestionState.PLANNED:
        return f"这一问目前是“{question.get_state_display()}”，不用再问。"
    if question.supervision.state != KeyState.STANDING:
        return "重点督办已经结束或者撤销，不再问。"
    if question.supervision.part is None:
        return "建议还没有交给承办单位，交办以后再问。"
    return None


def why_not_answer_question(by: Actor, question: Question, text: str | None = None) -> str | None:
    """Anybody of the unit that was asked and has it still, and once more when it was sent back."""
    if by.role not in UNIT or by.organisation_id != question.unit_id:
        return "三问由承办单位自己回答。"
    if question.state not in QUESTION_WAITS:
        return f"这一问目前是“{question.get_state_display()}”，不用再答。"
    part = question.supervision.part
    if part is None or part.unit_id != question.unit_id:
        return "这件建议已经不由本单位办理，不用再答。"
    if text is not None and not says_something(text):
        return "请写明做了什么、到哪一步了。"
    return None


def why_not_comment_answer(by: Actor, answer: KeyAnswer, comment: str | None = None) -> str | None:
    """The leader who supervises, or the office, once for each answer."""
    if no := why_not_supervise(by, answer.question.supervision, "批注"):
        return no
    if answer.comment:
        return "这份回答已经批注过。"
    if comment is not None and not shows_something(comment):
        return "请写批注。"
    return None


def why_not_send_back_answer(by: Actor, question: Question, words: str | None = None) -> str | None:
    """答得不实: the same people, once; what comes the second time stands as it is."""
    if no := why_not_supervise(by, question.supervision, "“答得不实”"):
        return no
    answer = question.answer
    if question.state != QuestionState.ANSWERED or answer is None:
        return f"这一问目前是“{question.get_state_display()}”，不能退回再答。"
    if question.supervision.state != KeyState.STANDING:
        return "重点督办已经结束，不再退回。"
    if answer.round > 1:
        return "已经退回过一次，第二次的回答照样公开，请写批注。"
    if answer.comment:
        return "这份回答已经批注过，不能再退回。"
    if words is not None and not says_something(words):
        return "请写明哪里不实，单位会看到。"
    return None
