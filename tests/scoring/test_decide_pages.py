"""评定、公示、更正的页面: nothing typed is lost, what will happen is said, who reads what."""

import io
import re
from dataclasses import fields
from datetime import date, timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from congress.shared import clock
from congress.shared.roles import Role
from scoring.actions import amendments
from scoring.forms.deciding import DecideForm
from scoring.models import GradeObjection, Grading, ReviewCycle
from scoring.queries.deciding import Yardstick, decision_rows
from scoring.queries.publicity import Publicity, PublicPlace, PublicResult
from scoring.states import CycleState
from tests import make
from tests.deputies import walk
from tests.scoring import facts, grading, year
from tests.scoring.grading import chosen, decides
from tests.scoring.year import as_, queries_of, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    with clock.at(year.NOW):
        yield


@pytest.fixture
def of():
    return year.party(2)


@pytest.fixture
def desk(client, of):
    return as_(client, of.director)


def test_the_form_of_a_county_with_1303_deputies_is_read_whole(desk, of):
    cycle, one = year.gathered(of), of.deputies[0]
    page = text(desk.get(url("decide", cycle.pk)))
    of_one = set(re.findall(rf'name="([a-z]+(?:-\d+)?-){one.pk}"', page))
    assert len(of_one) >= 4
    many = {f"{each}{100_000 + other}": "" for each in of_one for other in range(1303)}
    answer = desk.post(url("decide", cycle.pk), {**chosen(of, "良好"), **many, "check": "1"})
    assert answer.status_code == 200
    assert "2 位代表会收到通知" in text(answer)


def test_the_decision_is_shown_once_more_with_what_it_moves_and_then_entered(desk, of):
    cycle, one = year.gathered(of), of.deputies[0]
    typed = chosen(of, "优秀") | {f"grade-{one.pk}": year.grade("良好").pk}
    page = text(desk.post(url("decide", cycle.pk), {**typed, "check": "1"}))
    for said in (
        "与建议不同的 2 人",
        "比建议高 4 等",
        "公示到 <b>" * 0 + "2026 年 12 月 30 日",
        "2 位代表会收到通知",
    ):
        assert said in page
    assert "优秀 1 人，名额参考 20% 为 0 人，超出 1 人" in page
    assert Grading.objects.count() == 0
    page = text(decides(desk, cycle, typed))
    assert "已录入 2 人的评定，公示到 12 月 30 日。" in page
    assert ReviewCycle.objects.get().state == CycleState.DECIDED


WRONG = [
    ({"minute": ""}, "请填写常委会会议纪要号"),
    ({"minute": "长" * 61}, "纪要号最多 60 个字"),
    ({"met_on": ""}, "请填写常委会开会的日期"),
    ({"met_on": "2026-13-40"}, "请填写常委会开会的日期"),
    ({"met_on": "2027-01-04"}, "开会的日期还没有到"),
    ({"reason-0": ""}, "超过一等，请写明理由"),
    ({"reason-0": "长" * 301}, "理由最多 300 个字，现在 301 个"),
    ({"withheld-0": "长" * 121}, "依据最多 120 个字"),
    ({"grade-0": ""}, "没有选等次"),
    ({"penalty-0": "党内警告"}, "受处分的，守法星不能点亮"),
    ({"refused_report-0": "拒绝到会", "grade-0": "优秀"}, "最好只能评为良好"),
    ({"withheld-0": "受到诫勉", "grade-0": "优秀"}, "不能评为优秀"),
]


def test_each_wrong_line_has_its_sentence_and_nothing_typed_is_lost(of):
    cycle, rule = year.gathered(of), Yardstick(year.TODAY)
    rows = decision_rows(cycle, year.TODAY, rule)
    kinds = {kind.code: f"veto-{kind.pk}" for kind in rule.kinds}
    pk = rows[0].deputy.pk
    for change, said in WRONG:
        typed = grading.chosen(of, "良好") | {f"withheld-{rows[1].deputy.pk}": "没有改的还在"}
        for name, value in change.items():
            field, _, at = name.partition("-")
            sent = year.grade(value).pk if field == "grade" and value else value
            typed[f"{kinds.get(field, field)}-{pk}" if at else field] = sent
        sent = {name: str(value) for name, value in typed.items()}
        form = DecideForm(rows, rule, sent, today=year.TODAY, bound=True)
        problems = [form.minute_wrong, form.met_on_wrong, *(line.wrong for line in form.lines)]
        assert said in "".join(problems)
        assert (form.is_valid(), form.wrong) == (False, 1), change
        assert form.lines[1].withheld == "没有改的还在"


def test_a_dot_is_no_reason_and_no_ground(desk, of):
    cycle, one = year.gathered(of), of.deputies[0]
    answer = desk.post(
        url("decide", cycle.pk), {**chosen(of, "良好"), f"reason-{one.pk}": "。", "check": "1"}
    )
    assert (answer.status_code, "写得太短，请写清楚" in text(answer)) == (422, True)


def test_a_wrong_page_is_shown_again_with_everything_in_it(desk, of):
    cycle, (one, other) = year.gathered(of), of.ids
    typed = chosen(of, "良好", minute="") | {
        f"withheld-{other}": "没有改的还在",
        f"reason-{one}": "",
    }
    answer = desk.post(url("decide", cycle.pk), {**typed, "check": "1"})
    page = text(answer)
    assert (answer.status_code, "还有 2 处要改" in page) == (422, True)
    assert 'value="没有改的还在"' in page
    assert page.count(f'<option value="{year.grade("良好").pk}" selected>') == 2


def test_who_comes_second_has_the_words_back(desk, of):
    cycle = year.gathered(of)
    year.decided(of, cycle)
    answer = desk.post(url("decide", cycle.pk), {**chosen(of), "check": "1"})
    page = text(answer)
    assert (answer.status_code, "目前是“公示中”" in page) == (409, True)
    assert f"{of.deputies[0].name}：评定理由" in page
    assert year.WHY in page


def test_what_changes_between_the_two_pages_is_looked_at_again(desk, of):
    cycle = year.gathered(of)
    answer = desk.post(url("decide", cycle.pk), {**chosen(of), "confirm": "0123456789abcdef"})
    assert (answer.status_code, "请重新看过再提交" in text(answer)) == (409, True)
    assert Grading.objects.count() == 0


def test_a_filter_hides_lines_and_keeps_what_was_chosen_in_them(desk, of):
    far = make.deputy("远山秀", of=make.group("双河乡第一代表小组", make.township("双河乡")))
    cycle = year.gathered(of)
    pick = str(far.mandates.get().delegation_id)
    typed = chosen(of, "良好", show="1", delegation=pick) | {f"grade-{far.pk}": year.grade().pk}
    page = text(desk.post(url("decide", cycle.pk), typed))
    assert page.count("<tbody hidden>") == 2
    assert f'name="grade-{of.ids[0]}" value="{year.grade("良好").pk}"' in page
    assert f'name="reason-{of.ids[0]}" value="{year.WHY}"' in page
    assert "现在显示 1 人" in page
    for only, shown in (("moved", 3), ("missing", 3), ("veto", 0)):
        page = text(desk.post(url("decide", cycle.pk), {**typed, "delegation": "", "only": only}))
        assert page.count("<tbody hidden>") == (3 - shown if shown else 0)
        assert ("没有这样的代表" in page) == (not shown)


def test_the_page_says_what_is_missing_and_can_be_taken_to_the_meeting(desk, of):
    walk.report(of.deputies[0])
    cycle = year.opened(of, cut_off_on=year.TODAY)
    year.group_check(cycle, of)
    cycle = year.gathered(of, cycle)
    with clock.at(year.NOW + timedelta(days=1)):
        page = text(desk.get(url("decide", cycle.pk)))
        assert "还有 4 份意见没有交" in page
        assert "还有 1 条履职记录没有核实" in page
        sheet = desk.post(url("decide", cycle.pk), {**chosen(of, "良好"), "export": "xlsx"})
    rows = CalamineWorkbook.from_object(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert [row[10] for row in rows[2:]] == ["良好", "良好"]
    assert rows[2][3] == "未提交"
    with clock.at(year.NOW + timedelta(days=1)):
        paper = desk.post(url("decide", cycle.pk), {**chosen(of), "export": "pdf"})
    assert "良好 0 人" in "".join(PdfReader(io.BytesIO(paper.content)).pages[0].extract_text())


def test_the_sheet_of_the_decision_is_of_the_office_and_the_committee(client, of):
    cycle = year.decided(of)
    address = url("decision_sheet", cycle.pk)
    for role, status in ((Role.LEADER, 200), (Role.STAFF_CLERK, 200), (Role.AUDITOR, 403)):
        assert as_(client, make.actor(role)).get(f"{address}?as=xlsx").status_code == status


def test_publicity_names_only_who_has_a_grade_and_says_neither_points_nor_how_many(client, of):
    one, other = of.deputies
    grades = year.decisions(of) | {other.pk: year.Decision(year.grade("不定等次"))}
    cycle = year.decided(of, grades=grades)
    page = text(client.get(url("publicity")))
    assert one.name in page
    assert other.name not in page
    assert "不定等次" not in page
    assert "0.0" not in page
    assert year.WHY not in page
    assert "没有找到" in text(client.get(url("publicity") + f"?q={other.name}"))
    with facts.on(date(2026, 12, 31)):
        assert "现在没有公示" in text(client.get(url("publicity")))
    assert cycle.state == CycleState.DECIDED


def test_publicity_has_no_place_for_anything_else():
    """The allow-list: who adds a field here shows it to everybody."""
    kinds = (PublicResult, PublicPlace, Publicity)
    assert [[field.name for field in fields(kind)] for kind in kinds] == [
        ["name", "grade", "stars"],
        ["name", "people"],
        ["cycle_id", "congress", "year", "until", "places"],
    ]


def test_publicity_follows_an_amendment_and_names_who_gets_a_grade_by_it(client, of):
    _one, other = of.deputies
    grades = year.decisions(of) | {other.pk: year.Decision(year.grade("不定等次"))}
    row = year.decided(of, grades=grades).gradings.get(deputy=other)
    upheld = grading.upheld(grading.objected(row), of, "基本称职")
    assert other.name not in text(client.get(url("publicity")))
    amendments.confirm_amendment(upheld.amendments.get(), by=make.actor())
    page = text(client.get(url("publicity")))
    assert other.name in page
    assert grading.ANSWER not in page


def test_my_grading_says_the_result_at_once_and_everything_once_it_is_told(client, of):
    cycle = year.opened(of)
    year.group_check(cycle, of, words="小组写的话")
    cycle = year.decided(of, cycle, name="良好")
    row, other = cycle.gradings.order_by("pk")
    as_(client, make.as_deputy(row.deputy))
    page = text(client.get(url("my_grading")))
    assert "2026 年度 · 良好" in page
    assert "小组写的话" not in page
    assert "提出异议…" in page
    answer = client.post(url("object_to_grade", row.pk), {"words": ""})
    assert (answer.status_code, "哪里不对" in text(answer)) == (422, True)
    assert client.post(url("object_to_grade", other.pk), {"words": "不对"}).status_code == 404
    page = text(client.post(url("object_to_grade", row.pk), {"words": "少算了"}, follow=True))
    assert "异议已提出" in page
    assert "您的异议正在处理" in page
    client.post(url("withdraw_objection", GradeObjection.objects.get().pk))
    year.final(of, cycle)
    page = text(client.get(url("my_grading")))
    for said in ("小组写的话", "占 33%", "本人自评、乡镇参评未提交", "比建议高 3 等", year.WHY):
        assert said in page
    assert client.get(url("grading", row.pk)).status_code == 403


def test_an_objection_is_answered_on_its_page_and_amends_by_two(client, of):
    cycle = year.decided(of)
    row = cycle.gradings.first()
    clerk = make.actor()
    as_(client, clerk)
    sent = {"grading": row.pk, "sender": "桃园村 李某", "words": "没有见过他。"}
    page = text(client.get(url("register_letter")))
    assert f"{row.deputy.name}（柳河代表团，{row.deputy.job}）" in page
    wrong = client.post(url("register_letter"), {**sent, "words": "电话 13800001111"})
    assert (wrong.status_code, "来信人怎样联系" in text(wrong)) == (422, True)
    client.post(url("register_letter"), sent)
    letter = GradeObjection.objects.get()
    assert "桃园村 李某" in text(client.get(url("grade_objection", letter.pk)))
    assert "没有见过他" in text(client.get(url("grade_objections")))

    as_(client, make.actor())
    assert client.get(url("grade_objection", letter.pk)).status_code == 404
    assert "没有见过他" not in text(client.get(url("grade_objections")))

    as_(client, of.director)
    wrong = client.post(url("uphold_objection", letter.pk), {"answer": "属实。"})
    assert wrong.status_code == 422
    assert "属实。" in text(wrong)
    sent = {"answer": "属实。", "minute": "14号", "grade": year.grade("基本称职").pk}
    page = text(client.post(url("uphold_objection", letter.pk), sent, follow=True))
    assert "更正等另一人确认以后生效" in page
    amendment = letter.amendments.get()
    page = text(client.get(url("grading", row.pk)))
    assert "更正是您提出的，须由另一人确认" in page
    assert client.post(url("confirm_amendment", amendment.pk)).status_code == 409

    as_(client, clerk)
    wrong = client.post(url("drop_amendment", amendment.pk), {"reason": ""})
    assert (wrong.status_code, "请写明为什么不确认" in text(wrong)) == (422, True)
    page = text(client.post(url("confirm_amendment", amendment.pk), follow=True))
    assert "常委会原评称职，已更正" in page
    listed = text(client.get(reverse("admin:scoring_grading_changelist")))
    assert "称职（已更正）" in listed


def test_dismiss_objection_and_finalise_through_their_pages(desk, of):
    cycle = year.decided(of)
    objection = grading.objected(cycle.gradings.first())
    answer = desk.post(url("dismiss_objection", objection.pk), {"answer": ""})
    assert (answer.status_code, "必须写明理由" in text(answer)) == (422, True)
    page = text(desk.get(url("finalise", cycle.pk)))
    assert "公示到 12 月 30 日为止，过了这一天才能结束公示" in page
    assert desk.post(url("finalise", cycle.pk)).status_code == 409
    sent = {"answer": "登记里没有这一次。"}
    assert "等次没有动" in text(
        desk.post(url("dismiss_objection", objection.pk), sent, follow=True)
    )
    with facts.on(date(2027, 1, 5)):
        page = text(desk.get(url("finalise", cycle.pk)))
        assert "今天已经晚了 5 天" in page
        assert "结果已经通报" in text(desk.post(url("finalise", cycle.pk), follow=True))


def test_told_is_the_groups_and_the_townships_own_people(client, of):
    far = make.deputy("远山秀", of=make.group("双河乡第一代表小组", make.township("双河乡")))
    everybody = year.Party(of.director, of.convenor, of.clerk, [*of.deputies, far])
    year.final(everybody)
    for actor in (of.convenor, of.clerk):
        page = text(as_(client, actor).get(url("told")))
        assert of.deputies[0].name in page
        assert "远山秀" not in page
    assert as_(client, make.as_deputy(far)).get(url("told")).status_code == 403


def test_amend_grade_is_proposed_on_its_page(desk, of):
    row = year.final(of).gradings.first()
    sent = {"grade": "", "minute": "", "reason": "核对了。"}
    answer = desk.post(url("amend_grade", row.pk), sent)
    assert (answer.status_code, "核对了。" in text(answer)) == (422, True)
    sent = {"grade": year.grade("良好").pk, "minute": "14号", "reason": "核对了。"}
    assert "等另一人确认" in text(desk.post(url("amend_grade", row.pk), sent, follow=True))
    assert "待另一人确认" in text(desk.get(url("grade_objections")))


QUERIES = {"decide": 45, "publicity": 8, "my_grading": 22, "grade_objections": 8}


@pytest.mark.parametrize("people", [1, 3])
def test_the_lists_take_the_same_queries_for_one_and_for_three(client, people):
    of = year.party(people)
    as_(client, of.director)
    cycle = year.gathered(of)
    found = {"decide": queries_of(client, url("decide", cycle.pk))}
    cycle = year.decided(of, cycle)
    rows = list(cycle.gradings.all())
    for row in rows:
        grading.objected(row)
    found["grade_objections"] = queries_of(client, url("grade_objections"))
    client.logout()
    found["publicity"] = queries_of(client, url("publicity"))
    as_(client, make.as_deputy(rows[0].deputy))
    found["my_grading"] = queries_of(client, url("my_grading"))
    assert found == QUERIES
