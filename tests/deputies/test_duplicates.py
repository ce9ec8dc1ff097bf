"""认定重复: one occasion told by two, under one item or two, is one record in the end."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import STAFF, Role
from deputies.actions import duplicates, duties
from deputies.codes import SAME_OCCASION
from deputies.models import DutyItem, DutyRecord
from deputies.models.doubts import doubt_words
from deputies.queries.on_behalf import twin_of
from tests import make
from tests.deputies import walk
from tests.race import at_once
from tests.scoring.facts import on

TODAY = date(2026, 5, 21)
DAY = date(2026, 5, 20)


@pytest.fixture
def today(db):
    with on(TODAY):
        yield TODAY


def pair(person=None, *, keeper=None):
    """What the deputy reported, and what the keeper registered of the same reception."""
    who = person or make.deputy("罗明贵")
    own = walk.report(who, item=walk.item("C1"), done_on=DAY, quantity=1)
    told = walk.told(who, "C1", by=keeper or make.actor(Role.KEEPER), day=DAY)
    return own, told


def doubt(record):
    return doubt_words(DutyRecord.objects.with_doubts().get(pk=record.pk))


def test_every_item_belongs_to_one_occasion_at_most(today):
    codes = [code for codes in SAME_OCCASION for code in codes]
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(DutyItem.objects.values_list("code", flat=True))


@pytest.mark.parametrize(("own", "organiser"), [("C1", "C1"), ("A3", "A2"), ("C4", "C1")])
def test_what_an_organiser_registers_later_is_flagged_on_both(today, own, organiser):
    person, keeper = make.deputy(), make.actor(Role.KEEPER)
    one = walk.report(person, item=walk.item(own), done_on=DAY, quantity=1)
    assert doubt(one) == ""
    other = walk.told(person, organiser, by=keeper, day=DAY)
    assert doubt(one) == doubt(other) == "疑似重复"
    walk.told(make.deputy(), organiser, by=keeper, day=DAY)
    assert doubt(walk.told(person, "S1", by=keeper, day=DAY)) == ""


@pytest.mark.parametrize(("own", "organiser"), [("C1", "C1"), ("A3", "A2")])
def test_the_deputy_is_told_before_saving_who_registered_it_and_when(client, today, own, organiser):
    person, keeper = make.deputy(), make.actor(Role.KEEPER)
    walk.told(person, organiser, by=keeper, day=TODAY)
    client.force_login(make.as_deputy(person).user)
    page = f"{reverse('deputies:report')}?item={own}"
    sent = {"day": "0", "spot": "other", "place": "桃园村", "quantity": "1"}
    sent |= {"token": f"{1:032x}", "photos": walk.upload()}
    answer = client.post(page, sent)
    assert answer.status_code == 422
    name = walk.item(organiser).short_name
    said = f"5 月 21 日已有一条“{name}”（{keeper.name} 5 月 21 日 12:00 登记），不用再报。"
    assert said in answer.content.decode()


def test_households_in_two_reports_of_one_day_are_no_question_for_the_deputy(client, today):
    person = make.deputy()
    walk.report(person, quantity=1)
    client.force_login(make.as_deputy(person).user)
    sent = {"day": "0", "spot": "other", "place": "桃园村", "quantity": "1"}
    sent |= {"token": f"{1:032x}", "photos": walk.upload("gold")}
    assert client.post(f"{reverse('deputies:report')}?item=C2", sent).status_code == 302


@pytest.mark.parametrize("role", [Role.STAFF_CLERK, Role.STAFF_DIRECTOR, Role.TOWNSHIP_CLERK])
def test_mark_duplicate_leaves_one_and_tells_everybody_which(today, role):
    by = make.actor(role)
    own, told = pair()

    gone = duplicates.mark_duplicate(own, stays=told, by=by)

    assert (gone.state, gone.duplicate_of) == ("withdrawn", told)
    last = AuditEvent.objects.filter(subject_id=own.pk, now="withdrawn").get()
    assert (last.was, last.by_name) == ("reported", by.name)
    said = Notice.objects.get(person=own.deputy.user).text
    assert said == (
        "罗明贵 5 月 20 日“接待选民”登记了两次，这一条不再算，留下的是5 月 20 日“接待选民”"
        f"（{told.reported_by.name} 5 月 21 日 12:00 登记）。"
    )
    assert doubt(told) == ""


def test_mark_duplicate_tells_the_organiser_whose_record_goes(today):
    own, told = pair()
    duplicates.mark_duplicate(told, stays=own, by=make.actor())
    assert Notice.objects.filter(person=told.reported_by).count() == 1
    assert Notice.objects.filter(person=own.deputy.user).count() == 1


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF - {Role.TOWNSHIP_CLERK}))
def test_mark_duplicate_is_refused_to_every_other_role(today, role):
    own, told = pair()
    with pytest.raises(Refused, match="只有代表所在乡镇人大和代工委"):
        duplicates.mark_duplicate(own, stays=told, by=make.actor(role))


def test_mark_duplicate_is_never_of_one_s_own(today):
    clerk = walk.township_clerk()
    own, told = pair(keeper=clerk)
    for gone, stays in ((own, told), (told, own)):
        with pytest.raises(Refused, match="这条是您登记的，须由他人认定重复"):
            duplicates.mark_duplicate(gone, stays=stays, by=clerk)
    staff = make.actor(user=own.deputy.user)
    with pytest.raises(Refused, match="您自己的履职记录"):
        duplicates.mark_duplicate(own, stays=told, by=staff)


def test_mark_duplicate_wants_two_records_of_one_occasion(today):
    own, told = pair()
    by = make.actor()
    with pytest.raises(Refused, match="请选另一条"):
        duplicates.mark_duplicate(own, stays=own, by=by)
    others = [
        walk.told(own.deputy, "C1", by=make.actor(Role.KEEPER), day=TODAY),
        walk.told(own.deputy, "S1", by=make.actor(Role.KEEPER), day=DAY),
        walk.told(make.deputy(), "C1", by=make.actor(Role.KEEPER), day=DAY),
    ]
    for other in others:
        with pytest.raises(Refused, match="不是同一位代表同一天的同一件事"):
            duplicates.mark_duplicate(own, stays=other, by=by)
    duties.withdraw(own, by=make.as_deputy(own.deputy))
    with pytest.raises(Refused, match="已经撤回，请重新选"):
        duplicates.mark_duplicate(told, stays=own, by=by)


def verified(record):
    checker = make.actor(Role.STAFF_CLERK)
    return duties.verify(duties.check(record, by=checker), by=make.director())


def test_mark_duplicate_keeps_what_is_verified_and_of_two_verified_undoes_none(today):
    own, told = pair()
    verified(told)
    with pytest.raises(Refused, match="请留下它，认定另一条重复"):
        duplicates.mark_duplicate(told, stays=own, by=make.actor())
    verified(own)
    with pytest.raises(Refused, match="在积分账里冲销"):
        duplicates.mark_duplicate(own, stays=told, by=make.actor())


def test_what_is_checked_only_the_office_marks(today):
    own, told = pair()
    own = duties.check(own, by=make.actor())
    with pytest.raises(Refused, match="只有代工委可以认定重复"):
        duplicates.mark_duplicate(own, stays=told, by=walk.township_clerk())
    assert duplicates.mark_duplicate(own, stays=told, by=make.actor()).state == "withdrawn"


@pytest.mark.django_db(transaction=True)
def test_each_marked_in_favour_of_the_other_at_once_leaves_one():
    with on(TODAY):
        own, told = pair()
    by = make.actor()
    sides = iter([(own, told), (told, own)])

    def mark():
        gone, stays = next(sides)
        duplicates.mark_duplicate(gone, stays=stays, by=by)

    assert at_once(2, mark) == ["done", "refused"]
    assert DutyRecord.objects.live().count() == 1


def test_the_database_counts_no_duplicate(today):
    own, told = pair()
    rule = "duty_duplicate_is_withdrawn"
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        DutyRecord.objects.filter(pk=own.pk).update(duplicate_of=told)


@pytest.mark.parametrize("role", [Role.STAFF_CLERK, Role.TOWNSHIP_CLERK])
def test_the_page_lays_both_side_by_side_and_asks_which_stays(client, today, role):
    own, told = pair()
    client.force_login(make.actor(role).user)
    page = reverse("deputies:mark_duplicate", args=[own.pk])
    shown = client.get(page).content.decode()
    assert "罗明贵的这两条是同一件事吗？" in shown
    assert f"{told.reported_by.name} 5 月 21 日 12:00 登记" in shown
    assert client.post(page, {}).status_code == 422
    answer = client.post(f"{page}?stays={told.pk}", {"stays": own.pk}, follow=True)
    assert "已认定重复，留下的是罗明贵 5 月 21 日 12:00 上报的那一条" in answer.content.decode()
    told.refresh_from_db()
    assert told.duplicate_of == own
    gone = client.get(reverse("deputies:record", args=[told.pk])).content.decode()
    assert "认定重复，已撤回" in gone


def test_a_record_without_a_twin_has_no_such_page(client, today):
    record = walk.report()
    client.force_login(make.actor().user)
    assert client.get(reverse("deputies:mark_duplicate", args=[record.pk])).status_code == 404


def test_word_for_word_the_same_households_are_asked_about(client, today):
    person = make.deputy()
    walk.report(person, quantity=1, place="桃园村", note="水渠漏水", done_on=TODAY)
    client.force_login(make.as_deputy(person).user)
    sent = {"day": "0", "spot": "other", "place": "桃园村", "quantity": "1", "note": "水渠漏水"}
    sent |= {"token": f"{1:032x}", "photos": walk.upload("gold")}
    page = f"{reverse('deputies:report')}?item=C2"
    answer = client.post(page, sent)
    assert answer.status_code == 422
    assert "确实是另一次" in answer.content.decode()
    again = sent | {"photos": walk.upload("gold"), "again": "on"}
    assert client.post(page, again).status_code == 302


def test_two_awards_of_a_day_for_two_matters_are_no_duplicates(today):
    who, by = make.deputy(), make.actor()
    one, two = (
        walk.told(who, "B6", by=make.actor(Role.KEEPER), day=DAY, matter=matter)
        for matter in ("优秀人大代表", "助农先进个人")
    )
    assert twin_of(one) is None
    with pytest.raises(Refused, match="不同的奖项或事由"):
        duplicates.mark_duplicate(two, stays=one, by=by)
