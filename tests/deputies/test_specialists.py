"""专业代表小组: formed by field, joined by serving deputies, led by one of them, dissolved."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import DESK, STAFF, Role
from deputies.actions import revoking, specialists
from deputies.models import SpecialistGroup, SpecialistMembership
from deputies.queries import specialists as queries
from tests import make
from tests.deputies import fields as made
from tests.deputies import seats
from tests.race import at_once
from tests.scoring.year import as_, queries_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_may")]
TODAY = make.TODAY
NEXT = TODAY + timedelta(days=1)


def trail(row):
    rows = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk)
    return list(rows.values_list("now", "note"))


def members(group, day=TODAY):
    return SpecialistMembership.objects.running(day).filter(group=group).count()


DEEDS = {
    "form_specialists": lambda by: specialists.form_specialists(
        name="教育专业代表小组", field="教育", committee=made.committee(), by=by, today=TODAY
    ),
    "edit_specialists": lambda by: specialists.edit_specialists(
        made.group(), name="新名", field="预算", committee=made.committee(), by=by, today=TODAY
    ),
    "join_specialists": lambda by: made.join(by=by),
    "leave_specialists": lambda by: specialists.leave_specialists(made.member(), by=by, today=NEXT),
    "name_leader": lambda by: lead(by=by),
    "dissolve_specialists": lambda by: specialists.dissolve_specialists(
        made.group(), by=by, today=NEXT
    ),
}


def lead(row=None, by=None):
    one = row or made.member()
    return specialists.name_leader(one.group, deputy=one.deputy, by=by or make.actor(), today=TODAY)


def test_form_specialists_stands_beside_its_committee():
    group = specialists.form_specialists(
        name="教育专业代表小组",
        field="教育",
        committee=made.committee(),
        by=make.actor(),
        today=TODAY,
    )
    assert (group.committee.name, group.formed_on) == ("财政经济委员会", TODAY)
    assert trail(group) == [("added", "教育专业代表小组")]


def test_edit_specialists_says_what_it_is_now():
    group = DEEDS["edit_specialists"](make.actor())
    assert (group.name, group.field) == ("新名", "预算")
    assert trail(group)[-1] == ("edited", "新名，预算，财政经济委员会")


def test_join_specialists_counts_from_today_in_several_groups_at_once():
    person, other = make.deputy("王启秀"), made.group("教育专业代表小组")
    for group in (made.group(), other):
        specialists.join_specialists(group, deputies=[person], by=make.actor(), today=TODAY)
    assert (members(made.group()), members(other)) == (1, 1)
    assert trail(other)[-1] == ("joined", "王启秀")


def test_leave_specialists_ends_that_day_and_who_joined_today_never_was_one():
    row = made.member()
    specialists.leave_specialists(row, by=make.actor(), today=NEXT)
    assert (members(row.group), members(row.group, NEXT)) == (1, 0)
    again = made.member()
    assert specialists.leave_specialists(again, by=make.actor(), today=TODAY) is None
    assert trail(row.group)[-1] == ("left", again.deputy.name)


def test_name_leader_and_a_leader_who_leaves_leads_no_more():
    row = made.member()
    group = lead(row)
    assert (group.leader, trail(group)[-1][0]) == (row.deputy, "leader_named")
    specialists.leave_specialists(row, by=make.actor(), today=NEXT)
    group.refresh_from_db()
    assert group.leader is None


def test_dissolve_specialists_leaves_nobody_in_it_and_frees_the_name():
    row = made.member()
    group = specialists.dissolve_specialists(row.group, by=make.actor(), today=NEXT)
    assert (members(group, NEXT), group.dissolved_on) == (0, NEXT)
    assert trail(group)[-1] == ("dissolved", "")
    assert made.group().pk != group.pk


def test_who_sits_no_more_is_in_no_group_and_leads_none():
    row = made.member()
    lead(row)
    make.leaves(row.deputy, NEXT)
    row.group.refresh_from_db()
    assert (members(row.group, NEXT), row.group.leader) == (0, None)


def test_a_change_taken_back_puts_them_into_their_groups_again():
    row = made.member()
    change = seats.terminated(row.deputy.mandates.get(), on=NEXT, today=NEXT)
    revoking.revoke_change(change, by=make.actor(), today=NEXT)
    assert members(row.group, NEXT) == 1


@pytest.mark.parametrize("name", DEEDS)
def test_only_the_office_changes_them(name):
    for role in sorted(set(Role) - STAFF):
        with pytest.raises(Refused, match="只有代工委可以调整专业代表小组"):
            DEEDS[name](make.actor(role))


def dissolved():
    return specialists.dissolve_specialists(made.group(), by=make.actor(), today=TODAY)


def rested():
    person = make.deputy()
    seats.suspended(person)
    return person


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda: made.join(rested()), "暂停执行职务"),
        (lambda: made.join(made.member().deputy), "已经在财经专业代表小组"),
        (lambda: made.join(of=dissolved()), "已经撤销"),
        (lambda: lead(SpecialistMembership(group=made.group(), deputy=make.deputy())), "不在"),
        (lambda: lead((lambda row: (lead(row), row)[1])(made.member())), "已经是组长"),
        (lambda: specialists.dissolve_specialists(dissolved(), by=make.actor(), today=TODAY), "撤"),
        (
            lambda: specialists.dissolve_specialists(
                made.called().group, by=make.actor(), today=TODAY
            ),
            "进行中的对口调研",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(act, why):
    with pytest.raises(Refused, match=why):
        act()


def test_two_standing_groups_of_one_name_are_refused():
    made.group("教育专业代表小组")
    with pytest.raises(Refused, match="换一个名称"):
        DEEDS["form_specialists"](make.actor())
    with pytest.raises(Refused, match="换一个名称"):
        specialists.edit_specialists(
            made.group(),
            name="教育专业代表小组",
            field="教育",
            committee=made.committee(),
            by=make.actor(),
            today=TODAY,
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", DEEDS)
def test_of_two_at_once_one_is_refused(name):
    by, row = make.actor(), made.member()
    group, other, of = row.group, make.deputy(), made.committee()
    words = {"name": "教育专业代表小组", "field": "教育", "committee": of, "today": TODAY}
    acts = {
        "form_specialists": (specialists.form_specialists, [], words),
        "join_specialists": (
            specialists.join_specialists,
            [group],
            {"deputies": [other], "today": TODAY},
        ),
        "leave_specialists": (specialists.leave_specialists, [row], {"today": NEXT}),
        "name_leader": (
            specialists.name_leader,
            [group],
            {"deputy": row.deputy, "today": TODAY},
        ),
        "dissolve_specialists": (specialists.dissolve_specialists, [group], {"today": NEXT}),
        "edit_specialists": (specialists.edit_specialists, [group], words),
    }
    verb, about, how = acts[name]
    said = ["done", "done"] if name == "edit_specialists" else ["done", "refused"]
    assert at_once(2, verb, *about, by=by, **how) == said


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"dissolved_on": TODAY - timedelta(days=1)}, "specialist_group_ends_after_it_begins"),
        ({"dissolved_on": NEXT}, "specialist_dissolved_has_no_leader"),
    ],
)
def test_the_constraints_hold_when_code_forgets(facts, name):
    group = lead()
    if name.endswith("begins"):
        facts = facts | {"leader": None}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        SpecialistGroup.objects.filter(pk=group.pk).update(**facts)


def url(name, *args):
    return reverse(f"deputies:{name}", args=args)


def test_the_clerk_forms_a_group_finds_people_in_one_box_and_names_a_leader(client):
    person = make.deputy("王启秀")
    as_(client, make.actor())
    sent = {"name": "教育专业代表小组", "field": "教育", "committee": made.committee().pk}
    answer = client.post(url("form_specialists"), sent)
    group = SpecialistGroup.objects.get()
    assert answer["Location"] == url("specialist", group.pk)
    twice = client.post(url("form_specialists"), sent)
    assert (twice.status_code, "换一个名称" in text(twice)) == (409, True)
    join = url("join_specialists", group.pk)
    for asked in ("wqx", "启秀", "柳河", "桃园村", "wangqi"):
        assert "王启秀" in text(client.get(join, {"q": asked})).replace("　", ""), asked
    assert "没有找到" in text(client.get(join, {"q": "不存在"}))
    empty = client.post(join + "?q=wqx", {"csrfmiddlewaretoken": "x"})
    assert (empty.status_code, "请至少选一位" in text(empty)) == (422, True)
    client.post(join, {"deputies": [person.pk]})
    client.post(url("name_leader", group.pk), {"deputy": person.pk})
    page = text(client.get(url("specialist", group.pk)))
    assert ("王启秀" in page, "组长" in page, "桃园村" in page) == (True,) * 3
    client.post(
        url("edit_specialists", group.pk),
        {"name": "教育小组", "field": "教育", "committee": made.committee().pk},
    )
    client.post(url("leave_specialists", SpecialistMembership.objects.get().pk))
    client.post(url("dissolve_specialists", group.pk))
    assert "还没有专业代表小组" in text(client.get(url("specialists")))


@pytest.mark.parametrize("role", sorted(DESK - STAFF))
def test_who_only_reads_sees_no_verbs(client, role):
    row = made.member()
    as_(client, make.actor(role))
    assert "只有代工委可以调整专业代表小组" in text(client.get(url("specialists")))
    assert "请代表加入…" not in text(client.get(url("specialist", row.group_id)))


def test_the_queries_of_the_lists_are_fixed(client):
    as_(client, make.actor())
    first = made.member().group
    make.deputy()
    pages = (
        url("specialists"),
        url("specialist", first.pk),
        url("join_specialists", first.pk) + "?q=代表",
    )
    one = [queries_of(client, page) for page in pages]
    for number in range(2):
        made.member(of=made.group(f"第{number}专业小组"))
        made.member(of=first)
        make.deputy()
    assert [queries_of(client, page) for page in pages] == one


def test_groups_stand_in_one_order_however_their_studies_are_counted():
    assert queries.board(made.TODAY).ordered
