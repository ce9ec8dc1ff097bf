"""交办单的纸: printed for the meeting and for each unit, with the drawings of the screen."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from congress.shared.models import Organisation
from congress.shared.pictures import UnitLoad
from proposals import sheet_papers
from proposals.actions import review, sheets
from proposals.models import Proposal
from proposals.queries import sheets as queries
from proposals.queries.unit_sheets import by_unit, contact
from proposals.sharing import Share
from proposals.states import SheetState, State, UnitRole
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk
from tests.proposals.pages import sent
from tests.proposals.pages import url as at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [SheetState.DRAFTED, SheetState.SETTLED])
def test_the_sheet_prints_for_the_meeting_and_for_each_unit_and_is_exported(state):
    office, sheet = sent(make.actor()), facts.sheet(state)
    for name in ("sheet_pdf", "sheet_units_pdf"):
        pages = PdfReader(io.BytesIO(office.get(at(name, sheet.pk)).content)).pages
        drafts = ["预交办稿" in page.extract_text().replace(" ", "") for page in pages]
        assert drafts == [state == SheetState.DRAFTED] * len(pages)
    assert office.get(at("sheet_export", sheet.pk)).content.startswith(b"PK")


def test_the_printed_sheet_draws_the_loads_of_units_and_weeks_as_the_screen_does():
    part = facts.planned()
    seen = queries.rehearsal(part.sheet, facts.REHEARSED_ON)
    text = PdfReader(io.BytesIO(sheet_papers.sheet_pdf(seen, facts.REHEARSED_ON))).pages[0]
    said = text.extract_text().replace(" ", "")
    for words in (
        "各单位件数（共1个单位）",
        part.unit.short_name,
        "各周到期",
        "2026年6月1日至6月7日",
    ):
        assert words in said


def test_a_units_own_paper_has_its_day_and_the_last_day_to_object():
    part = facts.planned()
    seen = queries.rehearsal(part.sheet, facts.REHEARSED_ON)
    page = PdfReader(io.BytesIO(sheet_papers.unit_sheets_pdf(seen, facts.REHEARSED_ON))).pages[0]
    said = page.extract_text().replace(" ", "")
    until, now = part.sheet.object_until, facts.REHEARSED_ON
    assert f"{until.year}.{until.month}.{until.day}" in said
    assert f"{now.year}年{now.month}月{now.day}日印，还没有交办" in said


def test_a_units_own_paper_says_who_hands_it_over_whom_to_ask_and_what_the_matter_is():
    into, more = (
        walk.proposal(State.ACCEPTED),
        walk.proposal(State.ACCEPTED, title="关于路灯的建议"),
    )
    review.merge(more, into=into, by=make.actor())
    office = make.actor()
    Organisation.objects.filter(pk=office.organisation_id).update(phone="0719-4220018")
    lines = [(Proposal.objects.get(pk=into.pk), walk.shares())]
    asked = {"session": into.session, "by": office, "today": facts.DRAWN_ON}
    sheet = sheets.draw_up_sheet(name="五次会议交办单", lines=lines, **asked)
    seen = queries.rehearsal(sheet, facts.DRAWN_ON)
    paper = PdfReader(io.BytesIO(sheet_papers.unit_sheets_pdf(seen, facts.DRAWN_ON)))
    said = "".join("".join(page.extract_text().split()) for page in paper.pages)
    assert "第十九届人民代表大会第五次会议" in said
    assert "交办机关：县人大常委会代表工作委员会" in said
    assert f"联系人：{office.name}，电话：0719-4220018" in said
    for row in (into, more):
        assert f"{row.number}{row.title}" in said
        assert "".join(row.facts.split()) in said
        assert "".join(row.request.split()) in said
    assert "并案办理" in said


def test_an_office_without_a_telephone_gives_its_name_alone_and_each_ask_is_marked_as_ones_own():
    row = walk.proposal(State.ACCEPTED)
    first, second = review.split(row, asks=["请修桥。", "请修路。"], by=make.actor()).asks.all()
    shares = [
        Share(make.unit(), UnitRole.LEAD, [first.pk]),
        Share(make.unit(facts.OTHER), UnitRole.SEPARATE, [second.pk]),
    ]
    lines = [(Proposal.objects.get(pk=row.pk), shares)]
    asked = {"session": row.session, "by": make.actor(), "today": facts.DRAWN_ON}
    sheet = sheets.draw_up_sheet(name="五次会议交办单", lines=lines, **asked)
    (_, (lead,)), (_, (apart,)) = by_unit(queries.rehearsal(sheet, facts.DRAWN_ON))
    assert [ask.own for ask in lead.matters[0].asks] == [True, False]
    assert [ask.own for ask in apart.matters[0].asks] == [False, True]
    assert contact(sheet) == make.actor(user=sheet.drawn_up_by).name


def test_the_drawings_of_a_short_sheet_stand_on_the_page_of_its_lines():
    seen = queries.rehearsal(facts.sheet(count=4), facts.DRAWN_ON)
    loads = [UnitLoad(f"第{number}局", 1, 0) for number in range(7)]
    paper = sheet_papers.sheet_pdf(replace(seen, loads=loads), facts.DRAWN_ON)
    assert len(PdfReader(io.BytesIO(paper)).pages) == 1


def test_a_draft_says_so_on_each_of_its_pages():
    seen = queries.rehearsal(facts.sheet(count=1), facts.DRAWN_ON)
    long = replace(seen, lines=list(seen.lines) * 40)
    pages = PdfReader(io.BytesIO(sheet_papers.sheet_pdf(long, facts.DRAWN_ON))).pages
    assert len(pages) > 1
    for page in pages:
        assert "预交办稿" in page.extract_text().replace(" ", "")


def test_more_units_than_fit_are_drawn_in_pieces_of_one_measure():
    loads = [UnitLoad(f"第{number}局", number, 0) for number in range(1, 22)]
    seen = replace(queries.rehearsal(facts.sheet(count=1), facts.DRAWN_ON), loads=loads)
    first, _, last = seen.loads_on_paper
    assert 'width="280.0"' not in first
    assert 'width="278.5"' in last


@pytest.mark.parametrize(("units", "pieces"), [(2, 1), (6, 1), (7, 2), (20, 2), (21, 3)])
def test_a_short_list_of_loads_is_printed_whole(units, pieces):
    seen = queries.rehearsal(facts.planned().sheet, facts.REHEARSED_ON)
    loads = [UnitLoad(f"第{each}局", 1, 0) for each in range(units)]
    assert len(replace(seen, loads=loads).loads_on_paper) == pieces
