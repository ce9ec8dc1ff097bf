"""文号: a unit gives each of its letters one of its own."""

import re
import unicodedata

from proposals.models import Reply, ReplyDraft
from proposals.states import DraftState


def plain(number: str) -> str:
    """A number as it is told from others, however its brackets, digits and spaces are written."""
    marks = re.findall(r"\d+|[^\W\d_第]+", unicodedata.normalize("NFKC", number))
    return "-".join(each.lstrip("0") for each in marks)


def number_used(draft: ReplyDraft) -> str:
    """Which letter or draft of this unit has the draft's 文号 already; empty when none has."""
    number = plain(draft.file_number)
    if not number:
        return ""
    unit, said = draft.assignment.unit_id, f"文号“{draft.file_number}”"
    letters = Reply.objects.filter(assignment__unit=unit).order_by("-pk")
    where = ("file_number", "assignment__proposal__number", "assignment", "version")
    for used, proposal, part, version in letters.values_list(*where):
        if plain(used) == number:
            place = f"本件第 {version} 版" if part == draft.assignment_id else proposal
            return f"{said}已经用在{place}的答复函上，请核对。"
    drafts = ReplyDraft.objects.filter(assignment__unit=unit).exclude(state=DraftState.ISSUED)
    for written, proposal in drafts.exclude(pk=draft.pk).order_by("pk").values_list(*where[:2]):
        if plain(written) == number:
            return f"{said}也写在{proposal}的答复稿上，请核对。"
    return ""


def why_not_told(draft: ReplyDraft, told: str | None) -> str | None:
    """`told` is what the page said of the number: what came meanwhile is read first."""
    if told is None:
        return None
    used = number_used(draft)
    return f"{used}要照这个文号发，请重新打开这一页再签发。" if used and used != told else None
