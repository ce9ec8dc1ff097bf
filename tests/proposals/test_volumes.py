"""案卷 of a session: asked for, made by the worker, whatever is killed or started twice."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from congress.shared.workflow import alone
from proposals import documents, tasks
from proposals.actions import assignment, opinions, review, volumes
from proposals.models import Proposal, Volume
from proposals.queries import volumes as queries
from proposals.sharing import Share
from proposals.states import State, UnitRole, VolumeState
from tests import make
from tests.proposals import stages_of_replies as stages
from tests.proposals import walk
from tests.race import at_once

pytestmark = pytest.mark.django_db
RUN = "import django; django.setup(); from proposals.tasks import make_volumes; make_volumes()"


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def asked(count=1):
    for number in range(count):
        row = walk.proposal(State.ANSWERED, title=f"关于疏通第 {number} 条渠的建议")
    return volumes.ask_volume(row.session, by=make.actor())


def read(path):
    return Path(settings.MEDIA_ROOT, path).read_bytes()


def files():
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def test_ask_volume_leaves_its_trail_and_the_worker_binds_every_proposal():
    asked(2)
    assert tasks.make_volumes() == 1
    assert tasks.make_volumes() == 0
    volume = Volume.objects.get()
    assert (volume.state, volume.cases, volume.tries) == (VolumeState.MADE, 2, 1)
    marks = [
        each for each in PdfReader(BytesIO(read(volume.pdf))).outline if hasattr(each, "title")
    ]
    assert [mark.title[-13:] for mark in marks] == [
        f"关于疏通第 {number} 条渠的建议" for number in range(2)
    ]
    book = ZipFile(BytesIO(read(volume.book))).read("xl/sharedStrings.xml").decode()
    assert "1905001" in book
    steps = AuditEvent.objects.filter(subject="proposals.Volume").order_by("pk")
    assert list(steps.values_list("was", "now")) == [("", "asked"), ("asked", "made")]


def test_ask_volume_is_refused_while_it_is_made_and_without_proposals():
    volume = asked()
    with pytest.raises(Refused, match="正在生成"):
        volumes.ask_volume(volume.session, by=make.actor())
    with pytest.raises(Refused, match="还没有编号的建议"):
        volumes.ask_volume(make.session(number=9), by=make.actor())


def test_one_that_fails_says_so_and_may_be_asked_for_again(monkeypatch):
    volume = asked()

    def broken(*_):
        raise RuntimeError("no fonts")

    monkeypatch.setattr(tasks.documents, "volume_pdf", broken)
    assert tasks.make_volumes() == 0
    assert Volume.objects.get().state == VolumeState.FAILED
    assert tasks.make_volumes() == 0
    monkeypatch.undo()
    volumes.ask_volume(volume.session, by=make.actor())
    assert tasks.make_volumes() == 1


def test_one_that_takes_its_worker_down_is_begun_three_times_and_no_more():
    volume = asked()
    assert [volumes.begin_volume(volume) for _ in range(4)] == [True, True, True, False]
    assert Volume.objects.get().state == VolumeState.FAILED
    assert tasks.make_volumes() == 0


def test_made_anew_it_replaces_the_last_one_which_stays_readable_until_then(
    django_capture_on_commit_callbacks,
):
    volume = asked()
    tasks.make_volumes()
    first = Volume.objects.get().pdf
    with clock.at(clock.now() + timedelta(minutes=1)):
        volumes.ask_volume(volume.session, by=make.actor())
        assert read(Volume.objects.get().pdf)
        with django_capture_on_commit_callbacks(execute=True):
            assert tasks.make_volumes() == 1
    found = Volume.objects.get()
    assert found.pdf != first
    assert files() == sorted(Path(path).name for path in (found.pdf, found.book))


def test_what_comes_too_late_changes_nothing():
    volume = stages.made_volume()
    volumes.keep_volume(volume, pdf=b"other", book=b"other", cases=9)
    volumes.give_up_volume(volume)
    assert not volumes.begin_volume(volume)
    found = Volume.objects.get()
    assert (found.state, found.cases, read(found.pdf)) == (VolumeState.MADE, 1, b"%PDF")


@pytest.mark.django_db(transaction=True)
def test_three_clicks_ask_once_and_of_two_runs_one_makes_it():
    session = stages.to_bind()
    outcomes = at_once(3, volumes.ask_volume, session, by=make.actor())
    assert outcomes == ["done", "refused", "refused"]
    at_once(2, tasks.make_volumes)
    assert Volume.objects.get().tries == 1
    assert len(files()) == 2


@pytest.mark.django_db(transaction=True)
def test_a_run_steps_back_while_another_is_under_way():
    asked()
    with alone("proposals.volumes", wait=True):
        worker().wait()
    assert Volume.objects.get().state == VolumeState.ASKED


def worker():
    """A worker's process of its own, as the app's role."""
    known = connection.settings_dict
    url = f"postgres://{known['USER']}:{quote(known['PASSWORD'])}@/{known['NAME']}"
    place = f"?host={known['HOST']}" + (f"&port={known['PORT']}" if known["PORT"] else "")
    return subprocess.Popen(
        [sys.executable, "-c", RUN],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "congress.settings",
            "DATABASE_URL": url + place,
            "DATABASE_APP_URL": "",
            "DB_LOGIN": "app",
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        },
    )


@pytest.mark.timeout(400)
@pytest.mark.django_db(transaction=True)
def test_killed_half_way_it_is_made_by_the_next_run_as_if_nothing_had_been():
    asked(3)
    running = worker()
    while Volume.objects.get().tries == 0 and running.poll() is None:
        time.sleep(0.02)
    time.sleep(0.2)  # into the middle of the file
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert (Volume.objects.get().state, files()) == (VolumeState.ASKED, [])
    worker().wait()
    volume = Volume.objects.get()
    assert (volume.state, volume.tries, volume.cases) == (VolumeState.MADE, 2, 3)
    killed = read(volume.pdf)
    volumes.ask_volume(volume.session, by=make.actor())
    tasks.make_volumes()
    assert read(Volume.objects.get().pdf) == killed


def test_the_page_says_how_far_it_is_and_gives_the_files(client):
    session = stages.to_bind()
    page = f"{reverse('proposals:volumes')}?session={session.pk}"
    client.force_login(make.actor().user)

    def said():
        return client.get(page).content.decode()

    assert "生成案卷" in said()
    for name in ("volume", "volume_list"):
        assert client.get(reverse(f"proposals:{name}", args=[session.pk])).status_code == 404
    ask = reverse("proposals:ask_volume", args=[session.pk])
    assert client.post(ask).status_code == 302
    assert "正在生成" in said()
    assert "正在生成" in client.post(ask).content.decode()
    with clock.at(clock.now() + timedelta(hours=1)):
        assert "请告诉系统管理员" in said()
    volumes.give_up_volume(Volume.objects.get())
    assert "没有生成成功，再试一次" in said()
    client.post(ask)
    tasks.make_volumes()
    assert "已生成，可以下载" in said()
    assert "重新生成" in said()
    for name, start in (("volume", b"%PDF"), ("volume_list", b"PK")):
        answer = client.get(reverse(f"proposals:{name}", args=[session.pk]))
        assert answer.content.startswith(start)


@pytest.mark.parametrize("role", [Role.UNIT_CLERK, Role.DEPUTY, Role.KEEPER])
def test_the_files_are_for_the_desk_alone(client, role):
    session = stages.made_volume().session
    client.force_login(make.actor(role).user)
    for name in ("volume", "volume_list"):
        assert client.get(reverse(f"proposals:{name}", args=[session.pk])).status_code == 403
    assert client.get(reverse("proposals:volumes")).status_code == 403


def together():
    """Two handled as one by 主办 and 协办, with an opinion, answered."""
    into, again = walk.accepted(2)
    review.merge(again, into=into, by=make.actor())
    helper = make.unit("县财政局")
    shares = [Share(make.unit(), UnitRole.LEAD), Share(helper, UnitRole.ASSISTING)]
    into = assignment.assign(into, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    lead, part = Proposal.objects.get(pk=into.pk).parts
    said = {"text": "可以安排。", "file_number": "竹财函〔2026〕1 号", "signer": "柯尊文"}
    opinions.send_opinion(part, by=walk.unit_clerk(helper), today=walk.REPLIED_ON, **said)
    walk.gated(lead)
    walk.answered(Proposal.objects.get(pk=into.pk).lead_assignment)


def test_binding_six_cases_takes_the_queries_of_two():
    def counted(volume):
        with CaptureQueriesContext(connection) as seen:
            cases = queries.cases(volume, clock.now())
            documents.volume_sheet(cases)
            render_to_string("pdf/proposal_bundle.html", {"title": "案卷", "cases": cases})
        assert all(each.replies and each.meetings for each in cases)
        assert all(each.opinions for each in cases)
        assert [each.along[:2] for each in cases] == ["并入", "与 "] * (len(cases) // 2)
        return len(cases), len(seen)

    together()
    volume = volumes.ask_volume(make.session(), by=make.actor())
    counted(volume)
    cases, few = counted(volume)
    together()
    together()
    assert (cases, counted(volume)) == (2, (6, few))
