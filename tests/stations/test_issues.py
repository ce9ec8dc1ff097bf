"""民情: handed to a station, settled there, answered to the voter."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import STAFF, Role
from deputies.models import Message
from deputies.states import MessageState
from stations.actions import issues
from stations.models import Issue, Outcome, Posting, Station, StationKind
from stations.queries.issues import near
from stations.states import IssueState
from tests import make
from tests.deputies import voters
from tests.scoring.facts import on
from tests.scoring.year import as_, queries_of, text

pytestmark = pytest.mark.django_db
TODAY = make.TODAY
SOLVED = {"outcome": Outcome.SOLVED, "result": "换了三盏灯。"}


@pytest.fixture(autouse=True)
def _today(db):
    make.organisation("township")
    with on(TODAY):
        yield


def station(name="桃园村代表联络站", keeper=None, area=None) -> Station:
    found = Station.objects.filter(name=name).first()
    return found or Station.objects.create(
        kind=StationKind.STATION,
        area=area or make.township(),
        name=name,
        keeper=keeper or make.actor(Role.KEEPER).user,
    )


def raised(message=None, place=None, by=None) -> Issue:
    one = message or voters.sent()
    return issues.raise_issue(
        one,
        station=place or station(),
        title="桃园村四组路灯不亮",
        by=by or make.as_deputy(one.deputy),
        today=TODAY,
    )


def keeper(issue):
    return make.actor(Role.KEEPER, user=issue.station.keeper)


def settled(issue=None, by=None) -> Issue:
    one = issue or raised()
    return issues.settle_issue(one, **SOLVED, by=by or keeper(one), today=TODAY)


def trail(row):
    rows = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk)
    return list(rows.values_list("was", "now"))


def test_raise_issue_hands_the_message_on_and_tells_the_keeper():
    message = voters.sent()
    by = make.as_deputy(message.deputy)
    issue = issues.raise_issue(message, station=station(), title="路灯不亮", by=by, today=TODAY)
    message.refresh_from_db()
    assert (issue.state, message.state) == (IssueState.OPEN, MessageState.RAISED)
    assert (trail(issue), trail(message)[-1]) == ([("", "open")], ("sent", "raised"))
    assert Notice.objects.filter(person=issue.station.keeper).count() == 1


def test_raise_issue_tells_the_township_where_nobody_keeps_the_station():
    clerk = make.actor(Role.TOWNSHIP_CLERK)
    place = station()
    place.keeper = None
    place.save()
    raised(place=place)
    assert Notice.objects.filter(person=clerk.user, text__contains="民情").count() == 1


def test_settle_issue_answers_the_voter_and_tells_the_deputy():
    issue = raised()
    issue = issues.settle_issue(issue, **SOLVED, by=keeper(issue), today=TODAY)
    message = Message.objects.get()
    assert (message.state, message.answer) == (MessageState.ANSWERED, "换了三盏灯。")
    assert trail(issue)[-2:] == [("open", "settled"), ("settled", "told")]
    assert Notice.objects.filter(person=message.deputy.user, text__contains="办结了").exists()


def test_settle_issue_asks_a_former_keeper_no_more():
    issue = raised()
    former = issue.station.keeper
    Station.objects.filter(pk=issue.station_id).update(keeper=make.actor(Role.KEEPER).user)
    issue.station.refresh_from_db()
    settled(issue)
    assert Notice.objects.get(person=former).read_at is not None


def test_settle_issue_tells_the_office_when_the_deputy_has_left(client):
    issue, office = raised(), make.actor()
    deputy = issue.message.deputy
    make.leaves(deputy, TODAY)
    settled(issue)
    told = Notice.objects.filter(key__startswith="stations.issue_result:")
    assert deputy.user_id not in told.values_list("person", flat=True)
    as_(client, office)
    assert client.get(told.get(person=office.user).link).status_code == 200


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF - {Role.TOWNSHIP_CLERK}))
def test_a_wrong_role_is_refused(role):
    by, message = make.actor(role), voters.sent()
    with pytest.raises(Refused, match="代表本人"):
        raised(message, by=by)
    with pytest.raises(Refused, match="请由这个家站"):
        settled(raised(message), by=by)


@pytest.mark.parametrize("role", [Role.TOWNSHIP_CLERK, Role.STAFF_CLERK])
def test_the_township_and_the_office_settle_too(role):
    assert settled(by=make.actor(role)).state == IssueState.TOLD


def test_a_wrong_state_is_refused():
    issue = settled()
    with pytest.raises(Refused, match="已告知群众"):
        settled(issue)
    for act in (voters.answered, voters.closed):
        with pytest.raises(Refused):
            raised(act())


def test_the_constraint_holds_when_code_forgets():
    issue = raised()
    with (
        pytest.raises(IntegrityError, match="issue_settled_has_result_who_and_when"),
        transaction.atomic(),
    ):
        Issue.objects.filter(pk=issue.pk).update(state=IssueState.SETTLED)


def test_the_stations_one_serves_come_first():
    deputy = make.deputy()
    station("甲站")
    own = station("乙站")
    station("外乡站", area=make.township("石桥乡"))
    Posting.objects.create(deputy=deputy, station=own, from_on=make.ELECTED_ON)
    assert [each.name for each in near(deputy, TODAY)] == ["乙站", "甲站"]


def url(name, *args):
    return reverse(f"stations:{name}", args=args)


def test_a_message_goes_to_the_keeper_and_back_on_their_screens(client):
    message = voters.sent()
    place = station()
    as_(client, make.as_deputy(message.deputy))
    page = url("raise_issue", message.pk)
    wrong = client.post(page, {"station": place.pk, "title": ""})
    assert (wrong.status_code, "请用一句话写明" in text(wrong)) == (422, True)
    client.post(page, {"station": place.pk, "title": "桃园村四组路灯不亮"})
    issue = Issue.objects.get()
    as_(client, keeper(issue))
    assert "桃园村四组路灯不亮" in text(client.get(url("issues")))
    shown = text(client.get(url("issue", issue.pk)))
    assert ("路灯坏了" in shown, "13987654321" in shown, "13*" in shown) == (True, False, False)
    assert client.post(url("settle_issue", issue.pk), {"result": ""}).status_code == 422
    client.post(url("settle_issue", issue.pk), SOLVED)
    found = client.post(reverse("deputies:receipt"), {"number": message.receipt})
    assert "换了三盏灯" in text(found)


def test_others_find_no_issue(client):
    issue = raised()
    as_(client, make.actor(Role.KEEPER))
    assert client.get(url("issue", issue.pk)).status_code == 404
    assert "没有民情事项" in text(client.get(url("issues")))


def test_the_queries_of_the_list_are_fixed(client):
    issue = raised()
    as_(client, keeper(issue))
    one = queries_of(client, url("issues"))
    for _ in range(2):
        raised()
    assert queries_of(client, url("issues")) == one
