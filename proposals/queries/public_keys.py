"""重点督办 on public pages, by an allow-list."""

from datetime import date
from typing import NamedTuple

from congress.shared.personal_numbers import masked
from proposals.models import KeySupervision, Proposal
from proposals.queries.clocks import day
from proposals.queries.supervision import loaded
from proposals.supervision_states import QUESTION_WAITS, KeyState, QuestionState


class PublicAnswer(NamedTuple):
    """One answered question, as everybody may read it."""

    stage: str
    when: str
    unit: str
    words: str


class PublicKey(NamedTuple):
    """重点督办 on a public page: no comment, nothing sent back, of a site its place alone."""

    year: int
    who: str
    over: str
    answers: tuple[PublicAnswer, ...]
    planned: tuple[str, ...]
    sites: tuple[str, ...]


def public_keys(proposal: Proposal, today: date) -> tuple[PublicKey, ...]:
    """By an allow-list; of what was taken back nothing."""
    rows = loaded().decided().filter(proposal=proposal)
    return tuple(_public(row, today) for row in rows)


def _public(row: KeySupervision, today: date) -> PublicKey:
    answered, planned = [], []
    for each in row.questions.all():
        answer, stage = each.answer, each.get_stage_display()
        if each.state == QuestionState.ANSWERED and answer:
            when, unit = day(answer.answered_on, today), each.unit.name if each.unit else ""
            answered.append(PublicAnswer(stage, when, unit, masked(answer.text)))
        elif each.state in QUESTION_WAITS:
            planned.append(f"{stage}：{day(each.due_on, today)}前回答")
        elif each.state == QuestionState.PLANNED:
            planned.append(f"{stage}：{day(each.ask_on, today)}问")
    sites = (f"{day(each.went_on, today)}到{masked(each.place)}" for each in row.site_notes.all())
    over = f"{day(row.ended_on, today)}督办结束" if row.state == KeyState.ENDED else ""
    return PublicKey(row.year, row.who, over, tuple(answered), tuple(planned), tuple(sites))
