"""三见面 in words: who wrote it down, what the other side says, and who excused it."""

from proposals.models import Meeting, Waiver
from proposals.queries.steps import Told, TrailStep
from proposals.states import Side


def of_meeting(row: Meeting, step: TrailStep) -> Told | None:
    writer, other = row.assignment.unit.name, "代表"
    if row.side == Side.DEPUTY:
        writer, other = "代表", row.assignment.unit.name
    if step.key.now.startswith("confirmed_"):
        return Told(step.on, f"{other}确认{writer}登记的{row.get_stage_display()}")
    if step.key.now.startswith("denied_"):
        return Told(step.on, f"{other}不认可{writer}登记的{row.get_stage_display()}：{row.denial}")
    if step.key.now.startswith("taken_back_"):
        return Told(step.on, f"{writer}撤销登记的{row.get_stage_display()}，不算数")
    if row.taken_back_at:
        return None if step.public else Told(row.met_on, f"{row.place}，{writer}撤销了登记")
    if row.denied_at:
        return None if step.public else Told(row.met_on, f"{row.place}，{other}不认可")
    borne_out = "双方已确认" if row.confirmed_at else f"{writer}登记，{other}还没确认"
    return Told(row.met_on, f"{row.place}，{borne_out}")


def of_waiver(row: Waiver, step: TrailStep) -> Told:
    if row.office:
        words = f"{row.office}免去{row.assignment.unit.name}的{row.get_stage_display()}"
        return Told(step.on, words)
    return Told(step.on, f"领衔代表同意{row.assignment.unit.name}免去{row.get_stage_display()}")
