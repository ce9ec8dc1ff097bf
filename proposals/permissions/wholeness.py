"""答复稿自己说的对不对得上: its classes among each other, what shows them, and its 文号."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from congress.shared.names import says_something
from proposals.models import DraftAnswer, ReplyDraft
from proposals.models.reference import SOLVED

FILE_NUMBER = re.compile(r"\S+〔20\d{2}〕\s?[1-9]\d{0,4}\s?号")


class Lack(NamedTuple):
    """One thing that keeps the reply back, and the place on the page where it is mended."""

    words: str
    place: str


def contradictions(draft: ReplyDraft) -> list[Lack]:
    """Everything in which the draft is at odds with itself or with how a letter is written."""
    answers = list(draft.answers.select_related("outcome", "ask__proposal"))
    return [*_unshown(draft, answers), *_at_odds(draft, answers), *_misnumbered(draft)]


def _unshown(draft: ReplyDraft, answers: Sequence[DraftAnswer]) -> list[Lack]:
    """已解决 of an ask is shown: what says so, or a picture."""
    pictured = {each.ask_id for each in draft.exhibits.all()}
    return [
        Lack(f"{each.label}定为 {SOLVED} 类，要写依据或者加照片", f"ask-{each.ask_id}")
        for each in answers
        if each.outcome
        and each.outcome.code == SOLVED
        and each.ask_id not in pictured
        and not says_something(each.evidence)
    ]


def _at_odds(draft: ReplyDraft, answers: Sequence[DraftAnswer]) -> list[Lack]:
    """整件按最低一类算: the whole is what its least ask is, neither better nor worse."""
    classes = [each.outcome for each in answers if each.outcome]
    lowest = max(classes, key=lambda each: each.position, default=None)
    if lowest is None or draft.outcome is None or draft.outcome == lowest:
        return []
    words = f"结果类别选了 {draft.outcome.code} 类，整件按各条里最低的 {lowest.code} 类算"
    return [Lack(words, "id_outcome")]


def _misnumbered(draft: ReplyDraft) -> list[Lack]:
    number = draft.file_number.strip()
    if not says_something(number) or FILE_NUMBER.fullmatch(number):
        return []
    return [Lack("文号要写成“竹交函〔2026〕18 号”这样", "id_file_number")]
