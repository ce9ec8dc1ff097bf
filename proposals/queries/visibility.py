"""谁看得到什么: the steps of the trail of which somebody may read. The one place that says so.

Pages, feeds, exports, notices and the log all come here, so that none can show what another hides.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from congress.shared.actors import Actor
from congress.shared.models import AuditEvent
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
from proposals.queries.scopes import Scope, narrowed, scopes_of
from proposals.readers import Reader
from proposals.states import State

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


def readable(actor: Actor | None, of: Iterable[int] | None = None) -> "QuerySet[AuditEvent]":
    """What the reader may read, the newest first; nobody in particular is the public.

    `of` asks for these proposals alone, by the numbers of their rows.
    """
    scopes = scopes_of(actor)
    found = Q(pk__in=())
    for scope in scopes if of is None else narrowed(scopes, list(of)):
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
        numbers = _numbers(subject, scope)
        if numbers != []:
            found |= Q(subject=subject, subject_id__in=numbers) & _of_types(subject, types)
    return found


def _raising(scope: Scope) -> "QuerySet[Any, Any]":
    """再次提出 tells that the earlier one was solved: not before everybody may know."""
    again = Challenge.objects.raised_again().answered_openly()
    return scope.proposals.filter(Exists(again.filter(proposal=OuterRef("pk")))).values("pk")


def _numbers(subject: str, scope: Scope) -> "QuerySet[Any, Any] | list[int]":
    if subject in _OF_PROPOSALS:
        return _of_proposals(subject, scope) if scope.among("proposals") != [] else []
    if scope.among("parts") == []:
        return []
    if subject == events.PART:
        return scope.among("parts")
    if subject == events.SHEET:
        return scope.parts.filter(sheet__isnull=False).values("sheet")
    if model := OF_RATINGS.get(subject):
        way = "rating__reply__assignment__in"
        return model._default_manager.filter(**{way: scope.among("parts")}).values("pk")
    if subject in {each._meta.label for each in OF_REPLIES}:
        return _of_answers(subject, scope)
    model = next(each for each in OF_PARTS if each._meta.label == subject)
    parts = _answered(scope) if model in OF_ORDERS else scope.among("parts")
    shown = _OPEN.get(model, Q()) if scope.reader == Reader.PUBLIC else Q()
    return model._default_manager.filter(shown, assignment__in=parts).values("pk")


_OF_PROPOSALS = frozenset(
    {events.PROPOSAL, events.SIGNATURE, events.RECURRENCE, events.INVITATION}
    | {model._meta.label for model in OF_KEY}
)


def _of_proposals(subject: str, scope: Scope) -> "QuerySet[Any, Any] | list[int]":
    rows = scope.among("proposals")
    if subject == events.PROPOSAL:
        return rows
    if subject == events.SIGNATURE:
        return Cosignature.objects.filter(proposal__in=rows).values("pk")
    if subject == events.RECURRENCE:
        return Recurrence.objects.filter(later__in=rows).values("pk")
    if subject == events.INVITATION:
        return scope.invitations.filter(proposal__in=rows).values("pk")
    if subject == events.CARRIED and scope.reader in STRANGERS:
        carried = CarriedProposal.objects
        handed_on = carried.told_openly() if scope.reader in BYSTANDERS else carried.told_apart()
        return handed_on.filter(proposal__in=rows).values("pk")
    model = next(each for each in OF_KEY if each._meta.label == subject)
    return model._default_manager.filter(**{f"{OF_KEY[model]}__in": rows}).values("pk")


def _of_answers(subject: str, scope: Scope) -> "QuerySet[Any, Any]":
    model = next(each for each in OF_REPLIES if each._meta.label == subject)
    shown = Q(reply__opened_on__isnull=False) if scope.reader == Reader.PUBLIC else Q()
    return model._default_manager.filter(shown, reply__assignment__in=_answered(scope)).values("pk")


def _answered(scope: Scope) -> "QuerySet[Assignment] | list[int]":
    """What became of an answer: for the public once one is published and not kept back."""
    shown = {"proposal__state": State.PUBLISHED, "proposal__reply_withheld_reason": ""}
    if scope.reader == Reader.PUBLIC:
        return scope.parts.filter(**shown)
    return scope.among("parts")


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
