"""现场签到, 发现的问题 of the demo county: an activity of today, and what was found in autumn."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from congress.shared.actors import Actor
from deputies.models import Deputy, DutyItem
from stations.actions import calls, checkins, findings
from stations.actions.checkins import Sent
from stations.models import Activity, CheckInWay, Finding, Invitee, Presence
from stations.permissions.calls import Circle, Meeting
from stations.permissions.findings import Noticed
from stations.rules import CODE_SECONDS
from stations.screen_codes import drawn, step_at

FOUND = (
    (
        "集镇停车没有划线",
        "逢集两边都停车，救护车过不去。",
        "集镇东街",
        "solved",
        "镇里划了四十个车位",
    ),
    ("快递进村加收费", "到村的快递一件加两元，老人不会取。", "桥头村", "handed", "镇商务办"),
    ("开户要跑两趟", "对公开户预约以后还要再去一次银行。", "集镇信用社", "found", ""),
    (
        "加工车间用电不稳",
        "下午常跳闸，炒茶的一批就坏了。",
        "茶叶车间",
        "declined",
        "已列入明年农网改造",
    ),
)


def tell(cast: Cast) -> None:
    """Who is there signs in by the code, one by hand; each of autumn's findings has its end."""
    _today(cast)
    held = Activity.objects.held().filter(called_at__isnull=False).order_by("-held_on").first()
    if held:
        for number, each in enumerate(FOUND):
            _find(cast, held, number, *each)


def _today(cast: Cast) -> None:
    """Called a week ago and on at this hour, so that its code can be opened on a screen."""
    groups = {each.pk: each for each in cast.groups if each.pk in cast.convenors}
    star = cast.star.pk if cast.star else None
    own = [pk for pk in groups if star in {each.pk for each in cast.members[pk]}]
    if not own:
        return
    group, by = groups[own[0]], cast.convenors[own[0]]
    hour = min(timezone.localtime().hour, 20)
    begins = moment(cast.today, hour)
    meeting = Meeting(
        item=DutyItem.objects.get(code="A2"),
        title="看集镇停车和快递进村",
        starts_at=begins,
        ends_at=begins + timedelta(hours=3),
        place="集镇广场集合",
    )
    called_on = cast.today - timedelta(days=7)
    with clock.at(moment(called_on)):
        circle = Circle(group=group)
        row = calls.call_activity(circle, meeting=meeting, by=by, today=called_on)
    with clock.at(begins):
        _sign_in(cast, row, by)


def _sign_in(cast: Cast, activity: Activity, convenor: Actor) -> None:
    """Some by the screen's code, two of them on one phone, and one whose phone is flat."""
    rows = Invitee.objects.filter(activity=activity).exclude(deputy=cast.star).in_name_order()
    people = [row.deputy for row in rows.select_related("deputy__user")]
    own = [each for each in people if each.pk in cast.actors]
    for number, deputy in enumerate(own[:4]):
        sent = _sent(activity, deputy, device=f"phone {max(number, 1)}")
        seconds = CODE_SECONDS.on(cast.today)
        code = drawn(activity.pk, step_at(clock.now(), seconds), seconds)
        checkins.arrive(deputy, code=code, sent=sent, by=cast.actors[deputy.pk])
    flat = next((each for each in people if each not in own), None)
    if flat:
        sent = _sent(activity, flat)
        checkins.note_arrival(
            flat,
            activity=activity,
            way=CheckInWay.HAND,
            reason="手机没电",
            sent=sent,
            by=convenor,
        )


def _sent(activity: Activity, deputy: Deputy, device: str = "") -> Sent:
    return Sent(uuid5(NAMESPACE_URL, f"{activity.pk} {deputy.pk}"), device)


def _find(  # a line of FOUND
    cast: Cast,
    activity: Activity,
    number: int,
    title: str,
    words: str,
    place: str,
    to: str,
    said: str,
) -> Finding:
    """Written down on the day by one who came, handed on the next, ended a week after."""
    came = activity.attendances.filter(presence=Presence.PRESENT).in_name_order()
    deputies = [row.deputy for row in came.select_related("deputy__user")]
    star = [each for each in deputies if each == cast.star]
    deputy = (star or deputies)[number % len(star or deputies)]
    clerk = cast.townships[activity.group.area_id] if activity.group else cast.clerk
    on, by = activity.held_on, cast.actors.get(deputy.pk, clerk)
    noticed = Noticed(
        deputy=deputy, title=title, words=words, place=place, found_on=on, topic=activity.topic
    )
    with clock.at(moment(on, 20)):
        token = uuid5(NAMESPACE_URL, f"finding {activity.pk} {number}")
        row = findings.raise_finding(activity, noticed=noticed, token=token, by=by, today=on)
    return _end(row, to, said, clerk)


def _end(row: Finding, to: str, said: str, clerk: Actor) -> Finding:
    next_day = row.found_on + timedelta(days=1)
    if to == "found":
        return row
    with clock.at(moment(next_day)):
        if to == "declined":
            return findings.decline_finding(row, reason=said, by=clerk)
        whom = said if to == "handed" else "镇城建办"
        row = findings.hand_finding(row, handler=whom, by=clerk, today=next_day)
    if to == "solved":
        with clock.at(moment(next_day + timedelta(days=7))):
            row = findings.solve_finding(row, result=f"{said}。", by=clerk)
    return row
