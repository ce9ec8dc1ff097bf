"""One mechanism for every state: lock the row, ask why not, take one step, leave the trail."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from typing import ClassVar, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models, router
from django.db.models import TextChoices

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent

Row = TypeVar("Row", bound=models.Model)


class Stepped(models.Model):
    """A record that walks through states; `STEPS` says which state may follow which.

    It begins in the default of `state`, or in one of `ALSO_BEGINS`.
    """

    STEPS: ClassVar[Mapping[str, Set[str]]]
    ALSO_BEGINS: ClassVar[Set[str]] = frozenset()
    state = models.CharField("状态", max_length=20)

    class Meta:
        abstract = True


Walker = TypeVar("Walker", bound=Stepped)


def lock(row: Row) -> Row:
    """Re-read a row under a row lock: what the caller holds may be a minute old, or gone.

    `LOCKED_WITH` names what comes along in the same statement. Only what never changes for a row
    may stand there: whoever waits for a lock reads what is joined as it was before the wait.
    """
    rows = type(row)._default_manager.select_for_update(of=("self",), no_key=True)
    if joined := getattr(type(row), "LOCKED_WITH", ()):
        rows = rows.select_related(*joined)
    found = next(iter(rows.filter(pk=row.pk).order_by()), None)  # no table joined to order one row
    if found is None:
        raise Refused("这条记录刚才已被撤销，请返回列表重新打开。")
    return found


def refuse_if(reason: str | None) -> None:
    """Raise `Refused` with the reason, when there is one."""
    if reason:
        raise Refused(reason)


def trail(row: models.Model, now: str, *, by: Actor, was: str = "", note: str = "") -> AuditEvent:
    """The step as an audit row, not yet saved: who, in which post, when, and from what to what."""
    return AuditEvent(
        subject=row._meta.label,
        subject_id=row.pk,
        was=was,
        now=now,
        by_id=by.user.pk if by.user else None,
        by_name=by.name,
        post=by.title,
        at=clock.now(),
        note=note,
    )


def record(row: models.Model, now: str, *, by: Actor, was: str = "", note: str = "") -> AuditEvent:
    """The audit trail has a deed that is not a change of state; its line is given back."""
    line = trail(row, now, by=by, was=was, note=note)
    line.save(force_insert=True)
    return line


def record_all(
    rows: Sequence[models.Model], now: str, *, by: Actor, was: Sequence[str] = ()
) -> None:
    """The same deed on many rows, in one statement: a thousand audit rows in a few milliseconds."""
    if not rows:
        return
    one = trail(rows[0], now, by=by)
    connection = connections[router.db_for_write(AuditEvent)]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO shared_auditevent"
            " (subject, subject_id, was, now, by_id, by_name, post, at, note)"
            " SELECT %s, row.id, row.was, %s, %s, %s, %s, %s, ''"
            " FROM unnest(%s::bigint[], %s::text[]) AS row (id, was)",
            [
                *(one.subject, now, one.by_id, one.by_name, one.post, one.at),
                *([row.pk for row in rows], list(was) or [""] * len(rows)),
            ],
        )


def in_turn(word: str) -> None:
    """Whoever says the same word waits until this transaction ends: counting has no row to lock."""
    with connections[router.db_for_write(AuditEvent)].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [word])


@contextmanager
def alone(word: str, *, wait: bool) -> Iterator[bool]:
    """One run at a time of what has this name. A session's lock: it goes with a worker that dies.

    Whoever does not wait is told that another run has it.
    """
    take = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(f"SELECT {take}(hashtext(%s))", [word])
        taken = wait or cursor.fetchone()[0]
    try:
        yield taken
    finally:
        if taken:
            with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [word])


def why_not_move(row: Stepped, to: TextChoices) -> str | None:
    """The reason this step is not in the table; None when it is."""
    if to in row.STEPS.get(row.state, frozenset()):
        return None
    label = dict(row._meta.get_field("state").flatchoices)[row.state]
    if row.state == to:  # a second click, or somebody else was quicker
        return f"目前是“{label}”，已经办过，不用再办一次。"
    return f"目前是“{label}”，不能变为“{to.label}”。"


def move(row: Walker, to: TextChoices, *, by: Actor, note: str = "", **facts: object) -> Walker:
    """Take one step with a locked row, and write the step into the audit trail."""
    refuse_if(why_not_move(row, to))
    was = row.state
    for name, value in {"state": to, **facts}.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *facts])
    record(row, to, by=by, was=was, note=note)
    return row


def move_all(
    rows: Iterable[Walker], to: TextChoices, *, by: Actor, **facts: object
) -> list[Walker]:
    """Take the same step with many locked rows in two statements; all move or none."""
    walkers = list(rows)
    was = [row.state for row in walkers]
    for row in walkers:
        refuse_if(why_not_move(row, to))
        for name, value in {"state": to, **facts}.items():
            setattr(row, name, value)
    if walkers:
        numbers = [row.pk for row in walkers]
        type(walkers[0])._default_manager.filter(pk__in=numbers).update(state=to, **facts)
        record_all(walkers, to, by=by, was=was)
    return walkers
