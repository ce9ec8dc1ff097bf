"""What one page about one proposal shows, ready to print."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from congress.shared.actors import Actor
from congress.shared.models import Workday
from deputies.models import Deputy
from proposals.deadline import Terms
from proposals.models import (
    Answer,
    Assignment,
    Extension,
    Meeting,
    Proposal,
    Rehandling,
    Reply,
)
from proposals.permissions import (
    why_not_consent_extension,
    why_not_cosign,
    why_not_pause,
    why_not_rate,
    why_not_resume,
)
from proposals.permissions.opinions import readable_opinions
from proposals.queries import anew, carrying, invitations
from proposals.queries.clocks import (
    Clock,
    DayReason,
    Light,
    day,
    why_this_due_date,
)
from proposals.queries.contact import ContactDays
from proposals.queries.deputies import rated_replies
from proposals.queries.extensions import moved
from proposals.queries.follow import Follow, became, follow, raises_again
from proposals.queries.objections import disputed
from proposals.queries.origins import origins
from proposals.queries.papers import answers_of, letters
from proposals.queries.parts import PartMet, three_meetings
from proposals.queries.progress import situation, stops
from proposals.queries.rehandling import to_meet
from proposals.queries.supervision import about
from proposals.queries.terms import DueDays
from proposals.queries.texts import of_the_text
from proposals.queries.timeline import timeline
from proposals.queries.visibility import kept_from
from proposals.rules import (
    CONSENT,
    HARD_MONTHS,
    LAST_DAY_ROLLS,
    REPLY_MONTHS,
)
from proposals.states import State


def detail(proposal: Proposal, actor: Actor, today: date) -> dict[str, object]:
    """一件建议 for deputies: title, light, track, what now, and what waits for them."""
    clock, kept = Clock.on(today), kept_from(actor)
    deputy = Deputy.objects.filter(user=actor.user).first()
    leads = actor.same_person(proposal.lead.user_id)
    met, rates = three_meetings(proposal.parts, actor, clock), to_rate(proposal, actor, today)
    consents = to_consent(proposal, actor, today)
    orders = anew.of(proposal) if proposal.handled_as.pk not in kept else ()
    follows = followed(proposal, actor, clock, kept)
    return {
        "proposal": proposal,
        "main_act": main_act(consents, rates, met),
        "state": proposal.state_to_deputies,
        "leads": leads,
        "light": anew.due_light(proposal.handled_as, clock, orders),
        "stops": stops(proposal, today),
        "now": situation(proposal, kept=kept, anew=anew.in_words(orders, today), became=became),
        "signatures": list(proposal.cosignatures.counted(today).select_related("deputy")),
        "no_cosign": why_not_cosign(actor, proposal, deputy, today),
        "parts_met": met,
        "units": part_clocks(proposal.handled_as, actor, clock, orders),
        "attachments": proposal.attachments.all(),
        **about(proposal, actor, today),
        **carrying.about(proposal, actor, today),
        **of_the_text(proposal, actor, today),
        **invitations.of_the_page(proposal, actor, today),
        "replies": replies(proposal.handled_as, actor, kept),
        "follows": follows,
        "raises": raises_again(proposal, actor),
        "meets": to_meet(proposal.handled_as, actor),
        "to_rate": rates,
        "to_consent": consents,
        "may_mend": leads and proposal.state == State.RETURNED,
        "origins": origins(proposal, actor),
        "events": timeline(proposal, actor, today),
    }


class ToRate(NamedTuple):
    """One unit's reply that this deputy may rate, and whether they have."""

    reply: Reply
    rated: bool
    until: str


def to_rate(proposal: Proposal, actor: Actor, today: date) -> list[ToRate]:
    """等您评价的: of 分办 units each reply is rated for itself."""
    rated = rated_replies(actor, [proposal])
    return [
        ToRate(each, each.pk in rated, day(each.rate_until, today))
        for each in proposal.replies
        if not why_not_rate(actor, each, today)
    ]


class Answered(NamedTuple):
    """The newest version of one unit's reply with its answers."""

    reply: Reply
    answers: list[Answer]
    formers: Sequence[Reply]
    """以前的答复: the versions before it whose letter the reader may have, the newest first."""

    @property
    def became(self) -> str:
        """What the letter's class has become since; nothing where it counts still."""
        return became(self.reply)


def replies(proposal: Proposal, actor: Actor, kept: Collection[int] = ()) -> list[Answered]:
    """Of each unit that has answered, 主办 first; 分办 units each answer for themselves."""
    before = _formers(proposal, actor)
    return [
        Answered(newest, answers_of(newest, kept), before.get(newest.assignment_id, ()))
        for newest in proposal.replies
    ]


def _formers(proposal: Proposal, actor: Actor) -> dict[int, list[Reply]]:
    """By part; where no unit has answered again nothing is asked."""
    found = {part.pk: part.formers for part in proposal.parts if part.formers}
    if not found:
        return {}
    numbers = [each.pk for rows in found.values() for each in rows]
    may = set(letters(actor).filter(pk__in=numbers).order_by().values_list("pk", flat=True))
    return {part: [each for each in rows if each.pk in may] for part, rows in found.items()}


def followed(
    proposal: Proposal, actor: Actor, clock: Clock, kept: Collection[int] = ()
) -> list[Follow]:
    """承诺、回头看、转类、又被提出 of each unit's answer, 主办 first."""
    handled = proposal.handled_as
    return follow(handled.replies, actor, clock) if handled.pk not in kept else []


def dossier(proposal: Proposal, actor: Actor, today: date) -> dict[str, object]:
    """一件建议 for the office: everything but the rating."""
    clock, orders = Clock.on(today), anew.of(proposal)
    follows = followed(proposal, actor, clock)
    return {
        "proposal": proposal,
        "light": anew.due_light(proposal.handled_as, clock, orders),
        "stops": stops(proposal, today),
        "now": situation(proposal, anew=anew.in_words(orders, today), became=became),
        "disputed": disputed(proposal.handled_as, actor),
        "submitted": day(proposal.submitted_on, today),
        "signatures": list(proposal.cosignatures.standing().select_related("deputy")),
        "units": part_clocks(proposal.handled_as, actor, clock, orders),
        "opinions": readable_opinions(actor, proposal.handled_as.parts),
        "parts_met": three_meetings(proposal.parts, actor, clock),
        "replies": replies(proposal.handled_as, actor),
        "follows": follows,
        "raises": raises_again(proposal, actor),
        "attachments": proposal.attachments.all(),
        "merged": proposal.along,
        "origins": origins(proposal, actor),
    }


class PartClock(NamedTuple):
    """One unit's part as the office sees it: its light, its day, and what may be done to it."""

    part: Assignment
    light: Light | None
    contact: Light | None
    due: str
    steps: list[DayReason]
    no_pause: str | None
    no_resume: str | None
    asked: Extension | None


def part_clocks(
    proposal: Proposal, actor: Actor, clock: Clock, orders: anew.Orders
) -> list[PartClock]:
    """Of every unit that has it in hand; what is handled anew by the day of its order."""
    days, due_days = ContactDays(clock.works), DueDays(clock.works)
    found = [_part_clock(each, actor, clock, days, due_days) for each in proposal.parts]
    again = {each.assignment_id: each for each in orders}
    return [_by_order(each, again.get(each.part.pk), clock) for each in found]


def _by_order(found: PartClock, order: Rehandling | None, clock: Clock) -> PartClock:
    if order is None:
        return found
    return found._replace(
        light=anew.light_of([order], clock),
        due=f"{day(order.due_on, clock.today)}前再答复",
        steps=anew.why(order, clock.today),
    )


def _part_clock(
    part: Assignment, actor: Actor, clock: Clock, days: ContactDays, due_days: DueDays
) -> PartClock:
    contact = days.of(part)
    asked = (each for each in part.extensions.all() if each.waits)
    return PartClock(
        part,
        clock.light_of(part) if part.is_running else None,
        clock.light(contact) if contact else None,
        f"{day(part.due_on, clock.today)}前" if part.due_on else "",
        due_days.why(part),
        why_not_pause(actor, part, clock.today),
        why_not_resume(actor, part, clock.today),
        next(asked, None),
    )


def main_act(
    consents: Sequence["ToConsent"], rates: Sequence[ToRate], met: Sequence[PartMet]
) -> Extension | Reply | Meeting | None:
    """等您的: what waits first for the deputy's word: the one solid button of the page."""
    meetings = (each.meeting for part in met for each in part.meetings if not each.no_confirm)
    waits = [
        *(each.extension for each in consents),
        *(each.reply for each in rates if not each.rated),
        *meetings,
    ]
    return next(iter(waits), None)


class ToConsent(NamedTuple):
    """延期 that waits for the deputy's word, and what saying yes would do."""

    extension: Extension
    effect: str


def to_consent(proposal: Proposal, actor: Actor, today: date) -> list[ToConsent]:
    """延期 that wait for this deputy's word, where the county asks for it."""
    if not CONSENT.on(today):
        return []
    rows = Extension.objects.waiting().filter(assignment__proposal=proposal).with_case()
    mine = [each for each in rows if not why_not_consent_extension(actor, each)]
    return [ToConsent(each, moved(each, today)) for each in mine]


def months_to_choose(today: date) -> tuple[int, int]:
    """The usual months and those for what is broad or difficult."""
    return REPLY_MONTHS.on(today), HARD_MONTHS.on(today)


def due_if_assigned(today: date) -> list[DayReason]:
    """为什么是这一天, before the act: what the date will be."""
    terms = Terms(today, REPLY_MONTHS.on(today), rolls=bool(LAST_DAY_ROLLS.on(today)))
    return why_this_due_date(terms, Workday.objects.works())
