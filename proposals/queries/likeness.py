"""以前相近的建议: of all that this person may know of, the five most alike."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Count, Max

from congress.shared.actors import Actor
from congress.shared.models import AuditEvent
from congress.shared.names import says_something
from deputies.models import Deputy
from proposals import similar
from proposals.models import Proposal
from proposals.models.proposal import ProposalQuerySet
from proposals.permissions import why_not_cosign
from proposals.queries.progress import situation
from proposals.states import State

MOST = 5
LOOKED_AT = 40
SHORTEST = 4
"""A title of three characters is like everything."""


class Earlier(NamedTuple):
    """One earlier proposal beside what is being written."""

    proposal: Proposal
    now: str
    own: bool
    no_cosign: str | None


def earlier(title: str, actor: Actor, today: date) -> list[Earlier]:
    """What the deputy may be shown, the most alike first, each with where it stands."""
    if len(title.strip()) < SHORTEST or not says_something(title):
        return []
    rows = Proposal.objects.known_to(actor)
    deputy = Deputy.objects.filter(user=actor.user).first()
    found = _alike(rows, title)
    visible = Proposal.objects.visible_to(actor).filter(pk__in=[row.pk for row in found])
    own = set(visible.values_list("pk", flat=True))
    return [
        Earlier(row, situation(row), row.pk in own, why_not_cosign(actor, row, deputy, today))
        for row in found
    ]


def like(proposal: Proposal) -> list[Proposal]:
    """For the office: every other one that looks like it, whatever its state."""
    rows = Proposal.objects.exclude(state__in=(State.SIGNING, State.WITHDRAWN))
    return _alike(rows.exclude(pk=proposal.pk), proposal.title, proposal.request)


def with_alike(proposals: Sequence[Proposal]) -> set[int]:
    """Which of these look like another proposal: one look at the index for each."""
    known = _index()
    found = set()
    for row in proposals:
        hits = similar.nearest(known, row.title, row.request, most=2)
        if any(hit.key != row.pk for hit in hits):
            found.add(row.pk)
    return found


def _alike(rows: ProposalQuerySet, title: str, words: str = "") -> list[Proposal]:
    hits = similar.nearest(_index(), title, words, most=LOOKED_AT)
    order = {hit.key: place for place, hit in enumerate(hits)}
    found = rows.filter(pk__in=order).with_progress()
    return sorted(found, key=lambda row: order[row.pk])[:MOST]


def _index() -> similar.Index | None:
    """Made anew when a proposal came or changed; each change left a line in the trail."""
    count = Proposal.objects.aggregate(count=Count("pk"), last=Max("pk"))
    newest = (
        AuditEvent.objects.filter(subject=Proposal._meta.label)
        .order_by("-id")
        .values_list("id", flat=True)
        .first()
    )
    return _index_at(count["count"], count["last"], newest)


@lru_cache(maxsize=1)
def _index_at(count: int, last: int | None, newest: int | None) -> similar.Index | None:
    rows = Proposal.objects.order_by("pk").values_list("pk", "title", "request")
    return similar.index([similar.Text(*row) for row in rows])
