"""资格变动 on its screens: from the person to the paper, and what stops on the way."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from congress.shared.models import Term
from congress.shared.numerals import in_chinese
from congress.shared.roles import Role
from deputies.documents import announcement_pdf
from deputies.models import Announcement, Deputy, SeatChange
from deputies.queries import seats as queries
from deputies.states import EndCause
from tests import make
from tests.deputies import seats as made
from tests.deputies.pages import url
from tests.scoring.year import as_, queries_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_may")]
DAY, EVE = made.DAY, made.DAY - timedelta(days=1)
CHANGES, LIST, PAPERS, PAPER = 9, 7, 8, 6
DECISION = {"meeting": made.MEETING, "decided_on": str(DAY), "effective_on": str(DAY)}


def test_the_clerk_goes_from_the_person_to_the_paper(client):
    deputy, term = make.deputy("罗明贵"), made.term(30)
    seat = deputy.mandates.get()
    as_(client, make.actor())
    person = text(client.get(url("person", deputy.pk)))
    assert (url("terminate", seat.pk) in person, url("suspend", deputy.pk) in person) == (True,) * 2
    assert "迁出或者调离本行政区域…" in text(client.get(url("terminate", seat.pk)))
    answer = client.post(url("terminate", seat.pk) + "?cause=moved", {**DECISION, "place": "外县"})
    assert answer["Location"] == url("person", deputy.pk)
    assert "现在没有代表资格" in text(client.get(url("person", deputy.pk)))
    assert "罗明贵" in text(client.get(url("changes")))
    sent = {"announced_on": str(DAY), "body": "青禾县人民代表大会常务委员会"}
    answer = client.post(url("announce", term.pk), sent)
    paper = Announcement.objects.get()
    assert answer["Location"] == url("announcement", paper.pk)
    shown = text(client.get(answer["Location"]))
    for said in ("〔2026〕第1号", "青禾县第十九届人民代表大会", "迁出或者调离本行政区域。迁往外县"):
        assert said in shown
    file = client.get(url("announcement_file", paper.pk))
    assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize(
    ("cause", "facts", "said"),
    [
        (EndCause.MOVED, {"place": "外县"}, "迁出或者调离本行政区域。迁往外县"),
        (EndCause.NATIONALITY, {"paper": "公安部通知"}, "丧失中华人民共和国国籍。公安部通知"),
        (EndCause.RIGHTS, {"paper": "判决书"}, "依照法律被剥夺政治权利。判决书"),
        (EndCause.CAPACITY, {"paper": "判决书"}, "丧失行为能力。判决书"),
        (EndCause.DIED, {"died_on": "2026-05-01"}, "2026年5月1日去世"),
        (
            EndCause.RECALLED,
            {"voted_on": "2026-05-02", "of": "900", "votes": "451"},
            "被罢免。原选区全体选民 900 人，451 人赞成罢免。2026年5月2日表决",
        ),
    ],
)
def test_terminate_asks_for_the_facts_of_its_cause(client, cause, facts, said):
    seat = make.deputy().mandates.get()
    as_(client, make.actor())
    address = f"{url('terminate', seat.pk)}?cause={cause}"
    empty = client.post(address, DECISION)
    assert (empty.status_code, SeatChange.objects.count()) == (422, 0)
    assert all(f'name="{name}"' in text(empty) for name in facts)
    assert client.post(address, {**DECISION, **facts}).status_code == 302
    change = SeatChange.objects.get()
    assert (change.reason, change.mandate.end_cause) == (said, cause)


def test_absence_names_two_different_sessions(client):
    seat = make.deputy().mandates.get()
    fourth, fifth = make.session(4), make.session(5)
    as_(client, make.actor())
    address = f"{url('terminate', seat.pk)}?cause=absent"
    twice = client.post(address, {**DECISION, "first": fifth.pk, "second": fifth.pk})
    assert (twice.status_code, "两次要是不同的会议" in text(twice)) == (422, True)
    client.post(address, {**DECISION, "first": fourth.pk, "second": fifth.pk})
    reason = SeatChange.objects.get().reason
    assert reason.endswith("未出席十九届人大四次会议和十九届人大五次会议")


def test_a_recall_without_the_majority_says_so_and_keeps_what_was_typed(client):
    seat = make.deputy().mandates.get()
    as_(client, make.actor())
    facts = {"voted_on": "2026-05-02", "of": "900", "votes": "450"}
    answer = client.post(f"{url('terminate', seat.pk)}?cause=recalled", {**DECISION, **facts})
    body = text(answer)
    assert (answer.status_code, "罢免没有通过" in body, 'value="450"' in body) == (409, True, True)


def test_accept_resignation_takes_letter_and_votes(client):
    seat = make.deputy().mandates.get()
    as_(client, make.actor())
    sent = {**DECISION, "letter_on": str(EVE), "of": "35", "votes": "17"}
    answer = client.post(url("accept_resignation", seat.pk), sent)
    assert (answer.status_code, "辞职未被接受" in text(answer)) == (409, True)
    late = client.post(
        url("accept_resignation", seat.pk),
        {**sent, "votes": "30", "letter_on": str(DAY + timedelta(days=1))},
    )
    assert (late.status_code, "晚于作出决定的日期" in text(late)) == (409, True)
    assert (
        client.post(url("accept_resignation", seat.pk), {**sent, "votes": "18"}).status_code == 302
    )


def test_suspend_and_reinstate_from_the_person(client):
    deputy = make.deputy()
    as_(client, make.actor())
    early = {**DECISION, "decided_on": str(EVE), "effective_on": str(EVE)}
    client.post(url("suspend", deputy.pk), {**early, "ground": "detained"})
    body = text(client.get(url("person", deputy.pk)))
    assert ("起暂停执行代表职务" in body, url("reinstate", deputy.pk) in body) == (True, True)
    client.post(url("reinstate", deputy.pk), {**DECISION, "reason": "不起诉"})
    assert url("suspend", deputy.pk) in text(client.get(url("person", deputy.pk)))


def test_revoke_change_takes_a_mistake_back(client):
    deputy = make.deputy()
    change = made.terminated(deputy.mandates.get())
    as_(client, make.actor())
    assert url("revoke_change", change.pk) in text(client.get(url("changes")))
    client.post(url("revoke_change", change.pk))
    assert Deputy.objects.sitting(DAY).get() == deputy
    made.terminated(deputy.mandates.get())
    made.announced(made.term(3))
    told = client.post(url("revoke_change", SeatChange.objects.latest("pk").pk))
    assert (told.status_code, "已公告" in text(told)) == (409, True)


def test_announce_says_what_is_wrong_with_its_day(client):
    made.terminated(make.deputy().mandates.get())
    term = made.term(3)
    as_(client, make.actor())
    for day, said in ((EVE, "不能早于变动生效"), (DAY + timedelta(days=1), "公告日期还没到")):
        answer = client.post(url("announce", term.pk), {"announced_on": str(day), "body": "x"})
        assert (answer.status_code, said in text(answer)) == (409, True)


def test_open_term_shows_what_ends_and_revoke_term_takes_it_back(client):
    make.deputy(), make.deputy(levels=("county", "township"))
    county = make.assembly()
    as_(client, make.director())
    page = text(client.get(f"{url('open_term')}?assembly={county.pk}"))
    assert "不再担任任何一级代表" in page
    sent = {"assembly": county.pk, "number": "20", "from_on": "2026-12-28", "seats": "230"}
    client.post(url("open_term"), sent)
    term = Term.objects.get(number=20)
    body = text(client.get(url("changes")))
    assert ("2026 年 12 月 28 日零点开届" in body, url("revoke_term", term.pk) in body) == (
        True,
        True,
    )
    client.post(url("revoke_term", term.pk))
    assert not Term.objects.filter(number=20).exists()


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.TOWNSHIP_CLERK, Role.CONVENOR, Role.UNIT_CLERK])
def test_the_pages_are_closed_to_others(client, role):
    deputy, term = make.deputy(), made.term(3)
    seat = deputy.mandates.get()
    paper = Announcement(pk=1)
    as_(client, make.actor(role))
    pages = (
        *(url("changes"), url("open_term"), url("by_elect", term.pk), url("announce", term.pk)),
        *(url("terminate", seat.pk), url("accept_resignation", seat.pk)),
        *(url("suspend", deputy.pk), url("reinstate", deputy.pk), url("set_seats", term.pk)),
        *(url("announcement", paper.pk), url("announcement_file", paper.pk)),
    )
    assert {client.get(page).status_code for page in pages} == {403}
    posts = (url("revoke_term", term.pk), url("revoke_change", 1))
    assert {client.post(page).status_code for page in posts} == {403}


def test_leaders_read_and_may_not_write(client):
    seat = make.deputy().mandates.get()
    as_(client, make.actor(Role.LEADER))
    assert "只有代工委可以登记" in text(client.get(url("terminate", seat.pk)))
    answer = client.post(f"{url('terminate', seat.pk)}?cause=moved", {**DECISION, "place": "外县"})
    assert (answer.status_code, SeatChange.objects.count()) == (409, 0)


def test_the_paper_is_the_same_whenever_it_is_printed():
    made.terminated(make.deputy("罗明贵").mandates.get())
    paper = made.announced(made.term(3))
    assert announcement_pdf(queries.paper(paper)) == announcement_pdf(queries.paper(paper))
    assert queries.paper(paper).parts[0][1][0].name == "罗明贵"


def test_the_paper_names_the_district_of_who_was_elected_once():
    paper = made.announced(made.elected().mandate.term)
    words = render_to_string("pdf/announcement.html", {"paper": queries.paper(paper)})
    assert "下列代表补选当选，代表资格有效" in words
    assert "柳河镇第三选区选出，自2026年5月12日起。" in words


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (14, "十四"), (20, "二十"), (31, "三十一")]
)
def test_terms_are_numbered_in_chinese(number, words):
    assert in_chinese(number) == words


@pytest.mark.parametrize("people", [1, 3])
def test_the_pages_take_the_same_queries_for_one_and_for_three(client, people):
    term = made.term(20)
    for _ in range(people):
        made.terminated(make.deputy().mandates.get())
    as_(client, make.actor())
    assert queries_of(client, url("changes")) == CHANGES
    assert queries_of(client, reverse("admin:deputies_seatchange_changelist")) == LIST
    paper = made.announced(term)
    assert queries_of(client, url("announcement", paper.pk)) == PAPER
    assert queries_of(client, reverse("admin:deputies_announcement_changelist")) == PAPERS


def test_a_terminated_deputy_has_no_page_on_the_next_request(client):
    deputy = make.deputy("罗明贵")
    make.as_deputy(deputy)
    client.force_login(deputy.user)
    assert client.get(reverse("deputies:report")).status_code == 200
    made.terminated(deputy.mandates.get())
    answer = client.get(reverse("deputies:report"))
    assert (answer.status_code, "代表，" in text(client.get("/"))) == (409, False)
    client.logout()
    assert "罗明贵" not in text(client.get(reverse("deputies:public_list")))
    assert client.get(reverse("home:deputy", args=[deputy.code])).status_code == 410
