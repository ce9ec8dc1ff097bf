"""States of rule books, the yearly review and appeals. docs/workflows.md is drawn from these."""

from collections.abc import Mapping, Set

from django.db.models import TextChoices


class BookState(TextChoices):
    DRAFT = "draft", "草案"
    ADOPTED = "adopted", "已启用"
    DROPPED = "dropped", "已放弃"


BOOK_STEPS: Mapping[str, Set[str]] = {
    BookState.DRAFT: {BookState.ADOPTED, BookState.DROPPED},
    BookState.ADOPTED: set(),
    BookState.DROPPED: set(),
}
"""积分规则书: which state may follow which. What is adopted or dropped is never changed."""


class CycleState(TextChoices):
    OPEN = "open", "征集意见"
    GATHERED = "gathered", "待评定"
    DECIDED = "decided", "公示中"
    FINAL = "final", "正在归档"
    SEALED = "sealed", "已归档"


CYCLE_STEPS: Mapping[str, Set[str]] = {
    CycleState.OPEN: {CycleState.GATHERED},
    CycleState.GATHERED: {CycleState.DECIDED},
    CycleState.DECIDED: {CycleState.FINAL},
    CycleState.FINAL: {CycleState.SEALED},
    CycleState.SEALED: set(),
}
"""年度评价: which state may follow which. There is no way back: grades change by amendment."""

UNDECIDED = (CycleState.OPEN, CycleState.GATHERED)
"""The committee has not spoken: the year's ledger is open."""
TOLD = (CycleState.FINAL, CycleState.SEALED)
"""Publicity is over: everybody has been told their result, and reads what was said of them."""


class AppealState(TextChoices):
    OPEN = "open", "处理中"
    UPHELD = "upheld", "成立"
    DISMISSED = "dismissed", "不成立"
    WITHDRAWN = "withdrawn", "已撤回"


ANSWERED = (AppealState.UPHELD, AppealState.DISMISSED)

APPEAL_STEPS: Mapping[str, Set[str]] = {
    AppealState.OPEN: {AppealState.UPHELD, AppealState.DISMISSED, AppealState.WITHDRAWN},
    AppealState.UPHELD: set(),
    AppealState.DISMISSED: set(),
    AppealState.WITHDRAWN: set(),
}
"""积分异议: which state may follow which."""


class Step(TextChoices):
    """自评、核校、参评、评定 (policy text, 亮星式评价)."""

    SELF = "self", "本人自评"
    GROUP = "group", "小组核校"
    TOWNSHIP = "township", "乡镇参评"
    COMMITTEE = "committee", "常委会评定"


class Stage(TextChoices):
    """The year's stages with days of their own: the four parties' and 公示."""

    SELF = Step.SELF.value, Step.SELF.label
    GROUP = Step.GROUP.value, Step.GROUP.label
    TOWNSHIP = Step.TOWNSHIP.value, Step.TOWNSHIP.label
    COMMITTEE = Step.COMMITTEE.value, Step.COMMITTEE.label
    PUBLICITY = "publicity", "公示"


OPINIONS = (Stage.SELF, Stage.GROUP, Stage.TOWNSHIP)
"""三方意见: the stages in which opinions are given, blind to each other."""
