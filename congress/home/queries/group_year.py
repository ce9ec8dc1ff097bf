"""小组的一年: each member's year, what the group did, and what its convenor has to ask about."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Max, Q, QuerySet

from congress.home.queries import measures, reminders
from congress.home.queries.measures import Compared, Measure, Span
from congress.home.queries.reminders import Reminder
from congress.shared.actors import Actor
from congress.shared.roles import Role
from deputies.models import (
    ContactRecord,
    Deputy,
    DeputyGroup,
    DutyCategory,
    DutyRecord,
    Membership,
    Message,
)
from deputies.queries.catalogue import Catalogue, categories
from deputies.rules import GROUP_LEAST, GROUP_MOST
from deputies.states import MessageState
from proposals.queries.clocks import day, weekday
from scoring.models import Grading
from scoring.states import CycleState
from stations.models import Activity, Attendance, Issue, Presence
from stations.states import IssueState

SEALED = CycleState.SEALED


@dataclass(frozen=True)
class Member:
    """One member's year: verified duties by category, calls and what came of them, last days."""

    name: str
    shown: list[tuple[str, int]]
    verified: int
    called: int
    came: int
    leave: int
    absent: int
    last: str
    contact: str
    quiet: bool
    stars: str
    """上年点亮: 8 颗; empty before that year's files are sealed."""


class Held(NamedTuple):
    """One activity of the group: when, what and where in a line, and who came."""

    pk: int
    title: str
    words: str
    came: int
    expected: int


@dataclass(frozen=True)
class Voiced:
    """群众反映的: messages to the members and what they handed to a station, this year."""

    letters: int
    answered: int
    issues: int
    settled: int


@dataclass(frozen=True)
class GroupYear:
    group: DeputyGroup
    year: int
    span: Span
    categories: list[str]
    members: list[Member]
    size_words: str
    reminders: list[Reminder]
    activities: list[Held]
    voiced: Voiced
    compared: list[Compared]

    @property
    def quiet_words(self) -> str:
        return f"{self.span.name}还没有"


def visible(actor: Actor, today: date) -> QuerySet[DeputyGroup]:
    """The groups whose year this post may see: one's own, the township's, all at the desk.

    A keeper registers who came; whom one has to remind is no matter of theirs.
    """
    if actor.is_a(Role.KEEPER):
        return DeputyGroup.objects.none()
    rows_of = DeputyGroup.objects.visible_to(actor).standing(today)
    return rows_of.select_related("area", "convenor")


def year_of(group: DeputyGroup, year: int, today: date) -> GroupYear:
    """Everything about one group's year, in a fixed number of queries."""
    when, on = measures.span(year, today), measures.last_day(year, today)
    spells = Membership.objects.running(on).filter(group=group)
    people = [
        spell.deputy
        for spell in spells.select_related("deputy").order_by("deputy__stroke_key", "deputy")
    ]
    placed = Catalogue().of_year(year, today)
    county = measures.measures(year, today)
    own = county.get(group.pk, Measure(0, 0, 0, 0, 0, 0))
    return GroupYear(
        group=group,
        year=year,
        span=when,
        categories=[each.name for each in categories(placed)],
        members=_members(people, placed, year, when),
        size_words=size_words(len(people), today),
        reminders=reminders.of_group(group, people, today) if year == today.year else [],
        activities=_held(group, year),
        voiced=_voiced(people, year),
        compared=measures.compared(own, county, when),
    )


def _members(
    people: list[Deputy], placed: Mapping[int, DutyCategory], year: int, when: Span
) -> list[Member]:
    done = DutyRecord.objects.filter(deputy__in=people).done_in(year).order_by()
    counts: Counter[tuple[int, DutyCategory | None]] = Counter()
    verified = done.verified().values_list("deputy", "item").annotate(Count("pk"))
    for deputy, item, count in verified:
        counts[deputy, placed.get(item)] += count
    kinds = categories(placed)
    last = dict(done.live().values_list("deputy").annotate(Max("done_on")))
    calls = {row[0]: row[1:] for row in _calls(people, year)}
    contacts = _contacts(people)
    stars = stars_lit(people, year - 1)
    acting = Deputy.objects.serving(when.last).filter(pk__in=[each.pk for each in people])
    may_act = set(acting.values_list("pk", flat=True))
    found = []
    for each in people:
        own = [(kind.name, counts[each.pk, kind]) for kind in kinds]
        latest = last.get(each.pk)
        found.append(
            Member(
                each.name,
                own,
                sum(count for _, count in own),
                *calls.get(each.pk, (0, 0, 0, 0)),
                last=day(latest) if latest else "",
                contact=contacts.get(each.pk, ""),
                quiet=each.pk in may_act and (latest is None or latest < when.first),
                stars=f"{stars[each.pk]} 颗" if each.pk in stars else "",
            )
        )
    return found


def stars_lit(people: list[Deputy], year: int) -> dict[int, int]:
    """How many stars each of them lit in a year that is sealed; of who has no grade, nothing."""
    graded = Grading.objects.filter(
        deputy__in=people, cycle__year=year, cycle__state=SEALED, archive__isnull=False
    ).graded()
    rows = Grading.objects.filter(pk__in=graded.order_by().values("pk")).order_by()
    lit = Count("lights", filter=Q(lights__lit=True))
    return dict(rows.values_list("deputy").annotate(lit=lit))


def _calls(people: list[Deputy], year: int) -> list[tuple[int, int, int, int, int]]:
    """Deputy, called, came, on leave, absent: of groups' activities and of whole congresses'."""
    roll = Attendance.objects.filter(deputy__in=people, activity__held_on__year=year).order_by()
    each = {
        str(kind): Count("pk", filter=Q(presence=kind))
        for kind in (Presence.PRESENT, Presence.LEAVE, Presence.ABSENT)
    }
    return list(roll.values_list("deputy").annotate(Count("pk"), **each))


def _contacts(people: list[Deputy]) -> dict[int, str]:
    """The last time somebody of the committee was in contact with each, and who it was."""
    rows_of = ContactRecord.objects.filter(liaison__deputy__in=people)
    newest = rows_of.order_by("liaison__deputy", "-done_on", "-pk").distinct("liaison__deputy")
    found = newest.values_list("liaison__deputy", "done_on", "liaison__holder__name")
    return {pk: f"{day(on)} {name}" for pk, on, name in found}


def _held(group: DeputyGroup, year: int) -> list[Held]:
    """What the group held in the year, newest first."""
    held = Activity.objects.held().filter(group=group, held_on__year=year)
    rows = held.with_turnout().newest_first()
    return [
        Held(
            row.pk,
            row.title,
            f"{day(row.held_on)} {weekday(row.held_on)} · {row.item.short_name} · {row.place}",
            row.came,  # type: ignore[attr-defined]  # with_turnout
            row.expected,  # type: ignore[attr-defined]  # with_turnout
        )
        for row in rows.select_related("item")
    ]


def size_words(size: int, today: date) -> str:
    """规模适度: how many, and how that lies to the county's limits."""
    least, most = GROUP_LEAST.on(today), GROUP_MOST.on(today)
    limits = f"每组以 {least} 到 {most} 人为宜"
    if size < least:
        return f"本组 {size} 人，偏少，{limits}。"
    if size > most:
        return f"本组 {size} 人，偏多，{limits}。"
    return f"本组 {size} 人，人数合适，{limits}。"


def _voiced(people: list[Deputy], year: int) -> Voiced:
    letters = Message.objects.filter(deputy__in=people, sent_at__year=year)
    over = Count("pk", filter=~Q(state__in=(MessageState.SENT, MessageState.RAISED)))
    told = letters.aggregate(all=Count("pk"), over=over)
    heard = Q(message__deputy__in=people) | Q(visit__deputy__in=people)
    issues = Issue.objects.counted().filter(heard, raised_at__year=year)
    settled = Count("pk", filter=Q(state__in=(IssueState.SETTLED, IssueState.TOLD)))
    handed = issues.aggregate(all=Count("pk"), settled=settled)
    return Voiced(told["all"], told["over"], handed["all"], handed["settled"])
