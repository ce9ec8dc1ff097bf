"""What an answered appeal leaves elsewhere: the sealed file, the audit, the office's dashboard."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from congress.home.queries import office_queues
from congress.shared import clock
from congress.shared.models import Workday
from scoring.actions import appeals, posting
from scoring.duty_file import points
from scoring.models import Appeal, Entry, Rule
from scoring.queries.audit import findings
from scoring.queries.duty_file import county, year_of
from tests import make
from tests.scoring import facts, year
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def corrected():
    """A3 contested and put right as A2."""
    facts.book()
    party = year.party(1)
    line = facts.posted(party.deputies[0], "A3")
    answerer = make.director()
    better = Rule.objects.get(item__code="A2")
    appeals.uphold(facts.contested(line), answer="按 A2。", rule=better, by=answerer)
    return party, line, answerer


def test_the_sealed_file_has_all_three_lines_and_says_which_put_which_right(corrected):
    party, _, answerer = corrected
    cycle = year.decided(party)
    of = year_of(county(cycle), cycle.gradings.get())
    lines = points.ledger(of)
    assert [(each.rule, each.points, each.total) for each in lines] == [
        ("A3", "+1.5", "1.5"),
        ("A3", "-1.5", "0.0"),
        ("A2", "+2.0", "2.0"),
    ]
    assert lines[2].item.startswith("改正：")
    assert lines[2].verifier == answerer.name
    assert points.corrections(of) == (
        "第2条冲正第1条，原条保留。",
        "第3条改正第1条，代表异议成立。",
    )


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        ("UPDATE scoring_entry SET points = 3 WHERE corrects_id = %s", "与规则或原来那一笔不符"),
        ("UPDATE scoring_appeal SET state = 'dismissed' WHERE entry_id = %s", "没有成立的异议"),
        ("DELETE FROM scoring_entry WHERE reverses_id = %s", "2 笔同时计分"),
    ],
)
def test_the_audit_names_a_correction_that_follows_nothing(corrected, tampering, fault):
    _, line, _ = corrected
    assert findings().clean
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE scoring_appeal DISABLE TRIGGER appeal_is_frozen")
        cursor.execute(tampering, [line.pk])
    assert any(fault in said for said in findings().faults)


def test_the_audit_names_an_award_that_a_correction_counts_more_than_once():
    facts.book()
    line = facts.posted(make.deputy(), "A3")
    award = Rule.objects.get(item__code="B8")
    appeals.uphold(facts.contested(line), answer="刊发稿。", rule=award, by=make.director())
    assert findings().clean
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE scoring_entry SET points = 98 WHERE corrects_id = %s", [line.pk])
    assert any("把一个奖项记了 49 次" in said for said in findings().faults)


def queue(today):
    found = office_queues.queues(make.director(), today, Workday.objects.works())
    return next(each for each in found if each.title == "积分异议待答复")


def test_the_dashboard_counts_what_waits_and_says_when_it_is_late():
    facts.book()
    assert (queue(clock.today()).count, queue(clock.today()).kind) == (0, "off")
    found = facts.contested(facts.posted(make.deputy()))
    waiting = queue(clock.today())
    assert (waiting.count, waiting.kind) == (1, "ok")
    assert re.fullmatch(r"最急的剩 \d+ 个工作日", waiting.words)
    assert queue(found.due_on).words == "最急的今天到期"
    late = queue(found.due_on + timedelta(days=7))
    assert (late.kind, late.words) == ("late", "最急的已超期 5 个工作日")


def test_a_correction_may_be_reversed_by_the_director(corrected):
    _, line, _ = corrected
    correction = Entry.objects.get(corrects=line)
    posting.reverse(correction, reason="那次没有到场。", by=make.director())
    assert findings().clean
    assert Appeal.objects.get().state == "upheld"
    assert sum(Entry.objects.values_list("points", flat=True)) == Decimal(0)
