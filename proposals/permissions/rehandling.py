"""重新办理: the office, after the windows have closed, never in the deputy's words."""

import unicodedata
from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import QuerySet

from congress.shared.actors import Actor
from congress.shared.names import says_something
from proposals.ballots import UNREADABLE, VOID_THEM
from proposals.follow_states import Cause, LookBackState
from proposals.models import LookBack, Rating, Rehandling, Reply
from proposals.permissions.office import why_not_deputy_office
from proposals.rating_states import RehandlingState
from proposals.rules import REHANDLE_EXTRA_MONTHS, REHANDLE_LEAST, REHANDLE_UNITS
from proposals.states import ANSWERED, Part

MOST_WORDS = 300
RUN = 4
"""So many of the deputy's characters in a row tell who wrote them (security.md 1.7)."""


def why_not_order_rehandling(
    by: Actor, reply: Reply, today: date, words: str | None = None
) -> str | None:
    """In the committee's name, of the newest answer that nobody rates any more, once at a time.

    Until its figures are released nothing may follow from a rating that a unit could see (security
    1.7.2), so what is not released waits, unless a look-back that nobody asked for has been handed
    on. Whether a rating is behind it or it is a pick makes no difference here or anywhere.
    """
    session = reply.assignment.proposal.session
    if reason := why_not_deputy_office(by, session, "要求重新办理"):
        return reason
    if reason := why_not_yet(reply, today):
        return reason
    if Rehandling.objects.standing().filter(reply=reply).exists():
        return "这一版答复已经要求过重新办理。"
    if not hasattr(reply, "released_in") and not handed_on().filter(reply=reply).exists():
        return "这份答复的满意度还没有公布；公布以前要求重新办理，单位就知道评了什么。"
    if words is not None and not says_something(words):
        return f"请写明要单位再办什么，用{session.office}自己的话。"
    if words and len(words) > MOST_WORDS:
        return f"要单位再办什么最多写 {MOST_WORDS} 字，现在有 {len(words)} 字。"
    return why_not_words(reply, words) if words else None


def why_not_prolong_rehandling(
    by: Actor, order: Rehandling, today: date, months: int | None = None, reason: str | None = None
) -> str | None:
    """Once, before its last day, by so many months as the county's rule has."""
    if no := _why_not_change(by, order, "延长"):
        return no
    if order.prolonged_on:
        return "这次重新办理已经延长过一次，只延一次。"
    if today > order.due_on:
        return "已经超期，不能再延长，请催单位再答复。"
    most = REHANDLE_EXTRA_MONTHS.on(today)
    if most <= 0:
        return "本县规定重新办理不延长。"
    if months is not None and not 0 < months <= most:
        return f"最多延长 {most} 个月。"
    if reason is not None and not says_something(reason):
        return "请写明为什么延长，单位和领衔代表都会看到这句话。"
    return None


def why_not_take_back_rehandling(
    by: Actor, order: Rehandling, reason: str | None = None
) -> str | None:
    """As long as the unit has not answered; the same version may be ordered again afterwards."""
    if no := _why_not_change(by, order, "撤回"):
        return no
    if reason is not None and not says_something(reason):
        return "请写明为什么撤回，单位和领衔代表都会看到这句话。"
    return None


def _why_not_change(by: Actor, order: Rehandling, act: str) -> str | None:
    session = order.assignment.proposal.session
    if no := why_not_deputy_office(by, session, f"{act}重新办理"):
        return no
    if order.state != RehandlingState.ORDERED:
        return f"这次重新办理{order.get_state_display()}，不能再{act}。"
    return None


def why_not_yet(reply: Reply, today: date) -> str | None:
    """Whoever asks: a newest answer of what is answered whole, and nobody rates it any more."""
    part = reply.assignment
    if part.state != Part.DONE or part.proposal.state not in ANSWERED:
        return "还没有全部答复的建议，不能要求重新办理。"
    newest = part.reply
    if newest and newest.version > reply.version:
        return f"单位又作了第 {newest.version} 版答复，等那一版评价截止再说。"
    if today <= reply.rate_until:
        last = reply.rate_until
        return f"评价 {last.year} 年 {last.month} 月 {last.day} 日才截止，截止以后再要求重新办理。"
    return None


def handed_on() -> QuerySet[LookBack]:
    """转重新办理: look-backs that a missed step or a year opened; no rating has a part in those."""
    rows = LookBack.objects.filter(state=LookBackState.HANDED)
    return rows.exclude(cause=Cause.BY_HAND)


def why_not_batch(replies: Collection[Reply], today: date) -> str | None:
    """So many of so many units together that no unit knows whose rating is behind it (1.7.4).

    What look-backs alone have handed on tells nothing of a rating and may go by itself.
    """
    if handed_on().filter(reply__in=replies).values("reply").distinct().count() == len(replies):
        return None
    least, units = REHANDLE_LEAST.on(today), REHANDLE_UNITS.on(today)
    if len(replies) < least or len({each.assignment.unit_id for each in replies}) < units:
        return (
            f"一批至少 {least} 份答复、{units} 个单位，"
            "单位才猜不出是谁评了什么；不够的，把回头看、检查和群众反映的一起列入。"
        )
    return None


def why_not_words(reply: Reply, words: str) -> str | None:
    """代表的原话 are nobody's to hand on: the unit would know whose they are.

    What the proposal or the answer says too is everybody's, and names what is to be done. Where a
    rating does not open nobody can tell, so nothing is sent until two people have made it void.
    """
    said, known = _letters(words), None
    rows = Rating.objects.filter(reply__assignment=reply.assignment_id)
    for rating in rows.prefetch_related("voidings"):
        ballot = rating.legible
        if ballot is None and rating.is_void:
            continue
        if ballot is None:
            return f"代表写了什么对不上，怕把原话告诉单位：{UNREADABLE}。{VOID_THEM}"
        own = _letters(ballot.words)
        if same := [each for each in _pieces(own) if each in said]:
            known = known or _known(reply)
            if found := [each for each in same if each not in known]:
                own_words = f"{reply.assignment.proposal.session.office}自己的话"
                return f"“{found[0]}”和代表写的一样，请换成{own_words}。"
    return None


def _pieces(own: str) -> Iterator[str]:
    """The whole, however short, and each run of `RUN`."""
    if own:
        yield own
    yield from (own[at : at + RUN] for at in range(len(own) - RUN + 1))


def _letters(words: str) -> str:
    """Without spaces and punctuation, and without regard to width or case."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    return "".join(char for char in plain if char.isalnum())


def _known(reply: Reply) -> str:
    """What stands in the proposal and in its answer, for everybody who handles it to read."""
    row = reply.assignment.proposal
    asks = row.asks.values_list("text", flat=True)
    answers = reply.answers.values_list("text", flat=True)
    words = (row.title, row.facts, row.request, *asks, reply.text, *answers)
    return " ".join(_letters(each) for each in words)
