"""核实并记分: five tests, the bulk, the year's edge, the guards."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import STAFF, Role
from deputies.actions import duties
from deputies.models import DutyRecord, Suspension
from deputies.states import DutyState
from scoring.actions import cycles, posting
from scoring.models import Entry, YearTotal
from scoring.queries.audit import findings
from scoring.queries.replay import _unspoken
from tests import make
from tests.race import at_once
from tests.scoring import facts

pytestmark = pytest.mark.django_db


def total(deputy, year=2026, level="county"):
    area = make.township() if level == "township" else None
    return YearTotal.objects.get(deputy=deputy, assembly=make.assembly(level, area), year=year)


def test_verify_and_post_writes_the_line_moves_the_total_and_leaves_a_trail():
    facts.book()
    deputy, office = make.deputy(), make.director()
    record = facts.checked(deputy, "C1", quantity=2)

    assert posting.verify_and_post(record, by=office) == 1

    record.refresh_from_db()
    entry = Entry.objects.get()
    assert (record.state, record.verified_by) == (DutyState.VERIFIED, office.user)
    assert (entry.deputy, entry.record, entry.year, entry.points) == (
        deputy,
        record,
        2026,
        Decimal(4),
    )
    assert (total(deputy).base, total(deputy).bonus, total(deputy).total) == (
        Decimal(4),
        Decimal(0),
        Decimal(4),
    )
    steps = AuditEvent.objects.filter(subject_id=record.pk, subject="deputies.DutyRecord")
    assert list(steps.values_list("was", "now", "by_name"))[-1] == (
        "checked",
        "verified",
        office.name,
    )
    notice = Notice.objects.get(person=deputy.user)
    assert notice.text == "您 5 月 20 日的“接待选民”已核实，按规则记 4 分。"


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_verify_and_post_is_refused_to_every_other_role(role):
    facts.book()
    record = facts.checked(make.deputy())
    with pytest.raises(Refused, match="只有代工委可以核实"):
        posting.verify_and_post(record, by=make.actor(role))
    assert not Entry.objects.exists()


def test_whoever_checked_it_does_not_verify_it():
    facts.book()
    clerk = make.actor()
    record = duties.check(facts.reported(make.deputy()), by=clerk)
    with pytest.raises(Refused, match="须由他人核实"):
        posting.verify_and_post(record, by=clerk)


def test_whoever_entered_it_does_not_verify_it():
    facts.book()
    office = make.director()
    record = facts.checked(make.deputy(), by=office)
    with pytest.raises(Refused, match="须由他人核实"):
        posting.verify_and_post(record, by=office)


def test_verify_and_post_is_refused_before_the_first_check_and_a_second_time():
    facts.book()
    deputy = make.deputy()
    record = facts.reported(deputy)
    with pytest.raises(Refused, match="待核对"):
        posting.verify_and_post(record, by=make.director())
    entry = facts.posted(deputy)
    with pytest.raises(Refused, match="已核实"):
        posting.verify_and_post(entry.record, by=make.director())
    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_verifiers_at_once_count_the_points_once():
    facts.book()
    deputy = make.deputy()
    record, office = facts.checked(deputy), make.director()
    outcomes = at_once(4, posting.verify_and_post, record, by=office)
    assert outcomes == ["done", "refused", "refused", "refused"]
    assert (Entry.objects.count(), total(deputy).total) == (1, Decimal(2))


@pytest.mark.django_db(transaction=True)
def test_two_records_of_one_deputy_verified_at_once_both_count():
    facts.book()
    deputy, office = make.deputy(), make.director()
    waiting = iter([facts.checked(deputy), facts.checked(deputy), facts.checked(deputy)])
    assert (
        at_once(3, lambda: posting.verify_and_post(next(waiting), by=office, twice=True))
        == ["done"] * 3
    )
    assert total(deputy).total == Decimal(6)


def test_one_record_has_one_line_in_an_assembly_whatever_the_code_forgets():
    facts.book()
    entry = facts.posted(make.deputy())
    entry.pk = None
    with pytest.raises(IntegrityError, match="entry_once_per_record_and_assembly"):
        entry.save(force_insert=True)


def run_and_check(statement):
    with connection.cursor() as cursor:
        cursor.execute(f"{statement}; SET CONSTRAINTS ALL IMMEDIATE")


def test_the_apps_own_role_cannot_change_or_remove_a_line():
    facts.book()
    entry = facts.posted(make.deputy())
    for statement in (
        "UPDATE scoring_entry SET points = 99",
        "DELETE FROM scoring_entry",
        "TRUNCATE scoring_entry",
        "ALTER TABLE scoring_entry DISABLE TRIGGER ALL",
        f"DELETE FROM deputies_dutyrecord WHERE id = {entry.record_id}",  # noqa: S608 -- a number
    ):
        with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
            run_and_check(statement)
    assert Entry.objects.get().points == Decimal(2)


def test_a_seat_in_two_congresses_gives_a_line_in_each_by_its_own_book():
    facts.book()
    facts.book("township")
    deputy = make.deputy(levels=("county", "township"))
    facts.posted(deputy)
    assert Entry.objects.count() == 2
    assert total(deputy).total == total(deputy, level="township").total == Decimal(2)


def test_a_congress_without_a_rule_book_gives_no_line():
    facts.book()
    deputy = make.deputy(levels=("county", "township"))
    facts.posted(deputy)
    assert list(Entry.objects.values_list("assembly__level__code", flat=True)) == ["county"]


def test_a_fact_older_than_the_book_is_verified_without_points():
    facts.book(from_on=date(2026, 6, 1))
    deputy = make.deputy()
    assert facts.posted(deputy, on=date(2026, 5, 31)) is None
    assert DutyRecord.objects.get().state == DutyState.VERIFIED
    assert not YearTotal.objects.exists()
    assert "这一项不计分" in Notice.objects.get(person=deputy.user).text


def test_a_seat_that_had_ended_gives_no_line():
    facts.book()
    deputy = make.deputy()
    make.leaves(deputy, date(2026, 5, 20))
    assert facts.posted(deputy, on=date(2026, 5, 20)) is None
    assert facts.posted(deputy, on=date(2026, 5, 19)).points == Decimal(2)


def test_points_belong_to_the_civil_year_of_the_deed_not_of_the_verification():
    facts.book()
    deputy = make.deputy()
    with facts.on(date(2026, 1, 5)):
        facts.posted(deputy, on=date(2025, 12, 31))
        facts.posted(deputy, on=date(2026, 1, 1))
    assert (total(deputy, 2025).total, total(deputy, 2026).total) == (Decimal(2), Decimal(2))


def test_a_year_starts_from_nought_and_the_old_one_stays():
    facts.book()
    deputy = make.deputy()
    for _ in range(7):
        facts.posted(deputy, on=date(2025, 6, 10))
    facts.posted(deputy, on=date(2026, 6, 10))
    assert (total(deputy, 2025).total, total(deputy, 2026).total) == (Decimal(12), Decimal(2))


def test_item_limits_and_category_ceilings_hold_in_the_total():
    facts.book()
    deputy = make.deputy()
    for code, quantity in [("C1", 7), ("C2", 5), ("C3", 5), ("C5", 1), ("B8", 8)]:
        facts.posted(deputy, code, quantity=quantity)
    # 12 + 2.5 + 6 + 4 = 24.5 meets the ceiling of 20; the bonus of 16 has none
    year = total(deputy)
    assert (year.base, year.bonus, year.total) == (Decimal(20), Decimal(16), Decimal(36))


def test_a_quantity_that_must_be_a_slip_is_refused_with_the_name():
    facts.book()
    record = facts.checked(make.deputy("甘露"), "C5", quantity=32767)
    with pytest.raises(Refused, match="甘露这条的数量是 32767"):
        posting.verify_and_post(record, by=make.director())


def test_in_a_batch_all_are_posted_or_none():
    facts.book()
    good, bad = facts.checked(make.deputy()), facts.reported(make.deputy("陶然"))
    with pytest.raises(Refused, match="陶然"):
        posting.verify_and_post_all([good, bad], by=make.director())
    assert not Entry.objects.exists()
    good.refresh_from_db()
    assert good.state == DutyState.CHECKED


@pytest.mark.parametrize("many", [1, 12])
def test_a_batch_takes_the_same_number_of_queries_whatever_its_size(many):
    facts.book()
    office = make.director()
    records = [facts.checked(make.deputy()) for _ in range(many)]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert posting.verify_and_post_all(records, by=office) == many
    assert len(queries) == 21


def test_the_ledgers_lines_are_seen_by_the_desk_and_by_their_deputy_alone():
    facts.book()
    deputy = make.deputy()
    facts.posted(deputy)
    for actor, seen in (
        (make.director(), 1),
        (make.actor(Role.AUDITOR), 1),
        (make.as_deputy(deputy), 1),
        (make.as_deputy(make.deputy()), 0),
        (make.actor(Role.TOWNSHIP_CLERK), 0),
        (Actor(), 0),
    ):
        assert Entry.objects.visible_to(actor).count() == seen


@pytest.mark.django_db(transaction=True)
def test_a_review_opened_meanwhile_waits_until_the_first_line_of_its_year_is_moved():
    facts.book()
    entry, by = facts.posted(make.deputy()), make.director()
    how = {"year": entry.year, "by": by, "today": date(2026, 12, 20)}

    def open_cycle():
        try:
            return cycles.open_cycle(make.assembly(), **how)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            posting.hold_accounts({(entry.deputy_id, entry.assembly_id, entry.year)})
            opening = pool.submit(open_cycle)
            with pytest.raises(TimeoutError):
                opening.result(timeout=1)
        assert opening.result(timeout=20).year == entry.year


def test_verifying_nothing_writes_nothing():
    assert posting.verify_and_post_all([], by=make.director()) == 0


def test_verify_and_post_gives_no_line_for_a_day_of_a_suspension():
    facts.book()
    deputy = make.deputy()
    record = facts.checked(deputy)
    Suspension.objects.create(
        deputy=deputy,
        ground="detained",
        from_on=facts.DAY,
        to_on=facts.DAY + timedelta(days=1),
    )
    assert posting.verify_and_post(record, by=make.director()) == 0
    after = facts.checked(deputy, on=facts.DAY + timedelta(days=1))
    assert posting.verify_and_post(after, by=make.director()) == 1
    assert findings().clean
    assert not _unspoken(make.assembly(), 2026).exists()
