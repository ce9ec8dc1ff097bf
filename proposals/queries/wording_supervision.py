"""重点督办、三问、现场、检查 in words: what the trail of each may tell this reader."""

from proposals.models import InspectionNote, KeySupervision, Question, SiteNote
from proposals.queries.steps import Told, TrailStep
from proposals.supervision_states import KeyState, QuestionState


def of_supervision(row: KeySupervision, step: TrailStep) -> Told | None:
    """The public is never told of what was taken back."""
    if step.key.now == KeyState.STANDING:
        if step.public and row.state == KeyState.TAKEN_BACK:
            return None
        return Told(row.decided_on, f"列为 {row.year} 年重点督办建议，{row.who}")
    ended = "重点督办结束" if step.key.now == KeyState.ENDED else "撤销重点督办"
    return Told(row.ended_on or step.on, f"{ended}：{row.ending_words}")


def of_question(row: Question, step: TrailStep) -> Told | None:
    """Whom it was asked of then: it goes along when the proposal goes to another unit."""
    now = row.unit.name if row.unit else ""
    unit = step.units or now
    if step.key.now == QuestionState.ASKED:
        on = row.asked_on if unit == now else None
        return Told(on or step.on, f"{row.get_stage_display()}，请{unit}回答")
    if step.key.now == QuestionState.ANSWERED:
        again = "再次" if step.key.was == QuestionState.SENT_BACK else ""
        return Told(step.on, f"{unit}{again}回答“{row.get_stage_display()}”")
    return Told(step.on, f"“{row.get_stage_display()}”的回答不实，请{unit}再答")


def of_answer(row: object, step: TrailStep) -> Told:
    return Told(step.on, "三问的回答有了批注")


def of_site_note(row: SiteNote, step: TrailStep) -> Told:
    """What was seen stands in the notes themselves; everybody reads where and when."""
    where = f"到{row.place}现场督办"
    return Told(row.went_on, where if step.public else f"{where}，下一步：{row.next_step}")


def of_finding(row: InspectionNote, step: TrailStep) -> Told:
    """That a visit took place; what was seen only once it is public, or to who has a part in it."""
    visit = row.inspection
    went = f"{visit.organisation.name}到{visit.unit.name}检查办理情况"
    kept = step.public and not visit.published_at
    if step.key.now == "finding_answered":
        said = f"：{row.answer}" if not kept else ""
        return Told(step.on, f"{visit.unit.name}对检查情况作了说明{said}")
    seen = "" if kept else f"：{row.get_finding_display()}，{row.words}"
    return Told(visit.visit_on, f"{went}{seen}")
