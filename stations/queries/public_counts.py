"""群众事项 in public: how many, never which. These fields are the allow-list."""

from typing import NamedTuple

from django.db.models import Count, Q

from stations.models import Council, Issue, Matter
from stations.models.issues import ENDED
from stations.states import CouncilState, MatterState


class Counts(NamedTuple):
    """This year at one station: what voters raised and what of it is settled; 议事 the same."""

    raised: int
    settled: int
    talks: int
    agreed: int
    done: int


def counts(station: int, year: int) -> Counts:
    """In three queries. The titles stay at the desk: they were written for nobody's wall."""
    raised = Issue.objects.counted().filter(station=station, raised_at__year=year)
    issues = raised.aggregate(raised=Count("pk"), settled=Count("pk", filter=Q(state__in=ENDED)))
    talks = Council.objects.held().filter(station=station, held_on__year=year).count()
    agreed = Matter.objects.filter(
        council__station=station, council__state=CouncilState.NOTED, council__held_on__year=year
    )
    matters = agreed.aggregate(
        agreed=Count("pk"), done=Count("pk", filter=Q(state=MatterState.DONE))
    )
    return Counts(issues["raised"], issues["settled"], talks, matters["agreed"], matters["done"])
