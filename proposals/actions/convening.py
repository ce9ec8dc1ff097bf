"""当面协商: after a further answer that still does not do, both sides sit down with the office."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.models import AuditEvent
from congress.shared.workflow import lock, move, record, refuse_if
from deputies.models import Deputy
from proposals.actions.due_days import in_full
from proposals.actions.locking import part_locked
from proposals.actions.telling import tell_office
from proposals.models import Convening, Proposal, Rehandling
from proposals.permissions.convening import (
    why_not_call_off_convening,
    why_not_convene,
    why_not_move_convening,
    why_not_record_convening,
)
from proposals.queries.clocks import day
from proposals.queries.people import heads_of, of_unit_part
from proposals.queries.speaking import speakers, spoke_since
from proposals.rating_states import ConveningState

PAGES = ("detail", "case")


@transaction.atomic
def convene(
    rehandling: Rehandling, *, meets_on: date, place: str, by: Actor, today: date
) -> Convening:
    """召集双方: who speaks for it, the unit's clerk and its head know day and place.

    Where nobody speaks for it, since the lead sits no more, the office is to name a foster.
    """
    part_locked(rehandling.assignment)
    rehandling = lock(rehandling)
    refuse_if(why_not_convene(by, rehandling, today))
    refuse_if("协商的日子不能早于今天。" if meets_on < today else None)
    refuse_if(None if place.strip() else "请写在哪里协商。")
    assert by.user  # noqa: S101  # why_not_convene asks for a post
    row = Convening.objects.create(
        rehandling=rehandling,
        assignment=rehandling.assignment,
        meets_on=meets_on,
        place=place.strip(),
        called_by=by.user,
    )
    record(row, "convened", by=by, note=f"{in_full(meets_on).strip()}。")
    _tell_both(row, "convening", _please_come(row, today), today)
    return row


def ask_to_come(proposal: Proposal, deputy: Deputy, today: date) -> None:
    """Whoever speaks for it from now on knows of each 当面协商 to come, as who was asked before."""
    rows = Convening.objects.called().filter(assignment__proposal=proposal, meets_on__gte=today)
    for row in rows.order_by("pk") if deputy.user else ():
        notices.write(
            [deputy.user],
            key=f"proposal.convening:{row.pk}",
            text=_please_come(row, today)[:300],
            link=reverse("proposals:detail", args=[proposal.pk]),
        )


def _please_come(row: Convening, today: date) -> str:
    title = row.assignment.proposal.title
    return f"“{title}”{day(row.meets_on, today)}在{row.place}当面协商，请到场。"


@transaction.atomic
def move_convening(
    convening: Convening, *, meets_on: date, place: str, reason: str, by: Actor, today: date
) -> Convening:
    """改期: another day, another place or both; all who were asked read where and why."""
    part = part_locked(convening.assignment)
    convening, place, reason = lock(convening), place.strip(), reason.strip()
    refuse_if(why_not_move_convening(by, convening, reason))
    refuse_if("协商的日子不能早于今天。" if meets_on < today else None)
    refuse_if(None if place else "请写在哪里协商。")
    same = (convening.meets_on, convening.place) == (meets_on, place)
    refuse_if("日期和地点都和原来一样，没有要改的。" if same else None)
    convening.meets_on, convening.place, convening.why = meets_on, place, reason
    convening.save(update_fields=["meets_on", "place", "why"])
    note = f"{reason}；改到{place}，{in_full(meets_on).strip()}。"
    line = record(convening, "convening_moved", by=by, note=note)
    text = f"“{part.proposal.title}”的当面协商改到 {day(meets_on, today)}，在{place}：{reason}"
    _tell_both(convening, f"convening_moved.{line.pk}", text, today)
    return convening


@transaction.atomic
def call_off_convening(convening: Convening, *, reason: str, by: Actor, today: date) -> Convening:
    """取消: nobody need come, and all who were asked read why; both may be convened again."""
    part = part_locked(convening.assignment)
    convening, reason = lock(convening), reason.strip()
    refuse_if(why_not_call_off_convening(by, convening, reason))
    move(convening, ConveningState.CALLED_OFF, by=by, note=reason, why=reason)
    on = day(convening.meets_on, today)
    text = f"“{part.proposal.title}” {on}的当面协商取消：{reason}"
    _tell_both(convening, "convening_called_off", text, today)
    return convening


@transaction.atomic
def record_convening(
    convening: Convening, *, people: str, agreed: str, by: Actor, today: date
) -> Convening:
    """记录协商结果: who came and what both sides agreed, once."""
    convening = lock(convening)
    refuse_if(why_not_record_convening(by, convening, today))
    refuse_if(None if people.strip() and agreed.strip() else "请写谁到了场、商定了什么。")
    return move(
        convening,
        ConveningState.HELD,
        by=by,
        people=people.strip(),
        agreed=agreed.strip(),
        recorded_by=by.user,
    )


def _called_on(convening: Convening) -> date:
    """By the trail: since then whoever speaks for it has been asked to come."""
    steps = AuditEvent.objects.filter(subject=convening._meta.label, subject_id=convening.pk)
    called = steps.filter(now="convened").values_list("at", flat=True)
    return timezone.localdate(called.earliest("pk"))


def _tell_both(convening: Convening, step: str, text: str, today: date) -> None:
    """The unit's clerk and head on their page, the lead deputy or whoever fosters on theirs.

    So, too, a deputy who was asked to come before and speaks for it no more.
    """
    part, key = convening.assignment, f"proposal.{step}:{convening.pk}"
    units = [*of_unit_part(part, today), *heads_of([part.unit], today)]
    detail, case = (reverse(f"proposals:{page}", args=[part.proposal_id]) for page in PAGES)
    first = step == "convening"
    before = [] if first else spoke_since(part.proposal, _called_on(convening))
    now = speakers(part.proposal)
    deputies = {each.pk: each for each in (*now, *before)}
    notices.write({each.pk: each for each in units}.values(), key=key, text=text[:300], link=case)
    notices.write(deputies.values(), key=key, text=text[:300], link=detail)
    if not now and convening.state == ConveningState.CALLED:
        step, page = f"{step}.{convening.pk}", "dossier"
        words = f"{text}领衔代表不在任，也没有接续代表，请先定一位，好有人到场。"
        tell_office(part.proposal, step, words, page, part.proposal_id, today=today)
