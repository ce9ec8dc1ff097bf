"""撤回导入: a whole import is taken back, as far as nothing has come to hang on it since."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.apps import apps
from django.db import transaction
from django.db.models import Model, ProtectedError

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import AuditEvent
from congress.shared.workflow import lock, move, refuse_if, trail
from deputies.actions import leaving
from deputies.models import (
    Delegation,
    Deputy,
    District,
    Mandate,
    Membership,
    RosterImport,
    RosterRow,
)
from deputies.models.people import NAME_KEYS
from deputies.queries.verdicts import PERSON
from deputies.states import ImportState, Verdict
from stations.models import Posting
from stations.permissions.places import why_not_undo_roster

FRAME = (
    "stations.Station",
    "deputies.DeputyGroup",
    "deputies.Delegation",
    "deputies.District",
    "shared.Term",
    "shared.Assembly",
    "shared.Organisation",
    "shared.Area",
)
"""What an import makes besides people, in the order in which it can go."""


@dataclass
class Taken:
    """What went, what was put back, and what stays because something hangs on it."""

    people: int = 0
    changed: int = 0
    kept: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        kept = f"，保留 {len(self.kept)} 人（已有别的记录或后来改过）：" if self.kept else ""
        names = "、".join(self.kept[:10]) + ("等" if len(self.kept) > 10 else "")
        return f"撤回新增 {self.people} 人、变更 {self.changed} 人{kept}{names}"


@transaction.atomic
def undo_roster(batch: RosterImport, *, by: Actor, today: date) -> RosterImport:
    """撤回导入: people, seats, groups and postings stand as before the import.

    Whoever has got records since stays with seat and group, and so does every value that was
    changed again; the batch names them.
    """
    batch = lock(batch)
    refuse_if(why_not_undo_roster(by, batch, now=clock.now()))
    lock(batch.county)
    taken = Taken()
    _people(batch, taken)
    _seats(batch, taken, by=by, today=today)
    _values(batch, taken, by=by)
    for label in FRAME:
        _unused(apps.get_model(label), _made(batch, label))
    return move(
        batch,
        ImportState.UNDONE,
        by=by,
        note=taken.words,
        problem=taken.words[:200],
        undone_by=by.user,
        undone_at=clock.now(),
    )


def _made(batch: RosterImport, label: str) -> list[int]:
    found: list[int] = batch.made.get("rows", {}).get(label, [])
    return found


def _closed(batch: RosterImport, label: str) -> dict[int, int]:
    """Rows the import ended or moved, and where they stood."""
    return dict(batch.made.get("closed", {}).get(label, []))


def _people(batch: RosterImport, taken: Taken) -> None:
    """Those the import brought in go, with all that is theirs; who has records by now stays."""
    going = set(_made(batch, "deputies.Deputy"))
    while going:
        try:
            with transaction.atomic():
                for model in (Posting, Membership, Mandate):
                    model._default_manager.filter(deputy__in=going).delete()
                Deputy.objects.filter(pk__in=going).delete()
        except ProtectedError as held:
            stay = _holders(held.protected_objects) & going
            going -= stay or going
            continue
        break
    taken.people = len(going)
    stayed = Deputy.objects.filter(pk__in=_made(batch, "deputies.Deputy"))
    taken.kept += stayed.in_name_order().values_list("name", flat=True)


def _holders(rows: Iterable[Model]) -> set[int]:
    """The deputies to whom the protected rows belong, whatever the relation is called."""
    found = set()
    for row in rows:
        for each in row._meta.concrete_fields:
            if each.related_model is Deputy:
                found.add(getattr(row, each.attname))
            elif each.related_model is Mandate:
                found.add(getattr(row, each.name).deputy_id)
    return found


def _seats(batch: RosterImport, taken: Taken, *, by: Actor, today: date) -> None:
    """Of people who were known before: new seats go, groups and stations are as before."""
    stayed = Deputy.objects.filter(pk__in=_made(batch, "deputies.Deputy"))
    kept = set(stayed.values_list("pk", flat=True))
    fresh = Mandate.objects.filter(pk__in=_made(batch, "deputies.Mandate"))
    fresh = fresh.exclude(deputy__in=kept)
    people = list(Deputy.objects.filter(mandates__in=fresh).distinct())
    _back(Membership, batch, "deputies.Membership", "group_id", kept)
    _back(Posting, batch, "stations.Posting", "station_id", kept)
    try:
        with transaction.atomic():
            fresh.delete()
            leaving.leave(people, from_on=batch.elected_on, by=by, today=today)
    except ProtectedError as held:
        names = Deputy.objects.filter(pk__in=_holders(held.protected_objects))
        taken.kept += names.values_list("name", flat=True)


def _back(
    model: type[Membership] | type[Posting],
    batch: RosterImport,
    label: str,
    place: str,
    kept: set[int],
) -> None:
    """What the import opened goes and what it closed runs again, unless moved once more since."""
    rows = model._default_manager
    opened = rows.filter(pk__in=_made(batch, label)).exclude(deputy__in=kept)
    moved = set(opened.exclude(to_on=None).values_list("deputy_id", flat=True))
    opened.exclude(deputy__in=moved).delete()
    closed = _closed(batch, label)
    for row in rows.filter(pk__in=closed).exclude(deputy__in=moved | kept):
        row.to_on = None
        setattr(row, place, closed[row.pk])
        row.save(update_fields=["to_on", place])


def _values(batch: RosterImport, taken: Taken, *, by: Actor) -> None:
    """Facts of people and seats say again what they said, unless they were changed since."""
    rows = batch.rows.exclude(verdict=Verdict.ERROR).exclude(changes=[])
    done: set[int] = set()
    events = []
    for row in rows.select_related("deputy").order_by("number"):
        if row.deputy is None or row.verdict == Verdict.SAME:
            continue
        if _restore(row.deputy, row) and row.deputy_id not in done:
            events.append(trail(row.deputy, "restored", by=by, note="撤回导入"))
            done.add(row.deputy.pk)
    AuditEvent.objects.bulk_create(events)
    taken.changed = len(done)


def _restore(deputy: Deputy, row: RosterRow) -> bool:
    fields = dict(PERSON)
    back = False
    for column, old, new in row.changes:
        name = fields.get(column)
        if name and _text(getattr(deputy, name)) == new:
            setattr(deputy, name, _value(name, old))
            back = True
    if back:
        deputy.sort_by_name()
        deputy.save(update_fields=[*fields.values(), *NAME_KEYS])
    return _restore_seat(deputy, row) or back


def _restore_seat(deputy: Deputy, row: RosterRow) -> bool:
    was = {column: old for column, old, _ in row.changes}
    seats = Mandate.objects.filter(deputy=deputy, certificate=row.cells.get("代表证号", ""))
    seat = seats.select_related("term").order_by("-term__number").first()
    if seat is None or not was.keys() & {"代表证号", "选区（选举单位）", "代表团"}:
        return False
    seat.certificate = was.get("代表证号", seat.certificate)
    if "选区（选举单位）" in was:
        places = District.objects.filter(assembly=seat.term.assembly_id)
        seat.district = places.get(name=was["选区（选举单位）"])
    if "代表团" in was:
        groups = Delegation.objects.filter(term=seat.term, name=was["代表团"])
        seat.delegation = groups.first()
    seat.save(update_fields=["certificate", "district", "delegation"])
    return True


def _text(value: object) -> str:
    return f"{value:%Y.%m}" if isinstance(value, date) else str(value)


def _value(name: str, text: str) -> object:
    if name != "birth_month":
        return text
    year, month = map(int, text.split("."))
    return date(year, month, 1)


def _unused(model: type[Model], made: list[int]) -> None:
    """Groups, districts, terms and the like that nothing uses any more go too."""
    for row in model._default_manager.filter(pk__in=made):
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError:
            continue
