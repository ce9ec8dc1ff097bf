"""家站分布图: a sketch drawn from positions alone, without foreign tiles. Pure.

The county's has every place for a wide screen, and one bubble for each township for a phone; a
township's own has the names beside the points. The list beside says the same in words.
"""

from collections.abc import Callable, Sequence
from math import cos, hypot, radians
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString

from congress.shared.pictures.svg import GREY, INK, RED, SOFT, circle, frame, text

Point = tuple[float, float]
MARGIN = 44.0
ROUNDS = 60
NEAREST = 0.01
"""Degrees: a map of one point is not drawn larger than this."""


class Place(NamedTuple):
    """One place: where it is, what it is called, and where its page is."""

    latitude: float
    longitude: float
    name: str
    township: str
    is_home: bool
    link: str


class Township(NamedTuple):
    """One township: its name, where its list is, its places."""

    name: str
    link: str
    places: tuple[Place, ...]


def county_map(townships: Sequence[Township]) -> SafeString:
    """Every place as a point that leads to its page, on a wide screen."""
    places = [place for township in townships for place in township.places]
    size, at = _plane(places, 720)
    parts = [circle(*at(place), 24, SOFT) for township in townships for place in township.places]
    tops = []
    for township in townships:
        points = spread([at(place) for place in township.places], 15, 15)
        parts += [_point(*pair) for pair in zip(township.places, points, strict=True)]
        tops.append((_middle(points)[0], min(y for _, y in points) - 13))
    for township, (x, y) in zip(townships, spread(tops, 60, 18), strict=True):
        words = text(x, y, township.name, 14, INK, anchor="middle", bold=True)
        parts.append(_linked(township.link, f"{township.name}的家站", words))
    words = "，".join(f"{each.name} {len(each.places)} 个" for each in townships)
    return frame(size, "全县家站分布图", words, parts, kind="wide", group=True)


def phone_map(townships: Sequence[Township]) -> SafeString:
    """One bubble for each township with how many places it has, on a phone."""
    places = [place for township in townships for place in township.places]
    size, at = _plane(places, 360)
    middles = [_middle([at(place) for place in each.places]) for each in townships]
    parts = []
    spots = spread(middles, 58, 50)
    lowest = max((y for _, y in spots), default=0.0)
    for township, (x, y) in zip(townships, spots, strict=True):
        count = str(len(township.places))
        inside = [
            circle(x, y, 15, RED),
            text(x, y + 5, count, 14, "#fff", anchor="middle", bold=True),
            text(x, y + 29, township.name, 12.5, INK, anchor="middle"),
        ]
        label = f"{township.name}，{count} 个家站"
        parts.append(_linked(township.link, label, "".join(inside)))
    words = "，".join(f"{each.name} {len(each.places)} 个" for each in townships)
    height = max(size[1], int(lowest + 40))
    return frame((360, height), "各乡镇的家站", words, parts, kind="near", group=True)


def township_map(township: Township) -> SafeString:
    """A township's places with their names, on any screen."""
    size, at = _plane(township.places, 360)
    parts = []
    points = spread([at(place) for place in township.places], 46, 36)
    labels = spread([(x, y + 22) for x, y in points], 50, 16)
    for place, point, (x, y) in zip(township.places, points, labels, strict=True):
        name = place.name.removeprefix(township.name)
        name = name.replace("代表联络站", "站").removeprefix("代表") or place.name
        x = min(max(x, 6.5 * len(name)), 360 - 6.5 * len(name))
        words = text(x, y, name, 12.5, GREY, anchor="middle")
        parts.append(_point(place, point, words))
    names = "、".join(place.name for place in township.places)
    height = max(size[1], int(max((y for _, y in labels), default=0.0) + 14))
    title = f"{township.name}家站位置图"
    return frame((360, height), title, names, parts, kind="one", group=True)


def spread(points: Sequence[Point], wide: float, high: float) -> list[Point]:
    """The same points, those too near each other pushed apart along the shorter way."""
    found = [list(point) for point in points]
    for _ in range(ROUNDS):
        moved = False
        for i, one in enumerate(found):
            for other in found[i + 1 :]:
                dx, dy = other[0] - one[0], other[1] - one[1]
                over_x, over_y = wide - abs(dx), high - abs(dy)
                if over_x <= 0 or over_y <= 0:
                    continue
                moved = True
                axis, over, way = (0, over_x, dx) if over_x < over_y else (1, over_y, dy)
                step = over / 2 if way >= 0 else -over / 2
                one[axis] -= step
                other[axis] += step
        for each in found:
            each[0], each[1] = max(each[0], MARGIN / 2), max(each[1], MARGIN / 2)
        if not moved:
            break
    return [(x, y) for x, y in found]


def _plane(places: Sequence[Place], width: int) -> tuple[tuple[int, int], Callable[[Place], Point]]:
    """How large the drawing is, and where on it a place stands: north is up."""
    south = min(place.latitude for place in places)
    north = max(place.latitude for place in places)
    west = min(place.longitude for place in places)
    east = max(place.longitude for place in places)
    narrow = cos(radians((south + north) / 2))
    across, down = max((east - west) * narrow, NEAREST), max(north - south, NEAREST)
    scale = min((width - 2 * MARGIN) / across, 1.4 * width / down)
    height = int(down * scale + 2 * MARGIN)
    aside = (width - (east - west) * narrow * scale) / 2

    def at(place: Place) -> Point:
        x = aside + (place.longitude - west) * narrow * scale
        return (x, MARGIN + (north - place.latitude) * scale)

    return (width, height), at


def _middle(points: Sequence[Point]) -> Point:
    """The point of them that is nearest to their mean."""
    x = sum(each[0] for each in points) / len(points)
    y = sum(each[1] for each in points) / len(points)
    return min(points, key=lambda each: hypot(each[0] - x, each[1] - y))


def _point(place: Place, at: Point, words: str = "") -> str:
    disc = circle(*at, 8, RED, edge="#fff") if place.is_home else circle(*at, 6, "#fff", edge=RED)
    return _linked(place.link, place.name, disc + words)


def _linked(link: str, label: str, inside: str) -> str:
    words = escape(label)
    return f'<a href="{escape(link)}" aria-label="{words}"><title>{words}</title>{inside}</a>'
