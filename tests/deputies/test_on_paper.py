"""纸面确认: a deputy without an account says so on paper, which another person receives."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from lxml import html

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import STAFF, Role
from deputies.actions import duties, on_behalf
from deputies.models import Deputy, DutyRecord
from tests import make
from tests.deputies import walk
from tests.race import at_once
from tests.scoring.facts import on

TODAY = date(2026, 5, 21)
DAY = date(2026, 5, 20)
NOTE = "本人签字的履职登记表，存镇人大办公室第 12 号"
PAPER = {"paper_on": TODAY, "paper_note": NOTE}


@pytest.fixture
def today(db):
    with on(TODAY):
        yield TODAY


def entered(person=None, **how):
    """What a township's clerk entered for a deputy who has no account."""
    person = person or make.deputy("罗明贵")
    Deputy.objects.filter(pk=person.pk).update(user=None)
    person.refresh_from_db()
    return walk.entered(person, done_on=DAY, **how)


def page(name, record):
    return reverse(f"deputies:{name}", args=[record.pk])


@pytest.mark.parametrize("role", [Role.STAFF_CLERK, Role.STAFF_DIRECTOR, Role.TOWNSHIP_CLERK])
def test_confirm_on_paper_sends_it_on_and_says_who_holds_what(today, role):
    by = make.actor(role)

    record = on_behalf.confirm_on_paper(entered(), **PAPER, by=by)

    assert (record.state, record.confirmed_at.date()) == ("reported", TODAY)
    assert (record.paper_by, record.paper_on, record.paper_note) == (by.user, TODAY, NOTE)
    last = AuditEvent.objects.filter(subject_id=record.pk).order_by("id").last()
    said = f"纸面确认（5 月 21 日收到）：{NOTE}"
    assert (last.was, last.now, last.by_name, last.note) == ("entered", "reported", by.name, said)
    checked = duties.check(record, by=walk.township_clerk())
    assert duties.verify(checked, by=make.director()).state == "verified"


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF - {Role.TOWNSHIP_CLERK}))
def test_confirm_on_paper_is_refused_to_every_other_role(today, role):
    with pytest.raises(Refused, match="只有代工委和代表所在乡镇人大"):
        on_behalf.confirm_on_paper(entered(), **PAPER, by=make.actor(role))


def test_confirm_on_paper_is_never_by_who_entered_it_nor_of_another_township(today):
    clerk = walk.township_clerk()
    record = entered(by=clerk)
    with pytest.raises(Refused, match="这条是您登记的，须由他人收纸面确认"):
        on_behalf.confirm_on_paper(record, **PAPER, by=clerk)
    far = make.deputy(of=make.group("溢水镇第一代表小组", make.township("溢水镇")))
    with pytest.raises(Refused, match="只有代工委和代表所在乡镇人大"):
        on_behalf.confirm_on_paper(entered(far, by=make.actor()), **PAPER, by=clerk)


def test_of_a_deputy_without_an_account_it_is_paper_that_is_waited_for(client, today):
    clerk = walk.township_clerk()
    on_paper, on_phone = entered(by=clerk), walk.entered(make.deputy("沈秀英"), by=clerk)
    client.force_login(clerk.user)
    for record, words, other in (
        (on_paper, "待纸面确认", "待本人确认"),
        (on_phone, "待本人确认", "待纸面确认"),
    ):
        said = client.get(page("record", record)).content.decode()
        assert words in said
        assert other not in said
    said = client.get(reverse("deputies:entered")).content.decode()
    assert "待纸面确认" in said
    assert "待本人确认" in said
    client.force_login(make.actor().user)
    said = client.get(reverse("admin:deputies_dutyrecord_changelist")).content.decode()
    cells = html.fromstring(said).xpath("//td[contains(@class, 'field-stage')]")
    assert {each.text_content().strip() for each in cells} == {"待纸面确认", "待本人确认"}


def test_whoever_has_an_account_confirms_alone(today):
    record = walk.entered(make.deputy("罗明贵"))
    with pytest.raises(Refused, match="罗明贵有账号，请本人在手机上确认"):
        on_behalf.confirm_on_paper(record, **PAPER, by=make.actor())
    assert on_behalf.confirm(record, by=make.as_deputy(record.deputy)).paper_by is None


@pytest.mark.parametrize("state", ["reported", "checked", "verified", "returned", "withdrawn"])
def test_confirm_on_paper_is_refused_out_of_turn(today, state):
    record = walk.duty(state)
    with pytest.raises(Refused, match="不用再确认"):
        on_behalf.confirm_on_paper(record, **PAPER, by=make.actor())


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"paper_on": date(2026, 5, 22)}, "日期还没到"),
        ({"paper_on": date(2026, 5, 19)}, "不能早于履职的那一天"),
        ({"paper_note": " "}, "请写是什么纸面，放在哪里"),
    ],
)
def test_the_paper_has_a_day_and_a_place(client, today, how, words):
    record, by = entered(), make.actor()
    with pytest.raises(Refused, match=words):
        on_behalf.confirm_on_paper(record, **(PAPER | how), by=by)


def test_whoever_received_the_paper_neither_checks_nor_verifies_it(today):
    by = make.director()
    record = on_behalf.confirm_on_paper(entered(), **PAPER, by=by)
    with pytest.raises(Refused, match="这条的纸面确认是您收的，须由他人核对"):
        duties.check(record, by=by)
    checked = duties.check(record, by=make.actor())
    with pytest.raises(Refused, match="这条的纸面确认是您收的，须由他人核实"):
        duties.verify(checked, by=by)
    assert duties.verify(checked, by=make.director()).state == "verified"


@pytest.mark.django_db(transaction=True)
def test_two_taps_receive_one_paper():
    with on(TODAY):
        record = entered()
    paper = {**PAPER, "paper_on": DAY, "by": make.actor()}
    assert at_once(2, on_behalf.confirm_on_paper, record, **paper) == ["done", "refused"]


def test_the_database_wants_another_person_and_the_whole_paper(today):
    record = on_behalf.confirm_on_paper(entered(), **PAPER, by=make.actor())
    row = DutyRecord.objects.filter(pk=record.pk)
    rule = "duty_paper_is_not_received_by_who_entered_it"
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        row.update(paper_by=record.reported_by)
    with pytest.raises(IntegrityError, match="duty_paper_has_who"), transaction.atomic():
        row.update(paper_note="")


@pytest.mark.parametrize("role", [Role.STAFF_CLERK, Role.TOWNSHIP_CLERK])
def test_the_page_is_one_button_away_and_the_record_shows_the_paper(client, today, role):
    record, by = entered(), make.actor(role)
    client.force_login(by.user)
    assert page("confirm_on_paper", record) in client.get(page("record", record)).content.decode()
    asked = client.get(page("confirm_on_paper", record)).content.decode()
    assert "罗明贵在纸面上确认了吗？" in asked
    missing = client.post(page("confirm_on_paper", record), {"paper_on": "2026-05-22"})
    assert missing.status_code == 422
    assert "日期还没到" in missing.content.decode()
    sent = {"paper_on": "2026-05-21", "paper_note": NOTE}
    answer = client.post(page("confirm_on_paper", record), sent, follow=True).content.decode()
    assert "已记下纸面确认" in answer
    assert f"{by.user.name} 5 月 21 日收到：{NOTE}" in answer
    again = client.get(page("confirm_on_paper", record))
    assert again.status_code == 409
    client.force_login(make.actor().user)
    assert "代登记，纸面确认" in client.get(reverse("scoring:check_queue")).content.decode()


def test_entering_says_that_a_paper_is_wanted(client, today):
    person = entered().deputy
    client.force_login(make.actor().user)
    form = client.get(reverse("deputies:enter", args=[person.pk]), {"item": "C1"})
    assert "罗明贵没有账号：请本人在纸面上签字" in form.content.decode()
