"""并案分开: what was written about the one that goes, in the draft of the other. Parts of verbs."""

from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.workflow import lock, move, record
from proposals.actions.keeping import drop
from proposals.actions.telling import tell_answering, tell_helping
from proposals.models import DraftAnswer, DraftExhibit, DraftPromise, Proposal, ReplyDraft
from proposals.permissions.wholeness import lowest
from proposals.queries.people import in_post
from proposals.states import DraftState, Part


def clear_answers(proposal: Proposal, into: Proposal | None, by: Actor) -> None:
    """What answered its asks leaves the open drafts; one that waits to be signed is written anew.

    Those of a unit that gave its part back too. Nothing is left when it was merged into none.
    The units that were to answer it along are told, and the other's trail has a line.
    """
    if into is None:
        return
    parts = into.assignments.order_by("pk")
    for part in parts:
        lock(part)
    for draft in ReplyDraft.objects.filter(assignment__in=parts).exclude(state=DraftState.ISSUED):
        _clear(lock(draft), proposal, by)
    name = f"{proposal.number}“{proposal.title}”"
    line = record(into, "let_go", by=by, note=f"{name}不再并入本件。")
    step = f"let_go.{line.pk}"
    tell_answering(into, step, f"{name}不再并案，不用再答复它的请求。")
    tell_helping(into, step, f"{name}不再并入本件。")


def _clear(draft: ReplyDraft, proposal: Proposal, by: Actor) -> None:
    answers = DraftAnswer.objects.filter(draft=draft, ask__proposal=proposal)
    shown = DraftExhibit.objects.filter(draft=draft, ask__proposal=proposal)
    if not (answers.exists() or shown.exists()):
        return
    answers.delete()
    DraftPromise.objects.filter(draft=draft, ask__proposal=proposal).delete()
    drop(*shown)
    draft.edition += 1
    draft.save(update_fields=["edition"])
    words = f"{proposal.number} 不再并案，对它的逐条答复已删去，请看答复内容要不要改。"
    record(draft, "draft_saved", by=by, note=f"{words}成为第 {draft.edition} 稿。")
    left = draft.answers.select_related("outcome")
    whole = {"outcome": lowest(each.outcome for each in left)}
    if draft.state == DraftState.TO_SIGN:
        move(draft, DraftState.WRITTEN, by=by, note=words, return_words=words, **whole)
    else:
        ReplyDraft.objects.filter(pk=draft.pk).update(**whole)
    unit = draft.assignment.unit
    if draft.assignment.state == Part.REMOVED:
        return
    notices.write(
        in_post(unit, draft.saved_by_id, clock.today()),
        key=f"proposal.draft_cleared:{draft.pk}.{draft.edition}",
        text=f"“{draft.assignment.proposal.title}”的答复稿：{words}"[:300],
        link=reverse("proposals:case", args=[draft.assignment.proposal_id]),
    )
