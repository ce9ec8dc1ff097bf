"""What a PDF prints: codes are found, and whatever comes as a file does no harm."""

from io import BytesIO

import pikepdf
import pytest

from scoring.printed import printed_codes
from tests.scoring.sealed import page


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"no pdf at all", page("x")[:200], page("x")]
)
def test_a_file_without_a_code_has_none(content):
    assert printed_codes(content) == []


def drawn(to_unicode: bytes, words: str) -> bytes:
    """A page that draws glyphs 1, 2, 3… whose letters a table of its own tells."""
    glyphs = "".join(f"{number:04x}" for number in range(1, len(words) + 1))
    with pikepdf.Pdf.new() as document:
        document.add_blank_page(page_size=(100, 100))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0)
        font.ToUnicode = document.make_stream(to_unicode)
        document.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        said = f"BT /F1 9 Tf <{glyphs[:40]}> Tj [<{glyphs[40:]}> 10] TJ ET".encode()
        document.pages[0].Contents = document.make_stream(said)
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def test_glyphs_are_read_by_their_table_one_by_one_and_by_range():
    code = "ABCD-EFGH-IJKL-MNOP"
    singles = "\n".join(f"<{n:04x}> <{ord(letter):04x}>" for n, letter in enumerate(code, 1))
    one_by_one = f"1 beginbfchar\n{singles}\nendbfchar".encode()
    assert printed_codes(drawn(one_by_one, code)) == [code]
    ranges = "\n".join(
        f"<{n:04x}> <{n:04x}> <{ord(letter):04x}>" for n, letter in enumerate(code, 1)
    )
    assert printed_codes(drawn(f"beginbfrange\n{ranges}\nendbfrange".encode(), code)) == [code]
    lists = f"beginbfrange\n<0001> <0013> [{' '.join(f'<{ord(c):04x}>' for c in code)}]\nendbfrange"
    assert printed_codes(drawn(lists.encode(), code)) == [code]


def test_a_table_that_lies_about_its_size_costs_nothing():
    huge = b"beginbfrange\n<0000> <ffffffff> <0041>\nendbfrange"
    assert printed_codes(drawn(huge, "A" * 19)) == []
