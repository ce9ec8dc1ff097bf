"""编组: moved one by one or evened out together, taken back, groups formed and dissolved."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Post
from congress.shared.roles import STAFF, Role
from deputies.actions import groups
from deputies.models import DeputyGroup, Membership
from tests import make
from tests.deputies import sheet
from tests.race import at_once
from tests.scoring.facts import on

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
