"""异议 and everything else at one moment: one act stands, and the ledger is whole."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from congress.shared import clock
from congress.shared.errors import Refused
from scoring.actions import appeals, posting
from scoring.models import Appeal, Entry, Rule, YearTotal
from scoring.permissions import why_not_decide, why_not_in_closed_year
from scoring.queries.audit import findings
from tests import make
from tests.race import at_once
from tests.scoring import facts, year


def line():
    facts.book()
    return facts.posted(make.deputy(), "A3")


def together(*verbs) -> list[str]:
    """Different verbs from several threads at one moment: which of them were refused."""
    barrier = Barrier(len(verbs))

    def run(verb) -> str:
        try:
            barrier.wait(timeout=10)
            verb()
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(verbs)) as pool:
        return sorted(pool.map(run, verbs))


@pytest.mark.django_db(transaction=True)
def test_two_appeals_at_once_are_one():
    entry = line()
    how = {"words": "应按 A2 记。", "by": make.as_deputy(entry.deputy), "today": clock.today()}
    assert at_once(4, appeals.appeal, entry, **how) == ["done", *["refused"] * 3]


@pytest.mark.django_db(transaction=True)
def test_of_appeal_and_reversal_at_once_one_stands():
    entry, director = line(), make.director()
    by, today = make.as_deputy(entry.deputy), clock.today()
    outcomes = together(
        lambda: appeals.appeal(entry, words="应按 A2 记。", by=by, today=today),
        lambda: posting.reverse(entry, reason="重复", by=director),
    )
    assert outcomes == ["done", "refused"]
    assert Appeal.objects.count() + Entry.objects.filter(reverses=entry).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_and_a_withdrawal_at_once_one_stands():
    entry = line()
    found, deputy = facts.contested(entry), make.as_deputy(entry.deputy)
    offices, better = [make.director(), make.actor()], Rule.objects.get(item__code="A2")
    outcomes = together(
        lambda: appeals.uphold(found, answer="按 A2。", rule=better, by=offices[0]),
        lambda: appeals.dismiss(found, answer="原来的对。", by=offices[1]),
        lambda: appeals.withdraw_appeal(found, by=deputy),
    )
    assert outcomes == ["done", "refused", "refused"]
    found.refresh_from_db()
    upheld = found.state == "upheld"
    assert Entry.objects.count() == (3 if upheld else 1)
    assert YearTotal.objects.get().total == (Decimal(2) if upheld else Decimal("1.5"))
    assert findings().clean


@pytest.mark.django_db(transaction=True)
def test_words_and_an_answer_at_once_lose_nothing():
    entry = line()
    found, deputy, office = facts.contested(entry), make.as_deputy(entry.deputy), make.actor()
    outcomes = together(
        lambda: appeals.add_words(found, words="附通知。", by=deputy),
        lambda: appeals.dismiss(found, answer="原来的对。", by=office),
    )
    assert found.further.count() == outcomes.count("done") - 1


@pytest.mark.django_db
def test_open_appeals_are_answered_before_the_year_is_decided():
    party = year.party(1)
    facts.book()
    found = facts.contested(facts.posted(party.deputies[0], "A3"))
    cycle = year.opened(party)
    assert (
        why_not_decide(party.director, cycle, year.TODAY)
        == "还有 1 条积分异议没有答复，全部答复以后再评定。"
    )
    with pytest.raises(Refused, match="还有 1 条积分异议"):
        year.decided(party, cycle)
    appeals.dismiss(found, answer="原来的对。", by=make.actor())
    assert year.decided(party, cycle)


@pytest.mark.django_db
def test_a_decided_year_takes_no_appeal_and_no_reversal():
    party = year.party(1)
    facts.book()
    entry = facts.posted(party.deputies[0], "A3")
    assert why_not_in_closed_year(entry.assembly_id, facts.DAY) is None
    year.decided(party)
    assert why_not_in_closed_year(entry.assembly_id, date(2025, 5, 20)) is None
    with pytest.raises(Refused, match=r"2026 年的评定已经作出.*书面"):
        facts.contested(entry)
    with pytest.raises(Refused, match="2026 年的评定已经作出"):
        posting.reverse(entry, reason="重复", by=make.director())


@pytest.mark.django_db(transaction=True)
def test_of_appeal_and_decision_at_once_one_stands():
    party = year.party(1)
    facts.book()
    entry = facts.posted(party.deputies[0], "A3")
    cycle, by, today = year.opened(party), make.as_deputy(entry.deputy), clock.today()
    outcomes = together(
        lambda: appeals.appeal(entry, words="应按 A2 记。", by=by, today=today),
        lambda: year.decided(party, cycle),
    )
    assert outcomes == ["done", "refused"]
