"""The files' screens: one's own list, the download, and the page that is open to all."""

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.roles import Role
from deputies.models import Deputy
from scoring.models import Archive
from tests import make
from tests.scoring import year
from tests.scoring.year import as_, queries_of, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    with clock.at(year.NOW):
        yield


def test_a_file_is_downloaded_by_its_deputy_and_the_office_and_by_nobody_else(client):
    of = year.party(2)
    year.sealed(of)
    one, other = of.deputies
    address = url("duty_file", Archive.objects.get(grading__deputy=one).pk)
    for actor, status in (
        (make.as_deputy(one), 200),
        (make.actor(), 200),
        (of.director, 200),
        (make.as_deputy(other), 404),
        (of.convenor, 404),
        (make.actor(Role.AUDITOR), 404),
    ):
        answer = as_(client, actor).get(address)
        assert answer.status_code == status
        assert not answer.streaming or b"".join(answer.streaming_content)  # read, so closed
    client.logout()
    assert client.get(address).status_code == 302


def test_everybody_at_the_desk_sees_that_a_file_is_sealed_and_the_office_opens_it(client):
    of = year.party(1)
    year.sealed(of)
    archive = Archive.objects.get()
    pages = reverse("admin:scoring_archive_changelist"), url("duty_file", archive.pk)
    for role in (Role.LEADER, Role.AUDITOR, Role.SYSADMIN):
        body = text(as_(client, make.actor(role)).get(pages[0]))
        assert (archive.number in body, pages[1] in body) == (True, False)
    assert pages[1] in text(as_(client, make.actor()).get(pages[0]))


def test_a_file_that_is_another_one_or_gone_is_not_handed_out(client, settings):
    of = year.party(1)
    year.sealed(of)
    row = Archive.objects.get()
    file = settings.MEDIA_ROOT / row.file
    as_(client, of.director)
    file.chmod(0o600)
    file.write_bytes(file.read_bytes() + b"%")
    answers = [client.get(url("duty_file", row.pk))]
    file.unlink()
    answers.append(client.get(url("duty_file", row.pk)))
    for answer in answers:
        assert answer.status_code == 409
        assert "与封存时不同，不能下载" in text(answer)


def test_anybody_verifies_a_file_by_its_code_however_it_is_typed(client):
    year.sealed(year.party(1))
    row = Archive.objects.select_related("grading__deputy").get()
    Deputy.objects.update(name="后来改名")  # the sealed name is said
    for typed in (row.code, row.code.replace("-", "").lower(), f" {row.code} "):
        answer = client.get(url("verify_file"), {"code": typed}, follow=True)
        assert answer.status_code == 200
        body = text(answer)
        assert "有这份档案" in body
        for said in (row.number, row.grading.deputy.name, "2026 年", row.sha256[:16]):
            assert said in body
        for kept in (row.sha256, "称职", row.grading.deputy.phone, row.grading.deputy.job, "★"):
            assert kept not in body


@pytest.mark.parametrize("code", ["ABCD-EFGH-IJKL-MNOP", "x", "%", "档案", "A" * 400])
def test_a_code_of_no_file_is_said_to_be_of_none(client, code):
    answer = client.get(url("verify_file"), {"code": code}, follow=True)
    assert answer.status_code == 404
    assert "没有这份档案" in text(answer)


def test_the_bare_verify_page_asks_for_a_code(client):
    answer = client.get(url("verify_file"))
    assert (answer.status_code, "查验" in text(answer)) == (200, True)


@pytest.mark.parametrize("years", [1, 3])
def test_ones_own_files_take_the_same_queries_for_one_and_for_three(client, years):
    of = year.party(1)
    year.sealed(of, *range(2026, 2026 - years, -1))
    assert queries_of(as_(client, make.as_deputy(of.deputies[0])), url("archive")) == 12
    assert Archive.objects.count() == years
