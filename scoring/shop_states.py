"""States of a redemption at the points shop (积分超市). docs/workflows.md is drawn from these."""

from collections.abc import Mapping, Set

from django.db.models import TextChoices


class RedemptionState(TextChoices):
    HELD = "held", "待领取"
    HANDED_OUT = "handed_out", "已领取"
    CANCELLED = "cancelled", "已取消"
    EXPIRED = "expired", "过期未领"
    REVERSED = "reversed", "已冲回"


REDEMPTION_STEPS: Mapping[str, Set[str]] = {
    RedemptionState.HELD: {
        RedemptionState.HANDED_OUT,
        RedemptionState.CANCELLED,
        RedemptionState.EXPIRED,
    },
    RedemptionState.HANDED_OUT: {RedemptionState.REVERSED},
    RedemptionState.CANCELLED: set(),
    RedemptionState.EXPIRED: set(),
    RedemptionState.REVERSED: set(),
}
"""积分兑换: which state may follow which; a hold ends once."""

TAKEN = (RedemptionState.HELD, RedemptionState.HANDED_OUT)
"""What counts against a gift's limit per deputy."""
