"""民情与建议: which proposals came of a matter, and which it may be said to have become."""

from datetime import date
from typing import NamedTuple

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse

from congress.shared.actors import Actor
from deputies.models import Membership
from proposals.models import Proposal, Source
from proposals.queries.clocks import Clock, Light
from proposals.states import State
from stations.models import Finding, Issue

NOT_RAISED = (State.SIGNING, State.WITHDRAWN)


class Joined(NamedTuple):
    """One proposal as this reader may see it; `url` is empty where it is not theirs to read."""

    title: str
    words: str
    url: str
    light: Light | None


def key_of(row: Issue | Finding) -> str:
    """What a draft or a proposal says of where it was heard."""
    return f"stations.{'issue' if isinstance(row, Issue) else 'finding'}:{row.pk}"


def proposals_from(row: Issue | Finding, by: Actor, today: date) -> list[Joined]:
    """The one that was written from there, as a draft too, and the one that ended it."""
    source = Source.objects.filter(key=key_of(row)).select_related("draft__deputy").first()
    chosen = row.proposal if isinstance(row, Issue) else None
    numbers = [each for each in (source.proposal_id if source else None, chosen) if each]
    found = []
    if source and source.draft:
        own = by.same_person(source.draft.deputy.user_id)
        url = f"{reverse('proposals:submit')}?draft={source.draft_id}" if own else ""
        words = f"{source.draft.deputy.name}代表在写，还没有提交"
        found.append(Joined("草稿", words, url, None))
    if not numbers:
        return found
    rows, clock = Proposal.objects.filter(pk__in=numbers), Clock.on(today)
    seen = set(rows.visible_to(by).values_list("pk", flat=True))
    open_ones = set(rows.open_to_public().values_list("pk", flat=True))
    return found + [
        _joined(each, clock, read=each.pk in seen, public=each.pk in open_ones)
        for each in rows.with_progress().order_by("pk")
    ]


def _joined(row: Proposal, clock: Clock, *, read: bool, public: bool) -> Joined:
    words = " · ".join(filter(None, (row.number, f"{row.lead.name}代表", row.state_to_deputies)))
    light = clock.light_on(row.handled_as)
    if read:
        return Joined(row.title, words, reverse("proposals:detail", args=[row.pk]), light)
    if public:
        page = reverse("proposals:public_detail", args=[row.number])
        return Joined(row.public_title, words, page, light)
    return Joined("代表建议（内容不公开）", words, "", light)


def proposals_for(issue: Issue, by: Actor, today: date) -> QuerySet[Proposal]:
    """What it may be said to have become: written from it, or led by deputies of the township.

    The one written from it stands first, then those of the deputy who heard it, the newest first;
    of others only what this reader may read.
    """
    own = Source.objects.filter(key=key_of(issue), proposal__isnull=False).values("proposal")
    here = Membership.objects.running(today).filter(group__area=issue.station.area_id)
    seen = Proposal.objects.visible_to(by).order_by().values("pk")
    known = Q(pk__in=seen) | Q(pk__in=Proposal.objects.open_to_public().order_by().values("pk"))
    of_here = Q(lead__in=here.values("deputy")) | Q(lead=issue.deputy)
    order = Case(
        When(pk__in=own, then=Value(0)),
        When(lead=issue.deputy, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = Proposal.objects.filter(Q(pk__in=own) | (of_here & known))
    return rows.exclude(state__in=NOT_RAISED).select_related("lead").order_by(order, "-pk")
