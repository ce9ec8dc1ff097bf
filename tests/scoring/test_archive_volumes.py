"""任期卷、小组年册: asked for, made by the worker, of sealed pages and of what a group may read."""

import errno
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from pypdf import PdfReader

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from scoring import tasks
from scoring.actions import amending, volumes
from scoring.actions.review import Decision
from scoring.binding import Bound
from scoring.group_book import members_of
from scoring.models import ArchiveVolume, Grade, ReviewCycle
from scoring.volume_states import VolumeState
from tests import make
from tests.race import at_once
from tests.scoring import grading, sealed, year
from tests.scoring.year import as_, queries_of, text, url


@pytest.fixture(autouse=True)
def _here(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    with clock.at(year.NOW):
        yield


@pytest.fixture
def of(db):
    party = year.party(2)
    sealed.seal_year(party, 2025)
    return party


@pytest.fixture
def bound(monkeypatch):
    """Volumes of one line: how the real ones look stands in the two tests that bind them."""
    made = Bound(b"%PDF", 1, 1)
    monkeypatch.setattr(tasks, "term_volume", lambda volume: made)
    monkeypatch.setattr(tasks, "group_book", lambda volume: made)


def asked(of):
    one = of.deputies[0]
    return volumes.ask_term_volume(one, term=make.term(), by=make.as_deputy(one))


def booked(of):
    cycle = sealed.file_of(of.deputies[0], 2025).grading.cycle
    return volumes.ask_group_book(make.group(), cycle=cycle, by=of.convenor)


def read(volume):
    return Path(settings.MEDIA_ROOT, volume.file).read_bytes()


def test_ask_term_volume_binds_the_sealed_pages_as_they_are(of):
    sealed.seal_year(of, 2026)
    one = of.deputies[0]
    file = sealed.file_of(one, 2026)
    said = {"text": "应为 8 次。", "reason": "漏计。", "minute": "纪要 1 号"}
    amending.amend_archive(sealed.file_of(one, 2025), **said, by=of.director)
    asked(of)

    assert tasks.make_archive_volumes() == 1
    assert tasks.make_archive_volumes() == 0

    volume = ArchiveVolume.objects.get()
    assert (volume.state, volume.holds, volume.pages) == (VolumeState.MADE, 2, 5)
    steps = AuditEvent.objects.filter(subject="scoring.ArchiveVolume").order_by("pk")
    assert list(steps.values_list("was", "now")) == [("", "asked"), ("asked", "made")]
    with pikepdf.open(BytesIO(read(volume))) as whole:
        bound = whole.pages[4].Contents.read_bytes()
    with pikepdf.open(Path(settings.MEDIA_ROOT, file.file)) as original:
        assert original.pages[0].Contents.read_bytes() in bound
    marks = PdfReader(BytesIO(read(volume))).outline
    assert [mark.title for mark in (*marks[:2], *marks[2], marks[3])] == [
        *("封面、目录", "2025年度履职档案", "第1号更正：内容更正", "2026年度履职档案")
    ]
    pages = PdfReader(BytesIO(read(volume))).pages
    contents = "".join(pages[1].extract_text().split())
    for line in ("2025年度履职档案", "第1号更正：内容更正", file.number):
        assert line in contents
    assert "第5页，共5页" in "".join(pages[4].extract_text().split())


def test_ask_group_book_has_a_page_for_each_member_and_no_opinion(of):
    booked(of)
    assert tasks.make_archive_volumes() == 1
    volume = ArchiveVolume.objects.get()
    words = "".join(
        "".join(p.extract_text() for p in PdfReader(BytesIO(read(volume))).pages).split()
    )
    tree = sealed.duty_file()
    assert (volume.holds, volume.pages) == (2, 4)
    for deputy in of.deputies:
        assert deputy.name in words
    for kept in (*(each.text for each in tree.opinions), tree.ledger[0].reason, tree.person.born):
        assert "".join(kept.split()) not in words


@pytest.mark.django_db
def test_a_group_book_names_no_grade_when_somebody_has_none_and_no_dark_star():
    of = year.party(5)
    names = Grade.objects.order_by("position").values_list("name", flat=True)
    grades = {
        pk: Decision(year.grade(name), "", year.WHY, {})
        for pk, name in zip(of.ids, names, strict=True)
    }
    sealed.seal_year(of, grades=grades)
    cycle = ReviewCycle.objects.get()
    everybody = members_of(make.group(), cycle)
    assert {each.grade for each in everybody} == {""}
    dark = {each.name for each in sealed.duty_file().stars if not each.lit}
    assert dark
    assert all(each.stars and not dark & {*each.stars} for each in everybody)
    grading.amended(cycle.gradings.get(grade__name="不定等次"), of, grade="基本称职")
    assert "" not in {each.grade for each in members_of(make.group(), cycle)}


def test_a_deputy_who_convenes_sees_the_own_volume(of):
    one = of.deputies[0]
    convenor = make.actor(Role.CONVENOR, user=one.user)
    volume = volumes.ask_term_volume(one, term=make.term(), by=convenor)
    assert volume in ArchiveVolume.objects.visible_to(convenor)


def test_who_may_ask_for_which(of):
    one, other = of.deputies
    cycle = sealed.file_of(one, 2025).grading.cycle
    for by in (make.as_deputy(other), of.convenor, make.actor(Role.LEADER)):
        with pytest.raises(Refused, match="代表本人或者代工委"):
            volumes.ask_term_volume(one, term=make.term(), by=by)
    for by in (make.as_deputy(one), make.actor(Role.CONVENOR), make.actor(Role.LEADER)):
        with pytest.raises(Refused, match="本组召集人或者代工委"):
            volumes.ask_group_book(make.group(), cycle=cycle, by=by)
    empty = make.term(make.assembly("township", make.township()))
    with pytest.raises(Refused, match="没有可以装订的"):
        volumes.ask_term_volume(one, term=empty, by=make.actor())
    with pytest.raises(Refused, match="没有归档的代表"):
        volumes.ask_group_book(make.group("空组"), cycle=cycle, by=make.actor())
    open_one = year.opened(of, 2026)
    with pytest.raises(Refused, match="全部归档以后"):
        volumes.ask_group_book(make.group(), cycle=open_one, by=make.actor())


def test_while_one_is_made_nobody_asks_again(of):
    asked(of)
    booked(of)
    for ask in (asked, booked):
        with pytest.raises(Refused, match="正在生成"):
            ask(of)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("bound")
def test_three_clicks_ask_once_and_of_two_runs_one_makes_it(of):
    one = of.deputies[0]
    outcomes = at_once(3, volumes.ask_term_volume, one, term=make.term(), by=make.as_deputy(one))
    assert outcomes == ["done", "refused", "refused"]
    at_once(2, tasks.make_archive_volumes)
    assert ArchiveVolume.objects.get().tries == 1


def test_a_file_that_is_not_the_sealed_one_is_not_bound_and_the_reason_is_shown(of, client):
    file = sealed.file_of(of.deputies[0], 2025)
    Path(settings.MEDIA_ROOT, file.file).write_bytes(sealed.page("other"))
    asked(of)
    assert tasks.make_archive_volumes() == 0
    volume = ArchiveVolume.objects.get()
    assert (volume.state, file.number in volume.why) == (VolumeState.FAILED, True)
    page = text(as_(client, make.as_deputy(of.deputies[0])).get(url("archive")))
    assert volume.why in page
    assert "再试一次" in page


def test_a_fault_nobody_foresaw_is_a_reason_too(of, monkeypatch):
    def full(volume):
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(tasks, "term_volume", full)
    asked(of)
    assert tasks.make_archive_volumes() == 0
    assert "磁盘满了" in ArchiveVolume.objects.get().why


def test_one_that_takes_its_worker_down_is_begun_three_times_and_no_more(of):
    volume = asked(of)
    assert [volumes.begin_volume(volume) for _ in range(4)] == [True, True, True, False]
    assert ArchiveVolume.objects.get().state == VolumeState.FAILED
    volumes.keep_volume(volume, pdf=b"late", holds=1, pages=1)
    assert ArchiveVolume.objects.get().file == ""


@pytest.mark.usefixtures("bound")
def test_made_anew_it_replaces_the_last_one(of, django_capture_on_commit_callbacks):
    asked(of)
    tasks.make_archive_volumes()
    first = ArchiveVolume.objects.get().file
    with clock.at(year.NOW + timedelta(minutes=1)):
        volumes.ask_term_volume(of.deputies[0], term=make.term(), by=make.actor())
        assert Path(settings.MEDIA_ROOT, first).exists()
        with django_capture_on_commit_callbacks(execute=True):
            assert tasks.make_archive_volumes() == 1
    assert not Path(settings.MEDIA_ROOT, first).exists()
    assert read(ArchiveVolume.objects.get()) == b"%PDF"


@pytest.mark.usefixtures("bound")
def test_a_volume_is_taken_by_whom_it_is_for(of, client):
    asked(of)
    booked(of)
    tasks.make_archive_volumes()
    term, book = ArchiveVolume.objects.order_by("pk")
    one, other = of.deputies
    for volume, may, may_not in (
        (term, make.as_deputy(one), make.as_deputy(other)),
        (term, make.actor(), of.convenor),
        (book, of.convenor, make.actor(Role.CONVENOR)),
        (book, make.actor(), make.as_deputy(one)),
    ):
        address = url("archive_volume", volume.pk)
        answer = as_(client, may).get(address)
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
        assert as_(client, may_not).get(address).status_code == 404


@pytest.mark.usefixtures("bound")
def test_the_pages_ask_and_say_how_far_it_is(of, client):
    one = of.deputies[0]
    page, own = as_(client, make.as_deputy(one)), url("archive")
    assert "生成任期卷" in text(page.get(own))
    ask = url("ask_term_volume", one.pk, make.term().pk)
    assert page.post(ask).status_code == 302
    assert "正在生成" in text(page.get(own))
    assert as_(client, make.as_deputy(of.deputies[1])).post(ask).status_code == 404
    cycle = sealed.file_of(one, 2025).grading.cycle_id
    page, books = as_(client, of.convenor), url("group_books")
    assert "生成年册" in text(page.get(books))
    assert page.post(url("ask_group_book", make.group().pk, cycle)).status_code == 302
    assert "正在生成" in text(page.get(books))
    tasks.make_archive_volumes()
    assert "下载（PDF）" in text(page.get(books))
    desk = as_(client, make.actor())
    assert "下载（PDF）" in text(desk.get(url("term_volumes", one.pk)))
    assert "下载（PDF）" in text(desk.get(books))
    assert as_(client, make.as_deputy(one)).get(books).status_code == 404


@pytest.mark.parametrize("groups", [1, 3])
@pytest.mark.django_db
def test_the_list_of_books_takes_the_same_queries_for_one_group_and_for_three(client, groups):
    of = year.party(1)
    of.deputies += [make.deputy(of=make.group(f"第{n}小组")) for n in range(1, groups)]
    sealed.seal_year(of)
    assert queries_of(as_(client, make.actor()), url("group_books")) == BOOKS


BOOKS = 10
