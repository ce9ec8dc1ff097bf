"""来访登记: taken down once, put right, withdrawn, and nobody reads who came without need."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import STAFF, Role
from stations.actions import issues, visits
from stations.models import Issue, Outcome, RotaSlot, Visit, Way
from stations.states import IssueState, SlotState, StationState, VisitState
from tests import make
from tests.scoring.year import as_, queries_of, text
from tests.stations.visit_walk import HELD, TODAY, desk, heard, routed, settled, taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def trail(row):
    rows = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk).order_by("pk")
    return [(each.now, each.note) for each in rows]


def url(name, *args):
    return reverse(f"stations:{name}", args=args)


def test_take_down_visit_keeps_the_sheet_and_its_matter_waits_for_a_route():
    found, token = desk(), uuid4()
    visit = taken(found, token=token)
    assert (visit.state, visit.day, visit.issue.state) == ("taken", found.day, "received")
    assert visit.issue.due_on == TODAY + timedelta(days=3)
    assert trail(visit) == [("taken", "")]
    assert trail(visit.issue) == [("received", "桃园村四组路灯不亮")]
    assert taken(found, token=token) == visit
    by_deputy = taken(found, by=found.deputy, way=Way.DOOR, day=None, came_on=TODAY)
    assert (by_deputy.entered_by, by_deputy.day) == (found.deputy.user, None)


def test_take_down_visit_is_for_who_runs_the_place_or_received():
    found = desk()
    others = [make.actor(role) for role in set(Role) - STAFF - {Role.TOWNSHIP_CLERK}]
    for by in others:
        with pytest.raises(Refused, match="请由这个家站的站长"):
            taken(found, by=by)
    with pytest.raises(Refused, match="只登记自己接待的"):
        taken(found, by=make.as_deputy(found.deputies[1]))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"came_on": TODAY + timedelta(days=1), "way": Way.CALL, "day": None}, "不能晚于今天"),
        ({"came_on": TODAY - timedelta(days=61), "way": Way.CALL, "day": None}, "最近 60 天"),
        ({"words": "。。"}, "写明反映的"),
        ({"came_on": TODAY}, "没有接待日"),
    ],
)
def test_take_down_visit_is_refused_when_it_cannot_have_been_so(said, why):
    with pytest.raises(Refused, match=why):
        taken(desk(), **said)


def test_take_down_visit_names_a_deputy_who_was_on_duty():
    found = desk()
    with pytest.raises(Refused, match="替班的请先"):
        taken(found, deputy=found.deputies[2])
    marked = {"marked_by": found.keeper.user, "marked_at": clock.now()}
    RotaSlot.objects.filter(deputy=found.deputies[1]).update(state=SlotState.ABSENT, **marked)
    with pytest.raises(Refused, match="登记为缺岗"):
        taken(found, deputy=found.deputies[1])
    type(found.place).objects.update(state=StationState.CLOSED, closed_on=TODAY, why="撤并")
    with pytest.raises(Refused, match="已经撤并"):
        taken(found)


def test_correct_visit_says_so_from_now_on_and_the_trail_names_no_person():
    found = desk()
    visit = taken(found)
    new = heard(found, caller="罗桂香", people=3, title="桃园村路灯不亮")
    visits.correct_visit(visit, heard=new, by=found.deputy, today=TODAY)
    visit.refresh_from_db()
    assert (visit.caller, visit.people, visit.issue.title) == ("罗桂香", 3, "桃园村路灯不亮")
    assert trail(visit)[-1] == ("corrected", "来访人、来访人数、事项")


def test_withdraw_visit_ends_its_matter_with_the_reason():
    found = desk()
    visit = visits.withdraw_visit(taken(found), reason="重复登记", by=found.keeper)
    issue = Issue.objects.get()
    assert (visit.state, visit.why, issue.state) == ("withdrawn", "重复登记", "withdrawn")
    assert trail(visit)[-1] == trail(visit.issue)[-1] == ("withdrawn", "重复登记")


def test_reveal_visitor_is_in_the_trail():
    found = desk()
    visit = taken(found)
    assert visits.reveal_visitor(visit, by=found.deputy) == ("罗桂芳", "13987654321")
    assert trail(visit)[-1] == ("contact_revealed", "")


def test_others_neither_correct_nor_withdraw_nor_read_who_came():
    found = desk()
    visit = taken(found)
    for by in (make.as_deputy(found.deputies[1]), make.actor(Role.KEEPER), make.actor(Role.LEADER)):
        for act in (
            lambda by=by: visits.correct_visit(visit, heard=heard(found), by=by, today=TODAY),
            lambda by=by: visits.withdraw_visit(visit, reason="重复", by=by),
            lambda by=by: visits.reveal_visitor(visit, by=by),
        ):
            with pytest.raises(Refused, match="接待代表"):
                act()


def test_a_visit_that_went_on_is_not_withdrawn_and_one_that_is_over_is_left_alone():
    found = desk()
    on_its_way = routed(found).visit
    with pytest.raises(Refused, match="不能撤回"):
        visits.withdraw_visit(on_its_way, reason="重复", by=found.keeper)
    over = taken(found)
    how = {"outcome": Outcome.EXPLAINED, "answer": "已说明。"}
    issues.answer_on_the_spot(over.issue, **how, by=found.keeper, today=TODAY)
    for refused in (
        lambda: visits.correct_visit(over, heard=heard(found), by=found.keeper, today=TODAY),
        lambda: visits.reveal_visitor(over, by=found.keeper),
    ):
        with pytest.raises(Refused, match="已经告知群众"):
            refused()
    gone = visits.withdraw_visit(taken(found), reason="重复", by=found.keeper)
    with pytest.raises(Refused, match="已经撤回"):
        visits.correct_visit(gone, heard=heard(found), by=found.keeper, today=TODAY)


def test_what_leads_to_a_voter_goes_some_time_after_they_were_told():
    found = desk()
    waits, told = taken(found), taken(found)
    how = {"outcome": Outcome.EXPLAINED, "answer": "已说明。"}
    issues.answer_on_the_spot(told.issue, **how, by=found.keeper, today=TODAY)
    assert visits.purge_visitors(TODAY + timedelta(days=100)) == 0
    assert visits.purge_visitors(TODAY + timedelta(days=200)) == 1
    assert list(Visit.objects.values_list("pk", "contact").order_by("pk")) == [
        (waits.pk, "13987654321"),
        (told.pk, ""),
    ]


def test_a_sheet_is_filled_in_corrected_printed_and_withdrawn_on_the_screens(client):
    found = desk()
    as_(client, found.deputy)
    page = url("take_down_visit", found.place.pk)
    form = text(client.get(page))
    assert "5 月 10 日（周日）接待日" in form
    assert f'data-remember="visit.{found.place.pk}"' in form  # kept when the line fails
    said = {
        "occasion": f"day:{found.day.pk}",
        "deputy": found.deputies[0].pk,
        "title": "路灯不亮",
        "words": "四组三盏路灯不亮",
        "caller": "罗桂芳",
        "contact": "13987654321",
        "people": 1,
        "token": str(uuid4()),
    }
    wrong = client.post(page, said)
    assert (wrong.status_code, "办完要不要告知" in text(wrong)) == (422, True)
    for _ in range(2):
        client.post(page, {**said, "consent": "yes"})
    visit = Visit.objects.get()
    assert visit.entered_by == found.deputy.user
    shown = text(client.get(url("issue", visit.issue.pk)))
    assert ("罗＊＊" in shown, "罗桂芳" in shown, "13987654321" in shown) == (True, False, False)
    assert "13987654321" in text(client.post(url("reveal_visitor", visit.pk), follow=True))
    again = url("correct_visit", visit.pk)
    form = client.get(again).content.decode()
    assert ("罗桂芳" in form, "13987654321" in form, "罗＊＊" in form) == (False, False, True)
    as_it_was = {"caller": "", "contact": "", "people": 2}
    client.post(again, {**said, **as_it_was, "consent": "yes"})
    visit.refresh_from_db()
    assert (visit.people, visit.caller, visit.contact) == (2, "罗桂芳", "13987654321")
    client.post(again, {**said, "caller": "罗桂香", "contact": "无", "consent": "no"})
    visit.refresh_from_db()
    assert (visit.caller, visit.contact, visit.consent) == ("罗桂香", "", "no")
    sheet = url("visit_sheet", visit.pk)
    for answer in (client.get(sheet), client.post(sheet)):
        assert answer.content[:4] == b"%PDF"
    client.post(url("withdraw_visit", visit.pk), {"reason": "重复登记"})
    assert Issue.objects.get().state == IssueState.WITHDRAWN
    as_(client, make.actor(Role.KEEPER))
    assert client.get(url("issue", visit.issue.pk)).status_code == 404
    assert client.get(url("station_desk", found.place.pk)).status_code == 404


def test_the_desk_of_the_day_and_what_a_deputy_received_cost_the_same_with_more(client):
    found = desk()
    taken(found)
    settled(found, way=Way.CALL, day=None, came_on=TODAY)
    pages = ((found.keeper, f"{url('station_desk', found.place.pk)}?on={HELD}"),)
    pages += ((found.deputy, url("my_visits")), (found.keeper, url("issues")))
    counts = []
    for _ in range(2):
        counts.append([])
        for by, page in pages:
            as_(client, by)
            counts[-1].append(queries_of(client, page))
        taken(found)
        taken(found)
        settled(found)
    assert counts[0] == counts[1]
    as_(client, found.keeper)
    shown = text(client.get(f"{url('station_desk', found.place.pk)}?on={HELD}"))
    assert all(words in shown for words in ("<small>7 件", "去分流", "以前没有办完的"))
    assert client.get(f"{url('station_desk', found.place.pk)}?on=2026-13-40").status_code == 400
    assert client.get(url("my_desks")).status_code == 302
    assert VisitState.TAKEN in {each.state for each in Visit.objects.all()}


def test_the_same_sheet_sent_again_with_other_words_is_refused_and_not_lost():
    found, token = desk(), uuid4()
    taken(found, token=token)
    with pytest.raises(Refused, match="改正登记"):
        taken(found, token=token, words="另一件事：水管漏水。")
