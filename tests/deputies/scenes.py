"""Drawn rooms with people in them, and what phones and chat programs do to a photo."""

import io
from functools import cache
from random import Random

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

SIZE = (1280, 960)


def colour(dice: Random) -> tuple[int, int, int]:
    return dice.randrange(30, 235), dice.randrange(30, 235), dice.randrange(30, 235)


@cache
def room(number: int, shot: int = 0) -> Image.Image:
    """Room `number`; each `shot` has other people at other places, seen from a step aside."""
    dice = Random(number)  # noqa: S311 - a repeatable room
    image = Image.new("RGB", SIZE, colour(dice))
    pen = ImageDraw.Draw(image)
    aside = Random(number * 1000 + shot)  # noqa: S311
    dx, dy = (aside.randrange(-90, 90), aside.randrange(-40, 40)) if shot else (0, 0)
    pen.rectangle((0, 620 + dy, 1280, 960), fill=colour(dice))
    for _ in range(dice.randrange(4, 9)):
        x, y = dice.randrange(0, 1150), dice.randrange(40, 700)
        wide, high = dice.randrange(90, 420), dice.randrange(80, 330)
        box = (x + dx, y + dy, x + dx + wide, y + dy + high)
        pen.rectangle(box, fill=colour(dice), outline=(40, 40, 40))
    for _ in range(aside.randrange(3, 8)):
        x, y, tall = aside.randrange(0, 1180), aside.randrange(300, 560), aside.randrange(220, 400)
        pen.rectangle((x, y, x + tall // 3, y + tall), fill=colour(aside))
        head = (x + tall // 15, y - tall // 4, x + tall // 3.6, y)
        pen.ellipse(head, fill=(224, 180, 150))
    return Image.blend(image.filter(ImageFilter.GaussianBlur(2)), noise(shot), 0.06)


@cache
def noise(shot: int) -> Image.Image:
    """Of a phone's sensor: it takes longer than the room, and two shots of one have not the same.

    Rooms share it, which makes them rather more alike than less.
    """
    return Image.effect_noise(SIZE, 18).convert("RGB")


def sent(image: Image.Image, quality: int = 90) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def cropped(image: Image.Image, share: float = 0.03) -> Image.Image:
    wide, high = image.size
    x, y = int(wide * share), int(high * share)
    return image.crop((x, y, wide - x, high - y))


TURNS = {turn.name.lower(): turn for turn in Image.Transpose}
"""Mirrored, turned, or both: the seven other ways in which one picture can lie."""
CHANGES = {
    "recompressed": lambda image: sent(image, 35),
    "resized": lambda image: sent(image.resize((640, 480))),
    "brightened": lambda image: sent(ImageEnhance.Brightness(image).enhance(1.25)),
    "darkened": lambda image: sent(ImageEnhance.Brightness(image).enhance(0.75)),
    "more contrast": lambda image: sent(ImageEnhance.Contrast(image).enhance(1.3)),
    "cropped": lambda image: sent(cropped(image)),
    "cropped and sent on": lambda image: sent(cropped(image, 0.02).resize((800, 600)), 50),
}
"""A little of everything that people do to a photo before they use it again."""
