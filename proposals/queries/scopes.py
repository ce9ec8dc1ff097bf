"""Of which proposals, parts and invitations somebody reads, and in which part of theirs."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Value

from congress.shared.actors import Actor
from congress.shared.roles import UNIT, Role
from proposals.models import Assignment, Invitation, Proposal, Reply
from proposals.models.countersigning import shared_with
from proposals.readers import Reader
from proposals.states import HANDED, OPINING, SheetState, State


class Scope(NamedTuple):
    """Somebody reads in this part of these proposals, and of these units' parts."""

    reader: Reader
    proposals: "QuerySet[Proposal]"
    parts: "QuerySet[Assignment]"
    invitations: "QuerySet[Invitation]" = Invitation.objects.none()
    known: Mapping[str, list[int]] | None = None

    def among(self, what: str) -> "QuerySet[Any] | list[int]":
        """What to look among: numbers where they are known, which ask nothing of other tables."""
        return getattr(self, what) if self.known is None else self.known.get(what, [])


def scopes_of(actor: Actor | None) -> list[Scope]:
    """Everything that this reader reads of; nobody in particular is the public."""
    if actor is None:
        rows = Proposal.objects.open_to_public()
        return [Scope(Reader.PUBLIC, rows, _handed(rows).answering())]
    if actor.in_an_office:
        rows = Proposal.objects.visible_to(actor)
        scopes = [Scope(Reader.OFFICE, rows, Assignment.objects.filter(proposal__in=rows))]
        return scopes + _of_ratings(actor)
    return _of_unit(actor) if actor.role in UNIT else _of_deputy(actor)


def _of_ratings(actor: Actor) -> list[Scope]:
    """As `Rating.visible_to`; leaders, who read those of what is key, decide nothing of them."""
    if not actor.at_deputy_office and not actor.is_a(Role.TOWNSHIP_CLERK):
        return []
    rows = Proposal.objects.visible_to(actor)
    own = rows if actor.at_deputy_office else rows.decided_by(actor)
    return [Scope(Reader.RATINGS, own, Assignment.objects.filter(proposal__in=own))]


def _of_deputy(actor: Actor) -> list[Scope]:
    led, none = Proposal.objects.led_or_fostered_by(actor), Assignment.objects.none()
    sent, asked = Invitation.objects.by_lead(actor), Invitation.objects.of(actor)
    named = Proposal.objects.asking(actor)
    signed = Proposal.objects.mine(actor)
    open_ones = Proposal.objects.read_unsigned(actor)
    return [
        Scope(Reader.LEAD, led, _handed(led), sent),
        Scope(Reader.SIGNER, signed, _handed(signed)),
        Scope(Reader.INVITED, open_ones, none),
        Scope(Reader.ASKED, named, none, asked),
    ]


def _of_unit(actor: Actor) -> list[Scope]:
    """Its own parts; of others' what is written or copied to it, or what it signs with them."""
    own, parts = Assignment.objects.handled_by(actor), Assignment.objects.all()
    answering, opining = own.answering(), own.opining()
    helped = _handed(_about(own.leading())).filter(role__in=OPINING)
    shared = parts.leading().filter(drafts__in=shared_with(own))
    copied = parts.answering().filter(replies__in=Reply.objects.copied_to(own))
    raised = parts.filter(unit=actor.organisation_id)
    gone, none = parts.taken_back_from(actor), Proposal.objects.none()
    withdrawn = _about(gone.exclude(sheet__state=SheetState.DROPPED)).filter(state=State.WITHDRAWN)
    return [
        Scope(Reader.ANSWERING, _about(answering), answering),
        Scope(Reader.ASSISTING, _about(opining), opining),
        Scope(Reader.HELPED, none, helped),
        Scope(Reader.JOINT, none, shared),
        Scope(Reader.COPIED, none, copied),
        Scope(Reader.OBJECTOR, none, raised),
        Scope(Reader.FORMER, withdrawn, gone),
    ]


def _about(parts: "QuerySet[Assignment]") -> "QuerySet[Proposal]":
    return Proposal.objects.filter(Exists(parts.filter(proposal=OuterRef("pk"))))


def _handed(rows: "QuerySet[Proposal]") -> Any:
    """The parts that units have in hand: neither planned nor given back."""
    return Assignment.objects.filter(proposal__in=rows, state__in=HANDED, assigned_on__isnull=False)


def narrowed(scopes: list[Scope], of: list[int]) -> list[Scope]:
    """What each has of these proposals, by number; one question for all, what has none is gone.

    The trail is then asked for a few rows of a few parts: put into one question, every table of
    it would look for them anew.
    """
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at, field, row in _rows(scopes, of):
        found[at][field].append(row)
    return [
        Scope(
            scope.reader,
            Proposal.objects.filter(pk__in=known["proposals"]),
            Assignment.objects.filter(pk__in=known["parts"]),
            Invitation.objects.filter(pk__in=known["invitations"]),
            known,
        )
        for at, scope in enumerate(scopes)
        if (known := found.get(at))
    ]


def _rows(scopes: list[Scope], of: list[int]) -> "QuerySet[Any, Any]":
    asked: list[QuerySet[Any, Any]] = []
    for at, scope in enumerate(scopes):
        within = {
            "proposals": scope.proposals.filter(pk__in=of),
            "parts": scope.parts.filter(proposal__in=of),
            "invitations": scope.invitations.filter(proposal__in=of),
        }
        for field, rows in within.items():
            asked.append(rows.order_by().values_list(Value(at), Value(field), "pk"))
    return asked[0].union(*asked[1:])
