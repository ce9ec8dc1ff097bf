"""提 交 办 督 评: the states of a proposal and its parts. docs/workflows.md draws them."""

from collections.abc import Mapping, Set

from django.db.models import TextChoices


class State(TextChoices):
    SIGNING = "signing", "征集附议"
    SUBMITTED = "submitted", "待审查"
    RETURNED = "returned", "退回修改"
    ACCEPTED = "accepted", "待交办"
    REHEARSED = "rehearsed", "预交办"
    MERGED = "merged", "并案办理"
    ASSIGNED = "assigned", "办理中"
    ANSWERED = "answered", "已答复"
    PUBLISHED = "published", "已公开"
    REFUSED = "refused", "不予受理"
    LETTER = "letter", "转作来信"
    WITHDRAWN = "withdrawn", "已撤回"


STEPS: Mapping[str, Set[str]] = {
    State.SIGNING: {State.SUBMITTED, State.WITHDRAWN},
    State.SUBMITTED: {
        State.ACCEPTED,
        State.RETURNED,
        State.REFUSED,
        State.LETTER,
        State.WITHDRAWN,
    },
    State.RETURNED: {
        State.SUBMITTED,
        State.WITHDRAWN,
        *(State.ACCEPTED, State.REFUSED, State.LETTER),  # the office, once no lead can mend it
    },
    State.ACCEPTED: {State.REHEARSED, State.MERGED, State.ASSIGNED, State.WITHDRAWN},
    State.REHEARSED: {State.ACCEPTED, State.ASSIGNED, State.WITHDRAWN},
    State.MERGED: {State.ACCEPTED, State.ANSWERED, State.WITHDRAWN},
    State.ASSIGNED: {State.ANSWERED, State.WITHDRAWN},
    State.ANSWERED: {State.PUBLISHED},
    State.PUBLISHED: set(),
    State.REFUSED: set(),
    State.LETTER: set(),
    State.WITHDRAWN: set(),
}
"""Which state may follow which. A rating is no step: nothing a unit can see may move with it."""

ANSWERED = frozenset({State.ANSWERED, State.PUBLISHED})
HANDED_OVER = frozenset({State.ASSIGNED, *ANSWERED})
HANDLED_ALONG = frozenset({State.MERGED, *ANSWERED})
"""Of one that has been merged: it is still, or was until the common reply."""
IN_REVIEW = frozenset({State.SUBMITTED, State.RETURNED})
BEFORE_NUMBER = frozenset({State.SIGNING, *IN_REVIEW, State.REFUSED, State.LETTER})
"""Never numbered. A withdrawn one keeps the number that it may have had."""
BEFORE_HANDOVER = frozenset({State.ACCEPTED, State.REHEARSED})
"""Numbered and with no unit yet: into these others are merged."""
NUMBERED = frozenset({*BEFORE_HANDOVER, State.MERGED, *HANDED_OVER})
OPEN_TO_SIGNERS = frozenset({State.SIGNING, State.SUBMITTED})


class Kind(TextChoices):
    SESSION = "session", "会议期间建议"
    INTERSESSION = "intersession", "闭会期间建议"
    CAMPAIGN = "campaign", "代表行动意见建议"
    BILL = "bill", "议案"


class UnitRole(TextChoices):
    """承办方式. Lead and separate units answer the deputy; joint ones sign with the lead."""

    LEAD = "lead", "主办"
    JOINT = "joint", "会办"
    SEPARATE = "separate", "分办"
    ASSISTING = "assisting", "协办"


ANSWERING = frozenset({UnitRole.LEAD, UnitRole.SEPARATE})
"""Who meets the deputy and replies."""
OPINING = frozenset({UnitRole.JOINT, UnitRole.ASSISTING})
"""Who writes to the lead unit, never to the deputy."""


class Signature(TextChoices):
    STANDING = "standing", "有效"
    WITHDRAWN = "withdrawn", "已撤回"
    OUTDATED = "outdated", "正文改过，待重新附议"
    EXPIRED = "expired", "已过期"
    LEFT = "left", "提出时不在任"


SIGNATURE_STEPS: Mapping[str, Set[str]] = {
    Signature.STANDING: {
        *(Signature.WITHDRAWN, Signature.OUTDATED),
        *(Signature.EXPIRED, Signature.LEFT),
    },
    Signature.WITHDRAWN: set(),
    Signature.OUTDATED: set(),
    Signature.EXPIRED: set(),
    Signature.LEFT: set(),
}


class InvitationState(TextChoices):
    ASKED = "asked", "等对方答复"
    SIGNED = "signed", "已附议"
    DECLINED = "declined", "不附议"
    WITHDRAWN = "withdrawn", "已取消"
    LAPSED = "lapsed", "已终止"


INVITATION_STEPS: Mapping[str, Set[str]] = {
    InvitationState.ASKED: {
        InvitationState.SIGNED,
        InvitationState.DECLINED,
        InvitationState.WITHDRAWN,
        InvitationState.LAPSED,
    },
    InvitationState.SIGNED: set(),
    InvitationState.DECLINED: {InvitationState.SIGNED},
    InvitationState.WITHDRAWN: set(),
    InvitationState.LAPSED: set(),
}
"""Whoever has said no may still sign; nobody asks them again.

One that nobody has answered ends by itself once its proposal is decided or taken back.
"""


class Part(TextChoices):
    """One unit's part in one proposal."""

    DRAFTED = "drafted", "拟交办"
    PLANNED = "planned", "预交办"
    HANDED = "handed", "待签收"
    RECEIVED = "received", "办理中"
    OBJECTED = "objected", "有异议"
    DONE = "done", "已办结"
    SIGNED_ALONG = "signed_along", "已会签"
    SILENT = "silent", "未送意见"
    REMOVED = "removed", "不再承办"


ENDED_ALONG = frozenset({Part.SIGNED_ALONG, Part.SILENT})
"""会办、协办 that sent no opinion, once the deputy is answered: it has signed the reply, or not."""

PART_STEPS: Mapping[str, Set[str]] = {
    Part.DRAFTED: {Part.PLANNED, Part.HANDED, Part.REMOVED},
    Part.PLANNED: {Part.OBJECTED, Part.HANDED, Part.REMOVED},
    Part.HANDED: {Part.RECEIVED, Part.OBJECTED, Part.DONE, *ENDED_ALONG, Part.REMOVED},
    Part.RECEIVED: {Part.OBJECTED, Part.DONE, *ENDED_ALONG, Part.REMOVED},
    Part.OBJECTED: {Part.PLANNED, Part.HANDED, Part.RECEIVED, *ENDED_ALONG, Part.REMOVED},
    Part.DONE: set(),
    Part.SIGNED_ALONG: set(),
    Part.SILENT: set(),
    Part.REMOVED: set(),
}
"""A part objected to goes back to where it was, or to another unit."""

IN_HAND = frozenset({Part.HANDED, Part.RECEIVED, Part.DONE, *ENDED_ALONG})
"""Handed over for good: the clock runs or has run."""
SHOWN_TO_UNIT = frozenset({Part.PLANNED, Part.OBJECTED, *IN_HAND})
RUNNING = frozenset({Part.HANDED, Part.RECEIVED, Part.OBJECTED})
"""From 交办 on the clock runs in these: an objection does not stop it."""
ANSWERABLE = RUNNING - {Part.OBJECTED}
"""A unit meets, writes and signs in these; what it objects to it does not."""
AGAIN = frozenset({State.ASSIGNED, State.ANSWERED})
"""While the proposal is in these, whoever has answered may answer once more."""
HANDED = IN_HAND | RUNNING
"""Handed over and not given back, an objection or not."""


class Sending(TextChoices):
    """What reaches a unit: the rehearsal sheet first, then its part for good."""

    REHEARSAL = "rehearsal", "预交办"
    HANDOVER = "handover", "交办"


class ObjectionState(TextChoices):
    OPEN = "open", "待答复"
    UPHELD = "upheld", "已改交"
    DISMISSED = "dismissed", "不予采纳"
    LAPSED = "lapsed", "已终止"


OBJECTION_STEPS: Mapping[str, Set[str]] = {
    ObjectionState.OPEN: {
        ObjectionState.UPHELD,
        ObjectionState.DISMISSED,
        ObjectionState.LAPSED,
    },
    ObjectionState.UPHELD: set(),
    ObjectionState.DISMISSED: set(),
    ObjectionState.LAPSED: set(),
}
"""One that nobody has answered ends by itself once the proposal is withdrawn."""


class SheetState(TextChoices):
    DRAFTED = "drafted", "拟交办"
    REHEARSED = "rehearsed", "征求单位意见"
    SETTLED = "settled", "已交办"
    DROPPED = "dropped", "已收回"


SHEET_STEPS: Mapping[str, Set[str]] = {
    SheetState.DRAFTED: {SheetState.REHEARSED, SheetState.DROPPED},
    SheetState.REHEARSED: {SheetState.SETTLED, SheetState.DROPPED},
    SheetState.SETTLED: set(),
    SheetState.DROPPED: set(),
}


class ExtensionState(TextChoices):
    ASKED = "asked", "待批准"
    GRANTED = "granted", "已批准"
    REFUSED = "refused", "不同意"
    LAPSED = "lapsed", "已终止"


EXTENSION_STEPS: Mapping[str, Set[str]] = {
    ExtensionState.ASKED: {
        ExtensionState.GRANTED,
        ExtensionState.REFUSED,
        ExtensionState.LAPSED,
    },
    ExtensionState.GRANTED: set(),
    ExtensionState.REFUSED: set(),
    ExtensionState.LAPSED: set(),
}
"""A request ends by itself once its part is answered, goes to another unit or is withdrawn."""


class Distance(TextChoices):
    """How far a part is from its last day when somebody is reminded of it."""

    NEAR = "near", "临近"
    URGENT = "urgent", "快到期"
    TODAY = "today", "今天到期"
    LATE = "late", "超期"
    ESCALATED = "escalated", "超期已久"


class DraftState(TextChoices):
    WRITTEN = "written", "起草中"
    TO_SIGN = "to_sign", "待签发"
    ISSUED = "issued", "已发出"


DRAFT_STEPS: Mapping[str, Set[str]] = {
    DraftState.WRITTEN: {DraftState.TO_SIGN},
    DraftState.TO_SIGN: {DraftState.WRITTEN, DraftState.ISSUED},
    DraftState.ISSUED: set(),
}


class Stage(TextChoices):
    """三见面: 办前了解初衷, 办中共同研究, 办后听取意见 (policy text)."""

    BEFORE = "before", "办前见面"
    DURING = "during", "办中见面"
    AFTER = "after", "办后见面"


class Side(TextChoices):
    """Who wrote a meeting down; the other side confirms it."""

    UNIT = "unit", "承办单位"
    DEPUTY = "deputy", "代表"


class VolumeState(TextChoices):
    ASKED = "asked", "正在生成"
    MADE = "made", "已生成"
    FAILED = "failed", "没有生成成功"


VOLUME_STEPS: Mapping[str, Set[str]] = {
    VolumeState.ASKED: {VolumeState.MADE, VolumeState.FAILED},
    VolumeState.MADE: {VolumeState.ASKED},
    VolumeState.FAILED: {VolumeState.ASKED},
}
