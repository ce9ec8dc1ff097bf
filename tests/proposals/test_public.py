import re
from datetime import date

import pytest
from django.urls import reverse

from congress.shared.models import AuditEvent
from proposals.actions import meetings, publication, review
from proposals.models import Proposal
from proposals.queries import public, public_page, public_tally
from proposals.queries.clocks import Clock
from proposals.queries.progress import situation, stops
from proposals.queries.public_stage import STOPS
from proposals.rating_states import Satisfaction
from proposals.states import NUMBERED, Stage, State
from tests import make
from tests.proposals import sheets, walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
LIST = reverse("proposals:public_list")


@pytest.fixture(autouse=True)
def _today():
    with on(make.TODAY):
        yield


def page_of(proposal):
    return reverse("proposals:public_detail", args=[proposal.number])


def seen(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def without_tokens(text):
    """The page without the token that is new on every request."""
    return re.sub(r'(X-CSRFToken": "|csrfmiddlewaretoken" value=")\w+', "", text)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RETURNED])
def test_a_proposal_without_a_number_is_on_no_page(client, state):
    proposal = walk.proposal(state)
    assert proposal.title not in seen(client, LIST)
    assert client.get(reverse("proposals:public_detail", args=["0"])).status_code == 404


def test_what_is_not_handed_over_says_whose_turn_it_is(client):
    proposal = walk.proposal(State.ACCEPTED)
    assert "代工委已受理，还没有交给单位。" in seen(client, page_of(proposal))


def test_a_withheld_proposal_is_on_no_page(client):
    proposal = walk.proposal(State.ANSWERED, withheld="涉及个人隐私")
    assert proposal.title not in seen(client, LIST)
    assert proposal.number not in seen(client, reverse("proposals:public_export"))
    assert client.get(page_of(proposal)).status_code == 404


def test_the_reply_and_its_class_show_only_once_published(client):
    proposal = walk.proposal(State.ANSWERED)
    text = proposal.reply.text
    before = seen(client, page_of(proposal)) + seen(client, LIST)
    assert text not in before
    assert "已列计划" not in before
    assert "竹交函" not in before
    publication.publish(proposal, by=make.actor(), today=make.TODAY)
    after = seen(client, page_of(proposal))
    assert text in after
    assert "已列计划" in after


def test_no_name_of_a_clerk_no_rating_and_no_telephone_shows(client):
    clerk = walk.unit_clerk()
    proposal = walk.proposal(State.ANSWERED)
    walk.rate(
        proposal.reply,
        process=Satisfaction.UNSATISFIED,
        result=Satisfaction.UNSATISFIED,
        words="不肯见面",
        by=make.as_deputy(proposal.lead),
        today=make.TODAY,
    )
    publication.publish(proposal, by=make.actor(), today=make.TODAY)
    shown = seen(client, page_of(proposal)) + seen(client, LIST)
    names = set(AuditEvent.objects.values_list("by_name", flat=True)) - {proposal.lead.name}
    secrets = [*names, clerk.user.name, proposal.lead.user.username, "陈建国"]
    secrets += ["不满意", "不肯见面", proposal.lead.phone, "1970"]
    assert not [word for word in secrets if word in shown]


def test_a_rating_changes_no_byte_of_the_public_pages(client):
    proposal = walk.proposal(State.ANSWERED)
    before = seen(client, page_of(proposal))
    walk.rate(
        proposal.reply,
        process=Satisfaction.SATISFIED,
        result=Satisfaction.SATISFIED,
        by=make.as_deputy(proposal.lead),
        today=make.TODAY,
    )
    assert without_tokens(seen(client, page_of(proposal))) == without_tokens(before)


def test_the_timeline_is_drawn_from_the_trail_newest_first():
    proposal = walk.proposal(State.PUBLISHED)
    page = public_page.page(public_page.find(proposal.number), make.TODAY)
    told = ["公开", "答复", "办后见面", "办中见面", "办前见面", "交办", "审查", "提出"]
    assert [event.title for event in page.events] == told
    assert page.events[1].words == "县交通运输局答复，B 类（已列计划）"
    assert page.events[-1].words.endswith("代表领衔")
    AuditEvent.objects.create(
        subject="proposals.Proposal", subject_id=proposal.pk, now="whispered", by_name="某人"
    )
    again = public_page.page(public_page.find(proposal.number), make.TODAY)
    assert again.events == page.events


MADE = {
    **{state: lambda state=state: walk.proposal(state) for state in walk.ORDER[1:]},
    State.REHEARSED: lambda: sheets.planned().proposal,
    State.MERGED: lambda: walk.merged()[0],
}


@pytest.mark.parametrize("state", sorted(NUMBERED))
def test_the_list_and_the_page_agree_on_the_stop(state):
    proposal = MADE[state]()
    assert proposal.state == state
    agree(proposal)


def agree(proposal, today=make.TODAY):
    """One stop in the list, in the tally, on the page; the export is made of the list's rows."""
    now = Clock.on(today)
    (row,) = (each for each in public.rows(public.Filters(), now) if each.number == proposal.number)
    track = stops(Proposal.objects.with_progress().get(pk=proposal.pk), today)
    assert [stop.label for stop in track] == list(STOPS)
    assert [stop.state for stop in row.stops] == [stop.state for stop in track]
    at = next((n for n, stop in enumerate(track, 1) if stop.state == "now"), len(track))
    assert row.number in {each.number for each in public.rows(public.Filters(stage=at), now)}
    return row


@pytest.mark.parametrize("state", [State.ACCEPTED, State.ASSIGNED, State.ANSWERED])
def test_a_merged_one_stands_where_the_one_stands_with_which_it_is_handled(state):
    merged, into = walk.merged()
    for step in walk.ORDER[2 : walk.ORDER.index(state) + 1]:
        walk._take(into, step, make.unit(), (), "")
    first, second = agree(into), agree(merged)
    assert first.step == second.step
    assert second.unit == f"与 {into.number} 并案办理"
    words = {State.ANSWERED: "已答复"}.get(state, "并案办理")
    assert second.light.words == words


def test_neither_rehearsed_nor_merged_is_called_answered():
    for state, words in ((State.REHEARSED, "等交办"), (State.MERGED, "并案办理")):
        row = agree(MADE[state]())
        assert (row.step, row.light.words) == ("第 3 步 交办", words)
    assert public_tally.tally(public.Filters(), Clock.on(make.TODAY)).done == 0


@pytest.mark.parametrize("waived", [[], *([each] for each in Stage), list(Stage)[:2], list(Stage)])
@pytest.mark.parametrize("held", [0, 1, 2, 3])
@pytest.mark.parametrize("borne_out", [True, False])
def test_the_list_and_the_page_agree_between_the_meetings(held, waived, borne_out):
    proposal = walk.proposal(State.ASSIGNED)
    part, lead = proposal.lead_assignment, make.as_deputy(proposal.lead)
    for stage in waived:
        meetings.waive_meeting(
            part, stage=stage, reason="电话里说清楚了。", by=lead, today=walk.REPLIED_ON
        )
    stages = [stage for stage in Stage if stage not in waived][:held]
    if stages:
        walk.met(part, *stages)
    if borne_out:
        walk.borne_out(part)
    row = public.rows(public.Filters(), Clock.on(make.TODAY))[0]
    track = stops(Proposal.objects.with_progress().get(pk=proposal.pk), make.TODAY)
    assert [stop.state for stop in row.stops] == [stop.state for stop in track]
    shown = public_page.page(public_page.find(proposal.number), make.TODAY)
    assert row.step == shown.step.replace("步，", "步 ")
    if held + len(waived) >= len(Stage) and (borne_out or not stages):
        assert row.step == "第 7 步 答复"


def test_a_waived_meeting_is_called_so_on_the_way_and_none_is_said_to_be_held():
    part = walk.proposal(State.ASSIGNED).lead_assignment
    lead = make.as_deputy(part.proposal.lead)
    walk.met(part, Stage.BEFORE)
    walk.borne_out(part)
    for stage in (Stage.DURING, Stage.AFTER):
        meetings.waive_meeting(
            part, stage=stage, reason="电话里说清楚了。", by=lead, today=walk.REPLIED_ON
        )
    row = public.rows(public.Filters(), Clock.on(make.TODAY))[0]
    assert row.last == "3 月 20 日办前见面"
    found = Proposal.objects.with_progress().get()
    assert [each.when for each in stops(found, make.TODAY)][3:6] == ["3 月 20 日", "免去", "免去"]
    assert situation(found) == "三次见面都已登记或者免去，等县交通运输局答复。"
    shown = public_page.page(public_page.find(found.number), make.TODAY)
    assert shown.now.startswith("县交通运输局和代表该见的面都已见过，")


def test_a_meeting_that_one_side_alone_claims_is_nowhere_told_as_held(client):
    part = walk.proposal(State.ASSIGNED).lead_assignment
    walk.met(part, Stage.BEFORE)
    walk.borne_out(part)
    walk.met(Proposal.objects.get().lead_assignment, Stage.DURING, Stage.AFTER)
    found = Proposal.objects.with_progress().get()
    row = agree(found)
    assert (row.step, row.last) == ("第 5 步 办中见面", "3 月 20 日办前见面")
    track = stops(found, make.TODAY)
    assert [each.when for each in track][3:6] == ["3 月 20 日", "等确认", "等确认"]
    unsure = "代表还没有确认办中见面、办后见面"
    assert situation(found) == f"{unsure}，接着等县交通运输局答复。"
    shown = public_page.page(public_page.find(found.number), make.TODAY)
    assert shown.now.startswith(f"县交通运输局正在办理，{unsure}，")
    assert [each.title for each in shown.future] == ["评价", "答复"]
    assert "三次" not in seen(client, page_of(found))


def test_a_denied_meeting_is_not_what_happened_last():
    part = walk.proposal(State.ASSIGNED).lead_assignment
    walk.met(part, Stage.BEFORE)
    meetings.deny_meeting(
        part.meetings.get(),
        words="那天没有见面。",
        by=make.as_deputy(part.proposal.lead),
        today=walk.REPLIED_ON,
    )
    assert public.rows(public.Filters(), Clock.on(make.TODAY))[0].last.endswith("交办")


@pytest.mark.parametrize(
    "today",
    [date(2026, 5, 21), date(2026, 5, 22), date(2026, 5, 25), date(2026, 6, 5), walk.DUE_ON],
)
def test_the_database_and_the_page_see_the_same_light(today):
    walk.proposal(State.ASSIGNED)
    now = Clock.on(today)
    kind = now.light(walk.DUE_ON).kind
    assert public.matching(public.Filters(), now).get().lamp == kind
    assert getattr(public_tally.tally(public.Filters(), now), kind) == 1
    assert public_tally.tally(public.Filters(light=kind), now).total == 1


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_a_title_that_a_spreadsheet_would_compute_is_exported_as_text(client, sign):
    row = walk.submitted(title=f"{sign}1+1 的建议")
    review.accept(row, by=make.actor(), today=walk.ACCEPTED_ON)
    page = client.get(reverse("proposals:public_export")).content.decode()
    assert f",'{sign}1+1 的建议," in page
