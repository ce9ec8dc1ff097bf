"""答复期限: the one place where a running part's day, and its proposal's, are set anew or end.

Nothing here is a verb: pauses, extensions, objections and the calendar come here.
"""

from datetime import date

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.workflow import lock, move, record
from proposals.actions.telling import tell_people
from proposals.deadline import kept
from proposals.models import Assignment, Extension, Objection, Proposal
from proposals.queries.people import in_post, of_unit_part
from proposals.queries.terms import DueDays
from proposals.states import RUNNING, ExtensionState, ObjectionState, UnitRole


def renew(
    part: Assignment, today: date, due_days: DueDays | None = None
) -> tuple[date | None, date]:
    """The locked part has the day that its rows give; answers with the day before and after.

    A day is never moved into the past.
    """
    was = part.due_on
    now = kept(was, (due_days or DueDays()).of(part), today)
    if was != now:
        part.due_on = now
        part.save(update_fields=["due_on"])
    settle(part.proposal_id)
    return was, now


def move_opinions(part: Assignment, *, by: Actor, today: date) -> None:
    """意见期限: with the day of 主办 moves what is due no later than it; its units are told."""
    if part.role != UnitRole.LEAD:
        return
    days = DueDays()
    for found in part.proposal.assignments.opining().running().order_by("pk"):
        helper = lock(found)
        was, now = renew(helper, today, days)
        if was and was != now:
            moved = f"由{in_full(was)}调整为{in_full(now)}，因主办单位的答复期限变动。"
            note = f"{helper.unit.name}送意见的期限{moved}"
            line = record(helper, "opinion_moved", by=by, note=note)
            people, step = of_unit_part(helper, today), f"opinion_moved.{line.pk}"
            text = f"“{part.proposal.title}”：{note}"
            tell_people(people, part.proposal, step, text, "case", part.proposal_id)


def in_full(on: date) -> str:
    return f" {on.year} 年 {on.month} 月 {on.day} 日"


def settle(proposal_pk: int) -> None:
    """The locked proposal is due with the earliest of those that still have to answer."""
    rows = Assignment.objects.answering().filter(proposal=proposal_pk, state__in=RUNNING)
    first = rows.order_by("due_on").values_list("due_on", flat=True).exclude(due_on=None).first()
    if first:
        Proposal.objects.filter(pk=proposal_pk).update(due_on=first)


def settle_request(asked: Extension) -> None:
    """延期申请有了结果: nobody is asked for a word on it any more."""
    key = f"proposal.extension.{asked.pk}:{asked.assignment.proposal_id}"
    notices.settle_for_all(key=key, at=clock.now())


def settle_objection(objection: Objection) -> None:
    """异议有了结果: the office is asked for none any more."""
    key = f"proposal.objected.{objection.pk}:{objection.assignment.proposal_id}"
    notices.settle_for_all(key=key, at=clock.now())


def end_objection(part: Assignment, why: str, *, by: Actor, today: date) -> None:
    """异议终止: on a locked part that is withdrawn; there is nothing to answer any more."""
    for found in part.objections.open():
        note = f"{part.unit.name}的异议终止：{why}"
        facts = {"words": why, "decided_on": today}
        settle_objection(move(lock(found), ObjectionState.LAPSED, by=by, note=note, **facts))


def end_pause(part: Assignment, why: str, *, by: Actor, today: date) -> None:
    """暂停终止: on a locked part that is answered or goes; the clock begins no more."""
    for found in part.pauses.open():
        found.until_on = max(today, found.from_on)
        found.save(update_fields=["until_on"])
        record(found, "pause_ended", by=by, note=f"{part.unit.name}的暂停终止：{why}")


def answer_paused(part: Assignment, why: str, *, by: Actor, today: date) -> None:
    """A locked part is answered while its clock stands: what stood until today moves its day."""
    if part.pauses.open().exists():
        end_pause(part, why, by=by, today=today)
        renew(part, today)


def end_request(part: Assignment, why: str, *, by: Actor, today: date) -> None:
    """延期申请终止: on a locked part that is answered or gone; who asked for it reads why."""
    for found in part.extensions.filter(state=ExtensionState.ASKED):
        note = f"{part.unit.name}的延期申请终止：{why}"
        asked = move(
            lock(found), ExtensionState.LAPSED, by=by, note=note, words=why, decided_on=today
        )
        text = f"“{part.proposal.title}”：{note}"
        step = f"extension_lapsed.{asked.pk}"
        tell_people(in_post(part.unit, asked.asked_by_id, today), part.proposal, step, text, "news")
        settle_request(asked)
