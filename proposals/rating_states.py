"""评、重新办理、见面协商: what a rating may say, and what follows from an unsatisfied one."""

from collections.abc import Mapping, Set

from django.db.models import TextChoices


class Satisfaction(TextChoices):
    SATISFIED = "satisfied", "满意"
    FAIR = "fair", "基本满意"
    UNSATISFIED = "unsatisfied", "不满意"


class Fulfilment(TextChoices):
    """Of one ask, in the deputy's eyes."""

    DONE = "done", "办成了"
    HALF = "half", "办一半"
    NOT_DONE = "not_done", "没办"


class Measure(TextChoices):
    """What a released count counts."""

    PROCESS = "process", "办理态度"
    RESULT = "result", "办理结果"
    ASKS = "asks", "逐条请求"


class Trace(TextChoices):
    """By what two ratings are known to come from one hand."""

    DEVICE = "device", "同一台设备"
    ADDRESS = "address", "同一个网络地址"


class RehandlingState(TextChoices):
    ORDERED = "ordered", "重新办理中"
    ANSWERED = "answered", "已再次答复"
    TAKEN_BACK = "taken_back", "已撤回"


REHANDLING_STEPS: Mapping[str, Set[str]] = {
    RehandlingState.ORDERED: {RehandlingState.ANSWERED, RehandlingState.TAKEN_BACK},
    RehandlingState.ANSWERED: set(),
    RehandlingState.TAKEN_BACK: set(),
}


class ConveningState(TextChoices):
    CALLED = "called", "已通知"
    HELD = "held", "已协商"
    CALLED_OFF = "called_off", "已取消"


CONVENING_STEPS: Mapping[str, Set[str]] = {
    ConveningState.CALLED: {ConveningState.HELD, ConveningState.CALLED_OFF},
    ConveningState.HELD: set(),
    ConveningState.CALLED_OFF: set(),
}
