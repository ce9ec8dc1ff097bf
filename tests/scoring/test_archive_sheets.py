"""档案表格、目录、打包: what was sealed, as it was sealed, and who took it."""

import json
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from python_calamine import CalamineWorkbook

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import STAFF, Role
from scoring.actions import amending, taking
from scoring.archive_data import read_data, sealed_data
from scoring.archive_sheets import number
from scoring.models import Archive
from tests import make
from tests.scoring import sealed, year
from tests.scoring.sample_file import duty_file
from tests.scoring.year import as_, text, url

SHEETS = ["基本情况", "十星", "积分台账", "建议", "接待", "活动", "述职测评", "年度评价", "更正"]


@pytest.fixture(autouse=True)
def _here(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    with clock.at(year.NOW):
        yield


@pytest.fixture
def of(db):
    party = year.party(2)
    sealed.seal_year(party)
    return party


def test_the_data_are_the_same_bytes_say_everything_and_have_no_photo():
    tree = duty_file()
    tree = replace(tree, person=replace(tree.person, photo="data:image/jpeg;base64,AAAA"))
    content = sealed_data(tree)
    assert content == sealed_data(tree)
    assert b"AAAA" not in content
    read = read_data(content)
    assert read["ledger"][0]["item"] == tree.ledger[0].item
    assert Decimal(read["categories"][0]["share"]) == tree.categories[0].share
    assert read["days"] == {day.isoformat(): count for day, count in tree.days.items()}


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        *(("12", 12), ("+2.0", Decimal("2.0")), ("-1.5", Decimal("-1.5")), ("1,303", 1303)),
        *(("", ""), ("—", "—"), ("=1+1", "=1+1"), ("3月2日", "3月2日"), ("NaN", "NaN")),
    ],
)
def test_figures_become_figures_and_words_stay_words(words, figure):
    assert number(words) == figure


def test_the_sheet_says_what_was_sealed_and_what_was_amended_since(of, client):
    one = of.deputies[0]
    archive = sealed.file_of(one)
    said = {"text": "=HYPERLINK(1)", "reason": "漏计。", "minute": "纪要 1 号"}
    row = amending.amend_archive(archive, **said, by=of.director)
    address = url("duty_sheet", archive.pk)
    content = as_(client, make.as_deputy(one)).get(address).content
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.sheet_names == SHEETS
    tree = duty_file()
    ledger = book.get_sheet_by_name("积分台账").to_python()
    assert len(ledger) == 2 + len(tree.ledger)
    assert ledger[2][3] == tree.ledger[0].item
    assert ledger[2][7] == float(tree.ledger[0].points)
    amended = book.get_sheet_by_name("更正").to_python()[-1]
    assert (amended[0], amended[2], amended[-1]) == ("第 1 号", "=HYPERLINK(1)", row.sha256)
    assert b"<f>" not in zipfile.ZipFile(BytesIO(content)).read("xl/worksheets/sheet9.xml")
    assert as_(client, make.as_deputy(of.deputies[1])).get(address).status_code == 404
    assert as_(client, make.actor(Role.AUDITOR)).get(address).status_code == 404


def test_data_that_were_touched_are_not_given_out(of, client):
    archive = sealed.file_of(of.deputies[0])
    path = Path(settings.MEDIA_ROOT, archive.data)
    tree = json.loads(path.read_bytes())
    path.write_bytes(json.dumps({**tree, "year": 2020}).encode())
    answer = as_(client, make.as_deputy(of.deputies[0])).get(url("duty_sheet", archive.pk))
    assert (answer.status_code, "与封存时不同" in text(answer)) == (409, True)


def test_take_archives_sends_what_the_list_shows_and_leaves_a_trail(of, client):
    one, other = Archive.objects.order_by("number")
    page = as_(client, make.actor())
    listed = text(page.get(reverse("admin:scoring_archive_changelist"), {"q": one.number}))
    assert "打包下载下面列出的 1 份" in listed
    answer = page.post(f"{url('take_archives')}?q={one.number}")
    box = zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))
    assert box.testzip() is None
    (name,) = box.namelist()
    assert name.startswith(one.number)
    assert box.read(name) == Path(settings.MEDIA_ROOT, one.file).read_bytes()
    assert AuditEvent.objects.get(now="archives_taken").note == "1 份履职档案"
    Path(settings.MEDIA_ROOT, other.file).unlink()
    whole = b"".join(page.post(url("take_archives")).streaming_content)
    assert zipfile.ZipFile(BytesIO(whole)).read("缺少的文件.txt").decode() == other.number
    assert page.post(f"{url('take_archives')}?q=没有").status_code == 409
    refused = as_(client, make.actor(Role.AUDITOR)).post(url("take_archives"))
    assert (refused.status_code, "只有代工委" in text(refused)) == (409, True)
    assert as_(client, of.convenor).post(url("take_archives")).status_code == 403
    assert AuditEvent.objects.filter(now="archives_taken").count() == 2


@pytest.mark.django_db
def test_take_archives_is_the_offices_alone():
    for role in set(Role) - STAFF:
        with pytest.raises(Refused, match="只有代工委"):
            taking.take_archives(Archive.objects.all(), by=make.actor(role))


def test_the_register_lists_whole_digests(of, client):
    content = as_(client, make.actor()).get(url("archive_register")).content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    kept = Archive.objects.order_by("number")
    assert [(row[0], row[-2], row[-1]) for row in rows[2:]] == [
        (each.number, each.sha256, each.data_sha256) for each in kept
    ]


def test_anybody_compares_a_file_without_sending_it(of, client):
    archive = sealed.file_of(of.deputies[0])
    amending.amend_archive(archive, text="改。", reason="漏。", minute="1 号", by=of.director)
    page = url("verify_file", archive.code)
    assert "就是封存的那一份" in text(client.get(page, {"sha256": archive.sha256}))
    other = client.get(page, {"sha256": "0" * 64})
    assert (other.status_code, "内容与封存的不同" in text(other)) == (200, True)
    assert client.get(page, {"sha256": "zz"}).status_code == 422
    known = client.get(url("verify_file"), {"sha256": archive.sha256.upper()}, follow=True)
    assert "就是封存的那一份" in text(known)
    assert client.get(url("verify_file"), {"sha256": "0" * 64}).status_code == 404
    body = text(client.get(page))
    assert "有 1 份更正" in body
    assert archive.amendments.get().sha256[:16] in body
    for kept in ("改。", "漏。", "1 号纪要", archive.amendments.get().sha256):
        assert kept not in body
