"""案卷 of one proposal: besides texts and replies what moved its days, and what became of it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from proposals.actions import clocks, objections, submission
from proposals.models import Assignment, Proposal
from proposals.states import State
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db
FIRST, SECOND, HELPER = "县水利和湖泊局", "县交通运输局", "县财政局"


def eventful():
    """Objected to and given on, its clock stood, and more months were asked for and granted."""
    row = walk.proposal(State.ASSIGNED, unit=make.unit(FIRST), assisting=[make.unit(HELPER)])
    on, office = walk.ASSIGNED_ON, make.actor()
    said = objections.object_to(
        row.lead_assignment,
        better_unit=make.unit(SECOND),
        reason="按“三定”方案归交通部门管。",
        by=walk.unit_clerk(make.unit(FIRST)),
        today=on,
    )
    part = objections.uphold_objection(
        said, unit=make.unit(SECOND), words="理由成立。", by=office, today=on
    )
    told = {"reason": "等省里批复。", "agreed_with": "领衔代表", "by": office, "today": on}
    clocks.pause(part, from_on=on, **told)
    later = on + timedelta(days=3)
    clocks.resume(Assignment.objects.get(pk=part.pk), until_on=later, by=office, today=later)
    asked = clocks.ask_extension(
        Assignment.objects.get(pk=part.pk),
        months=2,
        reason="汛期不能施工。",
        by=walk.unit_clerk(make.unit(SECOND)),
        today=later,
    )
    clocks.consent_extension(asked, by=make.as_deputy(row.lead))
    clocks.grant_extension(asked, words="按期办结。", by=office, today=later)
    return Proposal.objects.get(pk=row.pk)


def opened(client, row, by):
    client.force_login(by.user)
    made = PdfReader(BytesIO(client.get(reverse("proposals:bundle", args=[row.pk])).content))
    marks = [mark["/Title"] for each in made.outline if isinstance(each, list) for mark in each
             if not isinstance(mark, list)]  # fmt: skip
    return marks, "".join("".join(page.extract_text() for page in made.pages).split())


def test_the_file_says_what_moved_its_days_who_objected_and_how_it_went(client):
    marks, words = opened(client, eventful(), make.actor())
    assert marks == [
        *("建议原文", "交办", "期限变化", "异议和改交", "三见面", "答复", "办理经过"),
    ]
    for said in (
        *("暂停计时", "等省里批复。", "停了3天", "经领衔代表同意"),
        *("申请延期2个月", "汛期不能施工。", "代表同意；2026年3月9日已批准；按期办结。"),
        *("按“三定”方案归交通部门管。", "已改交", "理由成立。"),
        f"{FIRST}主办采纳了它的异议，改交别的单位",
        *("提出", "受理", "改交", "期限延长"),
    ):
        assert said in words


def test_a_unit_reads_in_its_file_of_its_own_part_alone(client):
    row = eventful()
    marks, words = opened(client, row, walk.unit_clerk(make.unit(HELPER)))
    assert "异议和改交" not in marks
    assert "期限变化" not in marks
    for kept in ("三定", "汛期不能施工。", "等省里批复。", make.actor().name):
        assert kept not in words
    marks, words = opened(client, row, walk.unit_clerk(make.unit(SECOND)))
    assert "期限变化" in marks
    assert "三定" not in words


def test_the_file_of_a_withdrawn_one_names_the_units_that_had_it(client):
    row = walk.proposal(State.ASSIGNED)
    submission.withdraw(row, reason="已经解决", by=make.as_deputy(row.lead), today=walk.ASSIGNED_ON)
    _, words = opened(client, row, make.actor())
    assert f"{SECOND}主办领衔代表撤回了建议" in words
    assert "还没有交办" not in words


def test_the_file_takes_the_same_statements_however_much_has_happened(client):
    def counted(row):
        client.get(reverse("proposals:bundle", args=[row.pk]))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("proposals:bundle", args=[row.pk]))
        return len(seen)

    client.force_login(make.actor().user)
    row = eventful()
    few = counted(row)
    part = Assignment.objects.standing().get(proposal=row, unit=make.unit(SECOND))
    later = walk.ASSIGNED_ON + timedelta(days=4)
    for day in range(3):
        on = later + timedelta(days=2 * day)
        told = {"reason": "等批复。", "agreed_with": "领衔代表", "by": make.actor(), "today": on}
        clocks.pause(Assignment.objects.get(pk=part.pk), from_on=on, **told)
        on += timedelta(days=1)
        clocks.resume(Assignment.objects.get(pk=part.pk), until_on=on, by=make.actor(), today=on)
    assert counted(row) == few
