"""并案: the deputy of a merged proposal reads the reply on a page of their own."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import Notice
from proposals import documents
from proposals.actions import publication, review
from proposals.models import Assignment, Proposal
from proposals.permissions import why_not_rate
from proposals.queries import office
from proposals.queries.bundles import bundles, of_session
from proposals.queries.clocks import Clock, day
from proposals.queries.deputies import mine
from proposals.queries.progress import stops
from proposals.queries.public import Filters, rows
from proposals.queries.public_answers import ANSWERS
from proposals.queries.public_numbers import year_numbers
from proposals.queries.public_page import page
from proposals.queries.public_tally import tally
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.scoring.facts import on
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db
TEXT = "已列入今年第二批计划，十月底前完工。"


def merged(state=State.ANSWERED, *, withheld=""):
    """Two of one matter, the first handled as far as `state` for both."""
    into = walk.proposal(State.ACCEPTED, title="关于修复桃园村过水桥的建议", withheld=withheld)
    again = walk.proposal(State.ACCEPTED, title="关于改造桃园村过水桥的建议")
    review.merge(again, into=into, by=make.actor())
    for step in walk.ORDER[2 : walk.ORDER.index(state) + 1]:
        walk._take(into, step, make.unit(), (), "")
    return Proposal.objects.get(pk=into.pk), Proposal.objects.get(pk=again.pk)


def read(path, by=None):
    client = Client()
    if by:
        client.force_login(by.user)
    with on(walk.REPLIED_ON):
        answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def status(path, by):
    client = Client()
    client.force_login(by.user)
    answer = client.get(path)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def test_the_merged_ones_deputy_is_sent_to_the_reply_and_reads_it():
    into, again = merged()
    by = make.as_deputy(again.lead)
    notice = Notice.objects.get(person=by.user, key__startswith="proposal.answered_along")
    assert notice.link == reverse("proposals:detail", args=[again.pk])
    text = read(notice.link, by)
    assert TEXT in text
    assert f"与 {into.number} 并案办理，县交通运输局已答复" in text
    assert "等代工委交给承办单位" not in text


def test_the_merged_one_becomes_public_with_the_one_that_has_the_reply():
    into, again = merged()
    page = reverse("proposals:public_detail", args=[again.number])
    text = read(page)
    assert TEXT not in text
    assert f"接着随 {into.number} 一起公开" in text
    assert f"随 {into.number} 一起公开。" in read(
        reverse("proposals:detail", args=[again.pk]), make.as_deputy(again.lead)
    )
    publication.publish(into, by=make.actor(), today=walk.REPLIED_ON)
    again.refresh_from_db()
    assert (again.state, again.published_on) == (State.PUBLISHED, walk.REPLIED_ON)
    assert TEXT in read(page)


def test_the_queue_has_the_reply_once_and_says_what_goes_with_it():
    into, again = merged()
    assert list(Proposal.objects.to_publish()) == [into]
    (waits,) = office.queues(make.actor(), walk.REPLIED_ON)[-1].rows
    assert (waits.proposal, waits.along) == (into, f"连同并案的 {again.number} 一起公开")
    by = make.actor()
    assert waits.along in read(reverse("proposals:review"), by)
    text = read(reverse("proposals:publish", args=[into.pk]), by)
    assert f"并案的 {again.number} {again.title}一起公开" in text
    with pytest.raises(Refused, match=f"和并案的 {into.number} 一起公开"):
        publication.publish(again, by=by, today=walk.REPLIED_ON)


def test_what_is_withheld_does_not_become_public_with_the_other():
    into = walk.proposal(State.ACCEPTED, title="关于修复桃园村过水桥的建议")
    again = walk.proposal(State.ACCEPTED, withheld="涉及个人隐私")
    review.merge(again, into=into, by=make.actor())
    for step in walk.ORDER[2:]:
        walk._take(into, step, make.unit(), (), "")
    again.refresh_from_db()
    assert again.state == State.ANSWERED
    assert office.queues(make.actor(), walk.REPLIED_ON)[-1].rows == []


def test_the_merged_ones_deputy_sees_who_has_it_in_hand_and_by_when_and_is_not_asked_to_rate():
    into, again = merged(State.ASSIGNED)
    by = make.as_deputy(again.lead)
    page = reverse("proposals:detail", args=[again.pk])
    text = read(page, by)
    assert "县交通运输局" in text
    assert "6 月 8 日前" in text
    with on(walk.REPLIED_ON):
        (line,) = mine(by, walk.REPLIED_ON)
    assert line.light.kind == "ok"
    walk.gated(into.lead_assignment)
    walk.answered(Proposal.objects.get(pk=into.pk).lead_assignment)
    assert "等您评价" not in read(page, by)
    (line,) = mine(by, walk.REPLIED_ON)
    assert line.owed == []
    reply = Proposal.objects.get(pk=into.pk).reply
    assert why_not_rate(by, reply, walk.REPLIED_ON)
    client = Client()
    client.force_login(by.user)
    assert client.get(reverse("proposals:rate", args=[reply.pk])).status_code == 404


def test_an_answered_one_is_called_so_everywhere():
    _, again = merged(State.PUBLISHED)
    text = read(reverse("proposals:public_detail", args=[again.number]))
    assert "待交办" not in text
    assert "已答复" in text
    row = Proposal.objects.with_progress().get(pk=again.pk)
    (line,) = rows(Filters(q=again.number), Clock.on(walk.REPLIED_ON))
    assert (line.step, line.outcome) == ("第 8 步 评价", "B")
    track = stops(row, walk.REPLIED_ON)
    assert [stop.state for stop in line.stops] == [stop.state for stop in track]
    assert tally(Filters(answer="on_time"), Clock.on(walk.REPLIED_ON)).total == 2


def test_the_list_of_a_volume_says_who_answered_the_merged_one(monkeypatch):
    _, again = merged()
    cases = bundles(of_session(again.session), make.actor(), walk.REPLIED_ON)
    monkeypatch.setattr(documents, "workbook", lambda name, head, rows: rows)
    first, second = documents.volume_sheet(cases)
    assert first[6:] == second[6:]


def test_lists_of_merged_ones_cost_the_same_at_one_row_and_at_three(django_assert_max_num_queries):
    _, again = merged()
    by = make.as_deputy(again.lead)
    with CaptureQueriesContext(connection) as one:
        mine(by, walk.REPLIED_ON)
    for _ in range(2):
        merged()
    assert len(mine(by, walk.REPLIED_ON)) == 1
    with as_owner():
        Proposal.objects.filter(merged_into__isnull=False).update(lead=again.lead)
    with django_assert_max_num_queries(len(one)):
        assert len(mine(by, walk.REPLIED_ON)) == 3


def test_what_is_withheld_from_the_public_is_not_shown_by_way_of_the_merged_one():
    into, again = merged(withheld="涉及个人隐私")
    with pytest.raises(Refused, match="并入的建议不公开"):
        publication.publish(again, by=make.actor(), today=walk.REPLIED_ON)
    assert into not in Proposal.objects.to_publish()
    text = read(reverse("proposals:public_detail", args=[again.number]))
    assert TEXT not in text
    assert "县交通运输局" not in text
    assert "和另一件建议并案办理" in text


@pytest.mark.parametrize(
    ("state", "step"), [(State.ASSIGNED, "第 3 步 交办"), (State.ANSWERED, "第 9 步 公开")]
)
def test_the_course_of_what_is_withheld_is_not_told_by_the_merged_one(state, step):
    _, again = merged(state, withheld="涉及个人隐私")
    with on(walk.REPLIED_ON):
        pages = [
            read(reverse("proposals:public_detail", args=[again.number])),
            read(f"{reverse('proposals:public_list')}?q={again.number}"),
            read(f"{reverse('proposals:public_export')}?q={again.number}"),
        ]
    days = [walk.ASSIGNED_ON, walk.DUE_ON, *walk.MET_ON.values(), walk.REPLIED_ON, walk.RATE_UNTIL]
    today = f"今天是 2026 年 {day(walk.REPLIED_ON)}"
    for each in pages:
        said = each.replace(today, "")
        assert not [on_day for on_day in days if day(on_day) in said or f"{on_day}" in said], said
    (line,) = rows(Filters(q=again.number), Clock.on(walk.REPLIED_ON))
    (shown,) = [
        page(found, walk.REPLIED_ON)
        for found in Proposal.objects.open_to_public().filter(pk=again.pk)
    ]
    assert line.step == step
    assert [stop.state for stop in line.stops] == [stop.state for stop in shown.stops]
    assert all(not stop.when for stop in shown.stops[2:])


@pytest.mark.parametrize("done_on", [walk.REPLIED_ON, walk.DUE_ON + timedelta(days=1)])
def test_whether_what_is_withheld_was_in_time_is_told_by_no_filter_and_no_number(done_on):
    _, again = merged(withheld="涉及个人隐私")
    Assignment.objects.update(done_on=done_on)
    clock = Clock.on(walk.REPLIED_ON)
    asked = {answer: rows(Filters(answer=answer), clock) for answer in ANSWERS}
    found = {answer: [each.number for each in lines] for answer, lines in asked.items()}
    own = [again.number]
    assert found == {key: own if key == "answered" else [] for key in ANSWERS}
    year = year_numbers(again.submitted_on.year, walk.REPLIED_ON)
    assert (year.raised, year.answered, year.on_time, year.due, year.rate) == (1, 1, 0, 0, "")


@pytest.mark.parametrize("state", [State.ACCEPTED, State.ASSIGNED, State.ANSWERED, State.PUBLISHED])
def test_the_office_reads_at_every_stage_what_is_merged_into_it(state):
    into, again = merged(state)
    assert f"并入本件的： {again.number}" in read(
        reverse("proposals:dossier", args=[into.pk]), make.actor()
    )


def test_the_units_read_what_is_merged_into_theirs_with_its_papers_and_others_do_not():
    kept = walk.attachment()
    again = walk.submitted(kept.draft.deputy, token=kept.draft.token, facts="桥墩也裂了两道。")
    kept.refresh_from_db()
    walk._take(again, State.ACCEPTED, make.unit(), (), "")
    into = walk.proposal(State.ACCEPTED)
    review.merge(Proposal.objects.get(pk=again.pk), into=into, by=make.actor())
    walk._take(into, State.ASSIGNED, make.unit(), (), "")
    case = reverse("proposals:case", args=[into.pk])
    paper = reverse("proposals:attachment", args=[kept.pk])
    text = read(case, walk.unit_clerk())
    again.refresh_from_db()
    for words in (again.number, again.lead.name, "桥墩也裂了两道。", "一并答复"):
        assert words in text
    own, other = walk.unit_clerk(), walk.unit_clerk(make.unit("县教育局"))
    assert status(paper, own) == 200
    assert [status(each, other) for each in (case, paper)] == [404, 404]
    review.unmerge(again, by=make.actor())
    assert "桥墩也裂了两道。" not in read(case, walk.unit_clerk())
    assert status(paper, own) == 404
