"""代为登记 on its pages: whom, what, the list that waits, and the deputy's yes or no."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared.models import Notice
from congress.shared.roles import Role
from deputies.models import Deputy
from tests import make
from tests.deputies import walk
from tests.scoring.facts import on

TODAY = date(2026, 5, 21)
DAY = date(2026, 5, 20)


@pytest.fixture
def today(db):
    with on(TODAY):
        yield TODAY


def told(person):
    return list(Notice.objects.filter(person=person).order_by("id").values_list("text", flat=True))


def url(name, *args):
    return reverse(f"deputies:{name}", args=args)


def text(answer):
    return answer.content.decode()


def as_(client, actor):
    client.force_login(actor.user)
    return client


def form(**more):
    return {
        "day": "0",
        "spot": "other",
        "place": "桃园村 2 组",
        "quantity": "2",
        "note": "水渠漏水",
        "token": f"{make.serial():032x}",
        "photos": walk.upload(),
        **more,
    }


@pytest.mark.parametrize("role", [Role.STAFF_CLERK, Role.TOWNSHIP_CLERK])
def test_the_pages_lead_from_a_name_to_a_record_that_waits(client, today, role):
    person = make.deputy("罗明贵")
    as_(client, make.actor(role))
    found = text(client.get(url("entered"), {"q": "lmg"}))
    assert url("enter", person.pk) in found
    assert "罗明贵做了什么" in text(client.get(url("enter", person.pk)))
    page = f"{url('enter', person.pk)}?item=C2"
    assert client.get(page).status_code == 200
    answer = client.post(page, form(), follow=True)
    assert "等罗明贵在手机上确认" in text(answer)
    assert "罗明贵　走访选民 2 户" in text(answer)


def test_a_slip_keeps_what_was_typed(client, today):
    person = make.deputy()
    as_(client, walk.township_clerk())
    answer = client.post(f"{url('enter', person.pk)}?item=C2", form(quantity="9"))
    assert answer.status_code == 422
    assert "同一天最多 5 户" in text(answer)
    assert "水渠漏水" in text(answer)
    assert client.get(f"{url('enter', person.pk)}?item=P2").status_code == 404


def test_the_clerk_is_told_before_saving_that_the_organiser_has_registered_it(client, today):
    person = make.deputy()
    keeper = make.actor(Role.KEEPER)
    walk.told(person, "C1", by=keeper, day=TODAY)
    as_(client, walk.township_clerk())
    page = f"{url('enter', person.pk)}?item=C1"
    answer = client.post(page, form(quantity="1"))
    assert answer.status_code == 422
    said = f"5 月 21 日已有一条“接待选民”（{keeper.name} 5 月 21 日 12:00 登记），不用再报。"
    assert said in text(answer)
    assert client.post(page, form(quantity="1", again="on")).status_code == 302


def test_the_deputy_says_yes_or_no_on_the_record_s_own_page(client, today):
    record = walk.entered(done_on=DAY)
    as_(client, make.as_deputy(record.deputy))
    page = text(client.get(url("record", record.pk)))
    assert "请您确认" in page
    assert "属实" in page
    assert url("deny", record.pk) in page
    assert client.get(url("deny", record.pk)).status_code == 200
    assert client.post(url("deny", record.pk), {"words": ""}).status_code == 422
    answer = client.post(url("confirm", record.pk), follow=True)
    assert "您已确认属实" in text(answer)
    assert "本人已确认" in text(answer)
    assert client.get(url("deny", record.pk)).status_code == 409


def test_deny_on_the_page_needs_only_a_sentence(client, today):
    record = walk.entered()
    as_(client, make.as_deputy(record.deputy))
    answer = client.post(url("deny", record.pk), {"words": "没有去。"}, follow=True)
    assert "代表说不是这样" in text(answer)


def test_only_the_office_and_the_townships_have_the_list(client, today):
    walk.entered()
    assert as_(client, make.actor(Role.KEEPER)).get(url("entered")).status_code == 404
    far = make.actor(Role.TOWNSHIP_CLERK)
    assert "走访选民" in text(as_(client, far).get(url("entered")))


def test_what_nobody_confirmed_in_time_is_listed(client, db):
    with on(date(2026, 5, 12)):
        old = walk.entered(make.deputy("罗明贵"))
    with on(date(2026, 5, 20)):
        walk.entered(make.deputy("吴秀兰"))
        page = text(as_(client, make.actor()).get(url("entered"), {"only": "late"}))
    assert old.deputy.name in page
    assert "等了 6 个工作日" in page
    assert "吴秀兰" not in page


def test_the_record_says_what_is_waited_for_and_never_that_a_state_cannot_become_another(
    client, today
):
    as_(client, make.actor())
    silent, quiet = make.deputy("罗明贵"), make.deputy("吴秀兰")
    Deputy.objects.filter(pk=quiet.pk).update(user=None)
    quiet.refresh_from_db()
    waits = text(client.get(url("record", walk.entered(silent).pk)))
    assert "代表本人确认以后才能核对。" in waits
    paper = text(client.get(url("record", walk.entered(quiet).pk)))
    assert "代表没有账号：收到纸面确认以后才能核对。" in paper
    for state in ("checked", "verified", "returned"):
        page = text(client.get(url("record", walk.duty(state).pk)))
        assert "不能变为" not in page


def test_what_is_entered_of_another_year_is_listed_with_its_year(client, db):
    with on(date(2026, 2, 3)):
        office, late = make.actor(), "住院三个月，没有登记。"
        walk.entered(by=office, done_on=date(2025, 12, 20), late_reason=late)
        walk.entered(done_on=date(2026, 1, 20))
        page = text(as_(client, make.actor()).get(url("entered"), {"only": "all"}))
    assert "2025 年 12 月 20 日 · " in page
    assert "2026 年" not in page


def statements(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("role", [Role.STAFF_CLERK, Role.TOWNSHIP_CLERK])
def test_the_list_costs_the_same_for_one_and_for_three(client, today, role):
    as_(client, make.actor(role))
    walk.entered()
    first = statements(client, url("entered"))
    walk.entered()
    walk.entered()
    assert statements(client, url("entered")) == first
