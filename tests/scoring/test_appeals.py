"""异议、补充、撤回: each works and leaves its trail, refused to others and at the wrong moment."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.roles import Role
from scoring.actions import appeals, posting
from scoring.models import Appeal
from scoring.states import AppealState
from tests import make
from tests.deputies import walk
from tests.scoring import facts
from tests.scoring.appealing import appeal_of, posted_line, total, trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    return posted_line()


def test_appeal_contests_the_line_and_leaves_a_trail(line):
    found = appeal_of(line, photos=[walk.photo()])
    record = line.record
    assert (found.state, found.entry, found.opened_by) == ("open", line, line.deputy.user)
    assert (found.checked_by, found.verified_by) == (record.checked_by, record.verified_by)
    assert found.due_on > clock.today() + timedelta(days=9)
    assert found.photos.count() == 1
    assert list(Appeal.objects.open()) == [found]
    assert trail(found) == [("", "open", line.deputy.name)]
    assert total(line.deputy) == Decimal("1.5")


@pytest.mark.parametrize("role", sorted(set(Role)))
def test_appeal_is_refused_to_everybody_but_the_deputy_of_the_line(line, role):
    with pytest.raises(Refused, match="只有代表本人"):
        appeal_of(line, by=make.actor(role))


def test_who_has_left_may_still_contest_what_was_posted_before(line):
    make.leaves(line.deputy, clock.today())
    by = Actor(line.deputy.user)
    found = appeal_of(line, by=by)
    appeals.add_words(found, words="附上通知。", by=by)
    assert appeals.withdraw_appeal(found, by=by).state == AppealState.WITHDRAWN


def test_appeal_is_refused_after_the_working_days_and_says_what_instead(line):
    with pytest.raises(Refused, match=r"5 个工作日内提出.*由主任冲销"):
        appeal_of(line, today=clock.today() + timedelta(days=60))


def test_appeal_is_open_until_the_last_of_the_working_days(line):
    with facts.on(date(2026, 5, 25)):
        later = facts.posted(line.deputy, "C1")
    with pytest.raises(Refused, match="到 6 月 1 日为止"):
        appeal_of(later, today=date(2026, 6, 2))
    assert appeal_of(later, today=date(2026, 6, 1)).due_on == date(2026, 6, 15)


def test_a_line_is_contested_once(line):
    appeal_of(line)
    with pytest.raises(Refused, match="再补一句"):
        appeal_of(line)


def test_after_a_withdrawal_it_may_be_contested_once_more(line):
    by = make.as_deputy(line.deputy)
    appeals.withdraw_appeal(appeal_of(line), by=by)
    appeals.dismiss(appeal_of(line), answer="签到表上是小分队活动。", by=make.actor())
    with pytest.raises(Refused, match="已经答复"):
        appeal_of(line)


def test_appeal_wants_words(line):
    with pytest.raises(Refused, match="哪里不对"):
        appeal_of(line, words=" ")


def test_a_reversed_line_is_contested_at_its_reversal(line):
    reversal = posting.reverse(line, reason="重复", by=make.director())
    with pytest.raises(Refused, match="对冲销的那一笔"):
        appeal_of(line)
    assert appeal_of(reversal).entry == reversal


def test_an_open_appeal_freezes_the_line(line):
    appeal_of(line)
    with pytest.raises(Refused, match="有异议，正在处理"):
        posting.reverse(line, reason="重复", by=make.director())


def test_add_words_stands_beside_what_was_said(line):
    found = appeal_of(line)
    appeals.add_words(found, words="附上通知。", by=make.as_deputy(line.deputy))
    photos = [walk.photo("gold")]
    appeals.add_words(found, words="", photos=photos, by=make.as_deputy(line.deputy))
    said = list(found.further.values_list("words", flat=True))
    assert said == ["附上通知。", "补充照片 1 张。"]
    assert [now for _, now, _ in trail(found)] == ["open", "added_words", "added_words"]


def test_add_words_is_refused_to_others_and_after_the_answer(line):
    found = appeal_of(line)
    with pytest.raises(Refused, match="代表本人"):
        appeals.add_words(found, words="补一句", by=make.as_deputy(make.deputy()))
    with pytest.raises(Refused, match="写"):
        appeals.add_words(found, words=" ", by=make.as_deputy(line.deputy))
    appeals.dismiss(found, answer="原来的对。", by=make.actor())
    with pytest.raises(Refused, match="不再改动"):
        appeals.add_words(found, words="补一句", by=make.as_deputy(line.deputy))


@pytest.mark.parametrize("table", ["scoring_appealwords", "scoring_appealphoto"])
def test_what_was_said_is_never_edited(line, table):
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET id = id")  # noqa: S608  # one of two literals


def test_withdraw_appeal_leaves_the_line_as_it_was(line):
    found = appeals.withdraw_appeal(appeal_of(line), by=make.as_deputy(line.deputy))
    assert found.state == AppealState.WITHDRAWN
    assert trail(found)[-1] == ("open", "withdrawn", line.deputy.name)
    assert total(line.deputy) == Decimal("1.5")
    assert posting.reverse(line, reason="重复", by=make.director())


def test_withdraw_appeal_is_refused_to_others_and_after_the_answer(line):
    found = appeal_of(line)
    with pytest.raises(Refused, match="代表本人"):
        appeals.withdraw_appeal(found, by=make.director())
    appeals.dismiss(found, answer="原来的对。", by=make.actor())
    with pytest.raises(Refused, match="不成立"):
        appeals.withdraw_appeal(found, by=make.as_deputy(line.deputy))


def test_an_appeal_and_its_answer_must_say_something():
    facts.book()
    entry = facts.posted(make.deputy())
    with pytest.raises(Refused):
        facts.contested(entry, words="\u200b")
    appeal = facts.contested(entry)
    for verb in (appeals.dismiss, appeals.uphold):
        with pytest.raises(Refused, match="答复必须写明理由"):
            verb(appeal, answer="\u200b", by=make.actor())
