"""双联的页面: the boards, the forms, what a holder sees, and how much they ask of the database."""

from datetime import date

import pytest
from django.urls import reverse

from congress.shared.roles import DESK, STAFF
from deputies.models import CommitteePost, ContactRecord, Deputy, Liaison
from deputies.queries import history, rebalancing
from deputies.queries import liaison as queries
from deputies.states import LiaisonKind
from tests import make
from tests.deputies import contact as made
from tests.scoring.year import as_, queries_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_may_with_congress")]
TODAY, NEXT = made.TODAY, made.NEXT
MEMBER, DIRECTOR, OFFICE = LiaisonKind.MEMBER, LiaisonKind.DIRECTOR, LiaisonKind.OFFICE


def url(name, *args):
    return reverse(f"deputies:{name}", args=args)


def test_the_clerk_registers_a_member_covers_a_deputy_and_the_member_writes_it_down(client):
    member, target = make.deputy("王启秀"), make.deputy("罗明贵")
    as_(client, make.actor())
    assert "还没有登记职务" in text(client.get(url("liaisons")))
    client.post(url("appoint", member.pk), {"post": "member"})
    assert "委员" in text(client.get(url("person", member.pk)))
    board = text(client.get(url("liaisons", "member")))
    assert ("罗明贵" in board, "还没有安排" in board) == (True, True)
    wrong = client.post(url("assign", "member"), {"holder": member.pk, "target": ""})
    assert (wrong.status_code, "请选择要联系的对象" in text(wrong)) == (422, True)
    client.post(url("assign", "member"), {"holder": member.pk, "target": target.pk})
    row = Liaison.objects.get()
    as_(client, make.as_deputy(member))
    assert "罗明贵" in text(client.get(url("contacts")))
    sent = {"done_on": str(TODAY), "way": "visit", "words": "走访", "asked": "路灯"}
    early = client.post(url("record_contact", row.pk), sent | {"done_on": str(NEXT)})
    assert (early.status_code, "还没有到" in text(early)) == (409, True)
    assert client.post(url("record_contact", row.pk), sent)["Location"] == url("contacts")
    assert "本季度联系过" in text(client.get(url("contacts")))
    as_(client, make.actor())
    assert "路灯" in text(client.get(url("liaison", row.pk)))
    client.post(url("withdraw_contact", ContactRecord.objects.get().pk))
    client.post(url("end_liaison", row.pk))
    assert not Liaison.objects.exists()
    client.post(url("step_down", CommitteePost.objects.get().pk))
    assert not CommitteePost.objects.exists()


def test_the_suggestion_is_ticked_off_on_its_screen(client):
    made.holder()
    people = [make.deputy() for _ in range(4)]
    as_(client, make.actor())
    page = url("rebalance", "member")
    steps = rebalancing.suggested(MEMBER, make.assembly(), TODAY)
    keys = [f"{step.target.pk}-0-{step.holder.pk}" for step in steps]
    assert (len(keys), "照勾选的安排" in text(client.get(page))) == (4, True)
    client.post(page, {"changes": keys})
    assert Liaison.objects.running(TODAY).count() == len(people)
    again = client.post(page, {"changes": keys})
    assert (again.status_code, "刚才有变动" in text(again)) == (422, True)


def test_the_board_says_who_is_over_loaded_and_whom_nobody_asked_this_quarter():
    holder = made.holder()
    for _ in range(6):
        made.assigned(who=holder)
    made.contacted(Liaison.objects.first())
    board = queries.board(MEMBER, make.assembly(), TODAY)
    assert board.lines[0].remarks == ("多于 5", "本季度 5 个没有联系")
    assert (board.kept, board.quiet, board.room, board.quarter) == (6, 5, 0, "第二季度")


def test_quarters_begin_where_they_should():
    days = [date(2026, 1, 1), date(2026, 3, 31), date(2026, 10, 1), date(2026, 12, 31)]
    assert [queries.quarter_of(day) for day in days] == [
        (date(2026, 1, 1), "第一季度"),
        (date(2026, 1, 1), "第一季度"),
        (date(2026, 10, 1), "第四季度"),
        (date(2026, 10, 1), "第四季度"),
    ]


def test_an_office_deputy_is_offered_the_own_group():
    holder = made.holder(OFFICE)
    steps = rebalancing.suggested(OFFICE, make.assembly(), TODAY)
    assert [(step.holder, step.target) for step in steps] == [(holder, make.group())]


def test_a_director_is_offered_townships_without_one():
    made.holder(DIRECTOR)
    make.deputy(of=make.group("石桥乡第一代表小组", make.township("石桥乡")))
    steps = rebalancing.suggested(DIRECTOR, make.assembly(), TODAY)
    assert [str(step.target) for step in steps] == ["柳河镇", "石桥乡"]


def test_history_tells_posts_and_contacts():
    row = made.assigned()
    told = [(each.kind, each.text) for each in history.rows(row.deputy)]
    assert ("双联", f"由{row.holder.name}联系") in told
    own = [(each.kind, each.text) for each in history.rows(row.holder)]
    assert ("双联", f"联系{row.deputy}") in own
    assert ("常委会职务", "委员") in own


@pytest.mark.parametrize("role", sorted(DESK - STAFF))
def test_who_only_reads_sees_the_board_without_verbs(client, role):
    row = made.assigned()
    as_(client, make.actor(role))
    assert "只有代工委可以安排联系" in text(client.get(url("liaisons")))
    assert "代为登记" not in text(client.get(url("liaison", row.pk)))


def test_strangers_find_no_contact(client):
    row = made.assigned()
    as_(client, make.as_deputy(make.deputy()))
    assert client.get(url("record_contact", row.pk)).status_code == 404
    assert client.get(url("liaisons")).status_code == 403
    assert "没有安排给您的联系" in text(client.get(url("contacts")))
    as_(client, make.actor())
    assert client.get(url("liaisons", "nothing")).status_code == 404


@pytest.mark.parametrize("kind", LiaisonKind)
def test_the_queries_of_the_boards_are_fixed(client, kind):
    as_(client, make.actor())
    made.contacted(made.assigned(kind), by=make.actor())
    page = url("liaisons", kind.value)
    one = queries_of(client, page)
    for number in range(2):
        make.deputy()
        place = make.group(f"第{number}小组", make.township(f"第{number}乡"))
        holder = made.holder(kind, of=place)
        target = {MEMBER: make.deputy(of=place), DIRECTOR: place.area, OFFICE: place}[kind]
        made.contacted(made.assigned(kind, who=holder, target=target), by=make.actor())
    assert queries_of(client, page) == one


def test_the_queries_of_a_holders_page_are_fixed(client):
    holder = made.holder()
    made.contacted(made.assigned(who=holder))
    as_(client, make.as_deputy(holder))
    one = queries_of(client, url("contacts"))
    for _ in range(2):
        made.contacted(made.assigned(who=holder))
    assert queries_of(client, url("contacts")) == one
    assert Deputy.objects.count() == 4
