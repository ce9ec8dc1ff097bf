"""States of what stations handle. docs/workflows.md is drawn from these."""

from collections.abc import Mapping, Set

from django.db.models import TextChoices


class IssueState(TextChoices):
    OPEN = "open", "办理中"
    SETTLED = "settled", "已办结"


ISSUE_STEPS: Mapping[str, Set[str]] = {
    IssueState.OPEN: {IssueState.SETTLED},
    IssueState.SETTLED: set(),
}
"""民情事项: which state may follow which."""
