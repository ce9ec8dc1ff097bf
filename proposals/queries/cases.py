"""One case on a unit's page: what it lacks, its drafts, its versions. Never a rating."""

from collections.abc import Sequence

from django.db.models import Value
from django.db.models.functions import Replace

from congress.shared.actors import Actor
from congress.shared.names import says_something
from proposals.events import DRAFT
from proposals.gate import OPEN, Standing, standings
from proposals.models import Assignment, Reply, ReplyDraft
from proposals.models.countersigning import shared_with, waiting
from proposals.permissions.opinions import readable_opinions
from proposals.permissions.replies import asks_of
from proposals.permissions.wholeness import Lack, contradictions
from proposals.queries.timeline import EventLine
from proposals.queries.units import Days


def lacks(part: Assignment, draft: ReplyDraft | None, days: Days) -> list[Lack]:
    """还差几样: everything, each with its place, in the order of the page."""
    if not part.answers:
        return []
    wrong = contradictions(draft) if draft else []
    return [*_unanswered(part, draft), *_unwritten(draft), *wrong, *_unmet(part, days)]


def _unanswered(part: Assignment, draft: ReplyDraft | None) -> list[Lack]:
    answers = {answer.ask_id: answer for answer in draft.answers.all()} if draft else {}
    found = []
    for ask in asks_of(part):
        answer = answers.get(ask.pk)
        words = bool(answer and says_something(answer.text))
        if not (words and answer and answer.outcome_id):
            what = "没有定类" if words else "没有答复"
            found.append(Lack(f"{ask.called_in(part.proposal_id)}{what}", f"ask-{ask.pk}"))
    return found


def _unwritten(draft: ReplyDraft | None) -> list[Lack]:
    return [
        Lack(words, place)
        for words, place, there in (
            ("结果类别没有选", "id_outcome", draft and draft.outcome_id),
            ("答复内容没有写", "id_text", draft and says_something(draft.text)),
            ("文号没有写", "id_file_number", draft and says_something(draft.file_number)),
        )
        if not there
    ]


def _unmet(part: Assignment, days: Days) -> list[Lack]:
    found = standings(part, days.clock.today, days.clock.works, days.confirm)
    return [
        Lack(f"{stage.label}{how.value}", "record" if how is Standing.MISSING else "meetings")
        for stage, how in found.items()
        if how not in OPEN
    ]


def number_used(draft: ReplyDraft) -> str:
    """Which letter of this unit has the draft's 文号 already, spaces aside; empty when none."""
    number = "".join(draft.file_number.split())
    plain = Replace("file_number", Value(" "), Value(""))
    rows = Reply.objects.filter(assignment__unit=draft.assignment.unit_id).annotate(plain=plain)
    used = rows.filter(plain=number).select_related("assignment__proposal").order_by("pk").last()
    if used is None or not number:
        return ""
    own = used.assignment_id == draft.assignment_id
    where = f"本件第 {used.version} 版" if own else used.assignment.proposal.number
    return f"文号“{draft.file_number}”已经用在{where}的答复函上，请核对。"


def editions(part: Assignment, lines: Sequence[EventLine]) -> list[EventLine]:
    """Who saved, sent, returned and signed which edition, newest first."""
    return [line for line in lines if line.key.subject == DRAFT][:12] if part.answers else []


def versions(part: Assignment) -> list[Reply]:
    """类别的变化: the issued replies with their classes, newest first, their answers loaded."""
    rows = part.replies.select_related("outcome", "signed_by")
    loaded = rows.prefetch_related(
        "answers__ask__proposal", "answers__outcome", "answers__exhibits"
    )
    return list(loaded.order_by("-version"))


def others_draft(part: Assignment) -> ReplyDraft | None:
    """For a joint unit: the lead unit's draft that waits for its signature too."""
    rows = waiting(shared_with(Assignment.objects.filter(pk=part.pk)))
    return (
        rows.select_related("assignment__unit", "assignment__proposal", "saved_by", "outcome")
        .prefetch_related("answers__ask__proposal", "answers__outcome", "exhibits__ask__proposal")
        .first()
    )


def opinions(part: Assignment, actor: Actor) -> list[object]:
    """What this reader may see of the helpers' opinions, the newest of each first."""
    return list(readable_opinions(actor, part.proposal.parts))
