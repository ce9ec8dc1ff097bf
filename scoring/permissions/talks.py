"""提醒约谈: who decides, holds, records, signs; always a person, never the list itself."""

from datetime import date

from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.calendar import add_working_days
from congress.shared.models import Workday
from congress.shared.workflow import why_not_move
from deputies.models import Mandate
from scoring.consequence_states import TalkState
from scoring.models import Grading, Talk, TalkPromise
from scoring.models.talks import TalkQuerySet
from scoring.permissions.grounds import is_in_band
from scoring.rules import TALK_SIGN_DAYS
from scoring.states import TOLD

NOT_YOURS = "约谈由代工委主任和指定的经办人办理。"
LIFTED = "等次已经更正，约谈的依据没有了，请撤销这次约谈。"


def directs(by: Actor) -> bool:
    """代工委主任 of the deputy-affairs office itself."""
    return by.directs_office


def handles(by: Actor, handler_id: int | None) -> bool:
    """The director, or the clerk of the office who was named for this one."""
    return directs(by) or (by.at_deputy_office and by.same_person(handler_id))


def why_not_decide_talk(by: Actor, grading: Grading, today: date) -> str | None:
    """决定约谈: the director, for whom the grade that stands puts on the list."""
    if reason := _why_not_judge(by, grading):
        return reason
    seats = Mandate.objects.running(today).filter(term__assembly=grading.cycle.assembly_id)
    if not seats.filter(deputy=grading.deputy_id).exists():
        return f"{grading.deputy.name}已经不在任，不再约谈。"
    if _of_year(grading).exclude(state=TalkState.SPARED).exists():
        return f"已经决定约谈{grading.deputy.name}。"
    return None


def why_not_spare_talk(by: Actor, grading: Grading) -> str | None:
    """决定不约谈: the director, with the reason; nobody is left out in silence."""
    if reason := _why_not_judge(by, grading):
        return reason
    if found := _of_year(grading).first():
        return f"这一年已经决定：{found.get_state_display()}。"
    return None


def _why_not_judge(by: Actor, grading: Grading) -> str | None:
    if not directs(by):
        return "约谈不约谈由代工委主任决定。"
    if by.same_person(grading.deputy.user_id):
        return "不能决定自己的约谈，请由另一位主任办理。"
    if grading.cycle.state not in TOLD:
        return f"{grading.cycle.year} 年的评定结果还没有定下来，定下来以后再决定。"
    if not is_in_band(grading):
        return f"{grading.deputy.name}的等次是“{grading.standing_grade.name}”，不在约谈名单里。"
    return None


def _of_year(grading: Grading) -> TalkQuerySet:
    return Talk.objects.filter(grading=grading).standing()


def why_not_move_talk(by: Actor, talk: Talk) -> str | None:
    """改时间地点: before the talk, by who handles it."""
    return _why_not_before(by, talk) or (None if is_in_band(talk.grading) else LIFTED)


def why_not_record_talk(by: Actor, talk: Talk) -> str | None:
    """记谈话: once, by who handles it."""
    return why_not_move_talk(by, talk)


def _why_not_before(by: Actor, talk: Talk) -> str | None:
    if not handles(by, talk.handler_id):
        return NOT_YOURS
    if by.same_person(talk.deputy.user_id):
        return "不能办理自己的约谈。"
    return why_not_move(talk, TalkState.HELD)


def why_not_cancel_talk(by: Actor, talk: Talk) -> str | None:
    """撤销约谈: the director, before it is held; beat, when its ground is gone."""
    if by.user is None:
        return "约谈的依据还在。" if is_in_band(talk.grading) else _why_not_called_off(talk)
    if not directs(by):
        return "撤销约谈由代工委主任决定。"
    return _why_not_called_off(talk)


def _why_not_called_off(talk: Talk) -> str | None:
    return why_not_move(talk, TalkState.CANCELLED)


def why_not_acknowledge_talk(by: Actor, talk: Talk) -> str | None:
    """签认: the deputy, once there is a record."""
    if not by.same_person(talk.deputy.user_id):
        return "谈话记录只能由代表本人签认。"
    if talk.state == TalkState.APPOINTED:
        return "还没有谈话记录，谈过以后再签认。"
    return why_not_move(talk, TalkState.SIGNED)


def why_not_note_unsigned(by: Actor, talk: Talk, today: date) -> str | None:
    """记未签认: who handles it, once the deputy had days to read it; they may sign afterwards."""
    if not handles(by, talk.handler_id):
        return NOT_YOURS
    if by.same_person(talk.deputy.user_id):
        return "不能办理自己的约谈。"
    if reason := why_not_move(talk, TalkState.UNSIGNED):
        return reason
    days, written_on = TALK_SIGN_DAYS.on(today), timezone.localdate(talk.record.recorded_at)
    earliest = add_working_days(written_on, days, Workday.objects.works()) if days else written_on
    if today < earliest:
        day = f"{earliest.month} 月 {earliest.day} 日"
        return f"谈话记录写好以后给本人 {days} 个工作日看，最早 {day}记未签认。"
    return None


def why_not_settle_promise(by: Actor, promise: TalkPromise) -> str | None:
    """记落实情况: who handles the talk, once."""
    if not handles(by, promise.talk.handler_id):
        return NOT_YOURS
    if by.same_person(promise.talk.deputy.user_id):
        return "不能给自己记落实情况。"
    return "这一条的落实情况已经登记。" if promise.settled_at else None
