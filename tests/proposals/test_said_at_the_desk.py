"""Small words at the office's desk that must be true: waits, years, places, empty lists."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.test import RequestFactory
from django.urls import reverse

from congress import admin_sidebar
from congress.shared import clock
from congress.shared.calendar import Calendar
from congress.shared.models import Workday
from congress.shared.roles import Role
from proposals.models import Draft
from proposals.queries.clocks import waited
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.proposals.pages import url

pytestmark = pytest.mark.django_db


def at(*day):
    return clock.at(datetime(*day, 2, tzinfo=UTC))


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def office(client):
    client.force_login(make.actor(Role.STAFF_CLERK).user)
    return client


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (date(2026, 11, 29), "今天"),
        (date(2026, 11, 27), "11 月 27 日起"),
        (date(2026, 11, 26), "等了 1 个工作日"),
    ],
)
def test_at_a_weekend_only_what_came_today_is_of_today(since, words):
    assert waited(since, date(2026, 11, 29), Calendar({})) == words


def test_the_news_of_another_year_say_which(office):
    with at(2025, 12, 30):
        walk.submitted(today=clock.today())
    with at(2026, 1, 8):
        assert "<time>2025 年 12 月 30 日<small>" in text(office.get(url("news")))


def test_a_decision_with_a_mistake_stays_where_it_was_made(office):
    row = walk.submitted()
    page = text(office.post(url("refuse", row.pk), {"words": ""}), 422)
    assert f'id="to-refuse" action="{url("refuse", row.pk)}#to-refuse"' in page
    before = page.partition('id="to-refuse"')[0]
    assert before.rpartition("<details")[2].startswith(" open")
    for name in ("accept", "send_back", "refuse", "treat_as_letter"):
        request = RequestFactory().get(url(name, row.pk))
        request.actor = make.actor(Role.STAFF_CLERK)
        found = [item for group in admin_sidebar.places(request) for item in group["items"]]
        assert [item["name"] for item in found if item["active"]] == ["proposals:to_review"]


def test_a_refusal_is_said_at_the_form_that_met_it(office):
    row = walk.submitted()
    sent = {"reason": "写清楚", "list": "", "digest": "x" * 64}
    page = text(office.post(url("send_back", row.pk), sent), 409)
    form = page.partition('id="to-send_back"')[2].partition("</form>")[0]
    assert "正文刚刚改过" in form
    before = page.partition('id="to-send_back"')[0]
    assert before.rpartition("<details")[2].startswith(" open")


def test_the_empty_review_says_why_it_is_empty_and_leads_on(office):
    page = text(office.get(url("to_review")))
    assert "代表新提出的建议会列在这里。" in page
    assert not [said for said in ("导出这", "换个条件", "去交办") if said in page]
    walk.proposal(State.ACCEPTED)
    assert f'href="{url("review")}#assign">去交办等着的建议' in text(office.get(url("to_review")))
    assert "换个条件，或者看全部。" in text(office.get(url("to_review"), {"kind": "bill"}))


def test_nobody_is_said_to_sign_where_nobody_signed(office):
    row = walk.submitted()
    assert "领衔代表记一次履职" in text(office.get(url("accept", row.pk)))
    walk.signed(row)
    assert "领衔代表和 1 位附议代表各记一次履职" in text(office.get(url("accept", row.pk)))


def test_a_visit_to_raise_offers_the_drafts_that_are_not_raised(client):
    make.session()
    deputy = make.deputy()
    client.force_login(make.as_deputy(deputy).user)
    with at(2026, 5, 12):
        assert "接着写草稿" not in text(client.get(url("submit")))
        draft = walk.draft(deputy, token=uuid4(), title="关于修桥")
        walk.draft(title="别人的草稿")
        page = text(client.get(url("submit")))
        assert "接着写草稿 <small>1 份没有提出</small>" in page
        assert f'href="{url("submit")}?draft={draft.pk}"' in page
        assert "别人的草稿" not in page
        assert "接着写草稿" not in text(client.get(url("submit"), {"draft": draft.pk}))
    assert Draft.objects.count() == 2


def test_next_years_holidays_are_asked_of_who_may_enter_them(client):
    title = "2027 年放假安排还没有录入"
    with at(2026, 11, 27):
        client.force_login(make.actor(Role.STAFF_CLERK).user)
        assert title not in text(client.get(reverse("admin:index")))
        client.force_login(make.director().user)
        assert title in text(client.get(reverse("admin:index")))


def test_the_calendar_says_in_words_which_days_are_worked(client):
    client.force_login(make.director().user)
    page = text(client.get(reverse("admin:shared_workday_changelist")))
    assert "选择" not in page.partition("<h1")[2].partition("</h1>")[0]
    for said in ("上班还是放假", "放假", "周", f"共 {Workday.objects.count()} 条"):
        assert said in page
    assert "加一天放假或者调休上班" in text(client.get(reverse("admin:shared_workday_add")))
