"""大屏地址: opened and ended by whoever runs the station, kept as a digest; who is heard of."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared import clock
from congress.shared.actors import SYSTEM
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import STAFF, Role
from stations.actions import closing, screens
from stations.models import ScreenToken, Station
from stations.queries import screens as queries
from stations.views import screens as views
from tests import make
from tests.race import at_once
from tests.stations import rota_walk as walk
from tests.stations.rota_walk import TODAY

pytestmark = pytest.mark.django_db
OTHERS = sorted(set(Role) - STAFF - {Role.KEEPER, Role.TOWNSHIP_CLERK})


@pytest.fixture
def found(today):
    return walk.station(1)


def deeds() -> list[tuple[str, str]]:
    rows = AuditEvent.objects.filter(subject="stations.ScreenToken").order_by("pk")
    return list(rows.values_list("now", "note"))


def test_renew_screen_gives_an_address_once_and_ends_the_one_before(found):
    township = make.actor(Role.TOWNSHIP_CLERK, at=make.where(Role.TOWNSHIP_CLERK))
    tokens = [
        screens.renew_screen(found.place, by=by) for by in (found.keeper, township, make.actor())
    ]
    assert len(set(tokens)) == 3
    assert all(len(token) == 24 for token in tokens)
    rows = str(list(ScreenToken.objects.values())) + str(list(AuditEvent.objects.values()))
    assert not [token for token in tokens if token in rows]
    assert [screens.shown_at(token, clock.now()) is None for token in tokens] == [True, True, False]
    opened, ended = ("screen_renewed", "柳河镇第一联络站"), ("screen_ended", "换了新地址")
    assert deeds() == [opened, ended, opened, ended, opened]


def test_end_screen_says_why_and_the_address_shows_nothing_more(found):
    token = screens.renew_screen(found.place, by=found.keeper)
    screen = ScreenToken.objects.get()
    ended = screens.end_screen(screen, reason=" 电视坏了 ", by=found.keeper)
    assert (ended.why, ended.ended_by) == ("电视坏了", found.keeper.user)
    assert screens.shown_at(token, clock.now()) is None
    assert deeds()[-1] == ("screen_ended", "电视坏了")


def test_a_screen_is_opened_and_ended_only_by_whoever_runs_the_place(found):
    screens.renew_screen(found.place, by=found.keeper)
    screen = ScreenToken.objects.get()
    strangers = [make.actor(role) for role in OTHERS]
    strangers += [make.actor(Role.KEEPER)]
    strangers += [make.actor(Role.TOWNSHIP_CLERK, at=make.far_office())]
    for by in strangers:
        with pytest.raises(Refused, match="站长、乡镇人大或者代工委"):
            screens.renew_screen(found.place, by=by)
        with pytest.raises(Refused, match="站长、乡镇人大或者代工委"):
            screens.end_screen(screen, reason="不用了", by=by)
    for act in (
        lambda: screens.renew_screen(found.place, by=SYSTEM),
        lambda: screens.end_screen(screen, reason="不用了", by=SYSTEM),
    ):
        with pytest.raises(Refused):
            act()


def test_a_closed_place_has_no_screen_and_an_ended_one_ends_once(found):
    token = screens.renew_screen(found.place, by=found.keeper)
    screen = ScreenToken.objects.get()
    with pytest.raises(Refused, match="请写明为什么"):
        screens.end_screen(screen, reason=" ", by=found.keeper)
    screens.end_screen(screen, reason="搬家", by=found.keeper)
    with pytest.raises(Refused, match="已经停用"):
        screens.end_screen(screen, reason="搬家", by=found.keeper)
    token = screens.renew_screen(found.place, by=found.keeper)
    heir = Station.objects.create(kind="station", area=found.place.area, name="柳河镇第二联络站")
    closing.close_station(found.place, successor=heir, reason="合并", by=make.actor(), today=TODAY)
    assert screens.shown_at(token, clock.now()) is None
    with pytest.raises(Refused, match="已经撤并"):
        screens.renew_screen(found.place, by=make.actor())


@pytest.mark.django_db(transaction=True)
def test_at_once_one_address_is_left_and_it_is_ended_once():
    place, by = walk.station(0).place, make.actor()
    assert at_once(3, screens.renew_screen, place, by=by) == ["done"] * 3
    screen = ScreenToken.objects.open().get()
    done = at_once(3, screens.end_screen, screen, reason="停电", by=by)
    assert done == ["done", "refused", "refused"]


def test_the_constraints_hold_when_code_forgets(found):
    screens.renew_screen(found.place, by=found.keeper)
    facts = {"station": found.place, "made_by": found.keeper.user, "made_at": clock.now()}
    with pytest.raises(IntegrityError, match="one_open_per_station"), transaction.atomic():
        ScreenToken.objects.create(digest="b", **facts)
    with pytest.raises(IntegrityError, match="ended_has_who"), transaction.atomic():
        ScreenToken.objects.update(ended_at=clock.now())


def test_a_screen_is_heard_of_at_most_once_a_minute_and_silent_after_days(found):
    token, now = screens.renew_screen(found.place, by=found.keeper), clock.now()
    seen = lambda: ScreenToken.objects.get().last_seen_at  # noqa: E731
    word = lambda at: queries.of_station(found.place, at).word  # noqa: E731
    assert word(now) == "还没打开过"
    for seconds, last in ((0, 0), (30, 0), (61, 61)):
        screens.shown_at(token, now + timedelta(seconds=seconds))
        assert seen() == now + timedelta(seconds=last)
    assert word(now + timedelta(minutes=2)) == "正在显示"
    assert word(now + timedelta(hours=9)) == "没开着"
    assert word(now + timedelta(days=2)) == "没开着"
    assert word(now + timedelta(days=3)) == "断线"


def test_the_pages_open_show_once_list_and_end(
    client, found, django_assert_num_queries, monkeypatch
):
    page = lambda name, *args: reverse(f"stations:{name}", args=args)  # noqa: E731
    pk = found.place.pk
    client.force_login(found.keeper.user)
    assert "还没打开过" not in client.get(page("station_screen", pk)).content.decode()
    assert "只在下一页显示一次" in client.get(page("renew_screen", pk)).content.decode()
    answer = client.post(page("renew_screen", pk))
    text = answer.content.decode()
    assert "只显示这一次" in text
    assert answer["Cache-Control"] == "private, no-store"
    address = text.partition("/wall/")[2].partition("/")[0]
    assert client.get(reverse("home:wall", args=[address])).status_code == 200
    assert address not in client.get(page("renew_screen", pk)).content.decode()
    shown = client.get(page("station_screen", pk)).content.decode()
    assert "更换地址…" in shown
    screen = ScreenToken.objects.open().get()
    assert client.post(page("end_screen", screen.pk), {"reason": ""}).status_code == 422
    assert client.post(page("end_screen", screen.pk), {"reason": "换电视"}).status_code == 302
    assert client.post(page("end_screen", screen.pk), {"reason": "换电视"}).status_code == 409
    assert client.get(page("screens"), {"show": "x"}).status_code == 400
    client.force_login(make.actor(Role.KEEPER).user)
    for name in ("station_screen", "renew_screen"):
        assert client.get(page(name, pk)).status_code == 404
    assert client.get(page("end_screen", screen.pk)).status_code == 404
    client.force_login(make.actor().user)
    screens.renew_screen(found.place, by=make.actor())
    for more in (0, 2):
        for number in range(more):
            other = walk.station(0, name=f"柳河镇第{number}联络站")
            screens.renew_screen(other.place, by=other.keeper)
        client.get(page("screens"))
        with django_assert_num_queries(LIST):
            listed = client.get(page("screens"), {"show": "on"}).content.decode()
        assert listed.count("还没打开过") == 1 + more
    monkeypatch.setattr(views, "PER_PAGE", 2)
    turned = client.get(page("screens"), {"show": "on", "page": 2})
    assert (len(turned.context["page"]), "共 3 个" in turned.content.decode()) == (1, True)
    assert "没有家站" in client.get(page("screens"), {"show": "none"}).content.decode()


LIST = 9
