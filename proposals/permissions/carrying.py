"""滚动办: who carries what is open of a year into the next one, and when."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from functools import reduce
from operator import attrgetter, or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from congress.shared.actors import Actor
from congress.shared.models import Assembly, AuditEvent, Term
from congress.shared.models.places import TOWNSHIP
from congress.shared.names import says_something
from congress.shared.roles import Role
from proposals import events
from proposals.events import EVENTS, Key
from proposals.follow_states import ChallengeState, LookBackState, PromiseState, UpgradeState
from proposals.models import (
    CarriedProposal,
    Challenge,
    Extension,
    KeySupervision,
    LookBack,
    Promise,
    Proposal,
    Rehandling,
    Reply,
    Sheet,
    Upgrade,
)
from proposals.rules import CARRY_DAYS
from proposals.states import ExtensionState, State

DECISIONS = (
    Key(events.PROPOSAL, State.ASSIGNED),
    Key(events.PROPOSAL, "reassigned"),
    Key(events.PROPOSAL, State.MERGED),
    Key(events.PROPOSAL, State.PUBLISHED),
    Key(events.PROPOSAL, State.WITHDRAWN),
    Key(events.REPLY, "replied"),
    Key(events.REPLY, "replied_again"),
    Key(events.EXTENSION, ExtensionState.GRANTED),
    Key(events.REHANDLING, "rehandling_ordered"),
    Key(events.PROMISE, PromiseState.CONFIRMED),
    Key(events.LOOK_BACK, LookBackState.KEPT),
    Key(events.LOOK_BACK, LookBackState.HANDED),
    Key(events.UPGRADE, UpgradeState.CONFIRMED),
    Key(events.CHALLENGE, ChallengeState.STANDS),
    Key(events.CHALLENGE, ChallengeState.REVOKED),
)
"""What is decided on a proposal in the year into which it goes on."""
WAYS = {
    events.PROPOSAL: (Proposal, "pk"),
    events.REPLY: (Reply, "assignment__proposal"),
    events.EXTENSION: (Extension, "assignment__proposal"),
    events.REHANDLING: (Rehandling, "assignment__proposal"),
    events.PROMISE: (Promise, "reply__assignment__proposal"),
    events.LOOK_BACK: (LookBack, "reply__assignment__proposal"),
    events.UPGRADE: (Upgrade, "reply__assignment__proposal"),
    events.CHALLENGE: (Challenge, "reply__assignment__proposal"),
}
"""From each of these rows to the proposal that it is about."""


def why_not_carry_over(
    by: Actor, assembly: Assembly, year: int | None = None, today: date | None = None
) -> str | None:
    """代工委主任 for the county's congress, a township's office for its own.

    A year is carried over in its last days or later, or in the year in which a new term began.
    """
    if not _carries(by, assembly):
        if assembly.level.code == TOWNSHIP:
            return f"只有{assembly.area.name}人大可以结转本级的建议。"
        return "未办结的建议由代工委主任结转。"
    if year is None or today is None:
        return None
    return why_too_early(assembly, year, today)


def why_not_name_fosters(by: Actor, assembly: Assembly) -> str | None:
    """Where nothing is new to carry: as one by one, the congress's own office."""
    if assembly.level.code == TOWNSHIP:
        may, office = _carries(by, assembly), f"{assembly.area.name}人大"
    else:
        may, office = by.is_staff, "代工委"
    return None if may else f"只有{office}可以确定接续代表。"


def why_too_early(assembly: Assembly, year: int, today: date) -> str | None:
    """Whoever carries it."""
    first = date(year, 12, 31) - timedelta(days=CARRY_DAYS.on(today))
    if today >= first:
        return None
    terms = Term.objects.filter(assembly=assembly)
    begun = terms.filter(from_on__year=year, from_on__lte=today)
    if begun.exists() and terms.filter(from_on__lt=date(year, 1, 1)).exists():
        return None
    day = f"{first.year} 年 {first.month} 月 {first.day} 日"
    return f"{year} 年的建议从 {day}起可以结转；换届的当年随时可以。"


def why_not_take_back_carried(
    by: Actor,
    row: CarriedProposal,
    reason: str | None = None,
    rows: Iterable[CarriedProposal] | None = None,
) -> str | None:
    """Whoever carries over, as long as the next year has decided nothing on it.

    `rows` are all of the same proposal, where they are known: only the newest asks the database.
    """
    over = row.carry_over
    if not _carries(by, over.assembly):
        if over.assembly.level.code == TOWNSHIP:
            return f"只有{over.assembly.area.name}人大可以撤回本级的结转。"
        return "结转由代工委主任撤回。"
    if row.taken_back_on is not None:
        return "这件建议的结转已经撤回。"
    if decided := _decided(row, rows):
        return f"{decided}，不能撤回结转。"
    if reason is not None and not says_something(reason):
        return "请写明为什么撤回，承办单位和代表会看到。"
    return None


def _carries(by: Actor, assembly: Assembly) -> bool:
    if assembly.level.code == TOWNSHIP:
        return by.is_a(Role.TOWNSHIP_CLERK) and by.area_id == assembly.area_id
    return by.is_a(Role.STAFF_DIRECTOR) and by.at_deputy_office


def _decided(row: CarriedProposal, rows: Iterable[CarriedProposal] | None) -> str | None:
    """What the year into which it was carried has made of it since, in words."""
    over, proposal = row.carry_over, row.proposal
    if rows is None:
        rows = proposal.carried.select_related("carry_over")
    standing = [each.carry_over for each in rows if each.taken_back_on is None]
    newest = max(standing, key=attrgetter("to_year"), default=over)
    if newest.from_year > over.from_year:
        return f"这件建议又已结转到 {newest.to_year} 年"
    keys, settled, steps = _made_of_it(_known(row))
    if keys.exists():
        return f"这件建议已经定为 {over.to_year} 年的重点督办建议"
    if settled.exists():
        return f"{over.to_year} 年的交办单已经把这件建议一起交办"
    if step := steps.order_by("pk").first():
        word = EVENTS[Key(step.subject, step.now)].word
        return f"结转以后已经对这件建议作了“{word}”"
    return None


def undecided(rows: Collection[int]) -> set[int]:
    """Of these carried ones those that may be taken back still, in one statement."""
    further = CarriedProposal.objects.filter(
        proposal=OuterRef("proposal"),
        taken_back_on=None,
        carry_over__from_year__gt=OuterRef("carry_over__from_year"),
    )
    found = CarriedProposal.objects.filter(pk__in=rows, taken_back_on=None).order_by()
    for decided in (further, *_made_of_it(_outer)):
        found = found.filter(~Exists(decided))
    return set(found.values_list("pk", flat=True)) if rows else set()


Column = Callable[[str, int], Any]
"""A column of what was carried over, asked for from so many queries within."""


def _outer(column: str, within: int) -> OuterRef:
    """Of each row that the statement goes through."""
    return OuterRef(column) if within == 1 else OuterRef(_outer(column, within - 1))


def _known(row: CarriedProposal) -> Column:
    """Of this one."""
    of = {
        "pk": row.pk,
        "carried_on": row.carried_on,
        "proposal": row.proposal_id,
        "proposal__merged_into": row.proposal.merged_into_id,
        "carry_over__to_year": row.carry_over.to_year,
        "carry_over__assembly": row.carry_over.assembly_id,
    }
    return lambda column, _: of[column]


def _made_of_it(of: Column) -> "tuple[QuerySet[Any], QuerySet[Any], QuerySet[AuditEvent]]":
    """定为重点督办, 一起交办, other decisions since: on it, or 并案 on what it is handled in."""

    def about(way: str, within: int) -> Q:
        these = [of(each, within) for each in ("proposal", "proposal__merged_into")]
        return reduce(or_, (Q(**{way: each}) for each in these if each is not None))

    year = of("carry_over__to_year", 1)
    keys = KeySupervision.objects.decided().filter(about("proposal", 1), year=year)
    settled = Sheet.objects.filter(
        session__term__assembly=of("carry_over__assembly", 1),
        settled_on__year=year,
        settled_on__gte=of("carried_on", 1),
    )
    carried = AuditEvent.objects.filter(
        subject=events.CARRIED, subject_id=of("pk", 2), now="carried"
    )
    wanted = Q(pk__in=())
    for subject, (model, way) in WAYS.items():
        deeds = [each.now for each in DECISIONS if each.subject == subject]
        numbers = model._default_manager.order_by().filter(about(way, 2)).values("pk")
        wanted |= Q(subject=subject, now__in=deeds, subject_id__in=numbers)
    return (
        keys,
        settled,
        AuditEvent.objects.filter(wanted, pk__gt=Subquery(carried.values("pk")[:1])),
    )
