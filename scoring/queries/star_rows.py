"""星的依据: the records behind one star, so that whoever reads a reason can count them after."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse

from congress.shared.models import Assembly
from deputies import codes
from deputies.models import Deputy, DutyRecord
from proposals.models import Proposal, Reply
from proposals.states import ANSWERING, NUMBERED, Signature
from scoring.poll_states import Outcome
from scoring.queries.meetings import share_words
from scoring.queries.reporting import results_of
from scoring.queries.spans import Span
from stations.models import Attendance, RotaSlot
from stations.queries.rota import turn_state


class Evidence(NamedTuple):
    """One record: when, what, what became of it, and where it can be read."""

    on: date
    title: str
    words: str
    url: str = ""


Rows = list[Evidence]
Loader = Callable[[Deputy, Assembly, Span, date], Rows]


def evidence_of(code: str, deputy: Deputy, assembly: Assembly, span: Span, today: date) -> Rows:
    """The rows that the star of this code was judged by, the newest first; none for others."""
    loader = LOADERS.get(code)
    rows = loader(deputy, assembly, span, today) if loader else []
    return sorted(rows, key=lambda row: row.on, reverse=True)


def _duties(deputy: Deputy, span: Span, items: tuple[str, ...]) -> Rows:
    rows = DutyRecord.objects.verified().filter(
        deputy=deputy, done_on__range=span, item__code__in=items
    )
    return [
        Evidence(
            row.done_on,
            row.item.short_name,
            row.note or row.place,
            reverse("deputies:record", args=[row.pk]),
        )
        for row in rows.select_related("item")
    ]


def _calls(deputy: Deputy, span: Span, which: Q) -> Rows:
    rows = Attendance.objects.filter(which, deputy=deputy, activity__held_on__range=span)
    return [
        Evidence(row.activity.held_on, row.activity.title, row.get_presence_display())
        for row in rows.select_related("activity")
    ]


def _meetings(deputy: Deputy, assembly: Assembly, span: Span, today: date) -> Rows:
    which = Q(activity__item__code=codes.CONGRESS_MEETING, activity__assembly=assembly)
    return _calls(deputy, span, which)


def _activities(deputy: Deputy, assembly: Assembly, span: Span, today: date) -> Rows:
    return _calls(deputy, span, Q(activity__item__code__startswith=codes.ACTIVITIES))


def _speaking(deputy: Deputy, assembly: Assembly, span: Span, today: date) -> Rows:
    return _duties(deputy, span, codes.SPEECHES)


def _learning(deputy: Deputy, assembly: Assembly, span: Span, today: date) -> Rows:
    return _duties(deputy, span, codes.LESSONS)


def _proposals(deputy: Deputy, assembly: Assembly, span: Span, today: date) -> Rows:
    signed = Q(cosignatures__deputy=deputy, cosignatures__state=Signature.STANDING)
    rows = Proposal.objects.filter(
        Q(lead=deputy) | signed, state__in=NUMBERED, accepted_on__range=span
    )
    return [
        Evidence(
            row.accepted_on,
            f"{row.number} {row.title}",
            "领衔" if row.lead_id == deputy.pk else "附议",
            reverse("proposals:detail", args=[row.pk]),
        )
        for row in rows.distinct()
        if row.accepted_on
    ]


def _follow_up(deputy: Deputy, assembly: Assembly, span: Span, today: date) -> Rows:
    """Replies whose rating window closed in these days; that one was rated, never how."""
    first, last = span
    closed = Reply.objects.standing(today).of_standing()
    closed = closed.window_closed(min(last + timedelta(days=1), today), since=first).filter(
        assignment__role__in=ANSWERING, assignment__proposal__lead=deputy
    )
    rows = [
        Evidence(
            row.rate_until,
            f"{row.assignment.proposal.number} {row.assignment.proposal.title}",
            f"{row.assignment.unit.name}的答复，评价到这一天为止",
            reverse("proposals:detail", args=[row.assignment.proposal_id]),
        )
        for row in closed.select_related("assignment__proposal", "assignment__unit").order_by()
    ]
    return rows or _duties(deputy, span, (codes.SUPERVISION,))


def _voters(deputy: Deputy, assembly: Assembly, span: Span, today: date) -> Rows:
    turns = RotaSlot.objects.live().filter(deputy=deputy, day__held_on__range=span)
    rows = [
        Evidence(slot.day.held_on, f"轮值：{slot.day.station}", turn_state(slot, today)[0])
        for slot in turns.select_related("day__station")
    ]
    return [*rows, *_duties(deputy, span, (codes.RECEPTION,))]


def _image(deputy: Deputy, assembly: Assembly, span: Span, today: date) -> Rows:
    rows = []
    for row in results_of([deputy.pk], *span):
        words = row.get_outcome_display()
        if row.outcome == Outcome.REPORTED:
            words = f"满意和基本满意 {share_words(row)}" if row.valid else "没有测评"
        meeting = row.report.meeting
        rows.append(Evidence(meeting.held_on, f"{meeting}，{meeting.place}", words))
    return rows or _duties(deputy, span, (codes.REPORT_TO_VOTERS,))


LOADERS: Mapping[str, Loader] = {
    "meetings": _meetings,
    "speaking": _speaking,
    "proposals": _proposals,
    "follow_up": _follow_up,
    "voters": _voters,
    "activities": _activities,
    "learning": _learning,
    "image": _image,
}
