"""转类: asked with what shows it, confirmed or refused; and how the deputy rates the fulfilment."""

from datetime import date
from typing import Any

from django.db import transaction

from congress.shared import sealing
from congress.shared.actors import Actor
from congress.shared.workflow import lock, move, record, refuse_if
from proposals import ballots
from proposals.actions.locking import part_locked
from proposals.actions.telling import tell_lead, tell_office, tell_unit
from proposals.ballots import FulfilmentBallot, FulfilmentPlace
from proposals.follow_states import LOOK_BACK_ENDS, LookBackState, UpgradeState
from proposals.models import Ask, FulfilmentRating, OutcomeClass, Reply, Upgrade
from proposals.models.reference import Meaning
from proposals.models.upgrades import class_of, whole_class_of
from proposals.permissions.upgrades import (
    why_not_ask_upgrade,
    why_not_confirm_upgrade,
    why_not_rate_fulfilment,
    why_not_refuse_upgrade,
)
from proposals.rating_states import Satisfaction


def _of_part_locked(reply: Reply) -> Reply:
    part = part_locked(reply.assignment)
    reply = lock(reply)
    reply.assignment = part
    return reply


@transaction.atomic
def ask_upgrade(
    reply: Reply,
    *,
    ask: Ask | None,
    becomes: OutcomeClass,
    evidence: str,
    by: Actor,
    today: date,
) -> Upgrade:
    """申请转类: waits for the office; nothing of the letter moves."""
    reply = _of_part_locked(reply)
    number = ask.pk if ask else 0
    refuse_if(why_not_ask_upgrade(by, reply, number, becomes, evidence))
    asked = Upgrade(
        reply=reply,
        ask=ask,
        was=class_of(reply, ask.pk if ask else None),
        becomes=becomes,
        evidence=evidence.strip(),
        asked_by=by.user,
        asked_on=today,
    )
    asked.save(force_insert=True)
    part = reply.assignment
    note = f"{part.unit.name}申请由 {asked.was.code} 类转为 {becomes.code} 类。"
    record(asked, "upgrade_asked", by=by, note=note)
    text = f"“{part.proposal.title}”：{note}依据：{asked.evidence}"
    tell_office(part.proposal, f"upgrade.{asked.pk}", text, "upgrade_list", today=today)
    return asked


@transaction.atomic
def confirm_upgrade(upgrade: Upgrade, *, by: Actor, today: date, words: str = "") -> Upgrade:
    """核实转类: the class counts from now on; once all is solved, nothing is looked at again."""
    reply = _of_part_locked(upgrade.reply)
    upgrade = lock(upgrade)
    upgrade.reply = reply
    refuse_if(why_not_confirm_upgrade(by, upgrade))
    note = f"由 {upgrade.was.code} 类转为 {upgrade.becomes.code} 类，已核实。"
    facts = {"words": words.strip(), "decided_by": by.user, "decided_on": today}
    move(upgrade, UpgradeState.CONFIRMED, by=by, note=note, **facts)
    if whole_class_of(reply).meaning == Meaning.SOLVED:
        _end_look_backs(reply, note, by, today)
    part, step = reply.assignment, f"upgraded.{upgrade.pk}"
    text = f"“{part.proposal.title}”：{note}"
    tell_unit(part, step, text, today)
    tell_lead(part.proposal, step, f"{text}兑现得怎么样，请您评一评，承办单位看不到。")
    return upgrade


def _end_look_backs(reply: Reply, note: str, by: Actor, today: date) -> None:
    for each in reply.look_backs.exclude(state__in=LOOK_BACK_ENDS).order_by("pk"):
        facts = {"decided_by": by.user, "decided_on": today}
        move(lock(each), LookBackState.UPGRADED, by=by, note=note, **facts)


@transaction.atomic
def refuse_upgrade(upgrade: Upgrade, *, words: str, by: Actor, today: date) -> Upgrade:
    """不同意转类: the class stays, and the unit reads why."""
    reply = _of_part_locked(upgrade.reply)
    upgrade = lock(upgrade)
    upgrade.reply = reply
    refuse_if(why_not_refuse_upgrade(by, upgrade, words))
    part = reply.assignment
    note = f"不同意{part.unit.name}转为 {upgrade.becomes.code} 类。"
    facts = {"words": words.strip(), "decided_by": by.user, "decided_on": today}
    move(upgrade, UpgradeState.REFUSED, by=by, note=note, **facts)
    text = f"“{part.proposal.title}”：{note}{upgrade.words}"
    tell_unit(part, f"upgrade_refused.{upgrade.pk}", text, today)
    return upgrade


@transaction.atomic
def rate_fulfilment(
    reply: Reply, *, grade: Satisfaction, by: Actor, words: str = ""
) -> FulfilmentRating:
    """评兑现: one more row, the last one counts; the same again adds none.

    As with `evaluation.rate` it is sealed and nothing else moves, so that no page of the unit
    differs by a byte; the trail has the commitment.
    """
    reply = lock(reply)
    refuse_if(why_not_rate_fulfilment(by, reply))
    speaker = reply.assignment.proposal.speaker_pk
    assert speaker  # noqa: S101  # why_not_rate_fulfilment asks for one
    own: dict[str, Any] = {"reply": reply, "deputy_id": speaker}
    said = FulfilmentBallot(grade, words.strip())
    last = FulfilmentRating.objects.filter(**own).order_by("pk").last()
    if last and last.legible == said:
        return last
    place = FulfilmentPlace(reply.pk, speaker, last.number + 1 if last else 1)
    kept = ballots.keep_fulfilment(said, place)
    own |= {"number": place.number, "code": sealing.code_of(kept.commitment)}
    rating = FulfilmentRating.objects.create(**own, **kept._asdict())
    record(rating, "fulfilment_rated", by=by, note=rating.commitment)
    return rating
