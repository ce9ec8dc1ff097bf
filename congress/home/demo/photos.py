"""Drawn photos: evidence of the demo county shows nobody."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw
from weasyprint import HTML

from congress.shared import clean_pdf
from congress.shared.clean_pdf import CleanPdf
from deputies.actions import photos
from deputies.actions.photos import Photo

REPORT = """
<h1>白河口村过水桥检测记录</h1>
<p>桥长 18 米，桥墩 2 个，东侧桥墩基础被水掏空 0.6 米，桥面限载 3 吨。</p>
<p>建议汛期封闭，秋后加固。</p>
"""


def photo(number: int) -> Photo:
    """A drawn place, another for each number."""
    dice = Random(number)  # noqa: S311 - a repeatable picture
    fields = Image.new("RGB", (5, 4))
    fields.putdata([_colour(dice, 70, 245) for _ in range(20)])
    image = fields.resize((480, 360), Image.Resampling.BILINEAR)
    pen = ImageDraw.Draw(image)
    for _ in range(2):
        peak = (dice.randrange(480), dice.randrange(40, 260))
        foot = dice.randrange(-120, 240)
        pen.polygon([(foot, 360), peak, (foot + 360, 360)], fill=_colour(dice, 60, 170))
    for _ in range(dice.randrange(2, 6)):
        x, y = dice.randrange(0, 420), dice.randrange(150, 300)
        wide, high = dice.randrange(40, 150), dice.randrange(40, 130)
        pen.rectangle((x, y, x + wide, y + high), fill=_colour(dice, 60, 240))
        roof = [(x - 12, y), (x + wide // 2, y - high // 2), (x + wide + 12, y)]
        pen.polygon(roof, fill=_colour(dice, 40, 160))
    return read(image)


def _colour(dice: Random, darkest: int, brightest: int) -> tuple[int, int, int]:
    light, tint = dice.randrange(darkest, brightest), dice.randrange(-18, 10)
    return light - 8, light - tint, light - 24 + tint


def read(image: Image.Image) -> Photo:
    """The picture as if a phone had sent it."""
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=80)
    size = buffer.tell()
    buffer.seek(0)
    return photos.read(buffer, size)


def report() -> CleanPdf:
    """An invented paper of one page, as if somebody had sent it."""
    sent = HTML(string=REPORT).write_pdf()
    return clean_pdf.read(BytesIO(sent), len(sent), most_pages=9, most_megabytes=9)
