"""States of what follows a review: commendation, reminder talks, advice to resign."""

from collections.abc import Mapping, Set

from django.db.models import TextChoices


class ListState(TextChoices):
    CONFIRMED = "confirmed", "已确定"
    PUBLISHED = "published", "已公布"


LIST_STEPS: Mapping[str, Set[str]] = {
    ListState.CONFIRMED: {ListState.PUBLISHED},
    ListState.PUBLISHED: set(),
}
"""评先表优: which state may follow which. Who is on a list that is confirmed never changes."""


class TalkState(TextChoices):
    SPARED = "spared", "不约谈"
    APPOINTED = "appointed", "待谈话"
    HELD = "held", "待本人签认"
    SIGNED = "signed", "本人已签认"
    UNSIGNED = "unsigned", "未签认，已记明"
    CANCELLED = "cancelled", "已撤销"


TALK_STEPS: Mapping[str, Set[str]] = {
    TalkState.SPARED: {TalkState.APPOINTED},
    TalkState.APPOINTED: {TalkState.HELD, TalkState.CANCELLED},
    TalkState.HELD: {TalkState.SIGNED, TalkState.UNSIGNED},
    TalkState.UNSIGNED: {TalkState.SIGNED},
    TalkState.SIGNED: set(),
    TalkState.CANCELLED: set(),
}
"""提醒约谈: which state may follow which. A talk that was held stays held."""

SPOKEN = (TalkState.HELD, TalkState.SIGNED, TalkState.UNSIGNED)
"""The talk took place, whatever became of the signature."""
CALLED = (TalkState.APPOINTED, *SPOKEN, TalkState.CANCELLED)
"""It has, or had, a day, a place and people."""


class AdviceState(TextChoices):
    OPEN = "open", "核对材料"
    HEARING = "hearing", "听取本人意见"
    ADVISED = "advised", "已劝辞"
    NOT_ADVISED = "not_advised", "不劝辞"
    WITHDRAWN = "withdrawn", "已撤回"
    RESIGNED = "resigned", "已依法辞职"


ADVICE_STEPS: Mapping[str, Set[str]] = {
    AdviceState.OPEN: {AdviceState.HEARING, AdviceState.WITHDRAWN, AdviceState.RESIGNED},
    AdviceState.HEARING: {
        AdviceState.ADVISED,
        AdviceState.NOT_ADVISED,
        AdviceState.WITHDRAWN,
        AdviceState.RESIGNED,
    },
    AdviceState.ADVISED: {AdviceState.WITHDRAWN, AdviceState.RESIGNED},
    AdviceState.NOT_ADVISED: set(),
    AdviceState.WITHDRAWN: set(),
    AdviceState.RESIGNED: set(),
}
"""劝辞程序: which state may follow which. None of them ends a seat: a decision of others does."""

UNDER_WAY = (AdviceState.OPEN, AdviceState.HEARING, AdviceState.ADVISED)
"""What a grade that is put right takes the ground from."""
