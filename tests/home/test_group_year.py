"""小组的一年: for the convenor, the township and the desk; as a sheet; beside the county."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from congress.home.queries import group_year as queries
from congress.home.queries.measures import Measure, compared, measures, span
from congress.shared.roles import DESK, UNIT, Role
from deputies.actions.duties import send_back
from deputies.states import LiaisonKind
from stations.actions import events, issues
from stations.actions.events import Mark
from stations.models import Presence, Station, StationKind
from tests import make
from tests.deputies import contact, seats, voters
from tests.deputies import walk as duties
from tests.home import facts as home_facts
from tests.home.screens import convened, front, price
from tests.scoring import facts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with facts.on(make.TODAY):
        yield


def address(group=None, tail=""):
    return reverse("home:group_year", args=[(group or make.group()).pk]) + tail


def roll(by, people, presences, title="察看水渠"):
    marks = {
        each.pk: Mark(presence, "何守信" if presence == Presence.LEAVE else "")
        for each, presence in zip(people, presences, strict=True)
    }
    return events.roll_call(
        item=duties.item("A2"),
        title=title,
        held_on=make.TODAY,
        place="桃园村",
        group=make.group(),
        marks=marks,
        by=by,
    )


def test_each_member_has_the_year_in_numbers():
    by, people = convened("罗明贵", "吴秀兰", "覃小满")
    facts.posted(people[0], "C1", on=date(2026, 5, 10))
    facts.posted(people[0], "C2", on=date(2026, 4, 10), quantity=3)
    facts.posted(people[0], "C1", on=date(2025, 12, 10))
    roll(by, people, [Presence.PRESENT, Presence.LEAVE, Presence.ABSENT])
    holder = contact.holder(name="何守信", of=make.group("柳河镇第二代表小组"))
    contact.contacted(contact.assigned(LiaisonKind.MEMBER, who=holder, target=people[0]))
    seen = queries.year_of(make.group(), 2026, make.TODAY)
    assert [each.name for each in seen.members] == ["吴秀兰", "罗明贵", "覃小满"]
    on_leave, busy, away = seen.members
    assert dict(busy.shown)["联系群众"] == 2
    assert (busy.verified, busy.last) == (2, "5 月 12 日")
    assert busy.contact == "5 月 12 日 何守信"
    assert [each.called for each in seen.members] == [1, 1, 1]
    assert (busy.came, on_leave.leave, away.absent) == (1, 1, 1)
    assert [each.quiet for each in seen.members] == [True, False, True]


def test_each_member_has_the_stars_of_the_last_sealed_year():
    _, people = convened("罗明贵", "吴秀兰")
    review = home_facts.review(year=2025)
    home_facts.archived(home_facts.graded(review, people[0], lit=8))
    home_facts.archived(home_facts.graded(review, people[1], lit=2, grade="不定等次"))
    seen = queries.year_of(make.group(), 2026, make.TODAY)
    assert {each.name: each.stars for each in seen.members} == {"罗明贵": "8 颗", "吴秀兰": ""}


def test_the_page_says_in_plain_words_whom_to_remind_and_who_sees_it():
    by, people = convened("罗明贵", "吴秀兰")
    duties.report(people[1])
    text, _ = front(by.user, address())
    assert "1 位组员第二季度还没有履职记录 罗明贵。" in text
    assert "只有召集人、乡镇人大和代工委看得到" in text
    duties.report(people[0])
    assert "没有要提醒的" in front(by.user, address())[0]


def test_activities_and_what_voters_raised_stand_below():
    by, people = convened("罗明贵", "吴秀兰")
    made = roll(by, people, [Presence.PRESENT, Presence.ABSENT])
    voters.answered(voters.sent(people[0]))
    station = Station.objects.create(kind=StationKind.HOME, area=make.township(), name="之家")
    issues.raise_issue(
        voters.sent(people[0], letter=replace(voters.LETTER, words="水渠漏水")),
        station=station,
        title="路灯",
        by=make.as_deputy(people[0]),
        today=make.TODAY,
    )
    text, html = front(by.user, address())
    assert "5 月 12 日 周二 · 小组活动 · 桃园村 到场 1 / 2" in text
    assert f'href="{reverse("stations:activity", args=[made.pk])}"' in html
    assert "留言，答复了 1 / 2 条" in text
    assert "转家站，办结了 0 / 1 件" in text


@pytest.mark.parametrize(
    ("size", "words"), [(9, "偏少"), (10, "人数合适"), (30, "人数合适"), (31, "偏多")]
)
def test_the_size_is_held_against_the_countys_limits(size, words):
    assert words in queries.size_words(size, make.TODAY)


def test_the_group_is_compared_with_the_median_of_the_countys_groups():
    by, people = convened("罗明贵")
    for number in (2, 3):
        make.deputy(of=make.group(f"柳河镇第{number}代表小组"))
    facts.posted(people[0], "C1", on=date(2026, 5, 10))
    facts.posted(people[0], "C1", on=date(2026, 4, 10))
    text, _ = front(by.user, address())
    assert "人均核实的履职 2 条 全县小组中位数 0 条，高于中位数" in text
    assert "小组活动 0 次 全县小组中位数 0 次，和中位数持平" in text
    assert "活动到场率 还没有 全县小组中位数 还没有" in text
    assert "第二季度有履职记录的组员 100% 全县小组中位数 0%" in text


def test_the_median_of_two_halves_is_between_them():
    own, other = Measure(2, 3, 1, 4, 10, 7), Measure(2, 0, 0, 1, 10, 8)
    lines = compared(own, {1: own, 2: other}, span(2026, make.TODAY))
    assert [line.own for line in lines] == ["1.5 条", "4 次", "70%", "50%"]
    assert [line.median for line in lines] == ["0.8 条", "2.5 次", "75%", "25%"]
    assert [line.words[:2] for line in lines] == ["高于", "高于", "低于", "高于"]


def test_a_dissolved_group_and_one_without_members_measure_nothing():
    make.deputy()
    make.group("柳河镇第二代表小组")
    assert set(measures(2026, make.TODAY)) == {make.group().pk}


def test_a_suspended_member_is_not_called_quiet():
    _, people = convened("罗明贵")
    seats.suspended(people[0])
    seen = queries.year_of(make.group(), 2026, make.TODAY)
    assert [each.quiet for each in seen.members] == [False]


def test_what_was_sent_back_is_not_told_yet():
    by, people = convened("罗明贵")
    record = duties.report(people[0])
    send_back(record, reason="看不清。", by=duties.township_clerk())
    assert "1 位组员第二季度还没有履职记录 罗明贵。" in front(by.user, address())[0]


def test_last_year_has_its_own_page_and_no_reminders():
    by, people = convened("罗明贵")
    facts.posted(people[0], "C1", on=date(2025, 12, 10))
    text, _ = front(by.user, address(tail="?year=2025"))
    assert "2025 年有履职记录的组员 100%" in text
    assert "还没有履职记录" not in text


def test_a_group_without_members_says_so():
    by, _ = convened()
    text, _ = front(by.user, address())
    assert "这个小组现在没有组员" in text
    assert "这个小组现在没有代表" in text


@pytest.mark.parametrize("tail", ["?year=2019", "?year=x", "?year=", "?year=99999999999999999999"])
def test_a_year_that_is_not_kept_is_a_404(client, tail):
    by, _ = convened()
    client.force_login(by.user)
    assert client.get(address(tail=tail)).status_code == 404


@pytest.mark.parametrize("role", sorted(set(Role) - DESK - {Role.TOWNSHIP_CLERK}))
def test_another_groups_convenor_and_every_other_post_find_nothing(client, role):
    convened("罗明贵")
    client.force_login(make.actor(role).user)
    for tail in ("", "?export=1"):
        assert client.get(address(tail=tail)).status_code == 404
    assert role in UNIT | {Role.CONVENOR, Role.DEPUTY, Role.KEEPER}


def test_another_townships_clerk_finds_nothing(client):
    client.force_login(make.actor(Role.TOWNSHIP_CLERK).user)
    other = make.group("青山乡第一代表小组", make.township("青山乡"))
    assert client.get(address()).status_code == 200
    assert client.get(address(other)).status_code == 404


@pytest.mark.parametrize("role", sorted(DESK))
def test_the_desk_reads_it_in_the_admins_frame(client, role):
    convened("罗明贵")
    client.force_login(make.actor(role).user)
    page = client.get(address()).content.decode()
    assert "nav-sidebar" in page
    assert "罗明贵" in page


def test_the_sheet_has_what_the_page_shows_and_no_formula(client):
    by, people = convened("=1+1", "+罗明贵")
    facts.posted(people[0], "C1", on=date(2026, 5, 10))
    client.force_login(by.user)
    answer = client.get(address(tail="?year=2026&export=1"))
    assert "attachment" in answer["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    _, head, *lines = book.get_sheet_by_index(0).to_python()
    rows = {line[0]: dict(zip(head, line, strict=True)) for line in lines}
    assert set(rows) == {"=1+1", "+罗明贵"}
    busy = rows["=1+1"]
    assert (busy["联系群众"], busy["履职合计"], busy["应到"]) == ("1", "1", "0")
    assert busy["第二季度履职记录"] == "有"
    assert rows["+罗明贵"]["最近一次履职"] == "没有"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as parts:
        assert "<f>" not in parts.read("xl/worksheets/sheet1.xml").decode()


def more(by):
    """One more member with a record, a call and a contact; one more group beside."""
    person = make.deputy()
    facts.posted(person, "C1", on=date(2026, 5, 10))
    duties.report(person)
    roll(by, [person], [Presence.PRESENT], title=f"活动 {make.serial()}")
    voters.sent(person)
    make.deputy(of=make.group(f"柳河镇第{make.serial()}代表小组"))


def test_the_page_costs_the_same_for_one_member_and_for_three():
    by, _ = convened()
    more(by)
    desk = make.actor()
    first = [price(user, address()) for user in (by.user, desk.user)]
    more(by)
    more(by)
    assert [price(user, address()) for user in (by.user, desk.user)] == first
