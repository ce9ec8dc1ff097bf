"""提: raise, gather signatures, change, hand in, mend, take back."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.models import Organisation, Session
from congress.shared.workflow import lock, move, move_all, record, refuse_if
from deputies.models import Deputy, Mandate
from proposals.actions.due_days import end_objection, end_pause, end_request
from proposals.actions.invitations import end_invitations
from proposals.actions.keeping import end_draft, keep_draft_with
from proposals.actions.locking import together_locked
from proposals.actions.parting import clear_answers
from proposals.actions.supervision import end_with_proposal
from proposals.actions.telling import tell_lead, tell_people, tell_signers, times
from proposals.models import FormerText, Lineage, Proposal
from proposals.permissions.drafting import why_not_token
from proposals.permissions.submission import (
    Wishes,
    files_taken_out,
    why_not_call_for_signatures,
    why_not_hand_in,
    why_not_resubmit,
    why_not_reword,
    why_not_send_twice,
    why_not_submit,
    why_not_withdraw,
    why_not_word,
)
from proposals.queries.people import of_units
from proposals.rules import SIGN_DAYS
from proposals.states import SHOWN_TO_UNIT, Kind, Part, Signature, State

WISHES = ("suggested_unit", "confidentiality_asked")


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
    suggested_unit: Organisation | None = None,
    confidentiality_asked: str = "",
    continues: Proposal | None = None,
) -> Proposal:
    """提出: the proposal waits for review. `token` comes with the form: sent twice, it is one."""
    lead = lock(lead)  # the second sending waits here, and then finds the first one's proposal
    refuse_if(why_not_submit(by, lead, session, kind, today))
    began = {"submitted_on": today}
    words = _words(title, facts, request) | _facts(suggested_unit, confidentiality_asked)
    proposal, new = _raise(lead, kind, session, words, began, today, token, continues)
    if new:
        note = f"{lead.name}代表领衔提出{Kind(kind).label}。"
        record(proposal, State.SUBMITTED, by=by, note=note)
        _begin(proposal, continues, by)
    return proposal


@transaction.atomic
def call_for_signatures(
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
    suggested_unit: Organisation | None = None,
    confidentiality_asked: str = "",
    continues: Proposal | None = None,
) -> Proposal:
    """征集附议: the deputies of the congress may read the text and sign it, until a day."""
    lead = lock(lead)
    refuse_if(why_not_call_for_signatures(by, lead, session, kind, today))
    last = today + timedelta(days=SIGN_DAYS.on(today))
    began = {"state": State.SIGNING, "sign_until": last}
    words = _words(title, facts, request) | _facts(suggested_unit, confidentiality_asked)
    proposal, new = _raise(lead, kind, session, words, began, today, token, continues)
    if new:
        note = f"{lead.name}代表征集附议，{last.month} 月 {last.day} 日截止。"
        record(proposal, State.SIGNING, by=by, note=note)
        _begin(proposal, continues, by)
    return proposal


def _begin(proposal: Proposal, continues: Proposal | None, by: Actor) -> None:
    """What it goes on from stays known; its draft ends, the pictures go with it."""
    if continues and by.user:
        Lineage.objects.create(proposal=proposal, earlier=continues, told_by=by.user)
    keep_draft_with(proposal)


def _words(title: str, facts: str, request: str) -> dict[str, str]:
    return {"title": title.strip(), "facts": facts.strip(), "request": request.strip()}


def _facts(suggested_unit: Organisation | None, confidentiality_asked: str) -> dict[str, object]:
    return {
        "suggested_unit": suggested_unit,
        "confidentiality_asked": confidentiality_asked.strip(),
    }


def _raise(
    lead: Deputy,
    kind: Kind,
    session: Session,
    words: Mapping[str, object],
    began: Mapping[str, object],
    today: date,
    token: UUID | None,
    continues: Proposal | None,
) -> tuple[Proposal, bool]:
    """A new one, or that of the first sending; `words` are what the form carries."""
    refuse_if(why_not_word(*(str(words[name]) for name in ("title", "facts", "request"))))
    refuse_if(why_not_token(lead, token))
    seat = Mandate.objects.running(today).get(deputy=lead, term=session.term_id)
    sent = {"kind": kind, "session": session, **words}
    where = {"lead": lead, "delegation_id": seat.delegation_id}
    proposal, new = Proposal.objects.get_or_create(
        token=token or uuid4(), defaults={**sent, **where, **began}
    )
    if not new:
        refuse_if(why_not_token(lead, token))  # another's, raised at this very moment
        refuse_if(why_not_send_twice(proposal, sent, continues, signing="state" in began))
    return proposal, new


@transaction.atomic
def reword(
    proposal: Proposal,
    *,
    title: str,
    facts: str,
    request: str,
    by: Actor,
    today: date,
    wishes: Wishes | None = None,
    digest: str | None = None,
) -> Proposal:
    """改正文: whoever signed another text stands behind it no more, and is asked anew.

    What is wished besides they did not sign. The same again, within its days, changes nothing.
    """
    proposal = lock(proposal)
    refuse_if(why_not_reword(by, proposal) or why_not_word(title, facts, request))
    same = (title.strip(), facts.strip(), request.strip()) == proposal.text
    open_now = proposal.sign_until and today <= proposal.sign_until
    if same and open_now and not (wishes and wishes.changed(proposal)):
        return proposal
    refuse_if(why_not_reword(by, proposal, digest))
    _set_words(proposal, title, facts, request)
    proposal.sign_until = today + timedelta(days=SIGN_DAYS.on(today))
    changed = _set_wishes(proposal, wishes)
    proposal.save(update_fields=["title", "facts", "request", "sign_until", *WISHES])
    record(proposal, "reworded", by=by, note=f"领衔代表修改正文。{changed}")
    _ask_anew(proposal, by)
    _expire(proposal, by, today)
    return proposal


@transaction.atomic
def hand_in(proposal: Proposal, *, by: Actor, today: date) -> Proposal:
    """正式提出: the text waits for review.

    What has run out by then is no signature, nor that of a deputy who no longer sits.
    """
    proposal = lock(proposal)
    refuse_if(why_not_hand_in(by, proposal, today))
    _expire(proposal, by, today)
    left = proposal.cosignatures.who_left(today).select_for_update(of=("self",))
    move_all(left, Signature.LEFT, by=by)
    standing = proposal.cosignatures.behind(proposal, today).count()
    signed = f"，附议 {standing} 人" if standing else ""
    note = f"{proposal.lead.name}代表领衔提出{proposal.get_kind_display()}{signed}。"
    return move(proposal, State.SUBMITTED, by=by, note=note, submitted_on=today)


@transaction.atomic
def resubmit(
    proposal: Proposal,
    *,
    title: str,
    facts: str,
    request: str,
    by: Actor,
    today: date,
    wishes: Wishes | None = None,
) -> Proposal:
    """改好再提: the mended text waits for review anew; who signed another text is asked again.

    Whoever signed this very text stands behind it, and is told when its files are others.
    What is wished besides is answered at the review, as it stands then; None leaves it.
    """
    proposal = lock(proposal)
    refuse_if(why_not_resubmit(by, proposal, today))
    refuse_if(why_not_word(title, facts, request))
    words = (title.strip(), facts.strip(), request.strip())
    refuse_if(why_not_resubmit(by, proposal, today, words, wishes))
    _set_words(proposal, title, facts, request)
    gone, added = files_taken_out(proposal), keep_draft_with(proposal)
    for _ in range(added):
        record(proposal, "attached", by=by, note="领衔代表加上一个附件。")
    note = f"修改后重新提出。{_set_wishes(proposal, wishes)}"
    told = {name: getattr(proposal, name) for name in ("title", "facts", "request", *WISHES)}
    move(proposal, State.SUBMITTED, by=by, note=note, **told)
    _ask_anew(proposal, by)
    _tell_of_files(proposal, added, gone)
    return proposal


def _set_words(proposal: Proposal, title: str, facts: str, request: str) -> None:
    """The new text; what somebody has signed stays to be compared with it."""
    digest = proposal.digest
    signed = {name: getattr(proposal, name) for name in ("title", "facts", "request")}
    proposal.title, proposal.facts, proposal.request = map(str.strip, (title, facts, request))
    if proposal.digest != digest and proposal.cosignatures.standing().exists():
        FormerText.objects.get_or_create(proposal=proposal, digest=digest, defaults=signed)


def _set_wishes(proposal: Proposal, wishes: Wishes | None) -> str:
    """建议谁来办、请求不公开, as they are wished now; answers with which of them is another."""
    if wishes is None or not (changed := wishes.changed(proposal)):
        return ""
    proposal.suggested_unit = wishes.suggested_unit
    proposal.confidentiality_asked = wishes.confidentiality_asked.strip()
    return f"{'、'.join(changed)}也改了。"


def _ask_anew(proposal: Proposal, by: Actor) -> None:
    left = proposal.cosignatures.standing().exclude(digest=proposal.digest)
    rows = move_all(
        left.select_related("deputy__user").select_for_update(of=("self",)),
        Signature.OUTDATED,
        by=by,
    )
    if rows:
        key = f"mended.{times(proposal, State.SUBMITTED, 'reworded')}"
        text = f"您附议的“{proposal.title}”改过正文，请再看一遍，同意再附议。"
        tell_signers(proposal, rows, key, text)


def _tell_of_files(proposal: Proposal, added: int, gone: int) -> None:
    """A signature is of words: other files undo none, and whoever gave one hears of them."""
    changes = ((added, "加上"), (gone, "删去"))
    if said := "、".join(f"{did} {many} 个" for many, did in changes if many):
        text = (
            f"您附议的“{proposal.title}”正文没有改，附件有变动（{said}）。附议仍然算数；"
            "看过不同意的，请在受理以前撤回附议。"
        )
        standing = proposal.cosignatures.standing().select_related("deputy__user")
        tell_signers(proposal, standing, f"files.{times(proposal, State.SUBMITTED)}", text)


def _expire(proposal: Proposal, by: Actor, today: date) -> None:
    """Whose signature has run out stands behind it no more, and may sign again."""
    left = proposal.cosignatures.run_out(today).select_related("deputy__user")
    text = f"您对“{proposal.title}”的附议已过有效期，不再算数。同意的请在受理以前重新附议。"
    for row in move_all(left.select_for_update(of=("self",)), Signature.EXPIRED, by=by):
        tell_signers(proposal, [row], f"run_out.{row.pk}", text)


@transaction.atomic
def withdraw(proposal: Proposal, *, reason: str, by: Actor, today: date) -> Proposal:
    """撤回: handling ends, the number stays used, and everybody who had a part learns why."""
    proposal = together_locked(proposal)
    refuse_if(why_not_withdraw(by, proposal, today, reason))
    clear_answers(proposal, proposal.merged_into, by)
    facts = {"closing_words": reason.strip(), "merged_into": None, "due_on": None}
    move(proposal, State.WITHDRAWN, by=by, note="领衔代表撤回。", **facts)
    end_draft(proposal.pk)
    why = "领衔代表撤回了建议，不再办理。"
    end_invitations(proposal, "领衔代表撤回了这件建议。", by=by)
    end_with_proposal(proposal, why, by=by, today=today)
    parts = [lock(part) for part in proposal.assignments.standing().order_by("pk")]
    units = [part.unit for part in parts if part.state in SHOWN_TO_UNIT]
    text = f"“{proposal.title}”由领衔代表撤回：{reason.strip()}"
    tell_people(of_units(units, today), proposal, "withdrawn", text, "news")
    for part in (each for each in parts if each.state != Part.DONE):
        end_objection(part, why, by=by, today=today)
        gone = move(part, Part.REMOVED, by=by)
        end_request(gone, why, by=by, today=today)
        end_pause(gone, why, by=by, today=today)
    tell_signers(proposal, proposal.signatures, "withdrawn", text)
    tell_lead(proposal, "withdrawn", f"您领衔的“{proposal.title}”已经撤回。")
    return proposal
