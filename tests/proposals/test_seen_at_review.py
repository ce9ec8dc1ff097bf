"""What an office is shown before it decides: since when, whose wish, and what looks alike."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from congress.home.queries.office_queues import queues
from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import Workday
from congress.shared.roles import Role
from proposals.actions import review, submission
from proposals.models import Proposal
from proposals.permissions.assignment import asks_seen
from proposals.queries import office as desk
from proposals.states import State
from tests import make
from tests.proposals import sheets, walk
from tests.proposals.pages import url

pytestmark = pytest.mark.django_db


def at(day):
    return clock.at(datetime(2026, 11, day, 2, tzinfo=UTC))


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def office(client):
    client.force_login(make.actor(Role.STAFF_CLERK).user)
    return client


def test_the_clock_of_the_review_begins_anew_when_the_deputy_hands_in_again(office):
    with at(2):
        row = walk.submitted(today=clock.today(), kind="intersession")
    with at(4):
        review.send_back(row, reason="请写清是哪一座桥。", by=make.actor())
    with at(27):
        words = walk.words("关于修复桃园村 3 组过水桥的建议")
        lead = make.as_deputy(row.lead)
        submission.resubmit(row, **words, by=lead, today=clock.today())
        other = walk.submitted(today=clock.today(), kind="intersession", title="关于路灯的建议")
    with at(30):
        waits = {
            each.proposal: each.waited for each in desk.queues(make.actor(), clock.today())[0].rows
        }
        assert waits == {row: "等了 1 个工作日", other: "等了 1 个工作日"}
        assert "建议待审查" in text(office.get(reverse("admin:index")))
        found = queues(make.actor(), clock.today(), Workday.objects.works())
        (line,) = [each for each in found if each.title == "建议待审查"]
        assert line.words.startswith("最久 1 个工作日")


def test_an_unchanged_text_is_not_handed_in_again_and_the_reason_stays_in_the_timeline(client):
    row = walk.proposal(State.RETURNED)
    lead = make.as_deputy(row.lead)
    with pytest.raises(Refused, match="正文和附件都还没有改。请您改的是：请写清是哪一座桥。"):
        submission.resubmit(row, **walk.words(), by=lead, today=walk.ACCEPTED_ON)
    client.force_login(lead.user)
    answer = client.post(url("resubmit", row.pk), walk.words())
    assert answer.status_code == 409
    assert "正文和附件都还没有改" in answer.content.decode()
    client.post(url("resubmit", row.pk), walk.words("关于修复桃园村 3 组过水桥的建议"))
    assert Proposal.objects.get().state == State.SUBMITTED
    assert "修改后再提：请写清是哪一座桥。" in text(client.get(url("detail", row.pk)))


def test_two_that_look_alike_are_not_taken_in_bulk(office):
    rows = [walk.submitted(), walk.submitted(title="关于修复桃园村过水桥的建议")]
    apart = walk.submitted(title="关于城区公交线路的建议", request="增加班次。")
    sent = {"chosen": [row.pk for row in [*rows, apart]]}
    page = text(office.get(url("accept_chosen"), sent))
    assert page.count("有相近的，请打开来对照，看要不要并案。") == 2
    sent |= {f"digest_{row.pk}": row.digest for row in [*rows, apart]}
    office.post(url("accept_chosen"), sent)
    taken = Proposal.objects.filter(state=State.ACCEPTED)
    assert list(taken) == [apart]


def test_whom_the_deputy_suggests_is_shown_at_review_when_assigning_and_on_the_sheet(office):
    row = walk.submitted(suggested_unit=make.unit())
    said = f"代表建议由 <b>{make.unit().name}</b> 办"
    for page in (url("to_review"), url("accept", row.pk)):
        assert said in text(office.get(page))
    review.accept(row, by=make.actor(), today=walk.ACCEPTED_ON)
    assert said in text(office.get(url("assign", row.pk)))
    assert f"代表建议：{make.unit().name}" in text(office.get(url("draw_up_sheet")))
    sheet = sheets.sheet(count=1)
    Proposal.objects.filter(assignments__sheet=sheet).update(suggested_unit=make.unit())
    assert f"代表建议：{make.unit().short_name}" in text(office.get(url("sheet", sheet.pk)))


def test_beside_a_lead_a_separate_unit_is_given_its_own_asks(office):
    row = walk.proposal(State.ACCEPTED, request="一、装护栏。\n二、修引道。")
    roads, waters = make.unit(), make.unit("县水利和湖泊局")
    said = {"unit": roads.pk, "separate": [waters.pk], "seen": asks_seen(row)}
    answer = office.post(url("assign", row.pk), said)
    assert answer.status_code == 422
    assert "给县水利和湖泊局选好，或者改选会办、协办" in answer.content.decode()
    assert not row.assignments.exists()
    second = row.asks.last()
    assert (
        office.post(url("assign", row.pk), said | {f"ask_{second.pk}": waters.pk}).status_code
        == 302
    )
    assert [list(each.asks.all()) for each in row.assignments.order_by("position")] == [
        [row.asks.first()],
        [second],
    ]
