"""办理经过 ready to print: the steps that a reader may read, each in words."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Max, QuerySet
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.models import AuditEvent
from congress.shared.personal_numbers import masked
from proposals import events
from proposals.events import EVENTS, Key, key_of
from proposals.models import (
    Assignment,
    CarriedProposal,
    Challenge,
    Cosignature,
    Foster,
    Invitation,
    KeyAnswer,
    KeySupervision,
    Proposal,
    Question,
    RatingOpening,
    RatingVoiding,
    Recurrence,
    Sheet,
    SiteNote,
)
from proposals.queries import noted
from proposals.queries.clocks import day, weekday
from proposals.queries.naming import unnamed_to
from proposals.queries.steps import TrailStep
from proposals.queries.visibility import OF_PARTS, OF_REPLIES, kept_from, readable
from proposals.queries.wording import told
from proposals.states import State

REASONED = (State.RETURNED, "withheld")
AT_WORK = frozenset(key for key in EVENTS if key.subject == events.DRAFT or key.now == "handed_on")
"""Told within a unit, and there with who did it; of everything else the office alone reads who."""
PART_OF = ("assignment__unit", "assignment__proposal")
MORE: Mapping[str, tuple[str, ...]] = {
    events.OBJECTION: ("better_unit",),
    events.REPLY: ("outcome",),
    events.CHALLENGE: ("proposal",),
    events.FINDING: ("inspection__organisation", "inspection__unit"),
}
LOADED: "Mapping[str, QuerySet[Any]]" = {
    events.PROPOSAL: Proposal.objects.select_related("lead", "ground", "merged_into")
    .prefetch_related("cosignatures", "assignments__unit")
    .prefetch_related("merged_into__assignments__unit")
    .prefetch_related("merged_into__assignments__replies__outcome"),
    events.SIGNATURE: Cosignature.objects.select_related("deputy", "proposal"),
    events.INVITATION: Invitation.objects.select_related("deputy", "proposal__lead"),
    events.RECURRENCE: Recurrence.objects.select_related("later", "earlier"),
    events.PART: Assignment.objects.select_related("unit", "proposal"),
    events.SHEET: Sheet.objects.all(),
    events.CARRIED: CarriedProposal.objects.select_related("carry_over__term", "proposal"),
    events.FOSTER: Foster.objects.select_related("deputy", "proposal__lead"),
    events.KEY: KeySupervision.objects.select_related("leader", "proposal"),
    events.QUESTION: Question.objects.select_related("unit", "supervision__proposal"),
    events.KEY_ANSWER: KeyAnswer.objects.select_related("question__supervision__proposal"),
    events.SITE_NOTE: SiteNote.objects.select_related("supervision__proposal"),
    **{
        model._meta.label: model._default_manager.select_related(
            "rating__reply__assignment__unit", "rating__reply__assignment__proposal"
        )
        for model in (RatingOpening, RatingVoiding)
    },
    **{
        model._meta.label: model._default_manager.select_related(
            *PART_OF, *MORE.get(model._meta.label, ())
        )
        for model in OF_PARTS
    },
    **{
        model._meta.label: model._default_manager.select_related(
            *("reply__assignment__unit", "reply__assignment__proposal", "reply__outcome"),
            *MORE.get(model._meta.label, ()),
        )
        for model in OF_REPLIES
    },
}
"""Everything that the words of a record are made of."""


class EventLine(NamedTuple):
    """One line of 办理经过. `at` and `written` are when it was written down, `on` when it happened.

    `row` is its number in the trail and is shown to nobody: gaps would tell of other steps.
    """

    row: int
    key: Key
    at: datetime
    on: date
    when: str
    weekday: str
    written: str
    seal: str
    colour: str
    title: str
    words: str
    who: str
    proposal: Proposal | None


def timeline(proposal: Proposal, actor: Actor | None, today: date) -> list[EventLine]:
    """What this reader may know of one proposal, by the day it happened, the newest first."""
    found = lines(readable(actor, [proposal.pk]), actor, today)
    return sorted(found, key=lambda line: line.on, reverse=True)


def news(actor: Actor) -> "QuerySet[AuditEvent]":
    """动态 of all that this person may read; that somebody saves a draft is no news."""
    return readable(actor).exclude(subject=events.DRAFT, now="draft_saved")


def named_in(told_of: Iterable[EventLine]) -> set[int]:
    """The proposals of these lines."""
    return {line.proposal.pk for line in told_of if line.proposal}


def opened_from(told_of: Iterable[EventLine], actor: Actor) -> set[int]:
    """The proposals of these lines whose page this reader may open: a unit's part may be gone."""
    rows = Proposal.objects.visible_to(actor).filter(pk__in=named_in(told_of))
    return set(rows.values_list("pk", flat=True))


def lines(rows: Iterable[AuditEvent], actor: Actor | None, today: date) -> list[EventLine]:
    """These steps in words, in their order: a fixed number of queries for any number of them."""
    steps = list(rows)
    trail = _Trail(steps, actor)
    found = (_line(row, trail, actor, today) for row in steps)
    return [line for line in found if line]


class _Trail:
    """What the words of these steps are made of, each kind fetched once for all of them."""

    def __init__(self, steps: Sequence[AuditEvent], actor: Actor | None) -> None:
        self.others = noted.others(steps)
        self.records, self.saved = _records(steps), _saved(steps)
        again = [each.proposal for each in self.records.values() if isinstance(each, Challenge)]
        parted = self.others.values()
        merged = kept_from(actor) if parted else frozenset()
        self.kept = merged | unnamed_to(actor, (*parted, *again))
        self.returns, self.publicly = _last_reasons(steps), actor is None

    def step(self, row: AuditEvent, key: Key) -> TrailStep:
        draft = key.subject == events.DRAFT
        return TrailStep(
            key,
            timezone.localdate(row.at),
            self.publicly,
            bisect_right(self.saved[row.subject_id], row.pk) if draft else 0,
            row.pk in self.returns,
            self.kept,
            noted.day_given(row.note),
            self.others.get(row.pk),
            noted.units_given(row),
            row.at,
        )


def _line(row: AuditEvent, trail: _Trail, actor: Actor | None, today: date) -> EventLine | None:
    """Nothing of a step that no table names, or that has no words for this reader."""
    key = key_of(row.subject, row.was, row.now)
    record = trail.records.get((row.subject, row.subject_id))
    if key is None or record is None:
        return None
    step = trail.step(row, key)
    said = told(record, step)
    if said is None:
        return None
    event = EVENTS[key]
    named = actor is not None and (actor.in_an_office or key in AT_WORK)
    return EventLine(
        row.pk,
        key,
        row.at,
        said.on,
        day(said.on, today),
        weekday(said.on),
        day(step.on, today),
        event.seal,
        event.colour,
        event.word,
        said.words if actor else masked(said.words),
        _who(row) if named else "",
        _about(record),
    )


def _who(row: AuditEvent) -> str:
    """代工委·代工委主任 is said once."""
    place, _, role = row.post.partition("·")
    post = role if role.startswith(place) else row.post
    return f"{row.by_name}（{post}）" if post else row.by_name


def _about(record: Any) -> Proposal | None:
    """The proposal that a record is about; a sheet is about many."""
    if isinstance(record, Proposal):
        return record
    if isinstance(record, Sheet):
        return None
    if isinstance(record, Challenge):
        return record.earlier
    found: Proposal = record.proposal if hasattr(record, "proposal") else record.assignment.proposal
    return found


def _records(steps: Sequence[AuditEvent]) -> dict[tuple[str, int], Any]:
    """What the steps are about, one query for each kind of row."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for row in steps:
        numbers[row.subject].add(row.subject_id)
    found: dict[tuple[str, int], Any] = {}
    for subject, wanted in numbers.items():
        if subject in LOADED:
            for pk, record in LOADED[subject].in_bulk(wanted).items():
                found[subject, pk] = record
    return found


def _last_reasons(steps: Sequence[AuditEvent]) -> set[int]:
    """退回修改, 定为不公开: of each proposal the last one, whose reason its record has."""
    about = {row.subject_id for row in steps if row.now in REASONED}
    if not about:
        return set()
    rows = AuditEvent.objects.filter(subject=events.PROPOSAL, now__in=REASONED)
    lasts = rows.filter(subject_id__in=about).order_by().values("subject_id", "now")
    return set(lasts.annotate(last=Max("pk")).values_list("last", flat=True))


def _saved(steps: Sequence[AuditEvent]) -> dict[int, list[int]]:
    """Which steps saved a draft: the number of them so far is the number of its edition."""
    drafts = {row.subject_id for row in steps if row.subject == events.DRAFT}
    found: dict[int, list[int]] = defaultdict(list)
    if drafts:
        rows = AuditEvent.objects.filter(subject=events.DRAFT, subject_id__in=drafts)
        for draft, pk in (
            rows.filter(now="draft_saved").order_by("pk").values_list("subject_id", "pk")
        ):
            found[draft].append(pk)
    return found
