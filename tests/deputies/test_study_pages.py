"""专题调研的页面: from the desk to the phone and back as a report, and the report itself."""

from datetime import UTC, datetime, timedelta

import pytest

from congress.shared import clock
from congress.shared.errors import Refused
from deputies.actions import studies
from deputies.documents import study_report_pdf
from deputies.models import Study
from deputies.queries import specialists as queries
from deputies.states import Answer, StudyState
from tests import make
from tests.deputies import fields as made
from tests.deputies.pages import url
from tests.scoring.year import as_, queries_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_may")]
TODAY = make.TODAY
A_DAY = timedelta(days=1)


def test_a_study_goes_from_the_desk_to_the_phone_and_back_as_a_report(client):
    row = made.member()
    staff, deputy = make.actor(), row.deputy
    as_(client, staff)
    sent = {
        "kind": "pre_study",
        "topic": "2027 年预算草案审查",
        "starts_on": str(TODAY),
        "ends_on": str(TODAY - timedelta(days=1)),
        "place": "县财政局",
        "deputies": [deputy.pk],
    }
    wrong = client.post(url("call_study", row.group_id), sent)
    assert (wrong.status_code, "结束日期早于开始日期" in text(wrong)) == (422, True)
    client.post(url("call_study", row.group_id), sent | {"ends_on": str(TODAY)})
    study = Study.objects.get()
    as_(client, make.as_deputy(deputy))
    page = url("invited", study.pk)
    assert "能参加吗" in text(client.get(page))
    answer = url("answer_invitation", study.invitations.get().pk)
    no = client.post(answer, {"answer": "no"})
    assert (no.status_code, "请写一句不能参加的原因" in text(no)) == (422, True)
    assert client.post(answer, {"answer": "yes"})["Location"] == page
    client.post(url("add_finding", study.pk), {"found": "项目支出偏粗", "advice": "细化"})
    assert client.post(url("add_finding", study.pk), {"found": ""}).status_code == 422
    assert "项目支出偏粗" in text(client.get(page))
    assert client.get(url("study_report", study.pk)).status_code == 404
    as_(client, staff)
    client.post(url("file_report", study.pk), {"report": "总体可行。"})
    shown = text(client.get(url("study", study.pk)))
    assert ("总体可行" in shown, "下载报告" in shown) == (True, True)
    file = client.get(url("study_report", study.pk))
    assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")
    as_(client, make.as_deputy(deputy))
    assert client.get(url("study_report", study.pk)).status_code == 200


def test_strangers_find_no_study(client):
    study = made.reported()
    as_(client, make.as_deputy(make.deputy()))
    for name in ("invited", "add_finding", "file_report", "study_report"):
        assert client.get(url(name, study.pk)).status_code == 404
    assert client.get(url("study", study.pk)).status_code == 403
    assert client.post(url("withdraw_finding", study.findings.get().pk)).status_code == 404


def test_a_cancelled_study_says_why_and_a_reopened_one_takes_findings(client):
    as_(client, make.actor())
    study = made.called()
    client.post(url("cancel_study", study.pk), {"reason": "与会议冲突"})
    assert "与会议冲突" in text(client.get(url("study", study.pk)))
    other = made.reported(made.called())
    client.post(url("reopen_study", other.pk))
    assert "写成报告" in text(client.get(url("study", other.pk)))


def test_the_report_is_the_same_bytes_whenever_it_is_made():
    study = Study.objects.select_related("group__committee").get(pk=made.reported().pk)
    assert study_report_pdf(queries.report_paper(study)) == study_report_pdf(
        queries.report_paper(study)
    )


def test_the_report_names_who_came_and_not_who_was_silent():
    people = [row.deputy for row in made.join(*(make.deputy(name) for name in "甲乙丙丁"))]
    study = made.called(*people)
    rows = {row.deputy.name: row for row in study.invitations.select_related("deputy", "study")}
    made.answered(row=rows["甲"])
    made.answered(Answer.NO, "外出", row=rows["乙"])
    made.finding(study, deputy=rows["丙"].deputy)
    one = Study.objects.select_related("group__committee").get(pk=made.reported(study).pk)
    assert set(queries.report_paper(one).people.split("、")) == {"甲", "丙"}


def test_the_queries_of_a_study_are_fixed(client):
    people = [row.deputy for row in made.join(*(make.deputy() for _ in range(3)))]
    small, large = made.called(people[0]), made.called(*people, starts_on=TODAY + A_DAY)
    made.finding(small)
    for number in range(3):
        made.finding(large, found=f"第{number}条")
    as_(client, make.actor())
    pages = url("study", small.pk), url("study", large.pk)
    first, then = [queries_of(client, page) for page in pages]
    assert first == then
    as_(client, make.as_deputy(people[0]))
    assert queries_of(client, url("invited", small.pk)) == queries_of(
        client, url("invited", large.pk)
    )


def test_file_report_waits_for_the_last_day():
    study = made.called(starts_on=TODAY + timedelta(days=1))
    made.finding(study)
    facts = {"report": "看了三处。", "by": make.actor()}
    with pytest.raises(Refused, match="才结束，结束以后再写报告"):
        studies.file_report(study, **facts, today=TODAY)
    after = studies.file_report(study, **facts, today=TODAY + timedelta(days=1))
    assert after.state == StudyState.REPORTED


def test_the_paper_is_dated_by_the_county_s_own_day():
    study = made.called()
    made.finding(study)
    with clock.at(datetime(2026, 5, 12, 17, 30, tzinfo=UTC)):
        study = studies.file_report(study, report="看了三处。", by=make.actor(), today=TODAY)
    assert queries.report_paper(study).reported == "2026年5月13日"
