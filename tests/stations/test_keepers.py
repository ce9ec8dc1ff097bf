"""指定站长、家站资料: who keeps a place, and what voters read of it."""

from datetime import date

import pytest
from django.db import DataError, IntegrityError, transaction
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Post
from congress.shared.roles import DESK, STAFF, Role
from stations.actions import places
from stations.models import Station
from tests import make
from tests.race import at_once

pytestmark = pytest.mark.django_db
BEFORE = date(2026, 5, 11)
HOURS = "周一至周五 8:30—17:30"


@pytest.fixture
def station(db):
    make.organisation("township")
    return Station.objects.create(kind="home", area=make.township(), name="柳河镇代表之家")


def name(user, station, by=None):
    return places.name_keeper(station, user=user, by=by or make.actor(), today=make.TODAY)


def keepers() -> list[str]:
    open_posts = Post.objects.filter(role=Role.KEEPER, to_on=None)
    return sorted(open_posts.values_list("user__name", flat=True))


def test_name_keeper_gives_the_post_and_leaves_a_trail(station):
    user = make.user("苏文斌")

    places.name_keeper(station, user=user, by=make.actor(), today=make.TODAY)

    station.refresh_from_db()
    assert station.keeper == user
    post = user.posts.get()
    assert (post.role, post.organisation.name, post.from_on) == (
        Role.KEEPER,
        "柳河镇人大",
        make.TODAY,
    )
    assert list(AuditEvent.objects.values_list("subject", "now", "note")) == [
        ("shared.Post", "given", "苏文斌：柳河镇人大·家站站长"),
        ("stations.Station", "keeper_named", "苏文斌"),
    ]


def test_the_former_keeper_keeps_the_post_only_with_another_place(station):
    old, new = make.user("甲"), make.user("乙")
    other = Station.objects.create(kind="station", area=station.area, name="柳河镇第一联络站")
    for place in (station, other):
        places.name_keeper(place, user=old, by=make.actor(), today=make.ELECTED_ON)

    name(new, station)
    assert keepers() == ["乙", "甲"]
    name(new, other)
    assert keepers() == ["乙"]
    assert old.posts.get().to_on == BEFORE


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_name_keeper_is_refused_to_every_other_role(station, role):
    with pytest.raises(Refused, match="只有代工委可以指定"):
        places.name_keeper(station, user=make.user(), by=make.actor(role), today=make.TODAY)


def test_name_keeper_is_refused_for_the_keeper_and_for_oneself(station):
    user, clerk = make.user(), make.actor()
    name(user, station)
    with pytest.raises(Refused, match="已经是柳河镇代表之家的站长"):
        name(user, station)
    with pytest.raises(Refused, match="不能给自己安排任职"):
        name(clerk.user, station, clerk)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_name_one_keeper(station):
    user, clerk = make.user(), make.actor()
    outcomes = at_once(3, places.name_keeper, station, user=user, by=clerk, today=make.TODAY)
    assert outcomes == ["done", "refused", "refused"]
    assert len(keepers()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_keepers_named_at_once_leave_one_with_the_post(station):
    turn, clerk = iter([make.user("甲"), make.user("乙")]), make.actor()
    assert at_once(2, lambda: name(next(turn), station, clerk)) == ["done", "done"]
    station.refresh_from_db()
    assert keepers() == [station.keeper.name]


def test_a_second_open_post_of_one_keeper_is_refused_by_the_database(station):
    user = make.user()
    name(user, station)
    post = user.posts.get()
    with pytest.raises(IntegrityError, match="post_once_per_user"), transaction.atomic():
        Post.objects.create(
            user=user, organisation=post.organisation, role=post.role, from_on=BEFORE
        )


def test_describe_station_is_what_voters_read_and_leaves_a_trail(station, client):
    places.describe_station(station, address=" 老街 18 号 ", opening=HOURS, by=make.actor())

    station.refresh_from_db()
    assert (station.address, station.opening) == ("老街 18 号", HOURS)
    assert AuditEvent.objects.get(now="described").note == f"老街 18 号，{HOURS}"
    page = client.get(reverse("stations:public_detail", args=[station.pk]))
    assert "老街 18 号" in page.content.decode()


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_describe_station_is_refused_to_every_other_role(station, role):
    with pytest.raises(Refused, match="只有代工委可以更新"):
        places.describe_station(station, address="x", opening="x", by=make.actor(role))


@pytest.mark.parametrize(("address", "opening"), [("", HOURS), ("老街 18 号", " ")])
def test_describe_station_is_refused_half_said(station, address, opening):
    with pytest.raises(Refused, match="地址和开放时间都要写"):
        places.describe_station(station, address=address, opening=opening, by=make.actor())


@pytest.mark.django_db(transaction=True)
def test_two_clicks_describe_a_station_once(station):
    facts = {"address": "老街 18 号", "opening": HOURS, "by": make.actor()}
    assert at_once(3, places.describe_station, station, **facts) == ["done", "done", "done"]
    assert AuditEvent.objects.filter(now="described").count() == 1


def test_an_address_without_end_is_refused_by_the_database(station):
    with pytest.raises(DataError), transaction.atomic():
        Station.objects.filter(pk=station.pk).update(address="街" * 81)


def test_the_stations_page_leads_to_both_forms_and_they_work(client, station):
    user = make.user("苏文斌")
    client.force_login(make.actor().user)
    detail = client.get(reverse("admin:stations_station_change", args=[station.pk]))
    for words in ("指定站长", "更新资料", "进驻代表"):
        assert words in detail.content.decode()

    keeper = reverse("stations:name_keeper", args=[station.pk])
    assert "苏文斌" in client.get(keeper).content.decode()
    assert client.post(keeper, {"user": ""}).status_code == 422
    done = client.post(keeper, {"user": user.pk}, follow=True).content.decode()
    assert "苏文斌是柳河镇代表之家的站长了" in done
    assert client.post(keeper, {"user": user.pk}).status_code == 409

    describe = reverse("stations:describe_station", args=[station.pk])
    wrong = client.post(describe, {"address": "老街 18 号", "opening": ""})
    assert (wrong.status_code, "老街 18 号" in wrong.content.decode()) == (422, True)
    done = client.post(describe, {"address": "老街 18 号", "opening": HOURS}, follow=True)
    assert "柳河镇代表之家的资料已更新" in done.content.decode()


@pytest.mark.parametrize("page", ["name_keeper", "describe_station"])
@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_others_see_why_not_or_nothing(client, station, page, role):
    client.force_login(make.actor(role).user)
    answer = client.get(reverse(f"stations:{page}", args=[station.pk]))
    if role in DESK:
        assert "只有代工委可以" in answer.content.decode()
    else:
        assert answer.status_code == 403
