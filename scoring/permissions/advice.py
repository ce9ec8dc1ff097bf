"""劝辞程序: who opens it, who is heard, who concludes; and what each step waits for."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.workflow import why_not_move
from deputies.models import Mandate, SeatChange
from deputies.states import ChangeKind
from scoring.consequence_states import AdviceState
from scoring.consequences import Due
from scoring.models import AdviceInvitation, Archive, ResignationAdvice, Talk
from scoring.models.talks import TalkQuerySet
from scoring.permissions.grounds import run_of
from scoring.permissions.talks import directs, handles

NOT_YOURS = "劝辞程序由代工委主任和指定的经办人办理。"
LIFTED = "等次已经更正，连续两年约谈的依据没有了，请撤回劝辞程序。"


def why_not_open_advice(by: Actor, talk: Talk, today: date) -> str | None:
    """启动劝辞程序: the director, when talks were held for two years running."""
    if not directs(by):
        return "劝辞程序由代工委主任启动。"
    if by.same_person(talk.deputy.user_id):
        return "不能启动自己的劝辞程序。"
    if not still_seated(today).filter(pk=talk.pk).exists():
        return f"{talk.deputy.name}已经不在任，不再启动劝辞程序。"
    if run_of(talk.grading).due != Due.PACK:
        return f"{talk.deputy.name}没有连续两年接受提醒约谈，不能启动劝辞程序。"
    if ResignationAdvice.objects.standing().filter(later=talk).exists():
        return f"{talk.deputy.name}的劝辞程序已经启动。"
    return None


def still_seated(today: date) -> TalkQuerySet:
    """Talks with deputies who sit in that congress on the day: only a seat can be given up."""
    seats = Mandate.objects.running(today).filter(
        deputy=OuterRef("grading__deputy"), term__assembly=OuterRef("grading__cycle__assembly")
    )
    return Talk.objects.filter(Exists(seats))


def why_not_serve_advice(by: Actor, advice: ResignationAdvice) -> str | None:
    """告知本人: who handles it, when the material is whole and its ground stands."""
    if reason := _why_not_handle(by, advice, AdviceState.HEARING):
        return reason
    if missing := missing_material(advice):
        return f"材料还缺{missing[0]}，齐了再告知本人。"
    return None


def missing_material(advice: ResignationAdvice) -> list[str]:
    """What the pack still lacks, in words: sealed files, and records that were signed or not."""
    found = []
    for talk in (advice.earlier, advice.later):
        year = talk.grading.cycle.year
        if not Archive.objects.filter(grading=talk.grading_id).exists():
            found.append(f"{year} 年的履职档案（还没有归档）")
        if not talk.acknowledgements.exists():
            found.append(f"{year} 年谈话记录的签认")
    return found


def why_not_reply_advice(by: Actor, advice: ResignationAdvice, today: date) -> str | None:
    """陈述申辩: the deputy, from the notice to the last day."""
    if not by.same_person(advice.deputy.user_id):
        return "陈述申辩只能由代表本人提出。"
    if advice.state != AdviceState.HEARING:
        return f"目前是“{advice.get_state_display()}”，不再接收陈述申辩。"
    if not advice.still_heard(today):
        return "陈述申辩的日期已经过了。还有话要说，请打电话告诉代工委，由经办人当面听取。"
    return None


def why_not_record_hearing(by: Actor, advice: ResignationAdvice) -> str | None:
    """记听取意见: who handles it, once after each invitation."""
    if reason := _why_not_hear(by, advice):
        return reason
    return None if awaited(advice) else "请先约定听取意见的时间、地点，通知本人。"


def why_not_invite_hearing(by: Actor, advice: ResignationAdvice) -> str | None:
    """约定听取意见: who handles it, after the notice; again when another day is better."""
    return _why_not_hear(by, advice)


def awaited(advice: ResignationAdvice) -> AdviceInvitation | None:
    """The last invitation, if nothing was put down after it yet."""
    last = advice.invitations.order_by("pk").last()
    if last is None or advice.hearings.filter(recorded_at__gte=last.invited_at).exists():
        return None
    return last


def _why_not_hear(by: Actor, advice: ResignationAdvice) -> str | None:
    if not handles(by, advice.handler_id):
        return NOT_YOURS
    if by.same_person(advice.deputy.user_id):
        return "不能办理自己的劝辞程序。"
    if advice.state != AdviceState.HEARING:
        return f"目前是“{advice.get_state_display()}”，不能登记听取意见。"
    return None


def why_not_conclude_advice(by: Actor, advice: ResignationAdvice, today: date) -> str | None:
    """录入研究情况: the director, after the days for a reply and a hearing that was asked for."""
    if not directs(by):
        return "研究情况由代工委主任录入。"
    if reason := _why_not_handle(by, advice, AdviceState.ADVISED):
        return reason
    if advice.reply_until and advice.still_heard(today):
        until = advice.reply_until
        return f"陈述申辩期到 {until.month} 月 {until.day} 日为止，过了再研究。"
    asked = advice.replies.filter(wants_hearing=True).order_by("pk").last()
    if asked and not advice.hearings.filter(held_at__gt=asked.said_at).exists():
        return "本人要求当面听取意见，请先约定时间地点，听取以后登记情况。"
    return None


def why_not_withdraw_advice(by: Actor, advice: ResignationAdvice) -> str | None:
    """撤回劝辞程序: the director at any time; beat, when its ground is gone."""
    if by.user is None:
        if _ground_stands(advice):
            return "连续两年约谈的依据还在。"
    elif not directs(by):
        return "撤回劝辞程序由代工委主任决定。"
    return why_not_move(advice, AdviceState.WITHDRAWN)


def why_not_record_resignation(by: Actor, advice: ResignationAdvice) -> str | None:
    """登记辞职: the director, when the roster says that the seat ended by resignation."""
    if not directs(by):
        return "辞职情况由代工委主任登记。"
    if reason := why_not_move(advice, AdviceState.RESIGNED):
        return reason
    if accepted_resignation(advice) is None:
        return "名册里还没有登记程序启动以后辞职被接受。请先在“资格变动”里登记，再到这里写明事实。"
    return None


def accepted_resignation(advice: ResignationAdvice) -> SeatChange | None:
    """The roster's own entry of this deputy's resignation from that congress, after the opening."""
    return (
        SeatChange.objects.standing()
        .filter(
            kind=ChangeKind.RESIGNED,
            mandate__deputy=advice.later.grading.deputy_id,
            mandate__term__assembly=advice.later.grading.cycle.assembly_id,
            # An older letter gave up another seat, or this one for another reason.
            effective_on__gte=timezone.localdate(advice.opened_at),
        )
        .order_by("-effective_on")
        .first()
    )


def _ground_stands(advice: ResignationAdvice) -> bool:
    return run_of(advice.later.grading).due == Due.PACK


def _why_not_handle(by: Actor, advice: ResignationAdvice, to: AdviceState) -> str | None:
    if not handles(by, advice.handler_id):
        return NOT_YOURS
    if by.same_person(advice.deputy.user_id):
        return "不能办理自己的劝辞程序。"
    if reason := why_not_move(advice, to):
        return reason
    return None if _ground_stands(advice) else LIFTED
