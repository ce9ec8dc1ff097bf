"""待办数: how many wait behind a place of the navigation; one statement for the whole of it."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Count, Value

from congress.home.queries.follow_queues import Rows, following
from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.roles import UNIT, Role
from deputies.models import DutyRecord, RosterImport, SeatChange
from deputies.states import DutyState, ImportState
from proposals.models import (
    Assignment,
    Extension,
    Objection,
    Proposal,
    Sheet,
)
from proposals.queries.countersigning import on_the_desk
from proposals.queries.deliveries import unopened
from scoring.models import Appeal
from stations.models import Activity, Finding, Issue

Statement = tuple[str, tuple[Any, ...]]
"""SQL with its parameters; its rows are a place and how many wait there."""


def waiting(by: Actor) -> Mapping[str, int]:
    """URL name → how many wait for the acting post, where that post does it."""
    if by.is_staff:
        return _counted(_office_statement(clock.today()))
    if by.is_a(Role.TOWNSHIP_CLERK):
        return _counted(_statement(_of_a_township(by)))
    if by.role in UNIT:
        return _counted(_statement(_of_the_unit(by, clock.today())))
    return {}


@lru_cache(maxsize=2)
def _office_statement(today: date) -> Statement:
    """Made once a day: the ORM takes longer to make it than PostgreSQL to answer it."""
    return _statement(_of_the_office(today))


def _of_the_office(today: date) -> list[Rows]:
    """The queues of the workbench, by the same words: these numbers are those numbers.

    What is computed rather than kept (期限变动, 积分月报) stands on the workbench alone.
    """
    county = Proposal.objects.decided_at_the_desk()
    activities = Activity.objects.of_the_office()
    imports = (ImportState.MATCHING, ImportState.PREVIEWED)
    return [
        ("deputies:entered", DutyRecord.objects.in_state(DutyState.ENTERED)),
        ("scoring:check_queue", DutyRecord.objects.in_state(DutyState.REPORTED)),
        ("scoring:verify_queue", DutyRecord.objects.in_state(DutyState.CHECKED)),
        ("scoring:appeals", Appeal.objects.open()),
        ("deputies:changes", SeatChange.objects.to_announce()),
        ("admin:deputies_rosterimport_changelist", RosterImport.objects.filter(state__in=imports)),
        ("proposals:to_review", county.to_review()),
        ("proposals:review", county.to_assign()),
        ("proposals:review", county.to_publish()),
        ("proposals:sheet_list", Sheet.objects.in_the_offices_hands(today)),
        ("proposals:delivery_list", unopened()),
        ("proposals:objection_list", Objection.objects.open()),
        ("proposals:extension_list", Extension.objects.waiting()),
        ("stations:issues", Issue.objects.at_the_office()),
        *following(county, today),
        ("stations:activities", activities.leave_waits(today)),
        ("stations:activities", activities.roll_owed(today)),
    ]


def _of_a_township(by: Actor) -> list[Rows]:
    own = Proposal.objects.decided_by(by)
    return [
        ("proposals:to_review", own.to_review()),
        ("proposals:review", own.to_assign()),
        ("proposals:review", own.to_publish()),
        *following(own, clock.today()),
    ]


def _of_the_unit(by: Actor, today: date) -> list[Rows]:
    own = Assignment.objects.handled_by(by)
    return [
        ("proposals:unit_desk", on_the_desk(by)),
        ("proposals:planned", own.being_heard(today)),
        ("stations:findings", Finding.objects.visible_to(by).waiting()),
    ]


def _statement(places: list[Rows]) -> Statement:
    first, *others = (
        rows.order_by()
        .values(waits_at=Value(name))
        .annotate(how_many=Count("pk"))
        .values_list("waits_at", "how_many")
        for name, rows in places
    )
    sql, params = first.union(*others, all=True).query.sql_with_params()
    return sql, tuple(params)


def _counted(statement: Statement) -> Mapping[str, int]:
    found = Counter[str]()
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        for place, many in cursor.fetchall():
            found[place] += many
    return found
