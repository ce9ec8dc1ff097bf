"""时限: stop and start a clock, lengthen it, and follow the calendar when it changes."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Organisation, User
from congress.shared.workflow import lock, move, record, refuse_if
from proposals.actions.due_days import in_full, move_opinions, renew, settle_request
from proposals.actions.locking import part_locked
from proposals.actions.telling import tell_lead, tell_people
from proposals.models import Assignment, Extension, Pause, Proposal, RatingWindow, Reply, Sheet
from proposals.permissions.clocks import (
    why_not_ask_extension,
    why_not_consent_extension,
    why_not_decline_extension,
    why_not_grant_extension,
    why_not_pause,
    why_not_recompute,
    why_not_refuse_extension,
    why_not_resume,
)
from proposals.permissions.consent import DECIDED_ALONE, LeadsWord
from proposals.queries.due_changes import Change, due_changes, seal_of
from proposals.queries.people import of_office, of_unit_part, of_units
from proposals.queries.speaking import hearers
from proposals.queries.terms import DueDays
from proposals.rules import CONSENT, CONSENT_DAYS
from proposals.states import ExtensionState


@transaction.atomic
def pause(
    part: Assignment,
    *,
    from_on: date,
    reason: str,
    agreed_with: str,
    by: Actor,
    today: date,
) -> Pause:
    """暂停: the clock stands from that day on, with the reason and who agreed."""
    part = part_locked(part)
    refuse_if(why_not_pause(by, part, today, from_on, reason, agreed_with))
    found = Pause(
        assignment=part,
        from_on=from_on,
        reason=reason.strip(),
        agreed_with=agreed_with.strip(),
        recorded_by=by.user,
    )
    found.save(force_insert=True)
    note = f"{part.unit.name}的期限自{in_full(from_on)}起暂停，经{found.agreed_with}同意。"
    record(found, "paused", by=by, note=note)
    _tell_both(part, f"paused.{found.pk}", f"{note}原因：{found.reason}", today)
    return found


@transaction.atomic
def resume(part: Assignment, *, until_on: date, by: Actor, today: date) -> Pause:
    """恢复计时: the day moves by the days that the clock stood.

    From the day on which it stopped, by none: so a pause registered by mistake is taken back.
    """
    part = part_locked(part)
    refuse_if(why_not_resume(by, part, today, until_on))
    found = part.pauses.open().get()
    found.until_on = until_on
    found.save(update_fields=["until_on"])
    was, due = renew(lock(part), today)
    until = f"顺延到{in_full(due)}" if was != due else f"期限仍是{in_full(due)}"
    went_on = f"的期限恢复计时，暂停了 {found.stood} 天，{until}。"
    never = f"自{in_full(found.from_on)}起的暂停撤销，一天也不算，期限是{in_full(due)}。"
    note = f"{part.unit.name}{went_on if found.stood else never}"
    record(found, "resumed", by=by, note=note)
    _tell_both(part, f"resumed.{found.pk}", note, today)
    move_opinions(part, by=by, today=today)
    return found


@transaction.atomic
def ask_extension(
    part: Assignment, *, months: int, reason: str, by: Actor, today: date
) -> Extension:
    """申请延期: waits for the lead deputy's consent, where set, and for the office."""
    part = part_locked(part)
    refuse_if(why_not_ask_extension(by, part, today, months, reason))
    asked = Extension(
        assignment=part, months=months, reason=reason.strip(), asked_by=by.user, asked_on=today
    )
    asked.save(force_insert=True)
    note = f"{part.unit.name}申请延期 {months} 个月。"
    record(asked, "extension_asked", by=by, note=note)
    text = f"“{part.proposal.title}”：{note}理由：{asked.reason}"
    tell_people(of_office(today), part.proposal, f"extension.{asked.pk}", text, "extension_list")
    if CONSENT.on(today) and not asked.by_lead:
        silence = f"满 {CONSENT_DAYS.on(today)} 个工作日不答复，由代工委决定。"
        tell_lead(part.proposal, f"extension.{asked.pk}", f"{text} 请您看看同意不同意；{silence}")
    return asked


@transaction.atomic
def consent_extension(extension: Extension, *, by: Actor) -> Extension:
    """同意延期: the lead deputy's word; the office still decides."""
    lock(extension.assignment.proposal)
    extension = lock(extension)
    refuse_if(why_not_consent_extension(by, extension))
    extension.consented_at = clock.now()
    extension.save(update_fields=["consented_at"])
    note = f"领衔代表同意{extension.assignment.unit.name}延期 {extension.months} 个月。"
    record(extension, "extension_consented", by=by, note=note)
    _heard_deputy(extension)
    return extension


@transaction.atomic
def decline_extension(extension: Extension, *, by: Actor) -> Extension:
    """不同意延期 by the lead deputy: their word; the office reads it when it decides."""
    lock(extension.assignment.proposal)
    extension = lock(extension)
    refuse_if(why_not_decline_extension(by, extension))
    extension.declined_at = clock.now()
    extension.save(update_fields=["declined_at"])
    note = f"领衔代表不同意{extension.assignment.unit.name}延期 {extension.months} 个月。"
    record(extension, "extension_declined", by=by, note=note)
    _heard_deputy(extension)
    return extension


def _heard_deputy(extension: Extension) -> None:
    """The lead deputy has given their word and is asked for it no more; the office still is."""
    proposal = extension.assignment.proposal
    key = f"proposal.extension.{extension.pk}:{proposal.pk}"
    notices.settle(hearers(proposal), key=key, at=clock.now())


@transaction.atomic
def grant_extension(extension: Extension, *, by: Actor, today: date, words: str = "") -> Extension:
    """批准延期: the months are counted from 交办 together with the first ones."""
    part = part_locked(extension.assignment)
    extension = lock(extension)
    refuse_if(why_not_grant_extension(by, extension, today))
    due = DueDays().extended(part, extension.months)
    note = f"同意{part.unit.name}延期 {extension.months} 个月，{in_full(due)}前答复。"
    if (word := LeadsWord(today, [extension]).of(extension)) in DECIDED_ALONE:
        note += f"{word.value}，由代工委决定。"
    facts = {"decided_by": by.user, "decided_on": today, "words": words.strip()}
    move(extension, ExtensionState.GRANTED, by=by, note=note, **facts)
    settle_request(extension)
    renew(lock(part), today)
    _tell_both(part, f"extension_granted.{extension.pk}", f"{note}{extension.words}", today)
    move_opinions(part, by=by, today=today)
    return extension


@transaction.atomic
def refuse_extension(extension: Extension, *, words: str, by: Actor, today: date) -> Extension:
    """不同意延期: the day stays, and the unit reads why."""
    part = part_locked(extension.assignment)
    extension = lock(extension)
    refuse_if(why_not_refuse_extension(by, extension, words))
    note = f"不同意{part.unit.name}延期。"
    facts = {"decided_by": by.user, "decided_on": today, "words": words.strip()}
    move(extension, ExtensionState.REFUSED, by=by, note=note, **facts)
    settle_request(extension)
    _tell_both(part, f"extension_refused.{extension.pk}", f"{note}{extension.words}", today)
    return extension


@transaction.atomic
def recompute(*, seal: str, by: Actor, today: date) -> int:
    """调整期限: every day that still runs is what calendar and rules now give, as was shown.

    Sheets are locked before proposals, as where a sheet is settled.
    """
    found = due_changes(today)
    for each in found:
        if isinstance(each.row, Sheet):
            lock(each.row)
    numbers = sorted({each.proposal.pk for each in found if each.proposal})
    list(Proposal.objects.filter(pk__in=numbers).order_by("pk").select_for_update(no_key=True))
    changes = due_changes(today)
    refuse_if(why_not_recompute(by, len(changes)))
    if seal_of(changes) != seal:
        raise Refused("名单和刚才看到的不一样了，请再看一遍再确认。")
    due_days = DueDays()
    for change in changes:
        _recompute(change, due_days, by, today)
    return len(changes)


def _recompute(change: Change, due_days: DueDays, by: Actor, today: date) -> None:
    """One day of the list; whoever has to keep it is told."""
    words = f"由{in_full(change.before)}调整为{in_full(change.after)}，因工作日历或本地规则变动。"
    if isinstance(change.row, Assignment):
        _renewed(change.row, due_days, words, by, today)
    elif isinstance(change.row, Reply):
        _rated_until(change.row, change.after, words, by)
    else:
        _heard_until(change.row, change.after, words, by, today)


def _renewed(part: Assignment, due_days: DueDays, words: str, by: Actor, today: date) -> None:
    renew(lock(part), today, due_days)
    note = f"{part.unit.name}的期限{words}"
    line = record(part, "recomputed", by=by, note=note)
    _tell_both(part, f"recomputed.{line.pk}", note, today)


def _rated_until(reply: Reply, after: date, words: str, by: Actor) -> None:
    window, part = RatingWindow(reply=reply, until=after), reply.assignment
    window.save(force_insert=True)
    note = f"对{part.unit.name}答复的评价截止{words}"
    record(reply, "recomputed", by=by, note=note)
    text = f"“{part.proposal.title}”：{note}"[:300]
    key, page = f"proposal.rate_until:{window.pk}", reverse("proposals:rate", args=[reply.pk])
    notices.write(hearers(part.proposal), key=key, text=text, link=page)


def _heard_until(sheet: Sheet, after: date, words: str, by: Actor, today: date) -> None:
    Sheet.objects.filter(pk=sheet.pk).update(object_until=after)
    note = f"“{sheet.name}”的异议截止{words}"
    line = record(sheet, "recomputed", by=by, note=note)
    units = Organisation.objects.filter(pk__in=sheet.lines.standing().values("unit"))
    key, page = f"proposal.heard_until:{line.pk}", reverse("proposals:planned")
    notices.write(of_units(units, today), key=key, text=note[:300], link=page)


def _tell_both(part: Assignment, step: str, note: str, today: date) -> None:
    text = f"“{part.proposal.title}”：{note}"
    people: list[User] = of_unit_part(part, today)
    tell_people(people, part.proposal, step, text, "case", part.proposal_id)
    tell_lead(part.proposal, step, text)
