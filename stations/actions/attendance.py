"""改正到场: a line of the roll is put right, the duty follows, and everybody concerned is told."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import User
from congress.shared.workflow import lock, record, refuse_if
from deputies.actions import duties
from deputies.actions.facts import say_fact_again, unsay_fact
from deputies.codes import CONGRESS_MEETING
from deputies.models import Deputy, DutyRecord
from deputies.states import DutyState
from stations.actions.events import Mark, facts_of, office, warn_of_absence
from stations.models import Activity, Attendance, Presence
from stations.permissions.attendance import (
    asking_key,
    why_not_add_to_roll,
    why_not_contest_attendance,
    why_not_correct_attendance,
)
from stations.wording import day_words


@transaction.atomic
def correct_attendance(
    attendance: Attendance, *, was: str, mark: Mark, why: str, by: Actor
) -> Attendance:
    """改正到场: the mark is as it should have been; old and new stand in the trail with the reason.

    Who came has a duty to be checked, who did not has none; `was` is the mark that was on the page.
    """
    row = lock(attendance)
    said = {"presence": mark.presence, "approver": mark.approver, "why": why}
    refuse_if(why_not_correct_attendance(by, row, **said))
    if row.presence != was:
        raise Refused(f"刚才有人改成了“{row.get_presence_display()}”，请看过再改。")
    before, asked = words_of(row), asking_key(row)
    row.presence, row.approver = mark.presence, mark.approver
    row.save(update_fields=["presence", "approver"])
    note = f"{before} → {words_of(row)}：{why}"[:200]
    step = record(row, "attendance_corrected", by=by, was=was, note=note)
    follows, posted = _duty_follows(row, was, by=by)
    now = clock.now()
    notices.settle_for_all(key=asked, at=now)
    _tell(row, f"“{before}”改为“{words_of(row)}”：{why}。{follows}", step.pk, by=by, desk=posted)
    _count_absence_anew(row, was, step.pk, now)
    return row


def words_of(row: Attendance) -> str:
    """What stands on the roll, with who granted leave."""
    said = row.get_presence_display()
    return f"{said}（{row.approver}批准）" if row.presence == Presence.LEAVE else said


def _duty_follows(row: Attendance, was: str, *, by: Actor) -> tuple[str, bool]:
    """Only who came has done a duty: what that means, in words; whether points are to go."""
    if row.presence == Presence.PRESENT:
        if not say_fact_again(row.duty_source, by=by):
            duties.report_facts(facts_of(row.activity, [row]), by=by)
        told = DutyRecord.objects.of_sources([row.duty_source])
        if told.filter(state=DutyState.VERIFIED).exists():
            return "这次履职早已核实；已经冲销的分，由代工委主任在“补记积分”里记回。", True
        return "这次履职已登记，核实以后记分。", False
    if was != Presence.PRESENT:
        return "", False
    if unsay_fact(row.duty_source, by=by):
        return "已经记的分，由代工委主任在“补记积分”里冲销。", True
    return "这次的履职记录已撤回。", False


def _tell(row: Attendance, what: str, step: int, *, by: Actor, desk: bool) -> None:
    """The deputy, whoever called the roll; of a congress, or where points are to go, the office."""
    activity, key = row.activity, f"stations.attendance_corrected:{step}"
    of = f"“{activity.title}”（{day_words(activity.held_on)}）"
    mine = reverse("stations:my_activity", args=[activity.pk])
    told = f"{of}您的到场由{by.name}从{what}"
    notices.write([row.deputy.user], key=key, text=told, link=mine)
    others = {activity.registered_by, *(office() if desk or _counts_by_law(row) else ())}
    page = reverse("stations:activity", args=[activity.pk])
    rest = [each for each in others if each and not by.same_person(each.pk)]
    text = f"{of}{row.deputy.name}的到场由{by.name}从{what}"
    notices.write(rest, key=f"{key}:desk", text=text, link=page)


def _counts_by_law(row: Attendance) -> bool:
    return row.activity.item.code == CONGRESS_MEETING and row.activity.assembly is not None


def _count_absence_anew(row: Attendance, was: str, step: int, now: datetime) -> None:
    """代表法第六十二条: a wrong absence warns no more, one found afterwards warns as any other."""
    key = f"stations.absent:{row.activity_id}:{row.deputy_id}"
    if was == Presence.ABSENT:
        notices.settle_for_all(key=key, at=now)
    elif row.presence == Presence.ABSENT:
        warn_of_absence(row.activity, [row.deputy_id], again=f":{step}")


@transaction.atomic
def contest_attendance(attendance: Attendance, *, words: str, by: Actor) -> Attendance:
    """请核对到场: whoever called the roll and the office read what the deputy says of it."""
    row = lock(attendance)
    refuse_if(why_not_contest_attendance(by, row, words=words))
    activity = row.activity
    record(row, "attendance_contested", by=by, note=words[:200])
    people: set[User] = {*office(), *([activity.registered_by] if activity.registered_by else ())}
    notices.write(
        people,
        key=asking_key(row),
        text=f"{row.deputy.name}说“{activity.title}”（{day_words(activity.held_on)}）的到场登记不对"
        f"（登记的是“{words_of(row)}”）：{words}。请核对，确实不对请改正。",
        link=reverse("stations:correct_attendance", args=[row.pk]),
    )
    return row


@transaction.atomic
def add_to_roll(
    activity: Activity, *, deputies: Collection[Deputy], why: str, by: Actor
) -> Activity:
    """补登到场: these came, too, and have a duty to be checked; the reason stands in the trail."""
    activity = lock(activity)
    refuse_if(why_not_add_to_roll(by, activity, deputies, why=why))
    rows = Attendance.objects.bulk_create(
        Attendance(activity=activity, deputy=each, presence=Presence.PRESENT) for each in deputies
    )
    names = "、".join(each.name for each in deputies)
    record(activity, "added_to_roll", by=by, note=f"{names}：{why}"[:200])
    duties.report_facts(facts_of(activity, rows), by=by)
    day = day_words(activity.held_on)
    notices.write(
        [each.user for each in deputies],
        key=f"stations.added_to_roll:{activity.pk}",
        text=f"“{activity.title}”（{day}）{by.name}补登您到场：{why}。这次履职核实以后记分。",
        link=reverse("stations:my_activity", args=[activity.pk]),
    )
    return activity
