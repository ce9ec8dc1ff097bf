"""送达情况: who opened what first, who has not, and a reminder once a day."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from proposals.actions import deliveries, receiving
from proposals.models import Assignment, Opening
from proposals.queries import deliveries as queries
from proposals.states import Sending, SheetState, State
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk
from tests.race import at_once
from tests.scoring import facts as days

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)


def remind(*parts, by=None, today=TODAY):
    return deliveries.remind(parts, by=by or make.actor(), today=today)


def opened(client, part, page="proposals:case", by=None):
    by = by or walk.unit_clerk(part.unit)
    client.force_login(by.user)
    args = [part.proposal_id] if page == "proposals:case" else []
    assert client.get(reverse(page, args=args)).status_code == 200
    return by


def test_the_first_of_the_unit_to_open_a_case_counts(client):
    part = facts.handed()
    first = opened(client, part)
    opened(client, part, by=walk.unit_head(part.unit))
    found = Opening.objects.get()
    assert (found.sending, found.opened_by) == (Sending.HANDOVER, first.user)


def test_the_office_and_the_deputy_open_nothing(client):
    part = facts.handed()
    client.force_login(make.actor().user)
    client.get(reverse("proposals:dossier", args=[part.proposal_id]))
    client.force_login(make.as_deputy(part.proposal.lead).user)
    client.get(reverse("proposals:detail", args=[part.proposal_id]))
    assert not Opening.objects.exists()


def test_a_rehearsal_is_opened_for_itself_and_the_handover_again(client):
    part = facts.planned()
    with days.on(facts.REHEARSED_ON):
        opened(client, part, "proposals:planned")
    assert [each.sending for each in Opening.objects.all()] == [Sending.REHEARSAL]
    assert queries.unopened().count() == 0
    facts.sheets.settle(part.sheet, by=make.actor(), today=facts.SETTLED_ON)
    assert queries.unopened().get() == part
    with days.on(facts.SETTLED_ON):
        opened(client, part, "proposals:planned")
    assert queries.unopened().get() == part
    opened(client, part)
    assert queries.unopened().count() == 0


def test_the_list_says_when_it_went_out_who_looked_and_who_took_it(client):
    part = facts.handed()
    row = queries.deliveries(TODAY).shown[0]
    assert (row.kind, row.may_remind) == ("unopened", True)
    assert row.sent_at == AuditEvent.objects.get(subject="proposals.Assignment", now="handed").at
    opened(client, part)
    assert queries.deliveries(TODAY).shown[0].kind == "opened"
    receiving.receive(facts.again(part), by=walk.unit_clerk(part.unit))
    seen = queries.deliveries(TODAY)
    assert seen.shown[0].kind == "received"
    assert seen.counts == {"unopened": 0, "opened": 0, "received": 1, "all": 1}


def test_remind_tells_each_unit_once_a_day_in_one_notice():
    sheet = facts.sheet(SheetState.SETTLED)
    parts = list(sheet.lines.all())
    clerk = walk.unit_clerk(parts[0].unit)
    assert remind(*parts) == 2
    notice = Notice.objects.get(person=clerk.user, key__startswith="proposal.unopened")
    assert "交办给本单位的 2 件还没有人打开" in notice.text
    with pytest.raises(Refused, match="今天已经催过"):
        remind(*parts)
    assert remind(parts[0], today=TODAY + timedelta(days=1)) == 1
    said = AuditEvent.objects.filter(now="unit_reminded")
    assert said.count() == 3


def test_remind_passes_over_what_was_opened_meanwhile(client):
    sheet = facts.sheet(SheetState.SETTLED)
    first, second = sheet.lines.all()
    opened(client, first)
    assert remind(first, second) == 1
    with pytest.raises(Refused, match="已经打开过"):
        remind(first)
    with pytest.raises(Refused, match="至少选一份"):
        remind()


def test_remind_is_refused_where_nothing_waits_to_be_opened():
    with pytest.raises(Refused, match=r"没有等.*打开的了"):
        remind(walk.proposal(State.ANSWERED).lead_assignment)
    with pytest.raises(Refused, match=r"没有等.*打开的了"):
        remind(facts.sheet(count=1).lines.get())


@pytest.mark.django_db(transaction=True)
def test_four_at_once_open_once():
    part = facts.handed()
    clerk = walk.unit_clerk(part.unit).user
    assert at_once(4, deliveries.note_openings, [part], clerk) == ["done"] * 4
    assert Opening.objects.count() == 1


@pytest.mark.parametrize(
    "words", ["UPDATE proposals_opening SET opened_by_id = NULL", "DELETE FROM proposals_opening"]
)
def test_the_database_lets_nobody_change_who_looked_first(client, words):
    opened(client, facts.handed())
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(words)


def price(client):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("proposals:delivery_list")).status_code == 200
    return len(captured)


def test_the_page_reminds_and_costs_the_same_for_three_as_for_one(client):
    client.force_login(make.actor().user)
    facts.handed()
    price(client)
    one = price(client)
    facts.handed(), facts.handed()
    assert price(client) == one
    parts = list(Assignment.objects.values_list("pk", flat=True))
    assert "都催过了" not in client.get(reverse("proposals:delivery_list")).content.decode()
    answer = client.post(reverse("proposals:remind"), {"part": [*parts, "x"]}, follow=True)
    assert "已催 3 份" in answer.content.decode()
    assert "这一页的今天都催过了" in client.get(reverse("proposals:delivery_list")).content.decode()
    again = client.post(reverse("proposals:remind"), {"part": parts})
    assert again.status_code == 409
    assert "今天已经催过" in again.content.decode()
    assert client.post(reverse("proposals:remind")).status_code == 409
    for only in ("all", "opened", "received", "?", ""):
        assert (
            client.get(reverse("proposals:delivery_list"), {"only": only, "sheet": "x"}).status_code
            == 200
        )
    book = client.get(reverse("proposals:delivery_export"))
    assert book["Content-Type"].startswith("application/vnd")


def test_the_sheet_says_which_units_have_not_looked(client):
    part = facts.planned()
    client.force_login(make.actor().user)
    page = reverse("proposals:sheet", args=[part.sheet_id])
    seen = client.get(page)
    assert seen.context["seen"].silent == [(part.unit.name, 1)]
    assert "去催这些单位" in seen.content.decode()
    with days.on(facts.REHEARSED_ON):
        opened(client, part, "proposals:planned")
    client.force_login(make.actor().user)
    assert "各单位都打开看过了" in client.get(page).content.decode()


def test_a_sheet_of_which_no_unit_knows_says_nothing_of_looking(client):
    client.force_login(make.actor().user)
    page = reverse("proposals:sheet", args=[facts.sheet(count=1).pk])
    assert "还没打开的单位" not in client.get(page).content.decode()
