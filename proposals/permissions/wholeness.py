"""答复稿自己说的对不对得上: its classes among each other, what shows them, and its 文号."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from congress.shared import clock
from congress.shared.names import says_something, shows_something
from proposals.models import DraftAnswer, OutcomeClass, ReplyDraft
from proposals.models.promises import Step, plan_of
from proposals.models.reference import Meaning, holds_on

FILE_NUMBER = re.compile(r"\S+〔20\d{2}〕\s?[1-9]\d{0,4}\s?号")


MISNUMBERED = "文号要写全代字、年份和序号，像“×函〔2026〕18号”这样"


class Lack(NamedTuple):
    """One thing that keeps the reply back, and the place on the page where it is mended."""

    words: str
    place: str


def contradictions(draft: ReplyDraft, today: date) -> list[Lack]:
    """Everything in which the draft is at odds with itself or with how a letter is written."""
    answers = list(draft.answers.select_related("outcome", "ask__proposal"))
    return [
        *_retired(draft, answers),
        *_unshown(draft, answers),
        *_unpromised(draft, answers, today),
        *_at_odds(draft, answers),
        *_misnumbered(draft),
    ]


def lowest(classes: Iterable[OutcomeClass | None]) -> OutcomeClass | None:
    """整件的类别: the whole is what its least ask is, neither better nor worse."""
    found = [each for each in classes if each]
    return max(found, key=lambda each: each.position, default=None)


def _retired(draft: ReplyDraft, answers: Sequence[DraftAnswer]) -> list[Lack]:
    """A class that was in force when the draft was kept, and is no more."""
    today = clock.today()
    found = [(f"{each.label}的", each.outcome, f"ask-{each.ask_id}") for each in answers]
    found += [] if answers else [("整件的", draft.outcome, "id_outcome")]
    return [
        Lack(f"{whose} {outcome.code} 类已经停用，请另选一类", place)
        for whose, outcome, place in found
        if outcome and not holds_on(outcome, today)
    ]


def _unshown(draft: ReplyDraft, answers: Sequence[DraftAnswer]) -> list[Lack]:
    """已解决 of an ask is shown: what says so, or a picture."""
    pictured = {each.ask_id for each in draft.exhibits.all()}
    return [
        Lack(f"{each.label}定为 {each.outcome.code} 类，要写依据或者加照片", f"ask-{each.ask_id}")
        for each in answers
        if each.outcome
        and each.outcome.meaning == Meaning.SOLVED
        and each.ask_id not in pictured
        and not says_something(each.evidence)
    ]


def _unpromised(draft: ReplyDraft, answers: Sequence[DraftAnswer], today: date) -> list[Lack]:
    """正在解决的要承诺: one dated step at least, every one whole, none of a day that is over.

    A step of anything else is no promise: what is solved is shown, what waits is looked at again.
    """
    plan = plan_of(draft)
    found: list[tuple[str, OutcomeClass | None, int | None, str]] = [
        (each.label, each.outcome, each.ask_id, f"ask-{each.ask_id}") for each in answers
    ]
    return [
        Lack(f"{label}{words}", place)
        for label, outcome, ask, place in found or [("整件", draft.outcome, None, "id_outcome")]
        if outcome and (words := _why_no_plan(outcome, plan.get(ask, ()), today))
    ]


def _why_no_plan(outcome: OutcomeClass, steps: Sequence[Step], today: date) -> str:
    if outcome.meaning != Meaning.PLANNED:
        code = f"定为 {outcome.code} 类"
        return f"{code}，不用写承诺，请清空承诺的步骤" if steps else ""
    if not steps:
        return f"定为 {outcome.code} 类，要承诺至少一步：哪天办到、办到什么"
    if not all(each.is_whole for each in steps):
        return "的承诺每一步都要写哪天办到、办到什么"
    if any(each.due_on and each.due_on <= today for each in steps):
        return "的承诺要写今天以后的日期"
    return ""


def _at_odds(draft: ReplyDraft, answers: Sequence[DraftAnswer]) -> list[Lack]:
    """整件按最低一类算: one that was kept before its class followed is saved once more."""
    least = lowest(each.outcome for each in answers)
    if least is None or draft.outcome is None or draft.outcome == least:
        return []
    words = f"整件记的是 {draft.outcome.code} 类，应按各条里最低的 {least.code} 类算，请再保存一次"
    return [Lack(words, "id_outcome")]


def misnumbered(number: str) -> bool:
    """Whether a 文号 is there and is not whole (GB/T 9704: 机关代字、年份、发文顺序号)."""
    return shows_something(number) and not FILE_NUMBER.fullmatch(number.strip())


def _misnumbered(draft: ReplyDraft) -> list[Lack]:
    return [Lack(MISNUMBERED, "id_file_number")] if misnumbered(draft.file_number) else []
