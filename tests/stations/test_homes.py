"""阵地 as it is lived: a place begins, is checked, has its people, and goes on in another."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from python_calamine import CalamineWorkbook

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Setting
from congress.shared.roles import STAFF, Role
from deputies.models import Deputy, Mandate
from stations.actions import closing, exports, fittings, places, postings, rota, watching
from stations.models import (
    CheckMark,
    Posting,
    ReceptionDay,
    RotaSlot,
    Standard,
    Station,
    WallDocument,
)
from stations.queries import planning, public, register
from stations.queries.postings import nowhere
from stations.states import SlotState, StationState
from tests import make
from tests.deputies import sheet
from tests.race import at_once
from tests.stations import rota_walk as walk
from tests.stations.rota_walk import TODAY, YEAR

pytestmark = pytest.mark.django_db
NOT_OFFICE = sorted(set(Role) - STAFF)
TEXT = "一、代表按轮值到站接待选民。\n二、接待情况当日登记。"


@pytest.fixture
def found(today):
    return walk.station()


def other(name="柳河镇第二联络站", **facts):
    return Station.objects.create(kind="station", area=make.township(), name=name, **facts)


def trail(subject: str) -> list[tuple[str, str]]:
    rows = AuditEvent.objects.filter(subject=subject).order_by("pk")
    return list(rows.values_list("now", "note"))


# 新设


def test_open_station_stands_in_its_township_and_leaves_a_trail(today):
    area = make.township()
    made = closing.open_station(
        kind="station", area=area, name=" 柳河镇第三代表联络站 ", by=make.actor()
    )
    assert (made.name, made.area, made.position) == ("柳河镇第三代表联络站", area, 3)
    assert trail("stations.Station") == [("founded", "柳河镇第三代表联络站")]


def test_open_station_is_the_offices_and_neither_name_nor_home_comes_twice(found):
    facts = {"area": found.place.area, "name": "柳河镇代表之家", "kind": "home"}
    for role in NOT_OFFICE:
        with pytest.raises(Refused, match="只有代工委"):
            closing.open_station(**facts, by=make.actor(role))
    closing.open_station(**facts, by=make.actor())
    for name, words in (("柳河镇代表之家", "已经有"), ("又一家", "只有一个")):
        with pytest.raises(Refused, match=words):
            closing.open_station(**facts | {"name": name}, by=make.actor())
    with pytest.raises(IntegrityError, match="one_home"), transaction.atomic():
        Station.objects.create(kind="home", area=found.place.area, name="又一家")


@pytest.mark.django_db(transaction=True)
def test_two_clicks_open_one_station():
    facts = {"kind": "station", "area": make.township(), "name": "柳河镇第三联络站"}
    outcomes = at_once(3, closing.open_station, **facts, by=make.actor())
    assert outcomes == ["done", "refused", "refused"]


# 撤站


def close(found, successor, by=None, reason="村组合并"):
    return closing.close_station(
        found.place, successor=successor, reason=reason, by=by or make.actor(), today=TODAY
    )


def test_close_station_hands_its_people_on_and_holds_no_more_reception_days(found):
    rota.plan_rota(year=YEAR, by=make.actor(), today=TODAY)
    make.organisation("township")
    places.name_keeper(found.place, user=make.user(), by=make.actor(), today=TODAY)
    heir = other(keeper=make.user())

    closed = close(found, heir)

    assert (closed.state, closed.closed_on, closed.successor, closed.keeper) == (
        *(StationState.CLOSED, TODAY, heir),
        None,
    )
    spells = Posting.objects.order_by("pk").values_list("station__name", "to_on")
    assert list(spells) == [("柳河镇第一联络站", TODAY)] * 3 + [(heir.name, None)] * 3
    assert set(RotaSlot.objects.values_list("state", flat=True)) == {SlotState.GIVEN_UP}
    days = ReceptionDay.objects.filter(station=closed)
    assert (days.count(), days.held().count(), days.of_year(YEAR).count()) == (23, 0, 0)
    freed = Notice.objects.filter(key__startswith="stations.freed:")
    assert freed.count() == 3
    assert "并入柳河镇第二联络站" in freed.first().text
    assert Notice.objects.filter(key=f"stations.closed:{closed.pk}").get().person == heir.keeper
    assert trail("stations.Station")[-1] == (
        "closed",
        "并入柳河镇第二联络站：村组合并。进驻 3 人，取消轮值 46 次",
    )

    day = days.select_related("station").order_by("held_on").first()
    office = {"by": make.actor(), "today": TODAY}
    with pytest.raises(Refused, match="已经撤并"):
        rota.move_day(day, to=TODAY + timedelta(days=1), reason="停电", **office)
    free = Posting.objects.last().deputy
    with pytest.raises(Refused, match="已经撤并"):
        rota.appoint_substitute(day.slots.first(), deputy=free, reason="停电", **office)

    drafts = planning.drawn(YEAR, TODAY).drafts
    assert [(each.station, each.people) for each in drafts] == [(heir, 3)]
    later = TODAY + timedelta(days=12)
    assert watching.alarm(later) == 0
    page = public.page(closed.pk, TODAY)
    assert (page.days, page.closed.name, page.closed.why) == ((), heir.name, "村组合并")
    assert [line.pk for line in public.lines(TODAY)] == [heir.pk]
    person = Posting.objects.last().deputy
    assert public.place_of(person.pk, TODAY).pk == heir.pk


def test_close_station_is_the_offices_once_and_into_one_that_stands(found):
    heir = other()
    for role in NOT_OFFICE:
        with pytest.raises(Refused, match="只有代工委"):
            close(found, heir, by=make.actor(role))
    for successor, words in ((None, "还有 3 名代表"), (found.place, "不能并入自己")):
        with pytest.raises(Refused, match=words):
            close(found, successor)
    with pytest.raises(Refused, match="撤并原因"):
        close(found, heir, reason=" ")
    close(found, heir)
    with pytest.raises(Refused, match="已撤并"):
        close(found, heir)
    third = other("柳河镇第四联络站")
    with pytest.raises(Refused, match="自己已经撤并"):
        closing.close_station(
            third, successor=found.place, reason="合并", by=make.actor(), today=TODAY
        )
    with pytest.raises(Refused, match="不再需要站长"):
        places.name_keeper(found.place, user=make.user(), by=make.actor(), today=TODAY)
    with pytest.raises(Refused, match="已经撤并的家站的名称"):
        closing.open_station(kind="station", area=heir.area, name=found.place.name, by=make.actor())


@pytest.mark.django_db(transaction=True)
def test_two_clicks_close_a_station_once():
    with clock.at(clock.now()):
        found = walk.station(1)
        heir = other()
        facts = {"successor": heir, "reason": "合并", "by": make.actor(), "today": TODAY}
        outcomes = at_once(3, closing.close_station, found.place, **facts)
        assert outcomes == ["done", "refused", "refused"]
        assert Posting.objects.open().count() == 1


def test_a_roster_that_names_a_closed_station_posts_at_the_one_that_goes_on(today):
    one = sheet.row()
    clerk = make.actor()
    places.apply_roster(sheet.upload([one], by=clerk), by=clerk, today=sheet.TODAY)
    station = Station.objects.stations().get()
    heir = other()
    closing.close_station(
        station, successor=heir, reason="合并", by=clerk, today=sheet.TODAY + timedelta(days=1)
    )
    batch = sheet.upload([one, sheet.row()], by=clerk)
    places.apply_roster(batch, by=clerk, today=sheet.TODAY + timedelta(days=2))
    assert set(Posting.objects.open().values_list("station", flat=True)) == {heir.pk}


def test_who_was_posted_by_hand_stays_until_a_roster_says_something_new(today):
    one, clerk, heir = sheet.row(), make.actor(), other()

    def again(row):
        batch = sheet.upload([row], by=clerk)
        places.apply_roster(batch, by=clerk, today=TODAY)
        return Posting.objects.open().get().station.name

    was = again(one)
    deputy = Posting.objects.get().deputy
    postings.post_deputy(deputy, station=heir, by=clerk, today=TODAY)
    assert again(one) == heir.name
    assert again(one | {"联络站": "柳河镇第五代表联络站"}) == "柳河镇第五代表联络站"
    assert again(one) == was


# 位置


def test_describe_station_takes_a_position_within_the_county_only(found):
    facts = {"address": "老街 18 号", "opening": "周一至周五", "by": make.actor()}
    at = {"longitude": Decimal("110.22845"), "latitude": Decimal("32.22517")}
    places.describe_station(found.place, **facts, **at)
    found.place.refresh_from_db()
    assert (found.place.longitude, found.place.latitude) == tuple(at.values())
    for wrong, words in (
        ({"longitude": at["latitude"], "latitude": at["longitude"]}, "填反了"),
        (at | {"latitude": Decimal("33.5")}, "不在本县"),
        ({"longitude": at["longitude"]}, "一起填"),
    ):
        with pytest.raises(Refused, match=words):
            places.describe_station(found.place, **facts, **wrong)
    Setting.objects.create(key="stations.north", value=34, from_on=TODAY, basis="勘界")
    places.describe_station(found.place, **facts, **at | {"latitude": Decimal("33.5")})


# 进驻


def test_post_deputy_moves_the_deputy_and_frees_their_turns(found):
    rota.plan_rota(year=YEAR, by=make.actor(), today=TODAY)
    mover, heir = found.deputies[0], other()
    posting = postings.post_deputy(mover, station=heir, by=make.actor(), today=TODAY)

    spells = Posting.objects.filter(deputy=mover).order_by("pk").values_list("station", "to_on")
    assert list(spells) == [(found.place.pk, TODAY), (heir.pk, None)]
    assert not RotaSlot.objects.ahead(TODAY).of_deputy(mover).exists()
    assert RotaSlot.objects.ahead(TODAY).of_deputy(found.deputies[1]).exists()
    assert trail("stations.Posting") == [("posted", f"{mover.name}：{heir}")]
    now, before = register.spells(found.place, TODAY)
    assert ([one.name for one in before], len(now)) == ([mover.name], 2)
    assert posting.from_on == TODAY


def test_a_township_posts_its_own_deputies_at_its_own_places(found):
    own, heir, by = found.deputies[0], other(), make.actor(Role.TOWNSHIP_CLERK)
    far = make.deputy(of=make.group("远山组", make.township("远山镇")))
    away = Station.objects.create(kind="station", area=make.township("远山镇"), name="远山镇站")
    moved = postings.post_deputy(own, station=heir, by=by, today=TODAY)
    postings.unpost_deputy(moved, reason="外出务工", by=by, today=TODAY)
    assert [one.name for one in nowhere(TODAY, by.area_id)] == [own.name]
    Station.objects.filter(pk=heir.pk).update(group=make.group())
    assert postings.post_missing(by=by, today=TODAY) == 1
    assert Posting.objects.open().get(deputy=own).station == heir
    with pytest.raises(Refused, match="不在本乡镇的代表小组，请代工委安排"):
        postings.post_deputy(far, station=found.place, by=by, today=TODAY)
    with pytest.raises(Refused, match="只有代工委和本乡镇人大"):
        postings.post_deputy(own, station=away, by=by, today=TODAY)
    there = Posting.objects.create(deputy=far, station=away, from_on=TODAY)
    with pytest.raises(Refused, match="只有代工委和本乡镇人大"):
        postings.unpost_deputy(there, reason="调走", by=by, today=TODAY)


def test_post_and_unpost_deputy_are_the_offices_and_of_who_can_be_moved(found):
    deputy, heir = found.deputies[0], other()
    posting = Posting.objects.get(deputy=deputy)
    for role in sorted(set(NOT_OFFICE) - {Role.TOWNSHIP_CLERK}):
        by = make.actor(role)
        with pytest.raises(Refused, match="只有代工委"):
            postings.post_deputy(deputy, station=heir, by=by, today=TODAY)
        with pytest.raises(Refused, match="只有代工委"):
            postings.unpost_deputy(posting, reason="调走", by=by, today=TODAY)
        with pytest.raises(Refused, match="只有代工委"):
            postings.post_missing(by=by, today=TODAY)
    with pytest.raises(Refused, match="已经进驻"):
        postings.post_deputy(deputy, station=found.place, by=make.actor(), today=TODAY)
    with pytest.raises(Refused, match="没有代表资格"):
        postings.post_deputy(make.deputy(levels=()), station=heir, by=make.actor(), today=TODAY)
    close(found, heir)
    with pytest.raises(Refused, match="已经撤并"):
        postings.post_deputy(deputy, station=found.place, by=make.actor(), today=TODAY)


def test_unpost_deputy_ends_the_spell_and_frees_the_turns(found):
    rota.plan_rota(year=YEAR, by=make.actor(), today=TODAY)
    posting = Posting.objects.get(deputy=found.deputies[0])
    postings.unpost_deputy(posting, reason="外出务工", by=make.actor(), today=TODAY)
    posting.refresh_from_db()
    assert posting.to_on == TODAY
    assert not RotaSlot.objects.ahead(TODAY).of_deputy(posting.deputy).exists()
    assert trail("stations.Posting") == [("unposted", "外出务工")]
    with pytest.raises(Refused, match="已经离开"):
        postings.unpost_deputy(posting, reason="外出", by=make.actor(), today=TODAY)
    again = Posting.objects.get(deputy=found.deputies[1])
    with pytest.raises(Refused, match="为什么离开"):
        postings.unpost_deputy(again, reason=" ", by=make.actor(), today=TODAY)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_post_and_unpost_once():
    found, heir = walk.station(1), other()
    by, posting = make.actor(), Posting.objects.get()
    leave = {"reason": "调走", "by": by, "today": TODAY}
    expected = ["done", "refused", "refused"]
    assert at_once(3, postings.unpost_deputy, posting, **leave) == expected
    facts = {"station": heir, "by": by, "today": TODAY}
    assert at_once(3, postings.post_deputy, found.deputies[0], **facts) == expected
    Posting.objects.open().delete()
    Station.objects.filter(pk=heir.pk).update(group=make.group())
    at_once(3, postings.post_missing, by=by, today=TODAY)
    assert Posting.objects.open().count() == 1


def test_post_missing_posts_whoever_has_a_group_that_serves_somewhere(today):
    group = make.group()
    home, station = other("柳河镇代表之家"), other(group=group)
    Station.objects.filter(pk=home.pk).update(kind="home")
    person, far = (
        make.deputy(of=group),
        make.deputy(of=make.group("远山组", make.township("远山镇"))),
    )
    assert postings.post_missing(by=make.actor(), today=TODAY) == 1
    assert list(Posting.objects.values_list("deputy", "station", "from_on")) == [
        (person.pk, station.pk, TODAY)
    ]
    assert trail("stations.Posting") == [("posted", "")]
    assert [one.name for one in nowhere(TODAY)] == [far.name]
    assert postings.post_missing(by=make.actor(), today=TODAY) == 0


# 六有


def check(found, by=None, **lacks):
    words = {each.pk: lacks.get(each.name, "") for each in Standard.objects.running(TODAY)}
    return fittings.check_station(found.place, lacks=words, by=by or found.keeper, today=TODAY)


def test_check_station_says_what_is_missing_and_the_newest_counts(found):
    check(found, 设施="打印机坏了")
    row = register.rows(TODAY)[0]
    assert (row.lacks, row.checked, row.state) == (("设施",), True, "缺设施")
    assert trail("stations.Station") == [("checked_over", "缺设施（打印机坏了）")]
    check(found)
    assert register.rows(TODAY)[0].state == "都有"
    before = CheckMark.objects.count()
    check(found)
    assert CheckMark.objects.count() == before == 12
    later = date(YEAR + 1, 1, 5)
    assert "今年还没自查" in register.rows(later)[0].state
    assert register.rows(TODAY, show="lacks") == register.rows(TODAY, show="unchecked") == []


def test_check_station_is_for_whoever_runs_the_place_and_of_everything(found):
    for role in sorted(set(Role) - STAFF - {Role.KEEPER, Role.TOWNSHIP_CLERK}):
        with pytest.raises(Refused, match="请由这个家站"):
            check(found, by=make.actor(role))
    with pytest.raises(Refused, match="还有没填的：场所"):
        fittings.check_station(found.place, lacks={}, by=found.keeper, today=TODAY)
    Standard.objects.exclude(name="场所").update(to_on=TODAY)
    assert check(found).marks.count() == 1
    close(found, other())
    with pytest.raises(Refused, match="已经撤并"):
        check(found, by=make.actor())


@pytest.mark.django_db(transaction=True)
def test_two_clicks_check_a_station_and_publish_a_version_once():
    found = walk.station(1)
    assert at_once(3, check, found) == ["done"] * 3
    assert found.place.checks.count() == 1
    facts = {"text": TEXT, "basis": "主任会议", "by": make.actor(), "today": TODAY}
    document = WallDocument.objects.earliest("pk")
    expected = ["done", "refused", "refused"]
    assert at_once(3, fittings.publish_wall, document, **facts) == expected


# 制度上墙


def publish(document, text=TEXT, basis="第三次主任会议", by=None):
    return fittings.publish_wall(
        document, text=text, basis=basis, by=by or make.actor(), today=TODAY
    )


def test_publish_wall_puts_the_next_version_in_force(today):
    document = WallDocument.objects.first()
    publish(document)
    publish(document, "一、新的。")
    wall = register.walls(TODAY)[0]
    assert (wall.number, wall.text, wall.on) == (2, "一、新的。", TODAY)
    assert trail("stations.WallDocument") == [
        ("wall_published", "第 1 版：第三次主任会议"),
        ("wall_published", "第 2 版：第三次主任会议"),
    ]


def test_publish_wall_is_the_offices_and_says_something_new_on_some_ground(today):
    document = WallDocument.objects.first()
    for role in NOT_OFFICE:
        with pytest.raises(Refused, match="只有代工委"):
            publish(document, by=make.actor(role))
    publish(document)
    for text, basis, words in (
        (TEXT, "会议", "一样"),
        (" ", "会议", "都要写"),
        ("新", "", "都要写"),
    ):
        with pytest.raises(Refused, match=words):
            publish(document, text, basis)


def test_export_roster_tells_where_each_serves_now_and_not_where_the_sheet_had_them(
    today, settings
):
    settings.COUNTY = make.county().name
    make.organisation("township")
    by = make.actor()
    places.apply_roster(sheet.upload([sheet.row(), sheet.row()], by=by), by=by, today=TODAY)
    first, second = Deputy.objects.order_by("pk")
    before = Posting.objects.get(deputy=first).station
    postings.post_deputy(first, station=other(), by=make.actor(), today=TODAY)
    leaving = Posting.objects.get(deputy=second)
    postings.unpost_deputy(leaving, reason="外出务工", by=make.actor(), today=TODAY)
    seats = Mandate.objects.running(TODAY).order_by("deputy")
    content = exports.export_roster(seats, by=make.actor(), today=TODAY)
    head, *rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    )
    told = {row[head.index("姓名")]: row[head.index("联络站")] for row in rows}
    assert told == {first.name: "柳河镇第二联络站", second.name: ""}
    assert before.name not in told.values()
