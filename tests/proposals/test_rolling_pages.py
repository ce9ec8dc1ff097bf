"""滚动办 where it is shown: the public's list and page, the unit's desk, the sheet, the book."""

import csv
import io
import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from pypdf import PdfReader

from congress.shared import clock
from proposals import rolling_papers, sheet_papers
from proposals.models import CarriedProposal, CarryOver, Foster
from proposals.queries import hand_over, in_hand, units
from proposals.queries import sheets as queries
from proposals.queries.clocks import Clock
from proposals.states import SheetState, State
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk
from tests.proposals.verbs_rolling import TODAY, YEAR, carries, fostered, left

pytestmark = pytest.mark.django_db
MARK = "滚动办理 · 2026 年结转"


@pytest.fixture(autouse=True)
def _in_the_new_year():
    with clock.at(datetime(2027, 1, 6, 2, tzinfo=UTC)):
        yield


def two():
    """One carried over, and one that came later."""
    row = walk.proposal(State.ASSIGNED)
    carries(row, make.director())
    return row, walk.proposal(State.ASSIGNED)


def test_everybody_reads_that_it_goes_on_and_finds_those_alone(client):
    row, later = two()
    page = client.get(reverse("proposals:public_detail", args=[row.number])).content.decode()
    assert MARK in page
    assert "结转到 2027 年滚动办理" in page
    listed = client.get(reverse("proposals:public_list"), {"carried": 1}).content.decode()
    assert row.number in listed
    assert later.number not in listed
    sent = client.get(reverse("proposals:public_export"), {"carried": 1})
    (line,) = csv.DictReader(io.StringIO(sent.content.decode("utf-8-sig")))
    assert line["滚动办理"] == "2026"


def test_the_unit_and_the_office_find_those_alone(client):
    row, later = two()
    desk = units.desk(walk.unit_clerk(), TODAY, units.CaseFilter(carried=True))
    assert [each.assignment.proposal for each in desk.shown] == [row]
    lines = in_hand.handed_over(make.actor(), Clock.on(TODAY), carried=True)
    assert later not in lines
    for by, page, export in (
        (walk.unit_clerk(), "unit_desk", "unit_export"),
        (make.actor(), "in_hand", "in_hand_export"),
    ):
        client.force_login(by.user)
        shown = client.get(reverse(f"proposals:{page}"), {"carried": 1}).content.decode()
        assert MARK in shown
        assert row.number in shown
        assert client.get(reverse(f"proposals:{export}"), {"carried": 1}).status_code == 200


def test_a_case_says_whom_to_meet_now(client):
    row = fostered()
    client.force_login(walk.unit_clerk().user)
    page = client.get(reverse("proposals:case", args=[row.proposal_id])).content.decode()
    assert f"接续代表{row.deputy.name}" in page


def test_the_lead_reads_it_among_their_own(client):
    row, _ = two()
    client.force_login(row.lead.user)
    for page, args in (("mine", ()), ("detail", (row.pk,))):
        assert MARK in client.get(reverse(f"proposals:{page}", args=args)).content.decode()


def test_the_next_years_sheet_names_them_beside_the_new_ones(client):
    row, _ = two()
    sheet = facts.sheet(SheetState.REHEARSED)
    client.force_login(make.director().user)
    page = client.get(reverse("proposals:sheet", args=[sheet.pk])).content.decode()
    assert "滚动办理：2026 年结转来同交办的 1 件" in page
    assert row.number in page
    seen = queries.rehearsal(sheet, TODAY)
    for paper in (sheet_papers.sheet_pdf, sheet_papers.unit_sheets_pdf):
        text = "".join(
            page.extract_text() for page in PdfReader(io.BytesIO(paper(seen, TODAY))).pages
        )
        assert "滚动办理" in text
        assert row.number in text


def test_the_book_has_each_unit_and_proposal_as_a_bookmark_and_says_where(client):
    row, orphan = walk.proposal(State.PUBLISHED), left()
    carries(row, make.director())
    book = hand_over.book(make.assembly(), YEAR, TODAY)
    paper = PdfReader(io.BytesIO(rolling_papers.hand_over_pdf(book)))
    text = "".join(page.extract_text() for page in paper.pages).replace("\n", "")
    assert "承诺" in text
    assert "还没有接续代表" in text
    labels = str([each.title for each in flat(paper.outline)])
    assert row.number in labels
    assert orphan.number in labels
    client.force_login(make.director().user)
    for name in ("hand_over_pdf", "hand_over_sheet"):
        assert client.get(reverse(f"proposals:{name}"), {"year": YEAR}).status_code == 200


def test_no_page_of_the_book_has_one_row_of_a_table():
    """27 rows fill the page of the deputies: the 28th takes two along."""
    matters = [_matter(number) for number in range(1, 29)]
    units = [hand_over.Chapter("u1", "县水利局", matters)]
    people = [hand_over.Chapter("d1", "李桂兰", matters)]
    said = ("代表建议换届交接册", "竹山县人民代表大会", "2027年1月6日", YEAR)
    book = hand_over.Book(*said, matters, [], units, people, 0)
    paper = PdfReader(io.BytesIO(rolling_papers.hand_over_pdf(book)))
    rows = [page.extract_text().count("关于修桥") for page in paper.pages]
    assert rows[-1] > 2


def _matter(number):
    lead = SimpleNamespace(name="李桂兰")
    row = {"pk": number, "number": f"19{number:05}", "title": "关于修桥的建议", "lead": lead}
    speaker, reasons = SimpleNamespace(missing=False), SimpleNamespace(reasons=[])
    line = SimpleNamespace(proposal=SimpleNamespace(**row), speaker=speaker, open=reasons)
    said = {"foster": "", "signers": "", "shares": "", "clock": "", "waits": ()}
    return SimpleNamespace(line=line, **said)


def flat(outline):
    for each in outline:
        yield from flat(each) if isinstance(each, list) else [each]


def ran(*words):
    out = io.StringIO()
    call_command("carry_over", *words, stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])


def test_an_operator_sees_first_and_then_carries_over_once():
    walk.proposal(State.ASSIGNED), left()
    seen = ran(str(YEAR))
    assert (seen["tried"], seen["carried"], seen["already"]) == (2, 2, 0)
    assert CarryOver.objects.count() == 0
    done = ran(str(YEAR), "--apply", "--foster")
    assert (done["carried"], done["fostered"]) == (2, 1)
    again = ran(str(YEAR), "--apply", "--foster")
    assert (again["carried"], again["fostered"], again["already"]) == (0, 0, 2)
    assert (CarriedProposal.objects.count(), Foster.objects.count()) == (2, 1)


def test_an_operator_carries_no_year_over_before_its_end():
    walk.proposal(State.ASSIGNED)
    with clock.at(datetime(2026, 6, 1, 2, tzinfo=UTC)), pytest.raises(CommandError, match="起可以"):
        call_command("carry_over", "2026", "--apply")


@pytest.mark.parametrize("year", ["1999", "99999"])
def test_an_operator_is_told_of_a_year_that_is_none_of_ours(year):
    with pytest.raises(CommandError, match="年份应在 2000 到"):
        call_command("carry_over", year)
