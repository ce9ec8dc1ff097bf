"""名次: among whom, by which points, who is out, and who may see whose."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from congress.shared.models import Term
from congress.shared.roles import Role
from deputies.models import Mandate, Suspension
from deputies.states import EndCause, SuspensionGround
from scoring.actions import posting
from scoring.queries.board import Within, board, own_ranks, standing
from tests import make
from tests.scoring import facts

pytestmark = pytest.mark.django_db

BOARD, OWN = reverse("scoring:board"), reverse("scoring:own_board")
POINTS = reverse("scoring:points")
TODAY = facts.DAY.replace(day=22)


@pytest.fixture(autouse=True)
def may(db):
    facts.book()
    with facts.on(TODAY):
        yield


def signed(client, actor):
    client.force_login(actor.user)
    return client


def ranked(**how):
    return [(row.rank, row.name) for row in board(make.assembly(), 2026, TODAY, **how)]


def seat_of(person) -> Mandate:
    return person.mandates.get(term__assembly=make.assembly())


def rests(person, since=TODAY):
    Suspension.objects.create(deputy=person, ground=SuspensionGround.DETAINED, from_on=since)


def test_leavers_and_suspended_are_out_on_the_day_and_the_others_move_up():
    first, second, third = make.deputy("甲"), make.deputy("乙"), make.deputy("丙")
    for person, code in ((first, "B6"), (second, "B7"), (third, "C1")):
        facts.posted(person, code)
    assert ranked() == [(1, "甲"), (2, "乙"), (3, "丙")]
    rests(first)
    make.leaves(second, TODAY)
    tomorrow = TODAY.replace(day=23)
    rows = board(make.assembly(), 2026, tomorrow)
    assert [(row.rank, row.name) for row in rows] == [(1, "丙")]
    total = third.year_totals.get().total
    assert standing(make.assembly(), 2026, total, tomorrow, third.pk).rank == 1
    assert standing(make.assembly(), 2026, total, tomorrow, first.pk).rank is None
    assert own_ranks(make.assembly(), 2026, TODAY, first.pk) == []


def test_a_suspended_deputys_own_page_says_so(client):
    person = make.deputy()
    facts.posted(person)
    rests(person)
    page = signed(client, make.as_deputy(person)).get(POINTS).content.decode()
    assert "现在不参加排名" in page


def test_who_came_within_the_term_is_shown_with_the_day():
    person = make.deputy("甲")
    came = date(2026, 3, 1)
    Mandate.objects.filter(pk=seat_of(person).pk).update(from_on=came)
    person.membership_set.update(from_on=came)
    make.deputy("乙")
    rows = {row.name: row.since for row in board(make.assembly(), 2026, TODAY)}
    assert rows == {"甲": date(2026, 3, 1), "乙": None}
    assert ranked(within=Within(cohort="late")) == [(1, "甲")]


def test_filters_rank_within_and_a_name_keeps_its_true_rank():
    away = make.group("河口乡第一代表小组", make.township("河口乡"))
    for name, group, code in (("甲", None, "B6"), ("乙", away, "B7"), ("丙", away, "C1")):
        facts.posted(make.deputy(name, of=group), code)
    assert ranked(within=Within(area=away.area_id)) == [(1, "乙"), (2, "丙")]
    assert ranked(within=Within(group=away.pk)) == [(1, "乙"), (2, "丙")]
    assert ranked(within=Within(group=away.pk), name="丙") == [(2, "丙")]
    assert ranked(name="丙") == [(3, "丙")]


def test_re_elected_and_several_seats_are_cohorts():
    new, old, both = (
        make.deputy("新"),
        make.deputy("连"),
        make.deputy("兼", levels=("county", "township")),
    )
    last = Term.objects.create(
        assembly=make.assembly(), number=18, from_on=date(2016, 12, 1), to_on=date(2021, 11, 30)
    )
    seat = seat_of(old)
    Mandate.objects.create(
        deputy=old,
        term=last,
        district=seat.district,
        certificate="OLD1",
        from_on=last.from_on,
        to_on=last.to_on,
        end_cause=EndCause.TERM,
    )
    assert {name for _, name in ranked(within=Within(cohort="again"))} == {"连"}
    assert {name for _, name in ranked(within=Within(cohort="first"))} == {new.name, both.name}
    assert {name for _, name in ranked(within=Within(cohort="several"))} == {"兼"}


def test_a_category_ranks_by_its_points_under_item_limit_and_ceiling():
    much, little = make.deputy("多"), make.deputy("少")
    for day in range(1, 9):
        facts.posted(much, "C1", on=facts.DAY.replace(day=day))
    facts.posted(little, "C1")
    facts.posted(little, "B4")
    rows = board(make.assembly(), 2026, TODAY, within=Within(category="voters"))
    assert [(row.rank, row.name, row.part, row.total) for row in rows] == [
        (1, "多", "12.0", "12.0"),
        (2, "少", "2.0", "22.0"),
    ]
    rows = board(make.assembly(), 2026, TODAY, within=Within(category="bonus"))
    assert [(row.rank, row.name, row.part) for row in rows] == [(1, "少", "20.0"), (2, "多", "0.0")]


def test_a_verified_duty_moves_the_board_and_the_rank_at_the_next_request(client):
    facts.posted(make.deputy("甲"), "C1")
    person = make.deputy("乙")
    record = facts.checked(person, "B6")
    director = make.director()
    before = signed(client, director).get(BOARD).context["page"].object_list
    assert [row.name for row in before] == ["甲", "乙"]
    client.post(reverse("scoring:verify_and_post"), {"records": [record.pk]})
    after = client.get(BOARD).context["page"].object_list
    assert [(row.rank, row.name) for row in after] == [(1, "乙"), (2, "甲")]
    page = signed(client, make.as_deputy(person)).get(POINTS).content.decode()
    assert "排第 <b>1</b>" in page
    posting.reverse(person.entries.get(), reason="重复", by=make.director())
    assert "排第 <b>2</b>" in client.get(POINTS).content.decode()


def test_filters_stand_in_the_address_and_a_slip_shows_all(client):
    away = make.group("河口乡第一代表小组", make.township("河口乡"))
    make.deputy("甲")
    make.deputy("乙", of=away)
    signed(client, make.director())
    page = client.get(BOARD, {"area": away.area_id, "cohort": "first", "category": "voters"})
    assert [row.name for row in page.context["page"].object_list] == ["乙"]
    assert "按联系群众排" in page.content.decode()
    slip = client.get(
        BOARD, {"area": "x", "group": "9" * 30, "cohort": "?", "category": "%", "on": "昨天"}
    )
    assert len(slip.context["page"].object_list) == 2


def test_an_open_appeal_marks_the_row_and_the_deputys_own_rank(client):
    person = make.deputy("甲")
    facts.contested(facts.posted(person))
    make.deputy("乙")
    rows = board(make.assembly(), 2026, TODAY)
    assert [(row.name, row.contested) for row in rows] == [("甲", 1), ("乙", 0)]
    page = signed(client, make.director()).get(BOARD).content.decode()
    assert page.count("有异议") == 1
    assert [row.contested for row in board(make.assembly(), 2026, TODAY, on=facts.DAY)] == [0, 0]
    page = signed(client, make.as_deputy(person)).get(POINTS).content.decode()
    assert "您有 1 笔正在处理异议" in page


def test_the_sheet_of_a_category_has_its_points(client):
    facts.posted(make.deputy("甲"), "C1")
    answer = signed(client, make.director()).get(BOARD, {"export": 1, "category": "voters"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert sheet.to_python()[1:] == [
        ["名次", "姓名", "代表小组", "基础分", "附加分", "总分", "联系群众（排名依据）"],
        [1, "甲", "柳河镇第一代表小组", 2, 0, 2, 2],
    ]


def convenor_of(group):
    by = make.actor(Role.CONVENOR)
    group.convenor = by.user
    group.save()
    return by


def test_a_convenor_sees_the_ranking_of_their_own_group_alone(client):
    other = make.group("柳河镇第二代表小组")
    make.deputy("甲")
    make.deputy("乙", of=other)
    signed(client, convenor_of(make.group()))
    for asked in ({}, {"group": other.pk}, {"group": "x"}, {"area": "1"}):
        page = client.get(OWN, asked)
        assert [row.name for row in page.context["page"].object_list] == ["甲"]
        assert reverse("scoring:points_of", args=[1])[:-2] not in page.content.decode()
        assert f"<h2>{make.group()}：{make.assembly()} 2026 年</h2>" in page.content.decode()


def test_a_townships_clerk_sees_their_township_alone(client):
    away = make.group("河口乡第一代表小组", make.township("河口乡"))
    make.deputy("甲")
    make.deputy("乙", of=away)
    signed(client, make.actor(Role.TOWNSHIP_CLERK))
    for asked in ({}, {"area": away.area_id}, {"group": away.pk}):
        page = client.get(OWN, asked)
        assert [row.name for row in page.context["page"].object_list] == ["甲"]
    assert f"<h2>柳河镇：{make.assembly()} 2026 年</h2>" in client.get(OWN).content.decode()


def test_names_on_ones_own_board_lead_to_the_page_that_one_may_open(client):
    person = make.deputy("甲")
    page = signed(client, make.actor(Role.TOWNSHIP_CLERK)).get(OWN).content.decode()
    address = reverse("home:deputy", args=[person.code])
    assert f'<a href="{address}">甲</a>' in page
    assert client.get(address).status_code == 200
    assert address not in client.get(OWN, {"on": "2026-05-21"}).content.decode()


def test_a_convenor_of_no_group_sees_nobody(client):
    make.deputy("甲")
    page = signed(client, make.actor(Role.CONVENOR)).get(OWN)
    assert page.context["page"].object_list == []


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CONVENOR, Role.TOWNSHIP_CLERK}))
def test_own_people_are_the_convenors_and_the_townships(client, role):
    assert signed(client, make.actor(role)).get(OWN).status_code == 404


def test_a_deputy_sees_three_ranks_and_nobody_elses_name(client):
    away = make.group("河口乡第一代表小组", make.township("河口乡"))
    facts.posted(make.deputy("邻居"), "B6")
    facts.posted(make.deputy("远人", of=away), "B4")
    person = make.deputy("自己")
    facts.posted(person, "C1")
    page = signed(client, make.as_deputy(person)).get(POINTS)
    found = [
        (each.circle, each.rank, each.of, each.median) for each in page.context["statement"].ranks
    ]
    assert found == [
        ("全体县级代表", 3, 3, "8.0"),
        ("柳河镇", 2, 2, "5.0"),
        ("柳河镇第一代表小组", 2, 2, "5.0"),
    ]
    assert "邻居" not in page.content.decode()
    assert "远人" not in page.content.decode()


def test_a_tied_deputy_is_counted_once_whatever_the_number_of_seats():
    make.deputy("甲", levels=("county", "township"))
    assert ranked() == [(1, "甲")]


@pytest.mark.parametrize("asked", [{}, {"category": "voters"}, {"on": "2026-05-21"}])
@pytest.mark.parametrize("url", [BOARD, OWN])
def test_a_board_takes_the_same_queries_for_one_row_and_for_three(client, url, asked):
    by = make.director() if url == BOARD else convenor_of(make.group())
    signed(client, by)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            facts.posted(make.deputy())
        client.get(url, asked)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url, asked).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] < 30
