"""改好再报 across the cut-off: what was told in time is not lost by being sent back."""

from datetime import date

import pytest

from congress.shared.errors import Refused
from deputies.actions import duties
from tests import make
from tests.deputies import walk
from tests.scoring.facts import on

DONE = date(2025, 12, 20)
TOLD = date(2026, 1, 14)
SENT_BACK = date(2026, 1, 19)  # a Monday, four days after the cut-off
LAST = date(2026, 1, 26)  # the fifth working day after it


def sent_back(told: date = TOLD, **facts):
    with on(told):
        record = walk.report(make.deputy("罗明贵"), done_on=DONE, **facts)
    with on(SENT_BACK):
        return duties.send_back(record, reason="看不到人，补一张。", by=walk.township_clerk())


def mend(record, day: date, **facts):
    with on(day):
        return duties.resubmit(record, **walk.mended(record, **facts))


@pytest.mark.django_db
def test_what_was_told_in_time_is_mended_after_the_cut_off():
    record = mend(sent_back(), LAST)
    assert (record.state, record.done_on) == ("reported", DONE)


@pytest.mark.django_db
def test_another_day_of_its_year_may_be_set_and_none_of_an_earlier_one():
    record = sent_back()
    with pytest.raises(Refused, match="2024 年的登记已经截止"):
        mend(record, LAST, done_on=date(2024, 12, 20))
    assert mend(record, LAST, done_on=date(2025, 12, 19)).done_on == date(2025, 12, 19)


@pytest.mark.django_db
def test_after_the_days_for_mending_the_office_enters_it_late():
    record = sent_back()
    with pytest.raises(Refused, match=r"2025 年的登记已经截止.*由代工委逾期补登"):
        mend(record, date(2026, 1, 27))
    with on(date(2026, 1, 27)):
        duties.withdraw(record, by=make.as_deputy(record.deputy))
        late = walk.entered(
            record.deputy, by=make.actor(), done_on=DONE, late_reason="退回没看到。"
        )
    assert late.late_reason == "退回没看到。"


@pytest.mark.django_db
def test_each_return_gives_the_days_anew():
    record = mend(sent_back(), LAST)
    with on(LAST):
        record = duties.send_back(record, reason="还差一张。", by=walk.township_clerk())
    assert mend(record, date(2026, 2, 2), photos=[walk.photo("navy")]).state == "reported"


@pytest.mark.django_db
def test_the_page_takes_it_too(client):
    record = sent_back()
    client.force_login(record.deputy.user)
    page = f"/deputies/records/{record.pk}/resubmit/"
    typed = {"day": "other", "other_day": "2025-12-20", "spot": "other", "place": "桃园村"}
    with on(LAST):
        assert client.post(page, {**typed, "quantity": "1"}).status_code == 302
