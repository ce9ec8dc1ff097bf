"""请核对, pure: each sign at its limit and one below it, and what does not set it off."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from scoring.oddities import (
    Report,
    alike_notes,
    at_the_day_limit,
    at_the_years_end,
    in_one_sitting,
    mostly_self_reported,
    reused_photos,
)

SHANGHAI = timezone(timedelta(hours=8))
DAY = date(2026, 5, 10)
NOTES = (
    "听茶农说加工车间的事",
    "看望独居老人登记漏雨",
    "和养殖户商量粪污处理",
    "收集搬迁群众就业意见",
)


def report(pk, day=DAY, *, filed=None, **facts):
    filed = filed or day
    at = datetime(filed.year, filed.month, filed.day, 20, tzinfo=SHANGHAI)
    return Report(pk, facts.pop("item", "走访选民"), day, facts.pop("quantity", 1), 5, at, **facts)


def later(days):
    return DAY + timedelta(days=days)


def each_day(count, **facts):
    return [report(pk, later(pk), **facts) for pk in range(count)]


def test_a_photo_used_again_counts_from_the_limit_on():
    two = each_day(2, reused_photo=True)
    assert reused_photos([*two, report(9)], 2) == [0, 1]
    assert reused_photos(two[:1], 2) == []


def test_days_reported_up_to_the_limit_count_whole_days_not_records():
    full = each_day(4, quantity=5)
    assert at_the_day_limit(full, 4) == [0, 1, 2, 3]
    assert at_the_day_limit(full[:3], 4) == []
    split = [report(10, quantity=3), report(11, quantity=2), *each_day(4, quantity=5)[1:]]
    assert sorted(at_the_day_limit(split, 4)) == [1, 2, 3, 10, 11]
    assert at_the_day_limit(each_day(9, quantity=4), 4) == []
    assert at_the_day_limit([replace(one, per_day=None) for one in full], 4) == []


def test_december_counts_only_of_enough_reports_and_more_than_the_share():
    spring, winter = each_day(3), each_day(4, filed=date(2026, 12, 20))
    assert at_the_years_end([*spring, *winter], 50, least=6) == [0, 1, 2, 3]
    assert at_the_years_end([*spring, *winter[:3]], 50, least=6) == []
    assert at_the_years_end(winter, 50, least=6) == []


def test_many_days_written_up_at_one_sitting():
    assert in_one_sitting(each_day(5, filed=later(6)), 5) == [0, 1, 2, 3, 4]
    assert in_one_sitting(each_day(4, filed=later(6)), 5) == []
    assert in_one_sitting([report(pk) for pk in range(9)], 5) == [], "one day's many duties"


def test_notes_that_hardly_differ():
    same = [report(pk, note=f"走访联系选民{pk}户，了解饮水、看病情况。") for pk in range(4)]
    others = [report(10 + pk, note=note) for pk, note in enumerate(NOTES)]
    assert alike_notes([*same, *others], 4) == [0, 1, 2, 3]
    assert alike_notes(same[:3], 4) == []
    assert alike_notes([report(pk, note="走访") for pk in range(9)], 4) == [], "too short to differ"


def test_own_reports_far_above_what_is_usual():
    own = each_day(6)
    assert mostly_self_reported(own, 7, Decimal(40), 30, least=6) == [0, 1, 2, 3, 4, 5]
    assert mostly_self_reported(own, 12, Decimal(40), 30, least=6) == []
    assert mostly_self_reported(own[:5], 5, Decimal(40), 30, least=6) == []
    assert mostly_self_reported(own, 0, Decimal(40), 30, least=6) == []


REPORTS = some.lists(
    some.builds(
        Report,
        pk=some.integers(1, 999),
        item=some.sampled_from(["走访选民", "接待选民"]),
        done_on=some.dates(date(2026, 1, 1), date(2026, 12, 31)),
        quantity=some.integers(1, 6),
        per_day=some.sampled_from([None, 5]),
        reported_at=some.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),  # noqa: DTZ001  # local
        note=some.sampled_from(["", *NOTES]),
        reused_photo=some.booleans(),
    ),
    unique_by=lambda one: one.pk,
)


@given(REPORTS)
def test_whatever_the_reports_a_sign_names_only_their_records(reports):
    known = {one.pk for one in reports}
    for found in (
        reused_photos(reports, 2),
        at_the_day_limit(reports, 4),
        at_the_years_end(reports, 50, least=6),
        in_one_sitting(reports, 5),
        alike_notes(reports, 4),
        mostly_self_reported(reports, len(reports) or 1, Decimal(40), 30, least=6),
    ):
        assert set(found) <= known
        assert len(found) == len(set(found))
