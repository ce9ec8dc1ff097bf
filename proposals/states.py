"""提 交 办 督 评: the states of a proposal. docs/workflows.md is drawn from STEPS."""

from collections.abc import Mapping, Set

from django.db.models import TextChoices


class State(TextChoices):
    SUBMITTED = "submitted", "待审查"
    RETURNED = "returned", "退回修改"
    ACCEPTED = "accepted", "待交办"
    ASSIGNED = "assigned", "办理中"
    ANSWERED = "answered", "已答复"
    PUBLISHED = "published", "已公开"


STEPS: Mapping[str, Set[str]] = {
    State.SUBMITTED: {State.ACCEPTED, State.RETURNED},
    State.RETURNED: {State.SUBMITTED},
    State.ACCEPTED: {State.ASSIGNED},
    State.ASSIGNED: {State.ANSWERED},
    State.ANSWERED: {State.PUBLISHED},
    State.PUBLISHED: set(),
}
"""Which state may follow which. A rating is no step: nothing a unit can see may move with it."""

NUMBERED = frozenset({State.ACCEPTED, State.ASSIGNED, State.ANSWERED, State.PUBLISHED})
ANSWERED = frozenset({State.ANSWERED, State.PUBLISHED})
HANDED_OVER = frozenset({State.ASSIGNED, State.ANSWERED, State.PUBLISHED})


class Kind(TextChoices):
    SESSION = "session", "会议期间建议"
    INTERSESSION = "intersession", "闭会期间建议"


class UnitRole(TextChoices):
    LEAD = "lead", "主办"
    ASSISTING = "assisting", "协办"


class Stage(TextChoices):
    """三见面: 办前了解初衷, 办中共同研究, 办后听取意见 (policy text)."""

    BEFORE = "before", "办前见面"
    DURING = "during", "办中见面"
    AFTER = "after", "办后见面"


class Satisfaction(TextChoices):
    SATISFIED = "satisfied", "满意"
    FAIR = "fair", "基本满意"
    UNSATISFIED = "unsatisfied", "不满意"
