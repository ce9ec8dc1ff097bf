"""主题活动、选题、小分队: who may open, set, form and end them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from congress.shared.actors import Actor
from congress.shared.names import says_something
from congress.shared.roles import ORGANISERS, Role
from congress.shared.workflow import why_not_move
from deputies.models import Deputy, DeputyGroup
from stations.models import Activity, Campaign, Squad, Topic
from stations.states import ActivityState, CampaignState

OFFICE = "年度主题活动由代工委发起和结束。"
LEAST = 2


@dataclass(frozen=True)
class LineUp:
    """A squad as somebody would have it."""

    name: str
    leader: Deputy
    deputies: Collection[Deputy]
    campaign: Campaign | None = None


def organises(by: Actor, group: DeputyGroup | None) -> bool:
    """Whether this post calls together such a group; without one, all deputies.

    The rows of `DeputyGroup.objects.visible_to` say the same; this asks a group that is at hand.
    """
    if by.is_staff or group is None:
        return by.is_staff
    if by.is_a(Role.CONVENOR):
        return by.same_person(group.convenor_id)
    return by.role in ORGANISERS and group.area_id == by.area_id


def why_not_open_campaign(
    by: Actor, *, year: int | None = None, title: str = "", today: date
) -> str | None:
    """发起主题活动: the office, for this year or the next."""
    if not by.is_staff:
        return OFFICE
    if year is not None and not today.year <= year <= today.year + 1:
        return f"只能发起 {today.year} 年或下一年的主题活动。"
    return None if year is None or says_something(title) else "请写主题。"


def why_not_close_campaign(by: Actor, campaign: Campaign, *, outcome: str = "写明了") -> str | None:
    """结束主题活动: the office, with what came of it, when nothing more is called under it."""
    if not by.is_staff:
        return OFFICE
    if reason := why_not_move(campaign, CampaignState.CLOSED):
        return reason
    ahead = Activity.objects.filter(topic__campaign=campaign, state=ActivityState.CALLED).count()
    if ahead:
        return f"还有 {ahead} 次活动已经通知、没有举行，举行或取消以后再结束。"
    return None if says_something(outcome) else "请写总结。"


def why_not_set_topic(
    by: Actor,
    campaign: Campaign,
    *,
    group: DeputyGroup | None = None,
    title: str = "写明了",
) -> str | None:
    """定题: the office for all; a township clerk for the township or a group, a convenor for it."""
    if not by.is_staff and not by.is_a(Role.TOWNSHIP_CLERK, Role.CONVENOR):
        return "统一定题由代工委定，自由选题由乡镇人大或小组召集人定。"
    if campaign.state != CampaignState.OPEN:
        return "这个主题活动已经结束。"
    if by.is_a(Role.CONVENOR) and group is None:
        return "召集人给自己的小组选题，请选小组。"
    if by.is_staff and group is not None:
        return "代工委的定题面向全县，小组的选题由乡镇人大或召集人定。"
    if group is not None and not organises(by, group):
        return f"{group.name}不归您选题。"
    return None if says_something(title) else "请写选题。"


def why_not_drop_topic(
    by: Actor, topic: Topic, *, why: str = "写明了", used: bool | None = None
) -> str | None:
    """撤题: whoever may set it, while nothing was called under it; `used` where many are asked."""
    own = by.is_staff if topic.area_id is None else _of_own(by, topic)
    if not own:
        return "由定题的一方撤题。"
    if topic.dropped_at:
        return "已经撤题。"
    if topic.campaign.state != CampaignState.OPEN:
        return "这个主题活动已经结束。"
    if used is None:
        under = Activity.objects.filter(topic=topic)
        used = under.exclude(state=ActivityState.CALLED_OFF).exists()
    if used:
        return "这个选题已经有活动，不能撤。"
    return None if says_something(why) else "请写明撤题原因。"


def _of_own(by: Actor, topic: Topic) -> bool:
    """The township's or the group's."""
    if by.is_a(Role.TOWNSHIP_CLERK):
        return by.area_id == topic.area_id
    return topic.group is not None and by.is_a(Role.CONVENOR) and organises(by, topic.group)


def why_not_form_squad(
    by: Actor, group: DeputyGroup, line_up: LineUp | None = None, *, today: date
) -> str | None:
    """组建小分队: whoever calls the group together, of its members."""
    if not organises(by, group):
        return "小分队由召集人、家站站长、乡镇人大或代工委组建。"
    if group.dissolved_on and group.dissolved_on <= today:
        return "小组已经撤销。"
    if line_up is None:
        return None
    if not says_something(line_up.name):
        return "请写小分队名称。"
    people = {each.pk for each in line_up.deputies}
    if len(people) < LEAST:
        return f"小分队至少 {LEAST} 人。"
    if line_up.leader.pk not in people:
        return "队长要在队员里。"
    here = Deputy.objects.called(group, None, today).filter(pk__in=people)
    if here.count() != len(people):
        return "有的队员现在不在这个小组，请重选。"
    if line_up.campaign and line_up.campaign.state != CampaignState.OPEN:
        return "这个主题活动已经结束。"
    if Squad.objects.standing(today).filter(group=group, name=line_up.name).exists():
        return f"{group.name}已经有“{line_up.name}”。"
    return None


def why_not_dissolve_squad(by: Actor, squad: Squad, *, today: date) -> str | None:
    """解散小分队: when no activity waits for it."""
    if not organises(by, squad.group):
        return "小分队由召集人、家站站长、乡镇人大或代工委解散。"
    if squad.dissolved_on:
        return "已经解散。"
    if Activity.objects.to_come().filter(squad=squad).exists():
        return "已经通知它参加活动，活动举行或取消以后再解散。"
    return None
