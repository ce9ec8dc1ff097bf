"""Pictures are well-formed SVG with a text twin, escape every word, and obey the content policy."""

import xml.etree.ElementTree as ET
from datetime import date
from decimal import Decimal

import pytest

from congress.shared import pictures

SHARES = ("0", "0.5", "1", "1.3", "-1")
AXES = [(name, Decimal(share)) for name, share in zip("会动建联自", SHARES, strict=True)]
FLOW = [pictures.Flow("提出", 0, url="/x?a=1&b=2"), pictures.Flow("交办", 13, late=1, soon=2)]
UNITS = [pictures.UnitLights("县交通运输局", late=1, ok=3), pictures.UnitLights("县财政局")]
SIGNS = [
    pictures.StarSign("会议星", lit=True),
    pictures.StarSign("<b>", lit=False),
    pictures.StarSign("政治星", lit=None),
]
DRAWN = [
    pictures.portrait(AXES, narrow=narrow, median=[Decimal("0.4")] * 5) for narrow in (False, True)
] + [
    pictures.heat_calendar(2024, {date(2024, 2, 29): 2}, today=date(2024, 6, 1)),
    pictures.heat_calendar(2026, {}, narrow=True),
    pictures.heat_calendar(2026, {date(2026, 3, 10): 1}, paper=True),
    pictures.stage_flow(FLOW),
    pictures.stage_flow(FLOW, narrow=True),
    pictures.stage_flow([]),
    pictures.lights_by_unit(UNITS),
    pictures.lights_by_unit([], narrow=True),
    pictures.month_bars([Decimal("3.5"), Decimal(-2)], current=2),
    pictures.month_bars([]),
    pictures.unit_loads(
        [pictures.UnitLoad("县交通运输局", 3, 1, 1), pictures.UnitLoad("<局>", 0, 2)]
    ),
    pictures.unit_loads([]),
    pictures.week_loads([pictures.WeekLoad(date(2026, 6, 8), 78)]),
    pictures.week_loads([]),
    pictures.ten_stars(SIGNS),
    pictures.ten_stars(SIGNS, narrow=True),
    pictures.ten_stars([]),
]


@pytest.mark.parametrize("drawn", DRAWN)
def test_every_picture_parses_and_says_itself_in_words(drawn):
    root = ET.fromstring(drawn)  # noqa: S314  # our own drawing

    assert root.find("{*}title").text
    assert root.find("{*}desc") is not None
    assert "Noto Sans CJK SC" in root.get("font-family")


@pytest.mark.parametrize("drawn", DRAWN)
def test_no_picture_carries_a_style_or_a_script(drawn):
    assert " style=" not in drawn
    assert "<script" not in drawn


def test_words_in_a_picture_are_escaped():
    drawn = pictures.lights_by_unit([pictures.UnitLights('<img src=x onerror="a">', late=1)])

    assert "<img" not in drawn
    ET.fromstring(drawn)  # noqa: S314  # our own drawing


@pytest.mark.parametrize("how", [{}, {"narrow": True}, {"paper": True}])
def test_a_calendar_has_every_day_once_in_few_shapes(how):
    days = {date(2024, 2, 29): 2, date(2024, 3, 1): 1, date(2024, 5, 10): 1}
    drawn = ET.fromstring(pictures.heat_calendar(2024, days, **how))  # noqa: S314  # our own
    paths = [path.get("d") for path in drawn.iterfind(".//{*}path")]

    assert sum(path.count("M") for path in paths) == 366
    assert len(paths) <= 6


def test_the_last_day_of_february_stands_for_the_thirtieth():
    counts = {date(2026, 2, 28): 1, date(2026, 3, 1): 2}

    assert "其中逢十接待日 1 天" in pictures.heat_calendar_words(2026, counts)


def test_an_empty_year_is_said_not_hidden():
    assert pictures.heat_calendar_words(2026, {}) == "2026 年还没有履职记录。"


def test_the_stars_say_which_are_lit_which_are_not_and_which_are_open():
    assert pictures.ten_stars_words(SIGNS) == "点亮 1 颗：会议星；没有亮：<b>；还没有定：政治星。"
    assert pictures.ten_stars_words([]) == "点亮 0 颗。"
    unnamed = [pictures.StarSign("", lit=False), pictures.StarSign("会议星", lit=True)]
    assert pictures.ten_stars_words(unnamed) == "点亮 1 颗：会议星。"
