"""退回的纸面确认: others mend it for a deputy without an account, who signs a new paper."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.roles import STAFF, Role
from deputies.actions import duties, on_behalf
from tests import make
from tests.deputies import walk
from tests.deputies.test_on_paper import DAY, NOTE, PAPER, TODAY, entered
from tests.scoring.facts import on

MENDS = "由登记的人、代工委或代表所在乡镇人大改好，再收一次纸面确认"


@pytest.fixture
def returned(db):
    with on(TODAY):
        record = on_behalf.confirm_on_paper(entered(), **PAPER, by=make.actor())
        yield duties.send_back(record, reason="日期不清楚。", by=walk.township_clerk())


def mended(record, by):
    facts = {"photos": [], "drop": []}
    return duties.resubmit(record, **(walk.mended(record, done_on=DAY) | facts | {"by": by}))


@pytest.mark.parametrize("role", [Role.STAFF_CLERK, Role.STAFF_DIRECTOR, Role.TOWNSHIP_CLERK])
def test_those_who_act_for_the_deputy_mend_it_and_a_new_paper_follows(returned, role):
    by = make.actor(role)
    record = mended(returned, by)
    assert (record.state, record.confirmed_at, record.paper_by) == ("entered", None, None)
    assert (record.reported_by, record.paper_note) == (by.user, "")
    with pytest.raises(Refused, match="这条是您登记的，须由他人收纸面确认"):
        on_behalf.confirm_on_paper(record, **PAPER, by=by)
    again = on_behalf.confirm_on_paper(record, **PAPER, by=make.actor())
    assert (again.state, again.paper_note) == ("reported", NOTE)


def test_who_entered_it_mends_it_too(returned):
    role = Role.STAFF_CLERK
    assert mended(returned, make.actor(role, user=returned.reported_by)).state == "entered"


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF - {Role.TOWNSHIP_CLERK}))
def test_nobody_else_mends_it(returned, role):
    with pytest.raises(Refused, match=MENDS):
        mended(returned, make.actor(role))


def test_what_was_told_by_a_deputy_with_an_account_stays_theirs_to_mend(db):
    with on(TODAY), pytest.raises(Refused, match="只有代表本人"):
        mended(walk.duty("returned"), make.actor())


def test_the_days_for_mending_hold(db):
    done, told = date(2025, 12, 20), date(2026, 1, 14)
    with on(told):
        person = make.deputy("罗明贵")
        person.user = None
        person.save()
        record = walk.entered(person, done_on=done)
        paper = {"paper_on": told, "paper_note": NOTE}
        record = on_behalf.confirm_on_paper(record, **paper, by=make.actor())
        record = duties.send_back(record, reason="不清楚。", by=walk.township_clerk())
    facts = walk.mended(record, done_on=done) | {"by": make.actor()}
    with on(told + timedelta(days=30)), pytest.raises(Refused, match="登记已经截止"):
        duties.resubmit(record, **facts)


@pytest.mark.parametrize("role", sorted(STAFF))
def test_the_office_may_withdraw_it(returned, role):
    assert duties.withdraw(returned, by=make.actor(role)).state == "withdrawn"


def test_the_pages_say_who_mends_it_and_lead_there(client, returned):
    client.force_login(make.actor().user)
    page = reverse("deputies:record", args=[returned.pk])
    shown = client.get(page).content.decode()
    assert "改好再收纸面确认…" in shown
    assert "退回，改好再收纸面确认" in shown
    form = reverse("deputies:resubmit", args=[returned.pk])
    assert client.get(form).status_code == 200
    typed = {"day": "other", "other_day": "2026-05-20", "spot": "other", "place": "桃园村"}
    assert client.post(form, {**typed, "quantity": "1"}).url == page
    returned.refresh_from_db()
    assert returned.state == "entered"


def test_the_page_for_the_paper_speaks_of_the_deputy_and_not_to_them(client, returned):
    record = mended(returned, make.actor())
    client.force_login(make.actor().user)
    asked = client.get(reverse("deputies:confirm_on_paper", args=[record.pk])).content.decode()
    assert "代罗明贵登记" in asked
    assert "代您登记" not in asked
