"""办理进度: what a township's office has handed over stays before it, with lights and ratings."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.home.queries import organiser
from congress.shared import clock
from congress.shared.models import Notice
from congress.shared.roles import Role
from proposals.actions import objections
from proposals.models import Objection, Rating
from proposals.rating_states import Satisfaction
from proposals.states import State
from proposals.tasks import remind_due
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk
from tests.proposals.pages import text

pytestmark = pytest.mark.django_db
PAGE = reverse("proposals:in_hand")
LATE = walk.DUE_ON + timedelta(days=20)


def on(day):
    return clock.at(datetime(day.year, day.month, day.day, 2, tzinfo=UTC))


@pytest.fixture
def clerk():
    return make.actor(Role.TOWNSHIP_CLERK)


@pytest.fixture
def township(client, clerk):
    client.force_login(clerk.user)
    return client


def test_what_was_handed_over_is_listed_with_its_light_and_nothing_of_another_congress(township):
    own = walk.of_township(State.ASSIGNED)
    done = walk.of_township(State.ANSWERED, title="关于村口路灯的建议")
    other = walk.proposal(State.ASSIGNED, title="关于县城公交的建议")
    with on(LATE):
        page = text(township.get(PAGE))
        late = text(township.get(f"{PAGE}?light=late"))
        book = township.get(f"{reverse('proposals:in_hand_export')}?light=late")
    assert "超期" in page
    assert reverse("proposals:dossier", args=[own.pk]) in page
    assert done.title in page
    assert other.title not in page
    assert (own.title in late, done.title in late) == (True, False)
    said = ZipFile(BytesIO(book.content)).read("xl/sharedStrings.xml").decode()
    assert (own.title in said, done.title in said) == (True, False)


def test_a_list_without_rows_and_a_filter_without_rows_say_so(township):
    assert "交办以后的建议列在这里" in text(township.get(PAGE))
    walk.of_township(State.ASSIGNED)
    assert "这一类是 0 件" in text(township.get(f"{PAGE}?light=done"))


def test_the_list_takes_the_same_queries_for_one_row_and_for_three(township):
    def counted():
        township.get(PAGE)
        with CaptureQueriesContext(connection) as seen:
            assert township.get(PAGE).status_code == 200
        return len(seen)

    walk.of_township(State.ASSIGNED)
    one = counted()
    walk.of_township(State.ASSIGNED, title="关于办好学校食堂的建议")
    walk.of_township(State.ASSIGNED, title="关于增设公交站的建议")
    assert counted() == one


@pytest.mark.parametrize("role", [Role.CONVENOR, Role.DEPUTY, Role.UNIT_CLERK])
def test_nobody_but_an_office_comes_to_the_list(client, role):
    client.force_login(make.actor(role).user)
    for name in ("in_hand", "in_hand_export"):
        assert client.get(reverse(f"proposals:{name}")).status_code == 403


def test_the_countys_office_finds_its_own_there(client):
    own = walk.proposal(State.ASSIGNED, title="关于县城公交的建议")
    theirs = walk.of_township(State.ASSIGNED)
    client.force_login(make.actor().user)
    page = text(client.get(PAGE))
    assert (own.title in page, theirs.title in page) == (True, False)


def test_an_overdue_one_is_on_the_first_screen_and_in_the_escalated_reminder(township, clerk):
    far = make.actor(Role.TOWNSHIP_CLERK, at=make.far_office())
    row = walk.of_township(State.ASSIGNED)
    walk.proposal(State.ASSIGNED)
    with on(LATE):
        titles = [each.title for each in organiser.desk(clerk, clock.today()).tasks]
        assert "1 件建议办理超期" in titles
        assert not organiser.desk(far, clock.today()).tasks
        remind_due()
        notice = Notice.objects.get(person=clerk.user, key__startswith="proposal.due")
        assert row.number in notice.text
        assert not Notice.objects.filter(person=far.user).exists()
        assert township.get(notice.link).status_code == 200
        walk.of_township(State.ASSIGNED, title="关于增设公交站的建议")
        walk.of_township(State.ASSIGNED, title="关于办好学校食堂的建议")
    with on(LATE + timedelta(days=1)):
        remind_due()
        newest = Notice.objects.filter(person=clerk.user, key__startswith="proposal.due").last()
        assert newest.link == f"{PAGE}?light=late"


def test_a_townships_office_hears_its_own_ratings_once_nobody_can_change_them(township, clerk):
    row, other = walk.of_township(State.ANSWERED), walk.proposal(State.ANSWERED)
    for each in (row, other):
        by, bad = make.as_deputy(each.lead), Satisfaction.UNSATISFIED
        said = {"process": bad, "result": bad, "words": "桥还没动工"}
        walk.rate(each.reply, by=by, today=walk.RATE_UNTIL, **said)
    assert Rating.objects.visible_to(clerk).get().reply == row.reply
    assert not Rating.objects.visible_to(
        make.actor(Role.TOWNSHIP_CLERK, at=make.far_office())
    ).exists()
    page = reverse("proposals:dossier", args=[row.pk])
    with on(walk.RATE_UNTIL):
        assert "桥还没动工" not in text(township.get(page))
    with on(walk.RATE_UNTIL + timedelta(days=1)):
        assert "桥还没动工" in text(township.get(page))


def test_the_deputy_is_told_who_may_read_the_rating(client):
    row = walk.of_township(State.ANSWERED)
    client.force_login(make.as_deputy(row.lead).user)
    with on(walk.REPLIED_ON):
        page = text(client.get(reverse("proposals:rate", args=[row.reply.pk])))
    assert "只给柳河镇人大、县人大代工委看" in page


def test_a_township_reads_that_its_assignment_is_disputed_and_who_answers(township, clerk):
    row = walk.of_township(State.ASSIGNED)
    far = make.actor(Role.TOWNSHIP_CLERK, at=make.far_office())
    assert "交办有异议" not in str(organiser.desk(clerk, walk.ASSIGNED_ON).tasks)
    objection = facts.objected(row.lead_assignment, today=walk.ASSIGNED_ON)
    (task,) = [
        each for each in organiser.desk(clerk, walk.ASSIGNED_ON).tasks if "异议" in each.title
    ]
    assert (task.title, task.url) == ("1 件交办有异议", reverse("proposals:dossier", args=[row.pk]))
    assert "由县人大代工委答复" in task.words
    assert not Objection.objects.visible_to(far).exists()
    with on(walk.ASSIGNED_ON):
        page = text(township.get(task.url))
        assert "应由县水利和湖泊局主办：按“三定”方案归水利。" in page
        assert "由县人大代工委答复，答复以前期限照常计算" in page
        assert "去答复" not in page
        assert "（有异议，等代工委答复）" in text(township.get(PAGE))
    by, words = make.actor(), "道路归贵局养护。"
    objections.dismiss_objection(objection, words=words, by=by, today=walk.ASSIGNED_ON)
    assert "异议" not in str(organiser.desk(clerk, walk.ASSIGNED_ON).tasks)
    with on(walk.ASSIGNED_ON):
        assert "交办有异议：" not in text(township.get(task.url))
