"""自评、小组核校、乡镇参评、常委会评定，一年一归档: a year closes, with a real worker."""

import os
import re
import subprocess
import sys
from datetime import date
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from pypdf import PdfReader

from congress.celery import app
from scoring.models import Archive, ReviewCycle
from scoring.states import CycleState
from tests import make
from tests.journeys.conftest import PHONE
from tests.scoring import facts, year

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 12, 20)


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def queue():
    """Two runs on one machine have two databases: neither takes the other's work."""
    return f"journeys-{connection.settings_dict['NAME']}"


@pytest.fixture
def worker(media):
    """Celery as `make run` starts it, on the test's database."""
    known = connection.settings_dict
    url = f"postgres://{known['USER']}:{quote(known['PASSWORD'])}@/{known['NAME']}"
    place = f"?host={known['HOST']}" + (f"&port={known['PORT']}" if known["PORT"] else "")
    own = {
        "DJANGO_SETTINGS_MODULE": "congress.settings",
        "DATABASE_URL": url + place,
        "DATABASE_APP_URL": "",
        "DB_LOGIN": "app",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
    }
    words = "-A congress.celery worker --pool solo --without-gossip --without-mingle -l ERROR -Q"
    started = subprocess.Popen(
        [sys.executable, "-m", "celery", *words.split(), queue()],
        cwd=settings.BASE_DIR,
        env=os.environ | own,
    )
    yield started
    started.terminate()
    started.wait(timeout=30)


def opens_the_review(director):
    director.opens("年度评价", "年度评价")
    director.follows("启动年度评价")
    director.presses("启动")
    director.reads("意见征集")


def appraises(visitor, task, people, verb):
    """Everybody's line is filled, then handed in once."""
    page = visitor.page
    visitor.reads(task)
    visitor.follows("去评价" if people else "写自评")
    page.get_by_role("button", name=verb).wait_for()
    for score in page.get_by_label("评分").all():
        score.fill("86")
    page.get_by_label("意见" if people else "自评的话").first.fill(
        "走访选民十二户，建议件件有着落。"
    )
    visitor.presses(verb)
    visitor.reads("收齐之前别人看不到")


def downloads(deputy):
    """The sealed file, as it comes to the phone; the code printed in it, and where it lies."""
    deputy.goes_to("/").follows("我的履职档案")
    deputy.reads("2026 年度 · 优秀")
    with deputy.page.expect_download() as coming:
        deputy.follows("下载档案")
    assert coming.value.suggested_filename.endswith("罗明贵 履职档案.pdf")
    pages = PdfReader(coming.value.path()).pages
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    assert "罗明贵" in text
    assert "优秀" in text
    return re.search(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){3}", text)[0], coming.value.path()


def test_a_year_closes_and_a_stranger_can_tell_the_file_is_genuine(open_page, worker):
    facts.book()
    of = year.party(0)
    of.deputies = [make.deputy(name) for name in ("罗明贵", "吴秀兰", "欧阳玉兰")]
    one = of.deputies[0]
    with facts.on(date(2026, 12, 1)):  # the days for an appeal are over when the year is decided
        facts.posted(one, "C1", quantity=2)
    director = open_page().signs_in(of.director.user)
    opens_the_review(director)

    deputy = open_page(PHONE, has_touch=True, is_mobile=True)
    appraises(deputy.signs_in(make.as_deputy(one).user), "2026 年自评", 0, "提交自评")
    for clerk, task in ((of.convenor, "小组核校"), (of.clerk, "乡镇参评")):
        party = open_page(PHONE, has_touch=True, is_mobile=True).signs_in(clerk.user)
        appraises(party, f"2026 年{task}", 3, "提交评分")
    cycle = ReviewCycle.objects.get()
    year.final(of, cycle, name="优秀")  # its own journey is a published grade's
    director.goes_to(f"/scoring/cycles/{cycle.pk}/").reads("已归档 0 / 3 人")

    app.send_task("scoring.tasks.run_reviews", queue=queue())
    director.page.get_by_text("全部归档").wait_for(timeout=60_000)
    director.reads("已归档 3 / 3 人")
    assert ReviewCycle.objects.get().state == CycleState.SEALED

    code, path = downloads(deputy)
    assert Archive.objects.get(grading__deputy=one).code == code
    stranger = open_page(PHONE, has_touch=True, is_mobile=True).goes_to("/scoring/verify-file/")
    stranger.page.get_by_label("验证码").fill(code.lower().replace("-", ""))
    stranger.presses("查验")
    stranger.reads("有这份档案")
    text = stranger.text()
    assert "罗明贵" in text
    assert "优秀" not in text, "whether it is genuine, and nothing of what it says"
    stranger.page.get_by_label("选档案文件").set_input_files(path)
    stranger.reads("就是封存的那一份")
    stranger.page.get_by_label("再查一份").fill("ABCD-EFGH-IJKL-MNOP")
    stranger.presses("查验")
    stranger.reads("没有这份档案")
