"""可能是同一次: organiser and deputy tell one outing on two days running; a hint, no refusal."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress.shared.roles import Role
from deputies.models import DutyRecord
from deputies.models.doubts import doubt_words
from deputies.queries.photos import warnings
from tests import make
from tests.deputies import walk
from tests.scoring.facts import on

TODAY = date(2026, 5, 21)
DAY = date(2026, 5, 20)
PLACE = "罗家坡村委会"


@pytest.fixture
def today(db):
    with on(TODAY):
        yield TODAY


def told(person, day, code="C1", place=PLACE):
    return walk.told(
        person, code, by=make.actor(Role.KEEPER, user=make.user("龚站长")), day=day, place=place
    )


def own(person, day=DAY, how=walk.report, code="C1", place=PLACE):
    return how(person, item=walk.item(code), done_on=day, quantity=1, place=place)


def doubt(record):
    return doubt_words(DutyRecord.objects.with_doubts().get(pk=record.pk))


@pytest.mark.parametrize("days", [-1, 1])
@pytest.mark.parametrize("how", [walk.report, walk.entered])
def test_the_day_before_or_after_is_flagged_on_both_and_says_what_is_there(today, days, how):
    person = make.deputy("罗明贵")
    one, other = own(person, how=how), told(person, DAY + timedelta(days=days))
    assert doubt(one) == doubt(other) == "可能是同一次"
    (words,) = warnings(one)
    assert words == (
        f"可能是同一次：5 月 {20 + days} 日同一地点已有一条“接待选民”"
        "（龚站长 5 月 21 日 12:00 登记）。是两次的，照常办；是同一次的，只留一条。"
    )
    assert len(warnings(other)) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"day": DAY - timedelta(days=2)},
        {"day": DAY - timedelta(days=1), "place": "桃园村"},
        {"day": DAY - timedelta(days=1), "code": "A2"},
    ],
)
def test_another_place_another_duty_and_two_days_are_no_hint(today, other):
    person = make.deputy()
    one, two = own(person), told(person, **other)
    assert doubt(one) == doubt(two) == ""
    assert warnings(one) == []


def test_two_days_told_by_one_side_and_another_deputy_s_are_no_hint(today):
    person, before = make.deputy(), DAY - timedelta(days=1)
    one = own(person)
    own(person, before)
    told(make.deputy(), before)
    assert doubt(one) == ""
    nowhere = make.deputy()
    told(nowhere, before, place="")
    assert doubt(own(nowhere, place="")) == ""


def test_the_deputy_reads_it_once_the_report_has_arrived(client, today):
    person = make.deputy("罗明贵")
    told(person, DAY)
    client.force_login(make.as_deputy(person).user)
    sent = {"day": "0", "spot": "other", "place": PLACE, "quantity": "1"}
    sent |= {"token": f"{1:032x}", "photos": walk.upload()}
    page = f"{reverse('deputies:report')}?item=C1"
    answer = client.post(page, sent, follow=True).content.decode()
    assert "已上报" in answer
    assert "可能是同一次：5 月 20 日同一地点已有一条“接待选民”" in answer


def test_who_enters_and_who_checks_read_it_too(client, today):
    person = make.deputy("罗明贵")
    told(person, DAY)
    client.force_login(make.actor().user)
    sent = {"day": "0", "spot": "other", "place": PLACE, "quantity": "1"}
    sent |= {"token": f"{1:032x}", "photos": walk.upload()}
    page = f"{reverse('deputies:enter', args=[person.pk])}?item=C1"
    assert "可能是同一次：5 月 20 日" in client.post(page, sent, follow=True).content.decode()
    client.force_login(make.director().user)
    waiting = DutyRecord.objects.get(done_on=DAY)
    queue = client.get(reverse("scoring:check_queue"), {"record": waiting.pk}).content.decode()
    assert "可能是同一次：5 月 21 日同一地点已有一条" in queue
