"""A deputy's proposals: what waits for them first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.models import Session
from congress.shared.models.places import COUNTY, TOWNSHIP
from deputies.models import Deputy, Mandate
from proposals.models import (
    Cosignature,
    Draft,
    Extension,
    Invitation,
    Meeting,
    Proposal,
    Rating,
    Reply,
)
from proposals.models.signing import counted
from proposals.permissions.evaluation import why_closed
from proposals.permissions.speaking import reads_as_lead, speaks
from proposals.queries import anew
from proposals.queries.carrying import marks_among
from proposals.queries.clocks import Clock, Light, day
from proposals.queries.counting import became_of
from proposals.queries.progress import Stop, situation, stops
from proposals.queries.visibility import kept_from
from proposals.rules import CONSENT
from proposals.states import Side, Signature, State


def sessions_for(lead: Deputy, today: date) -> list[Session]:
    """Of each congress in which the deputy sits the newest session that has opened.

    The county's first, then those of townships; other levels raise elsewhere.
    """
    seats = Mandate.objects.running(today).filter(deputy=lead)
    sessions = Session.objects.filter(
        term__in=seats.values("term"),
        term__assembly__level__code__in=(COUNTY, TOWNSHIP),
        opens_on__lte=today,
    )
    rows = sessions.select_related("term__assembly__level", "term__assembly__area").order_by(
        "opens_on"
    )
    newest = {each.term.assembly_id: each for each in rows}
    return sorted(newest.values(), key=lambda each: (not each.of_county, each.congress))


def session_for(lead: Deputy, today: date) -> Session | None:
    """Where the deputy raises when nothing else is chosen."""
    return next(iter(sessions_for(lead, today)), None)


class Act(Enum):
    """What a proposal may want of its lead deputy."""

    CONFIRM = "confirm"
    MEND = "mend"
    RATE = "rate"
    CONSENT = "consent"


class Owed(NamedTuple):
    """One act that a proposal waits for: in words, until when or since when."""

    act: Act
    words: str
    until: date | None = None
    since: date | None = None


@dataclass(frozen=True)
class OwnProposal:
    """One proposal in a deputy's list."""

    proposal: Proposal
    state: str
    leads: bool
    speaks: bool
    carried: str
    light: Light | None
    stops: list[Stop]
    now: str
    owed: list[Owed]

    @property
    def waits(self) -> list[str]:
        return [each.words for each in self.owed]


def mine(actor: Actor, today: date) -> list[OwnProposal]:
    """What the deputy leads or has signed; what waits for them first, then by deadline."""
    clock = Clock.on(today)
    loaded = Proposal.objects.mine(actor).with_progress().with_speaker(today)
    rows = list(loaded.by_deadline())
    rated = rated_replies(actor, rows)
    asked, kept = _extensions_to_agree(rows, today), kept_from(actor)
    own = Cosignature.objects.run_out(today).filter(deputy__user=actor.user)
    lapsed = dict(own.values_list("proposal", "expires_on"))
    apart = [row.pk for row in rows if not reads_as_lead(actor, row)]
    marks, again = marks_among([row.pk for row in rows], apart), anew.running(rows)
    orders = {row.pk: _known(row, kept, again) for row in rows}
    became = became_of(each for row in rows for each in row.handled_as.replies)
    lines = [
        _line(
            row,
            actor,
            clock,
            rated,
            asked.get(row.pk, []),
            _now(row, kept, lapsed, anew.in_words(orders[row.pk], today), became, today),
            marks.get(row.pk, ""),
            anew.light_of(orders[row.pk], clock),
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: not line.waits)


def _known(row: Proposal, kept: frozenset[int], again: Mapping[int, anew.Orders]) -> anew.Orders:
    """重新办理, unless it is of another that is kept from this deputy."""
    handled = row.handled_as.pk
    return () if handled in kept else again.get(handled, ())


def _now(
    row: Proposal,
    kept: frozenset[int],
    lapsed: Mapping[int, date],
    again: str,
    became: Callable[[Reply], str],
    today: date,
) -> str:
    """Where it stands, as this deputy may know it; first that their own signature has run out."""
    if ran_out := lapsed.get(row.pk):
        return f"您的附议 {day(ran_out, today)}到期，不再算数。"
    return situation(row, kept=kept, anew=again, became=became)


def drafts(actor: Actor) -> list[Draft]:
    """草稿, the newest first: nobody else's."""
    return list(Draft.objects.filter(deputy__user=actor.user).select_related("proposal"))


def drafts_to_raise(actor: Actor) -> list[Draft]:
    """没写完的: of proposals that are not raised yet."""
    return [each for each in drafts(actor) if each.proposal is None]


class ToSign(NamedTuple):
    """One line of the list of proposals that one may sign."""

    proposal: Proposal
    when: str
    until: str


def to_sign(actor: Actor, today: date) -> list[ToSign]:
    """等人附议的: first what was asked by name, then what one signed and backs no more."""
    own = Cosignature.objects.filter(proposal=OuterRef("pk"), deputy__user=actor.user)
    by_name = Invitation.objects.of(actor).waiting(today).filter(proposal=OuterRef("pk"))
    rows = (
        Proposal.objects.to_cosign(actor, today)
        .select_related("lead", "delegation")
        .annotate(signed=Count("cosignatures", filter=counted(today, "cosignatures__")))
        .annotate(anew=Exists(own.filter(state=Signature.OUTDATED)))
        .annotate(lapsed=Exists(own.lapsed(today)), asked=Exists(by_name))
        .order_by("-asked", "-anew", "-lapsed", F("sign_until").asc(nulls_last=True), "-id")
    )
    return [
        ToSign(
            row,
            day(row.submitted_on, today),
            day(row.sign_until, today) if row.state == State.SIGNING else "",
        )
        for row in rows
    ]


def rated_replies(actor: Actor, proposals: Iterable[Proposal]) -> set[int]:
    """Replies this deputy has rated: told to nobody but themselves. What is void is not rated."""
    replies = [reply.pk for each in proposals for reply in each.replies]
    own = Rating.objects.counting().filter(deputy__user=actor.user, reply__in=replies)
    return set(own.values_list("reply_id", flat=True))


def to_confirm(proposal: Proposal) -> list[Meeting]:
    """Meetings that others of the unit have recorded and the deputy has not yet borne out."""
    if proposal.state == State.WITHDRAWN:
        return []
    return [
        meeting
        for part in proposal.parts
        for meeting in part.held
        if meeting.side == Side.UNIT and not meeting.confirmed_at
        if meeting.recorded_by_id != proposal.lead.user_id
    ]


def _extensions_to_agree(rows: Iterable[Proposal], today: date) -> Mapping[int, list[Extension]]:
    """延期 that still wait for the lead deputy's word, where the county asks for it."""
    found = {
        row.pk: asked
        for row in rows
        if (
            asked := [
                each
                for part in row.parts
                for each in part.extensions.all()
                if each.waits_for_deputy
            ]
        )
    }
    return found if found and CONSENT.on(today) else {}


def _line(
    proposal: Proposal,
    actor: Actor,
    clock: Clock,
    rated: set[int],
    asked: list[Extension],
    now: str,
    carried: str,
    again: Light | None,
) -> OwnProposal:
    leads, speaker = actor.same_person(proposal.lead.user_id), speaks(actor, proposal)
    return OwnProposal(
        proposal=proposal,
        state=proposal.state_to_deputies,
        leads=leads,
        speaks=speaker,
        carried=carried,
        light=clock.light_on(proposal.handled_as) or again,
        stops=stops(proposal, clock.today),
        now=now,
        owed=_owed(proposal, clock.today, rated, asked, leads=leads) if speaker else [],
    )


def _owed(
    proposal: Proposal, today: date, rated: set[int], asked: Iterable[Extension], *, leads: bool
) -> list[Owed]:
    owed = [
        Owed(
            Act.CONFIRM,
            f"确认{meeting.get_stage_display()}",
            since=timezone.localdate(meeting.recorded_at),
        )
        for meeting in to_confirm(proposal)
    ]
    owed += [
        Owed(Act.CONSENT, f"看{each.assignment.unit.name}的延期申请", since=each.asked_on)
        for each in asked
    ]
    if leads and proposal.state == State.RETURNED:
        owed.append(Owed(Act.MEND, "修改后再提", since=proposal.submitted_on))
    owed += [
        Owed(
            Act.RATE,
            f"{day(reply.rate_until)}前评价{_whose(reply, proposal)}答复",
            until=reply.rate_until,
            since=reply.replied_on,
        )
        for reply in proposal.replies
        if reply.pk not in rated and not why_closed(reply, today)
    ]
    return owed


def _whose(reply: Reply, proposal: Proposal) -> str:
    """Named where several units answer."""
    answering = [each for each in proposal.parts if each.answers]
    return f"{reply.assignment.unit.name}的" if len(answering) > 1 else ""
