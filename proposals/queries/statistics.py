"""统计 of one year: the cases that `figures` counts, loaded in a fixed number of statements.

A proposal is of the year of its 受理 (decision 0033); one never taken in of the year it was
raised in, so that each is of one year and no other.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce

from congress.shared.actors import Actor
from congress.shared.models import Organisation
from proposals.figures import NOWHERE, Asked, Case, Share
from proposals.models import CarriedProposal, KeySupervision, Proposal
from proposals.queries.clocks import Clock
from proposals.queries.origins import repetition_of
from proposals.queries.shares import Parts, parts_of
from proposals.states import Kind, State
from proposals.why_alike import theme

LOADED = (
    *("number", "title", "kind", "state", "submitted_on", "accepted_on", "ground__name"),
    *("delegation__area__name", "merged_into__state", "session__number", "session__opens_on"),
    *("session__term__number", "session__term__assembly__level__code"),
    "session__term__assembly__area__name",
)
"""What is read of a proposal: never its text."""


class Year(NamedTuple):
    """One year of one office: its cases, and how the places are called in which they stand."""

    year: int
    cases: list[Case]
    names: Mapping[str, Mapping[str, str]]
    carried_over: int
    """结转下一年 in all: what was taken in in earlier years and was still open, too."""


Rows = QuerySet[Any, Any]
"""Proposals with `counted_on`, which the type checker cannot know."""


def raised(actor: Actor) -> Rows:
    """Whatever this office decides on and has been handed in; `counted_on` says of which year."""
    rows = Proposal.objects.decided_by(actor).exclude(state=State.SIGNING)
    return rows.annotate(counted_on=Coalesce("accepted_on", "submitted_on"))


def years(actor: Actor, today: date) -> list[int]:
    """The years of which there is anything, the newest first; this one always."""
    found = raised(actor).order_by().dates("counted_on", "year")
    return sorted({today.year, *(day.year for day in found)}, reverse=True)


def newest(actor: Actor, today: date) -> int:
    """The newest year of which there is anything: a year that has just begun has no figures yet."""
    found = raised(actor).filter(counted_on__lte=today).aggregate(last=Max("counted_on"))["last"]
    return found.year if found else today.year


def load(actor: Actor, year: int, timing: Clock) -> Year:
    """The cases of a year as they stand today."""
    related = (
        *("ground", "delegation__area", "merged_into"),
        *("session__term__assembly__level", "session__term__assembly__area"),
    )
    found = raised(actor).filter(counted_on__range=(date(year, 1, 1), date(year, 12, 31)))
    rows = list(found.select_related(*related).only(*LOADED).order_by("number", "pk"))
    own = [row.pk for row in rows]
    parts = parts_of({row.merged_into_id or row.pk for row in rows}, timing)
    keys = set(
        KeySupervision.objects.decided().filter(proposal__in=own).values_list("proposal", flat=True)
    )
    again, gone = repetition_of(rows), _carried(actor, year)
    cases = [
        _case(
            row,
            parts,
            key=row.pk in keys,
            recurring=again[row.pk].times > 0,
            carried=row.pk in gone,
        )
        for row in rows
    ]
    return Year(year, cases, _names(rows, cases), len(gone))


def _carried(actor: Actor, year: int) -> set[int]:
    """滚动办: which of this office's went on out of that year, of whatever year they are."""
    own = Proposal.objects.decided_by(actor).order_by()
    rows = CarriedProposal.objects.standing().filter(proposal__in=own, carry_over__from_year=year)
    return set(rows.values_list("proposal", flat=True))


def _case(row: Any, parts: Parts, **said: bool) -> Case:
    handled = row.merged_into_id or row.pk
    merged = row.merged_into_id is not None
    shares = tuple(
        _share_of(share, parts.asks.get(row.pk, {}), merged=merged)
        for share in parts.shares.get(handled, ())
    )
    return Case(
        row.pk,
        row.number,
        row.title,
        row.state,
        row.merged_into.state if merged else row.state,
        row.accepted_on is not None,
        shares,
        frozenset(parts.helpers.get(handled, ())),
        tuple(parts.objections.get(handled, ())),
        merged=merged,
        ground=row.ground_id,
        area=row.delegation.area_id if row.delegation else None,
        session=_session(row),
        theme=theme(row.title),
        **said,
    )


def _share_of(share: Share, asks: Mapping[int, list[Asked]], *, merged: bool) -> Share:
    """Of one that is merged the answers to its own asks; what was promised is the other's."""
    own = tuple(asks.get(share.unit, ()))
    return replace(share, asks=own, steps=()) if merged else replace(share, asks=own)


def _session(row: Any) -> str:
    """会次; what is raised between sessions stands by its kind."""
    between = row.kind in (Kind.INTERSESSION, Kind.CAMPAIGN)
    return str(row.kind if between else row.session_id)


def _names(rows: Collection[Any], cases: Collection[Case]) -> Mapping[str, Mapping[str, str]]:
    """How the places are called; units in the order in which all lists have them."""
    wanted = {unit for case in cases for unit in case.units}
    units = Organisation.objects.filter(pk__in=wanted).order_by("name").values_list("pk", "name")
    return {
        "unit": {str(pk): name for pk, name in units},
        "area": {
            **{
                str(row.delegation.area_id): row.delegation.area.name
                for row in rows
                if row.delegation
            },
            NOWHERE: "没有代表团",
        },
        "theme": {**{each: each for each in sorted({case.theme for case in cases}) if each}}
        | {NOWHERE: "其他"},
        "session": {
            _session(row): Kind(row.kind).label
            if _session(row) == row.kind
            else row.session.full_name
            for row in sorted(rows, key=lambda each: each.session.opens_on)
        },
        "ground": {str(row.ground_id): row.ground.name for row in rows if row.ground},
    }
