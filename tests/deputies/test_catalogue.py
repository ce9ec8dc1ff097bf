"""换分类口径: the list is divided by another wording from a day on, and no past year with it."""

from datetime import date, datetime, time

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from deputies.actions import catalogue
from deputies.models import DutyCategory, DutyItem, Placement
from deputies.queries import duties, public
from deputies.queries.catalogue import Catalogue, moves
from deputies.wordings import Wording
from tests import make
from tests.race import at_once

pytestmark = pytest.mark.django_db
NEXT = date(2027, 1, 1)
NOON = timezone.make_aware(datetime.combine(make.TODAY, time(12)))
PAGE = reverse("deputies:change_wording")


def change(wording=Wording.OFFICIAL, *, from_on=NEXT, by=None, today=make.TODAY):
    director = by or make.director()
    return catalogue.change_wording(wording, from_on=from_on, by=director, today=today)


def where(code: str, day: date) -> str:
    return Catalogue().name(DutyItem.objects.get(code=code).pk, day)


def test_change_wording_moves_the_items_from_that_day_and_leaves_its_trail():
    moved = change()
    days = (date(2026, 12, 31), NEXT)
    assert [where("A2", day) for day in days] == ["参加活动", "小组活动"]
    assert [where("S1", day) for day in days] == ["自身建设", "出席会议"]
    assert [where("P2", day) for day in days] == ["提出建议", "提出建议"]
    assert [where("B4", day) for day in days] == ["附加", "附加"]
    placed = Placement.objects.filter(from_on=NEXT)
    assert placed.count() == moved == 17
    trail = AuditEvent.objects.filter(subject="deputies.Placement", now="classed")
    assert trail.count() == moved
    assert "参加活动" in trail.values_list("was", flat=True)


def test_change_wording_goes_back_and_replaces_what_was_planned():
    change()
    assert change(Wording.POLICY, from_on=date(2026, 6, 1)) == 0
    assert where("A2", NEXT) == "参加活动"
    assert AuditEvent.objects.filter(subject="deputies.Placement", now="unclassed").count() == 17


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.STAFF_DIRECTOR}))
def test_change_wording_is_refused_to_everybody_but_the_director(role):
    with pytest.raises(Refused, match="只有代工委主任"):
        change(by=make.actor(role))


def test_change_wording_is_refused_for_a_year_that_is_over():
    with pytest.raises(Refused, match="不能早于 2026 年 1 月 1 日"):
        change(from_on=date(2025, 12, 31))


def test_change_wording_is_refused_where_nothing_would_move():
    with pytest.raises(Refused, match="本来就是这样分类"):
        change(Wording.POLICY)


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_the_second_finds_nothing_to_move_or_repeats_it():
    director = make.director()
    try:
        how = {"from_on": NEXT, "by": director, "today": make.TODAY}
        at_once(2, catalogue.change_wording, Wording.OFFICIAL, **how)
        assert Placement.objects.filter(from_on=NEXT).count() == 17
    finally:  # the list is no table that a test empties
        Placement.objects.filter(from_on=NEXT).delete()


def test_an_item_is_placed_once_a_day_whatever_the_code_forgets():
    first = Placement.objects.first()
    with (
        pytest.raises(IntegrityError, match="placement_once_per_item_and_day"),
        transaction.atomic(),
    ):
        Placement.objects.create(
            item=first.item, from_on=first.from_on, category=DutyCategory.objects.last()
        )


def test_an_item_of_the_countys_own_stays_where_it_is():
    own = DutyItem.objects.create(
        code="A9", name="代表视察日", short_name="视察日", unit="次", evidence="签到",
        organiser_may_report=True, deputy_may_report=False, position=99,
    )  # fmt: skip
    Placement.objects.create(
        item=own, category=DutyCategory.objects.get(code="activities"), from_on=make.TODAY
    )
    change()
    assert where("A9", NEXT) == "参加活动"
    assert where("A9", date(2026, 1, 1)) == ""


def test_a_past_year_is_shown_under_the_categories_of_its_time():
    person = make.deputy()
    change()
    this, last = public.years(person, (2027, 2026), date(2027, 5, 1))
    assert [each.name for each in this.categories] == [
        "出席会议",
        "调研视察",
        "提出建议",
        "联系选民",
        "小组活动",
    ]
    assert [each.name for each in last.categories][-1] == "自身建设"
    assert sum(each.items for each in this.categories) == sum(
        each.items for each in last.categories
    )


def test_the_tiles_stand_under_the_categories_of_today():
    change()
    person = make.deputy()
    for day, name in ((make.TODAY, "联系群众"), (NEXT, "联系选民")):
        _, others = duties.tiles(person, day)
        assert name in [category.name for category, _ in others]


def test_the_page_says_what_moves_before_it_moves(client):
    client.force_login(make.director().user)
    with clock.at(NOON):
        asked = {"wording": "official", "from_on": "2027-01-01"}
        page = client.get(PAGE, asked).content.decode()
        assert "17 个" in page
        assert "参加活动 → <b>小组活动</b>" in page
        assert not Placement.objects.filter(from_on=NEXT).exists()
        answer = client.post(PAGE, asked)
    assert answer.url == reverse("admin:deputies_dutyitem_changelist")
    assert Placement.objects.filter(from_on=NEXT).count() == 17
    assert not moves("official", NEXT)


def test_the_page_answers_a_slip_with_a_sentence(client):
    client.force_login(make.director().user)
    answer = client.get(PAGE, {"wording": "x", "from_on": "昨天"})
    assert answer.status_code == 422
    assert "没有这种分类" in answer.content.decode()


def test_the_page_tells_a_clerk_who_may(client):
    client.force_login(make.actor(Role.STAFF_CLERK).user)
    page = client.get(PAGE, {"wording": "official", "from_on": "2027-01-01"})
    assert "只有代工委主任可以换" in page.content.decode()
    assert client.post(PAGE, {"wording": "official", "from_on": "2027-01-01"}).status_code == 409


def new_item(**changes):
    facts = {
        "code": "X1",
        "name": "参加县里的新活动",
        "short_name": "新活动",
        "unit": "次",
        "evidence": "签到",
        "organiser_may_report": "on",
        "position": 90,
        "placements-TOTAL_FORMS": 1,
        "placements-INITIAL_FORMS": 0,
        "placements-0-category": DutyCategory.objects.get(code="activities").pk,
        "placements-0-from_on": f"{clock.today():%Y-%m-%d}",
    }
    return facts | changes


def test_an_item_of_the_countys_own_comes_onto_the_list_with_its_category(client):
    client.force_login(make.director().user)
    answer = client.post(reverse("admin:deputies_dutyitem_add"), new_item())
    assert answer.status_code == 302, answer.content.decode()[:2000]
    placement = Placement.objects.get(item__code="X1")
    assert placement.category.code == "activities"
    trail = AuditEvent.objects.get(subject="deputies.Placement", subject_id=placement.pk)
    assert trail.now == "classed"


def test_an_item_is_not_placed_in_a_year_that_is_over(client):
    client.force_login(make.director().user)
    past = new_item(**{"placements-0-from_on": "2020-01-01"})
    answer = client.post(reverse("admin:deputies_dutyitem_add"), past)
    assert answer.status_code == 422
    assert "往年照当时的分类看" in answer.content.decode()
    assert not Placement.objects.filter(item__code="X1").exists()
