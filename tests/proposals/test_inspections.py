"""常态查: planned with its sheet, what was seen of each, the unit's one answer, what is public."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from proposals.actions import inspections, lookback
from proposals.models import Inspection, InspectionNote
from proposals.queries import clocks
from proposals.queries import inspections as queries
from proposals.states import State
from proposals.supervision_states import Finding, InspectionState
from tests import make
from tests.proposals import keys, stages_of_following, verbs_rated, walk

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"proposals:{name}", args=args)


def told(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("text", flat=True))


def test_plan_inspection_tells_nobody_and_is_once_for_a_unit_and_day():
    clerk = walk.unit_clerk()
    row = keys.planned()
    assert (row.state, row.organisation) == (InspectionState.PLANNED, make.organisation())
    assert told(clerk.user)[-1:] == [] or "检查" not in told(clerk.user)[-1]
    by, said = make.actor(), {"occasion": "调研", "people": "2 人"}
    with pytest.raises(Refused, match="已经登记过"):
        inspections.plan_inspection(make.unit(), visit_on=keys.VISITED_ON, **said, by=by)
    with pytest.raises(Refused, match="不是承办单位"):
        inspections.plan_inspection(make.organisation(), visit_on=keys.VISITED_ON, **said, by=by)
    inspections.drop_inspection(row, reason="改天。", by=by)
    inspections.plan_inspection(make.unit(), visit_on=keys.VISITED_ON, **said, by=by)
    assert AuditEvent.objects.filter(subject=row._meta.label).count() == 3


def test_note_finding_makes_the_visit_tells_both_sides_and_is_once_for_a_part():
    row, clerk = keys.planned(), walk.unit_clerk()
    part = row.unit.assignment_set.get()
    said = {"part": part, "finding": Finding.UNDONE, "words": "一米也没装。"}
    office = make.actor()
    with pytest.raises(Refused, match="2026 年 5 月 6 日才去"):
        inspections.note_finding(row, **said, by=office, today=date(2026, 5, 5))
    inspections.note_finding(row, **said, by=office, today=keys.VISITED_ON)
    row.refresh_from_db()
    assert row.state == InspectionState.MADE
    assert "没做，一米也没装。" in told(part.proposal.lead.user)[-1]
    assert "有不同情况可以说明一次" in told(clerk.user)[-1]
    with pytest.raises(Refused, match="已经记过"):
        inspections.note_finding(row, **said, by=office, today=keys.VISITED_ON)
    other = walk.proposal(State.ASSIGNED, unit=make.unit("县水利和湖泊局")).lead_assignment
    with pytest.raises(Refused, match="不在这个单位手上"):
        inspections.note_finding(row, **(said | {"part": other}), by=office, today=keys.VISITED_ON)
    with pytest.raises(Refused, match="不能取消"):
        inspections.drop_inspection(row, reason="改天。", by=office)


def test_answer_finding_is_the_units_once():
    note = keys.found()
    by = walk.unit_clerk()
    inspections.answer_finding(note, answer="下周装完。", by=by)
    lead = note.assignment.proposal.lead.user
    assert "县交通运输局对检查情况作了说明：下周装完。" in told(lead)[-1]
    with pytest.raises(Refused, match="已经说明过一次"):
        inspections.answer_finding(note, answer="再说一句。", by=by)


def test_the_public_reads_that_a_visit_took_place_and_the_words_once_published(client):
    note = keys.explained()
    page = url("public_detail", note.assignment.proposal.number)
    before = client.get(page).content.decode()
    assert "代表工作委员会到县交通运输局检查办理情况" in before
    assert "护栏只装了一半" not in before
    inspections.publish_inspection(note.inspection, by=make.actor())
    assert "有出入，护栏只装了一半。" in client.get(page).content.decode()
    with pytest.raises(Refused, match="已经公开过"):
        inspections.publish_inspection(note.inspection, by=make.actor())


def test_the_pages_of_a_visit_from_the_form_to_the_sheet_and_back(client):
    part = keys.part_of_unit()
    client.force_login(make.actor().user)
    sent = {"unit": make.unit().pk, "visit_on": "2026-05-06", "occasion": "调研", "people": "3 人"}
    assert client.post(url("plan_inspection"), sent | {"unit": ""}).status_code == 422
    assert client.post(url("plan_inspection"), sent).status_code == 302
    assert client.post(url("plan_inspection"), sent).status_code == 409
    row = Inspection.objects.get()
    page = client.get(url("inspection", row.pk)).content.decode()
    assert part.proposal.title in page
    note = url("note_finding", row.pk, part.pk)
    assert client.post(note, {"words": "没装。"}).status_code == 422
    assert client.post(note, {"finding": "undone", "words": "没装。"}).status_code == 302
    pdf = client.get(url("inspection_pdf", row.pk))
    assert pdf.content.startswith(b"%PDF")
    with ZipFile(BytesIO(client.get(url("inspection_export", row.pk)).content)) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    assert part.proposal.number in words
    assert "没装。" in words
    assert "已检查" in client.get(url("inspection_list")).content.decode()
    assert client.get(url("drop_inspection", row.pk)).status_code == 200
    assert client.post(url("publish_inspection", row.pk)).status_code == 302
    found = InspectionNote.objects.get()
    client.force_login(walk.unit_clerk().user)
    assert "没装。" in client.get(url("case", part.proposal_id)).content.decode()
    answer = url("answer_finding", found.pk)
    assert client.get(answer).status_code == 200
    assert client.post(answer, {"words": ""}).status_code == 422
    assert client.post(answer, {"words": "下周装。"}).status_code == 302
    client.force_login(walk.unit_clerk(make.unit("县水利和湖泊局")).user)
    assert client.get(answer).status_code == 404


def test_the_sheet_has_what_waits_to_be_done_again_and_to_be_looked_back_at(client):
    order = verbs_rated.ordered()
    look = lookback.open_look_back(
        stages_of_following.answered("B"),
        reason="群众又反映。",
        by=make.actor(),
        today=walk.REPLIED_ON,
    )
    row, today = keys.planned(), max(look.report_by, order.due_on)
    lines = {each.part.pk: each for each in queries.visit_lines(row, today)}
    ordered, looked = lines[order.assignment_id], lines[look.reply.assignment_id]
    said = order.words.removesuffix("。")
    assert [each.words for each in ordered.again] == [f"要求重新办理：{said}"]
    assert ordered.again[0].due == f"{clocks.day(order.due_on)}前再次答复"
    assert looked.again[0].due == f"{clocks.day(look.report_by)}前报告落实情况"
    client.force_login(make.actor().user)
    page = client.get(url("inspection", row.pk)).content.decode()
    assert "前再次答复" in page
    assert "前报告落实情况" in page
    with ZipFile(BytesIO(client.get(url("inspection_export", row.pk)).content)) as book:
        assert said in book.read("xl/sharedStrings.xml").decode()


def test_a_visit_of_an_earlier_year_is_a_slip_and_one_that_was_not_made_ends_with_why(client):
    client.force_login(make.actor().user)
    sent = {"unit": make.unit().pk, "visit_on": "2020-01-01", "occasion": "调研", "people": "3 人"}
    answer = client.post(url("plan_inspection"), sent)
    assert (answer.status_code, "这一天不在今年" in answer.content.decode()) == (422, True)
    row = keys.planned()
    assert "没有去成，写明原因" in client.get(url("inspection", row.pk)).content.decode()
    drop = url("drop_inspection", row.pk)
    assert "登记没有去成" in client.get(drop).content.decode()
    assert client.post(drop, {"words": "遇上大雨。"}).status_code == 302
    for page in (url("inspection", row.pk), f"{url('inspection_list')}?year=2026"):
        shown = client.get(page).content.decode()
        assert ("没有去成" in shown, "已取消" in shown) == (True, False)
    assert "没有去：遇上大雨。" in client.get(url("inspection", row.pk)).content.decode()
