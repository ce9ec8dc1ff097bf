"""Days and figures in the file's words."""

from datetime import date

from scoring.queries.duty_file import Year

DASH = "—"


def day(day: date) -> str:
    """3月26日: the year stands on every page."""
    return f"{day.month}月{day.day}日"


def dated(day: date, year: Year) -> str:
    """The same, and of a day before New Year which year it was."""
    words = f"{day.month}月{day.day}日"
    return words if day.year == year.cycle.year else f"{day.year}年{words}"


def led(year: Year) -> int:
    """领衔 of the year's proposals."""
    return sum(row.lead_id == year.deputy.pk for row in year.proposals)


def done(year: Year, code: str) -> int:
    """How much of one item of the list was verified."""
    return sum(row.quantity for row in year.records if row.item.code == code)
