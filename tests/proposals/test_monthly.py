"""每月一页: one page of A4 for each leader whatever stands on it, on the month's own day."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from congress.shared.roles import Role
from proposals import supervision_papers
from proposals.queries import monthly
from proposals.queries.clocks import Light
from proposals.queries.monthly import LeaderSheet, SheetLine, Totals
from proposals.supervision_states import KeyKind
from tests import make
from tests.proposals import keys
from tests.scoring.facts import on

TOTALS = Totals(12, 1, 30, 25, 2, 9, 140, 11)


def crowded(number):
    """A line in which every field is as long as it may be."""
    return SheetLine(
        number=f"19050{number:02}",
        title=monthly._cut("关于加固桃园村过水桥护栏的建议" * 4, monthly.LONGEST_TITLE),
        how=KeyKind.LEADER.label,
        units="、".join(["自然资源和规划局"] * 8),
        light=Light("late", "120 个工作日"),
        last=monthly._cut("方案已定，资金到位六成，七月进场施工。" * 30, monthly.LONGEST_ANSWER),
        next="年末问成效，2026 年 12 月 29 日前再答",
        visits=12,
    )


def pages(pdf):
    with pikepdf.open(BytesIO(pdf)) as found:
        return len(found.pages)


def test_each_leader_has_one_page_however_much_stands_on_it():
    lines = [crowded(number) for number in range(monthly.FITS)]
    full = LeaderSheet("欧阳玉兰", 14, lines, [], 40)
    mixed = LeaderSheet("孔令辉", 5, lines[:5], lines[5:], 40)
    empty = LeaderSheet("方德明", 0, [], [], 0)
    pdf = supervision_papers.month_pdf([full, mixed, empty], TOTALS, date(2026, 11, 29), over=False)
    assert pages(pdf) == 3


@pytest.mark.django_db
def test_the_sheet_has_a_leaders_own_first_and_the_common_ones_below_and_stands_on_its_day(client):
    leader, other = make.actor(Role.LEADER), make.actor(Role.LEADER)
    own = keys.decided(kind=KeyKind.LEADER, leader=leader.user)
    common = keys.decided()
    keys.answer(keys.asked(own))
    sheets = {each.name: each for each in monthly.leader_sheets(date(2026, 4, 30))}
    first, second = sheets[leader.user.name], sheets[other.user.name]
    assert [each.number for each in first.own] == [own.proposal.number]
    assert "六月底前装好护栏" in first.own[0].last
    assert [each.number for each in first.common] == [common.proposal.number]
    assert second.own == []
    assert monthly.totals(date(2026, 4, 30))[:4] == (2, 0, 1, 1)
    assert monthly.leader_sheets(date(2026, 2, 28), [leader.user])[0].own == []
    client.force_login(other.user)
    with on(date(2026, 5, 12)):
        url = reverse("proposals:month_page", args=[2026, 4])
        everybody = client.get(url)
        one = client.get(f"{url}?leader={leader.user.pk}")
        later = client.get(reverse("proposals:month_page", args=[2026, 6]))
        nobody = client.get(f"{url}?leader={make.user().pk}")
    assert (pages(everybody.content), pages(one.content)) == (len(sheets), 1)
    assert (later.status_code, nobody.status_code) == (404, 404)
