"""滚动办: what is open of a year goes on, once, and nothing else of it moves."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from proposals.actions import carrying, challenges, publication, review, submission
from proposals.follow_states import ChallengeState
from proposals.models import Assignment, CarriedProposal, CarryOver, Challenge, Foster, Proposal
from proposals.queries import carrying as queries
from proposals.queries.open_matters import open_of
from proposals.queries.visibility import readable
from proposals.rolling import CarryReason
from proposals.states import State
from tests import make
from tests.proposals import stages_of_following, verbs_rated, walk
from tests.proposals.verbs_rolling import TODAY, YEAR, carried, carries, left, solved
from tests.race import at_once
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db


def stood():
    """Everything of all proposals and parts that carrying over might move."""
    rows = Proposal.objects.order_by("pk").values_list("pk", "number", "state", "due_on", "lead")
    parts = Assignment.objects.order_by("pk").values_list("pk", "state", "due_on", "months")
    return list(rows), list(parts)


def test_carry_over_puts_what_is_open_on_record_and_moves_nothing():
    hand, planned = walk.proposal(State.ASSIGNED), walk.proposal(State.PUBLISHED)
    done, before = solved(), None
    before = stood()
    row = carries(hand, make.director())
    assert (row.from_year, row.to_year, row.term) == (YEAR, YEAR + 1, make.term())
    carried = dict(row.carried.values_list("proposal", "reason"))
    assert carried == {hand.pk: CarryReason.IN_HAND, planned.pk: CarryReason.PROMISED}
    assert done.pk not in carried
    assert stood() == before
    steps = AuditEvent.objects.filter(subject="proposals.CarriedProposal", now="carried")
    assert steps.count() == 2


def test_each_unit_and_each_lead_is_told_once_of_all_of_theirs():
    rows = [walk.proposal(State.ASSIGNED) for _ in range(2)]
    clerk = walk.unit_clerk()
    over = carries(rows[0], make.director())
    told = Notice.objects.filter(key__endswith=f":{over.pk}", key__startswith="proposal.carried")
    assert "有 2 件没有办完的结转到 2027 年" in told.get(person=clerk.user).text
    assert {each.lead.user_id for each in rows} <= set(told.values_list("person", flat=True))


def test_a_unit_is_told_of_as_many_by_role_as_the_list_behind_shows(client):
    hand, unit = walk.proposal(State.ASSIGNED), make.unit()
    helped = walk.proposal(State.ASSIGNED, unit=make.unit("县水利局"), assisting=[unit])
    tracked, done = walk.proposal(State.PUBLISHED), solved()
    clerk = walk.unit_clerk()
    carries(hand, make.director())
    said = Notice.objects.get(key__startswith="proposal.carried", person=clerk.user)
    assert "有 3 件没有办完的结转到 2027 年（主办 2 件、协办 1 件）" in said.text
    client.force_login(clerk.user)
    with on(TODAY):
        page = client.get(said.link).text
        assert "滚动办理 3 件（主办 2 件、协办 1 件）" in page
        assert "已经答复，接着跟踪的 1 件" in page
        assert all(each.number in page for each in (hand, helped, tracked))
        assert done.number not in page.split('id="rolling"')[1].split("</section>")[0]
        later = walk.proposal(State.ASSIGNED)
        carries(later, make.director())
    again = Notice.objects.filter(key__startswith="proposal.carried", person=clerk.user)
    text = again.exclude(pk=said.pk).get().text
    assert "又有 1 件" in text
    assert "连同先前结转的，滚动办理的一共 4 件" in text


def test_what_went_on_is_done_or_taken_back_or_revoked_and_each_is_said(client):
    first, gone, raised = walk.proposal(State.ASSIGNED), walk.proposal(State.ASSIGNED), solved()
    over = carries(first, make.director())
    CarriedProposal.objects.create(
        carry_over=over, proposal=raised, reason=CarryReason.CHALLENGED, carried_on=TODAY
    )
    with on(TODAY):
        by = make.as_deputy(gone.lead)
        submission.withdraw(gone, reason="已经装好。", by=by, today=TODAY)
    found = queries.year_of(first.session.term.assembly, YEAR, TODAY)
    assert (found.carried, found.after) == (1, queries.After(done=1, withdrawn=1, revoked=0))
    who, reply = make.actor().user, raised.reply
    said = {"confirmed_by": who, "confirmed_on": TODAY, "explain_by": TODAY, "words": "又坏了。"}
    said |= {"decided_by": who, "decided_on": TODAY, "ground": "alike"}
    Challenge.objects.create(reply=reply, proposal=first, state=ChallengeState.REVOKED, **said)
    found = queries.year_of(first.session.term.assembly, YEAR, TODAY)
    assert found.after == queries.After(done=0, withdrawn=1, revoked=1)
    with on(TODAY):
        client.force_login(make.director().user)
        page = client.get(reverse("proposals:carried_year"), {"year": YEAR}).text
    assert "结转以后代表撤回 1 件、撤销“已解决” 1 件" in page
    assert "主办、分办、会办的都在内" in page


def test_what_was_merged_is_revoked_with_what_answered_it():
    into, merged = (walk.proposal(State.ACCEPTED) for _ in range(2))
    review.merge(merged, into=into, by=make.actor())
    walk._take(into, State.ASSIGNED, make.unit(), (), "")
    over, part = carries(into, make.director()), Proposal.objects.get(pk=into.pk).lead_assignment
    walk.gated(part)
    reply = walk.answered(part, outcome="A")
    said = {"confirmed_by": make.actor().user, "confirmed_on": TODAY, "explain_by": TODAY}
    said |= {"decided_by": make.actor().user, "decided_on": TODAY, "ground": "alike"}
    later = walk.proposal(State.ASSIGNED)
    revoked = {"state": ChallengeState.REVOKED, "words": "又坏了。"}
    Challenge.objects.create(reply=reply, proposal=later, **revoked, **said)
    found = queries.year_of(over.assembly, YEAR, TODAY)
    assert found.after == queries.After(done=0, withdrawn=0, revoked=2)


def test_a_second_run_adds_only_what_has_become_open_since():
    first = walk.proposal(State.ASSIGNED)
    over = carries(first, make.director())
    with pytest.raises(Refused, match="1 件已经结转，没有新的"):
        carries(first, make.director())
    second = walk.proposal(State.ASSIGNED)
    assert carries(first, make.director()) == over
    assert set(over.carried.values_list("proposal", flat=True)) == {first.pk, second.pk}


@pytest.mark.django_db(transaction=True)
def test_four_at_once_carry_over_once():
    row, by = walk.proposal(State.ASSIGNED), make.director()
    assembly = row.session.term.assembly
    outcomes = at_once(4, carrying.carry_over, assembly, year=YEAR, by=by, today=TODAY)
    assert sorted(outcomes) == ["done", "refused", "refused", "refused"]
    assert (CarryOver.objects.count(), CarriedProposal.objects.count()) == (1, 1)


def test_a_year_is_carried_over_in_its_last_days_or_when_a_new_term_has_begun():
    row = walk.proposal(State.ASSIGNED)
    with pytest.raises(Refused, match="从 2026 年 11 月 30 日起可以结转"):
        carries(row, make.director(), today=date(2026, 11, 29))
    next_term(date(2026, 11, 2))
    assert carries(row, make.director(), today=date(2026, 11, 29)).term.number == 20


def next_term(begins):
    now = make.term()
    return type(now).objects.create(assembly=now.assembly, number=20, from_on=begins)


OPEN = {
    "ordered": (lambda: verbs_rated.ordered().assignment.proposal, CarryReason.REHANDLED),
    "promised": (lambda: walk.proposal(State.ANSWERED), CarryReason.PROMISED),
    "later": (lambda: stages_of_following.REPLIES["later"](), CarryReason.LATER),
    "merged": (lambda: walk.merged()[0], CarryReason.IN_HAND),
}


def test_a_clerk_names_fosters_at_once_too_where_nothing_new_is_to_be_carried(client):
    orphan = left()
    picked = queries.year_of(make.assembly(), YEAR, TODAY).fosters[0].choices[0].deputy
    sent = {"year": YEAR, f"foster_{orphan.pk}": picked.pk}
    page, act = reverse("proposals:carried_year"), reverse("proposals:carry_over")
    late = datetime(TODAY.year, TODAY.month, TODAY.day, 2, tzinfo=UTC)
    with clock.at(late):
        client.force_login(make.actor().user)
        assert "未办结的建议由代工委主任结转" in client.get(page, {"year": YEAR}).text
        assert client.post(act, sent).status_code == 409
        carries(orphan, make.director())
        shown = client.get(page, {"year": YEAR}).text
        assert ("确定接续代表" in shown, "由代工委主任结转" in shown) == (True, False)
        said = client.post(act, sent, follow=True).text
    assert "确定接续代表 1 位次，单位和代表都已收到通知" in said
    assert orphan.fosters.get().deputy == picked


@pytest.mark.parametrize("name", OPEN)
def test_why_it_is_open(name):
    make_row, reason = OPEN[name]
    row = make_row()
    row = row if isinstance(row, Proposal) else row.assignment.proposal
    found = {each.proposal.pk: each for each in open_of(make.assembly(), YEAR, TODAY)}
    assert found[row.pk].reason == reason


def test_who_needs_a_foster_is_offered_the_first_co_signer_who_still_sits_then_the_group():
    row = walk.submitted()
    gone, stays, neighbour = (make.deputy(name) for name in ("已离任", "还在任", "同组的"))
    walk.signed(row, gone)
    walk.signed(row, stays)
    make.leaves(gone, date(2026, 1, 7))
    row = take(row)
    make.leaves(row.lead, date(2026, 10, 9))
    (line,) = queries.year_of(make.assembly(), YEAR, TODAY).fosters
    assert line.choices[0].deputy == stays
    assert line.choices[1] == (neighbour, "同一个代表小组")
    carries(row, make.director(), fosters={row.pk: line.choices[0]})
    assert Foster.objects.standing().get(proposal=row).deputy == stays
    assert queries.year_of(make.assembly(), YEAR, TODAY).fosters == []


def take(row):
    for step in (State.ACCEPTED, State.ASSIGNED):
        walk._take(row, step, make.unit(), (), "")
    return Proposal.objects.get(pk=row.pk)


def test_the_office_sees_it_first_and_then_carries_it_over(client):
    row, orphan = walk.proposal(State.ASSIGNED), left()
    client.force_login(make.director().user)
    page = client.get(reverse("proposals:carried_year"), {"year": YEAR}).content.decode()
    assert "等着结转的 2 件" in page
    assert "要定接续代表的 1 件" in page
    foster = queries.year_of(make.assembly(), YEAR, TODAY).fosters[0].choices[0].deputy
    sent = {"year": YEAR, f"foster_{orphan.pk}": foster.pk}
    # the suite's own day stands two days before the year may be carried over
    answer = client.post(reverse("proposals:carry_over"), sent)
    assert answer.status_code == 409
    assert "起可以结转" in answer.content.decode()
    assert row.carried.count() == 0
    with clock.at(datetime(TODAY.year, TODAY.month, TODAY.day, 2, tzinfo=UTC)):
        client.force_login(make.director().user)
        said = client.post(reverse("proposals:carry_over"), sent, follow=True).content.decode()
        assert f"{YEAR} 年结转 2 件，确定接续代表 1 位次，单位和代表都已收到通知。" in said
        again = client.post(reverse("proposals:carry_over"), {"year": YEAR})
    assert again.status_code == 409
    assert "已经结转，没有新的要结转" in again.content.decode()
    assert (row.carried.count(), orphan.fosters.get().deputy) == (1, foster)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_year_takes_so_many_statements(rows, client, django_assert_max_num_queries):
    for _ in range(rows):
        left()
    client.force_login(make.director().user)
    with django_assert_max_num_queries(52):
        client.get(reverse("proposals:carried_year"), {"year": YEAR})


def test_a_year_that_is_none_of_ours_is_neither_shown_nor_carried_over(client):
    row = walk.proposal(State.ASSIGNED)
    with clock.at(datetime(TODAY.year, TODAY.month, TODAY.day, 2, tzinfo=UTC)):
        client.force_login(make.director().user)
        for year in ("abc", "20266", "99999", "0", ""):
            answer = client.post(reverse("proposals:carry_over"), {"year": year})
            assert answer.status_code == 409
            assert "没有选年份，或者年份不对" in answer.content.decode()
            for page in ("carried_year", "hand_over_pdf", "hand_over_sheet"):
                assert client.get(reverse(f"proposals:{page}"), {"year": year}).status_code == 404
        assert client.post(reverse("proposals:carry_over")).status_code == 409
        shown = client.get(reverse("proposals:carried_year"))
        assert shown.context["found"].year == YEAR
        ahead = client.get(reverse("proposals:carried_year"), {"year": TODAY.year + 1})
        assert ahead.status_code == 404
    assert row.carried.count() == 0


def test_a_townships_office_finds_its_own_year(client):
    row, county = walk.of_township(State.ASSIGNED), walk.proposal(State.ASSIGNED)
    by = walk.office_of(row)
    client.force_login(by.user)
    address = reverse("proposals:carried_year")
    assert address in client.get(reverse("proposals:review")).content.decode()
    page = client.get(address, {"year": YEAR}).content.decode()
    assert row.title in page
    assert reverse("proposals:dossier", args=[county.pk]) not in page


def test_that_a_later_one_is_alike_keeps_nothing_open_until_people_have_confirmed_it():
    found = stages_of_following.challenge()
    earlier = found.reply.assignment.proposal_id

    def reasons():
        rows = open_of(make.assembly(), YEAR, TODAY)
        return {each.proposal.pk: each.reasons for each in rows}.get(earlier, ())

    assert CarryReason.CHALLENGED not in reasons()
    challenges.confirm_challenge(found, by=make.actor(), today=stages_of_following.AGAIN_ON)
    assert CarryReason.CHALLENGED in reasons()


@pytest.mark.parametrize("kept", ["not published", "kept back", "published"])
def test_that_an_answered_one_is_handed_on_is_told_to_all_when_its_answer_is(client, kept):
    """What is answered and solved is not handed on: the mark tells what the answer says."""
    row, hand = walk.proposal(State.ANSWERED), walk.proposal(State.ASSIGNED)
    if kept == "published":
        publication.publish(row, by=make.actor(), today=walk.REPLIED_ON)
    if kept == "kept back":
        publication.withhold(row, reason="涉及隐私。", whole=False, by=make.actor())
    carries(hand, make.director())
    told, mark = kept == "published", "滚动办理 · 2026 年结转"
    with on(TODAY):
        page = client.get(reverse("proposals:public_detail", args=[row.number])).text
        listed = client.get(reverse("proposals:public_list"), {"carried": "1"}).text
        shapes = client.get(reverse("proposals:public_json")).json()["items"]
        assert mark in client.get(reverse("proposals:public_detail", args=[hand.number])).text
    assert (mark in page, "结转到 2027 年" in page, row.number in listed) == (told, told, told)
    assert hand.number in listed
    years = {each["number"]: each["carried"] for each in shapes}
    assert years == {row.number: 2026 if told else None, hand.number: 2026}
    steps = readable(None, [row.pk]).filter(subject="proposals.CarriedProposal")
    assert steps.exists() is told


def test_a_unit_is_told_of_what_another_congress_has_handed_on_as_its_list_shows(client):
    of_township, hand = walk.of_township(State.ASSIGNED), walk.proposal(State.ASSIGNED)
    assert of_township.lead_assignment.unit == hand.lead_assignment.unit
    clerk = walk.unit_clerk()
    carries(of_township, walk.office_of(of_township))
    over = carries(hand, make.director())
    said = Notice.objects.get(key__endswith=f":{over.pk}", person=clerk.user)
    assert "连同先前结转的，滚动办理的一共 2 件" in said.text
    client.force_login(clerk.user)
    with on(TODAY):
        assert "滚动办理 2 件（主办 2 件）" in client.get(said.link).text


def test_a_proposals_page_takes_so_many_statements_however_often_it_was_handed_on():
    row, director = carried(), make.director()
    with CaptureQueriesContext(connection) as once:
        queries.about(Proposal.objects.get(pk=row.pk), director, TODAY)
    for year in (YEAR + 1, YEAR + 2):
        carries(row, director, year=year, today=TODAY.replace(year=year + 1))
    with CaptureQueriesContext(connection) as thrice:
        found = queries.about(
            Proposal.objects.get(pk=row.pk), director, TODAY.replace(year=YEAR + 3)
        )
    assert len(thrice) <= len(once)
    assert [each.no_back for each in found["carried"]] == [
        None,
        *(f"这件建议又已结转到 {YEAR + 3} 年，不能撤回结转。" for _ in range(2)),
    ]


def test_a_unit_with_nothing_of_it_in_hand_reads_where_the_rest_stands(client):
    row, clerk = walk.proposal(State.PUBLISHED), walk.unit_clerk()
    walk.proposal(State.ASSIGNED)
    carries(row, make.director())
    CarriedProposal.objects.standing().exclude(proposal=row).update(
        taken_back_on=TODAY, taken_back_by=clerk.user, taken_back_why="误列入"
    )
    client.force_login(clerk.user)
    with on(TODAY):
        page = client.get(reverse("proposals:unit_desk"), {"carried": "1"}).text
    assert "已经答复，接着跟踪的 1 件" in page
    assert ("在下面的表里" in page, "这一类是 0 件" in page) == (False, False)
    assert "滚动办理的都已经答复，接着跟踪的列在上面" in page


def test_a_year_of_which_nothing_is_open_has_nothing_to_choose_from(client):
    make.assembly()
    client.force_login(make.director().user)
    page = client.get(reverse("proposals:carried_year"), {"year": YEAR}).text
    assert ('name="unit"' in page, "受理以后没有答复的" in page) == (False, True)
