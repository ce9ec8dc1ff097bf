"""The review's screens: who finds them, what wrong input does, how many queries they take."""

from datetime import date
from urllib.parse import unquote

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.models import Notice
from congress.shared.roles import Role
from scoring import tasks
from scoring.models import Appraisal, Archive, ReviewCycle
from tests import make
from tests.scoring import facts, grading, year
from tests.scoring.year import as_, queries_of, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    with clock.at(year.NOW):
        yield


def test_a_year_closes_through_the_screens(client):
    of = year.party(2)
    as_(client, of.director)
    answer = client.post(url("open_cycle"), year.typed_table(), follow=True)
    cycle = ReviewCycle.objects.get()
    assert "意见征集" in text(answer)

    one = of.deputies[0]
    assert Notice.objects.get(person=one.user).link == url("self_review")
    as_(client, make.as_deputy(one))
    mine = {f"score-{one.pk}": "92", f"words-{one.pk}": "走访选民十二户。"}
    assert "已提交" in text(client.post(url("self_review"), mine, follow=True))

    as_(client, of.convenor)
    scores = {f"score-{pk}": "88.5" for pk in of.ids}
    assert "小组核校已提交 2 人" in text(client.post(url("appraise"), scores, follow=True))
    as_(client, of.clerk)
    client.post(url("appraise"), {f"score-{one.pk}": "85"})
    assert Appraisal.objects.count() == 4

    year.gathered(of, cycle)
    as_(client, of.director)
    assert "未提交" in text(client.get(url("decide", cycle.pk)))
    answer = grading.decides(client, cycle, grading.chosen(of, "良好"))
    assert "已归档 0 / 2 人" in text(answer)
    with facts.on(date(2027, 1, 10)):
        answer = client.post(url("finalise", cycle.pk), follow=True)
    assert "结果已经通报，正在归档" in text(answer)
    tasks.run_reviews()
    assert "全部归档" in text(client.get(url("cycle", cycle.pk)))

    as_(client, make.as_deputy(one))
    assert "2026 年度 · 良好" in text(client.get(url("archive")))
    file = client.get(url("duty_file", Archive.objects.get(grading__deputy=one).pk))
    assert file["Content-Type"] == "application/pdf"
    named = file["Content-Disposition"]
    assert named.lower().startswith("attachment; filename*=utf-8''")
    assert f"{one.name} 履职档案.pdf" in unquote(named)
    assert file.content.startswith(b"%PDF")


def test_a_wrong_score_is_said_in_its_line_and_nothing_typed_is_lost(client):
    of = year.party(2)
    year.opened(of)
    one, other = of.ids
    typed = {f"score-{one}": "一百", f"score-{other}": "88", f"words-{other}": "很好"}
    answer = as_(client, of.convenor).post(url("appraise"), typed)
    assert answer.status_code == 422
    body = text(answer)
    assert "还有 1 处要改，填过的都还在。" in body
    assert "请填 0 到 100 之间的数" in body
    assert 'value="一百"' in body
    assert 'value="88"' in body
    assert "很好" in body
    assert Appraisal.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "还没有填评分"),
        ({"words": "好"}, "写了意见，还要填评分"),
        ({"score": "101"}, "0 到 100"),
        ({"score": "88.55"}, "最多一位小数"),
        ({"score": "88", "words": "长" * 301}, "意见最多 300 个字，现在 301 个"),
    ],
)
def test_each_wrong_opinion_gets_its_own_sentence(client, typed, said):
    of = year.party(1)
    year.opened(of)
    answer = as_(client, make.as_deputy(of.deputies[0])).post(
        url("self_review"), {f"{name}-{of.ids[0]}": value for name, value in typed.items()}
    )
    assert answer.status_code == 422
    assert said in text(answer)


def test_an_opinion_that_comes_too_late_is_refused_with_its_words(client):
    of = year.party(1)
    cycle = year.gathered(of)
    typed = {f"score-{of.ids[0]}": "77", f"words-{of.ids[0]}": "走访扎实。"}
    page = f"{url('appraise')}?cycle={cycle.pk}&step=township"
    answer = as_(client, of.clerk).post(page, typed)
    assert answer.status_code == 409
    assert "意见征集已经截止，不再接收意见" in text(answer)
    assert "走访扎实。" in text(answer)


def test_what_was_given_in_another_window_is_said_by_name(client):
    of = year.party(1)
    year.township_view(year.opened(of), of)
    answer = as_(client, of.clerk).post(url("appraise"), {f"score-{of.ids[0]}": "77"})
    assert answer.status_code == 422
    assert f"{of.deputies[0].name}的意见已经提交过，不能再改。" in text(answer)


@pytest.mark.parametrize("role", sorted({*Role} - {Role.CONVENOR, Role.TOWNSHIP_CLERK}))
def test_appraise_is_not_found_by_those_who_are_no_party(client, role):
    assert as_(client, make.actor(role)).get(url("appraise")).status_code == 404


def test_the_review_pages_of_the_desk_are_closed_to_others(client):
    of = year.party(1)
    cycle = year.opened(of)
    for actor in (of.convenor, of.clerk, make.as_deputy(of.deputies[0])):
        as_(client, actor)
        for address in (url("cycle", cycle.pk), url("decide", cycle.pk)):
            assert client.get(address).status_code == 404
        assert client.get(url("open_cycle")).status_code == 403
    clerk = as_(client, make.actor())
    assert "只有代工委主任" in text(clerk.get(url("cycle", cycle.pk)))
    assert clerk.get(url("decide", cycle.pk)).status_code == 409
    assert "disabled" in text(clerk.get(url("open_cycle")))


def test_without_an_open_review_the_parties_read_so(client):
    of = year.party(1)
    assert "现在没有要评的代表" in text(as_(client, of.convenor).get(url("appraise")))
    deputy = as_(client, make.as_deputy(of.deputies[0]))
    assert "现在不用自评" in text(deputy.get(url("self_review")))
    assert "还没有归档的年度" in text(deputy.get(url("archive")))


def test_two_open_years_are_chosen_by_the_address(client):
    of = year.party(1)
    cycle = year.opened(of)
    year.opened(of, 2025)
    as_(client, of.convenor)
    assert "· 2025 年度" in text(client.get(url("appraise")))
    assert "· 2026 年度" in text(client.get(f"{url('appraise')}?cycle={cycle.pk}"))


def test_the_progress_moves_by_itself_and_ends_the_polling(client):
    of = year.party(1)
    cycle = year.final(of)
    as_(client, of.director)
    part = client.get(url("cycle", cycle.pk), HTTP_HX_REQUEST="true")
    assert "已归档 0 / 1 人" in text(part)
    assert "every 2s" in text(part)
    assert "<html" not in text(part)
    tasks.run_reviews()
    part = client.get(url("cycle", cycle.pk), HTTP_HX_REQUEST="true")
    assert "every 2s" not in text(part)
    assert part["HX-Refresh"] == "true"


PARTY, CLERK, CYCLE = 20, 15, 18
ADMIN = {"reviewcycle": 7, "appraisal": 7, "grading": 9, "archive": 11, "star": 8, "grade": 8}


@pytest.mark.parametrize("people", [1, 3])
def test_the_parties_lists_take_the_same_queries_for_one_and_for_three(client, people):
    of = year.party(people)
    year.opened(of)
    assert queries_of(as_(client, of.convenor), url("appraise")) == PARTY
    assert queries_of(as_(client, of.clerk), url("appraise")) == CLERK


@pytest.mark.parametrize("people", [1, 3])
def test_the_desks_pages_take_the_same_queries_for_one_and_for_three(client, people):
    of = year.party(people)
    cycle = year.opened(of)
    year.group_check(cycle, of)
    as_(client, of.director)
    assert queries_of(client, url("cycle", cycle.pk)) == CYCLE


@pytest.mark.parametrize("people", [1, 3])
def test_the_admins_lists_take_the_same_queries_for_one_and_for_three(client, people):
    of = year.party(people)
    cycle = year.opened(of)
    year.group_check(cycle, of)
    year.final(of, cycle)
    tasks.run_reviews()
    as_(client, of.director)
    addresses = {name: reverse(f"admin:scoring_{name}_changelist") for name in ADMIN}
    assert {name: queries_of(client, address) for name, address in addresses.items()} == ADMIN


@pytest.mark.parametrize("asked", ["0000", "0001", "9999", "202", "二〇二六", "-100"])
def test_no_year_in_the_address_breaks_the_form_that_opens_a_review(client, asked):
    answer = as_(client, make.director()).get(url("open_cycle"), {"year": asked})
    assert (answer.status_code, "启动年度评价" in text(answer)) == (200, True)
