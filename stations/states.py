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


class VisitState(TextChoices):
    TAKEN = "taken", "已登记"
    WITHDRAWN = "withdrawn", "已撤回"


VISIT_STEPS: Mapping[str, Set[str]] = {
    VisitState.TAKEN: {VisitState.WITHDRAWN},
    VisitState.WITHDRAWN: set(),
}
"""来访登记: one taken down by mistake is withdrawn with its reason, and stays."""


class IssueState(TextChoices):
    RECEIVED = "received", "待分流"
    OPEN = "open", "办理中"
    SETTLED = "settled", "待告知群众"
    TOLD = "told", "已告知群众"
    WITHDRAWN = "withdrawn", "已撤回"


ISSUE_STEPS: Mapping[str, Set[str]] = {
    IssueState.RECEIVED: {IssueState.OPEN, IssueState.SETTLED, IssueState.WITHDRAWN},
    IssueState.OPEN: {IssueState.SETTLED},
    IssueState.SETTLED: {IssueState.TOLD},
    IssueState.TOLD: set(),
    IssueState.WITHDRAWN: set(),
}
"""民情事项: by one of five routes to its result, and only over when the voter knows of it."""


class CouncilState(TextChoices):
    NOTED = "noted", "已登记"
    WITHDRAWN = "withdrawn", "已撤回"


COUNCIL_STEPS: Mapping[str, Set[str]] = {
    CouncilState.NOTED: {CouncilState.WITHDRAWN},
    CouncilState.WITHDRAWN: set(),
}
"""议事: what was taken down by mistake is withdrawn with its reason."""


class MatterState(TextChoices):
    AGREED = "agreed", "议定"
    DONE = "done", "已办成"
    DROPPED = "dropped", "没有办成"


MATTER_STEPS: Mapping[str, Set[str]] = {
    MatterState.AGREED: {MatterState.DONE, MatterState.DROPPED},
    MatterState.DONE: set(),
    MatterState.DROPPED: set(),
}
"""议定事项: what people agreed on is done, or it is said why not."""


class FindingState(TextChoices):
    FOUND = "found", "待交办"
    HANDED = "handed", "办理中"
    SOLVED = "solved", "已解决"
    DECLINED = "declined", "不予采纳"
    WITHDRAWN = "withdrawn", "已撤回"


FINDING_STEPS: Mapping[str, Set[str]] = {
    FindingState.FOUND: {
        FindingState.HANDED,
        FindingState.SOLVED,
        FindingState.DECLINED,
        FindingState.WITHDRAWN,
    },
    FindingState.HANDED: {FindingState.SOLVED, FindingState.DECLINED},
    FindingState.SOLVED: set(),
    FindingState.DECLINED: set(),
    FindingState.WITHDRAWN: set(),
}
"""发现的问题: what is small is solved at once; what is handed on ends with result or reason."""


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


class ActivityState(TextChoices):
    CALLED = "called", "已通知"
    HELD = "held", "已举行"
    CALLED_OFF = "called_off", "已取消"


ACTIVITY_STEPS: Mapping[str, Set[str]] = {
    ActivityState.CALLED: {ActivityState.HELD, ActivityState.CALLED_OFF},
    ActivityState.HELD: set(),
    ActivityState.CALLED_OFF: set(),
}
"""活动: called and then held or called off; many are only registered once they were held."""


class InviteeState(TextChoices):
    ASKED = "asked", "等答复"
    COMING = "coming", "报名参加"
    LEAVE_ASKED = "leave_asked", "请假待批"
    LEAVE_GRANTED = "leave_granted", "准假"
    LEAVE_REFUSED = "leave_refused", "不准假"


INVITEE_STEPS: Mapping[str, Set[str]] = {
    InviteeState.ASKED: {InviteeState.COMING, InviteeState.LEAVE_ASKED},
    InviteeState.COMING: {InviteeState.LEAVE_ASKED, InviteeState.ASKED},
    InviteeState.LEAVE_ASKED: {
        InviteeState.COMING,
        InviteeState.LEAVE_GRANTED,
        InviteeState.LEAVE_REFUSED,
        InviteeState.ASKED,
    },
    InviteeState.LEAVE_GRANTED: {InviteeState.COMING, InviteeState.ASKED},
    InviteeState.LEAVE_REFUSED: {
        InviteeState.COMING,
        InviteeState.LEAVE_ASKED,
        InviteeState.ASKED,
    },
}
"""应到代表: plans change until the roll is called; a new date asks everybody anew."""


class CampaignState(TextChoices):
    OPEN = "open", "开展中"
    CLOSED = "closed", "已结束"


CAMPAIGN_STEPS: Mapping[str, Set[str]] = {
    CampaignState.OPEN: {CampaignState.CLOSED},
    CampaignState.CLOSED: set(),
}
"""主题活动: one that is over takes no new topic and no new activity."""
