"""Rows that break a constraint of 重点督办 and 常态查: a good one, what to change in it."""

from congress.shared import clock
from proposals.models import (
    Inspection,
    InspectionNote,
    KeyAnswer,
    KeySupervision,
    Question,
    SiteNote,
    WorkTheme,
)
from proposals.states import State
from proposals.supervision_states import (
    Finding,
    InspectionState,
    KeyKind,
    KeyState,
    QuestionStage,
    QuestionState,
)
from tests import make
from tests.architecture.broken_shared import UNCHANGED
from tests.proposals import walk

ENDED = {"state": KeyState.ENDED, "ended_on": make.TODAY, "ending_words": "办成了。"}


def theme():
    return WorkTheme.objects.create(name="乡村振兴", words="桥、路", from_on=make.TODAY)


def supervision():
    return KeySupervision.objects.create(
        proposal=walk.proposal(State.ASSIGNED),
        year=2026,
        kind=KeyKind.DIRECTORS,
        decided_on=make.TODAY,
        minute_number="主任会议纪要〔2026〕4 号",
        decided_by=make.user(),
    )


def question():
    return Question.objects.create(
        supervision=supervision(), stage=QuestionStage.PLAN, ask_on=make.TODAY
    )


def answer():
    return KeyAnswer.objects.create(
        question=question(),
        round=1,
        text="六月底前装好护栏。",
        answered_on=make.TODAY,
        answered_by=make.user(),
    )


def site_note():
    return SiteNote.objects.create(
        supervision=supervision(),
        went_on=make.TODAY,
        place="桃园村",
        people="3 人",
        seen="护栏还没有装。",
        next_step="六月底再来。",
        recorded_by=make.user(),
    )


def inspection():
    return Inspection.objects.create(
        organisation=make.organisation(),
        unit=make.unit(),
        visit_on=make.TODAY,
        occasion="农村公路专题调研",
        people="3 人",
        planned_by=make.user(),
    )


def note():
    return InspectionNote.objects.create(
        inspection=inspection(),
        assignment=walk.proposal(State.ASSIGNED).lead_assignment,
        finding=Finding.TRUE,
        words="护栏装了一半。",
        noted_by=make.user(),
    )


SUPERVISION = {
    "work_theme_ends_after_it_begins": (theme, {"until_on": make.ELECTED_ON}),
    "key_supervision_once_per_year": (supervision, UNCHANGED),
    "key_supervision_leader_when_led": (supervision, ENDED | {"kind": KeyKind.LEADER}),
    "key_supervision_medium_when_of_media": (supervision, ENDED | {"kind": KeyKind.MEDIA}),
    "key_supervision_ended_has_day_and_words": (supervision, {"state": KeyState.ENDED}),
    "question_once_per_stage": (question, UNCHANGED),
    "question_asked_has_unit_and_days": (question, {"state": QuestionState.ASKED}),
    "key_answer_once_per_round": (answer, UNCHANGED),
    "key_answer_twice_at_most": (answer, {"round": 3}),
    "key_answer_comment_has_who_and_when": (answer, {"round": 2, "comment": "要快。"}),
    "site_note_once": (site_note, UNCHANGED),
    "site_note_photo_has_its_digest": (site_note, {"photo": "supervision/1.jpg"}),
    "inspection_once_per_unit_and_day": (inspection, UNCHANGED),
    "inspection_dropped_has_its_reason": (inspection, {"state": InspectionState.DROPPED}),
    "inspection_published_when_made_by_whom": (
        inspection,
        {"published_by": make.user, "published_at": clock.now},
    ),
    "inspection_note_once_per_part": (note, UNCHANGED),
    "inspection_note_answer_has_who_and_when": (note, {"answer": "已经补上。"}),
}
