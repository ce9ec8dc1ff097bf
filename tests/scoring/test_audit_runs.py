"""查账记录: every run is kept, read on the desk, and told to the public in one line."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from congress.shared import chain, clock
from congress.shared.chain import Head
from congress.shared.roles import Role
from scoring import tasks
from scoring.actions import posting
from scoring.models import Entry, LedgerAudit, LedgerFault
from scoring.queries import audits
from scoring.queries.anchors import fault
from scoring.queries.audit import findings
from scoring.queries.audits import public_line
from tests import make
from tests.scoring import facts, year

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 28)


@pytest.fixture
def ledger():
    facts.book()
    entry = facts.posted(make.deputy())
    with facts.on(DAY):
        tasks.audit_ledger()
    return entry


def off(as_owner, entry):
    as_owner.execute(
        "UPDATE scoring_yeartotal SET bonus = bonus + 1, total = total + 1 WHERE deputy_id = %s",
        [entry.deputy_id],
    )
    with facts.on(DAY):
        tasks.audit_ledger()


def test_a_run_is_kept_with_its_figures_and_the_head_of_the_chain(ledger):
    run = LedgerAudit.objects.get()
    head = chain.head("ledger")
    assert (run.entries, run.drift, run.chain, run.faults) == (1, 0, "", 0)
    assert (run.head_number, run.head_digest) == (1, head.digest)
    assert run.agrees


def test_a_run_that_finds_something_keeps_each_sentence(ledger, as_owner):
    off(as_owner, ledger)
    run = LedgerAudit.objects.latest_run()
    assert (run.faults, run.drift, run.agrees) == (1, 1, False)
    words = f"代表{ledger.deputy.name}（序号 {ledger.deputy_id}）2026 年显示 3.0 分，账上是 2.0 分"
    assert [row.sentence for row in run.sentences.all()] == [words]


def test_of_a_ledger_torn_to_pieces_the_first_sentences_are_kept(ledger, as_owner, monkeypatch):
    monkeypatch.setattr("scoring.actions.audits.MOST_SENTENCES", 1)
    as_owner.execute("UPDATE scoring_entry SET points = 9")
    with facts.on(DAY):
        tasks.audit_ledger()
    assert LedgerAudit.objects.latest_run().faults > LedgerFault.objects.count() == 1


def test_the_public_reads_one_line_without_anybodys_points(client, ledger, as_owner):
    with facts.on(DAY):
        assert public_line() == "11 月 28 日 12:00 查账：1 笔，合计与显示相符。"
        assert public_line() in client.get("/").content.decode()
        page = client.get(reverse("home:deputy", args=[ledger.deputy.code])).content.decode()
        assert public_line() in page
    off(as_owner, ledger)
    with facts.on(DAY):
        assert public_line() == "11 月 28 日 12:00 查账：1 笔，有 1 处不符，正在核对。"


def test_where_the_sums_agree_the_line_says_so_whatever_else_is_looked_at():
    with facts.on(DAY):
        run = LedgerAudit(entries=2, drift=0, faults=3)
        found = audits.in_words(run)
    assert found == "11 月 28 日 12:00 查账：2 笔，合计与显示相符，另有 3 处正在核对"


def test_the_public_line_says_that_it_is_old_or_that_there_is_none(ledger):
    with facts.on(date(2026, 12, 1)):
        assert public_line().endswith("合计与显示相符；此后 3 天没有查账。")


def test_before_the_first_audit_the_line_says_so():
    assert public_line() == "履职账还没有查过。"


def desk(client, name, *args, role=Role.AUDITOR):
    client.force_login(make.actor(role).user)
    return client.get(reverse(f"scoring:{name}", args=args))


def test_the_desk_reads_the_runs_and_one_runs_sentences(client, ledger, as_owner):
    off(as_owner, ledger)
    run = LedgerAudit.objects.latest_run()
    listed = desk(client, "audits").content.decode()
    assert "1 处不符" in listed
    assert '<h2 role="status" class="red">' in listed
    text = desk(client, "audit", run.pk).content.decode()
    assert "显示 3.0 分，账上是 2.0 分" in text
    assert run.head_digest in text
    assert desk(client, "audit", 10**9).status_code == 404


def test_the_list_of_runs_costs_the_same_at_1_row_and_at_3(client, ledger):
    client.force_login(make.actor().user)
    address = reverse("scoring:audits")
    one = year.queries_of(client, address)
    tasks.audit_ledger()
    tasks.audit_ledger()
    assert year.queries_of(client, address) == one


def test_the_dashboard_asks_for_an_audit_that_was_missed_or_is_red(client, ledger, as_owner):
    def dashboard(day):
        with facts.on(day):
            client.force_login(make.director().user)
            return client.get("/admin/").content.decode()

    assert "积分账" not in dashboard(DAY).split("等着办的")[1].split("积分月报待制作")[0]
    assert "积分账没有按时查账" in dashboard(date(2026, 12, 1))
    off(as_owner, ledger)
    assert "积分账查出不符" in dashboard(DAY)


def test_a_head_that_was_printed_is_found_by_the_command(ledger, capsys):
    head = chain.head("ledger")
    call_command("audit_ledger", head=f"1:{head.digest}")
    assert '"head": "ok"' in capsys.readouterr().out
    for wrong in (f"2:{head.digest}", f"1:{'0' * 64}", "x", f"0:{'0' * 64}"):
        with pytest.raises(SystemExit):
            call_command("audit_ledger", head=wrong)
    assert "封签" in capsys.readouterr().out


def test_heads_before_the_first_seal_are_noughts():
    nothing = chain.head("ledger")
    assert nothing == Head(0, "0" * 64)
    assert chain.why_not_head("ledger", nothing) is None
    assert "全是 0" in chain.why_not_head("ledger", Head(0, "1" * 64))
    assert fault() == ""


def test_a_ledger_cut_off_with_its_seals_is_seen_by_the_heads_kept(ledger, as_owner):
    as_owner.execute("DELETE FROM shared_seal WHERE trail = 'ledger'")
    as_owner.execute("DELETE FROM scoring_entry")
    found = findings()
    assert found.chain.startswith("第 0 号以后的封签被截去：2026-11-28 12:00 查账记有第 1 号")


def test_a_chain_built_anew_is_seen_by_the_heads_kept(ledger, as_owner):
    as_owner.execute("UPDATE scoring_entry SET posted_at = now()")
    as_owner.execute("DELETE FROM shared_seal WHERE trail = 'ledger'")
    chain.seal("ledger", Entry)
    assert "第 0 号以后的封签被重做" in findings().chain


def test_a_line_after_the_years_decision_is_refused_and_found(as_owner):
    facts.book()
    of = year.party(1)
    entry = facts.posted(of.deputies[0])
    waiting = facts.checked(of.deputies[0], "C5")
    year.decided(of)
    from_then = year.NOW.replace(hour=23)
    with clock.at(from_then):
        for act in (
            lambda: posting.verify_and_post(waiting, by=make.director()),
            lambda: posting.reverse(entry, reason="重复", by=make.director()),
        ):
            with pytest.raises(posting.Refused, match="2026 年的评定已经作出"):
                act()
    assert findings().clean
    as_owner.execute("UPDATE scoring_entry SET posted_at = %s", [from_then])
    assert f"第 {entry.pk} 笔是在该年度评定以后记的" in findings().faults


def test_a_book_whose_ceilings_were_moved_is_named(ledger, as_owner):
    as_owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
    as_owner.execute("ALTER TABLE scoring_ceiling DISABLE TRIGGER USER")
    as_owner.execute("UPDATE scoring_ceiling SET points = points + 1")
    as_owner.execute("ALTER TABLE scoring_ceiling ENABLE TRIGGER USER")
    of_sum, of_digest = findings().faults[-2:]
    assert "相加应为 100 分，现在是 105 分" in of_sum
    assert "与通过时不同" in of_digest
