"""重点督办 and 常态查 in every state, made by the real verbs."""

from datetime import date

from congress.shared.roles import Role
from proposals.actions import inspections, questions, supervision
from proposals.models import KeySupervision, Question
from proposals.permissions.supervision import Decision
from proposals.states import State
from proposals.supervision_states import Finding, KeyKind, QuestionStage
from tests import make
from tests.proposals import walk

DECIDED_ON = date(2026, 3, 10)
ASKED_ON = date(2026, 3, 31)
DUE_ON = date(2026, 4, 15)
"""The 10th working day: 1 to 15 April without 清明 (4 to 6 April) and the weekend after it."""
ANSWERED_ON = date(2026, 4, 8)
VISITED_ON = date(2026, 5, 6)
MINUTES = "主任会议纪要〔2026〕4 号"


def decision(kind=KeyKind.DIRECTORS, **changes):
    said = {"year": 2026, "kind": kind, "decided_on": DECIDED_ON, "minute_number": MINUTES}
    return Decision(**(said | changes))


def decided(proposal=None, *, by=None, today=DECIDED_ON, **changes) -> KeySupervision:
    """One proposal on the year's list."""
    row = proposal or walk.proposal(State.ASSIGNED)
    by = by or make.director()
    made = supervision.decide_key_list([row], decision=decision(**changes), by=by, today=today)
    return made[0]


def ended():
    return supervision.end_supervision(
        decided(), words="护栏装好了。", by=make.director(), today=ANSWERED_ON
    )


def taken_back():
    return supervision.take_back_key(
        decided(), reason="重复列了。", by=make.director(), today=ANSWERED_ON
    )


def question(row=None, stage=QuestionStage.PLAN) -> Question:
    return (row or decided()).questions.get(stage=stage)


def asked(row=None):
    return questions.ask_question(question(row), by=make.actor(), today=ASKED_ON)


def answer(of=None, text="六月底前装好护栏。"):
    of = of or asked()
    return questions.answer_question(of, text=text, by=walk.unit_clerk(of.unit), today=ANSWERED_ON)


def answered():
    found = answer().question
    return Question.objects.get(pk=found.pk)


def sent_back():
    return questions.send_back_answer(
        answered(), words="没有写哪一段。", by=make.actor(Role.LEADER), today=ANSWERED_ON
    )


def lapsed():
    row = ended()
    return row.questions.first()


def commented():
    return questions.comment_answer(answer(), comment="要快。", by=make.actor(Role.LEADER))


def part_of_unit():
    """Something that the unit has in hand."""
    return walk.proposal(State.ASSIGNED).lead_assignment


def planned():
    part_of_unit()
    return inspections.plan_inspection(
        make.unit(),
        visit_on=VISITED_ON,
        occasion="农村公路养护专题调研",
        people="孔令辉等 3 人",
        by=make.actor(),
    )


def found(inspection=None, finding=Finding.DIFFERS):
    row = inspection or planned()
    return inspections.note_finding(
        row,
        part=row.unit.assignment_set.order_by("pk").last(),
        finding=finding,
        words="护栏只装了一半。",
        by=make.actor(),
        today=VISITED_ON,
    )


def dropped():
    return inspections.drop_inspection(planned(), reason="改去别的单位。", by=make.actor())


def explained():
    note = found()
    return inspections.answer_finding(
        note, answer="另一半下周装。", by=walk.unit_clerk(note.inspection.unit)
    )
