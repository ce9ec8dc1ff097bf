"""换届: the next term opens, the old one's seats end the day before (代表法第二条)."""

from datetime import date, timedelta

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.models import Assembly, Term
from congress.shared.workflow import lock, record, record_all, refuse_if
from deputies.actions import leaving, resuming
from deputies.actions.locks import people_locked, terms_locked
from deputies.models import Mandate
from deputies.permissions.seats import why_not_open_term, why_not_revoke_term, why_not_set_seats
from deputies.states import EndCause

A_DAY = timedelta(days=1)


@transaction.atomic
def open_term(
    assembly: Assembly, *, number: int, from_on: date, seats: int, by: Actor, today: date
) -> Term:
    """换届: the new term runs from its first session's day on, which may lie ahead.

    At that midnight every seat of the old term ends; who holds no other seat leaves group and
    posts with it. Seats of the new term come with its roster; history and archives stay.
    """
    assembly = lock(assembly)
    refuse_if(why_not_open_term(by, assembly, number=number, from_on=from_on))
    old = lock(Term.objects.filter(assembly=assembly).latest("number"))
    old.to_on = from_on - A_DAY
    old.save(update_fields=["to_on"])
    ending = list(Mandate.objects.running(from_on).filter(term=old))
    people = people_locked({seat.deputy_id for seat in ending})
    Mandate.objects.filter(pk__in=[seat.pk for seat in ending]).update(
        to_on=from_on - A_DAY, end_cause=EndCause.TERM
    )
    record_all(ending, "term_ended", by=by)
    leaving.leave(people, from_on=from_on, by=by, today=today)
    term = Term.objects.create(assembly=assembly, number=number, from_on=from_on, seats=seats)
    record(term, "opened_term", by=by, note=f"{from_on:%Y-%m-%d} 起，名额 {seats} 名")
    return term


@transaction.atomic
def set_seats(term: Term, *, seats: int, by: Actor, today: date) -> Term:
    """确定名额: so many deputies the term has by law; vacancies are counted from it."""
    term = lock(term)
    refuse_if(why_not_set_seats(by, term, seats=seats, today=today))
    term.seats = seats
    term.save(update_fields=["seats"])
    record(term, "seats_set", by=by, note=f"名额 {seats} 名")
    return term


@transaction.atomic
def revoke_term(term: Term, *, by: Actor) -> Term:
    """撤销换届: as long as the new term has no seat, the old one runs on as if nothing happened."""
    assembly = lock(term.assembly)
    terms_locked(set(Term.objects.filter(assembly=assembly).values_list("pk", flat=True)))
    term = lock(term)
    refuse_if(why_not_revoke_term(by, term))
    old = Term.objects.get(assembly=assembly, number=term.number - 1)
    seats = Mandate.objects.filter(term=old, to_on=term.from_on - A_DAY, end_cause=EndCause.TERM)
    people = people_locked(set(seats.values_list("deputy", flat=True)))
    seats.update(to_on=None, end_cause="")
    resuming.resume(people, ended_from=term.from_on, by=by)
    old.to_on = None
    old.save(update_fields=["to_on"])
    record(old, "term_reopened", by=by, note=f"撤销第 {term.number} 届")
    term.delete()
    return old
