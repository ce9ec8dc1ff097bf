"""专门委员会: its people have the office's roles and no part in the yearly review."""

import pytest

from congress.home.queries.grade_queues import grade_queues
from congress.shared.errors import Refused
from congress.shared.models import Notice
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from scoring.actions import amendments, cycles, grade_objections, timetable
from scoring.models import Appraisal, Archive, GradeObjection
from scoring.permissions import (
    why_not_amend_grade,
    why_not_appoint_stand_in,
    why_not_close_opinions,
    why_not_decide,
    why_not_enter_self_review,
    why_not_finalise,
    why_not_open_cycle,
    why_not_register_letter,
    why_not_reschedule_stage,
)
from scoring.permissions.involved import audited_by, directors, seconds
from tests import make
from tests.scoring import grading, year

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere():
    """Its director and its clerk."""
    at = make.organisation(OrganisationKind.SPECIAL)
    return make.actor(Role.STAFF_DIRECTOR, at=at), make.actor(Role.STAFF_CLERK, at=at)


def test_no_verb_of_the_review_is_theirs(elsewhere):
    of = year.party(1)
    cycle = year.opened(of)
    stage = cycle.stages.first()
    for by in elsewhere:
        for why in (
            why_not_open_cycle(by),
            why_not_reschedule_stage(by, stage, year.TODAY),
            why_not_appoint_stand_in(by, cycle),
            why_not_enter_self_review(by, cycle, year.TODAY),
            why_not_close_opinions(by, cycle, year.AFTER, 0),
            why_not_decide(by, cycle, year.AFTER),
            why_not_finalise(by, cycle, year.AFTER),
            why_not_register_letter(by),
        ):
            assert why
    with pytest.raises(Refused, match="只有代工委主任可以"):
        cycles.close_opinions(cycle, by=elsewhere[0], today=year.AFTER)
    with pytest.raises(Refused, match="只有代工委主任可以"):
        timetable.reschedule_stage(
            stage,
            opens_on=stage.opens_on,
            closes_on=stage.closes_on,
            reason="雪天路断。",
            by=elsewhere[0],
            today=year.TODAY,
        )


def test_they_read_no_opinion_no_objection_and_no_file(elsewhere, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    of = year.party(1)
    cycle = year.opened(of)
    year.group_check(cycle, of)
    cycle = year.decided(of, year.gathered(of, cycle))
    objection = grading.letter(cycle.gradings.get())
    for by in elsewhere:
        assert not Appraisal.objects.visible_to(by).exists()
        assert not GradeObjection.objects.visible_to(by).exists()
    with pytest.raises(Refused, match="由代工委主任答复"):
        grade_objections.dismiss_objection(objection, answer="不属实。", by=elsewhere[0])
    told = set(
        Notice.objects.filter(key__startswith="scoring.grade_objection").values_list(
            "person", flat=True
        )
    )
    assert told == {of.director.user.pk}
    assert Archive.objects.visible_to(elsewhere[0]).count() == 0


def test_they_are_no_second_person_of_an_amendment(elsewhere):
    of = year.party(1)
    row = year.final(of).gradings.get()
    assert why_not_amend_grade(elsewhere[0], row)
    proposed = grading.proposed(row, of)
    for by in elsewhere:
        with pytest.raises(Refused, match="代工委的另一人或者常委会领导"):
            amendments.confirm_amendment(proposed, by=by)
    told = Notice.objects.filter(key__startswith="scoring.grade_amendment")
    assert not told.filter(person__in=[by.user.pk for by in elsewhere]).exists()


def test_whom_notices_are_for_holds_the_post_on_that_day_and_at_the_office(elsewhere):
    leader, auditor, clerk = (make.actor(r) for r in (Role.LEADER, Role.AUDITOR, Role.STAFF_CLERK))
    now, gone, coming = make.director(), make.director(), make.director()
    clerk.post.to_on = year.OVER  # an end that is set and still to come
    gone.post.to_on, coming.post.from_on = year.TODAY, year.OVER
    for each in (clerk, gone, coming):
        each.post.save()
    for people, those in (
        (directors, (now,)),
        (audited_by, (now, auditor)),
        (seconds, (now, leader, clerk)),
    ):
        assert set(people(year.AFTER)) == {each.user for each in those}


def test_no_answer_waits_on_their_first_screen(elsewhere):
    titles = [
        [queue.title for queue in grade_queues(by, year.AFTER, lambda day: True)]
        for by in (elsewhere[0], make.director())
    ]
    assert titles == [["等次更正待确认"], ["公示异议待答复", "等次更正待确认"]]
