"""二维码: drawn as it should read, with nothing of the text in its markup."""

import segno

from congress.shared.qr import qr_svg

ADDRESS = "https://example.invalid/scoring/verify-file/7F3A91C20B6E"


def test_a_qr_code_is_an_inline_svg_without_the_text_or_a_style():
    svg = qr_svg(ADDRESS + '"><script>')
    assert svg.startswith("<svg")
    assert 'class="qr"' in svg
    assert "script" not in svg
    assert "style=" not in svg


def test_the_same_text_gives_the_same_picture():
    assert qr_svg(ADDRESS) == qr_svg(ADDRESS)
    assert qr_svg(ADDRESS) != qr_svg(ADDRESS + "0")


def test_a_quarter_of_the_code_may_be_worn_off():
    code = segno.make(ADDRESS, error="q", micro=False, boost_error=False)
    assert f'viewBox="0 0 {code.symbol_size(border=0)[0]} ' in qr_svg(ADDRESS)
