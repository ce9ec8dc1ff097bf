"""常态查: the committees' people plan a visit and write down what they saw, the unit answers."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.models import Organisation
from congress.shared.models.places import OrganisationKind
from congress.shared.names import says_something
from congress.shared.roles import UNIT
from proposals.models import Assignment, Inspection, InspectionNote
from proposals.states import HANDED
from proposals.supervision_states import InspectionState


def why_not_plan_inspection(
    by: Actor, unit: Organisation | None = None, visit_on: date | None = None
) -> str | None:
    """Staff of the office or of a committee, each in the name of their organisation."""
    if not by.is_staff or by.post is None:
        return "监督检查由代工委和各委室的工作人员登记。"
    if unit is None or visit_on is None:
        return None
    if unit.kind != OrganisationKind.UNIT:
        return f"{unit.name}不是承办单位。"
    rows = Inspection.objects.exclude(state=InspectionState.DROPPED)
    known = rows.filter(organisation=by.organisation_id, unit=unit, visit_on=visit_on)
    return f"这一天到{unit.name}的检查已经登记过。" if known.exists() else None


def why_not_drop_inspection(
    by: Actor, inspection: Inspection, reason: str | None = None
) -> str | None:
    """The same people, while nothing has been written down of it."""
    if not by.is_staff:
        return "监督检查由代工委和各委室的工作人员取消。"
    if inspection.state != InspectionState.PLANNED:
        return f"这次检查目前是“{inspection.get_state_display()}”，不能取消。"
    if reason is not None and not says_something(reason):
        return "请写明为什么取消。"
    return None


def why_not_note_finding(
    by: Actor,
    inspection: Inspection,
    part: Assignment | None = None,
    words: str | None = None,
    today: date | None = None,
) -> str | None:
    """The same people, from the day of the visit on; each part of that unit once."""
    if not by.is_staff:
        return "检查到的情况由代工委和各委室的工作人员记。"
    if inspection.state == InspectionState.DROPPED:
        return "这次检查已经取消，不能再记。"
    if today and today < inspection.visit_on:
        on = inspection.visit_on
        return f"{on.year} 年 {on.month} 月 {on.day} 日才去，去过以后再记。"
    if part is None:
        return None
    if part.unit_id != inspection.unit_id or part.state not in HANDED or not part.is_handed:
        return "这件建议不在这个单位手上。"
    if inspection.notes.filter(assignment=part).exists():
        return "这件建议这一次已经记过。"
    if words is not None and not says_something(words):
        return "请写明看到了什么。"
    return None


def why_not_answer_finding(
    by: Actor, note: InspectionNote, answer: str | None = None
) -> str | None:
    """Anybody of the unit that was visited, once."""
    if by.role not in UNIT or by.organisation_id != note.inspection.unit_id:
        return "检查到的情况由被检查的单位自己说明。"
    if note.answered_at:
        return "已经说明过一次，不能再改。"
    if answer is not None and not says_something(answer):
        return "请写明情况。"
    return None


def why_not_publish_inspection(by: Actor, inspection: Inspection) -> str | None:
    """代工委, once it has been made: until then the public knows its day and nothing else."""
    if not by.is_staff:
        return "检查到的情况由代工委公开。"
    if inspection.state != InspectionState.MADE:
        return f"这次检查目前是“{inspection.get_state_display()}”，还没有可以公开的情况。"
    if inspection.published_at:
        return "已经公开过。"
    return None
