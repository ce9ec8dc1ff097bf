"""The desk day by day: no numbers where others read, dates by their field, sheets put right."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from congress.home.queries.station_watch import stations_watched
from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.personal_numbers import of_people
from congress.shared.roles import Role
from stations.actions import councils, places, screens, visits
from stations.models import Council, CouncilKind, Issue, Posting, Route
from stations.queries import issues as issue_queries
from stations.queries import public
from stations.queries.issue_lights import within
from stations.queries.rota import can_take
from stations.queries.visits import shown
from tests import make
from tests.scoring.year import as_, text
from tests.stations import rota_walk
from tests.stations.visit_walk import HELD, TODAY, desk, heard, routed, settled, taken, talked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
MINE = "13987654321"
OFFICE = "0719-4221108"


def url(name, *args):
    return reverse(f"stations:{name}", args=args)


def test_no_telephone_goes_where_others_read_and_the_answer_says_where_it_goes(client):
    assert of_people(f"找 {MINE}，单位电话 {OFFICE}，证 420321197001011234") == [
        MINE,
        "420321197001011234",
    ]
    found = desk()
    as_(client, found.keeper)
    said = {"occasion": f"day:{found.day.pk}", "deputy": found.deputies[0].pk, "people": 1}
    said |= {
        "consent": "no",
        "title": f"路灯不亮 {MINE}",
        "words": f"打{MINE}找他",
        "place": "一组",
    }
    page = url("take_down_visit", found.place.pk)
    asked = client.get(page).context["form"]["occasion"]
    assert next(iter(asked)).data["value"] == "", "no day is taken for granted"
    wrong = client.post(page, said)
    assert wrong.status_code == 422
    assert text(wrong).count("来访人的电话请写到“联系电话”") == 2
    issue = routed(found)
    page, end = url("settle_issue", issue.pk), {"outcome": "explained"}
    assert "单位的座机可以写" in text(client.post(page, {**end, "result": f"请打 {MINE}"}))
    assert client.post(page, {**end, "result": f"请打镇水利站 {OFFICE}"}).status_code == 302
    talk = {"kind": 1, "notes": f"电话 {MINE}", "topic": "修路", "matters": f"找 {MINE}"}
    assert text(client.post(url("note_council", found.place.pk), talk)).count("不写“") == 2


def test_a_date_that_cannot_be_stands_beside_its_own_field(client):
    found = desk()
    as_(client, found.keeper)
    tomorrow = str(TODAY + timedelta(days=1))
    page = url("tell_voter", settled(found).pk)
    late = client.post(page, {"how": "call", "told_on": tomorrow})
    assert (late.status_code, list(late.context["form"].errors)) == (409, ["told_on"])
    row = councils.note_council(found.place, talked=talked(found), by=found.keeper, today=TODAY)
    page = url("end_matter", row.matters.first().pk)
    late = client.post(page, {"to": "done", "result": "装了", "ended_on": tomorrow})
    assert (late.status_code, list(late.context["form"].errors)) == (409, ["ended_on"])


def test_a_sheet_is_put_right_however_old_and_the_matter_says_so(client):
    found = desk()
    visit = taken(found)
    day = HELD + timedelta(days=70)
    anew = heard(found, words="是五盏灯，不是三盏。")
    visits.correct_visit(visit, heard=anew, by=found.keeper, today=day)
    earlier = replace(anew, way="door", day=None, came_on=HELD - timedelta(days=1))
    with pytest.raises(Refused, match="最近 60 天"):
        visits.correct_visit(visit, heard=earlier, by=found.keeper, today=day)
    assert [each.words for each in issue_queries.history(visit.issue)] == ["改正", "登记来访"]
    as_(client, found.keeper)
    page = client.get(url("correct_visit", visit.pk))
    assert page.context["form"].initial["occasion"] == f"day:{found.day.pk}"


def test_a_new_sheet_is_not_soon_at_once_and_says_that_nobody_left_a_number():
    found = desk()
    visit = taken(found, caller="", contact="", place="桃园村")
    assert shown(visit).none == "没有留"
    lit = issue_queries.with_lights([visit.issue], found.keeper, TODAY)[0].light
    assert lit.kind == "ok"
    for kind, count in (("soon", 0), ("ok", 1), ("late", 0)):
        assert Issue.objects.filter(within(TODAY)[kind]).count() == count
    last = visit.issue.due_on - timedelta(days=1)
    lit = issue_queries.with_lights([visit.issue], found.keeper, last)[0].light
    assert lit.kind == "soon"
    with clock.at(clock.now() + timedelta(days=400)):
        assert shown(visit).none == "没有留，或者已到期删除"


def test_a_council_is_put_right_by_a_record_in_its_place(client):
    found = desk()
    row = councils.note_council(found.place, talked=talked(found), by=found.keeper, today=TODAY)
    Posting.objects.filter(deputy=found.deputies[0]).update(to_on=TODAY)  # serves elsewhere by now
    CouncilKind.objects.update(to_on=TODAY)
    as_(client, found.keeper)
    page = url("correct_council", row.pk)
    first = client.get(page).context["form"]
    said = {name: first[name].value() for name in first.fields if name != "photos"}
    assert said["matters"] == "装三盏灯\n各户轮流看管"
    moved = client.post(page, {**said, "people": 32, "held_on": str(said["held_on"])})
    anew = Council.objects.held().get()
    assert (moved.url, anew.people) == (url("council", anew.pk), 32)
    assert anew.deputies.get().deputy == found.deputies[0]
    row.refresh_from_db()
    assert (row.state, "已改正" in row.why) == ("withdrawn", True)
    old = text(client.get(url("council", row.pk)))
    assert ("登记已撤回" in old, "登记发现的问题" in old, "改正登记" in old) == (True, False, False)
    right = {"talked": talked(found), "today": TODAY}
    with pytest.raises(Refused, match="撤回"):
        councils.correct_council(row, by=found.keeper, **right)
    for role in (Role.KEEPER, Role.DEPUTY, Role.UNIT_CLERK):
        with pytest.raises(Refused, match="请由这个家站"):
            councils.correct_council(anew, by=make.actor(role), **right)
    done = {"to": "done", "result": "装了", "ended_on": TODAY, "by": found.keeper, "today": TODAY}
    councils.end_matter(anew.matters.first(), **done)
    with pytest.raises(Refused, match="不能改正"):
        councils.correct_council(anew, by=found.keeper, **right)
    for which, count in (("all", 2), ("done", 1)):
        listed = client.get(url("councils"), {"year": TODAY.year, "matters": which})
        assert listed.context["page"].paginator.count == count


def test_a_turn_is_asked_of_those_who_serve_there_first():
    found = rota_walk.planned()
    far = rota_walk.station(1, "柳河镇第二联络站")
    slot = rota_walk.turns(found)[0]
    here = set(can_take(slot, TODAY))
    assert set() < here < set(found.deputies)
    Posting.objects.filter(station=found.place).exclude(deputy=slot.deputy).delete()
    assert set(can_take(slot, TODAY)) == set(far.deputies)


def test_the_public_page_has_the_years_counts_and_only_the_contact_that_was_published(client):
    found = desk()
    settled(found)
    place = {"address": "老街 18 号", "opening": "周一至周五", "by": found.office}
    for wrong, why in (
        ({"contact_phone": OFFICE}, "联络员"),
        ({"contact_name": "苏", "contact_phone": MINE}, "手机"),
        (
            {"contact_name": "苏", "contact_phone": ".".join((MINE[:3], MINE[3:7], MINE[7:]))},
            "手机",
        ),
        ({"contact_name": f"苏文斌{MINE}"}, "手机"),
        ({"address": f"老街 18 号，找{MINE}"}, "公开页面上看得到"),
        ({"opening": f"周一，{MINE}"}, "公开页面上看得到"),
    ):
        with pytest.raises(Refused, match=why):
            places.describe_station(found.place, **{**place, **wrong})
    assert public.page(found.place.pk, TODAY).contact == ""
    told = {"contact_name": "苏文斌", "contact_phone": OFFICE}
    places.describe_station(found.place, **place, **told)
    shown_ = text(client.get(url("public_detail", found.place.pk)))
    for word in (f"苏文斌 {OFFICE}", f"{TODAY.year} 年办了多少", "办结"):
        assert word in shown_


def test_the_office_reads_what_is_late_at_stations_and_its_own_as_the_lists_have_them(client):
    found = desk()
    routed(found, Route.COUNTY)
    routed(found)
    screens.renew_screen(found.place, by=found.keeper)
    late = TODAY + timedelta(days=90)
    counts = {queue.title: queue.count for queue in stations_watched(late)}
    assert counts == {"民情超期": 2, "发现的问题超期": 0, "大屏断线": 1}
    as_(client, found.office)
    own = client.get(url("issues"), {"mine": "1"}).context["page"].paginator.count
    assert own == Issue.objects.at_the_office().count() == 1
