"""承诺: written into the draft, signed with the letter, reported, confirmed; the register."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from proposals.actions import promises, replies
from proposals.follow_states import PromiseState
from proposals.models import OutcomeClass, Promise, Proposal, ReplyDraft
from proposals.models.promises import Step
from proposals.queries import promise_register
from proposals.queries.clocks import Clock
from proposals.queries.papers import letter
from proposals.reply_forms import ReplyForm
from proposals.states import State
from tests import make
from tests.deputies.walk import upload
from tests.proposals import stages_of_following as stages
from tests.proposals import walk
from tests.scoring.facts import on
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db


def to_answer():
    row = walk.proposal(State.ASSIGNED)
    walk.gated(row.lead_assignment)
    return Proposal.objects.get(pk=row.pk).lead_assignment


def drafted(part, code, *steps):
    words = replies.Words(OutcomeClass.objects.get(code=code), "装护栏。", "验收单", steps)
    return walk.drafted(part, answers={part.proposal.asks.get().pk: words})


@pytest.mark.parametrize(
    ("code", "steps", "word"),
    [
        ("B", (), "第 1 条定为 B 类，要承诺至少一步"),
        ("B", (Step(date(2026, 9, 1)),), "每一步都要写哪天办到、办到什么"),
        ("B", (Step(None, "完工"),), "每一步都要写哪天办到、办到什么"),
        ("B", (Step(walk.REPLIED_ON, "完工"),), "要写今天以后的日期"),
        ("A", (Step(date(2026, 9, 1), "完工"),), "定为 A 类，不用写承诺"),
    ],
)
def test_a_reply_that_is_being_solved_promises_dated_steps_and_no_other_does(code, steps, word):
    part = to_answer()
    drafted(part, code, *steps)
    with pytest.raises(Refused, match=word):
        replies.submit_for_signing(part, by=walk.unit_clerk(), today=walk.REPLIED_ON)


def test_the_steps_are_kept_with_the_draft_by_their_days_and_signed_with_the_letter():
    part = to_answer()
    late, soon = Step(date(2027, 6, 1), " 全线完工 "), Step(date(2026, 9, 1), "设计完成")
    assert drafted(part, "B", late, Step(None), soon).edition == 1
    assert drafted(part, "B", soon, late).edition == 1
    replies.submit_for_signing(part, by=walk.unit_clerk(), today=walk.REPLIED_ON)
    by = walk.unit_head()
    reply = replies.sign(ReplyDraft.objects.get(), by=by, today=walk.REPLIED_ON)
    rows = reply.promises.values_list("position", "words", "due_on", "signed_due_on", "state")
    assert list(rows) == [
        (1, "设计完成", soon.due_on, soon.due_on, "due"),
        (2, "全线完工", late.due_on, late.due_on, "due"),
    ]
    (section,) = letter(reply, by).sections
    said = "我单位承诺：2026年9月1日前，设计完成；2027年6月1日前，全线完工。"
    assert section.promised == said
    Promise.objects.update(due_on=date(2028, 1, 1))
    assert letter(reply, by).sections[0].promised == said


def test_a_letter_that_puts_off_says_when_it_is_looked_at_again():
    reply = stages.answered("C")
    assert reply.stood["look_again"] == "2027-04-24"
    said = letter(reply, make.actor()).sections[0].promised
    assert said == "我单位将于2027年4月24日再次研究，条件具备即着手办理。"


def test_the_form_of_the_draft_takes_steps_without_javascript_and_loses_none(client):
    part = to_answer()
    client.force_login(walk.unit_clerk().user)
    ask = part.proposal.asks.get().pk
    typed = {
        "edition": 0,
        f"outcome_{ask}": OutcomeClass.objects.get(code="B").pk,
        f"text_{ask}": "装护栏。",
        f"due_{ask}_2": "2027-03-01",
        f"step_{ask}_2": "护栏装好",
        f"step_{ask}_3": "只写了事",
        "text": "讲话",
    }
    client.post(reverse("proposals:save_reply", args=[part.proposal_id]), typed)
    page = client.get(reverse("proposals:case", args=[part.proposal_id])).content.decode()
    assert 'value="2027-03-01"' in page
    assert 'value="护栏装好"' in page
    assert "的承诺每一步都要写哪天办到、办到什么" in page
    typed |= {"edition": 1, f"due_{ask}_3": "明年三月"}
    answer = client.post(reverse("proposals:save_reply", args=[part.proposal_id]), typed)
    assert answer.status_code == 422
    assert "日期看不懂" in answer.content.decode()
    assert 'value="明年三月"' in answer.content.decode()


@pytest.mark.parametrize(
    ("code", "row", "stands_open"),
    [("B", 0, True), ("C", 0, False), ("A", 0, False), ("", 0, False), ("C", 2, True)],
)
@pytest.mark.parametrize("kept", [True, False])
def test_the_steps_stand_open_where_the_class_needs_them_or_something_is_typed(
    client, code, row, stands_open, kept
):
    part = to_answer()
    client.force_login(walk.unit_clerk().user)
    ask = part.proposal.asks.get().pk
    typed = {"edition": 0, "text": "讲话" if kept else "话" * 8001}
    if code:
        typed[f"outcome_{ask}"] = OutcomeClass.objects.get(code=code).pk
    if row:
        typed[f"step_{ask}_{row}"] = "只写了事"
    save = reverse("proposals:save_reply", args=[part.proposal_id])
    answer = client.post(save, typed, follow=kept)
    assert answer.status_code == (200 if kept else 422)
    (summary,) = html.fromstring(answer.content.decode()).xpath(
        "//summary[starts-with(., '承诺的步骤')]"
    )
    assert ("open" in summary.getparent().attrib) == stands_open


def test_the_steps_say_when_they_are_needed_and_which_choice_opens_them(client):
    part = to_answer()
    client.force_login(walk.unit_clerk().user)
    ask = part.proposal.asks.get().pk
    page = client.get(reverse("proposals:case", args=[part.proposal_id])).content.decode()
    shown = html.fromstring(page)
    (steps,) = shown.xpath("//details[starts-with(summary, '承诺的步骤')]")
    assert steps.attrib["data-asked-by"] == f"outcome_{ask}"
    assert steps.attrib["data-planned"] == str(OutcomeClass.objects.get(code="B").pk)
    notes = [" ".join(each.itertext()) for each in steps.xpath(".//label/small")]
    assert notes == ["定为 B 的要填"] * 2 + ["有这一步才填"] * 4
    assert shown.xpath("//script[contains(@src, 'js/steps.js')]")


def test_the_steps_of_what_has_no_ask_stand_open_once_its_class_needs_them():
    part = to_answer()
    with as_owner():
        part.proposal.asks.all().delete()
    part = Proposal.objects.get().lead_assignment
    open_of = {
        code: ReplyForm({"outcome": OutcomeClass.objects.get(code=code).pk}, part=part).whole_open
        for code in "ABC"
    }
    assert open_of == {"A": False, "B": True, "C": False}


def test_a_step_is_reported_and_confirmed_by_two_people_and_leaves_its_trail():
    promise = stages.promise()
    clerk = walk.unit_clerk()
    promises.report_step(promise, words="已评审。", by=clerk, today=stages.TODAY)
    found = promises.confirm_step(promise, by=make.actor(), today=date(2026, 4, 27))
    assert (found.state, found.done_on) == (PromiseState.CONFIRMED, stages.TODAY)
    steps = AuditEvent.objects.filter(subject="proposals.Promise").order_by("pk")
    assert list(steps.values_list("was", "now")) == [
        ("due", "reported"),
        ("reported", "confirmed"),
    ]
    lead = promise.assignment.proposal.lead.user
    assert Notice.objects.filter(person=lead, key__startswith="proposal.step_confirmed").exists()


def test_whoever_reported_a_step_cannot_confirm_it_in_another_post():
    promise = stages.reported()
    report = promise.reports.get()
    both = make.actor()
    with as_owner():
        type(report).objects.filter(pk=report.pk).update(reported_by=both.user)
    with pytest.raises(Refused, match="请别的同志核实"):
        promises.confirm_step(promise, by=both, today=stages.TODAY)


def test_a_report_is_sent_back_with_what_is_missing_and_the_step_is_due_again():
    promise = stages.reported()
    promises.send_back_step(promise, words="没有照片。", by=make.actor(), today=stages.TODAY)
    promise.refresh_from_db()
    assert promise.state == PromiseState.DUE
    assert promise.reports.get().return_words == "没有照片。"
    with pytest.raises(Refused, match="怎么兑现"):
        promises.report_step(promise, words=" ", by=walk.unit_clerk(), today=stages.TODAY)


def test_the_unit_reports_on_its_page_with_a_picture_that_parties_alone_see(client):
    promise = stages.promise()
    client.force_login(walk.unit_clerk().user)
    case = client.get(reverse("proposals:case", args=[promise.assignment.proposal_id]))
    assert "完成施工图设计和预算评审" in case.content.decode()
    url = reverse("proposals:report_step", args=[promise.pk])
    assert url in case.content.decode()
    sent = {"words": "已评审。", "picture": upload("teal", "批复.jpg")}
    assert client.post(url, sent).status_code == 302
    report = promise.reports.get()
    picture = reverse("proposals:step_picture", args=[report.pk])
    assert report.name == "批复.jpg"
    assert b"".join(client.get(picture).streaming_content)[:2] == b"\xff\xd8"
    client.force_login(make.actor().user)
    confirm = reverse("proposals:confirm_step", args=[report.promise_id])
    for page in (reverse("proposals:promises"), confirm):
        assert picture in client.get(page).text
    client.force_login(walk.unit_clerk(make.unit("县财政局")).user)
    assert client.get(picture).status_code == 404
    assert client.get(url).status_code == 404


def test_the_register_filters_sorts_and_exports_what_it_shows_and_prints_a_receipt(client):
    first = stages.reported()
    other = stages.promise()
    client.force_login(make.actor().user)
    unit = first.assignment.unit
    page = client.get(reverse("proposals:promises")).content.decode()
    confirm = reverse("proposals:confirm_step", args=[first.pk])
    assert page.index(confirm) < page.index(other.assignment.proposal.number)
    asked = {"state": "reported", "unit": unit.pk, "month": "2027-04", "order": "unit"}
    found = client.get(reverse("proposals:promises"), asked).content.decode()
    assert confirm in found
    assert other.assignment.proposal.number not in found
    odd = {"state": "x", "unit": "一", "month": "2027-13", "order": ""}
    assert client.get(reverse("proposals:promises"), odd).status_code == 200
    book = client.get(reverse("proposals:promise_export"), asked)
    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert rows[1][:2] == [first.assignment.proposal.number, first.assignment.proposal.title]
    paper = reverse("proposals:promise_receipt", args=[unit.pk, 2026])
    promises.confirm_step(first, by=make.actor(), today=stages.TODAY)
    moved = stages.settled().promise
    with on(date(2027, 12, 1)):
        pages = PdfReader(BytesIO(client.get(paper).content)).pages
    said = "".join("".join(each.extract_text() for each in pages).split())
    assert "已兑现，2026年4月24日" in said
    assert f"签发时承诺{moved.signed_due_on:%Y}年" in said
    steps = [each.promise.position for each in receipt(unit, 2026).lines]
    assert steps == [1, 2] * 3, "proposal by proposal, in the order of the letter"
    client.force_login(walk.unit_clerk(make.unit("县财政局")).user)
    assert client.get(paper).status_code == 404
    assert other.assignment.unit == unit


def receipt(unit, year):
    return promise_register.receipt(unit, year, make.actor(), Clock.on(stages.TODAY))


def test_the_register_takes_the_same_queries_for_one_and_for_three(client):
    client.force_login(make.actor().user)
    stages.promise()
    counts = [queries_of(client) for _ in range(2)]
    stages.promise()
    assert queries_of(client) == counts[1]


def queries_of(client):
    with CaptureQueriesContext(connection) as found:
        client.get(reverse("proposals:promises"))
        client.get(reverse("proposals:look_backs"))
    return len(found)


def test_the_public_page_counts_down_to_the_next_step_once_the_answer_is_published(client):
    row = walk.proposal(State.PUBLISHED)
    first = row.reply.promises.first()
    stages.confirmed(first)
    with on(date(2027, 10, 8)):
        page = client.get(reverse("proposals:public_detail", args=[row.number])).content.decode()
    assert "承诺 2 步，已兑现 1 步" in page
    assert "4 月 24 日兑现" in page
    assert "还有 15 个工作日" in page or "还有 16 个工作日" in page
    unpublished = walk.proposal(State.ANSWERED)
    page = client.get(reverse("proposals:public_detail", args=[unpublished.number]))
    assert "承诺" not in page.content.decode()
