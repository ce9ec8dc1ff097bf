"""答复: written as a draft, signed by the unit's head, and then for ever as it stands."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.workflow import lock, move, record, refuse_if
from proposals.actions.due_days import answer_paused, end_request, settle
from proposals.actions.exhibits import Pictures, add_exhibits, issue_exhibits
from proposals.actions.helping import end_helpers
from proposals.actions.locking import all_parts_locked, part_locked
from proposals.actions.promises import issue_promises, keep_plan, replace_former
from proposals.actions.rehandling import answer_rehandling
from proposals.actions.telling import tell_deputies, tell_signers, times
from proposals.models import (
    Answer,
    Assignment,
    Countersignature,
    DraftAnswer,
    OutcomeClass,
    Proposal,
    Reply,
    ReplyDraft,
)
from proposals.models.countersigning import to_countersign
from proposals.models.promises import Step, plan_of, typed
from proposals.models.proposal import KEPT_BACK
from proposals.permissions.replies import (
    asks_of,
    open_draft,
    why_not_countersign,
    why_not_return_draft,
    why_not_save_reply,
    why_not_sign,
    why_not_submit_for_signing,
)
from proposals.permissions.wholeness import lowest
from proposals.queries.clocks import day
from proposals.queries.people import heads_of, in_post
from proposals.queries.speaking import hearers
from proposals.queries.stood import put_down
from proposals.queries.terms import DueDays
from proposals.states import DraftState, Part, State, UnitRole


class Words(NamedTuple):
    """What answers one ask, so far, with the steps that are promised of it."""

    outcome: OutcomeClass | None
    text: str = ""
    evidence: str = ""
    steps: tuple[Step, ...] = ()


@transaction.atomic
def save_reply(
    assignment: Assignment,
    *,
    outcome: OutcomeClass | None,
    text: str,
    file_number: str,
    answers: Mapping[int, Words],
    by: Actor,
    edition: int | None = None,
    pictures: Pictures | None = None,
    steps: Sequence[Step] = (),
) -> ReplyDraft:
    """起草答复: kept as it is, whole or not, with its pictures: all that was sent, or nothing.

    The class of the whole is the lowest of its asks'; `outcome` and `steps` are for what has no
    ask.
    `edition` is what the writer had before them: whoever saved in between is named, and nothing is
    written over; what changes nothing makes no new edition and leaves no trail.
    """
    assignment = lock(assignment)
    refuse_if(why_not_save_reply(by, assignment, edition))
    asks = asks_of(assignment)
    answered = {
        ask.pk: Words(one.outcome, one.text.strip(), one.evidence.strip(), typed(one.steps))
        for ask in asks
        if (one := answers.get(ask.pk))
    }
    whole = lowest(one.outcome for one in answered.values()) if asks else outcome
    words = {"outcome": whole, "text": text.strip(), "file_number": file_number.strip()}
    draft = _edition(assignment, words, answered, () if asks else typed(steps), by)
    if pictures:
        add_exhibits(draft, pictures=pictures, by=by)
        draft.refresh_from_db()
    return draft


def _edition(
    part: Assignment,
    words: Mapping[str, Any],
    answers: Mapping[int, Words],
    steps: Sequence[Step],
    by: Actor,
) -> ReplyDraft:
    """The first draft of a locked part, its next edition, or the one that says just this."""
    said = {**words, "saved_by": by.user, "saved_at": clock.now()}
    draft = open_draft(part)
    if draft is None:
        draft = ReplyDraft.objects.create(assignment=part, edition=1, **said)
    else:
        draft = lock(draft)
        if _says(draft) == (words, answers, steps):
            return draft
        draft.edition += 1
        for name, value in said.items():
            setattr(draft, name, value)
        draft.save(update_fields=["edition", *said])
    draft.answers.all().delete()
    DraftAnswer.objects.bulk_create(
        DraftAnswer(
            draft=draft, ask_id=ask, outcome=one.outcome, text=one.text, evidence=one.evidence
        )
        for ask, one in answers.items()
    )
    plan = [(ask, step) for ask, one in answers.items() for step in one.steps]
    keep_plan(draft, plan or [(None, step) for step in steps])
    record(draft, "draft_saved", by=by, note=f"保存第 {draft.edition} 稿。")
    return draft


def _says(
    draft: ReplyDraft,
) -> tuple[dict[str, Any], dict[int, Words], tuple[Step, ...]]:
    """Its words, its answers and the steps of what has no ask, as they are kept."""
    words = {"outcome": draft.outcome, "text": draft.text, "file_number": draft.file_number}
    rows, steps = draft.answers.select_related("outcome"), plan_of(draft)
    answers = {
        each.ask_id: Words(each.outcome, each.text, each.evidence, steps.get(each.ask_id, ()))
        for each in rows
    }
    return words, answers, steps.get(None, ())


@transaction.atomic
def submit_for_signing(
    assignment: Assignment, *, by: Actor, today: date, edition: int | None = None
) -> ReplyDraft:
    """送签: the whole draft waits for the head's signature, and who signs with it is asked to.

    `edition` is the one that its sender has read.
    """
    assignment = part_locked(assignment)
    refuse_if(why_not_submit_for_signing(by, assignment, today, edition))
    draft = lock(assignment.drafts.exclude(state=DraftState.ISSUED).get())
    note = f"第 {draft.edition} 稿送签。"
    move(draft, DraftState.TO_SIGN, by=by, note=note, return_words="")
    sent = times(draft, DraftState.TO_SIGN)
    link = reverse("proposals:case", args=[assignment.proposal_id])
    title = assignment.proposal.title
    key = f"proposal.to_sign:{draft.pk}.{draft.edition}.{sent}"
    people = heads_of([assignment.unit], today)
    notices.write(people, key=key, text=f"“{title}”的答复稿等您签发。"[:300], link=link)
    others = heads_of([each.unit for each in to_countersign(draft).select_related("unit")], today)
    notices.write(others, key=key, text=f"“{title}”的答复稿等您会签。"[:300], link=link)
    return draft


@transaction.atomic
def return_draft(
    draft: ReplyDraft, *, words: str, by: Actor, edition: int | None = None
) -> ReplyDraft:
    """退改: the writer reads exactly this, and the draft may be changed again.

    `edition` is the one that the head has read.
    """
    draft = lock(draft)
    refuse_if(why_not_return_draft(by, draft, words, edition))
    note = f"第 {draft.edition} 稿退改。"
    move(draft, DraftState.WRITTEN, by=by, note=note, return_words=words.strip())
    returned = times(draft, DraftState.WRITTEN)
    proposal = draft.assignment.proposal
    unit = draft.assignment.unit
    notices.write(
        in_post(unit, draft.saved_by_id, clock.today()),
        key=f"proposal.draft_returned:{draft.pk}.{draft.edition}.{returned}",
        text=f"“{proposal.title}”的答复稿退改：{words.strip()}"[:300],
        link=reverse("proposals:case", args=[proposal.pk]),
    )
    return draft


@transaction.atomic
def countersign(
    draft: ReplyDraft, *, part: Assignment, by: Actor, edition: int | None = None
) -> Countersignature:
    """会签: a joint unit stands behind this edition. `edition` is the one they have read."""
    lead = part_locked(draft.assignment)
    draft = lock(draft)
    draft.assignment = lead
    refuse_if(why_not_countersign(by, draft, part, edition))
    signature = Countersignature(
        draft=draft, assignment=part, edition=draft.edition, signed_by=by.user
    )
    signature.save(force_insert=True)
    record(signature, "countersigned", by=by, note=f"{part.unit.name}会签第 {draft.edition} 稿。")
    return signature


@transaction.atomic
def sign(
    draft: ReplyDraft,
    *,
    by: Actor,
    today: date,
    edition: int | None = None,
    told: str | None = None,
) -> Reply:
    """签发: the reply stands for ever; once every answering unit has replied, it is answered.

    With the reply of 主办 end the helpers that wrote nothing, whoever else has still to answer.

    `edition` is the one that the head has read, `told` what they read of its 文号.
    """
    part = all_parts_locked(draft.assignment)
    proposal, draft = part.proposal, lock(draft)
    draft.assignment = part
    refuse_if(why_not_sign(by, draft, today, edition, told))
    reply = _issue(part, draft, by, today)
    issue_exhibits(reply, draft)
    issue_promises(reply, draft)
    replace_former(reply, by=by, today=today)
    move(draft, DraftState.ISSUED, by=by, note=f"签发第 {draft.edition} 稿。")
    answer_rehandling(reply, by=by, today=today)
    if part.state != Part.DONE:
        answer_paused(part, "单位已经答复。", by=by, today=today)
        move(part, Part.DONE, by=by, done_on=today)
        end_request(part, "单位已经答复，不用再延期。", by=by, today=today)
        settle(proposal.pk)
    note = (
        f"{part.unit.name}答复，{reply.file_number}，"
        f"{reply.outcome.code} 类（{reply.outcome.name}）。"
    )
    record(reply, "replied" if reply.version == 1 else "replied_again", by=by, note=note)
    waiting = proposal.assignments.answering().exclude(state=Part.DONE)
    if proposal.state == State.ASSIGNED and not waiting.exists():
        move(proposal, State.ANSWERED, by=by, note=note, answered_on=today)
        for merged in proposal.merged.filter(state=State.MERGED).order_by("pk"):
            move(lock(merged), State.ANSWERED, by=by, note=note, answered_on=today)
    else:
        for merged in proposal.merged.order_by("pk"):
            record(merged, "replied_along", by=by, note=note)
    if part.role == UnitRole.LEAD or proposal.state == State.ANSWERED:
        end_helpers(proposal, by=by, today=today)
    _tell_deputies_of(proposal, reply)
    return reply


def _issue(part: Assignment, draft: ReplyDraft, by: Actor, today: date) -> Reply:
    """The draft's words as a new version, with an answer for each ask."""
    assert draft.outcome is not None  # noqa: S101  # reply_draft_to_sign_is_whole
    answers = list(draft.answers.select_related("ask", "outcome"))
    reply = Reply(
        assignment=part,
        version=part.replies.count() + 1,
        outcome=draft.outcome,
        text=draft.text,
        file_number=draft.file_number,
        signer=by.name,
        replied_by=draft.saved_by,
        signed_by=by.user,
        replied_on=today,
        first_rate_until=DueDays().rating(today),
        stood=put_down(part, today, draft.outcome, answers, plan_of(draft)),
    )
    reply.save(force_insert=True)
    Answer.objects.bulk_create(
        Answer(
            reply=reply, ask=each.ask, outcome=each.outcome, text=each.text, evidence=each.evidence
        )
        for each in answers
    )
    return Reply.objects.get(pk=reply.pk)


def _tell_deputies_of(proposal: Proposal, reply: Reply) -> None:
    """The lead deputy is to rate it; who signed, and of the merged ones all, read it."""
    unit, last = reply.assignment.unit.name, reply.rate_until
    notices.write(
        hearers(proposal),
        key=f"proposal.answered:{reply.pk}",
        text=f"{unit}答复了“{proposal.title}”，请在 {day(last, reply.replied_on)}前评价。"[:300],
        link=reverse("proposals:rate", args=[reply.pk]),
    )
    standing = proposal.cosignatures.standing().select_related("deputy__user")
    text = f"{unit}答复了您附议的“{proposal.title}”，请看答复原文。"
    tell_signers(proposal, standing, f"answered.{reply.pk}", text)
    for each in proposal.merged.select_related("lead__user").order_by("pk"):
        other = KEPT_BACK if proposal.withheld_reason else f" {proposal.number} "
        words = f"与{other}并案办理，有了答复，请看答复原文。"
        tell_deputies(each, f"answered_along.{reply.pk}", words)
