"""先办哪一件: the one sentence on top of a unit's desk."""

from collections.abc import Iterable
from typing import NamedTuple

from proposals.queries.clocks import Light
from proposals.queries.rehandling import Owed as Order
from proposals.queries.supervision import Asked
from proposals.queries.unit_follow import Owed
from proposals.queries.units import PRESSING, Desk


class Beside(NamedTuple):
    """What waits on the desk beside the cases: what it is, of which proposal, with its light."""

    words: str
    title: str
    light: Light


def beside(orders: list[Order], asked: list[Asked], after: list[Owed]) -> list[Beside]:
    """重新办理, 三问, and what is owed after the answer."""
    found = [
        Beside("重新办理的这一件", each.order.assignment.proposal.title, each.light)
        for each in orders
    ]
    found += [
        Beside(each.row.get_stage_display(), each.proposal.title, each.light)
        for each in asked
        if each.light
    ]
    return found + [Beside(each.words, each.proposal.title, each.light) for each in after]


def headline(found: Desk, more: Iterable[Beside] = ()) -> str:
    """先签、先办、先签收哪一件, by name; or the plain word that nothing presses."""
    if found.first:
        signed = [case for case in found.cases if case.signs]
        act = f"先签{_these(len(signed))}" if signed else "先办这一件"
        return f"{act}：{found.first.assignment.proposal.title}{_pressing(found.first.light)}"
    presses = [each for each in more if each.light.kind in PRESSING]
    if presses:
        each = min(presses, key=lambda one: PRESSING.index(one.light.kind))
        return f"先办：{each.words}，{each.title}{_pressing(each.light)}"
    if found.to_receive:
        title = found.to_receive[0].assignment.proposal.title
        return f"先签收{_these(len(found.to_receive))}：{title}"
    return "没有超期和临近的建议" if found.cases else "手上没有要办的建议"


def _these(many: int) -> str:
    return "这一件" if many == 1 else f"这 {many} 件"


def _pressing(light: Light) -> str:
    if light.kind not in PRESSING:
        return ""
    anew, _, left = light.words.rpartition("，")
    return f"，{anew}超期 {left}" if light.kind == "late" else f"，{light.words}"
