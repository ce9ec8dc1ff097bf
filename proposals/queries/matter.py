"""反复提的一件事: each time that it was raised, what people said, and what they may still say."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from congress.shared.actors import Actor
from proposals.models import Proposal, Recurrence, Resemblance
from proposals.models.reference import Result
from proposals.permissions import why_not_confirm_likeness
from proposals.queries import likeness
from proposals.queries.anew import Orders, in_words, running
from proposals.queries.clocks import day
from proposals.queries.counting import now_of
from proposals.queries.origins import Said, said
from proposals.recurring import UNCOUNTED, Likeness, matters
from proposals.why_alike import Why, why


class Time(NamedTuple):
    """One time that it was raised, and what came of it."""

    proposal: Proposal
    raised: str
    units: str
    results: str
    answered: str


class Beside(NamedTuple):
    """待认定: one that looks like one of the matter, and why."""

    proposal: Proposal
    like: Proposal
    why: Why
    raised: str
    no_confirm: str | None


class Matter(NamedTuple):
    key: int
    times: list[Time]
    judged: list[Recurrence]
    partly: list[Recurrence]
    likely: list[Beside]


def matter(proposal: Proposal, by: Actor, today: date) -> Matter | None:
    """Of the matter to which the proposal belongs; None when it has nothing beside it."""
    told = said()
    group = next((each for each in matters(told.one_matter) if proposal.pk in each), [proposal.pk])
    pairs = _unjudged(group, told)
    numbers = {*group, *(outside for _, outside, _ in pairs)}
    rows = _rows(numbers, by)
    here = [rows[pk] for pk in group if pk in rows]
    now, again = now_of(each for row in here for each in row.handled_as.replies), running(here)
    times = [_time(row, now, again.get(row.handled_as.pk, ()), today) for row in here]
    judged = _judged(group, rows)
    likely = _beside(pairs, group, rows, by, today)
    if len(times) + len(likely) + len(judged) < 2:
        return None
    return Matter(
        proposal.pk,
        sorted(times, key=lambda each: (each.proposal.submitted_on or today, each.proposal.pk)),
        [each for each in judged if each.kind != Likeness.PARTLY],
        [each for each in judged if each.kind == Likeness.PARTLY],
        likely,
    )


def _unjudged(group: Collection[int], told: Said) -> list[tuple[int, int, float]]:
    """The best pair of each that stands outside, unless it was told apart from any inside."""
    rows = Resemblance.objects.filter(Q(one__in=group) | Q(other__in=group))
    found: dict[int, tuple[int, int, float]] = {}
    for one, other, score in rows.order_by("-score", "pk").values_list("one", "other", "score"):
        inside, outside = (one, other) if one in group else (other, one)
        if outside in group or outside in found:
            continue
        said_of = {told.judged.get(frozenset((outside, pk))) for pk in group} - {None}
        if not said_of:
            found[outside] = (inside, outside, score)
    return list(found.values())


def _rows(numbers: Collection[int], by: Actor) -> dict[int, Proposal]:
    rows = Proposal.objects.visible_to(by).filter(pk__in=numbers).exclude(state__in=UNCOUNTED)
    return rows.with_progress().in_bulk()


def _judged(group: Collection[int], rows: Collection[int]) -> list[Recurrence]:
    """Inside the matter, and 部分相同 beside it."""
    inside = Q(later__in=group, earlier__in=group)
    beside = Q(kind=Likeness.PARTLY) & (Q(later__in=group) | Q(earlier__in=group))
    found = Recurrence.objects.filter(inside | beside)
    return list(found.select_related("later", "earlier", "confirmed_by"))


def _time(row: Proposal, now: Mapping[int, Result], again: Orders, today: date) -> Time:
    """By the class that counts now, with the 重新办理 that runs."""
    handled = row.handled_as
    answers = handled.replies
    results = [now[each.pk] for each in answers]
    last = max((each.replied_on for each in answers), default=None)
    answered = f"{day(last, today)}答复" if last else ""
    return Time(
        row,
        f"{row.submitted_on:%Y} 年 {row.submitted_on.month} 月" if row.submitted_on else "",
        "、".join(each.unit.short_name for each in handled.parts if each.answers),
        "，".join(dict.fromkeys(f"{e.code} {e.name}".strip() for e in results))
        or row.get_state_display(),
        "；".join(each for each in (answered, in_words(again, today)) if each),
    )


def _beside(
    pairs: Collection[tuple[int, int, float]],
    group: Collection[int],
    rows: dict[int, Proposal],
    by: Actor,
    today: date,
) -> list[Beside]:
    known = likeness.index() if pairs else None
    if known is None:
        return []
    return [
        Beside(
            rows[outside],
            rows[inside],
            why(known, likeness.text_of(rows[inside]), likeness.text_of(rows[outside]), score),
            f"{day(rows[outside].submitted_on, today)}提出",
            why_not_confirm_likeness(by, rows[outside]),
        )
        for inside, outside, score in pairs
        if inside in rows and outside in rows
    ]
