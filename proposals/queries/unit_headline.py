"""先办哪一件: the one sentence on top of a unit's desk."""

from proposals.queries.clocks import Light
from proposals.queries.units import PRESSING, Desk


def headline(found: Desk) -> str:
    """先签、先办、先签收哪一件, by name; or the plain word that nothing presses."""
    if found.first:
        signed = [case for case in found.cases if case.signs]
        act = f"先签{_these(len(signed))}" if signed else "先办这一件"
        return f"{act}：{found.first.assignment.proposal.title}{_pressing(found.first.light)}"
    if found.to_receive:
        title = found.to_receive[0].assignment.proposal.title
        return f"先签收{_these(len(found.to_receive))}：{title}"
    return "没有超期和临近的建议" if found.cases else "手上没有要办的建议"


def _these(many: int) -> str:
    return "这一件" if many == 1 else f"这 {many} 件"


def _pressing(light: Light) -> str:
    if light.kind not in PRESSING:
        return ""
    return f"，超期 {light.words}" if light.kind == "late" else f"，{light.words}"
