"""Verification, points and board in the browser's client: who finds them, what they say and do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared.models import Notice
from congress.shared.roles import Role
from deputies.states import DutyState
from scoring.actions import posting
from scoring.forms.verification import REASONS
from scoring.models import Entry, RuleBook
from tests import make
from tests.scoring import facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("may")]

CHECK, VERIFY = reverse("scoring:check_queue"), reverse("scoring:verify_queue")
POST, BOARD, POINTS = (
    reverse("scoring:verify_and_post"),
    reverse("scoring:board"),
    reverse("scoring:points"),
)


def signed(client, actor):
    client.force_login(actor.user)
    return client


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.STAFF_CLERK, Role.STAFF_DIRECTOR}))
def test_the_second_queue_is_the_offices(client, role):
    assert signed(client, make.actor(role)).get(VERIFY).status_code == 404


def test_the_first_queue_is_open_to_the_townships_clerk_in_the_ordinary_frame(client):
    here, elsewhere = (
        make.deputy("甘露"),
        make.deputy("陶然", of=make.group("另一组", make.township("河口乡"))),
    )
    facts.reported(here)
    facts.reported(elsewhere)
    page = signed(client, make.actor(Role.TOWNSHIP_CLERK)).get(CHECK).content.decode()
    assert "甘露" in page
    assert "陶然" not in page
    assert "nav-sidebar" not in page


def test_a_bulk_check_moves_what_was_ticked(client):
    one, two = facts.reported(make.deputy()), facts.reported(make.deputy())
    answer = signed(client, make.actor(Role.TOWNSHIP_CLERK)).post(CHECK, {"records": [one.pk]})
    assert answer.status_code == 302
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.state, two.state) == (DutyState.CHECKED, DutyState.REPORTED)


def test_what_will_happen_is_said_before_the_act_and_then_happens(client):
    records = [facts.checked(make.deputy(), "C1", quantity=2) for _ in range(3)]
    signed(client, make.director())
    ticked = [record.pk for record in records[:2]]
    page = client.get(VERIFY, {"records": ticked}).content.decode()
    assert "已选 2 条" in page
    assert "已选 2 条，2 位代表，都无提示" in page
    assert "按规则记 +8.0 分（联系群众 8.0），通知 2 人" in page
    assert "核实这 2 条" in page
    answer = client.post(POST, {"records": ticked}, follow=True)
    assert "已核实 2 条，入账 2 笔" in answer.content.decode()
    assert Entry.objects.count() == 2


def test_all_without_a_warning_leaves_out_doubts_and_ones_own(client):
    office, deputy = make.director(), make.deputy()
    facts.checked(make.deputy())
    facts.checked(make.deputy(), by=office)
    facts.checked(deputy)
    facts.checked(deputy)
    page = signed(client, office).get(VERIFY, {"all": 1}).content.decode()
    assert "已选 1 条" in page
    assert "疑似重复" in page
    assert "须他人核实" in page


def test_what_one_entered_oneself_is_grey_and_cannot_be_posted(client):
    office = make.director()
    record = facts.checked(make.deputy(), by=office)
    page = signed(client, office).get(VERIFY, {"records": [record.pk]}).content.decode()
    assert "这条是您登记的，须他人核实" in page.replace("须由他人", "须他人")
    assert "已选" not in page
    assert client.post(POST, {"records": [record.pk]}).status_code == 409


def test_nothing_ticked_is_said_in_words(client):
    answer = signed(client, make.director()).post(POST, {"records": ["abc", "9" * 30]})
    assert answer.status_code == 409
    assert "还没有勾选记录" in answer.content.decode()


def test_filters_stand_in_the_address_and_a_slip_shows_all(client):
    facts.checked(make.deputy("甘露"), "C1")
    facts.checked(make.deputy("陶然"), "C5")
    signed(client, make.director())
    page = client.get(VERIFY, {"item": "C5"}).content.decode()
    assert "陶然" in page
    assert "甘露" not in page
    assert "甘露" not in client.get(VERIFY, {"source": "self"}).content.decode()
    slip = client.get(VERIFY, {"item": "X", "area": "zz", "page": "x", "record": "-1"})
    assert "甘露" in slip.content.decode()


def test_after_an_act_the_filters_and_the_next_record_are_kept(client):
    one, two = facts.checked(make.deputy()), facts.checked(make.deputy())
    signed(client, make.director())
    answer = client.post(f"{POST}?item=C1&page=2", {"records": [one.pk], "next": two.pk})
    assert answer.url == f"{VERIFY}?item=C1&page=2&record={two.pk}"


def test_a_return_sends_the_very_words(client):
    record = facts.checked(make.deputy())
    url = reverse("scoring:send_back", args=[record.pk])
    words = {"ready": REASONS[1], "words": "5 月 20 日那张就行。"}
    assert signed(client, make.director()).post(url, words).status_code == 302
    notice = Notice.objects.get(person=record.deputy.user)
    assert notice.text.endswith(f"退回：{REASONS[1]}5 月 20 日那张就行。")


def test_a_return_without_words_keeps_the_screen_and_says_why(client):
    record = facts.checked(make.deputy())
    url = reverse("scoring:send_back", args=[record.pk])
    answer = signed(client, make.director()).post(url, {"words": "  "})
    assert answer.status_code == 422
    assert "退回必须写明原因" in answer.content.decode()
    answer = client.post(url, {"ready": REASONS[0], "words": "长" * 119})
    assert answer.status_code == 422
    assert "长" * 119 in answer.content.decode()


def test_the_screen_says_what_verifying_would_add(client):
    deputy = make.deputy()
    facts.posted(deputy, quantity=5)
    facts.checked(deputy, quantity=2)
    page = signed(client, make.director()).get(VERIFY).content.decode()
    assert "10.0 → 12.0（封顶 20），总分 10.0 → 12.0" in page
    assert "+2.0" in page
    assert "按规则 4.0 分，已到本年上限" in page


def test_the_director_adopts_the_default_table_on_a_page(client):
    place = make.assembly("township", make.township())
    url = reverse("scoring:adopt_default")
    sent = {"assembly": place.pk, "from_on": "2026-01-01", "wording": "official"}
    signed(client, make.director())
    assert client.post(url, {"assembly": "x", "from_on": "昨天"}).status_code == 422
    slip = client.post(url, sent | {"from_on": "2062-01-01"})
    assert (slip.status_code, "请检查年份" in slip.content.decode()) == (409, True)
    assert 'value="2062-01-01"' in slip.content.decode()
    assert client.post(url, sent).status_code == 302
    assert RuleBook.objects.filter(assembly=place).exists()


@pytest.mark.parametrize("name", ["entry", "yeartotal", "rulebook"])
def test_the_admins_lists_and_pages_open(client, name):
    entry = facts.posted(make.deputy())
    pk = entry.pk if name == "entry" else None
    signed(client, make.director())
    assert client.get(reverse(f"admin:scoring_{name}_changelist")).status_code == 200
    pk = pk or (
        RuleBook.objects.get().pk if name == "rulebook" else entry.deputy.year_totals.get().pk
    )
    assert client.get(reverse(f"admin:scoring_{name}_change", args=[pk])).status_code == 200


def lists(deputy):
    return {
        "check": (make.director(), CHECK, {}),
        "verify": (make.director(), VERIFY, {"all": 1}),
        "board": (make.director(), BOARD, {}),
        "points": (make.as_deputy(deputy), POINTS, {}),
        "entries": (make.director(), reverse("admin:scoring_entry_changelist"), {}),
        "totals": (make.director(), reverse("admin:scoring_yeartotal_changelist"), {}),
    }


@pytest.mark.parametrize("name", ["check", "verify", "board", "points", "entries", "totals"])
def test_each_list_takes_the_same_queries_for_one_row_and_for_three(client, name):
    counts = []
    deputy = make.deputy()
    for more in (1, 2):
        for _ in range(more):
            facts.reported(make.deputy())
            facts.checked(make.deputy())
            facts.posted(make.deputy())
            facts.posted(deputy)
            facts.reported(deputy, "S1")
        actor, url, query = lists(deputy)[name]
        signed(client, actor).get(url, query)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url, query).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] < 45


def test_a_township_and_the_organisers_records_can_be_picked_out(client):
    away = make.group("河口乡第一代表小组", make.township("河口乡"))
    facts.checked(make.deputy("甘露"))
    facts.checked(make.deputy("陶然", of=away))
    signed(client, make.director())
    page = client.get(VERIFY, {"area": away.area.pk, "source": "organiser"}).content.decode()
    assert "陶然" in page
    assert "甘露" not in page


def test_the_ledgers_list_says_what_is_reversed(client):
    posting.reverse(facts.posted(make.deputy()), reason="重复", by=make.director())
    signed(client, make.director())
    page = client.get(reverse("admin:scoring_entry_changelist")).content.decode()
    assert "已冲销" in page
    assert "冲销第" in page
