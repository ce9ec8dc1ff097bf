"""我的履职清单: every item with done beside open, absences in words, and the next three acts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from congress.shared.models import Session
from congress.shared.roles import Role
from deputies.wordings import Wording
from proposals.models import Proposal
from scoring.actions import posting, rules
from scoring.queries.brief import brief
from scoring.queries.duty_list import duty_list
from scoring.queries.next_acts import next_acts
from stations.actions import events
from stations.actions.events import Mark
from stations.models import Posting, Presence, Station, StationKind
from tests import make
from tests.deputies import seats, walk
from tests.proposals import walk as proposals
from tests.scoring import facts

pytestmark = pytest.mark.django_db
PAGE = reverse("scoring:duty_list")


@pytest.fixture(autouse=True)
def _today():
    with facts.on(make.TODAY):
        yield


@pytest.fixture
def person():
    facts.book()
    return make.deputy("罗明贵")


def of(person, year=2026, today=make.TODAY):
    return duty_list(person, make.assembly(), year, today)


def lines(person, **how):
    found = of(person, **how)
    return {line.item.code: line for line in [*found.base_lines, *found.bonus.lines]}


def missed(person, code, presence=Presence.ABSENT, day=make.TODAY):
    return events.roll_call(
        item=walk.item(code),
        title=f"会议 {make.serial()}",
        held_on=day,
        place="县会堂",
        assembly=make.assembly(),
        marks={person.pk: Mark(presence, "县人大常委会" if presence == Presence.LEAVE else "")},
        by=make.director(),
    )


def test_the_list_has_every_item_under_the_categories_of_the_book(person):
    found = of(person)
    assert [(part.name, part.ceiling, len(part.lines)) for part in found.parts] == [
        ("参加会议", "25", 4),
        ("参加活动", "25", 5),
        ("提出建议", "20", 5),
        ("联系群众", "20", 5),
        ("自身建设", "10", 3),
    ]
    assert (found.bonus.name, found.bonus.ceiling, len(found.bonus.lines)) == ("附加", "", 9)
    assert (found.done, found.of, found.left) == (0, 22, Decimal(100))


def test_done_stands_beside_open(person):
    for _ in range(2):
        facts.posted(person, "C1", on=date(2026, 5, 10))
    facts.checked(person, "C1", on=date(2026, 5, 11))
    line = lines(person)["C1"]
    assert (line.times, line.points, line.limit, line.left) == (2, "4", "12", Decimal(8))
    assert (line.each, line.words, line.waiting) == ("每次 2 分", "还可得 8 分", 1)
    assert (line.tells, line.item.evidence) == ("组织方登记，也可本人上报", "接待登记")
    assert of(person).done == brief(person, make.assembly(), 2026, make.TODAY).checklist.done == 1
    assert of(person).left == Decimal(96)


def test_who_tells_is_said_of_every_item(person):
    found = lines(person)
    said = {code: found[code].tells for code in ("M1", "A3", "C2", "P2")}
    assert said == {
        "M1": "组织方登记",
        "A3": "组织方登记，也可本人上报",
        "C2": "本人上报",
        "P2": "系统自动记",
    }


def test_what_was_reversed_is_open_again(person):
    entry = facts.posted(person, "C5", on=date(2026, 5, 10))
    assert lines(person)["C5"].words == "本项已满"
    posting.reverse(entry, reason="重复", by=make.director())
    assert (lines(person)["C5"].done, lines(person)["C5"].words) == (False, "还可得 4 分")


def test_a_full_category_leaves_nothing_and_says_so(person):
    for code, quantity in (("C1", 6), ("C3", 4), ("C2", 5)):
        facts.posted(person, code, on=date(2026, 5, 10), quantity=quantity)
    found = lines(person)
    assert (found["C5"].left, found["C5"].words) == (0, "本类已满，再做也记录，不再加分")
    assert found["B4"].words == "同一事项取最高级"
    assert found["B8"].words == "不封顶"


def test_an_absence_counts_nothing_and_names_the_law_in_red(client, person):
    missed(person, "M1", day=date(2026, 1, 8))
    missed(person, "M1", Presence.LEAVE, day=date(2026, 1, 9))
    missed(person, "A1")
    found = lines(person)
    assert found["M1"].absences == (
        "未经批准缺席 1 次，不得分。本届人代会已缺席 1 次，"
        "满 2 次代表资格依法终止（代表法第六十二条）。"
    )
    assert found["A1"].absences == "未经批准缺席 1 次，不得分。"
    assert (found["M1"].leaves, found["M1"].times) == (1, 0)
    client.force_login(person.user)
    page = client.get(PAGE).content.decode()
    assert '<p class="red"><b>未经批准缺席 1 次，不得分。本届人代会' in page
    assert "请假 1 次，不算缺席" in page


def test_a_past_year_has_the_list_of_its_own_book(person):
    facts.posted(person, "A2", on=date(2026, 3, 1))
    rules.adopt_default(
        make.assembly(), from_on=date(2027, 1, 1), by=make.director(), wording=Wording.OFFICIAL
    )
    then = date(2027, 2, 1)
    assert [part.name for part in of(person, 2027, then).parts][-1] == "小组活动"
    assert [part.name for part in of(person, 2026, then).parts][-1] == "自身建设"
    assert (of(person, 2027, then).done, of(person, 2026, then).done) == (0, 1)


def acts(person, today=make.TODAY):
    return next_acts(person, of(person, today=today), today)


def test_next_are_at_most_three_acts_not_yet_done_that_bring_most(person):
    found = acts(person)
    assert [act.label for act in found] == ["接待完上报", "提建议", "上报"]
    assert found[0].words == (
        "下一个接待日 5 月 20 日，还有 8 天，还没有安排您进驻的联络站，请问乡镇人大。"
    )
    assert found[0].gain == "每次 2 分，还可得 12 分"
    facts.posted(person, "C1", on=date(2026, 5, 10))
    assert "C1" not in [act.url[-2:] for act in acts(person)]


def test_the_reception_is_at_the_station_where_the_deputy_serves(person):
    station = Station.objects.create(
        kind=StationKind.STATION, area=make.township(), name="桃园村代表联络站"
    )
    Posting.objects.create(deputy=person, station=station, from_on=make.ELECTED_ON)
    first = acts(person)[0]
    assert first.words == "下一个接待日 5 月 20 日，还有 8 天，在桃园村代表联络站。"
    assert first.url == reverse("stations:public_detail", args=[station.pk])


def test_signing_is_proposed_while_something_is_open_to_sign(person):
    for code in ("C1", "C3", "C4", "C5", "C2", "A3", "S1", "P5"):
        facts.posted(person, code, on=date(2026, 5, 10))
    assert "去看看" not in [act.label for act in acts(person)]
    proposals.submitted()
    assert Proposal.objects.count() == 1
    assert acts(person)[0].label == "去看看"
    assert acts(person)[0].words == "1 件建议等人附议，愿意就附议，到哪天为止都写着。"


def test_during_a_session_a_proposal_counts_as_one_of_the_session(person):
    make.session()
    Session.objects.update(opens_on=make.TODAY, closes_on=make.TODAY + timedelta(days=2))
    assert any(act.title == "领衔提出建议（受理立案）" for act in acts(person))


def test_nothing_is_proposed_for_a_past_year_nor_to_whom_the_seat_rests(person):
    assert next_acts(person, of(person, 2025), make.TODAY) == []
    seats.suspended(person)
    assert acts(person, make.TODAY + timedelta(days=40)) == []


def test_the_page_is_reached_from_the_desk_and_from_the_points(client, person):
    client.force_login(make.as_deputy(person).user)
    query = f"assembly={make.assembly().pk}"
    assert f'href="{PAGE}?{query}"' in client.get("/").content.decode()
    points = client.get(reverse("scoring:points")).content.decode()
    assert f'href="{PAGE}?year=2026&amp;{query}"' in points
    page = client.get(PAGE).content.decode()
    assert "下一步" in page
    assert f'href="{reverse("deputies:report")}?item=C1"' in page


def test_the_desk_sees_the_same_list_without_buttons(client, person):
    client.force_login(make.actor(Role.STAFF_CLERK).user)
    page = client.get(reverse("scoring:duty_list_of", args=[person.pk])).content.decode()
    assert "逢十接待日进家进站接待选民" in page
    assert "下一步" in page
    assert "接待完上报" not in page


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.CONVENOR, Role.UNIT_CLERK])
def test_nobody_else_sees_a_deputys_list(client, person, role):
    client.force_login(make.actor(role).user)
    answer = client.get(reverse("scoring:duty_list_of", args=[person.pk]))
    assert answer.status_code in (403, 404)


def test_without_a_book_or_a_seat_the_page_says_so(client):
    person = make.deputy()
    client.force_login(person.user)
    assert "这一年还没有清单" in client.get(PAGE).content.decode()
    nobody = make.deputy(levels=())
    client.force_login(nobody.user)
    assert "还没有代表资格" in client.get(PAGE).content.decode()


def test_the_page_costs_the_same_at_one_row_and_at_three(client, person, django_assert_num_queries):
    client.force_login(person.user)
    for count in (1, 2):
        for number in range(count):
            facts.posted(person, "C2", on=date(2026, 3, 1 + number + count))
            missed(person, "M1", day=date(2026, 1, 8 + number + count))
            proposals.submitted()
        with django_assert_num_queries(20):
            client.get(PAGE)
