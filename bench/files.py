"""A county's duty files (goal P1): the real task in two processes, beside bare WeasyPrint.

Makes a scratch database with N deputies (228, or `N=1303`), each with a year of some fifty records,
proposals, receptions, meetings, ballots and opinions; decides the year by the real verbs and seals
every file. The last line is a JSON object: `seconds` and `a_minute` are of all files on two
processes, `ratio` is the processor time of one file by the task (rows, arithmetic, PDF/A, hash,
lights, notice) over that of `HTML(…).write_pdf()` of the same page, rendered in two processes
afterwards; `mean_kib` and `most_kib` are the files', `rss_mb` the larger process's.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

from ledger import a_years_lines, connection  # sets Django up  # isort: skip

from django.conf import settings
from django.template.loader import render_to_string

from congress.shared import clock
from deputies.models import Deputy, DutyItem
from scoring.actions import opinions
from scoring.documents import page
from scoring.duty_file import duty_file
from scoring.models import Archive, ReviewCycle
from scoring.queries.duty_file import county, year_of
from scoring.states import CycleState, Step
from stations.actions import events
from stations.actions.events import Mark
from stations.models import Issue, Outcome, Presence, Route, Visit, Way
from stations.states import IssueState
from tests import make
from tests.proposals import walk
from tests.scoring import facts, polling, year

WORK = Path(__file__).parent / "pool" / "work.py"
PROCESSES, LINES, VISITS, MEETINGS, SAMPLE = 2, 46, 10, 12, 228
KIB = 1024


def people(number: int) -> year.Party:
    """Deputies of one group, some with a name that only the complete face has."""
    of = year.party(0)
    names = ("罗㛃堃", "万䶮喆", "犇骉", "周鿍")
    of.deputies = [make.deputy(names[each % 40] if each % 40 < 4 else "") for each in range(number)]
    return of


def receptions(of: year.Party) -> None:
    """接待: what voters raised, and what became of it, as the verbs leave it."""
    place, keeper = polling.station(), make.user()
    visits = Visit.objects.bulk_create(
        Visit(
            station=place,
            way=Way.STATION,
            came_on=date(2026, 1 + each, 10),
            deputy=deputy,
            people=2 + each,
            words="反映的事写在登记表上。",
            consent="no",
            entered_by=keeper,
            entered_at=clock.now(),
        )
        for deputy in of.deputies
        for each in range(VISITS)
    )
    Issue.objects.bulk_create(
        Issue(
            state=IssueState.TOLD,
            station=place,
            visit=visit,
            title=f"通组路塌方，第{visit.pk}处要修",
            raised_by=keeper,
            raised_at=clock.now(),
            route=Route.TOWNSHIP,
            outcome=Outcome.SOLVED,
            result="已经修好。",
            settled_by=keeper,
            settled_at=clock.now(),
        )
        for visit in visits
    )


def meetings(of: year.Party) -> None:
    """会议和活动: called for all, some on leave."""
    item, by = DutyItem.objects.get(code="A1"), make.director()
    for each in range(MEETINGS):
        leave = Mark(Presence.LEAVE, approver="主任会议")
        marks = {pk: leave if pk % 9 == each else Mark() for pk in of.ids}
        day = date(2026, 1 + each % 10, 26)
        with facts.on(day + timedelta(days=20)):
            events.roll_call(
                item=item,
                title=f"第{each + 1}次视察农村公路建设和养护",
                held_on=day,
                place="会堂",
                marks=marks,
                by=by,
                assembly=make.assembly(),
            )


def a_year(number: int) -> ReviewCycle:
    """Everything that a file tells of, and the committee's decision."""
    facts.book()
    of = people(number)
    a_years_lines(number * LINES)
    receptions(of)
    meetings(of)
    for deputy in of.deputies[:: max(1, number // 60)]:
        walk.submitted(deputy)
    for report in polling.meeting(*of.deputies).reports.all():
        polling.confirmed(report)
    cycle = year.opened(of)
    words = year.score(86, "一年来按时到会，走访选民，所提建议都有答复；学习还要加强，明年补上。")
    with clock.at(year.NOW):
        opinions.appraise(
            cycle,
            step=Step.TOWNSHIP,
            scores=dict.fromkeys(of.ids, words),
            by=of.clerk,
            today=year.TODAY,
        )
    return year.final(of, cycle)


def pages_of(cycle: ReviewCycle, folder: Path) -> None:
    """The same pages as HTML, dealt out to two folders."""
    shared = county(cycle)
    for place in range(PROCESSES):
        (folder / str(place)).mkdir()
    for at, grading in enumerate(cycle.gradings.order_by("pk")[:SAMPLE]):
        file = duty_file(year_of(shared, grading), number=f"2026-{at}", code="ABCD-EFGH-IJKL-MNOP")
        html = render_to_string("pdf/duty_file.html", page(file))
        (folder / str(at % PROCESSES) / f"{at:04}.html").write_text(html)


def pool(*each: tuple[str, ...]) -> list[dict[str, float]]:
    """What each process of the pool reports, all started at once, as the app's login."""
    known = connection.settings_dict
    url = f"postgres://{known['USER']}:{quote(known['PASSWORD'])}@/{known['NAME']}"
    place = f"?host={known['HOST']}" + (f"&port={known['PORT']}" if known["PORT"] else "")
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "congress.settings",
        "DATABASE_URL": url + place,
        "DATABASE_APP_URL": "",
        "DB_LOGIN": "app",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
    }
    running = [
        subprocess.Popen([sys.executable, str(WORK), *words], env=env, stdout=subprocess.PIPE)
        for words in each
    ]
    said = [process.communicate()[0] for process in running]
    return [json.loads(words.splitlines()[-1]) for words in said]


def a_file(reports: list[dict[str, float]]) -> float:
    """Processor seconds of one file."""
    return sum(each["cpu"] for each in reports) / sum(each["made"] for each in reports)


def measure(number: int) -> dict[str, object]:
    """Seal a year of so many deputies, then render its pages plainly."""
    cycle = a_year(number)
    began = time.monotonic()
    sealed = pool(*[("seal",)] * PROCESSES)
    seconds = time.monotonic() - began
    cycle.refresh_from_db()
    files = [
        Path(settings.MEDIA_ROOT, name) for name in Archive.objects.values_list("file", flat=True)
    ]
    whole = {hashlib.sha256(each.read_bytes()).hexdigest() for each in files}
    if cycle.state != CycleState.SEALED or len(files) != number or len(whole) != number:
        raise SystemExit(f"{len(files)} files of {number}, the cycle is {cycle.state}")
    with tempfile.TemporaryDirectory() as folder:
        pages_of(cycle, Path(folder))
        bare = pool(*[("bare", f"{folder}/{each}") for each in range(PROCESSES)])
    sizes = [each.stat().st_size for each in files]
    return {
        "deputies": Deputy.objects.count(),
        "files": len(files),
        "seconds": round(seconds, 1),
        "a_minute": round(60 * number / seconds),
        "cpu_a_file": round(a_file(sealed), 3),
        "bare_a_file": round(a_file(bare), 3),
        "ratio": round(a_file(sealed) / a_file(bare), 3),
        "pages": sum(Archive.objects.values_list("pages", flat=True)) / number,
        "mean_kib": round(sum(sizes) / number / KIB),
        "most_kib": round(max(sizes) / KIB),
        "rss_mb": max(each["rss_mb"] for each in sealed),
        "bare_rss_mb": max(each["rss_mb"] for each in bare),
    }


def main() -> None:
    """Measure in a scratch database, and say it in one line."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        report = measure(int(os.environ.get("N") or 228))
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()
