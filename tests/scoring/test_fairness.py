"""机会公平: the interval, the window of days, who was left out, and the two pages."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some
from python_calamine import CalamineWorkbook

from congress.shared.models.places import OrganisationKind
from congress.shared.roles import DESK, Role
from deputies.actions import duties
from deputies.models import DutyItem, DutyRecord, Mandate, Suspension
from deputies.states import SuspensionGround
from scoring.actions import posting
from scoring.fairness import Chance, Window, added, expected, is_left_out, wilson
from scoring.queries.chances import chances
from scoring.queries.gaps import gaps, seldom_called
from stations.actions import events
from stations.actions.events import Mark
from stations.models import Presence
from tests import make
from tests.scoring import facts, year

TODAY = date(2026, 6, 30)
CHANCES, GAPS = reverse("scoring:chances"), reverse("scoring:gaps")


@pytest.mark.parametrize(
    ("came", "called", "low", "high"),
    [
        (0, 0, "0", "1"),
        (8, 10, "0.490", "0.943"),
        (0, 5, "0", "0.434"),
        (5, 5, "0.566", "1.000"),
        (1, 1, "0.207", "1.000"),
        (50, 100, "0.404", "0.596"),
        (263, 263, "0.986", "1.000"),
    ],
)
def test_the_interval_has_its_published_values(came, called, low, high):
    assert wilson(came, called) == (Decimal(low), Decimal(high))


COUNTS = some.integers(0, 300).flatmap(
    lambda called: some.tuples(some.integers(0, called), some.just(called))
)


@given(COUNTS)
def test_the_interval_holds_the_share_and_stays_between_0_and_1(counts):
    came, called = counts
    low, high = wilson(came, called)
    assert 0 <= low <= high <= 1
    if called:
        assert low <= Decimal(came) / called + Decimal("0.001")
        assert Decimal(came) / called <= high + Decimal("0.001")


@given(COUNTS, some.integers(2, 9))
def test_more_of_the_same_makes_the_interval_no_wider(counts, times):
    came, called = counts
    few, many = wilson(came, called), wilson(came * times, called * times)
    assert many.high - many.low <= few.high - few.low


DAYS = some.integers(0, 120).map(lambda number: date(2026, 1, 1) + timedelta(days=number))
SPANS = some.lists(some.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair))), max_size=4)


@given(SPANS, SPANS, DAYS, DAYS)
def test_the_days_of_a_window_are_those_it_has(seats, rests, one, other):
    window, first, last = Window(seats, rests), min(one, other), max(one, other)
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    assert window.days(first, last) == sum(window.has(day) for day in every)


CHANCE = some.builds(
    Chance,
    called=some.integers(0, 30),
    came=some.integers(0, 30),
    days=some.integers(0, 366),
    offered=some.integers(0, 90).map(Decimal),
)


@given(some.lists(CHANCE, max_size=6), some.randoms())
def test_many_added_up_do_not_depend_on_their_order(chances_, dice):
    shuffled = list(chances_)
    dice.shuffle(shuffled)
    assert added(shuffled) == added(chances_)


def test_one_who_came_in_mid_year_is_not_behind():
    peers = Chance(called=40, days=4 * 365)
    half = Decimal("0.5")
    assert not is_left_out(4, expected(150, peers), half)
    assert is_left_out(4, expected(365, peers), half)
    assert not is_left_out(0, expected(30, peers), half), "too few days to say anything"
    assert expected(30, Chance()) == 0


def test_two_invitations_to_expect_say_something_and_just_the_share_is_not_left_out():
    half = Decimal("0.5")
    assert is_left_out(0, Decimal(2), half)
    assert is_left_out(3, Decimal(8), half)
    assert not is_left_out(4, Decimal(8), half)


def test_each_count_of_a_chance_is_added_up():
    one = Chance(5, 3, 1, 1, Decimal(10), Decimal(6), 100)
    other = Chance(7, 4, 2, 1, Decimal("1.5"), Decimal("0.5"), 30)
    assert one + other == Chance(12, 7, 3, 2, Decimal("11.5"), Decimal("6.5"), 130)


@pytest.fixture
def june(db):
    facts.book()
    with facts.on(TODAY):
        yield


def called(marks, *, on=date(2026, 5, 20), code="A2", group=None, by=None, title="视察"):
    """One activity with its roll; what follows from it is verified and posted."""
    presence = {True: Mark(), False: Mark(Presence.ABSENT), None: Mark(Presence.LEAVE, "主席")}
    activity = events.roll_call(
        item=DutyItem.objects.get(code=code),
        title=f"{title}{make.serial()}",
        held_on=on,
        place="桃园村",
        group=group,
        assembly=None if group else make.assembly(),
        marks={person.pk: presence[came] for person, came in marks.items()},
        by=by or make.actor(Role.STAFF_CLERK),
    )
    waiting = DutyRecord.objects.to_check().filter(done_on=on)
    duties.check_all(waiting, by=make.actor(Role.STAFF_CLERK))
    posting.verify_and_post_all(DutyRecord.objects.to_verify(), by=make.director())
    return activity


def found(today=TODAY):
    return chances(make.assembly(), 2026, today)


def test_came_leave_absent_and_points_on_offer_are_counted_for_each(june):
    one, two = make.deputy(), make.deputy()
    called({one: True, two: None})
    called({one: False, two: True}, on=date(2026, 5, 21))
    called({one: True}, on=date(2026, 5, 22), code="A1")
    own = found().of
    assert own[one.pk] == Chance(3, 2, 0, 1, Decimal(7), Decimal(5), 181)
    assert own[two.pk] == Chance(2, 1, 1, 0, Decimal(4), Decimal(2), 181)
    assert own[one.pk].share == Decimal(2) / 3
    assert own[one.pk].had_share == Decimal(5) / 7


def test_calls_before_the_seat_and_within_a_suspension_do_not_count(june):
    late, resting = make.deputy(), make.deputy()
    called({late: True, resting: True}, on=date(2026, 2, 10))
    called({late: True, resting: True}, on=date(2026, 5, 20))
    Mandate.objects.filter(deputy=late).update(from_on=date(2026, 4, 1))
    late.membership_set.update(from_on=date(2026, 4, 1))
    Suspension.objects.create(
        deputy=resting,
        ground=SuspensionGround.DETAINED,
        from_on=date(2026, 2, 1),
        to_on=date(2026, 3, 1),
    )
    own = found().of
    assert (own[late.pk].called, own[late.pk].days) == (1, 91)
    assert (own[resting.pk].called, own[resting.pk].days) == (1, 181 - 28)


def test_who_was_never_called_is_the_organisers_gap(june):
    here, forgotten = make.deputy("甲"), make.deputy("乙")
    away = make.deputy("丙", of=make.group("河口乡第一代表小组", make.township("河口乡")))
    called({here: True, away: True})
    clerk = make.actor(Role.TOWNSHIP_CLERK)
    called({here: True, forgotten: False}, group=make.group(), by=clerk, on=date(2026, 5, 21))
    lines = {gap.name: gap for gap in gaps(found())}
    office = lines["代表工作委员会"]
    assert (office.activities, office.places, office.reached, office.of) == (1, 2, 2, 3)
    assert [each.name for each in office.never] == ["乙"]
    assert lines["柳河镇人大"].of == 2
    assert lines["柳河镇人大"].never == []


def test_who_is_called_far_less_than_the_group_is_listed_with_the_reason(june):
    people = [make.deputy(name) for name in "甲乙丙"]
    for day in range(1, 7):
        called(dict.fromkeys(people[:2], True), on=date(2026, 5, day))
    (missed,) = seldom_called(found(), TODAY)
    assert missed.name == "丙"
    assert missed.words == "在任 181 天，受邀 0 次，同组一般 6.0 次"


def signed(client, actor):
    client.force_login(actor.user)
    return client


def test_the_page_of_chances_shows_band_cohorts_and_hint(client, june):
    people = [make.deputy(name) for name in "甲乙丙"]
    for day in range(1, 7):
        called(dict.fromkeys(people[:2], True), on=date(2026, 5, day))
    html = signed(client, make.director()).get(CHANCES).content.decode()
    assert "受邀偏少" in html
    assert "61–100%" in html
    assert "没有受邀" in html
    assert "首次当选" in html
    slip = client.get(CHANCES, {"group": "x", "year": "y", "page": "z"})
    assert slip.status_code == 200
    one = client.get(CHANCES, {"q": "丙"})
    assert [row.name for row in one.context["page"].object_list] == ["丙"]


def sheet_of(answer):
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)


def test_both_pages_export_what_they_show(client, june):
    one = make.deputy("甲")
    make.deputy("乙")
    called({one: True})
    signed(client, make.director())
    rows = sheet_of(client.get(CHANCES, {"export": 1})).to_python()
    assert rows[0][0] == "青禾县人民代表大会 2026 年受邀和到场"
    assert [row[0] for row in rows[2:]] == ["乙", "甲"]
    rows = sheet_of(client.get(GAPS, {"export": 1})).to_python()
    assert rows[2][0] == "代表工作委员会"
    assert rows[2][-1] == "乙"


@pytest.mark.parametrize("url", [CHANCES, GAPS])
def test_an_empty_county_is_said_in_words(client, db, url):
    html = signed(client, make.director()).get(url).content.decode()
    assert "还没有" in html


@pytest.mark.parametrize("role", sorted(set(Role) - DESK))
@pytest.mark.parametrize("url", [CHANCES, GAPS])
def test_fairness_is_looked_at_from_the_desk(client, db, role, url):
    assert signed(client, make.actor(role)).get(url).status_code == 403


@pytest.mark.parametrize("url", [CHANCES, GAPS])
def test_the_pages_take_the_same_queries_for_one_row_and_for_three(client, june, url):
    counts = []
    signed(client, make.director())
    make.organisation(OrganisationKind.TOWNSHIP)
    for more in (1, 2):
        for _ in range(more):
            called({make.deputy(): True})
        counts.append(year.queries_of(client, url))
    assert counts[0] == counts[1]
