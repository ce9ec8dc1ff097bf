"""接下来: the dates ahead in one list, for a deputy and for whoever calls deputies together."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from congress.home.queries.waiting import days_left
from congress.shared.actors import Actor
from congress.shared.calendar import next_reception
from congress.shared.models import Assembly, Session
from deputies.models import Deputy, DeputyGroup, PlanItem, Study
from deputies.queries import specialists
from deputies.queries.plans import months
from proposals.models import Convening
from proposals.queries.clocks import Clock, Light, day, weekday
from proposals.queries.deputies import OwnProposal
from stations.models import Activity, Posting, ReceptionDay, RotaSlot, Station
from stations.queries import calls
from stations.queries.hours import reception, reception_words
from stations.queries.next_day import next_day, next_held
from stations.wording import hours_words

SHOWN = 7
"""Phones show seven, the rest on demand."""
STATIONS_NAMED = 3
MONTH = "月"
"""What stands in the place of a weekday where only the month is known."""


@dataclass(frozen=True)
class Coming:
    """One date ahead, ready to print; `on` is what the list is sorted by."""

    on: date
    month: str
    number: str
    weekday: str
    left: str
    title: str
    words: str
    url: str = ""
    light: Light | None = None


def coming(on: date, today: date, title: str, words: str, url: str = "") -> Coming:
    """A date with its weekday and the days left; with the year when it is not this one's."""
    left = days_left((on - today).days)
    year = "" if on.year == today.year else f"{on.year} 年 "
    return Coming(on, f"{year}{on.month} 月", str(on.day), weekday(on), left, title, words, url)


def in_order(rows: Iterable[Coming]) -> list[Coming]:
    """By day; what has a month only comes after that month's days."""
    return sorted(rows, key=lambda row: (row.on, row.weekday == MONTH, row.title))


def of_deputy(
    person: Deputy, actor: Actor, assemblies: list[Assembly], lines: list[OwnProposal], clock: Clock
) -> list[Coming]:
    """The next reception, studies, plans, sessions, and the replies this deputy waits for."""
    today = clock.today
    return in_order(
        [
            *_own_reception(person, today, seated=bool(assemblies)),
            *_own_studies(actor, today),
            *_own_activities(person, today),
            *_planned(assemblies, today),
            *_sessions(assemblies, today),
            *_convenings(lines, today),
            *_replies(lines, clock),
        ]
    )


def _own_reception(person: Deputy, today: date, *, seated: bool) -> list[Coming]:
    if not seated:
        return []
    on, at, own = next_day(person, today)
    if at is None:
        return [coming(on, today, "接待日", "还没有安排您进驻的联络站")]
    words = f"{at.name} · {reception_words(at, on)}"
    if own:
        return [coming(on, today, "轮到您接待", words, reverse("stations:my_rota"))]
    return [coming(on, today, "接待日", words, reverse("stations:public_detail", args=[at.pk]))]


def _own_studies(actor: Actor, today: date) -> list[Coming]:
    asked = [(row, "等您回复") for row in specialists.waiting(actor, today)]
    going = [(row, "您要参加") for row in specialists.to_come(actor, today)]
    return [_study(row.study, today, words) for row, words in [*going, *asked]]


def _study(study: Study, today: date, words: str) -> Coming:
    """A study that has begun stands under today."""
    on = max(study.starts_on, today)
    until = f"到 {day(study.ends_on)}" if study.ends_on > study.starts_on else ""
    said = " · ".join(filter(None, (study.place, until, words)))
    url = reverse("deputies:invited", args=[study.pk])
    return coming(on, today, f"{study.get_kind_display()}：{study.topic}", said, url)


def _own_activities(person: Deputy, today: date) -> list[Coming]:
    page = reverse("stations:my_activities")
    return [
        coming(
            row.activity.held_on,
            today,
            row.activity.title,
            f"{hours_words(row.activity)} · {row.activity.place} · {row.get_state_display()}",
            f"{page}#activity-{row.activity_id}",
        )
        for row in calls.to_come(person, today)
    ]


def _activities(actor: Actor, today: date) -> list[Coming]:
    """What one has called, or others of one's township have."""
    rows = Activity.objects.visible_to(actor).to_come().filter(held_on__gte=today)
    return [
        coming(
            row.held_on,
            today,
            row.title,
            f"{hours_words(row)} · {row.place}",
            reverse("stations:activity", args=[row.pk]),
        )
        for row in rows
    ]


def _planned(assemblies: list[Assembly], today: date) -> list[Coming]:
    """年度代表工作计划: what this month and the next one have."""
    ahead = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    now = PlanItem.objects.published_in(today.year, today.month)
    soon = PlanItem.objects.published_in(ahead.year, ahead.month)
    rows = (now | soon).filter(plan__assembly__in=assemblies).select_related("plan")
    return [_item(row, today, ahead) for row in rows.order_by("month_from", "position")]


def _item(row: PlanItem, today: date, ahead: date) -> Coming:
    """A month has no weekday: it stands under its last day, this month's before the next one's."""
    runs = row.plan.year == today.year and row.month_from <= today.month
    first = today.replace(day=1) if runs else ahead
    until = first.replace(day=monthrange(first.year, first.month)[1])
    words = " · ".join(filter(None, (months(row), row.organiser, row.audience)))
    url = reverse("deputies:public_plan", args=[row.plan_id])
    left = "这个月" if runs else "下个月"
    return Coming(until, f"{first.year} 年", str(first.month), MONTH, left, row.title, words, url)


def _sessions(assemblies: list[Assembly], today: date) -> list[Coming]:
    rows = Session.objects.filter(term__assembly__in=assemblies, closes_on__gte=today)
    return [
        coming(
            max(row.opens_on, today),
            today,
            f"{row.term.assembly}{row}",
            f"{day(row.opens_on)}开幕，{day(row.closes_on)}闭幕",
        )
        for row in rows.select_related("term__assembly")
    ]


def _convenings(lines: list[OwnProposal], today: date) -> list[Coming]:
    """当面协商 of what one leads or fosters, as it stands: moved ones on their new day."""
    own = [line.proposal.handled_as.pk for line in lines if line.leads or line.speaks]
    if not own:
        return []
    rows = Convening.objects.called().filter(assignment__proposal__in=own, meets_on__gte=today)
    return [
        coming(
            row.meets_on,
            today,
            f"当面协商：{row.assignment.proposal.title}",
            f"{row.assignment.unit} · {row.place}",
            reverse("proposals:detail", args=[row.assignment.proposal_id]),
        )
        for row in rows.select_related("assignment__proposal", "assignment__unit")
    ]


def _replies(lines: list[OwnProposal], clock: Clock) -> list[Coming]:
    """答复期限 of what one leads or signed; late ones first, lit; what is paused has no day."""
    found = []
    for line in lines:
        part = clock.pressing(line.proposal)
        due = part.due_on if part else None
        if part is None or due is None or part.stands_still_since:
            continue
        url = reverse("proposals:detail", args=[line.proposal.pk])
        row = coming(due, clock.today, line.proposal.title, f"{part.unit}应在这天前答复", url)
        late = due < clock.today
        found.append(
            Coming(
                row.on,
                row.month,
                row.number,
                row.weekday,
                "" if late else row.left,
                row.title,
                row.words,
                row.url,
                line.light if late else None,
            )
        )
    return found


def of_organiser(
    actor: Actor, groups: list[DeputyGroup], stations: list[Station], today: date
) -> list[Coming]:
    """Reception days with who is posted, studies that call members, the plan, the sessions."""
    areas = {group.area_id for group in groups} | {station.area_id for station in stations}
    around = Q(area__in=areas) | Q(area__area__in=areas) | Q(area=actor.area_id)
    places = list(Assembly.objects.filter(around).distinct())
    return in_order(
        [
            *_receptions(stations, today),
            *_activities(actor, today),
            *_studies_of(groups, today),
            *_planned(places, today),
            *_sessions(places, today),
        ]
    )


def _receptions(stations: list[Station], today: date) -> list[Coming]:
    """Each place on its own next day with whose turn it is; before a rota the calendar's day."""
    if not stations:
        return []
    held = next_held(today, stations)
    if held:
        return _turns([each for each in stations if each.pk in held], held, today)
    on = next_reception(today)
    rows = Posting.objects.running(today).filter(station__in=stations)
    posted: dict[int, list[str]] = {}
    for station, name in rows.order_by("deputy__stroke_key").values_list("station", "deputy__name"):
        posted.setdefault(station, []).append(name)
    if len(stations) > STATIONS_NAMED:
        people = sum(map(len, posted.values()))
        words = f"{len(stations)} 个家站，进驻代表 {people} 人"
        return [coming(on, today, "接待日", words, reverse("stations:public_list"))]
    return [
        coming(
            on,
            today,
            f"接待日：{each.name}",
            f"进驻：{'、'.join(posted[each.pk])}" if each.pk in posted else "还没有代表进驻",
            reverse("stations:public_detail", args=[each.pk]),
        )
        for each in stations
    ]


def _turns(stations: list[Station], held: dict[int, date], today: date) -> list[Coming]:
    on = min(held.values())
    days = ReceptionDay.objects.filter(station__in=stations, held_on__in=set(held.values()))
    rows = RotaSlot.objects.live().filter(day__in=days).order_by("deputy__stroke_key", "pk")
    turns: dict[tuple[int, date], list[str]] = {}
    for station, day_, name in rows.values_list("day__station", "day__held_on", "deputy__name"):
        turns.setdefault((station, day_), []).append(name)
    if len(stations) > STATIONS_NAMED:
        there = [turns.get((pk, on), []) for pk, first in held.items() if first == on]
        words = f"{len(there)} 个家站，轮值代表 {sum(map(len, there))} 人"
        return [coming(on, today, "接待日", words, reverse("stations:public_list"))]
    hours = reception()
    return [
        coming(
            held[each.pk],
            today,
            f"接待日：{each.name}",
            f"{hours(each.own_hours, held[each.pk]).words} · "
            + (f"轮值：{'、'.join(names)}" if names else "还没有排到代表"),
            reverse("stations:public_detail", args=[each.pk]),
        )
        for each in stations
        for names in [turns.get((each.pk, held[each.pk]), [])]
    ]


def _studies_of(groups: list[DeputyGroup], today: date) -> list[Coming]:
    """Studies ahead to which members of these groups are invited, with how many."""
    members = Deputy.objects.grouped(today, membership__group__in=groups)
    rows = Study.objects.open().filter(ends_on__gte=today, invitations__deputy__in=members)
    invited: dict[int, int] = {}
    for pk in rows.values_list("pk", flat=True):
        invited[pk] = invited.get(pk, 0) + 1
    return [
        coming(
            max(study.starts_on, today),
            today,
            f"{study.get_kind_display()}：{study.topic}",
            f"{study.place} · 组里邀请了 {invited[study.pk]} 人",
        )
        for study in Study.objects.filter(pk__in=invited)
    ]
