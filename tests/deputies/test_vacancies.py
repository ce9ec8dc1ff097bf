"""名额与缺额: never more deputies than seats on any day, whatever is registered how late."""

from datetime import date, timedelta

import pytest

from congress.shared.errors import Refused
from deputies.actions import seats, terms
from deputies.models import Delegation, Deputy, District
from tests import make
from tests.deputies import seats as made
from tests.deputies import sheet

pytestmark = pytest.mark.django_db
DAY, EVE = made.DAY, made.DAY - timedelta(days=1)


def test_a_by_election_of_an_earlier_day_finds_the_seat_that_was_filled_since():
    term = made.term(2)
    make.deputy()
    made.elected(made.newcomer("仇二妹"), seat=made.seat(term, certificate="B-001"))
    with pytest.raises(Refused, match="实有 2 名，没有缺额"):
        made.elected(seat=made.seat(term, certificate="B-002"), on=EVE)
    assert Deputy.objects.sitting(DAY).count() == 2


def test_the_number_of_seats_is_not_lowered_below_what_a_paper_has_yet_to_tell():
    term = made.term(30)
    for _ in range(2):
        make.deputy()
    made.terminated(make.deputy().mandates.get())
    with pytest.raises(Refused, match=r"1 项资格变动等着公告，变动前实有 3 名。公告以前"):
        terms.set_seats(term, seats=2, by=make.director(), today=DAY)
    terms.set_seats(term, seats=3, by=make.director(), today=DAY)
    paper = made.announced(term)
    assert (paper.seats, paper.before, paper.after) == (3, 3, 2)
    assert terms.set_seats(term, seats=2, by=make.director(), today=DAY).seats == 2


def test_by_elect_refuses_what_belongs_to_another_congress_and_a_group_that_is_no_more():
    term, township = made.term(), make.term(make.assembly("township", make.township()))
    far = District.objects.create(assembly=township.assembly, name="桃园选区")
    near = made.seat(term).district
    team = Delegation.objects.create(term=township, area=make.township(), name="桃园代表团")
    gone = make.group("柳河镇第九代表小组")
    gone.dissolved_on = EVE
    gone.save()
    wrong = (
        (seats.Seat(term, far, "B-1", None, make.group()), "桃园选区不是.*的选区"),
        (seats.Seat(term, near, "B-1", team, make.group()), "桃园代表团不是"),
        (seats.Seat(term, near, "B-1", None, gone), "第九代表小组已于 2026-05-11 撤销"),
    )
    for seat, said in wrong:
        with pytest.raises(Refused, match=said):
            made.elected(seat=seat)
    assert Deputy.objects.count() == 0


def test_a_suspension_of_an_earlier_day_does_not_overlap_another():
    deputy = make.deputy("罗明贵")
    make.as_deputy(deputy)
    made.suspended(deputy, on=date(2026, 5, 1))
    made.reinstated(deputy, on=date(2026, 5, 6))
    for day in (date(2026, 4, 20), date(2026, 5, 5)):
        with pytest.raises(Refused, match="从 2026-05-01 到 2026-05-06 已登记暂停"):
            made.suspended(deputy, on=day)
    made.suspended(deputy, on=date(2026, 5, 6))
    assert deputy.suspensions.count() == 2


def test_a_roster_does_not_seat_more_than_there_are_seats():
    row = sheet.row()
    sheet.apply([row])
    term = Deputy.objects.get().mandates.get().term
    terms.set_seats(term, seats=1, by=make.director(), today=DAY)
    with pytest.raises(Refused, match=r"名额 1 名，照这份名册会有 2 名代表"):
        sheet.apply([row, sheet.row()])
    assert Deputy.objects.count() == 1
    sheet.apply([row | {"学历": "本科"}])
    assert Deputy.objects.get().education == "本科"
