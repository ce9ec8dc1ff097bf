"""States of what is said against a grade, and of what changes one. docs/workflows.md shows them."""

from collections.abc import Mapping, Set

from django.db.models import TextChoices


class GradeObjectionState(TextChoices):
    OPEN = "open", "待答复"
    UPHELD = "upheld", "成立"
    DISMISSED = "dismissed", "不成立"
    WITHDRAWN = "withdrawn", "已撤回"


GRADE_OBJECTION_STEPS: Mapping[str, Set[str]] = {
    GradeObjectionState.OPEN: {
        GradeObjectionState.UPHELD,
        GradeObjectionState.DISMISSED,
        GradeObjectionState.WITHDRAWN,
    },
    GradeObjectionState.UPHELD: {GradeObjectionState.OPEN},
    GradeObjectionState.DISMISSED: set(),
    GradeObjectionState.WITHDRAWN: set(),
}
"""公示异议: an upheld one waits anew when the second person does not confirm its amendment."""


class AmendmentState(TextChoices):
    PROPOSED = "proposed", "待另一人确认"
    CONFIRMED = "confirmed", "已更正"
    DROPPED = "dropped", "没有确认"


AMENDMENT_STEPS: Mapping[str, Set[str]] = {
    AmendmentState.PROPOSED: {AmendmentState.CONFIRMED, AmendmentState.DROPPED},
    AmendmentState.CONFIRMED: set(),
    AmendmentState.DROPPED: set(),
}
"""等次更正: proposed by the director, confirmed by another person; nothing is ever undone."""


class ObjectionKind(TextChoices):
    """Who says it: the deputy about the own result, or a letter that the office registers."""

    OWN = "own", "本人异议"
    LETTER = "letter", "来信"


class VetoSource(TextChoices):
    """Whence a veto is known: read from the records, or entered at the decision."""

    RECORDS = "records", "系统核对"
    TYPED = "typed", "评定时录入"
