"""一码二亮: who renews a code, who promises, who answers a voter, and when."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from congress.shared.actors import Actor
from congress.shared.workflow import why_not_move
from deputies.models import Deputy, Message, RetiredCode, WrongReceipt
from deputies.rules import GUESSES_AN_HOUR, MESSAGES_A_DAY, MESSAGES_AN_HOUR
from deputies.states import MessageState

MOST_PLEDGES = 3


def why_not_renew_code(by: Actor, deputy: Deputy, *, now: datetime | None = None) -> str | None:
    """换码: by the office, when a printed card was lost or pasted over; once, not at each click."""
    if not by.is_staff:
        return "只有代工委可以更换代表码。"
    minute = timedelta(minutes=1)
    if now and RetiredCode.objects.filter(deputy=deputy, retired_at__gt=now - minute).exists():
        return f"{deputy.name}的代表码刚刚换过，新码已经生效。"
    return None


def why_not_show_code(deputy: Deputy, *, today: date) -> str | None:
    """亮码: as long as something stands behind the code."""
    if Deputy.objects.serving(today).filter(pk=deputy.pk).exists():
        return None
    return "您现在不是在任代表，或者暂停执行职务，代表码已经停用。"


def why_not_pledge(
    by: Actor, deputy: Deputy, texts: Sequence[str] | None = None, *, today: date
) -> str | None:
    """承诺: the serving deputy's own, or the office for them; at most three."""
    if not by.is_staff and not by.same_person(deputy.user_id):
        return "承诺由代表本人填写，或者由代工委代填。"
    if not Deputy.objects.serving(today).filter(pk=deputy.pk).exists():
        return f"{deputy.name}现在不是在任代表，或者暂停执行职务。"
    if texts is None:
        return None
    if len(texts) > MOST_PLEDGES:
        return f"承诺最多 {MOST_PLEDGES} 条，少而做得到。"
    return "有两条承诺写得一样，请改一条。" if len(set(texts)) < len(texts) else None


def why_not_send_message(
    deputy: Deputy, origin: str = "", *, now: datetime, today: date
) -> str | None:
    """留言: anybody, to a serving deputy; not more than a person would write."""
    if not Deputy.objects.serving(today).filter(pk=deputy.pk).exists():
        return f"{deputy.name}现在不能接收留言，请到附近的代表联络站反映。"
    hour = now - timedelta(hours=1)
    recent = Message.objects.filter(sent_at__gte=hour)
    if origin and recent.filter(origin=origin).count() >= MESSAGES_AN_HOUR.on(today):
        return "您刚才已经留言多次，请一小时以后再写，或者到附近的代表联络站反映。"
    day = now - timedelta(days=1)
    if deputy.messages.filter(sent_at__gte=day).count() >= MESSAGES_A_DAY.on(today):
        return f"{deputy.name}代表今天收到的留言太多，请明天再写，或者到附近的代表联络站反映。"
    return None


def why_not_look_up(origin: str, *, now: datetime, today: date) -> str | None:
    """查询: anybody, but not by trying numbers until one fits."""
    recent = WrongReceipt.objects.filter(origin=origin, asked_at__gte=now - timedelta(hours=1))
    if recent.count() < GUESSES_AN_HOUR.on(today):
        return None
    return "您刚才填错查询号的次数太多，请一小时以后再查，或者到附近的代表联络站问。"


def _serves(message: Message, today: date) -> bool:
    return Deputy.objects.serving(today).filter(pk=message.deputy_id).exists()


def _why_not_own(by: Actor, message: Message, today: date) -> str | None:
    """The deputy it was written to, as long as they serve."""
    if by.same_person(message.deputy.user_id) and _serves(message, today):
        return None
    return "请由收到留言的代表本人办理。"


def _why_not_handle(by: Actor, message: Message, today: date) -> str | None:
    """The deputy; the office in the place of one who serves no more, so that voters hear back."""
    if by.is_staff and not _serves(message, today):
        return None
    return _why_not_own(by, message, today)


def why_not_answer_message(by: Actor, message: Message, *, today: date) -> str | None:
    """答复: the deputy it was written to, or the office when that deputy has left."""
    refusal = _why_not_handle(by, message, today)
    if message.state == MessageState.RAISED:
        return refusal or "已经转到家站办理，办完以后自动答复群众。"
    return refusal or why_not_move(message, MessageState.ANSWERED)


def why_not_close_message(by: Actor, message: Message, *, today: date) -> str | None:
    """不受理: with the reason that the voter reads; the office may do it for abuse."""
    if refusal := None if by.is_staff else _why_not_own(by, message, today):
        return refusal
    return why_not_move(message, MessageState.CLOSED)


def why_not_reveal_contact(by: Actor, message: Message, *, today: date) -> str | None:
    """看联系方式: the deputy who has to ring back, and only they; each look is in the trail."""
    if refusal := _why_not_own(by, message, today):
        return refusal
    return None if message.contact else "群众没有留联系方式，或者已到期删除。"


def why_not_raise_message(by: Actor, message: Message, *, today: date) -> str | None:
    """转家站: what one deputy cannot answer alone."""
    return _why_not_handle(by, message, today) or why_not_move(message, MessageState.RAISED)
