"""民情 as deputies, keepers and townships see it."""

from datetime import date

from django.db.models import Case, IntegerField, QuerySet, Value, When

from congress.shared.actors import Actor
from deputies.models import Deputy, Membership
from stations.models import Issue, Posting, Station


def near(deputy: Deputy, today: date) -> QuerySet[Station]:
    """The stations of the deputy's township, or of their last one; those they serve at first."""
    spells = Membership.objects.filter(deputy=deputy, from_on__lte=today).order_by("-from_on")
    areas = spells.values("group__area")[:1]
    own = Posting.objects.running(today).filter(deputy=deputy).values("station")
    first = Case(When(pk__in=own, then=Value(0)), default=Value(1), output_field=IntegerField())
    standing = Station.objects.standing()
    rows = standing.filter(area__in=areas) | standing.filter(pk__in=own)
    return rows.order_by(first, "kind", "position")


def listed(actor: Actor) -> QuerySet[Issue]:
    """What this person may see, open ones first, oldest first."""
    open_first = Case(When(state="open", then=Value(0)), default=Value(1))
    rows = Issue.objects.visible_to(actor).select_related("station", "message__deputy")
    return rows.order_by(open_first, "raised_at")
