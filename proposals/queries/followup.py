"""回头看的日子: which answers are to be looked at again, and when."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from congress.shared.calendar import add_months
from proposals.follow_states import LookBackState
from proposals.models import Answer, Reply
from proposals.models.reference import Meaning
from proposals.models.upgrades import class_of
from proposals.rules import LOOK_MONTHS


def look_again_on(signed_on: date) -> date:
    """条件所限: the day that a letter signed on that day names, by the rule then in force."""
    return add_months(signed_on, LOOK_MONTHS.on(signed_on))


def due_yearly(today: date) -> list[tuple[Reply, date]]:
    """Each standing answer that has a later class and whose day has come, with that day.

    One that is being looked at already, or went to re-handling, waits for what comes of that.
    """
    later = Answer.objects.filter(reply=OuterRef("pk"), outcome__meaning=Meaning.LATER)
    rows = (
        Reply.objects.standing()
        .of_standing()
        .filter(Q(outcome__meaning=Meaning.LATER) | Exists(later), replied_on__lt=today)
        .select_related("outcome", "assignment__unit", "assignment__proposal__lead__user")
        .select_related("assignment__proposal__session__term__assembly__level")
        .prefetch_related("answers__outcome", "upgrades__becomes", "look_backs")
    )
    found = ((reply, next_look(reply)) for reply in rows.order_by("pk"))
    return [(reply, day) for reply, day in found if day and day <= today]


def next_look(reply: Reply) -> date | None:
    """When this answer is looked at again for its later class; None when it is not to be."""
    looked = [each for each in reply.look_backs.all() if each.promise_id is None]
    if any(each.is_open or each.state == LookBackState.HANDED for each in looked):
        return None
    if not has_later(reply):
        return None
    kept = [each.next_on for each in looked if each.next_on]
    return max(kept) if kept else first_look(reply)


def first_look(reply: Reply) -> date:
    """As the letter says; of one from before letters said it, by the rule of its day."""
    said = reply.stood.get("look_again")
    return date.fromisoformat(said) if said else look_again_on(reply.replied_on)


def has_later(reply: Reply) -> bool:
    """受条件限制: any ask of it, or the whole, counts as that now."""
    asks: list[int | None] = [each.ask_id for each in reply.answers.all()]
    return any(class_of(reply, ask).meaning == Meaning.LATER for ask in asks or [None])
