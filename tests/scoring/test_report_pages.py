"""述职测评 on screens: who sees what, the form for everybody, the sheet read back into it."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from congress.shared.workbook import XLSX, workbook
from scoring.actions import reports
from scoring.forms.polls import HEAD
from scoring.models import PollResult, ReportMeeting
from scoring.poll_states import Outcome, PollState
from tests import make
from tests.pdfs import paper
from tests.scoring import facts, polling
from tests.scoring.year import as_, queries_of, text, url

NUMBERS = dict(
    zip(("sent", "returned", "satisfied", "fair", "unsatisfied", "blank"), polling.BALLOTS,
        strict=True)
)  # fmt: skip


@pytest.fixture
def then(db):
    with facts.on(polling.TODAY):
        yield


@pytest.fixture
def office(client):
    return as_(client, polling.clerk())


def typed(report, **more):
    return {f"{name}-{report.pk}": str(value) for name, value in {**NUMBERS, **more}.items()}


def sheet(rows):
    content = workbook("计票", HEAD, rows)
    return {"sheet": SimpleUploadedFile("计票.xlsx", content, XLSX), "read": "1"}


def cells(answer):
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()


def test_a_clerk_calls_a_meeting_of_a_group_with_everybody_ticked(then, office):
    people = {make.deputy("叶青").pk, make.deputy("石磊").pk}
    address = f"{url('call_reports')}?circle=group-{make.group().pk}"
    page = office.get(address)
    assert set(page.context["form"].initial["deputies"]) == people
    assert "叶青（柳河镇桃园村村民）" in text(page)
    wrong = office.post(address, {"held_on": "2026-12-04", "place": ""})
    assert wrong.status_code == 422
    assert "请写明地点。" in text(wrong)
    said = {"held_on": "2026-12-04", "place": "文化站", "deputies": sorted(people)}
    answer = office.post(address, said, follow=True)
    row = ReportMeeting.objects.get()
    assert (row.group, row.reports.count()) == (make.group(), 2)
    assert "柳河镇第一代表小组述职评议会" in text(answer)
    assert "还没有到开会的日子（12 月 4 日）" in text(answer)
    again = office.post(address, said)
    assert again.status_code == 409
    assert "已经安排了述职评议会" in text(again)


def test_a_meeting_moves_and_is_called_off_on_its_pages(then, office):
    row = polling.meeting(make.deputy("叶青"), held_on=date(2026, 12, 4))
    said = {"held_on": "2026-12-05", "place": "文化站", "deputies": [row.reports.get().deputy_id]}
    office.post(url("rearrange_reports", row.pk), said)
    row.refresh_from_db()
    assert (row.held_on.day, row.place) == (5, "文化站")
    page = office.post(url("call_off_reports", row.pk), {"reason": "停电"}, follow=True)
    assert "停电" in text(page)


def test_everybody_is_counted_on_one_page_and_what_is_wrong_stays_typed(then, office):
    row = polling.meeting(make.deputy("叶青"), make.deputy("石磊"), make.deputy("甘露"))
    first, second, third = row.reports.order_by("pk")
    address = url("enter_counts", row.pk)
    assert office.get(address).status_code == 200
    wrong = office.post(
        address,
        {**typed(first, fair=9), f"outcome-{second.pk}": Outcome.REFUSED, f"note-{second.pk}": ""},
    )
    assert wrong.status_code == 422
    said = text(wrong)
    assert "四项加起来是 51 票，收回的是 46 票，对不上。" in said
    assert "请假、拒绝述职要写明情况。" in said
    assert 'value="9"' in said
    assert office.post(address, {}).status_code == 422
    shared = {"all-sent": "48", "all-returned": "46"}
    own = {f"{name}-{first.pk}": "" for name in ("sent", "returned")}
    fine = {
        **shared,
        **typed(first),
        **own,
        f"outcome-{second.pk}": Outcome.EXCUSED,
        f"note-{second.pk}": "住院",
    }
    answer = office.post(address, fine, follow=True)
    assert "已登记 2 人，等另一个人复核。" in text(answer)
    assert PollResult.objects.get(report=first).sent == 48
    assert not PollResult.objects.filter(report=third).exists()


def test_a_sheet_is_read_into_the_form_and_saves_nothing(then, office):
    row = polling.meeting(make.deputy("叶青"), make.deputy("石磊"))
    first, second = row.reports.order_by("pk")
    rows = cells(office.get(url("counts_sheet", row.pk)))
    assert rows[0] == list(HEAD)
    assert {line[1] for line in rows[1:]} == {"叶青", "石磊"}
    filled = [
        [first.pk, "叶青", "", *polling.BALLOTS, ""],
        ["", "石磊", "拒绝述职", *[""] * 6, "说没有时间"],
        ["", "外人", "", *polling.BALLOTS, ""],
    ]
    page = office.post(url("enter_counts", row.pk), sheet(filled[:2]))
    assert page.status_code == 200
    assert "读进 2 人，还没有保存" in text(page)
    assert not PollResult.objects.exists()
    form = page.context["form"]
    assert set(form.turns) == {first, second}
    assert form.turns[second].note == "说没有时间"
    strange = office.post(url("enter_counts", row.pk), sheet(filled))
    assert strange.status_code == 422
    assert "外人：不在还没登记的名单里。" in text(strange)
    broken = {"sheet": SimpleUploadedFile("计票.xlsx", b"PK", XLSX), "read": "1"}
    assert office.post(url("enter_counts", row.pk), broken).status_code == 422
    assert office.post(url("enter_counts", row.pk), {"read": "1"}).status_code == 422


def test_another_person_confirms_or_sends_back_what_is_ticked(then, client):
    row = polling.meeting(make.deputy("叶青"), make.deputy("石磊"))
    one, two = (polling.counted(each) for each in row.reports.order_by("pk"))
    page = as_(client, make.actor()).get(url("reports_meeting", row.pk))
    assert "待复核" in text(page)
    client.post(url("confirm_counts", row.pk), {"which": [one.pk]})
    missing = client.post(url("reject_counts", row.pk), {"which": [two.pk]})
    assert missing.status_code == 422
    assert "请写明哪里不符。" in text(missing)
    assert client.post(url("confirm_counts", row.pk), {}).status_code == 422
    client.post(url("reject_counts", row.pk), {"which": [two.pk], "answer": "少一票"})
    states = PollResult.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [PollState.CONFIRMED, PollState.REJECTED]
    said = text(client.get(url("reports_meeting", row.pk)))
    assert "少一票" in said
    assert "满意 41，基本满意 4，不满意 1" in said


def test_a_correction_is_made_on_its_page(then, office):
    row = polling.polled(make.deputy("叶青"))
    address = url("correct_count", row.pk)
    assert 'value="41"' in text(office.get(address))
    wrong = office.post(address, {"outcome": "reported", **NUMBERS, "satisfied": 1, "reason": "错"})
    assert wrong.status_code == 422
    said = {"outcome": "reported", **NUMBERS, "satisfied": 40, "unsatisfied": 2, "reason": "看错"}
    assert "另一个人复核以后生效" in text(office.post(address, said, follow=True))
    assert PollResult.objects.waiting().get().corrects == row


def test_a_deputy_hands_in_a_report_and_reads_their_own_result(then, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    person, other = make.deputy("叶青"), make.deputy("石磊")
    row = polling.meeting(person, other)
    report = row.reports.get(deputy=person)
    as_(client, make.as_deputy(person))
    assert "述职 0 人" not in text(client.get(url("my_reports")))
    assert client.post(url("hand_in_report", report.pk), {"text": " "}).status_code == 422
    bad = {"text": "", "file": SimpleUploadedFile("x.pdf", b"GIF89a")}
    assert "请传 PDF 文件" in text(client.post(url("hand_in_report", report.pk), bad))
    sent = {"text": "走访三十户。", "file": SimpleUploadedFile("x.pdf", paper(words="Report"))}
    client.post(url("hand_in_report", report.pk), sent)
    polling.confirmed(report)
    polling.confirmed(row.reports.get(deputy=other), polling.REFUSED)
    page = text(client.get(url("my_reports")))
    assert "97.8%" in page
    assert "走访三十户。" in page
    assert "石磊" not in page
    assert "两次通知" not in page
    file = client.get(url("report_file", report.pk))
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    as_(client, make.as_deputy(other))
    assert client.get(url("report_file", report.pk)).status_code == 404
    assert client.get(url("reports_meeting", row.pk)).status_code == 404
    assert client.get(url("reports")).status_code == 404


def test_the_list_of_who_owes_a_report_is_read_exported_and_reminded(then, office):
    make.deputy("白桦")
    polling.polled(make.deputy("叶青"))
    page = text(office.get(url("not_reported")))
    assert "白　桦" in page
    assert "叶　青" not in page
    assert cells(office.get(url("not_reported"), {"export": 1}))[1][2] == "白桦"
    assert "没有这样的代表" in text(office.get(url("not_reported"), {"q": "杨"}))
    answer = office.post(url("remind_reporters"), follow=True)
    assert "已提醒 1 位代表" in text(answer)
    assert AuditEvent.objects.filter(now="report_reminded", note="2026 年 1 人").exists()
    assert "还有" in text(office.get(url("reports")))
    table = cells(office.get(url("reports"), {"export": 1}))
    assert table[1][4:9] == ["叶青", "已述职", "48", "46", "41"]
    assert office.get(url("reports"), {"year": "x"}).status_code == 400


@pytest.mark.parametrize("role", [Role.STAFF_CLERK, Role.TOWNSHIP_CLERK])
def test_the_lists_ask_the_same_number_of_queries_for_one_row_and_for_three(then, client, role):
    as_(client, make.actor(role))
    first = polling.polled(make.deputy())
    make.deputy()
    pages = [url("reports"), url("not_reported"), url("reports_meeting", first.report.meeting_id)]
    pages.append(url("enter_counts", first.report.meeting_id))
    one = [queries_of(client, page) for page in pages]
    wider = polling.called(*(make.deputy() for _ in range(3)), first.report.deputy, place="二楼")
    more = reports.call_reports(called=wider, by=polling.clerk(), today=polling.TODAY)
    for each in more.reports.all()[:2]:
        polling.counted(each)
    polling.polled(make.deputy(), place="三楼")
    pages[2:] = [url("reports_meeting", more.pk), url("enter_counts", more.pk)]
    assert [queries_of(client, page) for page in pages] == one


def test_a_sheet_to_count_on_is_printed(then, office):
    row = polling.meeting(make.deputy("叶青"))
    answer = office.get(url("count_sheet", row.pk))
    assert answer.content.startswith(b"%PDF")
