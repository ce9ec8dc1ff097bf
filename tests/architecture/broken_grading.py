"""Rows that break a constraint of grades, vetoes, amendments and what is said against a grade."""

from operator import attrgetter

from congress.shared import clock
from scoring.grade_states import AmendmentState, GradeObjectionState
from tests.architecture.broken_shared import UNCHANGED
from tests.scoring import grading, year


def graded():
    return year.decided(year.party(1)).gradings.get()


def veto():
    how = {"penalty": "党内警告处分", "withheld": "党内警告处分"}
    return year.decided(year.party(1), **how).gradings.get().vetoes.get()


def objection():
    return grading.objected(year.decided(year.party(1)).gradings.get())


def letter():
    return grading.letter(year.decided(year.party(1)).gradings.get())


def amendment():
    of = year.party(1)
    return grading.proposed(year.final(of).gradings.get(), of)


GRADING = {
    "grading_once_per_year": (graded, UNCHANGED),
    "grading_far_from_suggested_has_reason": (graded, {"bands_moved": 2, "reason": ""}),
    "grading_not_moved_is_as_suggested": (graded, {"bands_moved": 0}),
    "grading_stars_are_up_to_ten": (graded, {"stars": 11}),
    "veto_once_per_grading_and_kind": (veto, UNCHANGED),
    "veto_has_its_ground": (veto, {"reason": ""}),
    "grade_objection_one_open_of_the_deputy": (objection, UNCHANGED),
    "grade_objection_says_why": (objection, {"words": ""}),
    "grade_objection_letter_has_a_sender": (letter, {"sender": ""}),
    "grade_objection_answered_has_who_and_when_and_words": (objection, {"answer": "等次没有错。"}),
    "grade_objection_is_answered_by_another": (
        objection,
        {
            "state": GradeObjectionState.DISMISSED,
            "answer": "等次没有错。",
            "answered_by": attrgetter("raised_by"),
            "answered_at": clock.now,
        },
    ),
    "grade_amendment_one_waiting_per_grading": (amendment, UNCHANGED),
    "grade_amendment_changes_the_grade": (amendment, {"grade": attrgetter("was")}),
    "grade_amendment_has_reason_and_minute": (amendment, {"minute": ""}),
    "grade_amendment_closed_has_who_and_when": (amendment, {"second_at": clock.now}),
    "grade_amendment_is_confirmed_by_another": (
        amendment,
        {
            "state": AmendmentState.CONFIRMED,
            "second_by": attrgetter("proposed_by"),
            "second_at": clock.now,
        },
    ),
}
