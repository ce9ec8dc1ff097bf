"""编组: moved one by one or evened out together, taken back, groups formed and dissolved."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Post, Setting
from congress.shared.roles import DESK, STAFF, Role
from deputies.actions import groups
from deputies.models import DeputyGroup, District, Mandate, Membership, Regrouping
from deputies.queries import balance
from deputies.queries import groups as queries
from deputies.queries.balance import Person, even_moves
from deputies.states import RegroupingState
from tests import make
from tests.deputies import sheet
from tests.race import at_once
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


def trail(row):
    rows = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk)
    return list(rows.values_list("now", "note"))


def spells(deputy):
    rows = deputy.membership_set.order_by("from_on")
    return [(row.group.name, row.from_on, row.to_on) for row in rows]


def move(deputy, group=None, by=None, today=TODAY):
    return groups.move_member(deputy, group=group or second(), by=by or make.actor(), today=today)


def regroup(people, group=None, by=None, today=TODAY):
    pairs = [(each, group or second()) for each in people]
    return groups.regroup(make.township(), moves=pairs, by=by or make.actor(), today=today)


def revoke(row, by=None, today=TODAY):
    return groups.revoke_regrouping(row, by=by or make.actor(), today=today)


def test_move_member_keeps_the_past_in_the_old_group_and_leaves_its_trail():
    deputy = make.deputy()
    move(deputy)
    assert spells(deputy) == [
        ("柳河镇第一代表小组", make.ELECTED_ON, TODAY),
        ("柳河镇第二代表小组", TODAY, None),
    ]
    assert trail(deputy)[-1] == ("regrouped", "柳河镇第一代表小组→柳河镇第二代表小组")


def test_move_member_there_and_back_on_one_day_leaves_no_empty_spell():
    deputy = make.deputy()
    move(deputy)
    move(deputy, make.group())
    assert spells(deputy) == [("柳河镇第一代表小组", make.ELECTED_ON, None)]
    move(deputy)
    move(deputy, make.group("柳河镇第三代表小组"))
    assert [name for name, _, _ in spells(deputy)] == ["柳河镇第一代表小组", "柳河镇第三代表小组"]


def test_move_member_ends_the_convening_of_the_old_group():
    deputy = make.deputy()
    old = groups.name_convenor(make.group(), deputy=deputy, by=make.actor(), today=YESTERDAY)
    move(deputy)
    old.refresh_from_db()
    assert old.convenor is None
    post = Post.objects.get(role=Role.CONVENOR, user=deputy.user)
    assert post.to_on == YESTERDAY


def test_move_member_keeps_a_prepared_end_of_the_seat():
    deputy = make.deputy()
    later = TODAY + timedelta(days=30)
    with transaction.atomic():
        deputy.mandates.update(to_on=later - timedelta(days=1), end_cause="term")
        deputy.membership_set.update(to_on=later)
    move(deputy)
    assert spells(deputy)[-1] == ("柳河镇第二代表小组", TODAY, later)


def test_release_convenor_leaves_the_group_without_one():
    deputy, group = make.deputy("王启秀"), make.group()
    groups.name_convenor(group, deputy=deputy, by=make.actor(), today=YESTERDAY)
    group = groups.release_convenor(group, by=make.actor(), today=TODAY)
    assert (group.convenor, trail(group)[-1]) == (None, ("convenor_released", "王启秀"))
    assert not Post.objects.filter(role=Role.CONVENOR, to_on=None).exists()


def test_form_group_stands_last_in_its_township():
    make.group()
    group = groups.form_group(make.township(), name="柳河镇第九代表小组", by=make.actor())
    assert (group.position, trail(group)) == (1, [("added", "柳河镇第九代表小组")])


def test_rename_group_tells_both_names():
    group = groups.rename_group(make.group(), name="柳河镇桃园代表小组", by=make.actor())
    assert trail(group)[-1] == ("renamed", "柳河镇第一代表小组→柳河镇桃园代表小组")


def test_dissolve_group_takes_it_off_the_lists_and_reopen_group_puts_it_back():
    group = groups.dissolve_group(second(), by=make.actor(), today=TODAY)
    assert not DeputyGroup.objects.standing(TODAY).filter(pk=group.pk).exists()
    assert DeputyGroup.objects.standing(YESTERDAY).filter(pk=group.pk).exists()
    group = groups.reopen_group(group, by=make.actor(), today=TODAY)
    assert DeputyGroup.objects.standing(TODAY).filter(pk=group.pk).exists()
    assert [deed for deed, _ in trail(group)] == ["dissolved", "reopened"]


def test_dissolve_group_waits_until_everybody_has_moved():
    deputy = make.deputy(of=second())
    with pytest.raises(Refused, match="还有 1 位代表"):
        groups.dissolve_group(second(), by=make.actor(), today=TODAY)
    move(deputy, make.group())
    assert groups.dissolve_group(second(), by=make.actor(), today=TODAY).dissolved_on == TODAY


def test_regroup_moves_all_and_revoke_regrouping_brings_all_back():
    people = [make.deputy() for _ in range(3)]
    row = regroup(people)
    assert Membership.objects.running(TODAY).filter(group=second()).count() == 3
    assert (row.moves.count(), trail(row)) == (3, [("made", "3 人")])
    revoke(row, today=TODAY + timedelta(days=2))
    assert spells(people[0])[-1][:2] == ("柳河镇第一代表小组", TODAY + timedelta(days=2))
    assert trail(row)[-1] == ("revoked", "")


def test_revoke_regrouping_stops_when_somebody_moved_on_or_it_is_long_ago():
    person = make.deputy()
    row = regroup([person])
    with pytest.raises(Refused, match="已经超过 30 天"):
        revoke(row, today=TODAY + timedelta(days=31))
    move(person, make.group("柳河镇第三代表小组"))
    with pytest.raises(Refused, match="后来又有变动"):
        revoke(row)


DEEDS = {
    "move_member": lambda by: move(make.deputy(), by=by),
    "form_group": lambda by: groups.form_group(make.township(), name="新小组", by=by),
    "rename_group": lambda by: groups.rename_group(make.group(), name="新小组", by=by),
    "dissolve_group": lambda by: groups.dissolve_group(second(), by=by, today=TODAY),
    "reopen_group": lambda by: groups.reopen_group(second(), by=by, today=TODAY),
    "release_convenor": lambda by: groups.release_convenor(make.group(), by=by, today=TODAY),
    "regroup": lambda by: regroup([make.deputy()], by=by),
    "revoke_regrouping": lambda by: revoke(regroup([make.deputy()]), by=by),
}


@pytest.mark.parametrize("name", DEEDS)
def test_only_the_office_changes_groups(name):
    for role in sorted(set(Role) - STAFF):
        with pytest.raises(Refused, match="只有代工委可以调整代表小组"):
            DEEDS[name](make.actor(role))


def dissolved() -> DeputyGroup:
    return groups.dissolve_group(second(), by=make.actor(), today=TODAY)


def gone():
    person = make.deputy()
    make.leaves(person, TODAY)
    return person


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda: move(make.deputy(), make.group()), "已经在柳河镇第一代表小组"),
        (lambda: move(make.deputy(), dissolved()), "已经撤销"),
        (lambda: move(gone()), "现在不是在任代表"),
        (lambda: groups.release_convenor(make.group(), by=make.actor(), today=TODAY), "没有召集人"),
        (
            lambda: groups.form_group(make.township(), name=second().name, by=make.actor()),
            "换一个名称",
        ),
        (lambda: groups.form_group(make.county(), name="县小组", by=make.actor()), "建在乡镇"),
        (
            lambda: groups.rename_group(make.group(), name=second().name, by=make.actor()),
            "换一个名称",
        ),
        (
            lambda: groups.rename_group(make.group(), name=make.group().name, by=make.actor()),
            "没有变化",
        ),
        (lambda: groups.dissolve_group(dissolved(), by=make.actor(), today=TODAY), "已经撤销"),
        (lambda: groups.reopen_group(second(), by=make.actor(), today=TODAY), "没有撤销"),
        (lambda: regroup([]), "至少勾选一位"),
        (lambda: regroup([make.deputy()], make.group("外乡小组", make.township("石桥乡"))), "不在"),
        (lambda: revoke(revoke(regroup([make.deputy()]))), "已撤回"),
    ],
)
def test_what_cannot_be_is_refused_in_words(act, why):
    with pytest.raises(Refused, match=why):
        act()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "name",
    sorted(DEEDS),
)
def test_of_two_at_once_one_is_refused(name):
    by, person, group, other = make.actor(), make.deputy(), make.group(), second()
    if name == "release_convenor":
        groups.name_convenor(group, deputy=person, by=by, today=YESTERDAY)
    row = regroup([person]) if name == "revoke_regrouping" else None
    if name == "reopen_group":
        dissolved()
    acts = {
        "move_member": (groups.move_member, person, {"group": other, "today": TODAY}),
        "form_group": (groups.form_group, make.township(), {"name": "新小组"}),
        "rename_group": (groups.rename_group, group, {"name": "新小组"}),
        "dissolve_group": (groups.dissolve_group, other, {"today": TODAY}),
        "reopen_group": (groups.reopen_group, other, {"today": TODAY}),
        "release_convenor": (groups.release_convenor, group, {"today": TODAY}),
        "regroup": (
            groups.regroup,
            make.township(),
            {"moves": [(person, other)], "today": TODAY},
        ),
        "revoke_regrouping": (groups.revoke_regrouping, row, {"today": TODAY}),
    }
    verb, about, how = acts[name]
    assert at_once(2, verb, about, by=by, **how) == ["done", "refused"]


def test_a_dissolved_group_with_a_convenor_is_refused_by_the_database():
    group = groups.name_convenor(
        make.group(), deputy=make.deputy(), by=make.actor(), today=YESTERDAY
    )
    with (
        pytest.raises(IntegrityError, match="group_dissolved_has_no_convenor"),
        transaction.atomic(),
    ):
        DeputyGroup.objects.filter(pk=group.pk).update(dissolved_on=TODAY)


def test_a_roster_that_names_a_dissolved_group_is_told_so():
    sheet.apply([sheet.row()])
    name = sheet.row()["代表小组"]
    group = DeputyGroup.objects.get(name=name)
    for spell in Membership.objects.running(TODAY).filter(group=group).select_related("deputy"):
        move(spell.deputy, make.group("过渡小组", group.area))
    groups.dissolve_group(group, by=make.actor(), today=TODAY)
    with pytest.raises(Refused, match="已经撤销"):
        sheet.apply([sheet.row(姓名="新人甲", 代表证号="N-9", 联系电话="13911110009")])


def sized(*sizes, district=None):
    number = iter(range(1, 1000))
    return {
        pk: [Person(next(number), district and district(pk)) for _ in range(size)]
        for pk, size in enumerate(sizes, start=1)
    }


def after(found, moves):
    sizes = {pk: len(people) for pk, people in found.items()}
    for _, was, now in moves:
        sizes[was] -= 1
        sizes[now] += 1
    return sorted(sizes.values())


@pytest.mark.parametrize(
    ("sizes", "moved", "then"),
    [
        ((5, 5), 0, [5, 5]),
        ((5, 4), 0, [4, 5]),
        ((9, 1), 4, [5, 5]),
        ((10, 4, 4), 4, [6, 6, 6]),
        ((0, 7), 3, [3, 4]),
        ((3,), 0, [3]),
        ((), 0, []),
    ],
)
def test_even_moves_are_as_few_as_bring_sizes_within_one(sizes, moved, then):
    found = sized(*sizes)
    moves = even_moves(found, set())
    assert (len(moves), after(found, moves)) == (moved, then)


def test_even_moves_leave_convenors_and_take_neighbours_first():
    found = {1: [Person(pk, 7 if pk < 3 else 8) for pk in range(1, 5)], 2: [Person(9, 7)]}
    assert even_moves(found, {1}) == [(2, 1, 2)]


def test_even_moves_end_when_only_convenors_are_left():
    assert even_moves(sized(3, 0), {1, 2, 3}) == []


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
    assert (again.status_code, "编组刚才有变动" in text(again)) == (400, True)
    client.post(reverse("deputies:revoke_regrouping", args=[Regrouping.objects.get().pk]))
    assert Regrouping.objects.get().state == RegroupingState.REVOKED
    assert all(spells(each)[-1][0] == "柳河镇第一代表小组" for each in people)


def test_the_forms_lead_to_the_group(client):
    deputy = make.deputy()
    as_(client, make.actor())
    form = reverse("deputies:form_group")
    area = make.township().pk
    made = client.post(form, {"area": area, "name": "柳河镇第二代表小组"})
    assert made["Location"] == reverse("deputies:group", args=[second().pk])
    twice = client.post(form, {"area": area, "name": "柳河镇第二代表小组"})
    assert (twice.status_code, "换一个名称" in text(twice)) == (400, True)
    url = reverse("deputies:move_member", args=[deputy.pk])
    assert client.post(url, {"group": ""}).status_code == 400
    client.post(url, {"group": second().pk})
    assert spells(deputy)[-1][0] == "柳河镇第二代表小组"
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
