"""发现的问题: found by deputies, handed on, solved or not taken; counted by topic and township."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import STAFF, Role
from stations.actions import councils, findings
from stations.models import Activity, Finding, FindingPhoto, Topic, TopicKind
from stations.models.campaigns import Campaign
from stations.states import ActivityState, FindingState
from tests import make
from tests.deputies import walk as duties
from tests.race import at_once
from tests.scoring.year import as_, queries_of, text
from tests.stations import rota_walk
from tests.stations.finding_walk import handed, looked_at, noticed, raised
from tests.stations.visit_walk import talked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TODAY = make.TODAY
DONE = {"result": "水利站三天补好了三处裂缝。"}


def trail(row):
    rows = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk).order_by("pk")
    return [(each.now, each.note) for each in rows]


def waits(by):
    return Notice.objects.filter(person=by.user, read_at=None).count()


def test_it_is_handed_on_and_solved_and_everybody_is_told():
    found = looked_at()
    row = raised(found)
    assert (row.state, row.area, waits(found.clerk)) == ("found", found.activity.group.area, 1)
    row = findings.hand_finding(row, handler="桃园村委会", by=found.clerk, today=TODAY)
    assert (waits(found.clerk), waits(found.deputy)) == (0, 1)
    row = findings.hand_finding(row, unit=found.unit, by=found.office, today=TODAY)
    assert (row.unit, row.handler, waits(found.unit_clerk)) == (found.unit, "", 1)
    row = findings.solve_finding(row, **DONE, by=found.unit_clerk)
    assert (row.state, row.due_on, row.ended_by) == ("solved", None, found.unit_clerk.user)
    assert (waits(found.unit_clerk), waits(found.deputy)) == (0, 3)
    assert trail(row) == [
        ("found", row.title),
        ("handed", "桃园村委会"),
        ("finding_rehanded", found.unit.name),
        ("solved", DONE["result"]),
    ]
    assert Finding.objects.figures() == {"found": 1, "solved": 1}


def test_on_the_spot_not_taken_and_withdrawn():
    found = looked_at()
    spot = findings.solve_finding(raised(found), **DONE, by=found.deputy)
    other = raised(found, title="路灯不亮")
    not_taken = findings.decline_finding(other, reason="已列入明年的项目", by=found.clerk)
    gone = findings.withdraw_finding(
        raised(found, title="写错了"), reason="写重了", by=found.deputy
    )
    assert (spot.state, not_taken.why, gone.why) == ("solved", "已列入明年的项目", "写重了")
    assert Finding.objects.figures() == {"found": 2, "solved": 1}
    assert raised(found, title="写错了").state == FindingState.FOUND, "what is withdrawn is no twin"


def test_of_a_council_it_goes_by_the_station():
    found, place = looked_at(), rota_walk.station()
    held = councils.note_council(place.place, talked=talked(place), by=place.keeper, today=TODAY)
    said = {"source": held, "deputy": place.deputies[0], "found_on": held.held_on}
    row = raised(found, by=place.keeper, **said)
    assert (row.area, row.council) == (place.place.area, held)
    with pytest.raises(Refused, match="没有参加"):
        raised(found, by=place.keeper, **{**said, "deputy": place.deputies[1]})
    with pytest.raises(Refused, match="先撤回那几条"):
        councils.withdraw_council(held, reason="写错了", by=place.keeper)
    findings.withdraw_finding(row, reason="写错了", by=place.keeper)
    councils.withdraw_council(held, reason="写错了", by=place.keeper)
    with pytest.raises(Refused, match="已经取消"):
        raised(found, by=place.keeper, **said)


def test_others_are_refused():
    found = looked_at()
    row = raised(found)
    for role in set(Role) - STAFF - {Role.TOWNSHIP_CLERK}:
        by = make.actor(role)
        acts = [
            lambda by=by: findings.hand_finding(row, handler="村里", by=by, today=TODAY),
            lambda by=by: findings.solve_finding(row, **DONE, by=by),
            lambda by=by: findings.decline_finding(row, reason="不归这里", by=by),
            lambda by=by: findings.withdraw_finding(row, reason="写错了", by=by),
        ]
        if role != Role.KEEPER:
            acts.append(lambda by=by: raised(found, by=by))
        for act in acts:
            with pytest.raises(Refused, match="由"):
                act()
    other = make.as_deputy(found.deputies[1])
    with pytest.raises(Refused, match="自己发现的"):
        raised(found, by=other)
    with pytest.raises(Refused, match="请代工委交办"):
        findings.hand_finding(row, unit=found.unit, by=found.clerk, today=TODAY)


def test_what_cannot_be_and_wrong_states_are_refused():
    found = looked_at()
    row = handed(found)
    for said, words in (
        ({"words": "。"}, "看到了什么"),
        ({"found_on": TODAY + timedelta(days=1)}, "晚于今天"),
        ({"found_on": TODAY - timedelta(days=2)}, "早于活动"),
        ({"deputy": make.deputy()}, "没有参加"),
        ({}, "已经登记过"),
        ({"title": "别的", "today": TODAY + timedelta(days=61)}, "60 天以上"),
        ({"title": "别的", "today": TODAY - timedelta(days=2)}, "还没有举行"),
    ):
        with pytest.raises(Refused, match=words):
            raised(found, by=found.clerk, **said)
    for act, words in (
        (lambda: findings.withdraw_finding(row, reason="写错了", by=found.clerk), "办理中"),
        (lambda: findings.solve_finding(row, result="！", by=found.clerk), "怎样解决"),
        (lambda: findings.decline_finding(row, reason="。", by=found.clerk), "为什么"),
        (
            lambda: findings.hand_finding(row, handler="镇水利站", by=found.clerk, today=TODAY),
            "一样",
        ),
        (lambda: findings.hand_finding(row, by=found.clerk, today=TODAY), "写明交给谁"),
    ):
        with pytest.raises(Refused, match=words):
            act()
    findings.solve_finding(row, **DONE, by=found.clerk)
    for act in (
        lambda: findings.solve_finding(row, **DONE, by=found.clerk),
        lambda: findings.decline_finding(row, reason="不归这里", by=found.clerk),
        lambda: findings.hand_finding(row, handler="村里", by=found.clerk, today=TODAY),
    ):
        with pytest.raises(Refused, match="已解决"):
            act()
    Activity.objects.update(state=ActivityState.CALLED_OFF, why="下雨")
    with pytest.raises(Refused, match="已经取消"):
        raised(found, title="别的")


def url(name, *args):
    return reverse(f"stations:{name}", args=args)


def test_on_the_screens_and_the_list_costs_the_same_with_more(client):
    found = looked_at()
    said = {"set_by": found.office.user, "set_at": clock.now()}
    year = Campaign.objects.create(
        assembly=make.assembly(),
        year=TODAY.year,
        title="共同缔造",
        opened_by=found.office.user,
        opened_at=clock.now(),
    )
    topic = Topic.objects.create(campaign=year, kind=TopicKind.UNIFIED, title="乡村振兴", **said)
    as_(client, found.deputy)
    page = url("raise_finding", "activity", found.activity.pk)
    form = {
        "token": str(uuid4()),
        "deputy": found.deputies[0].pk,
        "title": "水渠漏水",
        "words": "渠底裂了三处",
        "place": "四组",
        "found_on": str(TODAY),
        "topic": topic.pk,
    }
    assert client.post(page, {**form, "title": ""}).status_code == 422
    for _ in range(2):
        assert client.post(page, {**form, "photos": [duties.upload()]}).status_code == 302
    row = Finding.objects.get()
    photo = url("finding_photo", FindingPhoto.objects.get().pk)
    assert client.get(photo).getvalue()[:3] == b"\xff\xd8\xff"
    shown = text(client.get(url("finding", row.pk)))
    assert "渠底裂了三处" in shown
    assert "交办…" not in shown
    assert page in text(client.get(url("findings")))
    begin = reverse("home:propose_finding", args=[row.pk])
    as_(client, found.office)
    assert client.post(begin).status_code == 409
    as_(client, found.deputy)
    drafts = {client.post(begin).url for _ in range(2)}
    assert len(drafts) == 1, "begun twice it is one draft"
    assert "“察看水渠”中发现：水渠漏水" in text(client.get(drafts.pop()))
    as_(client, found.clerk)
    assert "发现的问题待交办" in text(client.get("/"))
    as_(client, found.office)
    one = queries_of(client, url("findings"))
    raised(found, title="路灯不亮")
    handed(found, title="路面破损")
    assert queries_of(client, url("findings")) == one
    unit = {"unit": found.unit.pk, "handler": ""}
    assert client.post(url("hand_finding", row.pk), {"unit": "", "handler": ""}).status_code == 409
    client.post(url("hand_finding", row.pk), unit)
    as_(client, found.unit_clerk)
    seen = client.get(url("findings")).context["page"]
    assert [each.pk for each in seen] == [row.pk]
    client.post(url("solve_finding", row.pk), {**DONE, "photos": [duties.upload()]})
    as_(client, found.office)
    listed = client.get(url("findings")).context
    counted = {
        by: [(each.name, each.found, each.solved) for each in lines]
        for _, by, lines in listed["tables"]
    }
    assert counted == {
        "campaign": [("不属于主题活动", 2, 0), ("共同缔造", 1, 1)],
        "topic": [("没有选题", 2, 0), ("乡村振兴", 1, 1)],
        "area": [(row.area.name, 3, 1)],
    }
    assert listed["counts"] == {
        "all": 3,
        "found": 1,
        "handed": 1,
        "solved": 1,
        "declined": 0,
        "late": 0,
    }
    for query, number in (
        ({"topic": 0}, 2),
        ({"topic": topic.pk, "state": "solved"}, 1),
        ({"light": "ok"}, 2),
        ({"campaign": year.pk}, 1),
        ({"source": f"activity-{found.activity.pk}"}, 3),
        ({"q": "路灯"}, 1),
        ({"year": 2025}, 0),
    ):
        assert len(client.get(url("findings"), query).context["page"]) == number, query
    assert client.get(url("findings"), {"source": "x-1"}).status_code == 400
    assert client.get(url("findings_sheet"))["Content-Type"].startswith("application/vnd")
    others = Finding.objects.exclude(pk=row.pk).order_by("pk")
    client.post(url("decline_finding", others[0].pk), {"reason": "已列入明年的项目"})
    assert "已列入明年的项目" in text(client.get(url("finding", others[0].pk)))
    as_(client, make.actor(Role.CONVENOR))
    for closed in (url("finding", row.pk), photo, page):
        assert client.get(closed).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_at_once_each_is_done_once():
    found = looked_at()
    token, how = uuid4(), {"today": TODAY}
    said = {"noticed": noticed(found), "token": token, "by": found.deputy, **how}
    twice = at_once(2, findings.raise_finding, found.activity, **said)
    assert (twice, Finding.objects.count()) == (["done", "done"], 1)
    row = Finding.objects.get()
    for anew in ({"noticed": noticed(found, title="另一处漏水")}, {"by": found.clerk}):
        with pytest.raises(Refused, match="写的不一样"):
            findings.raise_finding(found.activity, **{**said, **anew})
    for verb, said in (
        (findings.hand_finding, {"handler": "村里", **how}),
        (findings.solve_finding, DONE),
    ):
        assert at_once(2, verb, row, **said, by=found.clerk) == ["done", "refused"]
    for verb in (findings.decline_finding, findings.withdraw_finding):
        other = raised(found, title=verb.__name__)
        assert at_once(2, verb, other, reason="不归这里", by=found.clerk) == ["done", "refused"]


def test_a_unit_that_is_handed_it_once_more_is_asked_once_more():
    found = looked_at()
    row = raised(found)
    for later, way in enumerate(
        ({"unit": found.unit}, {"handler": "镇水利站"}, {"unit": found.unit})
    ):
        on = TODAY + timedelta(days=later)
        row = findings.hand_finding(row, **way, by=found.office, today=on)
    assert waits(found.unit_clerk) == 1
    findings.solve_finding(row, **DONE, by=found.unit_clerk)
    assert waits(found.unit_clerk) == 0


def test_a_unit_with_a_long_name_is_handed_it_too():
    found = looked_at()
    found.unit.name = "局" * found.unit._meta.get_field("name").max_length
    row = findings.hand_finding(raised(found), unit=found.unit, by=found.office, today=TODAY)
    assert (row.state, waits(found.deputy)) == ("handed", 1)
