"""述职 on first screens: a report to write, ballots to put down, a count for a second person."""

from datetime import date

import pytest

from tests import make
from tests.home.screens import calm, front, queue
from tests.scoring import facts, polling

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def then():
    with facts.on(polling.TODAY):
        yield


def test_a_deputy_is_asked_for_a_report_until_it_is_handed_in():
    person = calm("叶青")
    row = polling.meeting(person, held_on=date(2026, 12, 4), place="文化站")
    text, html = front(person.user)
    assert "12 月 4 日在文化站述职，报告可以先在手机上写。" in text
    report = row.reports.get()
    assert f"/scoring/reports/texts/{report.pk}/hand-in/" in html
    report.text, report.handed_in_by, report.handed_in_at = "好", person.user, row.called_at
    report.save(update_fields=["text", "handed_in_by", "handed_in_at"])
    assert "写报告" not in front(person.user)[0]


def test_who_runs_a_meeting_puts_down_what_was_counted_and_another_confirms():
    by, other = polling.clerk(), polling.clerk()
    row = polling.meeting(make.deputy("叶青"), by=by)
    assert "柳河镇述职评议会，11 月 12 日。登记谁述了职、各得多少票。" in front(by.user)[0]
    polling.counted(row.reports.get(), by=by)
    text = front(by.user)[0]
    assert "述职测评没有登记" not in text
    assert "待复核" not in text, "one's own count waits for somebody else"
    assert "1 份测评计票待复核" in front(other.user)[0]


def test_the_office_sees_how_many_counts_wait():
    assert queue("测评计票待复核").count == 0
    polling.counted(polling.meeting(make.deputy()).reports.get())
    assert queue("测评计票待复核").count == 1
