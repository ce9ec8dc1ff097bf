"""接续代表 to be picked: who is offered, with enough beside each name to tell namesakes apart."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from deputies.models import Deputy
from deputies.models.people import DeputyQuerySet
from deputies.queries import search
from deputies.queries.search import Hit
from proposals.models import Proposal
from proposals.queries.carrying import Line
from proposals.queries.fostering import choices

MOST = 40
"""So many are listed; who looks for somebody writes a name."""


class Offer(NamedTuple):
    """One deputy of a list."""

    pk: int
    words: str
    picked: bool


class Orphan(NamedTuple):
    """One proposal of the preview that nobody speaks for, and whom the office may pick."""

    line: Line
    offers: list[Offer]

    @property
    def later(self) -> bool:
        """以后再定, or whoever was picked is not offered any more."""
        return not any(each.picked for each in self.offers)


def beside(hit: Hit) -> str:
    """小组、哪一级的代表、职务."""
    levels = f"{hit.levels}代表" if hit.levels else ""
    return "，".join(each for each in (hit.group, levels, hit.job) if each)


def orphans(lines: Sequence[Line], today: date, picked: Mapping[int, str] | None) -> list[Orphan]:
    """Of the preview; with `picked` as it was sent, else the first of each."""
    people = {each.deputy.pk for line in lines for each in line.choices}
    known = {hit.pk: beside(hit) for hit in _hits(Deputy.objects.filter(pk__in=people), today)}
    return [_orphan(line, known, picked) for line in lines]


def _orphan(line: Line, known: Mapping[int, str], picked: Mapping[int, str] | None) -> Orphan:
    first = str(line.choices[0].deputy.pk) if line.choices else ""
    wanted = first if picked is None else picked.get(line.proposal.pk, "")
    return Orphan(
        line,
        [
            Offer(
                each.deputy.pk,
                f"{each.deputy.name}（{known[each.deputy.pk]}；{each.why}）",
                str(each.deputy.pk) == wanted,
            )
            for each in line.choices
        ],
    )


def _hits(people: DeputyQuerySet, today: date) -> list[Hit]:
    return search.hits(people, today, people.count()) if people else []


class Found(NamedTuple):
    """One deputy of the form of one proposal."""

    hit: Hit
    beside: str


def found(proposal: Proposal, asked: str, today: date, picked: Collection[int] = ()) -> list[Found]:
    """The one ticked before, then who answers to what was typed; nothing typed: who is proposed."""
    assembly = proposal.session.term.assembly
    able = Deputy.objects.serving(today).sitting_in(assembly, today)
    kept = search.hits(able.filter(pk__in=picked), today, MOST) if picked else []
    others = able.exclude(pk__in=picked)
    if asked.strip():
        rows = search.in_order(search.found(others, asked, today), asked)
        hits = search.hits(rows, today, MOST)
    else:
        proposed = choices(assembly, [proposal], today).get(proposal.pk, [])
        order = {each.deputy.pk: at for at, each in enumerate(proposed)}
        hits = search.hits(others.filter(pk__in=order), today, MOST)
        hits.sort(key=lambda hit: order[hit.pk])
    return [Found(hit, beside(hit)) for hit in (*kept, *hits)]
