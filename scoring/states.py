"""States of the yearly review. docs/workflows.md is drawn from CYCLE_STEPS."""

from collections.abc import Mapping, Set

from django.db.models import TextChoices


class CycleState(TextChoices):
    OPEN = "open", "征集意见"
    DECIDED = "decided", "正在归档"
    SEALED = "sealed", "已归档"


CYCLE_STEPS: Mapping[str, Set[str]] = {
    CycleState.OPEN: {CycleState.DECIDED},
    CycleState.DECIDED: {CycleState.SEALED},
    CycleState.SEALED: set(),
}
"""年度评价: which state may follow which."""


class Step(TextChoices):
    """自评、核校、参评、评定 (policy text, 亮星式评价)."""

    SELF = "self", "本人自评"
    GROUP = "group", "小组核校"
    TOWNSHIP = "township", "乡镇参评"
    COMMITTEE = "committee", "常委会评定"
