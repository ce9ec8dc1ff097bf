"""Objections and amendments for tests, made by the real verbs."""

import re

from congress.shared import clock
from scoring.actions import amendments, grade_objections
from scoring.models import GradeAmendment, GradeObjection, Grading
from tests import make
from tests.scoring import year

WORDS = "九月二十日的接待没有算进去。"
ANSWER = "核对了家站登记，确有此事。"
MINUTE = "青禾人常纪〔2026〕14号"


def objected(row: Grading) -> GradeObjection:
    """The deputy's own."""
    by = make.as_deputy(row.deputy)
    with clock.at(year.NOW):
        return grade_objections.object_to_grade(row, words=WORDS, by=by, today=year.AFTER)


def letter(row: Grading, by=None) -> GradeObjection:
    """Somebody else's, registered by a clerk."""
    how = {"words": "全年没有见过他。", "sender": "桃园村 李某", "today": year.AFTER}
    return grade_objections.register_letter(row, by=by or make.actor(), **how)


def upheld(row: GradeObjection, of: year.Party, grade: str = "良好") -> GradeObjection:
    how = {"grade": year.grade(grade), "answer": ANSWER, "minute": MINUTE}
    return grade_objections.uphold_objection(row, by=of.director, **how)


def proposed(row: Grading, of: year.Party, grade: str = "良好") -> GradeAmendment:
    how = {"grade": year.grade(grade), "reason": ANSWER, "minute": MINUTE}
    return amendments.amend_grade(row, by=of.director, **how)


def amended(row: Grading, of: year.Party, grade: str = "良好") -> Grading:
    """With another grade beside the decided one, confirmed by a second person."""
    amendments.confirm_amendment(proposed(row, of, grade), by=make.actor())
    return Grading.objects.with_standing_grade().get(pk=row.pk)


def chosen(of: year.Party, name: str = "称职", **more):
    """The page of the decision as the browser sends it."""
    sent = {"minute": year.MINUTE, "met_on": f"{year.TODAY}"}
    for pk in of.ids:
        sent |= {f"grade-{pk}": year.grade(name).pk, f"reason-{pk}": year.WHY}
    return sent | more


SEEN = re.compile(r'name="confirm" value="([0-9a-f]+)"')


def decides(client, cycle, typed):
    """检查、再看一遍、录入: the last page, or the first that asks for something."""
    address = year.url("decide", cycle.pk)
    asked = client.post(address, {**typed, "check": "1"})
    found = SEEN.search(year.text(asked))
    if not found:
        return asked
    return client.post(address, {**typed, "confirm": found[1]}, follow=True)
