"""以前相近的建议: of all that this person may know of, the five most alike."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import BigIntegerField, Case, Count, F, Func, Q, Sum, Value, When
from django.db.models.functions import Concat, Left

from congress.shared.actors import Actor
from congress.shared.names import shows_something
from congress.shared.personal_numbers import masked
from deputies.models import Deputy
from proposals import similar
from proposals.models import Proposal, Recurrence
from proposals.models.proposal_rows import ProposalQuerySet
from proposals.permissions import why_not_cosign
from proposals.queries import anew
from proposals.queries.counting import became_of
from proposals.queries.progress import situation
from proposals.queries.public_now import public_situation
from proposals.queries.visibility import kept_from
from proposals.recurring import UNCOUNTED, Likeness
from proposals.states import State

MOST = 5
LOOKED_AT = 40
PAIRS_OF_ONE = 20
"""A matter that comes every year for two terms has no more."""
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
    if len(title.strip()) < SHORTEST or not shows_something(title):
        return []
    rows = Proposal.objects.known_to(actor)
    deputy = Deputy.objects.filter(user=actor.user).first()
    found = _alike(rows, title)
    visible = Proposal.objects.visible_to(actor).filter(pk__in=[row.pk for row in found])
    own = set(visible.values_list("pk", flat=True))
    kept = kept_from(actor) if own else frozenset()
    theirs = [row for row in found if row.pk in own]
    became = became_of(each for row in theirs for each in row.handled_as.replies)
    orders, openly = anew.running(theirs), anew.running_openly(found)
    known = {row.pk for row in rows.filter(merged__in=found)}
    shown = {row.pk for row in found}
    return [
        Earlier(
            row,
            similar.shared_words(title, row.title if row.pk in own else row.public_title),
            row.state_to_deputies,
            situation(row, kept=kept, became=became, anew=_anew(row, orders, kept, today))
            if row.pk in own
            else public_situation(row, today, openly.get(row.handled_publicly.pk, ())),
            row.pk in own,
            why_not_cosign(actor, row, deputy, today),
            _goes_on_from(row, known, shown),
        )
        for row in found
    ]


def _anew(row: Proposal, orders: Mapping[int, anew.Orders], kept: frozenset[int], day: date) -> str:
    """重新办理, unless it is of another that is kept from this deputy."""
    handled = row.handled_as.pk
    return "" if handled in kept else anew.in_words(orders.get(handled, ()), day)


def _goes_on_from(row: Proposal, known: Collection[int], shown: Collection[int]) -> Proposal | None:
    """并案: the one that is handled and answered, if the reader may know of it."""
    into = row.merged_into
    if into is None or into.pk not in known:
        return row
    return None if into.pk in shown else into


def like(proposal: Proposal, by: Actor) -> list[Proposal]:
    """For an office: every other one that looks like it, that was raised and still stands."""
    return [row for row, _ in scored(proposal, by)]


def scored(proposal: Proposal, by: Actor) -> list[tuple[Proposal, float]]:
    """`like` with how much alike; what a person has told apart from it is not named again."""
    rows = _of_the_office(by).exclude(pk__in={proposal.pk, *told_apart([proposal])[proposal.pk]})
    return _scored(rows, proposal.title, proposal.request)


def alike_keys(proposal: Proposal) -> list[int]:
    """The rows that look like it, whoever may see them: people judge before anybody is told."""
    hits = similar.nearest(index(), proposal.title, proposal.request, most=MOST + 1)
    return [hit.key for hit in hits if hit.key != proposal.pk][:MOST]


def most_alike_first(rows: ProposalQuerySet, proposal: Proposal) -> ProposalQuerySet:
    """The same rows: those that look like it in front, the rest by number."""
    hits = similar.nearest(index(), proposal.title, proposal.request, most=LOOKED_AT)
    places = [When(pk=hit.key, then=Value(place)) for place, hit in enumerate(hits)]
    return rows.order_by(Case(*places, default=Value(LOOKED_AT)), "number")


def with_alike(proposals: Sequence[Proposal], by: Actor) -> set[int]:
    """Which of these look like another that `like` would name: one look at the index for each."""
    known, others = index(), set(_of_the_office(by).values_list("pk", flat=True))
    found, apart = set(), told_apart(proposals)
    for row in proposals:
        hits = similar.nearest(known, row.title, row.request, most=LOOKED_AT)
        if any(hit.key != row.pk and hit.key in others - apart[row.pk] for hit in hits):
            found.add(row.pk)
    return found


def pairs() -> Iterator[tuple[int, int, float]]:
    """Every two texts that a page would call alike, each once, the smaller number first.

    Of each text its nearest; what is open to signatures or taken back is nobody's pair.
    """
    known = index()
    counted = Proposal.objects.exclude(state__in=UNCOUNTED).order_by("pk")
    numbers = set(counted.values_list("pk", flat=True))
    seen: set[tuple[int, int]] = set()
    for row, key in enumerate(known.keys if known else ()):
        hits = similar.neighbours(known, row, PAIRS_OF_ONE) if known and key in numbers else ()
        for hit in hits:
            pair = (min(key, hit.key), max(key, hit.key))
            if hit.score >= similar.LEAST and hit.key in numbers and pair not in seen:
                seen.add(pair)
                yield (*pair, round(hit.score, 4))


def told_apart(proposals: Collection[Proposal]) -> Mapping[int, set[int]]:
    """不是同一件: of each of these what the office said of which others."""
    found: dict[int, set[int]] = {row.pk: set() for row in proposals}
    about = Q(later__in=found) | Q(earlier__in=found)
    rows = Recurrence.objects.filter(about, kind=Likeness.APART).order_by()
    for later, earlier in rows.values_list("later", "earlier"):
        found.setdefault(later, set()).add(earlier)
        found.setdefault(earlier, set()).add(later)
    return found


def text_of(row: Proposal) -> similar.Text:
    """As the index knows it."""
    return similar.Text(row.pk, masked(row.title, ""), masked(row.request, ""))


def _of_the_office(by: Actor) -> ProposalQuerySet:
    return Proposal.objects.visible_to(by).exclude(state=State.WITHDRAWN)


def _alike(rows: ProposalQuerySet, title: str) -> list[Proposal]:
    return [row for row, _ in _scored(rows, title)]


def _scored(rows: ProposalQuerySet, title: str, words: str = "") -> list[tuple[Proposal, float]]:
    hits = similar.nearest(index(), title, words, most=LOOKED_AT)
    scores = {hit.key: hit.score for hit in hits}
    found = rows.filter(pk__in=scores).with_progress().in_bulk()
    return [(found[key], scores[key]) for key in scores if key in found][:MOST]


def index() -> similar.Index | None:
    """Each process keeps one, and makes it anew as soon as any text is another than it knows.

    The texts themselves are asked, not the trail: a step's number is given before it is committed,
    so that the newest number may stand still while an older one comes to light. Who may be shown
    what, and what was withdrawn or merged meanwhile, each question asks the rows for.
    """
    count, words = seal()
    return _index_of(count, words)


def seal() -> tuple[int, int | None]:
    """What the texts are known by: another as soon as any differs."""
    words = Concat("title", Value("\n"), Left("request", similar.TEXT_COUNTS))
    said = Func(words, F("pk"), function="hashtextextended", output_field=BigIntegerField())
    found = Proposal.objects.aggregate(count=Count("pk"), words=Sum(said))
    return found["count"], found["words"]


@lru_cache(maxsize=1)
def _index_of(count: int, words: int | None) -> similar.Index | None:
    """The texts as they are now; the seal of them is only what they are kept under.

    Without telephone and identity numbers: nobody finds a proposal by what is masked for them.
    """
    rows = Proposal.objects.order_by("pk").values_list("pk", "title", "request")
    return similar.index(
        [similar.Text(pk, masked(title, ""), masked(request, "")) for pk, title, request in rows]
    )
