"""评价提醒: once per stage, person and turn; what waits for the director, once a day."""

from datetime import date

import pytest

from congress.shared.models import Notice
from congress.shared.roles import Role
from scoring import tasks
from scoring.actions import cycles, review_reminders, timetable
from scoring.models import ReviewStage
from scoring.states import Stage
from tests import make
from tests.scoring import year

pytestmark = pytest.mark.django_db


def keys(user):
    rows = Notice.objects.filter(person=user, key__startswith="scoring.review:")
    return sorted(key.split(":")[2] for key in rows.values_list("key", flat=True))


def test_each_party_is_told_at_the_beginning_before_the_last_day_and_after_it_once():
    of = year.party(2)
    year.opened(of)
    for day in (10, 10, 14, 17, 18, 20, 21, 23):
        review_reminders.remind(date(2026, 12, day))
    parties = (of.convenor.user, of.clerk.user)
    assert [keys(user) for user in parties] == [["late", "opens", "soon"]] * 2
    assert keys(of.deputies[0].user) == ["late", "soon"], "told when the review was opened"
    words = Notice.objects.get(person=of.clerk.user, key__contains="late").text
    assert words == "2026 年度乡镇参评12 月 20 日已经截止，您还没有提交，请尽快补上。"


def test_who_has_given_it_is_not_reminded_and_what_was_asked_is_settled():
    of = year.party(2)
    cycle, second = year.opened(of), make.actor(Role.TOWNSHIP_CLERK, user=make.user())
    review_reminders.remind(date(2026, 12, 10))
    year.group_check(cycle, of)
    year.self_review(cycle, of.deputies[0])
    review_reminders.remind(date(2026, 12, 18))
    assert keys(of.convenor.user) == ["opens"]
    assert not Notice.objects.filter(person=of.convenor.user, read_at=None).exists()
    year.township_view(cycle, of)
    assert not Notice.objects.filter(person=second.user, read_at=None).exists()
    assert keys(of.deputies[1].user)[-1] == "soon"


def test_the_stand_in_is_reminded_in_the_place_of_who_has_the_post():
    of = year.party(1)
    cycle, by = year.opened(of), make.actor(Role.KEEPER)
    cycle.stand_ins.create(
        step="group",
        group=make.group(),
        user=by.user,
        reason="住院",
        from_on=date(2026, 12, 18),
        to_on=year.TODAY,
        appointed_by=of.director.user,
    )
    review_reminders.remind(date(2026, 12, 18))
    assert (keys(by.user), keys(of.convenor.user)) == (["soon"], [])


def test_a_stage_that_is_moved_reminds_of_its_new_last_day():
    of = year.party(1)
    row = ReviewStage.objects.get(cycle=year.opened(of), step=Stage.SELF)
    with year.on(date(2026, 12, 12)):
        how = {"opens_on": row.opens_on, "closes_on": date(2026, 12, 15), "reason": "提前"}
        timetable.reschedule_stage(row, by=of.director, today=date(2026, 12, 12), **how)
    review_reminders.remind(date(2026, 12, 14))
    soon = Notice.objects.get(person=of.deputies[0].user, key__contains="soon")
    assert "到 12 月 15 日截止" in soon.text


def test_the_director_hears_once_a_working_day_what_waits_and_nobody_else_does():
    of = year.party(1)
    cycle, other = year.opened(of), make.actor(Role.STAFF_CLERK)
    for day in (date(2026, 12, 14), date(2026, 12, 19)):
        with year.on(day):
            assert tasks.keep_reviews()["told"] == 0
    year.gathered(of, cycle)
    for _ in range(2):
        with year.on(date(2026, 12, 22)):
            tasks.keep_reviews()
    told = Notice.objects.filter(key__startswith="scoring.review_waits")
    assert told.get().person == of.director.user
    assert "等常委会评定，12 月 23 日以前录入" in told.get().text
    assert not told.filter(person=other.user).exists()
    with year.on(date(2026, 12, 23)):
        tasks.keep_reviews()
    assert told.get(read_at=None).key.endswith("2026-12-23"), (
        "each day's takes the last one's place"
    )


def test_the_director_hears_that_all_opinions_are_in_and_closing_ends_it():
    of = year.party(1)
    cycle = year.opened(of)
    year.self_review(cycle, of.deputies[0])
    year.group_check(cycle, of)
    year.township_view(cycle, of)
    with year.on(date(2026, 12, 16)):
        tasks.keep_reviews()
    told = Notice.objects.filter(key__startswith="scoring.review_waits")
    assert "意见收齐了，可以截止征集" in told.get(read_at=None).text
    cycles.close_opinions(cycle, by=of.director, today=year.AFTER)
    assert not told.filter(read_at=None).exists()
