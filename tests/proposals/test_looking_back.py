"""回头看: opened by itself, reported by the unit, settled by people."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared.calendar import add_working_days
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Workday
from proposals import tasks
from proposals.actions import (
    lookback,
    rehandling,
)
from proposals.follow_states import LookBackState, PromiseState, UpgradeState
from proposals.models import (
    LookBack,
)
from proposals.queries.rehandling import candidates
from tests import make
from tests.proposals import stages_of_following as stages
from tests.proposals import walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
LATER = stages.LATER


def test_a_missed_step_opens_one_look_back_however_often_and_however_late_beat_looks():
    promise = stages.promise()
    assert lookback.open_due(promise.due_on) == 0
    assert lookback.open_due(date(2027, 9, 30)) == 1
    assert lookback.open_due(date(2027, 9, 30)) == 0
    promise.refresh_from_db()
    found = LookBack.objects.get()
    assert (promise.state, found.promise_id, found.for_on) == ("missed", promise.pk, promise.due_on)
    assert found.report_by == date(2027, 10, 14)
    assert AuditEvent.objects.filter(now="look_back_opened", by_name="系统").count() == 1


def test_a_reported_step_is_not_missed_until_it_is_sent_back():
    promise = stages.reported()
    assert lookback.open_due(LATER) == 0
    from_office = {"words": "没有照片。", "by": make.actor(), "today": LATER}
    stages.promises.send_back_step(promise, **from_office)
    assert lookback.open_due(LATER) == 1


def test_a_missed_step_that_is_sent_back_stays_missed_and_is_looked_at_no_second_time():
    promise = stages.reported(stages.missed())
    by = {"words": "没有照片。", "by": make.actor(), "today": LATER}
    assert stages.promises.send_back_step(promise, **by).state == PromiseState.MISSED
    assert lookback.open_due(date(2027, 5, 5)) == 0
    assert LookBack.objects.get(promise=promise).is_open


def test_one_that_cannot_be_looked_at_stops_no_other(caplog, monkeypatch):
    bad, good = stages.promise(), stages.promise()
    later = stages.answered("C")
    announce = lookback._announce

    def fails(found, *rest):
        announce(found, *rest)
        if found.promise_id == bad.pk:
            raise IntegrityError

    monkeypatch.setattr(lookback, "_announce", fails)
    assert lookback.open_due(LATER) == 2
    assert {each.reply_id for each in LookBack.objects.all()} == {good.reply_id, later.pk}
    assert f"No look-back of proposals.Promise {bad.pk}" in caplog.text
    monkeypatch.undo()
    assert lookback.open_due(LATER) == 1


def test_what_conditions_put_off_is_looked_at_every_year_and_on_the_day_that_was_set():
    reply = stages.answered("C")
    assert lookback.open_due(date(2027, 4, 23)) == 0
    with on(date(2027, 4, 26)):
        assert (tasks.open_look_backs(), tasks.open_look_backs()) == (1, 0)
    look = reply.look_backs.get()
    assert (look.cause, look.for_on) == ("yearly", date(2027, 4, 24))
    settles = {"ending": LookBackState.KEPT, "words": "明年列入计划。", "by": make.actor()}
    lookback.settle_look_back(look, next_on=date(2028, 1, 4), today=LATER, **settles)
    assert lookback.open_due(date(2028, 1, 3)) == 0
    assert lookback.open_due(date(2028, 1, 5)) == 1


def test_the_office_looks_back_by_hand_and_the_unit_reports_and_the_office_settles():
    reply, office = stages.answered(), make.actor()
    look = lookback.open_look_back(reply, reason="群众又反映。", by=office, today=stages.TODAY)
    with pytest.raises(Refused, match="正在回头看"):
        lookback.open_look_back(reply, reason="再看。", by=office, today=stages.TODAY)
    by = walk.unit_clerk()
    lookback.report_look_back(look, report="正在招标。", by=by, today=stages.TODAY)
    ends = {"words": "办得太慢。", "by": office, "today": LATER}
    with pytest.raises(Refused, match="今天以后的新日期"):
        lookback.settle_look_back(look, ending=LookBackState.KEPT, **ends)
    with pytest.raises(Refused, match="公布以后"):
        lookback.settle_look_back(look, ending=LookBackState.HANDED, **ends)
    walk.released(reply.assignment.proposal)
    found = lookback.settle_look_back(look, ending=LookBackState.HANDED, **ends)
    assert (found.state, found.next_on) == (LookBackState.HANDED, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        LookBack.objects.filter(pk=look.pk).update(decided_on=None)


def test_what_is_handed_over_is_on_the_list_of_what_may_be_ordered_or_comes_back(client):
    look = stages.settled(LookBackState.HANDED)
    by, last = make.actor(), add_working_days(LATER, 10, Workday.objects.works())
    (line,) = candidates(by, LATER, 2026)
    assert (line.reply, line.handed) == (look.reply, "资金年底到位。")
    client.force_login(by.user)
    with on(LATER):
        page = client.get(reverse("proposals:rehandlings") + "?year=2026").text
        assert "回头看转来：资金年底到位。" in page
    assert lookback.open_due(last) == 0
    assert lookback.open_due(last + timedelta(days=1)) == 1
    look.refresh_from_db()
    assert (look.state, look.decided_on) == (LookBackState.REPORTED, None)
    assert list(LookBack.objects.for_the_office(last)) == [look]
    assert candidates(by, LATER, 2026) == []
    assert lookback.open_due(last + timedelta(days=2)) == 0
    again = stages.settled(LookBackState.HANDED, look)
    rehandling.order_rehandling([(again.reply, "年底前办完。")], by=by, today=LATER)
    assert lookback.open_due(date(2028, 9, 1)) == 1  # the second step; the order stands


def test_nothing_is_handed_over_that_cannot_be_ordered_yet():
    found = lookback.open_look_back(
        stages.answered(), reason="群众又反映。", by=make.actor(), today=stages.TODAY
    )
    says = {"words": "办得太慢。", "by": make.actor(), "today": stages.TODAY}
    with pytest.raises(Refused, match="评价 2026 年 5 月"):
        lookback.settle_look_back(found, ending=LookBackState.HANDED, **says)


def test_what_is_kept_on_comes_up_on_its_day_and_never_after_the_rules_months():
    found = lookback.open_look_back(
        stages.answered(), reason="群众又反映。", by=make.actor(), today=stages.TODAY
    )
    kept = {"ending": LookBackState.KEPT, "words": "再看。", "by": make.actor()}
    kept |= {"look_back": found, "today": stages.TODAY}
    with pytest.raises(Refused, match="最晚"):
        lookback.settle_look_back(**kept, next_on=date(2040, 1, 1))
    lookback.settle_look_back(**kept, next_on=date(2026, 9, 1))
    assert [lookback.open_due(date(2026, 8, 31)), lookback.open_due(date(2026, 9, 2))] == [0, 1]
    again = LookBack.objects.open().get()
    assert (again.cause, again.for_on) == ("by_hand", date(2026, 9, 1))
    assert lookback.open_due(date(2026, 9, 3)) == 0
    kept |= {"look_back": again, "today": date(2026, 9, 3)}
    lookback.settle_look_back(**kept, next_on=date(2026, 12, 1))
    assert lookback.open_due(date(2026, 12, 1)) == 1


def test_a_step_that_is_kept_on_gets_its_new_day_and_the_letter_keeps_its_own():
    look = stages.settled()
    promise = look.promise
    promise.refresh_from_db()
    assert (promise.state, promise.due_on) == (PromiseState.DUE, look.next_on)
    assert promise.signed_due_on == walk.PLAN[0].due_on
    assert lookback.open_due(look.next_on) == 0


def test_a_step_confirmed_late_settles_its_look_back():
    look = stages.looked_at()
    stages.confirmed(look.promise)
    look.refresh_from_db()
    assert look.state == LookBackState.FULFILLED


def test_a_further_version_replaces_steps_look_backs_and_requests():
    upgrade = stages.asked()
    by = make.actor()
    look = lookback.open_look_back(upgrade.reply, reason="看看。", by=by, today=stages.TODAY)
    stages.answered_again(upgrade.reply)
    look.refresh_from_db()
    upgrade.refresh_from_db()
    assert (look.state, upgrade.state) == (LookBackState.REPLACED, UpgradeState.REPLACED)
    with pytest.raises(Refused, match="第 2 版"):
        lookback.open_look_back(upgrade.reply, reason="看看。", by=by, today=stages.TODAY)


def test_the_office_works_through_its_pages_and_the_unit_through_its_own(client):
    look, upgrade = stages.look_reported(), stages.asked()
    client.force_login(make.actor().user)
    with on(LATER):
        page = client.get(reverse("proposals:look_backs")).content.decode()
        assert "还差资金。" in page
        assert f"{look.report_by:%Y} 年 {look.report_by.month} 月" in page, "days name their year"
        settle = reverse("proposals:settle_look_back", args=[look.pk])
        assert settle in page
        sent = {"ending": "kept", "next_on": "2027-09-01", "words": "资金年底到位。"}
        assert client.post(settle, sent | {"next_on": "2020-01-01"}).status_code == 409
        assert client.post(settle, sent).status_code == 302
        assert client.post(settle, sent).status_code == 409
        assert client.get(reverse("proposals:look_back_export")).status_code == 200
        confirm = reverse("proposals:confirm_upgrade", args=[upgrade.pk])
        assert confirm in client.get(reverse("proposals:upgrade_list")).content.decode()
        assert client.post(confirm, {}).status_code == 302
        reply = upgrade.reply_id
        opens = reverse("proposals:open_look_back", args=[reply])
        assert client.post(opens, {"reason": "群众反映。"}).status_code == 302
    client.force_login(walk.unit_clerk().user)
    found = LookBack.objects.get(reply=reply, cause="by_hand")
    reports = reverse("proposals:report_look_back", args=[found.pk])
    assert (
        reports
        in client.get(
            reverse("proposals:case", args=[upgrade.assignment.proposal_id])
        ).content.decode()
    )
    assert client.post(reports, {"report": " "}).status_code == 422
    assert client.post(reports, {"report": "已经办成。"}).status_code == 302
