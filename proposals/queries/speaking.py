"""谁听: whose desk a proposal's news belongs on besides the units' and the office's."""

from datetime import date
from typing import Any

from django.db.models import Q

from congress.shared.models import User
from deputies.models import Deputy
from proposals.models import Foster, Proposal


def speakers(proposal: Proposal) -> list[User]:
    """Whoever meets and speaks for it today, to be asked to come; empty where nobody does."""
    speaker = proposal.speaker_pk
    people = Deputy.objects.filter(pk__in=[speaker] if speaker else []).select_related("user")
    return [each.user for each in people if each.user]


def spoke_since(proposal: Proposal, since: date) -> list[User]:
    """Whoever has spoken for it on that day or later, whether they still do or not.

    While the lead sat throughout it is nobody but the lead, whoever stands as foster beside: one
    is named only while the lead does not speak.
    """
    rows: Any = Proposal.objects.filter(pk=proposal.pk).with_speaker(since)
    speaker = rows.order_by().values_list("speaker_pk", flat=True).first()
    known = Q(pk=speaker) if speaker else Q(pk__in=())
    fosters = Foster.objects.filter(proposal=proposal).exclude(until_on__lt=since)
    if speaker == proposal.lead_id == proposal.speaker_pk:
        fosters = fosters.filter(since_on__gte=since)
    known |= Q(pk__in=fosters.values("deputy"))
    people = Deputy.objects.filter(known).select_related("user").order_by("pk")
    return [each.user for each in people if each.user]


def hearers(proposal: Proposal) -> list[User | None]:
    """The lead, whose proposal it stays, and whoever fosters it now; one statement."""
    fosters = Foster.objects.standing().filter(proposal=proposal)
    known = Q(pk=proposal.lead_id) | Q(pk__in=fosters.values("deputy"))
    people = Deputy.objects.filter(known).select_related("user")
    lead_first = sorted(people, key=lambda each: (each.pk != proposal.lead_id, each.pk))
    return [each.user for each in lead_first]
