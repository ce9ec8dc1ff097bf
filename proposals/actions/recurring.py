"""反复提: a person says how two proposals stand to each other, or says it otherwise."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.workflow import lock, record, refuse_if
from proposals.models import LikenessRun, Proposal, Recurrence, Resemblance
from proposals.permissions.recurring import why_not_confirm_likeness, why_not_revise_likeness
from proposals.recurring import Likeness


@transaction.atomic
def confirm_likeness(
    proposal: Proposal, *, other: Proposal, kind: str, by: Actor, note: str = ""
) -> Recurrence:
    """认定: how the later of the two stands to the earlier one, whichever page it was said on."""
    first, second = (lock(each) for each in sorted((proposal, other), key=lambda row: row.pk))
    own, their = (first, second) if first.pk == proposal.pk else (second, first)
    refuse_if(why_not_confirm_likeness(by, own, their, kind))
    earlier, later = sorted((own, their), key=raised)
    row = Recurrence(
        later=later, earlier=earlier, kind=kind, note=note.strip(), confirmed_by=by.user
    )
    row.save(force_insert=True)
    record(row, f"alike_{kind}", by=by, note=_words(row))
    return row


@transaction.atomic
def revise_likeness(recurrence: Recurrence, *, kind: str, note: str, by: Actor) -> Recurrence:
    """改认定: the other kind stands, and the trail keeps what was said before."""
    recurrence = lock(recurrence)
    refuse_if(why_not_revise_likeness(by, recurrence, kind, note))
    was = recurrence.kind
    said = {"kind": kind, "note": note.strip(), "confirmed_by": by.user}
    for name, value in {**said, "confirmed_at": clock.now()}.items():
        setattr(recurrence, name, value)
    recurrence.save(update_fields=[*said, "confirmed_at"])
    record(recurrence, f"alike_{kind}", by=by, was=was, note=_words(recurrence))
    return recurrence


@transaction.atomic
def keep_resemblances(
    pairs: Iterable[tuple[int, int, float]], *, texts: int, seal: int | None
) -> int:
    """疑似: these pairs are all there are, and the run says of which texts; how many pairs."""
    Resemblance.objects.all().delete()
    rows = [Resemblance(one_id=one, other_id=other, score=score) for one, other, score in pairs]
    Resemblance.objects.bulk_create(rows, batch_size=1000)
    run = {"texts": texts, "seal": seal or 0, "made_at": clock.now()}
    LikenessRun.objects.update_or_create(pk=1, defaults=run)
    return len(rows)


def raised(proposal: Proposal) -> tuple[date, int]:
    """By the day it was handed in; on one day the one that was begun first."""
    return (proposal.submitted_on or date.max, proposal.pk)


def _words(row: Recurrence) -> str:
    other = row.earlier.number or "还没有编号的一件"
    why = f"，{row.note}" if row.note else ""
    return f"和 {other} {Likeness(row.kind).label}{why}。"
