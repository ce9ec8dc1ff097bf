"""核对、退回、核实: two people see every duty, and neither is the one it is about."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import STAFF, Role
from deputies.actions import duties
from deputies.models import DutyRecord
from deputies.states import DutyState
from tests import make
from tests.deputies import walk
from tests.race import at_once

NOW = datetime(2026, 5, 12, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def today(db):
    with clock.at(NOW):
        yield NOW.date()


def last_step(record):
    events = AuditEvent.objects.filter(subject="deputies.DutyRecord", subject_id=record.pk)
    return events.order_by("-id").values_list("was", "now", "by_name", "note").first()


def several(state=DutyState.REPORTED, count=3):
    return [walk.duty(state) for _ in range(count)]


@pytest.mark.parametrize("role", [Role.STAFF_CLERK, Role.STAFF_DIRECTOR, Role.TOWNSHIP_CLERK])
def test_check_says_who_saw_the_evidence_and_when(today, role):
    by, record = make.actor(role), walk.duty()

    record = duties.check(record, by=by)

    assert (record.state, record.checked_by, record.checked_at) == ("checked", by.user, NOW)
    assert last_step(record) == ("reported", "checked", by.name, "")


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF - {Role.TOWNSHIP_CLERK}))
def test_check_is_refused_to_every_other_role(today, role):
    with pytest.raises(Refused, match="只有代表所在乡镇人大和代工委"):
        duties.check(walk.duty(), by=make.actor(role))


def test_check_is_refused_to_another_township(today):
    far = make.deputy(of=make.group("溢水镇第一代表小组", make.township("溢水镇")))
    with pytest.raises(Refused, match="只有代表所在乡镇"):
        duties.check(walk.duty(person=far), by=walk.township_clerk())


def test_check_is_never_of_one_s_own_duty_nor_of_what_one_registered(today):
    person, clerk = make.deputy(), walk.township_clerk()
    own = make.actor(Role.TOWNSHIP_CLERK, user=person.user)
    with pytest.raises(Refused, match="您自己的履职记录"):
        duties.check(walk.duty(person=person), by=own)
    told = walk.told(person, by=clerk)
    with pytest.raises(Refused, match="这条是您登记的"):
        duties.check(told, by=clerk)


@pytest.mark.parametrize("state", ["checked", "verified", "returned", "withdrawn"])
def test_check_is_refused_out_of_turn(today, state):
    with pytest.raises(Refused, match=r"“待核实”|已经办过"):
        duties.check(walk.duty(state), by=make.actor())


def test_check_all_checks_all_or_none_and_names_the_first_that_cannot_be(today):
    person = make.deputy("罗明贵")
    records = [*several(), walk.duty(DutyState.WITHDRAWN, person)]
    with pytest.raises(Refused, match="罗明贵 5 月 12 日的记录：目前是“已撤回”"):
        duties.check_all(records, by=make.actor())
    assert not DutyRecord.objects.to_verify().exists()
    duties.check_all(records[:3], by=walk.township_clerk())
    assert DutyRecord.objects.to_verify().count() == 3


@pytest.mark.parametrize("role", [Role.STAFF_CLERK, Role.TOWNSHIP_CLERK])
def test_check_all_takes_the_same_few_statements_for_one_and_for_many(today, role):
    def statements(records):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            duties.check_all(records, by=make_by)
        return len(seen)

    make_by = make.actor(role)
    assert statements(several(count=1)) == statements(several(count=4))


@pytest.mark.django_db(transaction=True)
def test_two_people_check_at_once_and_one_does():
    record = walk.duty()
    assert at_once(3, duties.check, record, by=make.actor()) == ["done", "refused", "refused"]


@pytest.mark.django_db(transaction=True)
def test_batches_that_overlap_do_not_wait_for_each_other_in_a_circle():
    records = several(count=6)
    orders = iter([records, records[::-1], records, records[::-1]])
    by = make.actor()
    outcomes = at_once(4, lambda: duties.check_all(next(orders), by=by))
    assert outcomes == ["done", "refused", "refused", "refused"]


def test_the_database_ties_who_checked_to_when(today):
    record = walk.duty(DutyState.CHECKED)
    with pytest.raises(IntegrityError, match="duty_checked_has_who_and_when"), transaction.atomic():
        DutyRecord.objects.filter(pk=record.pk).update(checked_at=None)


def test_check_all_leaves_a_record_with_a_warning_to_be_looked_at_by_itself(today):
    person = make.deputy("罗明贵")
    told = [walk.told(person, by=make.actor()) for _ in range(2)]
    with pytest.raises(Refused, match="罗明贵 5 月 12 日的记录：这条有提示，请单独看过再定"):
        duties.check_all([*several(), *told], by=make.director())
    assert not DutyRecord.objects.to_verify().exists()
    assert duties.check(told[0], by=make.director()).state == DutyState.CHECKED


def test_uncheck_makes_the_record_wait_for_its_first_check_again(today):
    by = walk.township_clerk()
    record = duties.check(walk.duty(), by=by)

    record = duties.uncheck(record, by=by)

    assert (record.state, record.checked_by, record.checked_at) == ("reported", None, None)
    assert last_step(record) == ("checked", "reported", by.name, "")
    assert duties.check(record, by=make.actor()).state == DutyState.CHECKED


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF - {Role.TOWNSHIP_CLERK}))
def test_uncheck_is_refused_to_every_role_that_does_not_check(today, role):
    with pytest.raises(Refused, match="只有代表所在乡镇人大和代工委"):
        duties.uncheck(walk.duty(DutyState.CHECKED), by=make.actor(role))


def test_uncheck_is_the_checker_s_own(today):
    record = walk.duty(DutyState.CHECKED)
    for other in (walk.township_clerk(), make.actor(), make.director()):
        with pytest.raises(Refused, match="只有核对这条的人"):
            duties.uncheck(record, by=other)


@pytest.mark.parametrize("state", ["reported", "verified", "returned", "withdrawn"])
def test_uncheck_is_refused_out_of_turn(today, state):
    with pytest.raises(Refused, match="没有可以撤回的核对"):
        duties.uncheck(walk.duty(state), by=make.actor())


def test_uncheck_all_takes_back_all_or_none(today):
    by = walk.township_clerk()
    mine = duties.check_all(several(), by=by)
    with pytest.raises(Refused, match="的记录：只有核对这条的人"):
        duties.uncheck_all([*mine, walk.duty(DutyState.CHECKED)], by=by)
    assert DutyRecord.objects.to_verify().count() == 4
    assert len(duties.uncheck_all(mine, by=by)) == 3
    assert DutyRecord.objects.to_check().count() == 3


@pytest.mark.django_db(transaction=True)
def test_uncheck_and_verify_at_once_and_one_of_them_does():
    by, office = walk.township_clerk(), make.director()
    record = duties.check(walk.duty(), by=by)
    verbs = iter([(duties.uncheck, by), (duties.verify, office)])

    def either():
        verb, who = next(verbs)
        verb(record, by=who)

    assert at_once(2, either) == ["done", "refused"]
    assert at_once(2, duties.uncheck, duties.check(walk.duty(), by=by), by=by) == [
        "done",
        "refused",
    ]


def test_the_database_refuses_half_a_check_taken_back(today):
    record = walk.duty(DutyState.CHECKED)
    with pytest.raises(IntegrityError, match="duty_checked_has_who_and_when"), transaction.atomic():
        DutyRecord.objects.filter(pk=record.pk).update(state="reported", checked_by=None)


def test_send_back_tells_the_deputy_exactly_the_reason(today):
    record, by = walk.duty(), walk.township_clerk()

    record = duties.send_back(record, reason="照片里看不到人。", by=by)

    assert (record.state, record.return_reason) == (DutyState.RETURNED, "照片里看不到人。")
    assert last_step(record) == ("reported", "returned", by.name, "照片里看不到人。")
    notice = Notice.objects.get(person=record.deputy.user)
    assert notice.text == "5 月 12 日“走访选民”退回：照片里看不到人。"
    assert notice.link == f"/deputies/records/{record.pk}/"


def test_send_back_a_second_time_is_a_second_notice(today):
    record = walk.duty(DutyState.RETURNED)
    record = duties.resubmit(record, **walk.mended(record))
    duties.send_back(record, reason="还是看不清。", by=make.actor())
    assert Notice.objects.filter(person=record.deputy.user).count() == 2


def test_send_back_of_a_checked_record_forgets_the_check(today):
    record = duties.send_back(walk.duty(DutyState.CHECKED), reason="重复。", by=make.actor())
    assert (record.state, record.checked_by, record.checked_at) == ("returned", None, None)


def test_send_back_of_a_checked_record_is_the_office_s(today):
    with pytest.raises(Refused, match="只有代工委可以退回"):
        duties.send_back(walk.duty(DutyState.CHECKED), reason="重复。", by=walk.township_clerk())


def test_send_back_wants_its_reason(today):
    with pytest.raises(Refused, match="必须写明原因"):
        duties.send_back(walk.duty(), reason="  ", by=make.actor())


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF - {Role.TOWNSHIP_CLERK}))
def test_send_back_is_refused_to_every_other_role(today, role):
    with pytest.raises(Refused, match="只有代表所在乡镇人大和代工委"):
        duties.send_back(walk.duty(), reason="次数不对", by=make.actor(role))


@pytest.mark.parametrize("state", ["verified", "returned", "withdrawn"])
def test_send_back_is_refused_out_of_turn(today, state):
    with pytest.raises(Refused, match=r"“已退回”|已经办过"):
        duties.send_back(walk.duty(state), reason="次数不对", by=make.actor())


@pytest.mark.django_db(transaction=True)
def test_two_clicks_send_back_once():
    record = walk.duty()
    outcomes = at_once(3, duties.send_back, record, reason="次数不对", by=make.actor())
    assert outcomes == ["done", "refused", "refused"]
    assert Notice.objects.count() == 1


def test_verify_is_the_second_person_s(today):
    by, record = make.director(), walk.duty(DutyState.CHECKED)

    record = duties.verify(record, by=by)

    assert (record.state, record.verified_by, record.verified_at) == ("verified", by.user, NOW)
    assert last_step(record) == ("checked", "verified", by.name, "")


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_verify_is_refused_outside_the_office(today, role):
    with pytest.raises(Refused, match="只有代工委"):
        duties.verify(walk.duty(DutyState.CHECKED), by=make.actor(role))


def test_verify_is_never_by_checker_registrar_or_the_deputy(today):
    person, one, other = make.deputy(), make.actor(), make.director()
    told = walk.told(person, by=one)
    told = duties.check(told, by=other)
    with pytest.raises(Refused, match="这条是您核对的"):
        duties.verify(told, by=other)
    with pytest.raises(Refused, match="这条是您登记的"):
        duties.verify(told, by=one)
    with pytest.raises(Refused, match="您自己的履职记录"):
        duties.verify(told, by=make.actor(user=person.user))


@pytest.mark.parametrize("state", ["reported", "verified", "returned", "withdrawn"])
def test_verify_is_refused_out_of_turn(today, state):
    with pytest.raises(Refused, match=r"“已核实”|已经办过"):
        duties.verify(walk.duty(state), by=make.actor())


def test_verify_all_verifies_all_or_none(today):
    records = [*several(DutyState.CHECKED), walk.duty()]
    with pytest.raises(Refused, match="目前是“待核对”"):
        duties.verify_all(records, by=make.director())
    assert len(duties.verify_all(records[:3], by=make.director())) == 3


@pytest.mark.django_db(transaction=True)
def test_two_clicks_verify_once():
    record = walk.duty(DutyState.CHECKED)
    assert at_once(3, duties.verify, record, by=make.director()) == ["done", "refused", "refused"]


def test_the_database_refuses_one_person_as_both_pairs_of_eyes(today):
    record = walk.duty(DutyState.CHECKED)
    with pytest.raises(IntegrityError, match="duty_takes_two_people"), transaction.atomic():
        DutyRecord.objects.filter(pk=record.pk).update(
            state="verified", verified_by=record.checked_by, verified_at=NOW
        )
