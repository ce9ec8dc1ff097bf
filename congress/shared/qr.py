"""二维码: a text as an inline SVG picture, drawn here, fetched from nowhere."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str) -> SafeString:
    """A QR code that still reads with a quarter of it worn off; its size comes from the CSS."""
    drawing = segno.make(text, error="q", micro=False, boost_error=False)
    svg = drawing.svg_inline(border=0, omitsize=True, svgclass="qr", lineclass="", dark="#1d2126")
    return mark_safe(svg)  # noqa: S308 -- drawn by segno from modules; the text itself is not in it


def qr_bits(text: str) -> tuple[int, str]:
    """The same picture as the length of its side and its modules row by row, packed as hex.

    One mask for all: a screen draws hundreds of them, and a reader takes any.
    """
    drawing = segno.make(text, error="q", micro=False, boost_error=False, mask=0)
    bits = "".join(str(module) for row in drawing.matrix for module in row)
    return len(drawing.matrix), f"{int(bits, 2):0{-(-len(bits) // 4)}x}"
