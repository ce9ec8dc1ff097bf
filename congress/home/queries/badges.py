"""待办数: how many wait behind a place of the navigation; one statement for the whole of it."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Value

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.roles import UNIT, Role
from deputies.models import DutyRecord, RosterImport, SeatChange
from deputies.states import DutyState, ImportState
from proposals.models import Assignment, Extension, Objection, Proposal, Sheet
from proposals.queries.countersigning import on_the_desk
from proposals.queries.deliveries import unopened
from scoring.models import Appeal

Rows = tuple[str, QuerySet[Any]]
"""A place by its URL name, and what waits there."""


def waiting(by: Actor) -> Mapping[str, int]:
    """URL name → how many wait for the acting post, where that post does it."""
    if by.is_staff:
        return _counted(_of_the_office(by, clock.today()))
    if by.is_a(Role.TOWNSHIP_CLERK):
        return _counted(_of_a_township(by))
    if by.role in UNIT:
        return _counted(_of_the_unit(by, clock.today()))
    return {}


def _of_the_office(by: Actor, today: date) -> list[Rows]:
    """The queues of the workbench, by the same words: these numbers are those numbers.

    What is computed rather than kept (期限变动, 积分月报) stands on the workbench alone.
    """
    imports = (ImportState.MATCHING, ImportState.PREVIEWED)
    return [
        ("deputies:entered", DutyRecord.objects.in_state(DutyState.ENTERED)),
        ("scoring:check_queue", DutyRecord.objects.in_state(DutyState.REPORTED)),
        ("scoring:verify_queue", DutyRecord.objects.in_state(DutyState.CHECKED)),
        ("scoring:appeals", Appeal.objects.open()),
        ("deputies:changes", SeatChange.objects.to_announce()),
        ("admin:deputies_rosterimport_changelist", RosterImport.objects.filter(state__in=imports)),
        ("proposals:to_review", Proposal.objects.to_review().decided_by(by)),
        ("proposals:review", Proposal.objects.to_assign().decided_by(by)),
        ("proposals:review", Proposal.objects.to_publish().decided_by(by)),
        ("proposals:sheet_list", Sheet.objects.in_the_offices_hands(today)),
        ("proposals:delivery_list", unopened()),
        ("proposals:objection_list", Objection.objects.open()),
        ("proposals:extension_list", Extension.objects.waiting()),
    ]


def _of_a_township(by: Actor) -> list[Rows]:
    own = Proposal.objects.decided_by(by)
    return [
        ("proposals:to_review", own.to_review()),
        ("proposals:review", own.to_assign()),
        ("proposals:review", own.to_publish()),
    ]


def _of_the_unit(by: Actor, today: date) -> list[Rows]:
    own = Assignment.objects.handled_by(by)
    return [
        ("proposals:unit_desk", on_the_desk(by)),
        ("proposals:planned", own.being_heard(today)),
    ]


def _counted(places: list[Rows]) -> Mapping[str, int]:
    first, *others = (
        rows.order_by()
        .values(waits_at=Value(name))
        .annotate(how_many=Count("pk"))
        .values_list("waits_at", "how_many")
        for name, rows in places
    )
    found = Counter[str]()
    for place, many in first.union(*others, all=True):
        found[place] += many
    return found
