"""没有做成的档案: the reason in words, no other file held up, made again by itself or at once."""

import errno
from datetime import timedelta

import psycopg
import pytest
from django.db import OperationalError

from congress.home.queries.review_queues import review_queues
from congress.shared import clock
from congress.shared.actors import SYSTEM
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from scoring import tasks
from scoring.actions import sealing
from scoring.models import Archive, Grading, SealFailure, SealStart
from scoring.seal_reasons import (
    A_FILE,
    DATABASE,
    NO_MEMORY,
    OF_THE_DISK,
    TOO_LONG,
    UNKNOWN,
    died,
    why_not_made,
)
from scoring.states import CycleState
from tests import make
from tests.race import at_once
from tests.scoring import paper, year

pytestmark = pytest.mark.django_db
FULL = OF_THE_DISK[errno.ENOSPC]
at = clock.at(year.NOW)


class Killed(BaseException):
    """What no handler of ours catches, as no process survives a kill."""


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def press(monkeypatch):
    return paper.press(monkeypatch)


def final(people=2):
    return year.final(year.party(people))


def failed(people=1, reason=FULL):
    cycle = final(people)
    for grading in cycle.gradings.all():
        sealing.keep_failure(grading, reason=reason, by=SYSTEM)
    return cycle


def later(hours):
    return clock.at(year.NOW + timedelta(hours=hours))


@at
def test_one_that_fails_stops_no_other_keeps_its_reason_and_rests_an_hour(press):
    cycle = final(3)
    first = cycle.gradings.first()
    press.breaks_for(first.deputy.name, OSError(errno.ENOSPC, "no space"))

    assert tasks.run_reviews() == 2
    failure = SealFailure.objects.get()
    assert (failure.grading, failure.reason, failure.tries) == (first, FULL, 1)
    assert not Notice.objects.filter(key=f"scoring.archived:{first.pk}").exists()
    cycle.refresh_from_db()
    assert cycle.state == CycleState.FINAL
    notice = Notice.objects.get(key__startswith="scoring.seal_failed")
    assert "请看是谁、什么原因" in notice.text

    assert tasks.run_reviews() == 0
    assert press.tried[first.deputy.name] == 1
    with later(2):
        assert tasks.run_reviews() == 0
        assert SealFailure.objects.get().tries == 2
    press.mended()
    with later(4):
        assert tasks.run_reviews() == 1
    assert not SealFailure.objects.exists()
    cycle.refresh_from_db()
    assert cycle.state == CycleState.SEALED
    steps = AuditEvent.objects.filter(subject=Grading._meta.label, subject_id=first.pk)
    tries = list(steps.order_by("pk").values_list("now", flat=True))
    assert tries[-3:] == ["seal_failed", "seal_failed", "archived"]


@at
def test_one_that_takes_its_worker_down_holds_up_no_other_and_is_named_at_last(press, monkeypatch):
    cycle = final(3)
    monkeypatch.setattr(sealing, "MOST_DEATHS", 3)
    poison = cycle.gradings.first()
    press.breaks_for(poison.deputy.name, Killed())
    for _ in range(3):
        with pytest.raises(Killed):
            tasks.run_reviews()
        assert not SealFailure.objects.exists()
    assert Archive.objects.exclude(grading=poison).count() == 2, "the others came first"
    assert tasks.run_reviews() == 0
    assert SealFailure.objects.get(grading=poison).reason == died(3)
    press.mended()
    sealing.retry_file(poison, by=SYSTEM)
    assert tasks.run_reviews() == 1
    assert not SealStart.objects.exists()


@at
def test_one_that_never_ends_or_waits_in_vain_fails_alone(press, monkeypatch):
    cycle = final(3)
    slow, busy, _ = cycle.gradings.all()
    monkeypatch.setattr(tasks, "LONGEST", 1)
    press.hangs_for(slow.deputy.name)
    cancelled = OperationalError("canceling statement")
    cancelled.__cause__ = psycopg.errors.QueryCanceled()
    press.breaks_for(busy.deputy.name, cancelled)
    assert tasks.run_reviews() == 1
    reasons = dict(SealFailure.objects.values_list("grading", "reason"))
    assert reasons == {slow.pk: TOO_LONG, busy.pk: DATABASE}
    press.breaks_for(busy.deputy.name, OperationalError("the connection is lost"))
    sealing.retry_file(busy, by=SYSTEM)
    with pytest.raises(OperationalError):
        tasks.run_reviews()


@at
def test_retry_file_makes_this_one_anew_at_the_next_turn_and_leaves_a_trail(press):
    cycle = failed(2)
    one, other = cycle.gradings.all()
    by = make.actor(Role.STAFF_CLERK)
    assert tasks.run_reviews() == 0
    sealing.retry_file(one, by=by)
    assert AuditEvent.objects.get(now="seal_retried").by_name == by.name
    assert tasks.run_reviews() == 1
    assert [row.grading for row in SealFailure.objects.all()] == [other]


@at
def test_retry_file_all_makes_every_one_anew(press):
    cycle = failed(3)
    assert sealing.retry_file_all(cycle, by=SYSTEM) == 3
    assert tasks.run_reviews() == 3
    assert AuditEvent.objects.filter(now="seal_retried").count() == 3
    assert not SealFailure.objects.exists()


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.TOWNSHIP_CLERK, Role.LEADER])
def test_retry_file_is_refused_to_whoever_is_not_of_the_office(role):
    cycle = failed()
    by = make.actor(role)
    for ask in (
        lambda: sealing.retry_file(cycle.gradings.get(), by=by),
        lambda: sealing.retry_file_all(cycle, by=by),
    ):
        with pytest.raises(Refused, match="只有代工委的工作人员"):
            ask()


@at
def test_retry_file_is_refused_when_there_is_nothing_to_retry(press):
    cycle = final(1)
    grading, by = cycle.gradings.get(), make.actor()
    with pytest.raises(Refused, match="没有失败过"):
        sealing.retry_file(grading, by=by)
    with pytest.raises(Refused, match="没有做失败的档案"):
        sealing.retry_file_all(cycle, by=by)
    sealing.keep_failure(grading, reason=FULL, by=SYSTEM)
    sealing.retry_file(grading, by=by)
    with pytest.raises(Refused, match="已经在等着重做"):
        sealing.retry_file(grading, by=by)
    tasks.run_reviews()
    with pytest.raises(Refused, match="已经做好"):
        sealing.retry_file(grading, by=by)
    with pytest.raises(Refused, match="现在不在归档"):
        sealing.retry_file_all(cycle, by=by)


@pytest.mark.django_db(transaction=True)
def test_retry_file_twice_at_once_is_one_retry():
    grading = failed().gradings.get()
    assert at_once(2, sealing.retry_file, grading, by=make.actor()) == ["done", "refused"]
    assert AuditEvent.objects.filter(now="seal_retried").count() == 1


def test_the_reason_is_a_sentence_that_says_who_mends_it():
    assert why_not_made(Refused("没有席位。")) == "没有席位。"
    assert why_not_made(PermissionError(errno.EACCES, "denied")) == OF_THE_DISK[errno.EACCES]
    assert why_not_made(IsADirectoryError(errno.EISDIR, "a folder")) == A_FILE
    assert why_not_made(MemoryError()) == NO_MEMORY
    assert why_not_made(KeyError("seat")) == UNKNOWN


@at
def test_the_page_says_who_is_without_a_file_and_why_and_takes_the_retry(client, press):
    cycle = failed(3)
    name = cycle.gradings.first().deputy.name
    page, own = year.url("cycle", cycle.pk), year.as_(client, make.director())
    said = year.text(own.get(page))
    assert FULL in said
    assert said.count(FULL) == 1, "the same reason stands once"
    assert f"{name} " in said
    assert "全部重试" in said
    retry = year.url("retry_file", cycle.pk)
    answer = own.post(retry, {"grading": cycle.gradings.first().pk}, follow=True)
    assert f"{name}的档案马上重做" in year.text(answer)
    assert "没有做成的 2 份档案马上重做" in year.text(own.post(retry, follow=True))
    assert own.post(retry, {"grading": "x"}).status_code == 404
    assert tasks.run_reviews() == 3
    answer = own.get(page, headers={"HX-Request": "true"})
    assert answer["HX-Refresh"] == "true"


@at
def test_the_desk_says_what_failed_and_when_the_run_stands_still():
    failed(2)
    by = make.director()
    row = review_queues(by, year.OVER)[0]
    assert (row.kind, "有 2 人的档案没有做成" in row.words) == ("must", True)
    SealFailure.objects.all().delete()
    assert review_queues(by, year.OVER)[0].kind == "open"
    with later(1):
        row = review_queues(by, year.OVER)[0]
    assert (row.kind, "归档停住了" in row.words) == ("must", True)


def test_whoever_only_reads_at_the_desk_sees_the_reason_and_no_button(client):
    cycle = failed()
    said = year.text(year.as_(client, make.actor(Role.AUDITOR)).get(year.url("cycle", cycle.pk)))
    assert FULL in said
    assert "只有代工委的工作人员可以重试" in said
    assert "retry-file" not in said


def test_the_page_asks_as_often_for_three_failures_as_for_one(client):
    director = make.director()
    year.as_(client, director)
    cycle = failed(3)
    three = year.queries_of(client, year.url("cycle", cycle.pk))
    SealFailure.objects.exclude(grading=cycle.gradings.first()).delete()
    assert year.queries_of(client, year.url("cycle", cycle.pk)) == three
