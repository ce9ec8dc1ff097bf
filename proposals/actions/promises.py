"""承诺: issued with the letter, reported by the unit, confirmed or sent back by the office."""

import secrets
from collections.abc import Sequence
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.workflow import lock, move, refuse_if
from deputies.actions.photos import Photo
from proposals.actions.due_days import in_full
from proposals.actions.locking import part_locked
from proposals.actions.telling import tell_lead, tell_office, tell_unit
from proposals.follow_states import (
    LOOK_BACK_ENDS,
    OPEN_STEPS,
    Cause,
    LookBackState,
    PromiseState,
    UpgradeState,
)
from proposals.models import (
    Assignment,
    DraftPromise,
    LookBack,
    Promise,
    Reply,
    ReplyDraft,
    StepReport,
    Upgrade,
)
from proposals.models.drafts import LONGEST_NAME
from proposals.models.promises import Step
from proposals.permissions.promises import (
    why_not_confirm_step,
    why_not_report_step,
    why_not_send_back_step,
)


def keep_plan(draft: ReplyDraft, plan: Sequence[tuple[int | None, Step]]) -> None:
    """The steps of this edition and no others; a part of `replies.save_reply`."""
    draft.promises.all().delete()
    DraftPromise.objects.bulk_create(
        DraftPromise(draft=draft, ask_id=ask, position=place, **step._asdict())
        for place, (ask, step) in enumerate(plan, start=1)
    )


def issue_promises(reply: Reply, draft: ReplyDraft) -> None:
    """The steps of the signed draft stand as rows, by their days; a part of `replies.sign`."""
    plan = ((each, each.due_on) for each in draft.promises.all())
    steps = [(each, due_on) for each, due_on in plan if due_on and each.words]
    Promise.objects.bulk_create(
        Promise(
            reply=reply,
            ask_id=each.ask_id,
            position=place,
            words=each.words,
            signed_due_on=due_on,
            due_on=due_on,
        )
        for place, (each, due_on) in enumerate(steps, start=1)
    )


def replace_former(reply: Reply, *, by: Actor, today: date) -> None:
    """A further version: nothing is owed of the one before it; a part of `replies.sign`."""
    former = {"reply__assignment": reply.assignment_id, "reply__version__lt": reply.version}
    note = f"单位作了第 {reply.version} 版答复。"
    for promise in Promise.objects.filter(**former, state__in=OPEN_STEPS).order_by("pk"):
        move(lock(promise), PromiseState.REPLACED, by=by, note=note)
    for each in LookBack.objects.filter(**former).exclude(state__in=LOOK_BACK_ENDS).order_by("pk"):
        move(lock(each), LookBackState.REPLACED, by=by, note=note, decided_on=today)
    for asked in Upgrade.objects.filter(**former, state=UpgradeState.ASKED).order_by("pk"):
        move(lock(asked), UpgradeState.REPLACED, by=by, note=note, decided_on=today)


def of_part_locked(promise: Promise) -> Promise:
    """Its proposal and its part first, as every verb of a part."""
    part = part_locked(promise.reply.assignment)
    promise = lock(promise)
    promise.reply.assignment = part
    return promise


@transaction.atomic
def report_step(
    promise: Promise,
    *,
    words: str,
    by: Actor,
    today: date,
    picture: tuple[str, Photo] | None = None,
) -> StepReport:
    """报告兑现: the step waits for the office, with what shows that it was kept."""
    promise = of_part_locked(promise)
    refuse_if(why_not_report_step(by, promise, words))
    report = StepReport(
        promise=promise, words=words.strip(), reported_by=by.user, reported_on=today
    )
    if picture:
        name, photo = picture
        report.name = name[:LONGEST_NAME]
        content = ContentFile(photo.content)
        report.file.save(f"{secrets.token_urlsafe(24)}.jpg", content, save=False)
    report.save(force_insert=True)
    part = promise.assignment
    note = f"{part.unit.name}报告第 {promise.position} 步“{promise.words}”已经兑现。"
    move(promise, PromiseState.REPORTED, by=by, note=note)
    step, text = f"step_reported.{report.pk}", f"“{part.proposal.title}”：{note}"
    tell_office(part.proposal, step, f"{text}请核实。", "promises", today=today)
    return report


@transaction.atomic
def confirm_step(promise: Promise, *, by: Actor, today: date) -> Promise:
    """核实兑现: kept on the day it was reported; its look-back is settled."""
    promise = of_part_locked(promise)
    refuse_if(why_not_confirm_step(by, promise))
    report = lock(promise.reports.get(decided_on=None))
    report.decided_by, report.decided_on = by.user, today
    report.save(update_fields=["decided_by", "decided_on"])
    part = promise.assignment
    note = (
        f"{part.unit.name}第 {promise.position} 步“{promise.words}”"
        f"{in_full(report.reported_on)}兑现，已核实。"
    )
    move(promise, PromiseState.CONFIRMED, by=by, note=note, done_on=report.reported_on)
    for each in promise.look_backs.exclude(state__in=LOOK_BACK_ENDS).order_by("pk"):
        move(
            lock(each),
            LookBackState.FULFILLED,
            by=by,
            note=note,
            decided_by=by.user,
            decided_on=today,
        )
    tell_both(part, f"step_confirmed.{promise.pk}", note, today)
    return promise


@transaction.atomic
def send_back_step(promise: Promise, *, words: str, by: Actor, today: date) -> Promise:
    """退回报告: the step is due again, on its own day, and the unit reads what is missing.

    One whose day was missed and is being looked at stays missed.
    """
    promise = of_part_locked(promise)
    refuse_if(why_not_send_back_step(by, promise, words))
    report = lock(promise.reports.get(decided_on=None))
    report.return_words, report.decided_by, report.decided_on = words.strip(), by.user, today
    report.save(update_fields=["return_words", "decided_by", "decided_on"])
    part = promise.assignment
    note = f"{part.unit.name}第 {promise.position} 步的兑现报告退回。"
    again = PromiseState.MISSED if missed_already(promise) else PromiseState.DUE
    move(promise, again, by=by, note=note)
    text = f"“{part.proposal.title}”：{note}{report.return_words}"
    tell_unit(part, f"step_returned.{report.pk}", text, today)
    return promise


def missed_already(promise: Promise) -> bool:
    """Its day, as it is now, has had its look-back: it never has a second."""
    return promise.look_backs.filter(cause=Cause.MISSED, for_on=promise.due_on).exists()


def tell_both(part: Assignment, step: str, note: str, today: date) -> None:
    """The unit and the lead deputy."""
    text = f"“{part.proposal.title}”：{note}"
    tell_unit(part, step, text, today)
    tell_lead(part.proposal, step, text)
