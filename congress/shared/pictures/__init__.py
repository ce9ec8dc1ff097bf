"""Pictures for pages, the wall and the PDF: pure functions, numbers in, SVG out."""

from congress.shared.pictures.loads import (
    UnitLoad,
    WeekLoad,
    most_of,
    unit_loads,
    unit_loads_words,
    week_loads,
    week_loads_words,
)
from congress.shared.pictures.queue import (
    Flow,
    UnitLights,
    lights_by_unit,
    lights_by_unit_words,
    stage_flow,
    stage_flow_words,
)
from congress.shared.pictures.stars import StarSign, ten_stars, ten_stars_words
from congress.shared.pictures.trend import two_years, two_years_words
from congress.shared.pictures.year import (
    heat_calendar,
    heat_calendar_words,
    month_bars,
    month_bars_words,
    portrait,
    portrait_words,
)

__all__ = [
    "Flow",
    "StarSign",
    "UnitLights",
    "UnitLoad",
    "WeekLoad",
    "heat_calendar",
    "heat_calendar_words",
    "lights_by_unit",
    "lights_by_unit_words",
    "month_bars",
    "month_bars_words",
    "most_of",
    "portrait",
    "portrait_words",
    "stage_flow",
    "stage_flow_words",
    "ten_stars",
    "ten_stars_words",
    "two_years",
    "two_years_words",
    "unit_loads",
    "unit_loads_words",
    "week_loads",
    "week_loads_words",
]
