"""类别: the calendar chooses; the others say why not."""

from datetime import date
from typing import NamedTuple

from congress.shared.actors import Actor
from congress.shared.models import Session
from deputies.models import Deputy
from proposals.permissions.submission import kind_on, why_not_call_for_signatures
from proposals.states import Kind


class KindToday(NamedTuple):
    """One kind today: none of the others is a secret, each says why it has to wait."""

    kind: Kind
    refusal: str | None


def kinds_on(by: Actor, lead: Deputy, session: Session | None, today: date) -> list[KindToday]:
    """The calendar's own first."""
    first = kind_on(session, today) if session else Kind.INTERSESSION
    order = sorted(Kind, key=lambda kind: kind != first)
    return [
        KindToday(kind, why_not_call_for_signatures(by, lead, session, kind, today))
        for kind in order
    ]
