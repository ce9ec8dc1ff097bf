"""提: raise, co-sign, take in, send back, mend."""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Session
from congress.shared.workflow import lock, move, record, refuse_if
from deputies import codes
from deputies.actions import duties
from deputies.models import Deputy, Mandate
from proposals.models import Cosignature, NumberSeries, Proposal
from proposals.permissions.submission import (
    why_not_accept,
    why_not_cosign,
    why_not_resubmit,
    why_not_send_back,
    why_not_submit,
    why_not_word,
)
from proposals.states import Kind, State


@transaction.atomic
def submit(
    *,
    lead: Deputy,
    kind: Kind,
    session: Session,
    title: str,
    facts: str,
    request: str,
    by: Actor,
    today: date,
    token: UUID | None = None,
) -> Proposal:
    """提出: the proposal waits for review. `token` comes with the form: sent twice, it is one."""
    lead = lock(lead)  # the second sending waits here, and then finds the first one's proposal
    refuse_if(why_not_submit(by, lead, session, kind, today))
    refuse_if(why_not_word(title, facts, request))
    seat = Mandate.objects.running(today).get(deputy=lead, term=session.term_id)
    words = {"title": title.strip(), "facts": facts.strip(), "request": request.strip()}
    said = {"lead": lead, "kind": kind, "session": session, "delegation_id": seat.delegation_id}
    proposal, new = Proposal.objects.get_or_create(
        token=token or uuid4(), defaults=words | said | {"submitted_on": today}
    )
    if new:
        note = f"{lead.name}代表领衔提出{Kind(kind).label}。"
        record(proposal, State.SUBMITTED, by=by, note=note)
    elif proposal.lead_id != lead.pk:
        raise Refused("这份表单已经用过，请重新打开“提建议”再写。")
    elif any(getattr(proposal, name) != text for name, text in words.items()):
        raise Refused("这份表单已经提交过，改动没有记上。提交的那件在“我的建议”里，退回时再改。")
    return proposal


@transaction.atomic
def cosign(proposal: Proposal, *, deputy: Deputy, by: Actor) -> Cosignature:
    """附议: a second deputy stands behind the text, while it is under review."""
    proposal = lock(proposal)
    refuse_if(why_not_cosign(by, proposal, deputy))
    signature = Cosignature.objects.create(proposal=proposal, deputy=deputy)
    record(proposal, "cosigned", by=by, note=f"{deputy.name}代表附议。")
    return signature


@transaction.atomic
def accept(proposal: Proposal, *, by: Actor, today: date, withheld_reason: str = "") -> Proposal:
    """受理并编号: the proposal has its number; lead and co-signers have done a duty.

    A withheld proposal has a reason and appears on no public page.
    """
    proposal = lock(proposal)
    refuse_if(why_not_accept(by, proposal))
    number = _next_number(proposal.session)
    signatures = list(proposal.cosignatures.all())
    signed = f"，附议 {len(signatures)} 人" if signatures else ""
    move(
        proposal,
        State.ACCEPTED,
        by=by,
        note=f"审查后受理，编号 {number}{signed}。",
        number=number,
        accepted_on=today,
        withheld_reason=withheld_reason.strip(),
    )
    duties.report_facts(_duties_done(proposal, signatures, today), by=by)
    _tell_lead(proposal, "accepted", f"您领衔的“{proposal.title}”已受理，编号 {number}。")
    return proposal


def _next_number(session: Session) -> str:
    """Term, session, serial: gap-free, because the series is locked until the number is used."""
    NumberSeries.objects.get_or_create(session=session)
    series = lock(NumberSeries.objects.get(session=session))
    series.last += 1
    series.save(update_fields=["last"])
    return f"{session.term.number:02}{session.number:02}{series.last:03}"


def _duties_done(
    proposal: Proposal, signatures: list[Cosignature], today: date
) -> list[duties.Fact]:
    """One item for the lead, another for those who signed: 领衔与联名差异化."""
    session = proposal.kind == Kind.SESSION
    code = codes.LED if session else codes.LED_BETWEEN_SESSIONS
    note = f"{proposal.number} {proposal.title}"
    led = duties.Fact(proposal.lead_id, code, today, f"proposals.lead:{proposal.pk}", note=note)
    signed = [
        duties.Fact(
            each.deputy_id,
            codes.COSIGNED,
            today,
            f"proposals.cosignature:{each.pk}",
            note=note,
        )
        for each in signatures
    ]
    return [led, *signed]


@transaction.atomic
def send_back(proposal: Proposal, *, reason: str, by: Actor) -> Proposal:
    """退回修改: the lead reads exactly this reason; the trail, which the public reads, has none."""
    proposal = lock(proposal)
    refuse_if(why_not_send_back(by, proposal, reason))
    note = "退回领衔代表修改。"
    move(proposal, State.RETURNED, by=by, note=note, return_reason=reason.strip())
    text = f"您领衔的“{proposal.title}”退回修改：{reason.strip()}"
    _tell_lead(proposal, f"returned.{_times(proposal, State.RETURNED)}", text)
    return proposal


@transaction.atomic
def resubmit(
    proposal: Proposal, *, title: str, facts: str, request: str, by: Actor, today: date
) -> Proposal:
    """改好再提: the mended text waits for review anew; those who signed are asked to read it."""
    proposal = lock(proposal)
    refuse_if(why_not_resubmit(by, proposal, today))
    refuse_if(why_not_word(title, facts, request))
    move(
        proposal,
        State.SUBMITTED,
        by=by,
        note="修改后重新提出。",
        title=title.strip(),
        facts=facts.strip(),
        request=request.strip(),
        return_reason="",
    )
    signatures = proposal.cosignatures.select_related("deputy__user")
    notices.write(
        [each.deputy.user for each in signatures],
        key=f"proposal.mended.{_times(proposal, State.SUBMITTED)}:{proposal.pk}",
        text=f"您附议的“{proposal.title}”改过正文，请再看一遍。",
        link=reverse("proposals:detail", args=[proposal.pk]),
    )
    return proposal


def _times(proposal: Proposal, state: State) -> int:
    """How often the trail has it come to this state: each time is news of its own."""
    steps = AuditEvent.objects.filter(subject=proposal._meta.label, subject_id=proposal.pk)
    return steps.filter(now=state).count()


def _tell_lead(proposal: Proposal, step: str, text: str) -> None:
    notices.write(
        [proposal.lead.user],
        key=f"proposal.{step}:{proposal.pk}",
        text=text[:300],
        link=reverse("proposals:detail", args=[proposal.pk]),
    )
