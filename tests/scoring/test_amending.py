"""档案更正: beside the seal, numbered, chained; the sealed file stays to the byte."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from scoring import tasks
from scoring.actions import amending, amendments
from scoring.archive_papers import amendment_pdf
from scoring.models import AmendedEntry, ArchiveAmendment, YearTotal
from scoring.printed import printed_codes
from scoring.queries import since_sealing
from scoring.queries.archive import digest_before
from scoring.queries.verifying import verify
from tests import make
from tests.race import at_once
from tests.scoring import facts, sealed, year
from tests.scoring.year import as_, text, url

SAID = {
    "text": "第 3 页“接待 6 次”应为“接待 8 次”。",
    "reason": "登记表漏计。",
    "minute": "纪要〔2027〕1 号",
}
LATE = date(2026, 12, 18)
"""After the cut-off of tests.scoring.year."""


@pytest.fixture(autouse=True)
def _here(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    with clock.at(year.NOW):
        yield


@pytest.fixture
def of(db):
    party = year.party(1)
    sealed.seal_year(party)
    return party


def test_amend_archive_adds_a_numbered_row_tells_the_deputy_and_leaves_the_file(of):
    archive = sealed.file_of(of.deputies[0])
    before = Path(settings.MEDIA_ROOT, archive.file).read_bytes()

    first = amending.amend_archive(archive, **SAID, by=of.director)
    second = amending.amend_archive(archive, **SAID, by=of.director)

    assert [first.number, second.number] == [1, 2]
    assert first.sha256 == first.digest_after(archive.sha256)
    assert second.sha256 == ArchiveAmendment.objects.get(pk=second.pk).digest_after(first.sha256)
    assert digest_before(second) == first.sha256
    assert Path(settings.MEDIA_ROOT, archive.file).read_bytes() == before
    assert AuditEvent.objects.filter(now="amended_archive").count() == 2
    told = Notice.objects.get(key=f"scoring.amended:{first.pk}")
    assert told.person == of.deputies[0].user


def test_amend_archive_is_the_directors_alone(of):
    archive = sealed.file_of(of.deputies[0])
    for role in set(Role) - {Role.STAFF_DIRECTOR}:
        with pytest.raises(Refused, match="只有代工委主任"):
            amending.amend_archive(archive, **SAID, by=make.actor(role))


@pytest.mark.django_db(transaction=True)
def test_two_amendments_at_once_take_two_numbers(of):
    archive = sealed.file_of(of.deputies[0])
    at_once(2, amending.amend_archive, archive, **SAID, by=of.director)
    rows = ArchiveAmendment.objects.order_by("number")
    assert list(rows.values_list("number", flat=True)) == [1, 2]
    assert rows[1].sha256 == rows[1].digest_after(rows[0].sha256)


def test_late_points_are_told_once_each_with_what_the_year_comes_to(of, monkeypatch):
    facts.book()
    one = of.deputies[0]
    assert tasks.amend_archives() == 0
    entries = [facts.posted(one, code, on=LATE) for code in ("C1", "S1")]
    assert tasks.amend_archives() == 1
    assert tasks.amend_archives() == 0
    row = ArchiveAmendment.objects.get()
    total = YearTotal.objects.get(deputy=one).total
    assert (row.kind, row.made_by, row.minute) == ("points", None, "")
    assert row.text.startswith("12 月 18 日")
    assert row.text.endswith(f"补记后 2026 年度积分合计 {total} 分。")
    assert {each.entry for each in AmendedEntry.objects.all()} == {*entries}
    archive = sealed.file_of(one)
    assert amending.add_late_points(archive) is None
    waiting = since_sealing.late

    def one_more_comes_between(cycle):
        found = waiting(cycle)
        facts.posted(one, "S1", on=LATE)
        return found

    facts.posted(one, "C1", on=LATE)
    with monkeypatch.context() as patched:
        patched.setattr(since_sealing, "late", one_more_comes_between)
        assert tasks.amend_archives() == 1
    assert tasks.amend_archives() == 0, "the sum and the lines are read together"
    assert ArchiveAmendment.objects.filter(archive=archive).count() == 2


def test_a_grade_amended_after_the_sealing_is_told_once(of):
    archive = sealed.file_of(of.deputies[0])
    grading = archive.grading
    more = {"grade": year.grade("良好"), "reason": "漏计一次表彰。", "minute": "纪要 3 号"}
    waits = amendments.amend_grade(grading, **more, by=of.director)
    assert tasks.amend_archives() == 0
    with clock.at(year.NOW + timedelta(days=40)):
        amendments.confirm_amendment(waits, by=make.director())
        assert tasks.amend_archives() == 1
        assert tasks.amend_archives() == 0
    row = ArchiveAmendment.objects.get()
    assert (row.kind, row.regrading, row.minute) == ("grade", waits, "纪要 3 号")
    assert row.text.startswith("等次由“称职”更正为“良好”。")
    assert row.sha256 == row.digest_after(archive.sha256)


def test_nobody_rewrites_an_amendment_not_even_a_fault_of_ours(of):
    row = amending.amend_archive(sealed.file_of(of.deputies[0]), **SAID, by=of.director)
    for spoil in (
        lambda: ArchiveAmendment.objects.update(text="改了"),
        lambda: ArchiveAmendment.objects.all().delete(),
        lambda: AmendedEntry.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            spoil()
    row.refresh_from_db()
    assert row.text == SAID["text"]


def test_the_amendment_page_is_one_page_the_same_every_time_for_who_has_the_file(of, client):
    deputy = of.deputies[0]
    row = amending.amend_archive(sealed.file_of(deputy), **SAID, by=of.director)
    address = url("amendment_page", row.pk)
    pdf = as_(client, make.as_deputy(deputy)).get(address).content
    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) == 1
    words = "".join(pages[0].extract_text().split())
    for said in ("".join(SAID["text"].split()), "登记表漏计", "纪要〔2027〕1号", row.sha256[:4]):
        assert said in words
    kept = ArchiveAmendment.objects.select_related("archive__grading__cycle__assembly").get()
    assert printed_codes(pdf) == [kept.archive.code]
    other = verify(pdf)
    assert (other.sealed, other.facts["number"]) == (False, kept.archive.number)
    assert "但内容与封存的不同" in other.sentence
    assert amendment_pdf(kept, before=digest_before(kept)) == pdf
    assert as_(client, make.as_deputy(make.deputy())).get(address).status_code == 404


def test_the_form_keeps_what_was_typed_and_says_who_may(of, client):
    address = url("amend_archive", sealed.file_of(of.deputies[0]).pk)
    page = as_(client, of.director)
    answer = page.post(address, {**SAID, "minute": ""})
    assert (answer.status_code, SAID["reason"] in text(answer)) == (422, True)
    assert page.post(address, SAID).status_code == 302
    assert SAID["text"] in text(page.get(address))
    assert "只有代工委主任" in text(as_(client, make.actor()).get(address))
    assert as_(client, of.convenor).get(address).status_code == 403
