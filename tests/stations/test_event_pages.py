"""到场登记的页面: the form for a group or a whole assembly, its mistakes, and the lists."""

import pytest

from congress.shared.roles import Role
from deputies.models import DutyRecord
from stations.actions import events
from tests import make
from tests.stations.test_events import convenor, facts, item

PAGE = "/stations/roll-call/"


def sign_in(client, actor):
    client.force_login(actor.user)
    return client


def filled(people, **more):
    marks = {f"presence-{person.pk}": "present" for person in people}
    about = {"item": item().pk, "title": "5 月小组活动", "held_on": "2026-05-12", "place": "桃园村"}
    return {**about, **marks, **more}


def test_the_form_registers_a_whole_group(client, today):
    people, by = [make.deputy() for _ in range(3)], convenor()
    sign_in(client, by)
    url = f"{PAGE}?group={make.group().pk}"
    assert client.get(PAGE).url == url
    assert client.get(url).content.decode().count('value="present" checked') == 3
    sent = filled(people)
    sent |= {f"presence-{people[1].pk}": "leave", f"approver-{people[1].pk}": "王建国"}
    answer = client.post(url, sent, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "王建国批准" in page
    assert page.count("待核对") == 2


def test_a_wrong_line_is_named_and_every_other_mark_is_kept(client, today):
    people, by = [make.deputy(name) for name in ("罗明贵", "吴秀兰", "沈定福")], convenor()
    sent = filled(people, title="")
    sent |= {f"presence-{people[0].pk}": "leave", f"presence-{people[1].pk}": "absent"}
    del sent[f"presence-{people[2].pk}"]
    answer = sign_in(client, by).post(f"{PAGE}?group={make.group().pk}", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("请写活动名称", "请写准假的人", "还没选到没到", "有 2 人的到场没填好"):
        assert words in page
    assert 'value="leave" checked' in page
    assert 'value="absent" checked' in page
    assert 'value="桃园村"' in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"held_on": "2026-05-13"}, "日期还没到"),
        ({"held_on": "明天"}, "日期不对"),
        ({"item": "0"}, "没有这一项"),
        ({"title": "长" * 61}, "最多 60 字"),
        ({"held_on": "1990-01-01"}, "已经截止"),
    ],
)
def test_a_wrong_answer_gets_a_sentence(client, today, wrong, words):
    people, by = [make.deputy()], convenor()
    answer = sign_in(client, by).post(f"{PAGE}?group={make.group().pk}", filled(people, **wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_second_click_is_refused_with_a_link_to_the_first(client, today):
    people, by = [make.deputy()], convenor()
    url = f"{PAGE}?group={make.group().pk}"
    first = sign_in(client, by).post(url, filled(people))
    again = client.post(url, filled(people))
    assert again.status_code == 409
    assert f"href='{first.url}'" in again.content.decode()


@pytest.mark.parametrize("query", ["?group=999", "?group=x", "?assembly=1"])
def test_a_group_that_is_not_one_s_own_is_not_found(client, today, query):
    make.assembly()
    assert sign_in(client, convenor()).get(f"{PAGE}{query}").status_code == 404


def test_the_office_registers_a_whole_assembly_by_delegation(client, today):
    people = [make.deputy() for _ in range(2)]
    sign_in(client, make.actor())
    assert make.assembly().name in client.get(PAGE).content.decode()
    url = f"{PAGE}?assembly={make.assembly().pk}"
    assert "柳河代表团" in client.get(url).content.decode()
    client.post(url, filled(people, item=item("M1").pk, title="五次会议"))
    assert DutyRecord.objects.count() == 2


def test_others_find_neither_list_nor_activity(client, today):
    activity = events.roll_call(**facts([make.deputy()], convenor()))
    sign_in(client, make.actor(Role.CONVENOR))
    assert activity.title not in client.get("/stations/activities/").content.decode()
    assert client.get(f"/stations/activities/{activity.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_queries_however_long(client, today, count, django_assert_num_queries):
    people, by = [make.deputy() for _ in range(count)], convenor()
    made = [events.roll_call(**facts(people, by, title=f"第 {n} 次")) for n in range(count)]
    sign_in(client, by)
    with django_assert_num_queries(8):
        client.get("/stations/activities/")
    with django_assert_num_queries(9):
        client.get(f"/stations/activities/{made[0].pk}/")
