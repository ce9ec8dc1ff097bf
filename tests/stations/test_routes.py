"""五条途径: each ends with the deputy and the voter told; what is late says so once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.home import proposing
from congress.shared.calendar import add_working_days
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Workday
from congress.shared.roles import Role
from proposals.actions import drafting, submission
from proposals.actions.drafting import Typed
from proposals.models import Draft, Source
from proposals.states import Kind, State
from stations import tasks
from stations.actions import councils, issue_notices, issues, visits
from stations.models import Consent, Council, Issue, Outcome, Route, Told, Visit
from stations.states import IssueState, MatterState
from tests import make
from tests.deputies import voters
from tests.proposals import walk as proposal_walk
from tests.race import at_once
from tests.scoring.year import as_, text
from tests.stations.visit_walk import TODAY, desk, heard, routed, settled, taken, talked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
SOLVED = {"outcome": Outcome.SOLVED, "result": "换了三盏灯。"}
ANSWER = {"outcome": Outcome.EXPLAINED, "answer": "已经当面说明。"}
DAYS = {Route.COMMUNITY: 10, Route.TOWNSHIP: 15, Route.COUNTY: 30, Route.HIGHER: 60}


def trail(row):
    rows = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk).order_by("pk")
    return [each.now for each in rows]


def url(name, *args):
    return reverse(f"stations:{name}", args=args)


def told(issue, by, how=Told.CALL, words=""):
    return issues.tell_voter(issue, how=how, words=words, told_on=TODAY, by=by, today=TODAY)


def test_route_issue_tells_who_answers_for_it_and_gives_the_days_of_the_route():
    found = desk()
    for route, days in DAYS.items():
        issue = routed(found, route)
        due = add_working_days(TODAY, days, Workday.objects.works())
        assert (issue.state, issue.route, issue.due_on) == ("open", route, due)
        who = {Route.COMMUNITY: found.keeper, Route.TOWNSHIP: found.clerk}.get(route, found.office)
        assert Notice.objects.filter(person=who.user, key=f"stations.issue:{issue.pk}:{route}")


def test_hand_on_goes_another_way_with_its_reason_and_new_days():
    found = desk()
    issue = routed(found)
    how = {"route": Route.TOWNSHIP, "handler": "供电所", "reason": "不归村里管"}
    issue = issues.hand_on(issue, **how, by=found.keeper, today=TODAY)
    assert (issue.route, issue.handler, trail(issue)[-1]) == ("township", "供电所", "rerouted")
    assert not Notice.objects.filter(person=found.keeper.user, read_at=None).exists()
    assert Notice.objects.filter(person=found.clerk.user, read_at=None).exists()
    with pytest.raises(Refused, match="和现在的去向一样"):
        issues.hand_on(issue, **how, by=found.clerk, today=TODAY)


def test_wrong_roles_are_refused():
    found = desk()
    received, away, over = taken(found).issue, routed(found, Route.COUNTY), settled(found)
    on = {"route": Route.TOWNSHIP, "by": found.keeper, "today": TODAY}
    for by in (make.actor(Role.KEEPER), make.actor(Role.LEADER), make.actor(Role.DEPUTY)):
        how = {**on, "by": by}
        for act in (
            lambda how=how: issues.answer_on_the_spot(
                received, **ANSWER, by=how["by"], today=TODAY
            ),
            lambda how=how: issues.route_issue(received, **how),
            lambda how=how: issues.hand_on(away, reason="不归", **how),
            lambda how=how: issues.settle_issue(away, **SOLVED, by=how["by"], today=TODAY),
            lambda how=how: told(over, how["by"]),
        ):
            with pytest.raises(Refused, match=r"请由|由代工委"):
                act()
    for by, route in ((found.keeper, Route.TOWNSHIP), (found.clerk, Route.HIGHER)):
        with pytest.raises(Refused, match="办结"):
            issues.settle_issue(routed(found, route), **SOLVED, by=by, today=TODAY)


def test_wrong_states_are_refused():
    found = desk()
    received, on_its_way, over = taken(found).issue, routed(found), settled(found)
    on = {"route": Route.TOWNSHIP, "by": found.office, "today": TODAY}
    for act in (
        lambda: issues.answer_on_the_spot(on_its_way, **ANSWER, by=found.office, today=TODAY),
        lambda: issues.route_issue(on_its_way, **on),
        lambda: issues.route_issue(received, **{**on, "route": Route.SPOT}),
        lambda: issues.hand_on(received, reason="不归", **on),
        lambda: issues.settle_issue(received, **SOLVED, by=found.office, today=TODAY),
        lambda: issues.settle_issue(over, **SOLVED, by=found.office, today=TODAY),
        lambda: told(on_its_way, found.keeper),
        lambda: told(over, found.keeper, Told.NOT_WANTED),
        lambda: told(over, found.keeper, Told.NOT_REACHED),
        lambda: told(over, found.keeper, Told.RECEIPT),
        lambda: told(told(over, found.keeper), found.keeper),
    ):
        with pytest.raises(Refused):
            act()


def test_tell_voter_of_one_who_asked_not_to_be_told():
    found = desk()
    issue = settled(found, consent=Consent.NO)
    with pytest.raises(Refused, match="本人不用告知"):
        told(issue, found.deputy)
    assert told(issue, found.deputy, Told.NOT_WANTED).state == IssueState.TOLD
    other, early = settled(found), {"how": Told.CALL, "told_on": TODAY - timedelta(days=1)}
    with pytest.raises(Refused, match="不能早于办结"):
        issues.tell_voter(other, **early, by=found.deputy, today=TODAY)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_refused_and_a_sheet_is_taken_down_once():
    found, token, one = desk(), uuid4(), ["done", "refused"]
    on, over = {"by": found.office, "today": TODAY}, settled(found)
    known = at_once(2, issues.tell_voter, over, how=Told.CALL, told_on=TODAY, **on)
    how = {"heard": heard(found), "token": token, **on}
    assert at_once(2, visits.take_down_visit, found.place, **how) == ["done", "done"]
    first = Visit.objects.get(token=token).issue
    new = {"heard": heard(found, people=2), **on}
    assert at_once(2, visits.correct_visit, first.visit, **new) == ["done", "done"]
    assert at_once(2, visits.reveal_visitor, first.visit, by=found.keeper) == ["done", "done"]
    gone = at_once(2, visits.withdraw_visit, taken(found), reason="重复", by=found.keeper)
    spot = at_once(2, issues.answer_on_the_spot, taken(found).issue, **ANSWER, **on)
    ways = at_once(2, issues.route_issue, first, route=Route.COMMUNITY, **on)
    other = {"route": Route.TOWNSHIP, "reason": "不归村里", **on}
    away = at_once(2, issues.hand_on, first, **other)
    ended = at_once(2, issues.settle_issue, first, **SOLVED, **on)
    message = voters.sent(found.deputies[0])
    up = {"station": found.place, "title": "灯", "by": found.deputy, "today": TODAY}
    raised = at_once(2, issues.raise_issue, message, **up)
    assert known == gone == spot == ways == away == ended == raised == one
    how = {"talked": talked(found), "by": found.keeper, "today": TODAY}
    noted = at_once(2, councils.note_council, found.place, **how)
    row = Council.objects.get()
    how = {"to": MatterState.DONE, "result": "装了", "ended_on": TODAY, **on}
    done = at_once(2, councils.end_matter, row.matters.first(), **how)
    how = {"talked": talked(found, topic="修路"), "by": found.keeper, "today": TODAY}
    other = councils.note_council(found.place, **how)
    back = at_once(2, councils.withdraw_council, other, reason="写错了", by=found.keeper)
    last = councils.note_council(found.place, **{**how, "talked": talked(found, topic="修桥")})
    right = {"talked": talked(found, topic="修桥", people=9), "by": found.keeper, "today": TODAY}
    mended = at_once(2, councils.correct_council, last, **right)
    assert noted == done == back == mended == one


def test_what_is_due_soon_and_late_is_told_once_each():
    found = desk()
    waits, away = taken(found).issue, routed(found, Route.TOWNSHIP)
    over = settled(found)
    assert tasks.remind_issues() == 0
    assert issue_notices.remind(waits.due_on - timedelta(days=1)) == 1
    late = TODAY + timedelta(days=30)
    for _ in range(2):
        assert issue_notices.remind(late) == 3
    marks = Notice.objects.filter(key__contains=":late:", person=found.deputy.user)
    assert sorted(marks.values_list("key", flat=True)) == sorted(
        f"stations.issue:{each.pk}:late:{each.state}:{each.due_on}" for each in (waits, over)
    )
    of_clerk = Notice.objects.filter(key__contains=f":{away.pk}:late", person=found.clerk.user)
    assert of_clerk.count() == 1
    assert "已经超期" in marks.first().text


def test_the_list_is_filtered_and_its_sheet_names_nobody_who_came(client):
    found = desk()
    waits, away = taken(found).issue, routed(found, Route.COUNTY)
    Issue.objects.filter(pk=away.pk).update(due_on=TODAY - timedelta(days=3), title="水管漏水")
    told(settled(found), found.keeper)
    for by, seen in ((found.keeper, True), (found.clerk, True), (found.office, True)):
        as_(client, by)
        shown = text(client.get(url("issues")))
        assert ("1 件超期" in shown, "罗桂芳" in shown) == (seen, False)
        for query, expected in (("light=late", {away}), ("state=received", {waits})):
            page = client.get(f"{url('issues')}?{query}").context["page"]
            assert set(page) == expected
    assert client.get(f"{url('issues')}?light=blue").status_code == 400
    sheet = client.get(f"{url('issues_sheet')}?route=county")
    assert sheet["Content-Type"].startswith("application/vnd")
    assert len(list(client.get(f"{url('issues')}?q=漏水").context["page"])) == 1


def test_what_is_to_do_stands_on_the_first_screen_of_whoever_does_it(client):
    found = desk()
    taken(found)
    routed(found, Route.COUNTY)
    for by, words in (
        (found.deputy, "接待的民情待分流"),
        (found.keeper, "民情待分流"),
        (found.office, "民情待代工委办结"),
    ):
        as_(client, by)
        page = "/admin/" if by is found.office else "/"
        assert words in text(client.get(page))
    as_(client, found.clerk)
    assert "桃园村四组路灯不亮" not in text(client.get("/"))


def ends_with_its_proposal(client, found, issue, raised):
    """已提出代表建议: only by a real one, named to deputy and voter; the button gives way."""
    page, ends = (
        reverse(name, args=[issue.pk]) for name in ("stations:issue", "home:settle_proposed")
    )
    shown = text(client.get(page))
    begin = reverse("home:propose_issue", args=[issue.pk])
    assert (raised.title in shown, begin in shown) == (True, False)
    issues.route_issue(issue, route=Route.COUNTY, by=found.office, today=TODAY)
    said = {"outcome": Outcome.PROPOSED, "result": "已写成建议。", "by": found.office}
    for wrong in ({}, {"taken_up": "有一件"}, {"outcome": Outcome.PASSED_ON}):
        with pytest.raises(Refused, match=r"哪一件|哪位"):
            issues.settle_issue(issue, **{**said, **wrong}, today=TODAY)
    far = make.deputy(of=make.group("青山乡第一代表小组", make.township("青山乡")))
    other = proposal_walk.proposal(State.ACCEPTED, lead=far, title="关于青山乡晒谷场的建议")
    given = {"result": "已写成建议。", "by": found.office, "today": TODAY}
    with pytest.raises(Refused, match="不是本乡镇"):
        proposing.settle_proposed(issue, proposal=other, **given)
    as_(client, found.keeper)
    assert client.get(ends).status_code == 200
    assert client.post(ends, {"proposal": raised.pk, "result": "好"}).status_code == 409
    as_(client, found.office)
    assert "不在名单" in text(client.post(ends, {"proposal": other.pk, "result": "好"}))
    client.post(ends, {"proposal": raised.pk, "result": "已写成建议。"})
    issue.refresh_from_db()
    assert (issue.proposal, raised.title in issue.taken_up) == (raised.pk, False), "not public yet"
    assert issue.taken_up == f"{raised.lead.name}代表提出的建议（还没有公开）"
    assert f"《{other.title}》（{other.number}）" == proposing.named(other)
    assert raised.title in text(client.get(page))
    as_(client, found.keeper)
    assert issue.taken_up in text(client.get(page))
    as_(client, found.deputy)
    with pytest.raises(IntegrityError, match="issue_taken_up"), transaction.atomic():
        Issue.objects.filter(pk=issue.pk).update(taken_up="")


def test_what_a_deputy_heard_becomes_one_draft_and_a_proposal_that_keep_its_source(client):
    found = desk()
    visit = taken(found)
    page = reverse("home:propose_issue", args=[visit.issue.pk])
    as_(client, found.keeper)
    assert client.post(page).status_code == 409
    as_(client, found.deputy)
    first, again = client.post(page), client.post(page)
    assert first.url == again.url
    draft = Draft.objects.get()
    assert draft.title == "关于桃园村四组路灯不亮的建议"
    assert ("四组有三盏路灯" in draft.facts, "罗桂芳" in draft.facts) == (True, False)
    assert "来源：2026 年 5 月 10 日" in text(client.get(first.url))
    assert trail(visit.issue)[-1] == "proposing"
    how = {"kind": Kind.INTERSESSION, "session": make.session(), "token": draft.token}
    said = {"title": draft.title, "facts": draft.facts, "request": "请装三盏路灯。"}
    lead = found.deputies[0]
    raised = submission.submit(lead=lead, **how, **said, by=found.deputy, today=TODAY)
    source = Source.objects.get()
    assert (source.proposal, source.draft, Draft.objects.count()) == (raised, None, 0)
    shown = client.post(page, follow=True)
    assert "来源：2026 年 5 月 10 日柳河镇第一联络站接待日来访" in text(shown)
    ends_with_its_proposal(client, found, visit.issue, raised)
    other = drafting.save_draft(
        deputy=lead, token=uuid4(), typed=Typed(), by=found.deputy, source=("k", "听到")
    )
    drafting.discard_draft(other, by=found.deputy)
    assert Source.objects.count() == 1
