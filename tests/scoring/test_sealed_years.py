"""年度封存: one digest for a year's files; whatever is touched is named."""

import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from congress.shared import clock
from scoring import merkle
from scoring.actions import amending
from scoring.models import Archive, ArchiveAmendment, YearSeal
from scoring.queries.sealed_years import leaf_of, look_through
from tests import make
from tests.scoring import sealed, year
from tests.scoring.year import as_, queries_of, text, url
from tests.tamper import as_owner


@pytest.fixture(autouse=True)
def _here(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    with clock.at(year.NOW):
        yield


@pytest.fixture
def of(db):
    party = year.party(3)
    sealed.seal_year(party)
    return party


def test_finish_writes_one_digest_over_all_files_in_the_order_of_their_numbers(of):
    seal = YearSeal.objects.get()
    rows = Archive.objects.order_by("number")
    assert seal.files == 3
    assert [*seal.leaves.items()] == [(row.number, leaf_of(row)) for row in rows]
    assert seal.root == merkle.root([leaf_of(row) for row in rows])
    assert look_through(seal).good


def test_whatever_is_touched_is_named(of):
    seal = YearSeal.objects.get()
    one, two, three = Archive.objects.order_by("number")
    said = {"text": "应为 8 次。", "reason": "漏计。", "minute": "纪要 1 号"}
    for _ in range(2):
        amending.amend_archive(sealed.file_of(of.deputies[0]), **said, by=of.director)
    amended = sealed.file_of(of.deputies[0])
    Path(settings.MEDIA_ROOT, one.file).write_bytes(b"other")
    Path(settings.MEDIA_ROOT, two.data).unlink()
    with as_owner():
        Archive.objects.filter(pk=three.pk).update(pages=9)
        ArchiveAmendment.objects.filter(number=1).update(text="改了。")
    faults = look_through(seal).faults
    assert faults == (
        f"{three.number} 号档案的记录被改动",
        *sorted(
            (
                f"{one.number} 号档案的文件被改动（{one.file}）",
                f"{two.number} 号档案的数据文件不见了（{two.data}）",
                f"{amended.number} 号档案的第 1 号更正被改动",
            ),
            key=lambda said: (said.split()[0], "更正" in said),
        ),
    )
    with as_owner():
        YearSeal.objects.update(root="0" * 64)
        ArchiveAmendment.objects.filter(number=1).delete()
    faults = look_through(YearSeal.objects.get()).faults
    assert "2026 年的封存目录与年度摘要对不上，目录或摘要被改动" in faults
    assert f"{amended.number} 号档案缺第 1 号更正" in faults


def test_a_row_gone_or_come_later_is_named(of):
    seal = YearSeal.objects.get()
    lines = seal.register.splitlines()
    seal.register = "\n".join([*lines[:2], "2026-X9 " + "a" * 64])
    faults = look_through(seal).faults
    assert "2026-X9 号档案的记录不见了" in faults
    assert any("不在封存目录里" in each for each in faults)


def told(*args):
    out = StringIO()
    try:
        call_command("verify_archive", *args, stdout=out)
        status = 0
    except SystemExit as end:
        status = end.code
    lines = out.getvalue().splitlines()
    return status, lines[0], json.loads(lines[-1])


def test_verify_archive_tells_the_sealed_file_from_another(of, tmp_path):
    archive = sealed.file_of(of.deputies[0])
    path = Path(settings.MEDIA_ROOT, archive.file)
    status, sentence, facts = told(str(path))
    assert (status, facts["sealed"], facts["within"], facts["number"]) == (
        *(0, True, True),
        archive.number,
    )
    assert sentence.startswith(f"是封存的原件：{archive.number} 号档案")
    amending.amend_archive(archive, text="改。", reason="漏。", minute="1 号", by=of.director)
    assert "封存以后有 1 份更正（第 1 号）" in told(str(path))[1]
    other = tmp_path / "other.pdf"
    other.write_bytes(path.read_bytes() + b"\n")
    status, sentence, facts = told(str(other))
    assert (status, facts["sealed"], facts["codes"]) == (1, False, [])
    assert sentence.startswith("不是封存的原件：文件里没有本平台")


def test_verify_archive_looks_through_a_year(of):
    status, sentence, facts = told("--year", "2026")
    assert (status, facts["files"], facts["faults"]) == (0, 3, [])
    assert "3 份，全部相符" in sentence
    Path(settings.MEDIA_ROOT, Archive.objects.first().file).unlink()
    status, sentence, facts = told("--year", "2026")
    assert (status, len(facts["faults"]), "不见了" in sentence) == (1, 1, True)


@pytest.mark.parametrize("args", [(), ("x.pdf", "--year", "2026"), ("x.pdf",), ("--year", "1999")])
@pytest.mark.django_db
def test_verify_archive_says_what_it_needs(args):
    with pytest.raises(CommandError, match=r"[一-鿿]"):
        call_command("verify_archive", *args)


def test_the_desk_has_the_certificate_and_looks_through_the_year(of, client):
    seal = YearSeal.objects.get()
    page = as_(client, make.actor())
    assert seal.root in text(page.get(url("archive_years")))
    assert "全部相符" in text(page.get(url("check_year", seal.pk)))
    pdf = page.get(url("year_certificate", seal.pk)).content
    words = "".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    assert seal.root in words
    assert year.MINUTE in words
    assert page.get(url("year_certificate", seal.pk)).content == pdf
    for name, args in (("archive_years", ()), ("check_year", (seal.pk,))):
        assert as_(client, of.convenor).get(url(name, *args)).status_code == 403


@pytest.mark.parametrize("years", [1, 3])
@pytest.mark.django_db
def test_the_list_of_years_takes_the_same_queries_for_one_and_for_three(client, years):
    of = year.party(1)
    for each in range(2026, 2026 - years, -1):
        sealed.seal_year(of, each)
    assert queries_of(as_(client, make.actor()), url("archive_years")) == QUERIES


QUERIES = 6
