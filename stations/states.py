"""States of what stations handle. docs/workflows.md is drawn from these."""

from collections.abc import Mapping, Set

from django.db.models import TextChoices


class StationState(TextChoices):
    OPEN = "open", "开放"
    CLOSED = "closed", "已撤并"


STATION_STEPS: Mapping[str, Set[str]] = {
    StationState.OPEN: {StationState.CLOSED},
    StationState.CLOSED: set(),
}
"""家站: one that is closed stays closed; its successor goes on for it."""


class IssueState(TextChoices):
    OPEN = "open", "办理中"
    SETTLED = "settled", "已办结"


ISSUE_STEPS: Mapping[str, Set[str]] = {
    IssueState.OPEN: {IssueState.SETTLED},
    IssueState.SETTLED: set(),
}
"""民情事项: which state may follow which."""


class SlotState(TextChoices):
    PLANNED = "planned", "待轮值"
    ATTENDED = "attended", "已到岗"
    ABSENT = "absent", "缺岗"
    GIVEN_UP = "given_up", "已让出"


SLOT_STEPS: Mapping[str, Set[str]] = {
    SlotState.PLANNED: {SlotState.ATTENDED, SlotState.ABSENT, SlotState.GIVEN_UP},
    SlotState.ATTENDED: {SlotState.ABSENT},
    SlotState.ABSENT: {SlotState.ATTENDED},
    SlotState.GIVEN_UP: set(),
}
"""轮值: what the desk noted may be put right; a turn given up is taken by a row of its own."""


class SwapState(TextChoices):
    ASKED = "asked", "等对方答复"
    AGREED = "agreed", "已换班"
    REFUSED = "refused", "对方不同意"
    WITHDRAWN = "withdrawn", "已撤回"
    LAPSED = "lapsed", "逾期作废"


SWAP_STEPS: Mapping[str, Set[str]] = {
    SwapState.ASKED: {
        SwapState.AGREED,
        SwapState.REFUSED,
        SwapState.WITHDRAWN,
        SwapState.LAPSED,
    },
    SwapState.AGREED: set(),
    SwapState.REFUSED: set(),
    SwapState.WITHDRAWN: set(),
    SwapState.LAPSED: set(),
}
"""换班: which state may follow which."""
