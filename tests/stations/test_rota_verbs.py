"""轮值 as it is lived: planned, moved, taken over, noted at the desk, reminded of."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import STAFF, Role
from deputies.models import DutyRecord
from stations.actions import leaves, rota, swaps, watching
from stations.models import ReceptionDay, RotaFeed, RotaLeave, RotaSlot, Swap
from stations.states import SlotState, SwapState
from tests import make
from tests.race import at_once
from tests.stations import rota_walk as walk
from tests.stations.rota_walk import TODAY, YEAR

pytestmark = pytest.mark.django_db
NOT_OFFICE = sorted(set(Role) - STAFF)
OUTSIDERS = sorted(set(Role) - STAFF - {Role.KEEPER, Role.TOWNSHIP_CLERK})


@pytest.fixture
def found(today):
    return walk.planned()


def deeds(subject: str) -> list[str]:
    return list(AuditEvent.objects.filter(subject=subject).values_list("now", flat=True))


# 排轮值


def test_plan_rota_gives_every_day_to_come_its_deputies_and_leaves_a_trail(found):
    days = ReceptionDay.objects.all()
    assert [min(d.held_on for d in days), days.count()] == [date(2026, 5, 20), 23]
    assert RotaSlot.objects.count() == 46
    assert deeds("stations.Station") == ["rota_planned"]
    assert Notice.objects.filter(key__startswith="stations.rota:").count() == 3


def test_plan_rota_again_keeps_what_stands_and_fills_only_what_is_free(found):
    before = set(RotaSlot.objects.values_list("pk", flat=True))
    again = rota.plan_rota(year=YEAR, by=make.actor(), today=TODAY)
    assert (again.fresh, set(RotaSlot.objects.values_list("pk", flat=True))) == (0, before)
    slot = walk.turns(found)[0]
    on = slot.day.held_on
    leaves.take_leave(
        slot.deputy, from_on=on, to_on=on, reason="外出", by=walk.of(slot), today=TODAY
    )
    assert rota.plan_rota(year=YEAR, by=make.actor(), today=TODAY).fresh == 1
    assert RotaSlot.objects.exclude(pk__in=before).get().stands_in_for == slot


def test_plan_rota_is_the_offices_and_of_a_year_that_is_not_over(today):
    for role in NOT_OFFICE:
        with pytest.raises(Refused, match="由代工委统一排"):
            rota.plan_rota(year=YEAR, by=make.actor(role), today=TODAY)
    with pytest.raises(Refused, match="只能排 2026 年到"):
        rota.plan_rota(year=2025, by=make.actor(), today=TODAY)


def test_plan_rota_says_its_figures_in_the_last_line(today, capsys):
    walk.station()
    for apply in ([], ["--apply"], ["--apply"]):
        call_command("plan_rota", "2027", *apply)
        lines = capsys.readouterr().out.splitlines()
        said = json.loads(lines[-1])
        keys = ("stations", "slots", "unfilled", "max_turns", "min_turns")
        assert [said[key] for key in keys] == [1, 72, 0, 24, 24]
        assert RotaSlot.objects.count() == (72 if apply else 0)
        assert "公平度：每人 24—24 次" in lines[-3]
        assert said["seconds"] < 5


# 改期


def move(found, to, by=None, reason="停电检修"):
    day = walk.turns(found)[0].day
    return rota.move_day(day, to=to, reason=reason, by=by or found.keeper, today=TODAY)


def test_move_day_tells_whoever_is_on_and_keeps_the_reason(found):
    day = move(found, date(2026, 5, 21))
    assert (day.held_on, day.planned_on, day.reason) == (
        date(2026, 5, 21),
        date(2026, 5, 20),
        "停电检修",
    )
    assert deeds("stations.ReceptionDay") == ["day_moved"]
    assert Notice.objects.filter(key__startswith="stations.moved:").count() == 3
    assert move(found, date(2026, 5, 20)).reason == ""


def test_move_day_is_refused_to_strangers_and_to_dates_that_will_not_do(found):
    for role in OUTSIDERS:
        with pytest.raises(Refused, match="请由这个家站的站长"):
            move(found, date(2026, 5, 21), by=make.actor(role))
    for to, words in (
        (date(2026, 5, 30), "已经有一次接待"),
        (date(2026, 5, 11), "今天或以后"),
        (date(2026, 9, 1), "太远"),
        (date(2026, 5, 20), "不用改"),
    ):
        with pytest.raises(Refused, match=words):
            move(found, to)
    with pytest.raises(Refused, match="改期原因"):
        move(found, date(2026, 5, 21), reason=" ")


# 替班、签到


def substitute(found, slot, deputy, by=None):
    by = by or found.keeper
    return rota.appoint_substitute(slot, deputy=deputy, reason="出差", by=by, today=TODAY)


def test_appoint_substitute_keeps_who_gave_the_turn_to_whom_and_credits_who_came(found):
    slot = walk.turns(found)[0]
    first = walk.free_for(found, slot)
    taken = substitute(found, slot, first)
    back = substitute(found, taken, slot.deputy)
    assert (back.stands_in_for, taken.stands_in_for) == (taken, slot)
    held = slot.day.held_on
    rota.check_in(back, came=True, by=found.keeper, today=held)
    told = DutyRecord.objects.get()
    assert (told.deputy, told.item.code, told.done_on) == (slot.deputy, "C1", held)
    assert "substituted" in deeds("stations.RotaSlot")


def test_appoint_substitute_is_refused_to_strangers_and_for_who_cannot_come(found):
    slot = walk.turns(found)[0]
    other = walk.free_for(found, slot)
    for role in OUTSIDERS:
        with pytest.raises(Refused, match="请由这个家站的站长"):
            substitute(found, slot, other, by=make.actor(role))
    mate = slot.day.slots.exclude(pk=slot.pk).get().deputy
    with pytest.raises(Refused, match="这一天已经轮值"):
        substitute(found, slot, mate)
    with pytest.raises(Refused, match="不在本乡镇"):
        substitute(found, slot, make.deputy())
    substitute(found, slot, other)
    with pytest.raises(Refused, match="已经有人接了"):
        substitute(found, slot, other)


def test_check_in_can_be_put_right_and_its_duty_with_it(found):
    slot = walk.turns(found)[0]
    held = slot.day.held_on

    def note(came, by=found.keeper, on=held):
        return rota.check_in(slot, came=came, by=by, today=on)

    with pytest.raises(Refused, match="还没到接待日"):
        note(True, on=TODAY)
    with pytest.raises(Refused, match="一个月以上"):
        note(True, on=held + timedelta(days=31))
    for role in OUTSIDERS:
        with pytest.raises(Refused, match="请由这个家站的站长"):
            note(True, by=make.actor(role))
    for came, states in (
        (True, ["reported"]),
        (True, ["reported"]),
        (False, ["withdrawn"]),
        (True, ["withdrawn", "reported"]),
        (False, ["withdrawn", "withdrawn"]),
    ):
        note(came)
        assert list(DutyRecord.objects.order_by("pk").values_list("state", flat=True)) == states
    slot.refresh_from_db()
    assert slot.state == SlotState.ABSENT


# 换班


def asked(found, *, back=True):
    slot = walk.turns(found)[0]
    other = walk.free_for(found, slot)
    mine = {each.day_id for each in walk.turns(found) if each.deputy_id == slot.deputy_id}
    theirs = [x for x in walk.turns(found) if x.deputy_id == other.pk and x.day_id not in mine]
    return swaps.ask_swap(
        slot, asked=other, theirs=theirs[0] if back else None, by=walk.of(slot), today=TODAY
    )


def test_agree_swap_exchanges_both_turns_and_tells_the_keeper(found):
    swap = asked(found)
    by = make.as_deputy(swap.asked)
    swap = swaps.agree_swap(swap, by=by, today=TODAY)
    assert swap.state == SwapState.AGREED
    taken = RotaSlot.objects.get(stands_in_for=swap.slot)
    given = RotaSlot.objects.get(stands_in_for=swap.theirs)
    assert (taken.deputy, given.deputy) == (swap.asked, swap.slot.deputy)
    assert Notice.objects.filter(person=found.keeper.user).count() == 1
    with pytest.raises(Refused):
        swaps.agree_swap(swap, by=by, today=TODAY)


def test_only_the_two_deputies_may_ask_and_answer(found):
    slot = walk.turns(found)[0]
    other = walk.free_for(found, slot)
    with pytest.raises(Refused, match="自己的班"):
        swaps.ask_swap(slot, asked=other, by=found.keeper, today=TODAY)
    with pytest.raises(Refused, match="1 天以前"):
        swaps.ask_swap(slot, asked=other, by=walk.of(slot), today=slot.day.held_on)
    swap = asked(found, back=False)
    with pytest.raises(Refused, match="已经在请人换"):
        asked(found)
    for verb in (swaps.agree_swap, swaps.refuse_swap, swaps.withdraw_swap):
        more = {"today": TODAY} if verb is swaps.agree_swap else {}
        with pytest.raises(Refused, match="代表本人"):
            verb(swap, by=found.keeper, **more)


def test_a_swap_is_refused_withdrawn_or_lapses_and_the_turn_stays(found):
    slot = walk.turns(found)[0]
    swap = asked(found, back=False)
    swaps.refuse_swap(swap, words="那天出差", by=make.as_deputy(swap.asked))
    swaps.withdraw_swap(asked(found, back=False), by=walk.of(slot))
    asked(found)
    assert watching.lapse_swaps(slot.day.held_on) == 1
    assert watching.lapse_swaps(slot.day.held_on) == 0
    states = list(Swap.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["refused", "withdrawn", "lapsed"]
    slot.refresh_from_db()
    assert slot.state == SlotState.PLANNED


def test_a_substitute_voids_the_swap_that_was_being_asked_for(found):
    swap = asked(found)
    substitute(found, swap.slot, swap.asked)
    swap.refresh_from_db()
    assert swap.state == SwapState.LAPSED


# 请假、日历


def test_leave_gives_turns_up_and_ends_when_called_off(found):
    slot = walk.turns(found)[0]
    span = {"from_on": slot.day.held_on, "to_on": slot.day.held_on}
    by = walk.of(slot)
    leave = leaves.take_leave(slot.deputy, **span, reason="外出", by=by, today=TODAY)
    assert leaves.take_leave(slot.deputy, **span, reason="外出", by=by, today=TODAY) == leave
    slot.refresh_from_db()
    assert (slot.state, slot.why) == (SlotState.GIVEN_UP, "请假：外出")
    assert Notice.objects.filter(key=f"stations.vacant:{slot.pk}").count() == 1
    other = walk.free_for(found, slot)
    with pytest.raises(Refused, match="本来就是"):
        substitute(found, slot, slot.deputy)
    substitute(found, slot, other)
    for role in OUTSIDERS:
        with pytest.raises(Refused, match="由代表本人、所驻家站"):
            leaves.end_leave(leave, by=make.actor(role), today=TODAY)
        with pytest.raises(Refused, match="由代表本人、所驻家站"):
            leaves.take_leave(other, **span, reason="外出", by=make.actor(role), today=TODAY)
    leaves.end_leave(leave, by=by, today=TODAY)
    assert RotaLeave.objects.standing().count() == 0
    with pytest.raises(Refused, match="已经销假"):
        leaves.end_leave(leave, by=by, today=TODAY)
    past = {"from_on": date(2026, 6, 2), "to_on": date(2026, 6, 1)}
    with pytest.raises(Refused, match="不能早于"):
        leaves.take_leave(other, **past, reason="外出", by=make.as_deputy(other), today=TODAY)


def test_a_feed_is_the_deputys_own_and_ends(found):
    one = found.deputies[0]
    by = make.as_deputy(one)
    first = leaves.renew_feed(one, by=by)
    assert leaves.renew_feed(one, by=by).token != first.token
    assert RotaFeed.objects.open().count() == 1
    assert (leaves.end_feed(one, by=by), leaves.end_feed(one, by=by)) == (1, 0)
    for verb in (leaves.renew_feed, leaves.end_feed):
        with pytest.raises(Refused, match="代表本人"):
            verb(one, by=make.actor())


# 定时


def test_reminders_and_alarms_are_told_once_and_a_missed_morning_loses_nothing(found):
    make.actor()
    soon = date(2026, 5, 18)
    assert watching.remind(TODAY) == 0
    assert (watching.remind(soon), watching.remind(soon)) == (2, 2)
    assert Notice.objects.filter(key__startswith="stations.remind:").count() == 2
    late = date(2026, 6, 1)
    assert (watching.alarm(late), watching.alarm(late)) == (2, 2)
    told = Notice.objects.filter(key="stations.empty:2026-05-20").first()
    assert told.text == "5 月 20 日（周三）空岗：柳河镇第一联络站没有代表到岗签到。"
    assert Notice.objects.filter(person=found.keeper.user).count() == 2
    slot = RotaSlot.objects.filter(day__held_on=date(2026, 5, 20)).first()
    rota.check_in(slot, came=True, by=found.keeper, today=late)
    assert watching.alarm(late) == 1


# 同时


@pytest.mark.django_db(transaction=True)
def test_at_once_each_is_done_once_and_nobody_is_on_twice(today):
    found = walk.station()
    office = make.actor()
    assert at_once(2, rota.plan_rota, year=YEAR, by=office, today=TODAY) == ["done", "done"]
    assert RotaSlot.objects.count() == 46
    slot = walk.turns(found)[0]
    other = walk.free_for(found, slot)
    swap = asked(found, back=False)
    with pytest.raises(IntegrityError, match="rota_slot_once_per_day"), transaction.atomic():
        RotaSlot.objects.create(day=slot.day, deputy=slot.deputy)
    by = make.as_deputy(swap.asked)
    assert at_once(3, swaps.agree_swap, swap, by=by, today=TODAY) == ["done", "refused", "refused"]
    second = walk.turns(found)[2]
    third = walk.free_for(found, second)
    more = {"deputy": third, "reason": "出差", "by": found.keeper, "today": TODAY}
    assert at_once(2, rota.appoint_substitute, second, **more) == ["done", "refused"]
    taken = RotaSlot.objects.get(stands_in_for=slot)
    assert taken.deputy == other
    held = taken.day.held_on
    noted = {"came": True, "by": found.keeper, "today": held}
    assert at_once(3, rota.check_in, taken, **noted) == ["done", "done", "done"]
    assert DutyRecord.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_a_deputy_and_the_desk_do_at_once_is_done_once(today):
    found = walk.planned()
    first, second, *_ = walk.turns(found)
    by, other = walk.of(first), walk.free_for(found, first)
    ask = {"asked": other, "by": by, "today": TODAY}
    once = ["done", "refused"]
    for settle, who in ((swaps.withdraw_swap, by), (swaps.refuse_swap, make.as_deputy(other))):
        assert at_once(2, swaps.ask_swap, first, **ask) == once
        swap = Swap.objects.waiting().get()
        assert at_once(2, settle, swap, by=who) == once
    moved = {"to": date(2026, 5, 21), "reason": "停电检修", "by": found.keeper, "today": TODAY}
    assert at_once(2, rota.move_day, first.day, **moved) == once
    with pytest.raises(IntegrityError, match="one_on_a_date"), transaction.atomic():
        ReceptionDay.objects.filter(station=found.place, held_on=date(2026, 5, 30)).update(
            held_on=date(2026, 5, 21), reason="停电检修"
        )
    away = {"from_on": date(2026, 6, 1), "to_on": date(2026, 6, 30), "reason": "外出"}
    assert at_once(2, leaves.take_leave, second.deputy, **away, by=found.keeper, today=TODAY) == [
        "done",
        "done",
    ]
    leave = RotaLeave.objects.get()
    assert at_once(2, leaves.end_leave, leave, by=found.keeper, today=TODAY) == once
    assert at_once(2, leaves.renew_feed, first.deputy, by=by) == ["done", "done"]
    assert RotaFeed.objects.open().count() == 1
    assert at_once(2, leaves.end_feed, first.deputy, by=by) == ["done", "done"]
    assert deeds("stations.RotaFeed").count("feed_ended") == 1


def test_what_is_over_is_not_done_again(found):
    slot, *_ = walk.turns(found)
    held, by = slot.day.held_on, walk.of(slot)
    other = walk.free_for(found, slot)
    late = held + timedelta(days=1)
    swap = asked(found, back=False)
    swaps.refuse_swap(swap, by=make.as_deputy(swap.asked))
    for again in (
        lambda: swaps.refuse_swap(swap, by=make.as_deputy(swap.asked)),
        lambda: swaps.withdraw_swap(swap, by=by),
        lambda: swaps.agree_swap(swap, by=make.as_deputy(swap.asked), today=TODAY),
    ):
        with pytest.raises(Refused):
            again()
    more = {"deputy": other, "reason": "出差", "by": found.keeper}
    with pytest.raises(Refused, match="已经过去"):
        rota.appoint_substitute(slot, **more, today=late)
    moved = {"to": late, "reason": "停电", "by": found.keeper}
    with pytest.raises(Refused, match="已经过去"):
        rota.move_day(slot.day, **moved, today=late)
    slot = rota.check_in(slot, came=True, by=found.keeper, today=held)
    with pytest.raises(Refused, match="不用替班"):
        rota.appoint_substitute(slot, **more, today=held)
    with pytest.raises(Refused, match="已经有代表签到"):
        rota.move_day(slot.day, **moved, today=held)
    with pytest.raises(Refused, match="不能换"):
        swaps.ask_swap(slot, asked=other, by=by, today=TODAY)
    given = walk.turns(found)[2]
    substitute(found, given, walk.free_for(found, given))
    with pytest.raises(Refused):
        rota.check_in(given, came=True, by=found.keeper, today=given.day.held_on)
    away = {"from_on": TODAY, "to_on": TODAY, "reason": "外出", "by": found.keeper}
    leave = leaves.take_leave(slot.deputy, **away, today=TODAY)
    with pytest.raises(Refused, match="已经结束"):
        leaves.end_leave(leave, by=found.keeper, today=late)
