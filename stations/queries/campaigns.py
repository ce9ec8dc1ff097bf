"""主题活动 with its figures, and each topic with what was done under it."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from congress.shared.actors import Actor
from stations.models import Activity, Attendance, Campaign, Presence, Squad, Topic, TopicKind
from stations.models.campaigns import SquadQuerySet
from stations.states import ActivityState

HELD = Q(activities__state=ActivityState.HELD)
CALLED = Q(activities__state=ActivityState.CALLED)


@dataclass(frozen=True)
class Totals:
    """What came of a campaign so far; `times` counts who came, each time anew."""

    topics: int
    held: int
    called: int
    deputies: int
    times: int
    groups: int
    squads: int


def totals(campaign: Campaign) -> Totals:
    """All figures in four queries; what was called off counts nowhere."""
    rows = Activity.objects.filter(topic__campaign=campaign)
    figures = rows.order_by().aggregate(
        held=Count("pk", filter=Q(state=ActivityState.HELD)),
        called=Count("pk", filter=Q(state=ActivityState.CALLED)),
        groups=Count("group", filter=Q(state=ActivityState.HELD), distinct=True),
    )
    seen = Attendance.objects.filter(
        activity__topic__campaign=campaign, presence=Presence.PRESENT
    ).aggregate(deputies=Count("deputy", distinct=True), times=Count("pk"))
    topics = Topic.objects.filter(campaign=campaign, dropped_at=None).count()
    squads = Squad.objects.filter(campaign=campaign).count()
    return Totals(topics=topics, squads=squads, **figures, **seen)


class TopicRow(NamedTuple):
    """A topic with how often it was taken up."""

    topic: Topic
    whose: str
    held: int
    called: int


def topics(campaign: Campaign, by: Actor) -> list[tuple[str, list[TopicRow]]]:
    """统一定题 first, then 自由选题 of whom one may see, each with its figures."""
    rows = Topic.objects.visible_to(by).filter(campaign=campaign, dropped_at=None)
    rows = rows.select_related("area", "group", "campaign").annotate(
        held=Count("activities", filter=HELD), called=Count("activities", filter=CALLED)
    )
    found: dict[str, list[TopicRow]] = {kind.label: [] for kind in TopicKind}
    for row in rows.order_by("area__position", "group__position", "pk"):
        whose = str(row.group or row.area or "全县")
        figures = (getattr(row, "held", 0), getattr(row, "called", 0))
        found[row.get_kind_display()].append(TopicRow(row, whose, *figures))
    return list(found.items())


class CampaignRow(NamedTuple):
    campaign: Campaign
    topics: int
    held: int


def listed() -> list[CampaignRow]:
    """Every campaign, the newest first, in one query."""
    done = Count(
        "topics__activities", filter=Q(topics__activities__state=ActivityState.HELD), distinct=True
    )
    standing = Count("topics", filter=Q(topics__dropped_at=None), distinct=True)
    rows = Campaign.objects.select_related("assembly").annotate(set_=standing, done=done)
    return [CampaignRow(row, getattr(row, "set_", 0), getattr(row, "done", 0)) for row in rows]


BEHIND = {"deputies": "参加代表", "groups": "参加小组", "squads": "小分队"}
"""The lists behind the figures of a campaign."""


class Behind(NamedTuple):
    """One line of such a list; `times` it came or was held, with the list of those."""

    name: str
    beside: str
    times: int
    url: str


def behind(campaign: Campaign, of: str) -> list[Behind]:
    """So many lines as the figure says, in one query."""
    here = f"{reverse('stations:activities')}?campaign={campaign.pk}&year={campaign.year}"
    if of == "squads":
        rows = Squad.objects.filter(campaign=campaign).select_related("group__area")
        held = Count("activities", filter=Q(activities__state=ActivityState.HELD))
        found = rows.annotate(times=held).order_by("group__area__position", "pk")
        return [Behind(str(one), one.group.name, getattr(one, "times", 0), "") for one in found]
    if of == "groups":
        done = Activity.objects.held().filter(topic__campaign=campaign, group__isnull=False)
        counted = done.order_by("group__area__position", "group__position", "group").values_list(
            "group", "group__name", "group__area__name"
        )
        return [
            Behind(name, area, times, f"{here}&state=held&group={pk}")
            for pk, name, area, times in counted.annotate(times=Count("pk"))
        ]
    seen = Attendance.objects.filter(
        activity__topic__campaign=campaign, presence=Presence.PRESENT
    ).order_by("deputy__stroke_key", "deputy")
    people = seen.values_list("deputy", "deputy__name", "deputy__job")
    return [
        Behind(name, job, times, f"{here}&came=1&deputy={pk}")
        for pk, name, job, times in people.annotate(times=Count("pk"))
    ]


def squads(by: Actor, today: date, area: int | None = None) -> SquadQuerySet:
    """Those that stand, of whoever asks, with their members and whether an activity `waits`."""
    rows = Squad.objects.visible_to(by).standing(today)
    if area:
        rows = rows.filter(group__area=area)
    waits = Exists(Activity.objects.filter(squad=OuterRef("pk"), state=ActivityState.CALLED))
    related = rows.select_related("group__area", "campaign", "leader").annotate(waits=waits)
    return related.prefetch_related("members__deputy")
