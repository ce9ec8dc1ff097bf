"""活动 of the demo county: the year's campaign, two calls to come and two that were held."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from congress.shared.actors import Actor
from deputies.models import Deputy, DeputyGroup, DutyItem
from stations.actions import answers, calls, campaigns
from stations.actions.events import Mark
from stations.models import Activity, Campaign, Presence, Tag, Topic
from stations.permissions.calls import Circle, Meeting
from stations.permissions.campaigns import LineUp
from stations.queries.calls import roll
from stations.states import InviteeState

UNIFIED = ("优化营商环境，代表在行动", "乡村振兴，代表领着干", "共同缔造美好家园")
REPORT = (
    "代表们看了集镇八家商户和一个茶叶加工车间，听了业主的意见。反映最多的是三件：集镇停车难，"
    "快递进村的费用高，开户要跑两趟。能当场说明的已经说明，其余的由小组整理。"
)


def act(cast: Cast) -> None:
    """A theme with its topics, a squad, what was held under it and what is called."""
    group = _of_the_star(cast)
    if group is None or cast.star is None:
        return
    convenor, clerk = cast.convenors[group.pk], cast.townships[group.area_id]
    opened = max(date(cast.today.year, 1, 1), cast.today - timedelta(days=120))
    with clock.at(moment(opened)):
        theme = campaigns.open_campaign(
            cast.county,
            year=cast.today.year,
            title="聚力共同缔造，代表在行动",
            words="各小组从统一定题里选一个，结合本地再自由选一个，一年至少开展两次。",
            by=cast.clerk,
            today=opened,
        )
        topics = [campaigns.set_topic(theme, title=each, by=cast.clerk) for each in UNIFIED]
        own = campaigns.set_topic(theme, title="管好门前一条河", group=group, by=convenor)
        campaigns.set_topic(theme, title="集镇秩序大家管", by=clerk)
    _hold(cast, group, topics[0], convenor)
    _call(cast, group, own, convenor, theme)


def _of_the_star(cast: Cast) -> DeputyGroup | None:
    star = cast.star.pk if cast.star else None
    for group in cast.groups:
        if star in {each.pk for each in cast.members[group.pk]} and group.pk in cast.convenors:
            return DeputyGroup.objects.select_related("area").get(pk=group.pk)
    return None


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))  # noqa: DTZ001 - aware


def _meeting(day: date, hour: int, title: str, place: str, **said: object) -> Meeting:
    item = DutyItem.objects.get(code="A2")
    hours = {"starts_at": _at(day, hour), "ends_at": _at(day, hour + 2)}
    return Meeting(item=item, title=title, place=place, **hours, **said)  # type: ignore[arg-type]  # as named above


def _hold(cast: Cast, group: DeputyGroup, topic: Topic, by: Actor) -> None:
    """Called in autumn, held, and told of in a report."""
    day = cast.today - timedelta(days=20)
    called_on, tags = day - timedelta(days=7), list(Tag.objects.filter(family="三进")[1:])
    meeting = _meeting(day, 9, "进车间问困难", "集镇", topic=topic, tags=tags)
    with clock.at(moment(called_on)):
        row = calls.call_activity(Circle(group=group), meeting=meeting, by=by, today=called_on)
        _answer(cast, row, called_on, by, coming=5)
    with clock.at(moment(day, 17)):
        came = set(row.invitees.filter(state=InviteeState.COMING).values_list("deputy", flat=True))
        marks = {
            pk: Mark(presence or _seen(pk in came), approver or _granted(presence, by))
            for pk, (presence, approver) in roll(row)[1].items()
        }
        row = calls.hold_activity(row, marks=marks, by=by, today=day)
        calls.report_activity(row, report=REPORT, by=by)


def _seen(came: bool) -> str:
    return Presence.PRESENT if came else Presence.ABSENT


def _granted(presence: str, by: Actor) -> str:
    """Who let them go that had asked and got no word."""
    return by.name if presence == Presence.LEAVE else ""


def _call(cast: Cast, group: DeputyGroup, topic: Topic, by: Actor, theme: Campaign) -> None:
    """A squad's walk along the river soon, and the whole group's meeting after it."""
    members = list(Circle(group=group).people(cast.today).in_name_order())
    few = [each for each in members if each == cast.star]
    few += [each for each in members if each != cast.star][:4]
    line_up = LineUp(name="护河小分队", leader=few[1], deputies=few, campaign=theme)
    squad = campaigns.form_squad(group, line_up=line_up, by=by, today=cast.today)
    soon, later = cast.today + timedelta(days=6), cast.today + timedelta(days=13)
    tags = list(Tag.objects.filter(family="六查")[:3])
    walk = _meeting(soon, 9, "沿河看一遍排污口", "霍河桥头集合", topic=topic, tags=tags)
    row = calls.call_activity(
        Circle(group=group, squad=squad), meeting=walk, by=by, today=cast.today
    )
    _answer(cast, row, cast.today, by, coming=2)
    whole = _meeting(
        later, 14, "小组年终会", "代表之家", brief="各人带本年履职小结，议明年的自由选题。"
    )
    calls.call_activity(Circle(group=group), meeting=whole, by=by, today=cast.today)


def _answer(cast: Cast, activity: Activity, today: date, by: Actor, coming: int) -> None:
    """The first ones sign up, the next one's leave is granted, another's waits."""
    known = (cast.star, cast.second)
    rows = activity.invitees.in_name_order().select_related("activity", "deputy__user")
    others = [row for row in rows if row.deputy not in known and row.deputy.user_id != _user(by)]
    for row in others[:coming]:
        answers.sign_up(row, by=_own(cast, row.deputy, by), today=today)
    for number, row in enumerate(others[coming : coming + 2]):
        own = _own(cast, row.deputy, by)
        reason = "家里老人住院" if number else "到省里开会"
        row = answers.ask_activity_leave(row, reason=reason, by=own, today=today)
        if number == 0:
            answers.grant_activity_leave(row, by=by)


def _user(by: Actor) -> int | None:
    return by.user.pk if by.user else None


def _own(cast: Cast, deputy: Deputy, by: Actor) -> Actor:
    """The deputy's own post where the story has it, else whoever was rung up."""
    return cast.actors.get(deputy.pk, by)
