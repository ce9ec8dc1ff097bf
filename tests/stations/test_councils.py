"""议事: noted with what was agreed on, ticked off, counted by station."""

from datetime import timedelta

import pytest
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import STAFF, Role
from stations.actions import councils
from stations.models import Council, CouncilKind, Matter
from stations.states import CouncilState, MatterState, StationState
from tests import make
from tests.deputies import walk as duties
from tests.scoring.year import as_, queries_of, text
from tests.stations import rota_walk
from tests.stations.visit_walk import talked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TODAY = rota_walk.TODAY
DONE = {"to": MatterState.DONE, "result": "村里装了三盏", "ended_on": TODAY}


def noted(found, by=None, **said) -> Council:
    by = by or found.keeper
    return councils.note_council(found.place, talked=talked(found, **said), by=by, today=TODAY)


def ended(matter, by, **how) -> Matter:
    return councils.end_matter(matter, **{**DONE, **how}, by=by, today=TODAY)


def trail(row):
    rows = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk).order_by("pk")
    return [each.now for each in rows]


def test_it_is_noted_ticked_off_and_withdrawn_with_its_trail():
    found = rota_walk.station()
    row = noted(found, by=make.as_deputy(found.deputies[0]))
    first, second = row.matters.all()
    assert (ended(first, found.keeper).state, trail(first)) == ("done", ["done"])
    assert ended(second, found.keeper, to=MatterState.DROPPED, result="没有人愿意").ended_on
    other = noted(found, topic="修路")
    gone = councils.withdraw_council(other, reason="写错了", by=found.keeper)
    assert (trail(gone), gone.why) == (["noted", "withdrawn"], "写错了")
    assert noted(found, topic="修路").state == CouncilState.NOTED


def test_others_are_refused():
    found = rota_walk.station()
    row = noted(found)
    for role in set(Role) - STAFF - {Role.TOWNSHIP_CLERK}:
        by = make.actor(role)
        for act in (
            lambda by=by: noted(found, by=by),
            lambda by=by: councils.withdraw_council(row, reason="写错了", by=by),
            lambda by=by: ended(row.matters.first(), by),
        ):
            with pytest.raises(Refused, match="请由这个家站"):
                act()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"held_on": TODAY + timedelta(days=1)}, "不能晚于今天"),
        ({"held_on": TODAY - timedelta(days=61)}, "最近 60 天"),
        ({"notes": "。"}, "写明议了什么"),
        ({"deputies": ()}, "哪位代表"),
        ({"matters": [str(n) for n in range(11)]}, "最多 10 件"),
    ],
)
def test_what_cannot_have_been_is_refused(said, why):
    with pytest.raises(Refused, match=why):
        noted(rota_walk.station(), **said)


def test_a_wrong_state_is_refused():
    found = rota_walk.station()
    row = noted(found)
    with pytest.raises(Refused, match="已经登记过"):
        noted(found)
    with pytest.raises(Refused, match="早于议事"):
        ended(row.matters.first(), found.keeper, ended_on=TODAY - timedelta(days=9))
    matter = ended(row.matters.first(), found.keeper)
    with pytest.raises(Refused, match="已办成"):
        ended(matter, found.keeper)
    with pytest.raises(Refused, match="已经有结果"):
        councils.withdraw_council(row, reason="写错了", by=found.keeper)
    gone = councils.withdraw_council(noted(found, topic="修路"), reason="错了", by=found.keeper)
    with pytest.raises(Refused, match="已经撤回"):
        ended(gone.matters.first(), found.keeper)
    type(found.place).objects.update(state=StationState.CLOSED, closed_on=TODAY, why="撤并")
    with pytest.raises(Refused, match="已经撤并"):
        noted(found, topic="别的")


def url(name, *args):
    return reverse(f"stations:{name}", args=args)


def test_on_the_screens_and_the_list_costs_the_same_with_more(client):
    found = rota_walk.station()
    as_(client, found.keeper)
    page = url("note_council", found.place.pk)
    said = {
        "kind": CouncilKind.objects.first().pk,
        "held_on": str(TODAY),
        "place": "四组院坝",
        "topic": "院坝里装路灯",
        "deputies": [found.deputies[0].pk],
        "people": 23,
        "notes": "大家都说要装",
        "matters": "装三盏灯\n\n各户轮流看管\n",
    }
    wrong = client.post(page, {**said, "people": ""})
    assert (wrong.status_code, "多少群众参加" in text(wrong)) == (422, True)
    client.post(page, {**said, "photos": [duties.upload(), duties.upload(name="二.jpg")]})
    row = Council.objects.get()
    photo = url("council_photo", row.photos.get().pk)  # the same one twice is one
    shown = client.get(photo)
    assert shown.getvalue()[:3] == b"\xff\xd8\xff"
    assert photo in text(client.get(url("council", row.pk)))
    assert client.post(page, said).status_code == 409
    assert "各户轮流看管" in text(client.get(url("council", row.pk)))
    client.post(url("end_matter", row.matters.first().pk), {**DONE, "ended_on": str(TODAY)})
    one = queries_of(client, url("councils"))
    for topic in ("修路", "修桥"):
        noted(found, topic=topic)
    assert queries_of(client, url("councils")) == one
    shown = client.get(url("councils"))
    (total,) = shown.context["totals"]
    assert (total.times, total.people, total.agreed, total.done) == (3, 69, 6, 1)
    gone = Council.objects.get(topic="修桥")
    client.post(url("withdraw_council", gone.pk), {"reason": "写错了"})
    assert client.get(url("councils")).context["totals"][0].times == 2
    assert client.get(url("councils_sheet"))["Content-Type"].startswith("application/vnd")
    as_(client, make.actor(Role.KEEPER))
    for closed in (url("council", row.pk), photo):
        assert client.get(closed).status_code == 404


def test_namesakes_are_told_apart_by_their_job(client):
    found = rota_walk.station()
    for one, job in zip(found.deputies, ("教师", "村医", "农民"), strict=True):
        type(one).objects.filter(pk=one.pk).update(name="邓昌盛", job=job)
    as_(client, found.keeper)
    shown = text(client.get(url("note_council", found.place.pk)))
    assert all(f"邓昌盛（{job}）" in shown for job in ("教师", "村医", "农民"))
