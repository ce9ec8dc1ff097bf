"""The cycle's forms: days that contradict each other, new days with a reason, who stands in."""

from datetime import date

import pytest

from congress.shared import clock
from congress.shared.roles import Role
from scoring.models import ReviewCycle, ReviewStage, StandIn
from scoring.states import Stage
from tests import make
from tests.scoring import year
from tests.scoring.year import as_, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here():
    with clock.at(year.NOW):
        yield


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"cut_off_on": "2025-12-15"}, "履职截止日要在 2026 年里"),
        ({"self_closes_on": "2026-12-09"}, "本人自评的截止日期不能早于开始日期"),
        ({"group_opens_on": "2026-12-01"}, "小组核校不能比本人自评先开始"),
        ({"committee_opens_on": "2026-12-20"}, "要在乡镇参评截止"),
        ({"publicity_closes_on": "2026-12-31"}, "公示最迟到 2026 年 12 月 30 日"),
        ({"year": "26"}, "年度是四位数字"),
        ({"self_opens_on": "十二月"}, "不是一个日期"),
    ],
)
def test_days_that_contradict_each_other_are_said_and_what_was_typed_stays(client, changed, said):
    of = year.party(1)
    typed = year.typed_table() | changed
    answer = as_(client, of.director).post(url("open_cycle"), typed)
    body = text(answer)
    assert answer.status_code == 422
    assert said in body
    assert all(f'value="{value}"' in body for value in changed.values())
    assert not ReviewCycle.objects.exists()


def test_a_year_is_opened_once_and_the_form_says_so_with_what_was_typed(client):
    of = year.party(1)
    year.opened(of)
    answer = as_(client, of.director).post(url("open_cycle"), year.typed_table())
    assert answer.status_code == 422
    assert "2026 年的评价已经启动，在“年度评价”里看进程。" in text(answer)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": "病"}, "原因写得太短"),
        ({"to_on": "2026-12-19"}, "结束的日子不能早于开始的日子"),
        ({"user": "director"}, "不能代哪一方提意见"),
        ({"user": "convenor"}, "本来就提这一方的意见"),
        ({"user": "township"}, "同一个人不能替两方说话"),
    ],
)
def test_why_somebody_does_not_stand_in_is_said_beside_the_field(client, changed, said):
    of = year.party(1)
    cycle = year.opened(of)
    people = {"director": of.director, "convenor": of.convenor, "township": of.clerk}
    if who := people.get(changed.get("user", "")):
        changed = {"user": who.user.username}
    typed = {
        "place": f"group-{make.group().pk}",
        "user": make.actor(Role.KEEPER).user.username,
        "from_on": "2026-12-20",
        "to_on": "2026-12-20",
        "reason": "召集人住院",
    }
    answer = as_(client, of.director).post(url("appoint_stand_in", cycle.pk), typed | changed)
    assert answer.status_code == 422
    assert said in text(answer)


def test_new_days_are_asked_for_with_a_reason_and_stand_on_the_cycles_page(client):
    of = year.party(1)
    cycle = year.opened(of)
    stage = cycle.stages.get(step=Stage.TOWNSHIP)
    page, days = url("reschedule_stage", stage.pk), {"opens_on": "2026-12-10"}
    as_(client, of.director)
    early = client.post(page, {**days, "closes_on": "2026-12-19", "reason": "雪天路断。"})
    assert (early.status_code, "截止日期不能早于今天" in text(early)) == (422, True)
    assert "雪天路断。" in text(early)
    without = client.post(page, {**days, "closes_on": "2026-12-20", "reason": ""})
    assert (without.status_code, "请写明为什么改期" in text(without)) == (422, True)
    late = client.post(page, {**days, "closes_on": "2026-12-21", "reason": "雪天路断。"})
    assert (late.status_code, "要在乡镇参评截止" in text(late)) == (422, True)
    committee = cycle.stages.get(step=Stage.COMMITTEE)
    moved = {"opens_on": "2026-12-22", "closes_on": "2026-12-23", "reason": "雪天路断。"}
    client.post(url("reschedule_stage", committee.pk), moved)
    sent = {**days, "closes_on": "2026-12-21", "reason": "雪天路断。"}
    assert "日程已经调整" in text(client.post(page, sent, follow=True))
    stage = ReviewStage.objects.get(pk=stage.pk)
    assert stage.closes_on == date(2026, 12, 21)


def test_a_stand_in_is_found_by_name_or_account_and_said_on_the_cycles_page(client):
    of = year.party(1)
    cycle = year.opened(of)
    one, other = make.actor(Role.STAFF_CLERK).user, make.actor(Role.CONVENOR).user
    for user in (one, other):
        user.name = "罗明贵"
        user.save()
    page = url("appoint_stand_in", cycle.pk)
    typed = {"place": f"group-{make.group().pk}", "from_on": "2026-12-20", "to_on": "2026-12-20"}
    typed["reason"] = "召集人住院。"
    as_(client, of.director)
    for name, said in (
        ("查无此人", "没有“查无此人”这个账号"),
        ("罗明贵", "叫“罗明贵”的账号有 2 个，请填账号名"),
        ("", "请填写由谁代"),
    ):
        answer = client.post(page, {**typed, "user": name})
        assert (answer.status_code, said in text(answer)) == (422, True)
        assert "召集人住院。" in text(answer)
    answer = client.post(page, {**typed, "user": one.username}, follow=True)
    assert "由罗明贵代" in text(answer)
    row = StandIn.objects.get()
    answer = client.post(url("end_stand_in", row.pk), follow=True)
    assert "不再由罗明贵代" in text(answer)
    assert StandIn.objects.get().ended_at


def test_who_is_not_the_director_reads_why_not_and_changes_nothing(client):
    of = year.party(1)
    cycle = year.opened(of)
    stage = cycle.stages.get(step=Stage.COMMITTEE)
    as_(client, make.actor(Role.STAFF_CLERK))
    keeper = make.actor(Role.KEEPER).user
    who = {"place": f"group-{make.group().pk}", "user": keeper.username}
    for verb, pk, typed in (
        ("reschedule_stage", stage.pk, {"opens_on": "2026-12-22", "closes_on": "2026-12-23"}),
        ("appoint_stand_in", cycle.pk, {**who, "from_on": "2026-12-20", "to_on": "2026-12-20"}),
    ):
        assert "只有代工委主任可以" in text(client.get(url(verb, pk)))
        assert client.post(url(verb, pk), {**typed, "reason": "雪天路断。"}).status_code == 409
    assert not StandIn.objects.exists()
    assert ReviewStage.objects.get(pk=stage.pk).opens_on == stage.opens_on
