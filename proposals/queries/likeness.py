"""以前相近的建议: of all that this person may know of, the five most alike."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import BigIntegerField, Case, Count, F, Func, Sum, Value, When
from django.db.models.functions import Concat, Left

from congress.shared.actors import Actor
from congress.shared.names import says_something
from congress.shared.personal_numbers import masked
from deputies.models import Deputy
from proposals import similar
from proposals.models import Proposal
from proposals.models.proposal_rows import ProposalQuerySet
from proposals.permissions import why_not_cosign
from proposals.queries.progress import situation
from proposals.queries.public_page import public_situation
from proposals.queries.visibility import kept_from
from proposals.states import State

MOST = 5
LOOKED_AT = 40
SHORTEST = 4
"""A title of three characters is like everything."""


class Earlier(NamedTuple):
    """One earlier proposal beside what is being written."""

    proposal: Proposal
    title: list[similar.Piece]
    state: str
    now: str
    own: bool
    no_cosign: str | None
    continues: Proposal | None
    """Which one the writer may go on from: of one merged the other, unless that stands here too."""


def earlier(title: str, actor: Actor, today: date) -> list[Earlier]:
    """What the deputy may be shown, the most alike first, each with where it stands.

    Of another's proposal what everybody may know: no class before it is published, no 预交办.
    """
    if len(title.strip()) < SHORTEST or not says_something(title):
        return []
    rows = Proposal.objects.known_to(actor)
    deputy = Deputy.objects.filter(user=actor.user).first()
    found = _alike(rows, title)
    visible = Proposal.objects.visible_to(actor).filter(pk__in=[row.pk for row in found])
    own = set(visible.values_list("pk", flat=True))
    kept = kept_from(actor) if own else frozenset()
    known = {row.pk for row in rows.filter(merged__in=found)}
    shown = {row.pk for row in found}
    return [
        Earlier(
            row,
            similar.shared_words(title, row.title if row.pk in own else row.public_title),
            row.state_to_deputies,
            situation(row, kept=kept) if row.pk in own else public_situation(row, today),
            row.pk in own,
            why_not_cosign(actor, row, deputy, today),
            _goes_on_from(row, known, shown),
        )
        for row in found
    ]


def _goes_on_from(row: Proposal, known: Collection[int], shown: Collection[int]) -> Proposal | None:
    """并案: the one that is handled and answered, if the reader may know of it."""
    into = row.merged_into
    if into is None or into.pk not in known:
        return row
    return None if into.pk in shown else into


def like(proposal: Proposal, by: Actor) -> list[Proposal]:
    """For an office: every other one that looks like it, that was raised and still stands."""
    rows = _of_the_office(by).exclude(pk=proposal.pk)
    return _alike(rows, proposal.title, proposal.request)


def most_alike_first(rows: ProposalQuerySet, proposal: Proposal) -> ProposalQuerySet:
    """The same rows: those that look like it in front, the rest by number."""
    hits = similar.nearest(_index(), proposal.title, proposal.request, most=LOOKED_AT)
    places = [When(pk=hit.key, then=Value(place)) for place, hit in enumerate(hits)]
    return rows.order_by(Case(*places, default=Value(LOOKED_AT)), "number")


def with_alike(proposals: Sequence[Proposal], by: Actor) -> set[int]:
    """Which of these look like another that `like` would name: one look at the index for each."""
    known, others = _index(), set(_of_the_office(by).values_list("pk", flat=True))
    found = set()
    for row in proposals:
        hits = similar.nearest(known, row.title, row.request, most=LOOKED_AT)
        if any(hit.key != row.pk and hit.key in others for hit in hits):
            found.add(row.pk)
    return found


def _of_the_office(by: Actor) -> ProposalQuerySet:
    return Proposal.objects.visible_to(by).exclude(state=State.WITHDRAWN)


def _alike(rows: ProposalQuerySet, title: str, words: str = "") -> list[Proposal]:
    hits = similar.nearest(_index(), title, words, most=LOOKED_AT)
    order = {hit.key: place for place, hit in enumerate(hits)}
    found = rows.filter(pk__in=order).with_progress()
    return sorted(found, key=lambda row: order[row.pk])[:MOST]


def _index() -> similar.Index | None:
    """Each process keeps one, and makes it anew as soon as any text is another than it knows.

    The texts themselves are asked, not the trail: a step's number is given before it is committed,
    so that the newest number may stand still while an older one comes to light. Who may be shown
    what, and what was withdrawn or merged meanwhile, each question asks the rows for.
    """
    words = Concat("title", Value("\n"), Left("request", similar.TEXT_COUNTS))
    said = Func(words, F("pk"), function="hashtextextended", output_field=BigIntegerField())
    seal = Proposal.objects.aggregate(count=Count("pk"), words=Sum(said))
    return _index_of(seal["count"], seal["words"])


@lru_cache(maxsize=1)
def _index_of(count: int, words: int | None) -> similar.Index | None:
    """The texts as they are now; the seal of them is only what they are kept under.

    Without telephone and identity numbers: nobody finds a proposal by what is masked for them.
    """
    rows = Proposal.objects.order_by("pk").values_list("pk", "title", "request")
    return similar.index(
        [similar.Text(pk, masked(title, ""), masked(request, "")) for pk, title, request in rows]
    )
