"""编组的页面: the board, a township evened out on its screen, the forms, who is from elsewhere."""

from datetime import timedelta

import pytest
from django.urls import reverse

from congress.shared.models import Setting
from congress.shared.roles import DESK, STAFF
from deputies.actions import groups
from deputies.models import DeputyGroup, District, Mandate, Regrouping
from deputies.queries import balance
from deputies.queries import groups as queries
from deputies.states import RegroupingState
from tests import make
from tests.scoring.facts import on
from tests.scoring.year import as_, queries_of, text

pytestmark = pytest.mark.django_db
TODAY, YESTERDAY = make.TODAY, make.TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def _offices(db):
    make.organisation("township")
    with on(TODAY):
        yield


def second() -> DeputyGroup:
    return make.group("柳河镇第二代表小组")


def group_of(deputy) -> str:
    return deputy.membership_set.latest("from_on").group.name


def move(deputy, group=None, by=None, today=TODAY):
    return groups.move_member(deputy, group=group or second(), by=by or make.actor(), today=today)


def test_the_board_says_what_to_look_at_and_its_figures_lead_on(client):
    Setting.objects.create(
        key="deputies.group_least", value=2, from_on=make.ELECTED_ON, basis="本县规定"
    )
    for _ in range(3):
        make.deputy()
    make.deputy(of=second())
    as_(client, make.actor())
    page = text(client.get(reverse("deputies:groups")))
    for said in ("人数偏少，不到 2 人", "没有召集人", "均衡编组…", "最多最少相差 2 人"):
        assert said in page
    assert "柳河镇第一代表小组" in text(client.get(reverse("deputies:groups") + "?only=remarked"))


def test_a_member_from_another_township_is_shown():
    stranger = make.deputy(of=make.group("石桥乡第一代表小组", make.township("石桥乡")))
    move(stranger)
    assert queries.from_elsewhere(TODAY) == {second().pk: 1}
    assert [line.stranger for line in queries.members(second(), TODAY)] == [True]


def test_staff_even_out_a_township_on_its_screen_and_take_it_back(client):
    people = [make.deputy() for _ in range(4)]
    second()
    as_(client, make.actor())
    url = reverse("deputies:regroup", args=[make.township().pk])
    assert "照勾选的调整" in text(client.get(url))
    keys = [
        f"{each.deputy.pk}-{each.was.pk}-{each.now.pk}"
        for each in balance.proposed(make.township(), TODAY)
    ]
    assert len(keys) == 2
    assert client.post(url, {"moves": keys})["Location"] == url
    page = text(client.get(url))
    assert ("各组人数已经均衡" in page, "调整 2 人" in page) == (True, True)
    again = client.post(url, {"moves": keys})
    assert (again.status_code, "编组刚才有变动" in text(again)) == (422, True)
    client.post(reverse("deputies:revoke_regrouping", args=[Regrouping.objects.get().pk]))
    assert Regrouping.objects.get().state == RegroupingState.REVOKED
    assert all(group_of(each) == "柳河镇第一代表小组" for each in people)


def test_the_forms_lead_to_the_group(client):
    deputy = make.deputy()
    as_(client, make.actor())
    form = reverse("deputies:form_group")
    area = make.township().pk
    made = client.post(form, {"area": area, "name": "柳河镇第二代表小组"})
    assert made["Location"] == reverse("deputies:group", args=[second().pk])
    twice = client.post(form, {"area": area, "name": "柳河镇第二代表小组"})
    assert (twice.status_code, "换一个名称" in text(twice)) == (409, True)
    url = reverse("deputies:move_member", args=[deputy.pk])
    assert client.post(url, {"group": ""}).status_code == 422
    client.post(url, {"group": second().pk})
    assert group_of(deputy) == "柳河镇第二代表小组"
    first = make.group().pk
    client.post(reverse("deputies:rename_group", args=[first]), {"name": "柳河镇老街代表小组"})
    client.post(reverse("deputies:dissolve_group", args=[first]))
    page = text(client.get(reverse("deputies:group", args=[first])))
    assert ("柳河镇老街代表小组" in page, "恢复小组" in page, "撤销" in page) == (True,) * 3
    client.post(reverse("deputies:reopen_group", args=[first]))
    assert DeputyGroup.objects.get(pk=first).dissolved_on is None


@pytest.mark.parametrize("role", sorted(DESK - STAFF))
def test_who_only_reads_sees_the_groups_without_verbs(client, role):
    make.deputy()
    as_(client, make.actor(role))
    assert "只有代工委可以调整代表小组" in text(client.get(reverse("deputies:groups")))
    page = text(client.get(reverse("deputies:group", args=[make.group().pk])))
    assert "调组…" not in page


def test_the_queries_of_the_lists_are_fixed(client):
    as_(client, make.actor())
    make.deputy()
    board, group = reverse("deputies:groups"), reverse("deputies:group", args=[make.group().pk])
    one = queries_of(client, board), queries_of(client, group)
    for number in range(2):
        make.deputy()
        make.deputy(of=make.group(f"第{number}小组", make.township(f"第{number}乡")))
    assert (queries_of(client, board), queries_of(client, group)) == one


def test_members_elected_in_another_township_are_told_whatever_their_level():
    hill = make.township("山后镇")
    far = make.group("山后镇第一代表小组", hill)
    make.deputy(of=far, levels=("township",))
    stray = make.deputy(levels=("township",))
    groups.move_member(stray, group=far, by=make.actor(), today=make.TODAY)
    Mandate.objects.update(delegation=None)
    District.objects.update(area=make.township())
    District.objects.filter(name__startswith="山后镇").update(area=hill)
    counted = queries.from_elsewhere(make.TODAY)
    assert (counted[far.pk], counted[make.group().pk]) == (1, 0)
    marked = {line.deputy.pk: line.stranger for line in queries.members(far, make.TODAY)}
    assert [pk for pk, stranger in marked.items() if stranger] == [stray.pk]
