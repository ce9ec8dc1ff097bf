"""查账: the nightly audit finds what is off, names it, and is silent when nothing is."""

import hashlib
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import serializers
from django.core.management import call_command

from congress.shared import chain, clock
from congress.shared.models import Notice
from scoring import tasks
from scoring.actions import posting
from scoring.models import Entry
from tests import make
from tests.scoring import facts, year

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger():
    """Three lines, one of them reversed; two deputies."""
    facts.book()
    first, second = make.deputy(), make.deputy()
    undone = facts.posted(first)
    facts.posted(first, "C5")
    kept = facts.posted(second)
    posting.reverse(undone, reason="重复", by=make.director())
    return kept


def audited(capsys, *args: str) -> tuple[int, list[str]]:
    code = 0
    try:
        call_command("audit_ledger", *args)
    except SystemExit as stop:
        code = stop.code
    return code, capsys.readouterr().out.splitlines()


def test_a_true_ledger_passes_and_the_last_line_is_json(ledger, capsys):
    code, lines = audited(capsys)
    report = json.loads(lines[-1])
    assert code == 0
    assert len(lines) == 1
    assert {**report, "seconds": 0} == {"entries": 4, "drift": 0.0, "chain": "ok", "seconds": 0}
    assert not Notice.objects.filter(key__startswith="scoring.audit").exists()


def test_the_printed_head_is_found_and_an_empty_one_is_refused(ledger, capsys):
    tasks.audit_ledger()
    head = chain.head("ledger")
    code, lines = audited(capsys, f"--head={head.number}:{head.digest}")
    report = json.loads(lines[-1])
    assert (code, report["head"], report["chain"]) == (0, "ok", "ok")
    code, lines = audited(capsys, "--head=")
    assert (code, lines[0]) == (1, "请写封签的号码，它是一个正整数。")


def test_a_chain_without_the_printed_head_is_not_called_whole(ledger, capsys):
    tasks.audit_ledger()
    number = chain.head("ledger").number
    code, lines = audited(capsys, f"--head={number}:{'0' * 64}")
    report = json.loads(lines[-1])
    assert code == 1
    assert report["chain"] == report["head"] == lines[0]
    assert "摘要与链上不同" in report["chain"]


def test_an_audit_run_twice_changes_nothing(ledger):
    assert tasks.audit_ledger()["chain"] == tasks.audit_ledger()["chain"] == "ok"


def test_a_line_moved_to_a_year_without_a_rule_book_is_named(ledger, as_owner, capsys):
    as_owner.execute("UPDATE scoring_entry SET year = 2020 WHERE id = %s", [ledger.pk])
    code, lines = audited(capsys)
    assert code == 1
    assert any(f"第 {ledger.pk} 笔与履职记录" in line for line in lines)
    assert json.loads(lines[-1])["drift"] == 2.0


def test_a_line_changed_by_the_owner_is_named(ledger, as_owner, capsys):
    tasks.audit_ledger()
    as_owner.execute("UPDATE scoring_entry SET points = 20 WHERE id = %s", [ledger.pk])
    code, lines = audited(capsys)
    report = json.loads(lines[-1])
    assert code == 1
    assert f"第 {ledger.pk} 笔记录被改动" in report["chain"]
    assert report["drift"] == 10.0  # the item's yearly limit is 12
    assert f"第 {ledger.pk} 笔与履职记录 {ledger.record_id} 不符" in lines


def test_a_line_removed_by_the_owner_is_named(ledger, as_owner, capsys):
    tasks.audit_ledger()
    as_owner.execute("DELETE FROM scoring_entry WHERE id = %s", [ledger.pk])
    code, lines = audited(capsys)
    assert code == 1
    assert f"第 {ledger.pk} 笔记录被删除" in json.loads(lines[-1])["chain"]
    assert f"履职记录 {ledger.record_id} 已核实，没有入账：请到“补记积分”里看" in lines


def test_a_total_that_shows_more_than_the_lines_is_drift(ledger, as_owner, capsys):
    as_owner.execute(
        "UPDATE scoring_yeartotal SET bonus = bonus + 1, total = total + 1 WHERE deputy_id = %s",
        [ledger.deputy_id],
    )
    code, lines = audited(capsys)
    assert (code, json.loads(lines[-1])["drift"]) == (1, 1.0)
    assert (
        f"代表{ledger.deputy.name}（序号 {ledger.deputy_id}）2026 年显示 3.0 分，账上是 2.0 分"
        in lines
    )


def test_a_missing_total_is_drift(ledger, as_owner, capsys):
    as_owner.execute("DELETE FROM scoring_yeartotal WHERE deputy_id = %s", [ledger.deputy_id])
    code, lines = audited(capsys)
    assert (code, json.loads(lines[-1])["drift"]) == (1, 2.0)


def test_a_line_without_its_fact_is_named(ledger, as_owner, capsys):
    as_owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
    as_owner.execute("ALTER TABLE deputies_dutyrecord DISABLE TRIGGER verified_duty_is_frozen")
    as_owner.execute(
        "UPDATE deputies_dutyrecord SET state = 'withdrawn', verified_by_id = NULL,"
        " verified_at = NULL WHERE id = %s",
        [ledger.record_id],
    )
    code, lines = audited(capsys)
    assert code == 1
    assert f"第 {ledger.pk} 笔没有对应的已核实记录或规则" in lines


def test_a_reversal_of_another_amount_is_named(ledger, as_owner, capsys):
    reversal = Entry.objects.get(reverses__isnull=False)
    as_owner.execute("UPDATE scoring_entry SET points = -1 WHERE id = %s", [reversal.pk])
    code, lines = audited(capsys)
    assert code == 1
    assert f"第 {reversal.pk} 笔冲销与原来那一笔不符" in lines


def test_a_fault_reaches_the_director_once_a_day(ledger, as_owner, capsys):
    director = make.director()
    as_owner.execute("DELETE FROM scoring_yeartotal WHERE deputy_id = %s", [ledger.deputy_id])
    audited(capsys)
    audited(capsys)
    notice = Notice.objects.get(person=director.user, key__startswith="scoring.audit")
    assert "积分账有 1 处不符" in notice.text


def test_everybodys_totals_are_what_their_lines_add_up_to(ledger):
    assert sum(Entry.objects.values_list("points", flat=True), Decimal(0)) == Decimal(6)
    assert tasks.audit_ledger()["drift"] == 0


def test_a_column_added_later_is_no_part_of_a_seal_while_it_is_empty(ledger):
    sealed_before = [field.name for field in Entry._meta.fields if field.name != "corrects"]
    text = serializers.serialize("json", [ledger], fields=sealed_before)
    expected = hashlib.sha256(f"{chain.START}{text}".encode()).hexdigest()
    assert chain.digest(chain.START, ledger) == expected
    ledger.corrects_id = ledger.pk
    assert chain.digest(chain.START, ledger) != expected


def test_a_congress_that_had_decided_the_year_owes_no_line(as_owner, capsys):
    facts.book()
    facts.book("township")
    of = year.party(people=0)
    of.deputies.append(make.deputy(levels=("county", "township")))
    before = facts.posted(of.deputies[0])
    late = facts.checked(of.deputies[0], "C5")
    year.decided(of)
    with clock.at(year.NOW + timedelta(hours=1)):
        assert posting.verify_and_post(late, by=make.director()) == 1
        assert audited(capsys)[0] == 0
        as_owner.execute("DELETE FROM scoring_entry WHERE id = %s", [before.pk])
        _, lines = audited(capsys)
    assert f"履职记录 {before.record_id} 已核实，没有入账：请到“补记积分”里看" in lines
    assert f"履职记录 {late.pk} 已核实，没有入账：请到“补记积分”里看" not in lines
