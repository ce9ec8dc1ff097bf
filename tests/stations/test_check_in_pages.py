"""现场签到 on the screens: the hall's code, the deputy's phone, the organiser's list."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.roles import Role
from stations.models import CheckIn, CheckInWay
from tests import make
from tests.scoring.year import as_, queries_of, text
from tests.stations.arrival_walk import arrived, code, held

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def url(name, *args):
    return reverse(f"stations:{name}", args=args)


def test_the_hall_shows_a_code_that_its_script_can_go_on_drawing(client):
    found = held()
    as_(client, found.clerk)
    screen = client.get(url("code_screen", found.activity.pk))
    now = code(found.activity)
    assert f"{now[:3]} {now[3:]}" in text(screen)
    assert "no-store" in screen["Cache-Control"]
    steps = json.loads(client.get(url("code_steps", found.activity.pk)).content)
    assert (steps["steps"][0][1], len(steps["steps"]), steps["seconds"]) == (now, 121, 30)
    assert all(len(bits) == -(-(steps["side"] ** 2) // 4) for _, _, bits in steps["steps"])
    brief = client.get(url("code_steps", found.activity.pk), {"brief": 1})
    assert json.loads(brief.content) == {"now": steps["now"], "came": 0}
    with clock.at(clock.now() + timedelta(hours=4)):
        for name in ("code_screen", "code_steps"):
            assert client.get(url(name, found.activity.pk)).status_code == 409
    as_(client, make.as_deputy(found.deputies[0]))
    assert client.get(url("code_steps", found.activity.pk)).status_code == 404


def test_a_deputy_signs_in_on_the_phone_and_by_its_script(client):
    found = held()
    first, second, _ = found.deputies
    as_(client, make.as_deputy(first))
    page = client.get(url("arrive"))
    assert (page["X-Keep-For"], "还没签到" in text(page)) == (str(first.user_id), True)
    assert client.post(url("arrive"), {"code": "12 34"}).status_code == 422
    now = code(found.activity)
    wrong = client.post(url("arrive"), {"code": f"{(int(now) + 1) % 1000000:06d}"})
    assert (wrong.status_code, "签到码不对" in text(wrong)) == (409, True)
    client.post(url("arrive"), {"code": f"{now[:3]} {now[3:]}"})
    assert "10:00 已签到" in text(client.get(url("arrive")))
    mine = text(client.get(url("my_activities")))
    assert ("已签到" in mine, "签到…" in mine, "请假…" in mine) == (True, False, False)
    kept, said = url("check_ins_kept"), {"account": second.user_id, "code": now, "age": "600"}
    assert client.post(kept, said).status_code == 401, "kept for somebody else"
    as_(client, make.as_deputy(second))
    assert json.loads(client.get(kept).content)["account"] == str(second.user_id)
    assert client.post(kept, {**said, "code": "1"}).status_code == 422
    late = client.post(kept, {**said, "code": code(found.activity, timedelta(minutes=10))})
    assert json.loads(late.content) == {"arrived": "已签到：察看水渠，5 月 12 日 09:50"}
    as_(client, found.clerk)
    assert client.get(url("arrive")).status_code == 409
    assert text(client.get(url("hold_activity", found.activity.pk))).count("已签到") == 2


def test_the_organiser_notes_who_came_and_the_list_costs_the_same_with_more(client):
    found = held(5)
    activity, (first, second, third, *others) = found.activity, found.deputies
    as_(client, found.clerk)
    note, page = url("note_arrival", activity.pk), url("check_ins", activity.pk)
    ids = re.findall(r' id="([^"]+)"', text(client.get(page)))
    assert len(ids) == len(set(ids))
    card = {"card": f"https://example.org{reverse('home:deputy', args=[first.code])}"}
    assert client.post(note, card).status_code == 302
    assert client.post(note, {"card": "0" * 32}).status_code == 422
    assert client.post(note, {"person": second.pk, "why": ""}).status_code == 422
    assert client.post(note, {"person": second.pk, "why": "！"}).status_code == 409
    one = queries_of(client, page)
    hand = {"account": found.clerk.user.pk, "at": activity.pk, "why": "没带手机"}
    sent = client.post(url("check_ins_kept"), {**hand, "person": second.pk})
    assert json.loads(sent.content)["arrived"].startswith(f"{second.name} 已签到")
    stranger = {**hand, "person": make.deputy().pk}
    assert client.post(url("check_ins_kept"), stranger).status_code == 422
    arrived(found, third, said=code(activity, timedelta(minutes=9)))
    assert queries_of(client, page) == one
    shown = client.get(page)
    assert (shown.context["came"], shown.context["called"]) == (3, 5)
    html = shown.content.decode()
    assert [name for name in ("js/qr.min", "js/scan", "data-scan hidden") if name not in html] == []
    assert "unsafe" not in shown["Content-Security-Policy"]
    assert [each.pk for each in shown.context["awaited"]] == [each.pk for each in others]
    assert "签到码换过以后才用" in text(shown)
    assert {row.way for row in CheckIn.objects.all()} == set(CheckInWay)
    as_(client, make.actor(Role.CONVENOR))
    for closed in (page, url("code_screen", activity.pk)):
        assert client.get(closed).status_code == 404
    assert client.post(note, card).status_code == 404
    assert client.post(url("check_ins_kept"), {**hand, "account": 0}).status_code == 401
