"""改正文: from the text that its page showed; what changes nothing moves nothing."""

from datetime import UTC, datetime, time, timedelta

import pytest

from congress.shared import clock
from congress.shared.models import AuditEvent
from proposals.actions import submission
from proposals.models import Proposal
from proposals.rules import SIGN_DAYS
from tests import make
from tests.proposals import walk
from tests.proposals.pages import answered, hidden, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day_of_the_reply")]


def test_a_text_reworded_into_itself_moves_no_day_and_asks_nobody_anew():
    row = walk.signing()
    walk.signed(row)
    until, rows = Proposal.objects.get(pk=row.pk).sign_until, AuditEvent.objects.count()
    same = {name: getattr(row, name) for name in ("title", "facts", "request")}
    by = make.as_deputy(row.lead)
    submission.reword(row, **same, by=by, today=until)
    row.refresh_from_db()
    assert (row.sign_until, AuditEvent.objects.count()) == (until, rows)


def test_once_the_days_are_over_the_same_text_gathers_signatures_anew_and_only_once():
    row = walk.signing()
    by, late = make.as_deputy(row.lead), row.sign_until + timedelta(days=1)
    for _ in range(2):
        submission.reword(row, **walk.words(), by=by, today=late)
    row.refresh_from_db()
    assert row.sign_until == late + timedelta(days=SIGN_DAYS.on(late))
    assert AuditEvent.objects.filter(now="reworded").count() == 1


def test_the_lead_reads_that_nothing_was_changed(client):
    row = walk.signing()
    client.force_login(make.as_deputy(row.lead).user)
    with clock.at(datetime.combine(walk.SUBMITTED_ON, time(2), UTC)):
        sent = walk.words() | {"digest": row.digest}
        page = client.post(url("reword", row.pk), sent, follow=True)
    assert "正文没有改动" in answered(page)
    assert "正文已改" not in answered(page)


def test_a_text_is_reworded_from_the_one_that_the_page_showed(client):
    row = walk.signing()
    by = make.as_deputy(row.lead)
    client.force_login(by.user)
    digest = hidden(client.get(url("reword", row.pk)), "digest")
    said = walk.words() | {"facts": "桥墩被水掏空。"}
    submission.reword(row, **said, by=by, today=walk.SUBMITTED_ON)
    late = walk.words() | {"facts": "护栏断了 6 米。"}
    for wrong in ({"digest": digest}, {}):
        page = answered(client.post(url("reword", row.pk), late | wrong), 409)
        assert "护栏断了 6 米。" in page
    row.refresh_from_db()
    assert row.facts == "桥墩被水掏空。"
    sent = late | {"digest": row.digest}
    assert client.post(url("reword", row.pk), sent).status_code == 302
