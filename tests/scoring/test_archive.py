"""归档: one sealed file for each deputy, wherever a run dies, started twice or at once."""

import hashlib
import json
import operator
import shutil
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from congress.shared import clock
from congress.shared.actors import SYSTEM
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from scoring import tasks
from scoring.actions import archive, cycles, filing, polls
from scoring.models import Archive, Entry, Grading, ReviewCycle, StarLight, YearSeal
from scoring.queries.duty_file import county
from scoring.queries.since_sealing import regraded
from scoring.states import CycleState
from tests import make
from tests.race import at_once
from tests.scoring import facts, grading, paper, polling, year


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def decided(db):
    """Two deputies graded; the first has posted duties under a rule book."""
    facts.book()
    of = year.party(2)
    facts.posted(of.deputies[0], "C1")
    facts.posted(of.deputies[0], "S1", quantity=2)
    cycle = year.opened(of)
    year.self_review(cycle, of.deputies[0])
    year.group_check(cycle, of)
    return year.final(of, cycle)


def sealed(grading, number="2026-C1", pdf=b"%PDF /Type /Pages /Count 5 >>", at=year.NOW):
    papers = {"pdf": pdf, "data": b"{}"}
    return archive.seal_file(grading, number=number, **papers, at=at, by=SYSTEM)


def test_run_reviews_seals_a_file_for_everybody_and_ends_the_cycle(decided):
    assert tasks.run_reviews() == 2

    assert ReviewCycle.objects.get().state == CycleState.SEALED
    assert StarLight.objects.count() == 20
    for row in Archive.objects.select_related("grading"):
        content = (settings.MEDIA_ROOT / row.file).read_bytes()
        assert content.startswith(b"%PDF")
        assert hashlib.sha256(content).hexdigest() == row.sha256
        assert (row.pages > 2, row.sealed_at) == (True, year.NOW)
        assert row.file == f"archive/2026/{row.number}-{row.grading_id}.pdf"
        data = (settings.MEDIA_ROOT / row.data).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row.data_sha256
        assert json.loads(data)["person"]["name"] == row.grading.deputy.name
        assert Notice.objects.filter(key=f"scoring.archived:{row.grading_id}").count() == 1
    steps = AuditEvent.objects.filter(subject="scoring.Grading", now="archived")
    assert steps.count() == 2
    assert AuditEvent.objects.get(now=CycleState.SEALED).by_name == "系统"


def test_a_second_run_changes_nothing(decided, monkeypatch):
    paper.press(monkeypatch)
    tasks.run_reviews()
    before = snapshot()
    assert tasks.run_reviews() == 0
    assert snapshot() == before


def test_the_stars_of_the_file_are_those_of_the_records(decided, monkeypatch):
    paper.press(monkeypatch)
    tasks.run_reviews()
    grading = Grading.objects.get(deputy=Entry.objects.first().deputy)
    lit = StarLight.objects.filter(grading=grading, lit=True).values_list("star__code", "reason")
    assert dict(lit) == {
        "stance": "评定时没有发现违反情形",
        "law": "评定时没有违纪违法记录",
        "learning": "学习培训 2 次",
    }


def test_what_is_corrected_during_publicity_lights_no_other_star(db, monkeypatch):
    paper.press(monkeypatch)
    of = year.party(1)
    count = polling.polled(of.deputies[0])
    cycle = year.decided(of)
    light = StarLight.objects.get(star__code="image")
    assert (light.lit, StarLight.objects.filter(lit=True).count()) == (True, light.grading.stars)
    votes = polling.BALLOTS._replace(satisfied=1, unsatisfied=41)
    turn = replace(polling.GOOD, ballots=votes)
    row = polls.correct_count(count, turn=turn, reason="点错了", by=polling.clerk())
    polling.settled(row)
    assert Notice.objects.get(key__startswith="scoring.count_after").person == of.director.user
    year.final(of, cycle)
    tasks.run_reviews()

    data = json.loads((settings.MEDIA_ROOT / Archive.objects.get().data).read_bytes())
    assert [star["lit"] for star in data["stars"]].count(True) == light.grading.stars
    told = Notice.objects.get(key=f"scoring.archived:{light.grading_id}").text
    assert f"点亮 {light.grading.stars} 颗星" in told


def test_an_amendment_stands_in_the_file_or_beside_it_whenever_it_comes(db, monkeypatch):
    paper.press(monkeypatch)
    of = year.party(2)
    cycle = year.final(of)
    one, two = cycle.gradings.unsealed()
    under_way = county(cycle)
    grading.amended(one, of)
    while tasks._seal_next(under_way):
        pass
    archive.finish(cycle, by=SYSTEM)

    data = json.loads((settings.MEDIA_ROOT / Archive.objects.get(grading=one).data).read_bytes())
    assert "良好" in str(data)
    with clock.at(year.NOW - timedelta(days=9)):  # a clock that was set back
        grading.amended(two, of)
    assert [row.grading for _, row in regraded(cycle)] == [two]


def test_seal_file_is_refused_before_the_decision_and_a_second_time(decided):
    grading = Grading.objects.order_by("pk").first()
    sealed(grading)
    with pytest.raises(Refused, match="已经归档"):
        sealed(grading)
    other = Grading.objects.order_by("pk").last()
    ReviewCycle.objects.update(state=CycleState.DECIDED, final_by=None, final_at=None)
    with pytest.raises(Refused, match="通报以后才能归档"):
        sealed(other)


def test_finish_is_refused_while_a_file_is_missing(decided):
    with pytest.raises(Refused, match="还有 2 人没有归档"):
        archive.finish(decided, by=SYSTEM)


def test_the_database_holds_one_file_per_grading_and_one_light_per_star(decided):
    grading = Grading.objects.order_by("pk").first()
    row = sealed(grading)
    row.pk, row.number, row.code = None, "2026-C2", "AAAA"
    with pytest.raises(IntegrityError, match="grading_id"), transaction.atomic():
        row.save(force_insert=True)
    light = StarLight.objects.first()
    light.pk = None
    with pytest.raises(IntegrityError, match="star_once_per_grading"), transaction.atomic():
        light.save(force_insert=True)


def test_the_verify_code_hangs_on_the_cycles_secret_and_the_deputy(decided):
    code = archive.verify_code(decided, 7)
    assert len(code) == 19
    assert code == archive.verify_code(decided, 7) != archive.verify_code(decided, 8)
    decided.seed = "another"
    assert archive.verify_code(decided, 7) != code


@pytest.mark.django_db
@pytest.mark.parametrize("certificates", [("001", "001"), ("县(001)", "县（001）")])
def test_no_file_replaces_that_of_another_congress_however_alike_the_certificates(
    monkeypatch, certificates
):
    paper.press(monkeypatch)
    of = year.party(1)
    town = make.assembly("township", make.township())
    other = year.Party(of.director, of.convenor, of.clerk, [make.deputy(levels=("township",))])
    for party, certificate in zip((of, other), certificates, strict=True):
        party.deputies[0].mandates.update(certificate=certificate)
    with clock.at(year.NOW):
        second = cycles.open_cycle(
            town, year=2026, by=of.director, today=year.TODAY, table=year.table()
        )
    for party, cycle in ((of, year.opened(of)), (other, second)):
        year.final(party, cycle)
        assert tasks.run_reviews() == 1
    for row in Archive.objects.all():
        for path, digest in ((row.file, row.sha256), (row.data, row.data_sha256)):
            assert hashlib.sha256((settings.MEDIA_ROOT / path).read_bytes()).hexdigest() == digest
    assert YearSeal.objects.count() == 2


def test_seal_file_replaces_no_file_when_the_database_refuses_the_row(decided):
    one, other = Grading.objects.order_by("pk")
    row = sealed(one)
    with pytest.raises(IntegrityError, match="archive_number"), transaction.atomic():
        sealed(other, pdf=b"%PDF another /Type /Pages /Count 5 >>")
    kept = Path(settings.MEDIA_ROOT, "archive/2026").iterdir()
    assert {str(path.relative_to(settings.MEDIA_ROOT)) for path in kept} == {row.file, row.data}


def test_a_number_never_leads_out_of_the_archives_folder():
    grading = Grading(pk=7, cycle=ReviewCycle(year=2026))
    path = archive.path_of(grading, "../../2026-甲/1", ".pdf")
    assert path == "archive/2026/______2026-甲_1-7.pdf"


def test_a_file_is_on_the_disk_before_it_has_its_name_and_its_name_before_anybody_is_told(
    monkeypatch,
):
    done, rename = [], Path.replace
    monkeypatch.setattr(filing.os, "fsync", lambda _: done.append("kept"))
    monkeypatch.setattr(Path, "replace", lambda *way: done.append("named") or rename(*way))
    filing.write_file("archive/2026/2026-C1.pdf", b"%PDF")
    assert done == ["kept", "named", "kept"]


def test_a_document_without_pages_is_no_file():
    with pytest.raises(ValueError, match="no page tree"):
        archive.page_count(b"%PDF nothing")


def snapshot():
    """Everything the run leaves: rows without their serial numbers, and every file's bytes."""
    folder = Path(settings.MEDIA_ROOT, "archive")
    rows = (
        ReviewCycle.objects.values_list("state", flat=True),
        StarLight.objects.values_list("grading", "star", "lit", "reason").order_by(
            "grading", "star"
        ),
        Archive.objects.values_list(
            *("grading", "number", "code", "file", "sha256", "data_sha256", "pages", "sealed_at")
        ).order_by("grading"),
        YearSeal.objects.values_list("cycle", "files", "register", "root"),
        Notice.objects.values_list("person", "key", "text", "link").order_by("person", "key"),
        AuditEvent.objects.values_list("subject", "subject_id", "was", "now", "by_name", "note")
        .filter(subject__startswith="scoring.")
        .order_by("subject", "subject_id", "now"),
    )
    files = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
    return [list(each) for each in rows], files


def six():
    facts.book()
    of = year.party(6)
    for number, deputy in enumerate(of.deputies):
        facts.posted(deputy, "C1", quantity=number + 1)
    return year.final(of)


class Killed(BaseException):
    """What no handler of ours catches, as no process survives a kill."""


DEATHS = ("write_file", "page_count", "verify_code", "record", "notices.write")
"""What a run was about to do when it died; the real kills are in test_year_end_killed.py."""


@pytest.mark.django_db
@pytest.mark.parametrize("death", DEATHS)
def test_a_run_that_dies_there_leaves_whole_files_only_and_the_next_ends_the_same(
    monkeypatch, death
):
    paper.press(monkeypatch)
    six()
    with clock.at(year.NOW), transaction.atomic():
        tasks.run_reviews()
        undisturbed = snapshot()
        transaction.set_rollback(True)
    shutil.rmtree(Path(settings.MEDIA_ROOT, "archive"))
    steps = count()
    real = operator.attrgetter(death)(archive)

    def dies(*args, **kwargs):
        if next(steps) == 3:
            raise Killed
        return real(*args, **kwargs)

    with clock.at(year.NOW), monkeypatch.context() as patched:
        patched.setattr(f"scoring.actions.archive.{death}", dies)
        with pytest.raises(Killed):
            tasks.run_reviews()
    assert 0 < Archive.objects.count() < 6
    with clock.at(year.NOW):
        tasks.run_reviews()
        assert snapshot() == undisturbed


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_share_the_files_and_double_none(monkeypatch):
    paper.press(monkeypatch)
    six()
    assert at_once(2, tasks.run_reviews) == ["done", "done"]
    tasks.run_reviews()

    assert Archive.objects.count() == 6
    assert StarLight.objects.count() == 60
    assert Notice.objects.filter(key__startswith="scoring.archived").count() == 6
    assert AuditEvent.objects.filter(now=CycleState.SEALED).count() == 1
    files = sorted(path.name for path in Path(settings.MEDIA_ROOT, "archive").rglob("*.*"))
    rows = Archive.objects.all()
    assert files == sorted(Path(path).name for row in rows for path in (row.file, row.data))
