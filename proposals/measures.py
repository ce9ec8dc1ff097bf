"""统计: each number, how it comes about, and the list that it leads to. Pure.

A number is never anything but the length of its list.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from proposals.figures import Case, Promised, Share
from proposals.states import IN_REVIEW, Stage, State

Find = Callable[[Case], Iterable[str]]


class Measure(NamedTuple):
    """One number: its name, in one sentence how it comes about, and what it counts of a case."""

    key: str
    name: str
    how: str
    find: Find
    noun: str = "件"


def once(holds: Callable[[Case], bool]) -> Find:
    """A case counts once, or not at all."""
    return lambda case: ("",) if holds(case) else ()


def _of_shares(holds: Callable[[Share], bool]) -> Find:
    """A case that counts for what any of its units did; a merged one has no clock of its own."""
    return once(lambda case: case.assigned and not case.merged and any(map(holds, case.shares)))


def _means(meaning: str, *, now: bool) -> Find:
    return once(lambda case: case.meaning(now=now) == meaning)


def _asks(meaning: str | None = None) -> Find:
    return lambda case: (
        each.words
        for share in case.shares
        for each in share.asks
        if case.assigned and meaning in (None, each.meaning)
    )


def _steps(holds: Callable[[Promised], bool]) -> Find:
    return lambda case: (
        each.words for share in case.shares for each in share.steps if case.assigned and holds(each)
    )


CLASSES = (
    ("solved", "已解决"),
    ("planned", "正在解决或列入计划"),
    ("later", "以后解决"),
    ("reference", "留作参考"),
)
"""By what a class means: the letters differ from place to place and year to year."""

RAISED = (
    Measure(
        "raised", "提出", "这一年提出的全部建议；征集附议的还没有提出，不算。", once(lambda c: True)
    ),
    Measure(
        "reviewing",
        "正在审查",
        "已经提出，还没有受理，也没有作别的处理的，退回修改的也在内。",
        once(lambda c: c.state in IN_REVIEW),
    ),
    Measure(
        "refused", "不予受理", "按列明的情形不予受理的。", once(lambda c: c.state == State.REFUSED)
    ),
    Measure(
        "letter",
        "转作来信",
        "不作为建议、转作来信办理的。",
        once(lambda c: c.state == State.LETTER),
    ),
    Measure(
        "withdrawn",
        "撤回",
        "代表自己撤回的，受理以后撤回的也在内；撤回的不再计入下面各项。",
        once(lambda c: c.state == State.WITHDRAWN),
    ),
    Measure("accepted", "受理", "受理编号、没有撤回的。", once(lambda c: c.counts)),
    Measure(
        "merged",
        "其中并案办理",
        "并入另一件一起办理、一起答复的；每一件仍单独算一件。",
        once(lambda c: c.counts and c.merged),
    ),
)
HANDED = (
    Measure(
        "waiting",
        "等待交办",
        "已经受理，还没有交给承办单位的。",
        once(lambda c: c.counts and not c.assigned),
    ),
    Measure(
        "assigned", "交办", "已经交给承办单位的；并案的随所并入的一件。", once(lambda c: c.assigned)
    ),
    Measure(
        "helped",
        "会办、协办",
        "单位参加会办、协办的份数，一件有两家协办算两份；只给主办单位送意见，不计入答复。",
        lambda c: [""] * len(c.helpers) if c.handed else (),
        "份",
    ),
    Measure(
        "objected",
        "提出过异议",
        "承办单位说过不属于本单位的；交办单收回的不算。",
        once(lambda c: c.counts and not c.merged and bool(c.objections)),
    ),
    Measure(
        "moved",
        "其中改交",
        "异议成立、改交别的单位的。",
        once(lambda c: c.counts and not c.merged and any(each.upheld for each in c.objections)),
    ),
)
HANDLED = (
    Measure(
        "answered",
        "已答复",
        "主办、分办单位都已答复的；只看一个单位时，这个单位已经答复的。",
        once(lambda c: c.answered),
    ),
    Measure(
        "in_hand",
        "正在办理",
        "已经交办，还没有全部答复的。",
        once(lambda c: c.assigned and not c.answered),
    ),
    Measure(
        "on_time",
        "按期答复",
        "每个单位第一次答复都不晚于自己的期限；延期、暂停后按新的期限。",
        once(lambda c: c.on_time),
    ),
    Measure(
        "late_answered",
        "超期答复",
        "有单位答复晚于自己的期限的。",
        once(lambda c: c.answered and not c.on_time),
    ),
    Measure(
        "late_open",
        "超期未答",
        "到今天已过期限还没有答复的；正在暂停的不算。",
        once(lambda c: c.late_open),
    ),
    Measure("extended", "批准过延期", "批准过延期的。", _of_shares(lambda s: s.extended)),
    Measure(
        "paused",
        "暂停过",
        "期限暂停过的；登记错了、当天撤销的不算。",
        _of_shares(lambda s: s.paused),
    ),
    Measure(
        "met_all",
        "三次见面都做到",
        "已答复的里面，每个主办、分办单位办前、办中、办后都和代表见了面，双方都确认；免去的、单方登记的不算。",
        once(lambda c: c.answered and all(s.met >= set(Stage) for s in c.shares)),
    ),
)
RESULTS = (
    *(
        Measure(
            f"signed_{key}",
            f"答复时：{name}",
            "按答复函签发时的类别；几个单位分办的，取最低的一类。",
            _means(key, now=False),
        )
        for key, name in CLASSES
    ),
    *(
        Measure(
            f"now_{key}",
            f"现在：{name}",
            "按核实转类以后的类别；几个单位分办的，取最低的一类。",
            _means(key, now=True),
        )
        for key, name in CLASSES
    ),
    Measure(
        "revoked",
        "现在：撤销已解决",
        "又被提出，查明没有真正解决，撤销了“已解决”的；不再计入任何一类。",
        once(lambda c: c.answered and any(s.revoked for s in c.shares)),
    ),
    Measure("asks", "答复了的请求", "建议里逐条列出、已经逐条答复的请求。", _asks(), "条"),
    Measure(
        "asks_solved",
        "其中单位答复已解决",
        "承办单位答复为已解决的，按核实转类以后的类别，撤销的不算；代表是否认为办成，见“办成率”。",
        _asks("solved"),
        "条",
    ),
)
AFTER = (
    Measure(
        "steps",
        "承诺",
        "答复里写明日期的承诺，一步算一条；新的答复代替了的不算。",
        _steps(lambda s: True),
        "条",
    ),
    Measure("kept", "其中已兑现", "人大核实兑现的。", _steps(lambda s: s.kept), "条"),
    Measure(
        "missed",
        "其中逾期未兑现",
        "过了承诺日期、还没有核实兑现的；单位报了、等核实的不算逾期。",
        _steps(lambda s: s.missed),
        "条",
    ),
    Measure("rehandled", "重新办理", "要求重新办理过的。", _of_shares(lambda s: s.rounds > 0)),
    Measure(
        "rehandled_again",
        "其中不止一次",
        "重新办理两次以上的。",
        _of_shares(lambda s: s.rounds > 1),
    ),
    Measure("key", "重点督办", "定为重点督办的；收回的不算。", once(lambda c: c.counts and c.key)),
    Measure(
        "recurring",
        "反复提",
        "经人认定，以前已经提过同一件事的；只是文字相近、没有认定的不算。",
        once(lambda c: c.counts and c.recurring),
    ),
    Measure(
        "carried",
        "当年受理的结转下一年",
        "当年受理、年底还没有落实，结转到下一年接着办的（滚动办）；按结转时算，以后办完、代表撤回的也在内，撤回结转的不算。",
        once(lambda c: c.accepted and c.carried),
    ),
)
GROUPS: tuple[tuple[str, tuple[Measure, ...]], ...] = (
    ("提出和受理", RAISED),
    ("交办", HANDED),
    ("办理和答复", HANDLED),
    ("结果", RESULTS),
    ("答复以后", AFTER),
)
MEASURES: Mapping[str, Measure] = {each.key: each for _, found in GROUPS for each in found}
