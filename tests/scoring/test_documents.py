"""履职档案: light, complete, the same every time, and no glyph missing."""

import io
import re
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from weasyprint import HTML

from scoring import documents
from scoring.documents import CategoryLine, DutyFile, OpinionLine, ProposalLine, duty_file_pdf
from tests.scoring.sample_file import PERSON, duty_file

AT = datetime(2025, 12, 31, 9, 20, tzinfo=UTC)
RARE = "㛃䶮堃喆犇骉鿍𬱖𫖯"


@pytest.fixture(scope="module")
def made() -> bytes:
    return duty_file_pdf(duty_file(), made_at=AT)


def words(file: bytes) -> str:
    pages = PdfReader(io.BytesIO(file)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def test_a_full_file_is_light_and_not_too_long(made):
    assert len(made) <= 250 * 1024
    assert 4 <= len(PdfReader(io.BytesIO(made)).pages) <= 6


def test_the_file_says_all_that_it_was_given(made):
    said, file = words(made), duty_file()
    lines = [file.number, file.verify_code, file.person.name, file.person.pledge]
    lines += [line.item for line in file.ledger] + [star.reason for star in file.stars]
    lines += [line.title for line in file.proposals] + [
        matter.title for line in file.receptions for matter in line.matters
    ]
    lines += [line.name for line in file.activities] + [line.text for line in file.opinions]
    lines += [str(file.verdict and file.verdict.text), *file.corrections]
    assert [line for line in lines if re.sub(r"\s", "", line) not in said] == []


def test_every_page_but_the_first_names_the_deputy_and_every_page_the_code(made):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]
    assert all("7F3A-91C2-0B6E" in page for page in pages)
    assert all(PERSON.name in page and "竹人代档" in page for page in pages)


def test_the_same_file_and_moment_give_the_same_bytes(made):
    assert duty_file_pdf(duty_file(), made_at=AT) == made


def test_no_name_is_printed_with_a_missing_or_an_empty_glyph():
    person = replace(PERSON, name=RARE, job=RARE, pledge=RARE, station=RARE)
    opinion = OpinionLine("小组核校", "87.0", RARE, "12月20日", RARE)
    base = duty_file()
    lines = tuple(replace(line, item=RARE, verifier=RARE) for line in base.ledger[:1])
    file = replace(base, person=person, opinions=(opinion,), ledger=lines)
    assert holes(duty_file_pdf(file, made_at=AT)) == []


def test_a_hole_would_be_noticed():
    page = "<p style=\"font-family: 'AR PL UKai CN'\">王䶮\ue0f0"
    assert set(holes(bytes(HTML(string=page).write_pdf()))) == {"䶮", "\ue0f0"}


def holes(file: bytes) -> list[str]:
    """Characters that some embedded face draws as .notdef or as nothing."""
    found = []
    for font in PdfReader(io.BytesIO(file)).pages[0]["/Resources"]["/Font"].values():
        font = font.get_object()
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        stream = descriptor.get("/FontFile3") or descriptor["/FontFile2"]
        face = TTFont(io.BytesIO(stream.get_data()))
        for glyph, char in to_unicode(font["/ToUnicode"].get_data().decode()):
            if char.strip() and blank(face, glyph):
                found.append(char)
    return found


def to_unicode(cmap: str) -> list[tuple[int, str]]:
    listed = "".join(re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL))
    pairs = re.findall(r"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>", listed)
    return [(int(glyph, 16), bytes.fromhex(char).decode("utf-16-be")) for glyph, char in pairs]


def blank(face: TTFont, number: int) -> bool:
    if not 0 < number < face["maxp"].numGlyphs:
        return True
    name = face.getGlyphName(number)
    if "glyf" in face:
        return face["glyf"][name].numberOfContours == 0
    program = face["CFF "].cff.topDictIndex[0].CharStrings[name]
    program.decompile()
    return len(program.program) <= 2


def test_the_complete_face_is_the_simplified_one(made):
    fonts = PdfReader(io.BytesIO(made)).pages[0]["/Resources"]["/Font"].values()
    names = " ".join(str(font.get_object()["/BaseFont"]) for font in fonts)
    assert "Noto-Serif-CJK-SC" in names
    assert not re.search("CJK-(JP|KR|TC|HK)", names)


def test_an_empty_year_is_said_in_words():
    file = duty_file()
    nothing = {
        item.name: () for item in fields(DutyFile) if isinstance(getattr(file, item.name), tuple)
    }
    kept = {"categories": file.categories, "signatures": file.signatures, "stars": file.stars}
    said = words(
        duty_file_pdf(replace(file, **(nothing | kept), days={}, verdict=None), made_at=AT)
    )
    for sentence in (
        "没有计分记录",
        "没有领衔或附议建议",
        "没有接待选民",
        "没有述职测评",
        "没有会议和活动",
        "没有评价意见",
        "没有评定等次",
    ):
        assert sentence in said


def test_what_is_not_known_of_a_person_is_a_dash():
    file = replace(duty_file(), person=documents.Person(name="罗㛃"))
    html = render_to_string("pdf/_duty_cover.html", {"file": file, "person": file.person})
    assert html.count("—") == 14


def test_words_of_people_cannot_become_markup():
    person = replace(PERSON, pledge='<img src="file:///etc/passwd">')
    html = render_to_string("pdf/_duty_cover.html", {"file": duty_file(), "person": person})
    assert "&lt;img" in html


def test_a_ledger_of_many_lines_keeps_its_head_on_every_page():
    file = duty_file()
    made = duty_file_pdf(replace(file, ledger=file.ledger * 3), made_at=AT)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]
    assert sum("理由与佐证" in page for page in pages) >= 4


def test_bars_and_stages_stay_in_their_frame():
    assert CategoryLine("", "", "", Decimal("1.7")).bar == 100
    assert CategoryLine("", "", "", Decimal("-0.1")).bar == 0
    line = ProposalLine("", "", "", "", "", 4, "")
    assert line.steps == ("done", "done", "done", "now", "ahead", "ahead", "ahead")
    assert set(replace(line, stage=7).steps) == {"done"}


def test_no_rating_of_a_reply_has_a_place_in_the_file():
    trees = [value for value in vars(documents).values() if is_dataclass(value)]
    names = {item.name for tree in trees for item in fields(tree)}
    assert not {name for name in names if "rating" in name or "satisf" in name or "process" in name}
