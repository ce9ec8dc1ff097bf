"""现在查一次: asked by the director or an auditor, run by the worker, told while it lasts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from congress.celery import app
from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from congress.shared.workflow import alone
from scoring import tasks
from scoring.actions import audits
from scoring.models import LedgerAudit
from scoring.queries.audit import findings
from tests import make
from tests.race import at_once
from tests.scoring import facts

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 28)
MAY = (Role.STAFF_DIRECTOR, Role.AUDITOR)
PAGE = reverse("scoring:audits")


@pytest.fixture(autouse=True)
def _today():
    with facts.on(DAY):
        yield


def posted():
    facts.book()
    return facts.posted(make.deputy())


@pytest.mark.parametrize("role", MAY)
def test_ask_audit_leaves_its_trail_and_the_worker_makes_the_run(role):
    posted()
    by = make.actor(role)
    assert tasks.run_asked_audit() is False
    audits.ask_audit(by=by)
    trace = AuditEvent.objects.get(subject="scoring.LedgerAudit")
    assert (trace.now, trace.by_name) == ("audit_asked", by.name)
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert tasks.run_asked_audit() is True
        assert tasks.run_asked_audit() is False
    assert (LedgerAudit.objects.get().entries, LedgerAudit.objects.get().agrees) == (1, True)


@pytest.mark.parametrize("role", sorted(set(Role) - set(MAY)))
def test_ask_audit_is_refused_to_everybody_else(role):
    with pytest.raises(Refused, match="代工委主任或者审计员"):
        audits.ask_audit(by=make.actor(role))
    assert LedgerAudit.objects.asked() is None


def test_ask_audit_is_refused_while_one_is_asked_for_and_open_again_after_it():
    by = make.director()
    audits.ask_audit(by=by)
    with pytest.raises(Refused, match="正在核对"):
        audits.ask_audit(by=by)
    with clock.at(clock.now() + timedelta(minutes=1)):
        tasks.audit_ledger()  # the nightly run answers as well
    with clock.at(clock.now() + timedelta(minutes=2)):
        audits.ask_audit(by=by)
    assert LedgerAudit.objects.asked() is not None


def test_a_run_that_fails_is_not_begun_again_by_itself_and_may_be_asked_for_again(monkeypatch):
    by = make.director()
    audits.ask_audit(by=by)

    def broken():
        raise RuntimeError("no disk")

    monkeypatch.setattr(tasks, "findings", broken)
    with pytest.raises(RuntimeError):
        tasks.run_asked_audit()
    assert tasks.run_asked_audit() is False
    monkeypatch.undo()
    with clock.at(clock.now() + timedelta(minutes=1)):
        audits.ask_audit(by=by)
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert tasks.run_asked_audit() is True


def test_a_run_that_began_before_it_was_asked_for_does_not_answer():
    audits.ask_audit(by=make.director())
    with clock.at(clock.now() + timedelta(seconds=30)):
        run = audits.keep_run(findings(), seconds=31)
        assert LedgerAudit.objects.asked() is not None
    assert run.began_at < clock.now()
    with clock.at(clock.now() + timedelta(seconds=60)):
        audits.keep_run(findings(), seconds=31)
        assert LedgerAudit.objects.asked() is None


@pytest.mark.django_db(transaction=True)
def test_the_nightly_run_is_waited_for_and_the_asked_one_steps_back():
    audits.ask_audit(by=make.director())
    with ThreadPoolExecutor(1) as pool, alone(tasks.RUN, wait=True):
        assert pool.submit(elsewhere, tasks.run_asked_audit).result(timeout=20) is False
    assert LedgerAudit.objects.count() == 0


def elsewhere(task):
    """The task on another connection."""
    try:
        return task()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_three_clicks_ask_once_and_two_workers_run_once():
    by = make.director()
    outcomes = at_once(3, lambda: audits.ask_audit(by=by))
    assert sorted(outcomes) == ["done", "refused", "refused"]
    with clock.at(clock.now() + timedelta(minutes=1)):
        at_once(2, tasks.run_asked_audit)
    assert LedgerAudit.objects.count() == 1


def test_an_ask_stands_in_the_trail_for_good_even_when_code_forgets():
    audits.ask_audit(by=make.director())
    for statement in (
        "UPDATE shared_auditevent SET by_name = '别人'",
        "DELETE FROM shared_auditevent",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_page_tells_the_progress_and_then_the_outcome(client):
    posted()
    client.force_login(make.actor(Role.AUDITOR).user)
    assert "现在查一次</button>" in client.get(PAGE).content.decode()
    assert client.post(reverse("scoring:ask_audit")).url == PAGE
    under_way = client.get(PAGE).content.decode()
    assert "正在核对…" in under_way
    assert 'hx-trigger="every 3s"' in under_way
    assert "现在查一次</button>" not in under_way
    with clock.at(clock.now() + timedelta(minutes=20)):
        assert "请告诉系统管理员" in client.get(PAGE).content.decode()
        tasks.run_asked_audit()
        done = client.get(PAGE).content.decode()
    assert "查账：1 笔，合计与显示相符" in done
    assert "正在核对…" not in done


def test_who_may_not_ask_reads_who_may(client):
    client.force_login(make.actor(Role.LEADER).user)
    page = client.get(PAGE).content.decode()
    assert "disabled" in page
    assert "代工委主任或者审计员可以现在查一次" in page
    assert client.post(reverse("scoring:ask_audit")).status_code == 409


def test_the_worker_looks_every_few_seconds():
    assert app.conf.beat_schedule["ledger-audit-asked"]["task"] == tasks.run_asked_audit.name
