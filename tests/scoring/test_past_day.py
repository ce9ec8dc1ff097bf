"""任何一天: what was known and shown at the end of it, whatever came later."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.urls import reverse

from congress.shared import clock
from deputies.actions import duties
from deputies.models import Suspension
from deputies.states import SuspensionGround
from scoring.actions import appeals, posting, rules
from scoring.models import Entry, YearTotal
from scoring.points import ZERO
from scoring.queries.board import board, contested
from scoring.queries.past import books_known, end_of
from scoring.queries.scores import scores
from scoring.queries.statement import account, statement
from tests import make
from tests.deputies import walk
from tests.scoring import drafts, facts

pytestmark = pytest.mark.django_db

BOARD, POINTS = reverse("scoring:board"), reverse("scoring:points")
CODES = ("C1", "C2", "M2", "A1", "S1", "B7", "C5")
JUNE = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def book(db):
    with facts.on(date(2025, 1, 1)):
        return facts.book()


def totals_now():
    """What stands in YearTotal: by deputy and year."""
    rows = YearTotal.objects.values_list("deputy_id", "year", "base", "bonus")
    return {(pk, year): (base, bonus) for pk, year, base, bonus in rows if base or bonus}


def totals_then(day):
    """The same, asked afterwards."""
    return {
        (pk, year): (score.base, score.bonus)
        for year in (2025, 2026)
        for pk, score in scores(make.assembly(), year, until=end_of(day)).items()
        if score.total
    }


@pytest.mark.parametrize("seed", range(6))
def test_of_any_history_each_past_day_shows_what_stood_at_its_end(seed):
    dice, day, stood = Random(seed), date(2025, 12, 20), {}  # noqa: S311  # a history, no secret
    people = [make.deputy() for _ in range(3)]
    for _ in range(25):
        day += timedelta(days=dice.choice((0, 0, 1, 3)))
        live = Entry.objects.filter(reverses=None, entry=None)
        with facts.on(day):
            if live and dice.random() < 0.35:
                posting.reverse(dice.choice(list(live)), reason="重复", by=make.director())
            else:
                done = day - timedelta(days=dice.randrange(12))
                facts.posted(dice.choice(people), dice.choice(CODES), on=done, quantity=1)
        stood[day] = totals_now()
    for then, expected in stood.items():
        assert totals_then(then) == expected
    assert totals_then(date(2025, 12, 19)) == {}


@pytest.mark.parametrize("seed", range(2))
def test_a_deputys_own_page_of_a_past_day_adds_up_to_the_board_of_that_day(seed):
    dice, person = Random(seed), make.deputy()  # noqa: S311  # a history, no secret
    days = [date(2026, 5, 1) + timedelta(days=number) for number in range(8)]
    for day in days:
        with facts.on(day):
            entry = facts.posted(person, dice.choice(CODES), on=day)
            if dice.random() < 0.4:
                posting.reverse(entry, reason="重复", by=make.director())
    for day in days:
        own = account(person, make.assembly(), 2026, on=day).totals.total
        row = board(make.assembly(), 2026, days[-1], on=day)[0]
        assert f"{own:.1f}" == row.total


def test_a_new_year_is_a_new_sum_at_midnight_in_shanghai():
    person = make.deputy()
    midnight = end_of(date(2025, 12, 31))
    with clock.at(midnight - timedelta(seconds=1)):
        facts.posted(person, "C1", on=date(2025, 12, 31))
        assert clock.today() == date(2025, 12, 31)
    with clock.at(midnight):
        facts.posted(person, "C5", on=date(2026, 1, 1))
        late = facts.checked(person, "B7", on=date(2025, 12, 30))
        posting.verify_and_post(late, by=make.director())
    old, new = date(2025, 12, 31), date(2026, 1, 1)
    assert totals_then(old) == {(person.pk, 2025): (2, 0)}
    assert totals_then(new) == {(person.pk, 2025): (2, 4), (person.pk, 2026): (4, 0)}
    assert statement(person, make.assembly(), 2026, new, on=old).total == "0.0"


def test_a_reversal_made_later_does_not_show_on_the_day_before():
    person = make.deputy()
    with facts.on(date(2026, 6, 20)):
        entry = facts.posted(person, "C1", on=date(2026, 6, 10))
    with facts.on(date(2026, 7, 1)):
        posting.reverse(entry, reason="与另一笔重复", by=make.director())
    then = statement(person, make.assembly(), 2026, date(2026, 7, 2), on=JUNE)
    assert (then.total, then.count) == ("2.0", 1)
    assert then.months[0].lines[0].note == ""
    now = statement(person, make.assembly(), 2026, date(2026, 7, 2))
    assert (now.total, now.count) == ("0.0", 2)


def test_what_then_waited_is_what_waits_in_the_statement_of_that_day():
    person = make.deputy()
    with facts.on(date(2026, 6, 29)):
        record = facts.checked(person, "C1", on=date(2026, 6, 20))
    with facts.on(date(2026, 7, 3)):
        facts.reported(person, "C1", on=date(2026, 7, 2))
        posting.verify_and_post(record, by=make.director())
    then = statement(person, make.assembly(), 2026, date(2026, 7, 4), on=JUNE)
    assert [(row.record, row.state) for row in then.waiting] == [(record.pk, "待核实")]
    assert then.total == "0.0"


def test_a_book_adopted_later_was_not_known_then(book):
    with facts.on(date(2026, 7, 1)):
        later = rules.adopt_default(make.assembly(), from_on=date(2026, 1, 1), by=make.director())
    known = books_known(make.assembly(), end_of(JUNE))
    assert known.in_force(make.assembly().pk, JUNE) == book
    known = books_known(make.assembly(), end_of(date(2026, 7, 1)))
    assert known.in_force(make.assembly().pk, JUNE) == later


def test_what_then_waited_is_worth_what_the_books_known_then_say():
    person = make.deputy()
    with facts.on(date(2026, 6, 20)):
        facts.reported(person, "C1", on=date(2026, 6, 18))
    with facts.on(date(2026, 7, 5)):
        table = drafts.but(drafts.of_default(), C1={"points": Decimal(5)})
        drafts.adopted(table, from_on=date(2026, 6, 1), today=clock.today(), mid_year=True)
    then = statement(person, make.assembly(), 2026, date(2026, 7, 6), on=JUNE)
    assert ([row.points for row in then.waiting], then.waiting_points) == (["约 2 分"], "2")
    now = statement(person, make.assembly(), 2026, date(2026, 7, 6))
    assert ([row.points for row in now.waiting], now.waiting_points) == (["约 5 分"], "5")


def test_of_what_was_mended_later_only_that_it_waited_is_told(client):
    person = make.deputy()
    with facts.on(date(2026, 6, 20)):
        record = walk.report(person, quantity=5, done_on=date(2026, 6, 18))
        facts.reported(person, "C1", on=date(2026, 6, 18))
    with facts.on(date(2026, 7, 2)):
        duties.send_back(record, reason="数目不对", by=make.actor())
        duties.resubmit(record, **walk.mended(record, quantity=1))
        then = statement(person, make.assembly(), 2026, clock.today(), on=JUNE)
        told = {row.record: (row.title, row.when, row.points) for row in then.waiting}
        words = "那天以后改过，当时的数量没有留存，不估分"
        assert told[record.pk] == (record.item.short_name, "", words)
        assert (len(told), then.waiting_points, then.waiting_mended) == (2, "2", 1)
        client.force_login(person.user)
        page = client.get(POINTS, {"on": JUNE.isoformat()}).content.decode()
        assert "约 2 分，没算在内；其中 1 条那天以后改过，不估分" in page
        now = statement(person, make.assembly(), 2026, clock.today())
        assert now.waiting_mended == 0


def test_a_book_with_lines_was_surely_known():
    person = make.deputy()
    with facts.on(JUNE):
        facts.posted(person, "C1", on=date(2026, 6, 10))
    assert scores(make.assembly(), 2026, until=end_of(JUNE))[person.pk].total == 2


def test_an_appeal_withdrawn_later_was_open_then():
    person = make.deputy()
    with facts.on(date(2026, 6, 10)):
        opened = facts.contested(facts.posted(person, on=date(2026, 6, 9)))
    with facts.on(date(2026, 7, 5)):
        appeals.withdraw_appeal(opened, by=make.as_deputy(person))
    days = (date(2026, 6, 9), date(2026, 6, 10), JUNE, date(2026, 7, 5))
    assert [contested(make.assembly(), 2026, day).get(person.pk, 0) for day in days] == [0, 1, 1, 0]


def test_seats_and_suspensions_are_those_of_the_day():
    one, two = make.deputy("甲"), make.deputy("乙")
    Suspension.objects.create(
        deputy=one,
        ground=SuspensionGround.DETAINED,
        from_on=date(2026, 6, 1),
        to_on=date(2026, 7, 5),
    )
    with facts.on(date(2026, 7, 10)):
        make.leaves(two, date(2026, 7, 10))
    today = date(2026, 7, 20)
    assert [row.name for row in board(make.assembly(), 2026, today, on=JUNE)] == ["乙"]
    assert [row.name for row in board(make.assembly(), 2026, today)] == ["甲"]


def test_the_banner_says_which_day_it_is_and_leads_back(client):
    person = make.deputy("甲")
    with facts.on(date(2026, 6, 20)):
        facts.posted(person, "C1", on=date(2026, 6, 10))
    with facts.on(date(2026, 8, 1)):
        facts.posted(person, "B7", on=date(2026, 7, 10))
        client.force_login(make.as_deputy(person).user)
        page = client.get(POINTS, {"on": "2026-06-30"})
        assert "2026 年 6 月 30 日" in page.content.decode()
        assert "当天看到的样子" in page.content.decode()
        assert "回到今天" in page.content.decode()
        assert "那天还没有登记的变动已经算在内" in page.content.decode()
        assert page.context["statement"].total == "2.0"
        client.force_login(make.director().user)
        page = client.get(BOARD, {"on": "2026-06-30", "year": 2026})
        assert page.context["page"].object_list[0].total == "2.0"
        assert "当天看到的样子" in page.content.decode()
        assert client.get(BOARD, {"on": "2026-06-30", "export": 1}).status_code == 200


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-08-01", ""),
        ("", ""),
        ("2026-08-02", "那天还没有到"),
        ("昨天", "日期认不出"),
        ("0001-01-01", "那时还没有积分账"),
        ("2026-02-30", "日期认不出"),
    ],
)
def test_today_shows_the_present_and_so_does_a_slip_with_a_sentence(client, day, words):
    person = make.deputy()
    pages = [(make.as_deputy(person), POINTS), (make.director(), BOARD)]
    pages += [(make.director(), reverse("scoring:points_of", args=[person.pk]))]
    with facts.on(date(2026, 8, 1)):
        for by, address in pages:
            client.force_login(by.user)
            page = client.get(address, {"on": day})
            assert page.status_code == (400 if words else 200)
            assert words in page.content.decode()
            assert "当天看到的样子" not in page.content.decode()


def test_before_the_first_line_everybody_has_nothing():
    make.deputy("甲")
    rows = board(make.assembly(), 2026, date(2026, 8, 1), on=date(2026, 1, 5))
    assert [(row.rank, row.name, row.total) for row in rows] == [(1, "甲", f"{ZERO}")]
