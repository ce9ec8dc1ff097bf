"""督: the states of key supervision, its three questions and visits of committees."""

from collections.abc import Mapping, Set

from django.db.models import TextChoices


class KeyKind(TextChoices):
    """Who supervises (policy text)."""

    DIRECTORS = "directors", "主任会议集体督办"
    LEADER = "leader", "常委会领导领衔督办"
    MEDIA = "media", "媒体舆论督办"


class KeyState(TextChoices):
    STANDING = "standing", "重点督办中"
    ENDED = "ended", "督办结束"
    TAKEN_BACK = "taken_back", "已撤销"


KEY_STEPS: Mapping[str, Set[str]] = {
    KeyState.STANDING: {KeyState.ENDED, KeyState.TAKEN_BACK},
    KeyState.ENDED: set(),
    KeyState.TAKEN_BACK: set(),
}
"""Taken back as if it had never been decided, while nobody has answered a question."""


class QuestionStage(TextChoices):
    """三问: 年初问安排、年中问进展、年末问成效 (policy text)."""

    PLAN = "plan", "年初问安排"
    PROGRESS = "progress", "年中问进展"
    RESULT = "result", "年末问成效"


class QuestionState(TextChoices):
    PLANNED = "planned", "还没到时候"
    ASKED = "asked", "等单位回答"
    ANSWERED = "answered", "已回答"
    SENT_BACK = "sent_back", "答得不实，等单位再答"
    LAPSED = "lapsed", "不再问"


QUESTION_STEPS: Mapping[str, Set[str]] = {
    QuestionState.PLANNED: {QuestionState.ASKED, QuestionState.LAPSED},
    QuestionState.ASKED: {QuestionState.ASKED, QuestionState.ANSWERED, QuestionState.LAPSED},
    QuestionState.ANSWERED: {QuestionState.SENT_BACK},
    QuestionState.SENT_BACK: {QuestionState.ASKED, QuestionState.ANSWERED, QuestionState.LAPSED},
    QuestionState.LAPSED: set(),
}
"""Sent back once: the second answer stands as it is, for everybody to read.

Asked again while it waits: the proposal has gone to another unit, and the question goes along.
"""

QUESTION_WAITS = frozenset({QuestionState.ASKED, QuestionState.SENT_BACK})
"""On the unit's desk."""
QUESTION_OPEN = QUESTION_WAITS | {QuestionState.PLANNED}


class InspectionState(TextChoices):
    PLANNED = "planned", "准备去"
    MADE = "made", "已检查"
    DROPPED = "dropped", "已取消"


INSPECTION_STEPS: Mapping[str, Set[str]] = {
    InspectionState.PLANNED: {InspectionState.MADE, InspectionState.DROPPED},
    InspectionState.MADE: set(),
    InspectionState.DROPPED: set(),
}


class Finding(TextChoices):
    """What a committee saw of a proposal, beside what the unit says of it."""

    TRUE = "true", "属实"
    DIFFERS = "differs", "有出入"
    UNDONE = "undone", "没做"
