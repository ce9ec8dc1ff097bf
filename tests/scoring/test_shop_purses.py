"""兑换额度: by last year's standing grade, opened once, put right by a line; no rank is touched."""

from datetime import date
from uuid import uuid4

import pytest

from congress.shared.actors import SYSTEM
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Setting
from congress.shared.roles import Role
from scoring.actions import amendments, handing, purses, redeeming
from scoring.models import Entry, Grade, Grading, Purse, ReviewCycle, YearTotal
from scoring.permissions import why_not_open_purses
from scoring.queries.audit import findings
from scoring.queries.audit_shop import shop_faults
from scoring.queries.board import board
from scoring.queries.purses import out_of_step, to_open, why_no_purse
from scoring.states import CycleState
from tests import make
from tests.home import facts as home_facts
from tests.race import at_once
from tests.scoring import facts, shop
from tests.scoring.shop import TODAY
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db


def amended(grading: Grading, name: str) -> None:
    """The grade that stands is another one, by the word of two."""
    said = {"reason": "核对有误。", "minute": "青禾人常纪〔2026〕14号"}
    grade = Grade.objects.get(name=name)
    row = amendments.amend_grade(grading, grade=grade, **said, by=make.director())
    amendments.confirm_amendment(row, by=make.actor())


def test_open_purses_gives_each_what_the_grade_is_worth_and_tells_them_once():
    best, good, fair = make.deputy(), make.deputy(), make.deputy()
    cycle = home_facts.review()
    for each, name in ((best, "优秀"), (good, "良好"), (fair, "称职")):
        home_facts.graded(cycle, each, grade=name)
    made = purses.open_purses(cycle, by=make.director(), today=TODAY)
    rows = {row.deputy: (row.available, row.good_until) for row in made}
    assert rows == {best: (100, date(2026, 12, 31)), good: (60, date(2026, 12, 31))}
    assert AuditEvent.objects.get(now="purses_opened").note == "2 人"
    told = Notice.objects.get(person=best.user)
    assert "2026 年在联络站积分超市有 100 兑换分" in told.text
    assert "兑换不影响履职积分和排名" in told.text
    assert purses.open_purses(cycle, by=SYSTEM, today=TODAY) == []
    assert (Purse.objects.count(), Notice.objects.count()) == (2, 2)
    assert not shop_faults()


def test_the_county_sets_what_a_grade_is_worth_and_how_many_stars_it_takes():
    one, two = make.deputy(), make.deputy()
    for key, value in (("purse_third", 20), ("purse_stars", 6)):
        Setting.objects.create(
            key=f"scoring.{key}", value=value, from_on=date(2026, 1, 1), basis="办法"
        )
    cycle = home_facts.review()
    home_facts.graded(cycle, one, lit=6, grade="称职")
    home_facts.graded(cycle, two, lit=5, grade="优秀")
    purses.open_purses(cycle, by=SYSTEM, today=TODAY)
    assert [(row.deputy, row.available) for row in Purse.objects.all()] == [(one, 20)]


def test_purses_are_opened_and_adjusted_by_the_director_alone():
    of = shop.shop()
    held = [(role, make.where(role)) for role in Role if role != Role.STAFF_DIRECTOR]
    for by in make.actors(*held):
        with pytest.raises(Refused, match="由代工委主任开立"):
            purses.open_purses(of.purse.grading.cycle, by=by, today=TODAY)
        with pytest.raises(Refused, match="由代工委主任调整"):
            purses.adjust_purse(of.purse, by=by, today=TODAY)


def test_open_purses_waits_until_the_grades_are_final_and_never_comes_late():
    by = make.director()
    for state in CycleState:
        final = state in {CycleState.FINAL, CycleState.SEALED}
        cycle = ReviewCycle(year=2025, state=state)
        assert (why_not_open_purses(by, cycle, TODAY) is None) == final
        assert why_not_open_purses(by, cycle, date(2027, 1, 1))


def test_purses_are_not_opened_once_they_have_run_out():
    cycle = home_facts.review()
    home_facts.graded(cycle, make.deputy())
    Setting.objects.create(
        key="scoring.purse_month", value=6, from_on=date(2026, 1, 1), basis="办法"
    )
    with pytest.raises(Refused, match="2025 年的等次兑换到 2026 年 6 月 30 日为止"):
        purses.open_purses(cycle, by=SYSTEM, today=TODAY)
    assert not to_open(2026, TODAY)


def test_who_serves_no_more_gets_no_purse_until_they_serve_again():
    person = make.deputy()
    cycle = home_facts.review()
    home_facts.graded(cycle, person)
    make.leaves(person, date(2026, 11, 1))
    assert purses.open_purses(cycle, by=SYSTEM, today=TODAY) == []
    assert "现在没有履行代表职务" in why_no_purse(person, TODAY)
    assert not Notice.objects.exists()
    assert len(purses.open_purses(cycle, by=SYSTEM, today=date(2026, 10, 30))) == 1


@pytest.mark.parametrize("how", ["cancelled", "expired", "reversed"])
def test_points_that_a_hold_kept_from_a_lower_grade_are_taken_when_they_come_back(how):
    of = shop.shop(price=80)
    row = shop.held(of)
    amended(of.purse.grading, "称职")
    purses.adjust_purse(of.purse, by=SYSTEM, today=TODAY)
    assert (of.purse.available, of.purse.held) == (0, 80)
    if how == "cancelled":
        redeeming.cancel_hold(row, by=of.me)
    elif how == "expired":
        redeeming.expire_hold(row, by=SYSTEM, today=date(2026, 12, 20))
    else:
        shop.handed(of, row)
        said = {"came_back": True, "reason": "发错了", "by": of.keeper, "today": TODAY}
        handing.reverse_hand_out(handing.ask_reversal(row, **said), by=of.clerk, today=TODAY)
    assert (of.purse.available, of.purse.held) == (0, 0)
    assert of.purse.lines.last().note == "2025 年的等次更正为称职，退回的兑换分按它扣减"
    assert not shop_faults()


def test_of_two_congresses_the_better_grade_counts():
    person = make.deputy()
    cycle = home_facts.review()
    home_facts.graded(cycle, person, grade="良好")
    other = home_facts.review(year=2024)
    with as_owner():
        ReviewCycle.objects.filter(pk=other.pk).update(
            year=2025,
            cut_off_on=date(2025, 12, 9),
            assembly=make.assembly("township", make.township()),
        )
    home_facts.graded(other, person, grade="优秀")
    assert purses.open_purses(cycle, by=SYSTEM, today=TODAY) == []
    purses.open_purses(ReviewCycle.objects.get(pk=other.pk), by=SYSTEM, today=TODAY)
    assert person.purses.get().available == 100


def test_adjust_purse_follows_a_grade_that_was_put_right_and_never_below_zero():
    of = shop.shop(price=70)
    shop.held(of)
    grading = of.purse.grading
    assert not out_of_step(2026)
    with pytest.raises(Refused, match="没有变化"):
        purses.adjust_purse(of.purse, by=make.director(), today=TODAY)
    amended(grading, "良好")
    assert out_of_step(2026) == [of.purse]
    line = purses.adjust_purse(of.purse, by=SYSTEM, today=TODAY)
    assert (line.available, line.note) == (-30, "2025 年的等次由优秀更正为良好")
    assert (of.purse.available, of.purse.held) == (0, 70)
    told = Notice.objects.get(key=f"scoring.purse_adjusted:{line.pk}")
    assert "减少 30 分，现在可用 0 分。已经预留和领取的不受影响" in told.text
    assert not out_of_step(2026)
    amended(grading, "优秀")
    assert purses.adjust_purse(of.purse, by=SYSTEM, today=TODAY).available == 30
    amended(grading, "称职")
    assert purses.adjust_purse(of.purse, by=SYSTEM, today=TODAY).available == -30
    with pytest.raises(Refused, match="已经过期，不再调整"):
        purses.adjust_purse(of.purse, by=SYSTEM, today=date(2027, 1, 1))
    assert not shop_faults()


@pytest.mark.django_db(transaction=True)
def test_at_once_purses_are_opened_and_adjusted_once():
    of = shop.shop()
    grading = of.purse.grading
    later = make.deputy()
    home_facts.graded(grading.cycle, later)
    assert set(at_once(3, purses.open_purses, grading.cycle, by=SYSTEM, today=TODAY)) == {"done"}
    assert later.purses.get().lines.count() == 1
    amended(grading, "良好")
    done = at_once(3, purses.adjust_purse, of.purse, by=SYSTEM, today=TODAY)
    assert done == ["done", "refused", "refused"]
    assert of.purse.available == 60


def test_no_history_of_the_shop_moves_a_line_a_total_or_a_rank():
    facts.book()
    of, other = shop.shop(limit=9), make.deputy()
    with facts.on(facts.DAY):
        facts.posted(of.deputy)
        facts.posted(other, "C1")

    def ledger():
        return (
            list(Entry.objects.order_by("pk").values()),
            list(YearTotal.objects.order_by("pk").values()),
            board(make.assembly(), 2026, TODAY),
        )

    before = ledger()
    redeeming.cancel_hold(shop.held(of), by=of.me)
    redeeming.expire_hold(shop.held(of), by=SYSTEM, today=date(2027, 1, 1))
    row = shop.handed(of)
    said = {"came_back": False, "reason": "发错了", "by": of.keeper, "today": TODAY}
    asking = handing.ask_reversal(row, **said)
    handing.reverse_hand_out(asking, by=of.clerk, today=TODAY)
    redeeming.reserve(of.gift, deputy=of.deputy, token=uuid4(), by=of.keeper, today=TODAY)
    assert ledger() == before


def test_the_nightly_audit_names_what_is_off_in_the_shop():
    of = shop.shop()
    shop.held(of)
    assert findings().clean
    with as_owner():
        Purse.objects.update(available=71)
        type(of.gift).objects.update(on_shelf=6, held=2)
        of.purse.redemptions.update(state="expired", ended_at=of.gift.offered_at)
    said = "\n".join(findings().faults)
    assert f"{of.deputy.name} 2026 年兑换额度记着可用 71、预留 30，明细合计是 70、30" in said
    assert "预留 30，待领取的合计是 0" in said
    assert "“保温杯”记着库存 6 件，进出合计是 5 件" in said
    assert "“保温杯”记着预留 2 件，待领取的有 0 件" in said
    assert "是“过期未领”，额度明细对不上" in said
