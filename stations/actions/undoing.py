"""撤回导入: a whole import is taken back, as far as nothing has come to hang on it since."""

from collections.abc import Callable, Iterable
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
OF_SEAT = {"代表证号": "certificate", "选区（选举单位）": "district", "代表团": "delegation"}
"""The columns that are facts about the seat, and where a seat keeps them."""
NOTHING = "（没有）"
"""Of a seat that was in no delegation."""


@dataclass
class Taken:
    """What went, what was put back, and who stays because something hangs on them."""

    people: int = 0
    changed: int = 0
    staying: set[int] = field(default_factory=set)
    """Whose seats, groups and stations are left alone."""
    named: set[int] = field(default_factory=set)
    """Of whom some value was changed again since: only that value stays."""

    @property
    def words(self) -> str:
        stay = Deputy.objects.filter(pk__in=self.staying | self.named).in_name_order()
        found = list(stay.values_list("name", flat=True))
        kept = f"，保留 {len(found)} 人（已有别的记录或后来改过）：" if found else ""
        names = "、".join(found[:10]) + ("等" if len(found) > 10 else "")
        return f"撤回新增 {self.people} 人、变更 {self.changed} 人{kept}{names}"


@transaction.atomic
def undo_roster(batch: RosterImport, *, by: Actor, today: date) -> RosterImport:
    """撤回导入: people, seats, groups and postings stand as before the import.

    Whoever has got an account or records since, or was changed by a newer import, stays with seat
    and group, and so does every value that was changed again; the batch names them.
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
    words = taken.words
    return move(
        batch,
        ImportState.UNDONE,
        by=by,
        note=words,
        problem=words[:200],
        undone_by=by.user,
        undone_at=clock.now(),
    )


def _made(batch: RosterImport, label: str) -> list[int]:
    found: list[int] = batch.made.get("rows", {}).get(label, [])
    return found


def _closed(batch: RosterImport, label: str) -> dict[int, int]:
    """Rows the import ended or moved, and where they stood."""
    return dict(batch.made.get("closed", {}).get(label, []))


def _changed_since(batch: RosterImport) -> set[int]:
    """Whom a newer import has brought in again or changed."""
    later = RosterRow.objects.filter(
        batch__state=ImportState.APPLIED,
        batch__applied_at__gt=batch.applied_at,
        verdict__in=(Verdict.NEW, Verdict.CHANGED),
    )
    return set(later.exclude(deputy=None).values_list("deputy_id", flat=True))


def _people(batch: RosterImport, taken: Taken) -> None:
    """Those the import brought in go, with all that is theirs; who has records by now stays.

    An account is a record: its post would be in force without a deputy behind it.
    """
    made = set(_made(batch, "deputies.Deputy"))
    here = Deputy.objects.filter(pk__in=made)
    signs_in = set(here.exclude(user=None).values_list("pk", flat=True))

    def delete(going: set[int]) -> None:
        for model in (Posting, Membership, Mandate):
            model._default_manager.filter(deputy__in=going).delete()
        Deputy.objects.filter(pk__in=going).delete()

    gone = _without_holders(made - signs_in - _changed_since(batch), delete)
    taken.people = len(gone)
    taken.staying |= set(here.values_list("pk", flat=True))


def _without_holders(going: set[int], delete: Callable[[set[int]], None]) -> set[int]:
    """Deletes what belongs to these deputies, save those whom a record holds; who is left."""
    while going:
        try:
            with transaction.atomic():
                delete(going)
            break
        except ProtectedError as held:
            going = going - (_holders(held.protected_objects) & going or going)
    return going


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
    fresh = Mandate.objects.filter(pk__in=_made(batch, "deputies.Mandate"))
    fresh = fresh.exclude(deputy__in=taken.staying)
    holders = set(fresh.values_list("deputy_id", flat=True))

    def delete(going: set[int]) -> None:
        fresh.filter(deputy__in=going).delete()

    gone = _without_holders(holders - _changed_since(batch), delete)
    taken.staying |= holders - gone
    _back(Membership, batch, "deputies.Membership", "group_id", taken.staying)
    _back(Posting, batch, "stations.Posting", "station_id", taken.staying)
    people = Deputy.objects.filter(pk__in=gone)
    leaving.leave(people, from_on=batch.elected_on, by=by, today=today)


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
        back = _restore(row.deputy, row, taken)
        back = _restore_seat(row.deputy, row, taken, batch.elected_on) or back
        if back and row.deputy_id not in done:
            events.append(trail(row.deputy, "restored", by=by, note="撤回导入"))
            done.add(row.deputy.pk)
    AuditEvent.objects.bulk_create(events)
    taken.changed = len(done)


def _restore(deputy: Deputy, row: RosterRow, taken: Taken) -> bool:
    """Facts of the person; of two rows about one person the first has done it already."""
    fields = dict(PERSON)
    back = False
    for column, old, new in row.changes:
        name = fields.get(column)
        if name is None:
            continue
        now = _text(getattr(deputy, name))
        if now == new:
            setattr(deputy, name, _value(name, old))
            back = True
        elif now != old:
            taken.named.add(deputy.pk)
    if back:
        deputy.sort_by_name()
        deputy.save(update_fields=[*fields.values(), *NAME_KEYS])
    return back


def _restore_seat(deputy: Deputy, row: RosterRow, taken: Taken, day: date) -> bool:
    """Facts of the seat that still say what the row put there and can be as before."""
    words = {column: (old, new) for column, old, new in row.changes if column in OF_SEAT}
    if not words:
        return False
    number = words.get("代表证号", ("", row.cells.get("代表证号", "")))[1]
    seats = Mandate.objects.filter(deputy=deputy, certificate=number, term__from_on__lte=day)
    related = seats.select_related("term", "district", "delegation").order_by("-term__number")
    seat = related.first()
    back = False
    for column, (old, new) in words.items():
        found = seat and _as_before(seat, column, old, new)
        if seat and found:
            setattr(seat, OF_SEAT[column], None if found == NOTHING else found)
            back = True
        else:
            taken.named.add(deputy.pk)
    if seat and back:
        seat.save(update_fields=[*OF_SEAT.values()])
    return back


def _as_before(
    seat: Mandate, column: str, old: str, new: str
) -> District | Delegation | str | None:
    """What stood there, when nobody has changed it since and it is still to be had."""
    if column == "代表证号":
        taken = Mandate.objects.filter(term=seat.term_id, certificate=old).exists()
        return None if seat.certificate != new or taken else old
    if column == "选区（选举单位）":
        places = District.objects.filter(assembly=seat.term.assembly_id, name=old)
        return places.first() if seat.district.name == new else None
    now = seat.delegation.name if seat.delegation else ""
    if now != new:
        return None
    return Delegation.objects.filter(term=seat.term_id, name=old).first() if old else NOTHING


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
