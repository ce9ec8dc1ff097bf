"""回头看: the states of what is promised, looked at again, upgraded and raised again."""

from collections.abc import Mapping, Set

from django.db.models import TextChoices


class PromiseState(TextChoices):
    DUE = "due", "未到期"
    REPORTED = "reported", "已报，待核实"
    MISSED = "missed", "逾期未兑现"
    CONFIRMED = "confirmed", "已兑现"
    REPLACED = "replaced", "由新的答复代替"


PROMISE_STEPS: Mapping[str, Set[str]] = {
    PromiseState.DUE: {PromiseState.REPORTED, PromiseState.MISSED, PromiseState.REPLACED},
    PromiseState.REPORTED: {
        PromiseState.CONFIRMED,
        PromiseState.DUE,
        PromiseState.MISSED,
        PromiseState.REPLACED,
    },
    PromiseState.MISSED: {PromiseState.REPORTED, PromiseState.DUE, PromiseState.REPLACED},
    PromiseState.CONFIRMED: set(),
    PromiseState.REPLACED: set(),
}
"""What is sent back is due again, or missed still; one whose day is over is missed by itself."""

OPEN_STEPS = frozenset({PromiseState.DUE, PromiseState.REPORTED, PromiseState.MISSED})
"""Still to be kept, or to be confirmed."""


class Cause(TextChoices):
    """Why something is looked at again."""

    MISSED = "missed", "承诺逾期"
    YEARLY = "yearly", "每年回头看"
    BY_HAND = "by_hand", "人大提出"


class LookBackState(TextChoices):
    OPEN = "open", "待单位报告"
    REPORTED = "reported", "待了结"
    KEPT = "kept", "继续落实"
    FULFILLED = "fulfilled", "已兑现"
    UPGRADED = "upgraded", "已转类"
    HANDED = "handed", "转重新办理"
    REPLACED = "replaced", "由新的答复代替"


LOOK_BACK_ENDS = frozenset(
    {
        LookBackState.KEPT,
        LookBackState.FULFILLED,
        LookBackState.UPGRADED,
        LookBackState.HANDED,
        LookBackState.REPLACED,
    }
)
LOOK_BACK_STEPS: Mapping[str, Set[str]] = {
    LookBackState.OPEN: {LookBackState.REPORTED, *LOOK_BACK_ENDS},
    LookBackState.REPORTED: LOOK_BACK_ENDS,
    **{state: set() for state in LookBackState if state in LOOK_BACK_ENDS},
    LookBackState.HANDED: {LookBackState.REPORTED},
}
"""The office need not wait for a unit that says nothing; what it hands over and does not order
comes back to be settled."""


class UpgradeState(TextChoices):
    ASKED = "asked", "待核实"
    CONFIRMED = "confirmed", "已核实"
    REFUSED = "refused", "不同意"
    REPLACED = "replaced", "由新的答复代替"


UPGRADE_STEPS: Mapping[str, Set[str]] = {
    UpgradeState.ASKED: {
        UpgradeState.CONFIRMED,
        UpgradeState.REFUSED,
        UpgradeState.REPLACED,
    },
    UpgradeState.CONFIRMED: set(),
    UpgradeState.REFUSED: set(),
    UpgradeState.REPLACED: set(),
}


class ChallengeState(TextChoices):
    FOUND = "found", "待认定"
    DISMISSED = "dismissed", "不是同一件"
    CONFIRMED = "confirmed", "待单位说明"
    EXPLAINED = "explained", "待了结"
    STANDS = "stands", "办结成立"
    REVOKED = "revoked", "撤销已解决"


CHALLENGE_STEPS: Mapping[str, Set[str]] = {
    ChallengeState.FOUND: {ChallengeState.CONFIRMED, ChallengeState.DISMISSED},
    ChallengeState.DISMISSED: set(),
    ChallengeState.CONFIRMED: {
        ChallengeState.EXPLAINED,
        ChallengeState.STANDS,
        ChallengeState.REVOKED,
    },
    ChallengeState.EXPLAINED: {ChallengeState.STANDS, ChallengeState.REVOKED},
    ChallengeState.STANDS: set(),
    ChallengeState.REVOKED: set(),
}

RAISED_AGAIN = frozenset(
    {
        ChallengeState.CONFIRMED,
        ChallengeState.EXPLAINED,
        ChallengeState.STANDS,
        ChallengeState.REVOKED,
    }
)
"""又被提出: people have said that it is the same matter, whatever comes of it."""
