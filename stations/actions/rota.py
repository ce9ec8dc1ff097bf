"""轮值: the year is planned, a day moves, a turn is taken over, the desk says who came."""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Notice, User
from congress.shared.names import says_something
from congress.shared.workflow import in_turn, lock, move, record, record_all, refuse_if
from deputies import codes
from deputies.actions import duties
from deputies.actions.duties import Fact
from deputies.actions.facts import take_back_facts
from deputies.models import Deputy, DutyRecord
from stations.models import ReceptionDay, RotaSlot, Swap
from stations.permissions.rota import (
    why_not_appoint_substitute,
    why_not_check_in,
    why_not_move_day,
    why_not_plan_rota,
)
from stations.queries.hours import reception_words
from stations.queries.planning import Draft, YearDraft, drawn
from stations.rota import Turn
from stations.states import SlotState, SwapState
from stations.wording import day_words

ROTA = "stations.rota"
"""Whoever gives or moves turns does so in turn, so that nobody is on twice."""
TURN = "stations.turn:"
"""The key of a notice that asks for a turn."""


@transaction.atomic
def plan_rota(*, year: int, by: Actor, today: date) -> YearDraft:
    """排轮值: every station has its reception days of the year, and who receives on them.

    Again is once: what stands is kept, and only seats that are free after today are given.
    """
    in_turn(ROTA)
    refuse_if(why_not_plan_rota(by, year, today=today))
    found = drawn(year, today)
    days = _days(found)
    gaps = _gaps(list(days.values()))
    fresh = [
        RotaSlot(
            day_id=days[draft.station.pk, turn.day],
            deputy_id=turn.deputy,
            stands_in_for_id=gaps[days[draft.station.pk, turn.day]].pop(0)
            if gaps[days[draft.station.pk, turn.day]]
            else None,
        )
        for draft in found.drafts
        for turn in draft.fresh
    ]
    RotaSlot.objects.bulk_create(fresh)
    changed = [each for each in found.drafts if each.fresh or each.fresh_days]
    record_all([each.station for each in changed], "rota_planned", by=by)
    _tell_of_turns(year, changed)
    return found


def _days(found: YearDraft) -> dict[tuple[int, date], int]:
    """Those that were missing are made; the number of each by station and date."""
    made = ReceptionDay.objects.bulk_create(
        ReceptionDay(
            station=draft.station,
            planned_on=each.planned_on,
            held_on=each.held_on,
            reason=each.reason,
            seats=draft.seats,
        )
        for draft in found.drafts
        for each in draft.fresh_days
    )
    days = {(day.station_id, day.held_on): day.pk for day in made}
    for draft in found.drafts:
        days |= {(draft.station.pk, on): pk for on, pk in draft.days.items()}
    return days


def _gaps(days: list[int]) -> dict[int, list[int]]:
    """Turns given up that nobody has taken, by their day: whoever is given a seat takes one."""
    rows = RotaSlot.objects.filter(state=SlotState.GIVEN_UP, taken_by=None, day__in=days)
    found: dict[int, list[int]] = defaultdict(list)
    for pk, day in rows.order_by("pk").values_list("pk", "day"):
        found[day].append(pk)
    return found


def _tell_of_turns(year: int, drafts: list[Draft]) -> None:
    """Whoever has new turns reads how many and when the first is; one notice each."""
    own: dict[int, list[Turn]] = defaultdict(list)
    for draft in drafts:
        for turn in draft.fresh:
            own[turn.deputy].append(turn)
    users = Deputy.objects.filter(pk__in=own).exclude(user=None).values_list("pk", "user")
    link = reverse("stations:my_rota")
    notices.write_each(
        Notice(
            person_id=user,
            key=f"stations.rota:{year}:{min(own[pk]).day}",
            text=f"{year} 年给您排了 {len(own[pk])} 次轮值接待，"
            f"第一次在{day_words(min(own[pk]).day)}。",
            link=link,
        )
        for pk, user in users
    )


@transaction.atomic
def move_day(day: ReceptionDay, *, to: date, reason: str, by: Actor, today: date) -> ReceptionDay:
    """接待日改期: the whole day is held on another date, for this reason; all on turn are told."""
    in_turn(ROTA)
    day = lock(day)
    refuse_if(why_not_move_day(by, day, to=to, today=today))
    was, said = day.held_on, reason.strip()
    refuse_if(None if said else "请写明改期原因，群众会看到。")
    day.held_on, day.reason = to, "" if to == day.planned_on else said
    day.save(update_fields=["held_on", "reason"])
    record(day, "day_moved", by=by, was=str(was), note=f"改到{day_words(to)}：{said}")
    notices.write(
        people_of(day),
        key=f"stations.moved:{day.pk}:{to}",
        text=f"{day.station}{day_words(was)}的接待改到{day_words(to)}"
        f"{reception_words(day.station, to)}：{said}。不能来请换班或请假。",
        link=reverse("stations:my_rota"),
    )
    return day


def people_of(day: ReceptionDay) -> list[User]:
    """Whose turn it is, as far as they have accounts, and the keeper."""
    rows = day.slots.live().select_related("deputy__user")
    users = [row.deputy.user for row in rows if row.deputy.user]
    return [*users, day.station.keeper] if day.station.keeper else users


@transaction.atomic
def appoint_substitute(
    slot: RotaSlot, *, deputy: Deputy, reason: str, by: Actor, today: date
) -> RotaSlot:
    """安排替班: another deputy takes this turn; whose it was stands before it in the chain.

    Whoever comes is credited. A swap that was being asked for lapses with the turn.
    """
    in_turn(ROTA)
    slot = lock(slot)
    refuse_if(why_not_appoint_substitute(by, slot, deputy, today=today))
    refuse_if(None if says_something(reason) else "请写明为什么替班。")
    taken = hand_over(slot, deputy, why=reason.strip(), by=by)
    record(taken, "substituted", by=by, note=f"替{slot.deputy.name}：{reason.strip()}")
    station, held = slot.day.station, slot.day.held_on
    on = f"{station}{day_words(held)}{reception_words(station, held)}的接待"
    link = reverse("stations:my_rota")
    notices.write([deputy.user], key=f"{TURN}{taken.pk}", text=f"请您替班：{on}。", link=link)
    told = f"{on}由{deputy.name}替您：{reason.strip()}。"
    notices.write([slot.deputy.user], key=f"stations.replaced:{slot.pk}", text=told, link=link)
    return taken


def hand_over(slot: RotaSlot, deputy: Deputy, *, why: str, by: Actor) -> RotaSlot:
    """A locked turn goes to another deputy: given up by one row, taken by a new one."""
    if slot.state == SlotState.PLANNED:
        slot = give_up(slot, why=why, by=by)
    return RotaSlot.objects.create(day=slot.day, deputy=deputy, stands_in_for=slot)


def give_up(slot: RotaSlot, *, why: str, by: Actor) -> RotaSlot:
    """A locked turn is nobody's; what was asked for it is void."""
    for swap in Swap.objects.waiting().touching([slot]).order_by("pk"):
        swap = lock(swap)
        if swap.state == SwapState.ASKED:
            move(swap, SwapState.LAPSED, by=by, settled_at=clock.now())
    return move(slot, SlotState.GIVEN_UP, by=by, note=why, why=why[:100])


def free_turns(slots: QuerySet[RotaSlot], *, why: str, by: Actor) -> int:
    """Turns still to come are nobody's, and whoever had them reads why; how many those were.

    A part of closing a station and of moving a deputy to another; whoever calls is in turn.
    """
    own: dict[int, list[RotaSlot]] = defaultdict(list)
    for slot in slots.select_related("deputy__user", "day__station").order_by("day__held_on", "pk"):
        give_up(lock(slot), why=why, by=by)
        if slot.deputy.user_id:
            own[slot.deputy.user_id].append(slot)
    notices.write_each(
        Notice(
            person_id=user,
            key=f"stations.freed:{turns[0].pk}",
            text=f"您在{turns[0].day.station}的轮值取消 {len(turns)} 次，"
            f"从{day_words(turns[0].day.held_on)}起：{why}。",
            link=reverse("stations:my_rota"),
        )
        for user, turns in own.items()
    )
    return sum(len(turns) for turns in own.values())


@transaction.atomic
def check_in(slot: RotaSlot, *, came: bool, by: Actor, today: date) -> RotaSlot:
    """到岗签到: the desk notes who came and who did not; who came has a duty to be checked.

    The same again changes nothing; what was noted wrongly is noted anew, and its duty with it.
    """
    slot = lock(slot)
    refuse_if(why_not_check_in(by, slot, today=today))
    if by.user is None:
        raise Refused("到岗须由人来登记。")
    to = SlotState.ATTENDED if came else SlotState.ABSENT
    if slot.state == to:
        return slot
    slot = move(slot, to, by=by, marked_by=by.user, marked_at=clock.now())
    if came:
        _report(slot, by=by)
    else:
        take_back_facts([*_told(slot)], by=by)
    return slot


def _told(slot: RotaSlot) -> list[str]:
    """The records this turn has told, one for each time it was noted as attended."""
    found = DutyRecord.objects.filter(source__startswith=f"{slot.duty_source}.")
    return [slot.duty_source, *found.values_list("source", flat=True)]


def _report(slot: RotaSlot, *, by: Actor) -> None:
    """The reception is a duty; one taken back and noted again is a record of its own."""
    times = DutyRecord.objects.of_sources(_told(slot)).count()
    source = f"{slot.duty_source}.{times}" if times else slot.duty_source
    day = slot.day
    place = day.station.name
    fact = Fact(
        slot.deputy_id, codes.RECEPTION, day.held_on, source, place=place, note="逢十接待日"
    )
    duties.report_facts([fact], by=by)
