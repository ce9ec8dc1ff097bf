"""轮值提醒、空岗报警: what the timetable says of turns to come and of days gone by."""

from collections import defaultdict
from datetime import date, timedelta

from django.urls import reverse

from congress.shared import notices
from congress.shared.models import Notice, Post, User
from congress.shared.roles import STAFF, Role
from stations.actions.swaps import lapse
from stations.models import ReceptionDay, RotaSlot
from stations.permissions.rota import MARK_DAYS
from stations.queries.hours import reception
from stations.rules import NOTICE_DAYS, SWAP_DAYS
from stations.wording import day_words, left_words

NAMED = 5


def remind(today: date) -> int:
    """轮值提醒: whoever is on within the days of notice is told once; how many turns that are."""
    last = today + timedelta(days=NOTICE_DAYS.on(today))
    rows, hours = RotaSlot.objects.ahead(today).filter(day__held_on__lte=last), reception()
    told = [
        Notice(
            person_id=slot.deputy.user_id,
            key=f"stations.remind:{slot.pk}:{slot.day.held_on}",
            text=f"{day_words(slot.day.held_on)}"
            f"{hours(slot.day.station.own_hours, slot.day.held_on).words}"
            f"您在{slot.day.station}接待选民，"
            f"{left_words(slot.day.held_on, today)}。",
            link=reverse("stations:my_rota"),
        )
        for slot in rows.select_related("deputy", "day__station")
        if slot.deputy.user_id
    ]
    notices.write_each(told)
    return len(told)


def lapse_swaps(today: date) -> int:
    """逾期作废: what could no longer be agreed to is void."""
    return lapse(today + timedelta(days=SWAP_DAYS.on(today)))


def alarm(today: date) -> int:
    """空岗报警: a day on which nobody was noted at the desk is told once, the next morning.

    The office reads one line for a date; the township and the keeper one for each station. As long
    as the desk may still note who came, a missed run loses nothing.
    """
    days = ReceptionDay.objects.empty_before(today).filter(held_on__gte=today - MARK_DAYS)
    found: dict[date, list[ReceptionDay]] = defaultdict(list)
    for day in days.select_related("station__keeper"):
        found[day.held_on].append(day)
        _tell_station(day, today)
    posts = Post.objects.filter(role__in=STAFF).in_force(today)
    office = list(User.objects.filter(posts__in=posts).distinct())
    for held_on, empty in found.items():
        names = "、".join(day.station.name for day in empty[:NAMED])
        more = f"等 {len(empty)} 个家站" if len(empty) > NAMED else ""
        notices.write(
            office,
            key=f"stations.empty:{held_on}",
            text=f"{day_words(held_on)}空岗：{names}{more}没有代表到岗签到。",
            link=f"{reverse('stations:county_rota')}?gaps=1&year={held_on.year}",
        )
    return sum(len(empty) for empty in found.values())


def _tell_station(day: ReceptionDay, today: date) -> None:
    clerks = Post.objects.filter(role=Role.TOWNSHIP_CLERK).in_force(today)
    here = User.objects.filter(posts__in=clerks.filter(organisation__area=day.station.area_id))
    notices.write(
        {*here, day.station.keeper},
        key=f"stations.empty_station:{day.pk}:{day.held_on}",
        text=f"{day.station}{day_words(day.held_on)}没有代表到岗签到。来过的请补登，没来的请问清原因。",
        link=reverse("stations:station_rota", args=[day.station_id]),
    )
