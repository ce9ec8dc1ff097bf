"""谁看得到什么: the steps of the trail of which somebody may read. The one place that says so.

Pages, feeds, exports, notices and the log all come here, so that none can show what another hides.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Value

from congress.shared.actors import Actor
from congress.shared.models import AuditEvent
from congress.shared.roles import UNIT, Role
from proposals import events
from proposals.events import EVENTS, Key
from proposals.models import (
    Assignment,
    CarriedProposal,
    Challenge,
    Convening,
    Cosignature,
    Countersignature,
    Extension,
    Foster,
    InspectionNote,
    Invitation,
    KeyAnswer,
    KeySupervision,
    LookBack,
    Meeting,
    Objection,
    Opinion,
    Pause,
    Promise,
    Proposal,
    Question,
    RatingOpening,
    RatingVoiding,
    Recurrence,
    Rehandling,
    Reply,
    ReplyDraft,
    SiteNote,
    Upgrade,
    Waiver,
)
from proposals.models.countersigning import shared_with
from proposals.readers import Reader
from proposals.states import HANDED, OPINING, SheetState, State

OF_PARTS: tuple[type[Model], ...] = (
    *(Objection, Pause, Extension, Meeting, Waiver, ReplyDraft, Reply, Opinion, Countersignature),
    InspectionNote,
    *(Rehandling, Convening),
)
"""Each row of these is about one unit's part."""
OF_RATINGS: Mapping[str, type[Model]] = {
    events.RATING_OPENING: RatingOpening,
    events.RATING_VOIDING: RatingVoiding,
}
OF_ORDERS: tuple[type[Model], ...] = (Rehandling, Convening)
"""Of these the public reads once the answer that was ordered anew is published."""
_OPEN: Mapping[type[Model], Q] = {
    Reply: Q(version=1) | Q(opened_on__isnull=False),
    Rehandling: Q(reply__opened_on__isnull=False),
}
"""A further version, and what is ordered about it, the public reads of once it is everybody's."""
OF_KEY: Mapping[type[Model], str] = {
    CarriedProposal: "proposal",
    Foster: "proposal",
    KeySupervision: "proposal",
    Question: "supervision__proposal",
    KeyAnswer: "question__supervision__proposal",
    SiteNote: "supervision__proposal",
}
"""Each row of these is about one proposal, found by this way."""
OF_REPLIES: tuple[type[Model], ...] = (Promise, LookBack, Upgrade, Challenge)
"""Each row of these is about one unit's answer."""

RAISES = Key(events.PROPOSAL, "raises_again")
STRANGERS = Reader.PUBLIC | Reader.INVITED | Reader.SIGNER
"""They are no party to what an earlier answer said."""
BYSTANDERS = Reader.PUBLIC | Reader.INVITED
"""They read no answer before it is published."""


class Scope(NamedTuple):
    """Somebody reads in this part of these proposals, and of these units' parts."""

    reader: Reader
    proposals: "QuerySet[Proposal]"
    parts: "QuerySet[Assignment]"
    invitations: "QuerySet[Invitation]" = Invitation.objects.none()


def readable(actor: Actor | None, of: Iterable[int] | None = None) -> "QuerySet[AuditEvent]":
    """What the reader may read, the newest first; nobody in particular is the public.

    `of` asks for these proposals alone, by the numbers of their rows.
    """
    scopes = _scopes(actor)
    found = Q(pk__in=())
    for scope in scopes if of is None else _narrowed(scopes, list(of)):
        found |= _steps(scope)
    return AuditEvent.objects.filter(found).order_by("-at", "-pk")


def kept_from(actor: Actor | None) -> frozenset[int]:
    """并案: those of what is merged, and of what it is merged into, that are kept from a reader."""
    merged = Q(merged_into__isnull=False) | Q(merged__isnull=False)
    rows = Proposal.objects.kept_from(actor).filter(merged)
    return frozenset(rows.order_by().values_list("pk", flat=True))


def logged() -> "QuerySet[AuditEvent]":
    """办理痕迹 of the whole house without what is nobody's: a rating leaves no line here."""
    secret = [key for key, event in EVENTS.items() if not event.readers & Reader.LOG]
    return AuditEvent.objects.exclude(subject__in={key.subject for key in secret})


def _scopes(actor: Actor | None) -> list[Scope]:
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


def _narrowed(scopes: list[Scope], of: list[int]) -> list[Scope]:
    """What each has of these proposals, by number; one question for all, what has none is gone.

    The trail is then asked for a few rows of a few parts: put into one question, every table of
    it would look for them anew.
    """
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    for at, field, row in _rows(scopes, of):
        found[at, field].append(row)
    return [
        Scope(
            scope.reader,
            Proposal.objects.filter(pk__in=found[at, "proposals"]),
            Assignment.objects.filter(pk__in=found[at, "parts"]),
            Invitation.objects.filter(pk__in=found[at, "invitations"]),
        )
        for at, scope in enumerate(scopes)
        if any((at, field) in found for field in Scope._fields)
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


def _steps(scope: Scope) -> Q:
    """The rows of the trail, subject by subject, of the types that this part reads."""
    keys, found = events.read_by(scope.reader), Q(pk__in=())
    for subject in {key.subject for key in keys}:
        types = frozenset(key for key in keys if key.subject == subject)
        if RAISES in types and scope.reader in STRANGERS:
            types -= {RAISES}
            found |= Q(subject=subject, subject_id__in=_raising(scope)) & _of_types(
                subject, frozenset({RAISES})
            )
        rows = Q(subject=subject, subject_id__in=_numbers(subject, scope))
        found |= rows & _of_types(subject, types)
    return found


def _raising(scope: Scope) -> "QuerySet[Any, Any]":
    """再次提出 tells that the earlier one was solved: not before everybody may know."""
    again = Challenge.objects.raised_again().answered_openly()
    return scope.proposals.filter(Exists(again.filter(proposal=OuterRef("pk")))).values("pk")


def _numbers(subject: str, scope: Scope) -> "QuerySet[Any, Any]":
    if subject == events.PROPOSAL:
        return scope.proposals.values("pk")
    if subject == events.SIGNATURE:
        return Cosignature.objects.filter(proposal__in=scope.proposals).values("pk")
    if subject == events.RECURRENCE:
        return Recurrence.objects.filter(later__in=scope.proposals).values("pk")
    if subject == events.INVITATION:
        return scope.invitations.filter(proposal__in=scope.proposals).values("pk")
    if subject == events.PART:
        return scope.parts.values("pk")
    if subject == events.SHEET:
        return scope.parts.filter(sheet__isnull=False).values("sheet")
    if subject == events.CARRIED and scope.reader in STRANGERS:
        rows = CarriedProposal.objects
        handed_on = rows.told_openly() if scope.reader in BYSTANDERS else rows.told_apart()
        return handed_on.filter(proposal__in=scope.proposals).values("pk")
    for kept, way in OF_KEY.items():
        if kept._meta.label == subject:
            return kept._default_manager.filter(**{f"{way}__in": scope.proposals}).values("pk")
    if model := OF_RATINGS.get(subject):
        return model._default_manager.filter(rating__reply__assignment__in=scope.parts).values("pk")
    if subject in {each._meta.label for each in OF_REPLIES}:
        return _of_answers(subject, scope)
    model = next(each for each in OF_PARTS if each._meta.label == subject)
    parts = _answered(scope) if model in OF_ORDERS else scope.parts
    shown = _OPEN.get(model, Q()) if scope.reader == Reader.PUBLIC else Q()
    return model._default_manager.filter(shown, assignment__in=parts).values("pk")


def _of_answers(subject: str, scope: Scope) -> "QuerySet[Any, Any]":
    model = next(each for each in OF_REPLIES if each._meta.label == subject)
    shown = Q(reply__opened_on__isnull=False) if scope.reader == Reader.PUBLIC else Q()
    return model._default_manager.filter(shown, reply__assignment__in=_answered(scope)).values("pk")


def _answered(scope: Scope) -> "QuerySet[Assignment]":
    """What became of an answer: for the public once one is published and not kept back."""
    shown = {"proposal__state": State.PUBLISHED, "proposal__reply_withheld_reason": ""}
    return scope.parts.filter(**shown) if scope.reader == Reader.PUBLIC else scope.parts


@cache
def _of_types(subject: str, types: frozenset[Key]) -> Q:
    """A type that names the state before goes before the one that does not.

    The table never changes while the house runs, so these words are put together once.
    """
    plain, found = set(), Q(pk__in=())
    for key in types:
        apart = [each.was for each in EVENTS if each[:2] == key[:2] and each.was]
        if key.was:
            found |= Q(now=key.now, was=key.was)
        elif apart:
            found |= Q(now=key.now) & ~Q(was__in=apart)
        else:
            plain.add(key.now)
    return found | Q(now__in=sorted(plain)) if plain else found
