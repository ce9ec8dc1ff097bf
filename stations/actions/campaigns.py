"""主题活动: the year's theme is opened, topics are set under it, squads take them up."""

from datetime import date

from django.db import transaction

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Assembly
from congress.shared.workflow import lock, move, record, refuse_if
from deputies.models import DeputyGroup
from stations.models import Campaign, Squad, SquadMember, Topic, TopicKind
from stations.permissions.campaigns import (
    LineUp,
    why_not_close_campaign,
    why_not_dissolve_squad,
    why_not_drop_topic,
    why_not_form_squad,
    why_not_open_campaign,
    why_not_set_topic,
)
from stations.states import CampaignState


@transaction.atomic
def open_campaign(
    assembly: Assembly, *, year: int, title: str, words: str = "", by: Actor, today: date
) -> Campaign:
    """发起主题活动: topics may be set and activities called under it."""
    assembly = lock(assembly)
    refuse_if(why_not_open_campaign(by, year=year, title=title, today=today))
    if by.user is None:
        raise Refused("主题活动须由人来发起。")
    if Campaign.objects.filter(assembly=assembly, year=year, title=title).exists():
        raise Refused(f"{year} 年已经有“{title}”。")
    campaign = Campaign.objects.create(
        assembly=assembly,
        year=year,
        title=title,
        words=words,
        opened_by=by.user,
        opened_at=clock.now(),
    )
    record(campaign, CampaignState.OPEN, by=by, note=title)
    return campaign


@transaction.atomic
def close_campaign(campaign: Campaign, *, outcome: str, by: Actor) -> Campaign:
    """结束主题活动: what came of it stands, and nothing more is called under it."""
    campaign = lock(campaign)
    refuse_if(why_not_close_campaign(by, campaign, outcome=outcome))
    now = clock.now()
    return move(campaign, CampaignState.CLOSED, by=by, outcome=outcome, closed_at=now)


@transaction.atomic
def set_topic(
    campaign: Campaign, *, title: str, group: DeputyGroup | None = None, by: Actor
) -> Topic:
    """定题: 统一定题 by the office for all; 自由选题 by a township, or for one of its groups."""
    campaign = lock(campaign)
    group = lock(group) if group else None
    refuse_if(why_not_set_topic(by, campaign, group=group, title=title))
    if by.user is None:
        raise Refused("选题须由人来定。")
    kind = TopicKind.UNIFIED if by.is_staff else TopicKind.FREE
    area = None if by.is_staff else group.area_id if group else by.area_id
    of = {"campaign": campaign, "title": title, "area_id": area, "group": group}
    if Topic.objects.filter(**of, dropped_at=None).exists():
        raise Refused("这个选题已经有了。")
    topic = Topic.objects.create(**of, kind=kind, set_by=by.user, set_at=clock.now())
    record(topic, "topic_set", by=by, note=title)
    return topic


@transaction.atomic
def drop_topic(topic: Topic, *, why: str, by: Actor) -> Topic:
    """撤题: nothing can be called under it any more."""
    topic = lock(topic)
    refuse_if(why_not_drop_topic(by, topic, why=why))
    topic.dropped_at, topic.why = clock.now(), why
    topic.save(update_fields=["dropped_at", "why"])
    record(topic, "topic_dropped", by=by, note=why)
    return topic


@transaction.atomic
def form_squad(group: DeputyGroup, *, line_up: LineUp, by: Actor, today: date) -> Squad:
    """组建小分队: its members can be called as one."""
    group = lock(group)
    refuse_if(why_not_form_squad(by, group, line_up, today=today))
    if by.user is None:
        raise Refused("小分队须由人来组建。")
    squad = Squad.objects.create(
        group=group,
        campaign=line_up.campaign,
        name=line_up.name,
        leader=line_up.leader,
        formed_by=by.user,
        formed_on=today,
    )
    SquadMember.objects.bulk_create(
        SquadMember(squad=squad, deputy=each) for each in line_up.deputies
    )
    record(squad, "squad_formed", by=by, note="、".join(d.name for d in line_up.deputies)[:200])
    return squad


@transaction.atomic
def dissolve_squad(squad: Squad, *, by: Actor, today: date) -> Squad:
    """解散小分队: it is called no more; what it did stays with it."""
    squad = lock(squad)
    refuse_if(why_not_dissolve_squad(by, squad, today=today))
    squad.dissolved_on = today
    squad.save(update_fields=["dissolved_on"])
    record(squad, "squad_dissolved", by=by)
    return squad
