"""异议的答复: 成立 and 不成立 leave their trail, refused to others and at the wrong moment."""

from datetime import date
from decimal import Decimal

import pytest

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Post
from congress.shared.roles import STAFF, Role
from deputies.codes import AWARDS
from scoring.actions import appeals, posting
from scoring.models import Entry, Rule
from scoring.permissions.appeals import makers
from scoring.queries.audit import findings
from scoring.queries.board import standing
from tests import make
from tests.scoring import facts
from tests.scoring.appealing import appeal_of, lines, posted_line, rule, total, trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    return posted_line()


def test_uphold_takes_the_line_back_and_writes_the_right_one(line):
    other = facts.posted(make.deputy(), "A2")
    found, office = appeal_of(line), make.director()
    done = appeals.uphold(found, answer="通知为证，按 A2 记。", rule=rule("A2"), by=office)
    assert lines() == [
        ("A3", Decimal("1.5")),
        ("A2", Decimal(2)),
        ("A3", Decimal("-1.5")),
        ("A2", Decimal(2)),
    ]
    new = Entry.objects.get(corrects=line)
    assert (done.state, done.answered_by, done.answer) == (
        "upheld",
        office.user,
        "通知为证，按 A2 记。",
    )
    assert total(line.deputy) == Decimal(2)
    assert (
        standing(make.assembly(), 2026, total(other.deputy), clock.today(), other.deputy_id).rank
        == 1
    )
    assert trail(done)[-1] == ("open", "upheld", office.name)
    assert [now for _, now, _ in trail(new)] == ["corrected"]
    notice = Notice.objects.get(key=f"scoring.appeal_answered:{found.pk}")
    assert notice.text.endswith("1.5 分的异议成立：通知为证，按 A2 记。")
    assert notice.link.endswith(f"#line-{line.pk}")
    assert findings().clean


def test_uphold_without_a_rule_takes_the_line_away(line):
    appeals.uphold(appeal_of(line), answer="同一次活动登记了两遍。", by=make.actor())
    assert total(line.deputy) == Decimal(0)
    assert findings().clean


def test_uphold_of_a_reversal_gives_the_points_back(line):
    reversal = posting.reverse(line, reason="重复", by=make.director())
    appeals.uphold(appeal_of(reversal), answer="不是重复，是两次。", by=make.actor())
    assert total(line.deputy) == Decimal("1.5")
    assert lines()[-1] == ("A3", Decimal("1.5"))
    told = trail(line.record)
    assert [now for _, now, _ in told[-2:]] == ["counts_no_more", "counts_again"]
    assert findings().clean


def test_a_correction_may_be_contested_in_turn_and_the_reversal_beside_it_may_not(line):
    appeals.uphold(appeal_of(line), answer="按 A2。", rule=rule("A2"), by=make.director())
    with pytest.raises(Refused, match="改正后的那一笔"):
        appeal_of(Entry.objects.get(reverses=line))
    again = appeal_of(Entry.objects.get(corrects=line))
    appeals.uphold(again, answer="两次，数量 2。", rule=rule("A2"), quantity=2, by=make.director())
    assert total(line.deputy) == Decimal(4)
    assert findings().clean


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_answers_are_refused_to_everybody_outside_the_office(line, role):
    found = appeal_of(line)
    for answer in (appeals.uphold, appeals.dismiss):
        with pytest.raises(Refused, match="由代工委答复"):
            answer(found, answer="核对过", by=make.actor(role))


@pytest.mark.parametrize(
    ("hand", "act"), [("reported_by", "登记"), ("checked_by", "核对"), ("verified_by", "核实")]
)
def test_answers_are_refused_to_whoever_had_a_hand_in_the_line(hand, act):
    facts.book()
    found = appeal_of(facts.posted(make.deputy(), "A3"))
    someone = make.actor(user=getattr(found.entry.record, hand))
    for answer in (appeals.uphold, appeals.dismiss):
        with pytest.raises(Refused, match=f"您{act}过这一笔"):
            answer(found, answer="核对过", by=someone)


def test_answers_are_refused_to_whoever_reversed_it_and_to_the_deputy_in_the_office(line):
    director = make.director()
    reversal = posting.reverse(line, reason="重复", by=director)
    found = appeal_of(reversal)
    with pytest.raises(Refused, match="您冲销过这一笔"):
        appeals.dismiss(found, answer="核对过", by=director)
    with pytest.raises(Refused, match="您自己提出"):
        appeals.dismiss(found, answer="核对过", by=make.actor(user=line.deputy.user))


def test_where_all_of_the_office_had_a_hand_it_is_said_how_another_comes_in(line):
    found = appeal_of(line)
    hands = makers(line)
    last = make.actor(user=line.record.verified_by)
    Post.objects.filter(role__in=STAFF).exclude(user__in=hands).update(to_on=date(2026, 1, 1))
    with pytest.raises(Refused, match="先由系统管理员给另一位工作人员开通代工委任职"):
        appeals.dismiss(found, answer="核对过", by=last)
    another = make.actor()
    with pytest.raises(Refused, match=r"由没有经手的人答复。$"):
        appeals.dismiss(found, answer="核对过", by=last)
    assert appeals.dismiss(found, answer="原来的对。", by=another).answered_by == another.user


def test_an_answer_wants_words_and_comes_once(line):
    found, office = appeal_of(line), make.actor()
    for answer in (appeals.uphold, appeals.dismiss):
        with pytest.raises(Refused, match="必须写明理由"):
            answer(found, answer=" ", by=office)
    appeals.dismiss(found, answer="原来的对。", by=office)
    for answer in (appeals.uphold, appeals.dismiss):
        with pytest.raises(Refused, match="不成立"):
            answer(found, answer="核对过", by=office)


def test_uphold_takes_only_a_rule_of_the_day_and_only_another_one(line):
    found, office = appeal_of(line), make.director()
    facts.book("township")
    foreign = Rule.objects.exclude(book__assembly=make.assembly()).first()
    for wrong, sentence in ((foreign, "当天那一版"), (rule("A3"), "没有改正什么")):
        with pytest.raises(Refused, match=sentence):
            appeals.uphold(found, answer="核对过", rule=wrong, by=office)
    with pytest.raises(Refused, match="数量至少是 1"):
        appeals.uphold(found, answer="核对过", rule=rule("A2"), quantity=0, by=office)
    with pytest.raises(Refused, match="数量 999 太大"):
        appeals.uphold(found, answer="核对过", rule=rule("A2"), quantity=999, by=office)


def test_more_points_than_the_contested_line_gave_are_the_directors_to_give(line):
    found, clerk = appeal_of(line), make.actor()
    with pytest.raises(Refused, match=r"由代工委主任答复.*另行登记"):
        appeals.uphold(found, answer="按 A2。", rule=rule("A2"), by=clerk)
    assert total(line.deputy) == Decimal("1.5")
    appeals.uphold(found, answer="一项网上学习。", rule=rule("S2"), by=clerk)
    assert total(line.deputy) == Decimal("0.5")


def test_the_limits_of_reporting_hold_for_a_correction(line):
    found, office = appeal_of(line), make.director()
    with pytest.raises(Refused, match="同一天最多 5 户"):
        appeals.uphold(found, answer="核对过", rule=rule("C2"), quantity=6, by=office)
    facts.posted(line.deputy, "C2", quantity=3)
    with pytest.raises(Refused, match="这天已报 3 户"):
        appeals.uphold(found, answer="核对过", rule=rule("C2"), quantity=3, by=office)
    for code in AWARDS:
        with pytest.raises(Refused, match="一个奖项记一笔，请把数量改成 1"):
            appeals.uphold(found, answer="核对过", rule=rule(code), quantity=49, by=office)
    assert lines()[:1] == [("A3", Decimal("1.5"))]


def test_a_record_without_a_matter_becomes_no_award_of_which_the_highest_counts(line):
    found, office = appeal_of(line), make.director()
    with pytest.raises(Refused, match=r"没有写奖项或事由.*把奖项另报一条"):
        appeals.uphold(found, answer="核对过", rule=rule("B4"), by=office)


def test_an_award_of_another_level_stays_with_its_matter(line):
    facts.posted(line.deputy, "B6", matter="优秀人大代表")
    award = facts.posted(line.deputy, "B7", matter="优秀人大代表")
    appeals.uphold(appeal_of(award), answer="是省级。", rule=rule("B5"), by=make.director())
    assert total(line.deputy) == Decimal("13.5")
    assert findings().clean


def test_dismiss_leaves_the_ledger_as_it_is(line):
    office = make.actor()
    done = appeals.dismiss(appeal_of(line), answer="签到表上是小分队活动。", by=office)
    assert (done.state, done.answered_by) == ("dismissed", office.user)
    assert lines() == [("A3", Decimal("1.5"))]
    assert Notice.objects.filter(text__contains="异议不成立：签到表上").count() == 1
    assert trail(done)[-1] == ("open", "dismissed", office.name)
    told = AuditEvent.objects.get(subject="scoring.Appeal", now="dismissed")
    assert told.note == "签到表上是小分队活动。"
