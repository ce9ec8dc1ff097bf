"""先后: in which order the verbs on seats and terms take their locks.

A congress, its terms in the order of their keys, groups in the order of theirs (those somebody
joins, leaves or convenes), people in the order of theirs, seats, changes. Who holds the term counts
its seats while nobody else changes one; who holds the person knows whether the last seat ended.
Nothing of this is locked the other way round.
"""

from django.db.models import Q

from congress.shared import clock
from congress.shared.models import Term
from congress.shared.workflow import lock
from deputies.models import Deputy, DeputyGroup, Mandate, SeatChange


def terms_locked(numbers: set[int]) -> list[Term]:
    """These terms, re-read under their locks; without those that are gone."""
    rows = Term.objects.select_for_update(of=("self",), no_key=True)
    return list(rows.filter(pk__in=numbers).order_by("pk"))


def people_locked(numbers: set[int]) -> list[Deputy]:
    """These people, re-read under their locks: no seat of theirs begins or ends meanwhile."""
    rows = Deputy.objects.select_for_update(of=("self",), no_key=True)
    return list(rows.filter(pk__in=numbers).order_by("pk"))


def groups_locked(deputies: set[int], *others: DeputyGroup) -> None:
    """These groups, and those the people belong to or convene, under their locks."""
    open_then = Q(memberships__deputy__in=deputies, memberships__to_on=None)
    ending = Q(memberships__deputy__in=deputies, memberships__to_on__gt=clock.today())
    convened = Q(convenor__deputy__in=deputies)
    named = Q(pk__in=[each.pk for each in others])
    found = DeputyGroup.objects.filter(open_then | ending | convened | named)
    numbers = set(found.values_list("pk", flat=True))
    rows = DeputyGroup.objects.filter(pk__in=numbers).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True))


def person_locked(deputy: Deputy) -> Deputy:
    """The person, after the terms of all seats and the groups: for what touches each of them."""
    terms_locked(set(Mandate.objects.filter(deputy=deputy).values_list("term", flat=True)))
    groups_locked({deputy.pk})
    return lock(deputy)


def seat_locked(mandate: Mandate) -> Mandate:
    """The seat, after its term, the groups and the person who holds it."""
    lock(mandate.term)
    groups_locked({mandate.deputy_id})
    lock(mandate.deputy)
    return lock(mandate)


def change_locked(change: SeatChange) -> SeatChange:
    """The change, after all that hangs on the person whose seat it is about."""
    for deputy in Deputy.objects.filter(mandates__changes=change.pk):
        person_locked(deputy)
    return lock(change)
