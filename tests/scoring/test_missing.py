"""补记: a seat registered after a duty was verified gets its line; one taken away, none."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.home.queries.office_queues import queues
from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from deputies.models import Mandate, Suspension
from deputies.states import SuspensionGround
from scoring import tasks
from scoring.actions import missing
from scoring.models import Entry, YearTotal
from scoring.queries import missing as queries
from scoring.queries.audit import findings
from tests import make
from tests.race import at_once
from tests.scoring import facts, year

pytestmark = pytest.mark.django_db


@pytest.fixture
def books():
    facts.book()
    facts.book("township")


def late_seat():
    """A duty verified in the county alone; then the seat in the township is registered."""
    person = make.deputy()
    entry = facts.posted(person)
    make.seat(person, "township", make.group())
    return entry


def suspended(entry):
    """The rest is registered after the line was posted."""
    Suspension.objects.create(
        deputy=entry.deputy, ground=SuspensionGround.DETAINED, from_on=facts.DAY
    )
    return entry


def post(by=None):
    by = by or make.director()
    return missing.post_missing(seen=queries.missing(by).seen, by=by)


def test_post_missing_writes_the_owed_line_and_the_audit_is_clean_again(books):
    entry = late_seat()
    owed = f"履职记录 {entry.record_id} 已核实，没有入账：请到“补记积分”里看"
    assert findings().faults == [owed]
    clerk = make.actor()
    assert post(clerk) == (1, 0)
    line = Entry.objects.exclude(pk=entry.pk).get()
    assert (line.record_id, line.points, line.assembly.level.code) == (
        entry.record_id,
        entry.points,
        "township",
    )
    assert YearTotal.objects.get(assembly=line.assembly).total == entry.points
    deed = AuditEvent.objects.get(subject="scoring.Entry", subject_id=line.pk)
    assert (deed.now, deed.by_id) == ("posted_late", clerk.user.pk)
    notice = Notice.objects.get(key=f"scoring.posted_late:{line.pk}")
    assert notice.person == entry.deputy.user
    assert findings().clean


def test_post_missing_takes_back_the_line_of_a_day_without_a_seat(books):
    rested, ended = suspended(facts.posted(make.deputy())), facts.posted(make.deputy())
    later = facts.DAY + timedelta(days=1)
    Mandate.objects.filter(deputy=ended.deputy).update(from_on=later)
    ended.deputy.membership_set.update(from_on=later)
    kept = facts.posted(make.deputy())
    assert [fault.partition("：")[0] for fault in findings().faults] == [
        f"第 {each.pk} 笔没有对应的任职" for each in (rested, ended)
    ]
    assert post() == (0, 2)
    back = set(Entry.objects.filter(reverses__isnull=False).values_list("reverses", flat=True))
    assert back == {rested.pk, ended.pk}
    assert not hasattr(Entry.objects.get(pk=kept.pk), "entry")
    assert "不在任" in Notice.objects.get(key=f"scoring.reversed:{rested.pk}").text
    assert findings().clean


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.STAFF_DIRECTOR, Role.STAFF_CLERK}))
def test_post_missing_is_refused_to_every_role_outside_the_office(books, role):
    late_seat()
    with pytest.raises(Refused, match="由代工委补记"):
        post(make.actor(role))


def test_a_clerk_posts_and_leaves_the_taking_back_to_the_director(books):
    entry = late_seat()
    suspended(facts.posted(make.deputy()))
    clerk = make.actor()
    assert [row.refusal for row in queries.missing(clerk).unseated] == ["冲销由代工委主任办。"]
    assert post(clerk) == (1, 0)
    assert Entry.objects.filter(record=entry.record_id).count() == 2
    with pytest.raises(Refused, match="没有要补记或冲销的"):
        post(clerk)
    assert post() == (0, 1)


def test_ones_own_line_is_left_to_somebody_else(books):
    entry = late_seat()
    own = make.actor(Role.STAFF_DIRECTOR, user=entry.deputy.user)
    assert [row.refusal for row in queries.missing(own).owed] == [
        "这是您自己的积分，须由他人补记。"
    ]
    with pytest.raises(Refused, match="没有要补记或冲销的"):
        post(own)
    assert post() == (1, 0)


def test_what_changed_since_the_page_was_shown_is_shown_again(books):
    late_seat()
    by = make.director()
    seen = queries.missing(by).seen
    late_seat()
    with pytest.raises(Refused, match="重新看过"):
        missing.post_missing(seen=seen, by=by)


def test_a_contested_line_waits_for_its_answer(books):
    entry = facts.posted(make.deputy())
    facts.contested(entry)
    suspended(entry)
    assert "积分异议" in queries.missing(make.director()).unseated[0].refusal
    with pytest.raises(Refused, match="没有要补记或冲销的"):
        post()


def test_a_decided_year_is_left_alone_and_says_so():
    facts.book()
    of = year.party(people=1)
    entry = facts.posted(of.deputies[0])
    year.decided(of)
    suspended(entry)
    with clock.at(year.NOW + timedelta(hours=1)):
        by = make.director()
        assert "评定已经作出" in queries.missing(by).unseated[0].refusal
        assert queries.how_many() == 0
        with pytest.raises(Refused, match="没有要补记或冲销的"):
            post(by)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_post_at_once_one_does():
    facts.book()
    facts.book("township")
    late_seat()
    by = make.director()
    seen = queries.missing(by).seen
    assert at_once(2, missing.post_missing, seen=seen, by=by) == ["done", "refused"]
    assert Entry.objects.count() == 2


def test_the_line_of_a_record_in_a_congress_is_written_once_when_code_forgets(books):
    late_seat()
    line = queries.missing(make.director()).to_post[0]
    Entry.objects.bulk_create([line])
    line.pk = None
    with pytest.raises(IntegrityError, match="entry_once"), transaction.atomic():
        Entry.objects.bulk_create([line])


def test_a_record_without_a_rule_or_a_book_owes_nothing():
    facts.book()
    late_seat()  # no book in the township
    assert (queries.missing(make.director()).owed, queries.how_many()) == ([], 0)


def page(client, by=None):
    client.force_login((by or make.director()).user)
    return client.get(reverse("scoring:post_missing"))


def test_the_page_says_what_will_be_posted_and_posts_it(books, client):
    late_seat()
    suspended(facts.posted(make.deputy()))
    answer = page(client)
    text = answer.content.decode()
    assert "确认后补记 1 笔、冲销 1 笔" in text
    posted = client.post(
        reverse("scoring:post_missing"), {"seen": answer.context["found"].seen}, follow=True
    )
    assert "已补记 1 笔，冲销 1 笔" in posted.content.decode()
    assert "没有要补记的" in page(client).content.decode()
    assert client.post(reverse("scoring:post_missing"), {}).status_code == 409


def test_the_page_asks_no_more_for_three_lines_than_for_one(books, client):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert page(client).status_code == 200
        return len(captured)

    late_seat()
    suspended(facts.posted(make.deputy()))
    page(client)
    one = asked()
    for _ in range(2):
        late_seat()
        suspended(facts.posted(make.deputy()))
    assert asked() == one


def test_the_office_is_led_there_when_the_audit_is_red(books):
    entry = late_seat()
    director, today = make.director(), date(2026, 5, 21)

    def titles():
        return {queue.title: queue for queue in queues(director, today, frozenset())}

    assert "积分待补记" not in titles()
    tasks.audit_ledger()
    assert titles()["积分待补记"].count == 1
    assert titles()["积分待补记"].url == reverse("scoring:post_missing")
    post()
    assert "积分待补记" not in titles()
    assert entry.pk
