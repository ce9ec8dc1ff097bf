"""评价: the only queries that read ratings, for their author and for the office."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from congress.shared.actors import Actor
from proposals.ballots import ITS_AUTHOR_READS, UNREADABLE
from proposals.follow_states import UpgradeState
from proposals.models import Answer, FulfilmentRating, Proposal, Rating, Reply, Upgrade
from proposals.models.asks import in_order
from proposals.permissions.evaluation import to_mark
from proposals.permissions.upgrades import why_not_rate_fulfilment
from proposals.queries.clocks import Clock, day
from proposals.queries.parts import three_meetings
from proposals.queries.terms import DueDays


class Heard(NamedTuple):
    """One rating in words."""

    process: str
    result: str
    words: str
    when: str
    marks: list[tuple[str, str]]
    """Each ask by its name with its mark."""
    code: str
    lost: str = ""
    """Why nothing of it can be read."""


def _last(actor: Actor, reply: Reply, today: date) -> Heard | None:
    last = Rating.objects.visible_to(actor).filter(reply=reply).latest_each().first()
    if last is None:
        return None
    labels = {each.ask_id: each.label for each in to_mark(actor, reply)}
    return heard_of(last, labels, today, _told(reply))


def _told(reply: Reply) -> str:
    """What its author reads of one that does not open."""
    return ITS_AUTHOR_READS.format(reply.assignment.proposal.session.office_in_full)


def heard_of(
    rating: Rating, labels: Mapping[int, str], today: date, lost: str = UNREADABLE
) -> Heard:
    """One rating in words, of the asks that the reader may be shown."""
    when, said = day(timezone.localdate(rating.rated_at), today), rating.legible
    if said is None:
        return Heard("", "", "", when, [], rating.code, lost)
    marks = [(label, said.asks[ask].label) for ask, label in labels.items() if ask in said.asks]
    return Heard(said.process.label, said.result.label, said.words, when, marks, rating.code)


class OfReply(NamedTuple):
    """What the office may hear of the rating of one unit's reply."""

    unit: str
    office: str
    until: str
    open: bool
    heard: Heard | None
    void: bool
    """What was last given is void: it counts as not rated."""


def heard(actor: Actor, proposal: Proposal, today: date) -> list[OfReply]:
    """Of each unit's reply the rating that counts, once nobody can change it any more."""
    replies, found = proposal.replies, []
    closed = [each for each in replies if today > each.rate_until]
    last = _last_of(closed, actor, proposal, today)
    void = _void_of([each for each in closed if each.pk not in last], actor)
    for reply in replies:
        still = today <= reply.rate_until
        unit, until = reply.assignment.unit.name, day(reply.rate_until, today)
        heard, office = last.get(reply.pk), proposal.session.offices
        found.append(OfReply(unit, office, until, still, heard, reply.pk in void))
    return found


def _void_of(replies: Sequence[Reply], actor: Actor) -> set[int]:
    """Of which something was given that is void; whoever may not read ratings hears of none."""
    rows = Rating.objects.visible_to(actor).filter(voidings__voided_by__isnull=False)
    found = rows.filter(reply__in=replies).values_list("reply_id", flat=True)
    return set(found) if replies else set()


def _last_of(
    replies: Sequence[Reply], actor: Actor, proposal: Proposal, today: date
) -> dict[int, Heard]:
    """Of each that counts, in two statements however many there are; an office reads every ask."""
    rows = Rating.objects.visible_to(actor).filter(reply__in=replies).latest_each()
    ratings = list(rows) if replies else []
    answers = Answer.objects.filter(reply__in=[each.reply_id for each in ratings])
    labels: dict[int, dict[int, str]] = {each.reply_id: {} for each in ratings}
    for each in in_order(answers.select_related("ask__proposal"), proposal.pk) if ratings else ():
        labels[each.reply_id][each.ask_id] = each.ask.called_in(proposal.pk)
    return {each.reply_id: heard_of(each, labels[each.reply_id], today) for each in ratings}


def to_rate(actor: Actor) -> QuerySet[Reply]:
    """The replies to what this deputy speaks for: nobody else's pages to rate on."""
    rows = Reply.objects.select_related("outcome", "assignment__unit", "assignment__proposal__lead")
    return rows.filter(assignment__proposal__in=Proposal.objects.spoken_by(actor))


def fulfilments_to_rate(actor: Actor) -> list[Reply]:
    """Whose upgrade the office has confirmed and of which this deputy has said nothing yet."""
    upgraded = Upgrade.objects.filter(reply=OuterRef("pk"), state=UpgradeState.CONFIRMED)
    said = FulfilmentRating.objects.filter(reply=OuterRef("pk"), deputy__user=actor.user)
    rows = to_rate(actor).filter(Exists(upgraded), ~Exists(said))
    found = rows.prefetch_related("promises", "upgrades").order_by("pk")
    return [each for each in found if not why_not_rate_fulfilment(actor, each)]


def fulfilment_rated_on(reply: Reply, actor: Actor, today: date) -> str:
    """On which day its author last rated the fulfilment, never how; nobody else's page asks."""
    said = FulfilmentRating.objects.filter(reply=reply, deputy__user=actor.user)
    last = said.latest_each().first()
    return day(timezone.localdate(last.rated_at), today) if last else ""


def fulfilment_lost(reply: Reply, actor: Actor) -> str:
    """That what its author last said of the fulfilment does not open; empty where it does."""
    said = FulfilmentRating.objects.filter(reply=reply, deputy__user=actor.user)
    last = said.latest_each().first()
    return _told(reply) if last and last.legible is None else ""


def own(actor: Actor, reply: Reply) -> QuerySet[Rating]:
    """What this deputy has said of it, the newest first."""
    return Rating.objects.filter(reply=reply, deputy__user=actor.user).order_by("-pk")[:1]


def page(reply: Reply, actor: Actor, today: date) -> dict[str, Any]:
    """What the deputy needs while rating: the reply, the meetings, the last day, what they said."""
    return {
        "proposal": reply.assignment.proposal,
        "reply": reply,
        "replied": day(reply.replied_on, today),
        "until": day(reply.rate_until, today),
        "parts_met": three_meetings([reply.assignment], actor, Clock.on(today)),
        "before": _last(actor, reply, today),
        "void": bool(_void_of([reply], actor)),
        "readers": reply.assignment.proposal.session.offices,
        "why": DueDays().why_rating(reply.replied_on, reply.rate_until),
    }
