"""回头看的日子: which answers are to be looked at again, and when."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from congress.shared.calendar import add_months, add_working_days
from congress.shared.models import Workday
from proposals.follow_states import LookBackState, PromiseState
from proposals.models import Answer, LookBack, Rehandling, Reply
from proposals.models.reference import Meaning
from proposals.models.upgrades import class_of, whole_class_of
from proposals.rules import HANDED_DAYS, LOOK_MONTHS


def look_again_on(signed_on: date) -> date:
    """条件所限: the day that a letter signed on that day names, by the rule then in force."""
    return add_months(signed_on, LOOK_MONTHS.on(signed_on))


def due_again(today: date) -> list[tuple[Reply, date]]:
    """Each standing answer whose day to be looked at again has come, with that day.

    One that has a later class, or for which the office has set a day. One that is being looked at
    already, or went to re-handling, waits for what comes of that.
    """
    later = Answer.objects.filter(reply=OuterRef("pk"), outcome__meaning=Meaning.LATER)
    kept = LookBack.objects.filter(reply=OuterRef("pk"), promise=None, next_on__isnull=False)
    rows = (
        Reply.objects.standing()
        .of_standing()
        .filter(
            Q(outcome__meaning=Meaning.LATER) | Exists(later) | Exists(kept), replied_on__lt=today
        )
        .select_related("outcome", "assignment__unit", "assignment__proposal__lead__user")
        .select_related("assignment__proposal__session__term__assembly__level")
        .prefetch_related("answers__outcome", "upgrades__becomes", "look_backs")
    )
    found = ((reply, next_look(reply)) for reply in rows.order_by("pk"))
    return [(reply, day) for reply, day in found if day and day <= today]


def next_look(reply: Reply) -> date | None:
    """When this answer is looked at again: on the day that was set, or for its later class."""
    looked = [each for each in reply.look_backs.all() if each.promise_id is None]
    if any(each.is_open or each.state == LookBackState.HANDED for each in looked):
        return None
    if solved_since(reply):
        return None
    kept = [each.next_on for each in looked if each.next_on]
    day = max(kept, default=first_look(reply) if has_later(reply) else None)
    return None if day in [each.for_on for each in looked] else day


def solved_since(reply: Reply) -> bool:
    """转类: what was not solved by its letter counts as solved now."""
    solved = whole_class_of(reply).meaning == Meaning.SOLVED
    return solved and reply.result.meaning != Meaning.SOLVED


def due_back(today: date) -> list[LookBack]:
    """转重新办理, and not ordered within the rule's days, while nothing else has come of it."""
    rows = (
        LookBack.objects.filter(
            state=LookBackState.HANDED,
            reply__in=Reply.objects.standing().of_standing(),
            decided_on__lt=today,
        )
        .exclude(reply__in=Rehandling.objects.standing().values("reply"))
        .exclude(promise__state=PromiseState.CONFIRMED)
        .select_related("reply__outcome", "reply__assignment")
        .prefetch_related("reply__answers__outcome", "reply__upgrades__becomes")
    )
    works = Workday.objects.works()
    busy = set(LookBack.objects.open().values_list("reply", flat=True))
    return [
        each
        for each in rows.order_by("pk")
        if each.decided_on
        and add_working_days(each.decided_on, HANDED_DAYS.on(each.decided_on), works) < today
        and each.reply_id not in busy
        and not solved_since(each.reply)
    ]


def first_look(reply: Reply) -> date:
    """As the letter says; of one from before letters said it, by the rule of its day."""
    said = reply.stood.get("look_again")
    return date.fromisoformat(said) if said else look_again_on(reply.replied_on)


def has_later(reply: Reply) -> bool:
    """受条件限制: any ask of it, or the whole, counts as that now."""
    asks: list[int | None] = [each.ask_id for each in reply.answers.all()]
    return any(class_of(reply, ask).meaning == Meaning.LATER for ask in asks or [None])
