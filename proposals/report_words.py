"""年度报告的文字: sentences made of the figures, each number with what it is a part of."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from congress.shared.numerals import in_chinese
from proposals.counting import Counted
from proposals.measures import CLASSES
from proposals.queries.satisfaction import Batch
from proposals.queries.statistics import Year


class Section(NamedTuple):
    """一、二、三: a heading and its sentences."""

    head: str
    lines: list[str]


def sections(year: Year, found: Counted, batches: Sequence[Batch], today: date) -> list[Section]:
    """The text of the report, in the order of the course."""
    parts = (
        ("提出、受理和交办情况", _raised(year, found)),
        ("办理和答复情况", _handled(found)),
        ("办理结果", _results(found)),
        ("代表评价", _rated(year, batches)),
        ("跟踪落实", _after(year, found, today)),
    )
    return [
        Section(f"{in_chinese(number)}、{head}", list(lines))
        for number, (head, lines) in enumerate(parts, 1)
    ]


def _some(words: Sequence[tuple[int, str]]) -> str:
    """受理 12 件，转作来信 1 件: what there is none of goes unsaid."""
    return "，".join(f"{word}{number}件" for number, word in words if number)


def _sum(found: Counted, key: str) -> str:
    return found.arithmetic(key).replace(" ", "")


def _raised(year: Year, found: Counted) -> Iterator[str]:
    n = found.numbers
    if not n["raised"]:
        yield f"{year.year}年没有提出代表建议。"
        return
    rest = _some(
        (
            *((n["accepted"], "受理"), (n["refused"], "不予受理"), (n["letter"], "转作来信办理")),
            *((n["withdrawn"], "代表撤回"), (n["reviewing"], "正在审查")),
        )
    )
    merged = (
        f"受理的建议中并案办理{n['merged']}件，每一件都单独答复领衔代表。" if n["merged"] else ""
    )
    yield f"{year.year}年，共提出代表建议{n['raised']}件，其中{rest}。{merged}"
    units = {share.unit for case in year.cases if case.assigned for share in case.shares}
    waiting = f"，另有{n['waiting']}件等待交办" if n["waiting"] else ""
    yield f"已交办{n['assigned']}件，由{len(units)}个单位主办或者分办{waiting}。" + (
        f"承办单位提出过异议的{n['objected']}件，经研究改交{n['moved']}件。"
        if n["objected"]
        else ""
    )


def _handled(found: Counted) -> Iterator[str]:
    n = found.numbers
    if not n["assigned"]:
        yield "还没有交办的建议。"
        return
    yield f"交办的{n['assigned']}件中，已答复{n['answered']}件，正在办理{n['in_hand']}件。"
    if rate := found.rate("on_time_rate"):
        yield (
            f"按期答复{n['on_time']}件，超期答复{n['late_answered']}件，到期没有答复"
            f"{n['late_open']}件。到期没有答复的也算在应答复里，按期答复率为{rate}%"
            f"（{_sum(found, 'on_time_rate')}）。"
        )
    if found.days is not None:
        yield (
            f"从交办到答复，{n['answered']}件的中位数是{found.days:g}天；"
            f"批准过延期{n['extended']}件，期限暂停过{n['paused']}件。"
        )
        yield (
            f"已答复的建议中，承办单位办前、办中、办后三次都与代表见面、双方都确认的"
            f"{n['met_all']}件，占{found.rate('met_rate')}%。"
        )


def _results(found: Counted) -> Iterator[str]:
    n = found.numbers
    if not n["answered"]:
        yield "还没有答复的建议。"
        return
    yield f"已答复的{n['answered']}件，答复时：{_classes(found, 'signed')}。"
    revoked = f"；又被提出、撤销“已解决”的{n['revoked']}件" if n["revoked"] else ""
    yield f"经跟踪落实、核实转类，到统计时：{_classes(found, 'now')}{revoked}。"
    if n["asks"]:
        yield (
            f"逐条答复代表的请求{n['asks']}条，承办单位答复已解决{n['asks_solved']}条，"
            f"占{found.rate('solved_rate')}%。"
        )


def _classes(found: Counted, when: str) -> str:
    return _some([(found.numbers[f"{when}_{key}"], name) for key, name in CLASSES])


def _day(on: date, year: int) -> str:
    """Without its year where that is the report's own."""
    return f"{'' if on.year == year else f'{on.year}年'}{on.month}月{on.day}日"


def _rated(year: Year, batches: Sequence[Batch]) -> Iterator[str]:
    """Released figures alone: what is not released is not spoken of."""
    if not batches:
        yield "代表评价还没有公布，本报告不作统计。"
    for batch in reversed(batches):
        line = batch.total
        on = _day(batch.release.released_on, year.year)
        head = f"{batch.release.year}年第{batch.release.round}批评价（{on}公布）"
        if line is None or not line.shares:
            sent = f"，发出{line.sent}份" if line else ""
            yield f"{head}{sent}，合计数不足以公开。"
            continue
        rates = "；".join(
            f"{each.name}{each.rate}（{each.of.replace(' ', '')}）" for each in line.shares
        )
        yield f"{head}，发出{line.sent}份，收回{line.returned}份，没有评的算在发出里：{rates}。"


def _after(year: Year, found: Counted, today: date) -> Iterator[str]:
    n = found.numbers
    if n["steps"]:
        rate = found.rate("kept_rate")
        kept = f"，兑现率{rate}%（{_sum(found, 'kept_rate')}）" if rate else ""
        yield (
            f"答复中写明日期的承诺{n['steps']}条，到{_day(today, year.year)}已兑现{n['kept']}条，"
            f"逾期未兑现{n['missed']}条{kept}。"
        )
    said = _some(
        (
            *((n["rehandled"], "要求重新办理"), (n["rehandled_again"], "其中重新办理两次以上")),
            *((n["key"], "重点督办"), (n["recurring"], "反复提出")),
            (n["carried"], "当年受理的结转下一年继续办理"),
        )
    )
    in_all = year.carried_over
    before = f"连同以前年度受理的，一共结转{in_all}件。" if in_all > n["carried"] else ""
    none = "" if before else "没有重新办理、重点督办和结转的建议。"
    yield (f"{said}。" if said else none) + before
