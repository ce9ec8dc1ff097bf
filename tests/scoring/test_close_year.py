"""`./manage.py close_year YEAR`: what a machine may do of a year's end, and who does the rest."""

import errno
import json
from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from congress.shared import clock
from scoring import tasks
from scoring.management.commands import close_year
from scoring.models import Archive, Purse, ReviewCycle, SealFailure
from scoring.states import CycleState
from tests.scoring import paper, year
from tests.scoring.test_archive import snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def press(monkeypatch):
    return paper.press(monkeypatch)


def close(*words, at=year.NOW, of=year.YEAR):
    """The figures, the exit code and what stood on stderr."""
    out, err, code = StringIO(), StringIO(), 0
    with clock.at(at):
        try:
            call_command("close_year", str(of), "--workers=1", *words, stdout=out, stderr=err)
        except SystemExit as left:
            code = left.code
    return json.loads(out.getvalue().splitlines()[-1]), code, err.getvalue()


def test_a_final_year_is_sealed_and_a_second_run_changes_nothing():
    cycle = year.final(year.party(3))
    report, code, _ = close()
    assert (report.pop("seconds") >= 0, code) == (True, 0)
    assert report == {"deputies": 3, "files": 3, "failed": 0, "waits": []}
    cycle.refresh_from_db()
    assert cycle.state == CycleState.SEALED
    before = snapshot(), list(Purse.objects.values_list("pk", flat=True))
    assert close()[1] == 0
    assert (snapshot(), list(Purse.objects.values_list("pk", flat=True))) == before


def test_what_failed_is_named_with_its_reason_and_made_anew_by_resume(press):
    cycle = year.final(year.party(2))
    name = cycle.gradings.first().deputy.name
    press.breaks_for(name, OSError(errno.ENOSPC, "no space"))
    report, code, said = close()
    assert (report["files"], report["failed"], code) == (1, 1, 1)
    assert f"没有做成：{name}。存放档案的磁盘满了" in said
    press.mended()
    assert close()[0]["failed"] == 1, "it rests until somebody says so"
    report, code, said = close("--resume")
    assert (report["files"], report["failed"], code) == (2, 0, 0)
    assert "1 份没有做成的档案重做" in said
    assert not SealFailure.objects.exists()


@pytest.mark.parametrize("times", [1, 99])
def test_a_lost_database_is_waited_for_and_the_last_line_comes_anyway(monkeypatch, times):
    year.final(year.party(1))
    monkeypatch.setattr(close_year, "LOOK", 0)
    lost, seal = iter(range(times)), tasks.seal_files

    def seals(*args, **kwargs):
        if next(lost, None) is not None:
            raise OperationalError("the connection is lost")
        return seal(*args, **kwargs)

    monkeypatch.setattr(tasks, "seal_files", seals)
    report, code, said = close()
    assert "数据库断开了" in said
    files, waits = (1, []) if times == 1 else (None, [close_year.NO_DATABASE])
    assert (report["files"], report["waits"], code) == (files, waits, 0 if times == 1 else 1)


def test_opinions_past_their_day_are_closed_and_the_decision_is_left_to_people():
    of = year.party(1)
    cycle = year.opened(of)
    report, code, said = close()
    assert code == 2
    assert "还有 " in report["waits"][0]
    assert "征集到" in said
    late = timezone.make_aware(datetime.combine(year.AFTER, time.min))
    report, code, said = close(at=late)
    cycle.refresh_from_db()
    assert cycle.state == CycleState.GATHERED
    assert "意见征集已经截止" in said
    assert report["waits"] == [
        f"{cycle.assembly} {cycle}：意见已经截止，等代工委主任录入常委会的评定。"
    ]
    assert (report["deputies"], report["files"]) == (0, 0)


def test_publicity_is_waited_for_and_told_by_people():
    of = year.party(1)
    cycle = year.decided(of)
    assert "正在公示" in close()[0]["waits"][0]
    over = timezone.make_aware(datetime.combine(year.OVER, time.min))
    assert "等代工委主任答复完异议" in close(at=over + timedelta(days=9))[0]["waits"][0]
    cycle.refresh_from_db()
    assert cycle.state == CycleState.DECIDED


def test_a_year_that_nobody_opened_is_told():
    report, code, _ = close(of=2031)
    assert (report["waits"], code) == (["2031 年的评价还没有启动。"], 2)


TURN = timezone.make_aware(datetime.combine(date(2027, 1, 1), time.min))


@pytest.mark.parametrize("runs", [1, 2], ids=["once", "twice"])
@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_beat_at_the_turn_of_the_year_makes_each_file_once(seconds, runs):
    """Twice, or after all of New Year's Eve without a beat: nothing hangs on when it runs."""
    year.final(year.party(2))
    with clock.at(TURN + timedelta(seconds=seconds)):
        assert [tasks.run_reviews() for _ in range(runs)] == [2, 0][:runs]
    assert set(Archive.objects.values_list("sealed_at", flat=True)) == {
        ReviewCycle.objects.get().final_at
    }
    assert {path.rpartition("/")[0] for path in Archive.objects.values_list("file", flat=True)} == {
        "archive/2026"
    }


def test_a_year_sealed_before_and_after_the_turn_is_the_same_to_the_byte(press):
    """Half the files on 31 December, half on 1 January: each says the moment of the result."""
    cycle = year.final(year.party(2))
    other = cycle.gradings.last().deputy.name
    press.breaks_for(other, MemoryError())
    with clock.at(TURN - timedelta(seconds=1)):
        assert tasks.run_reviews() == 1
    press.mended()
    with clock.at(TURN + timedelta(hours=2)):
        assert tasks.run_reviews() == 1
    assert len(set(Archive.objects.values_list("sealed_at", flat=True))) == 1
