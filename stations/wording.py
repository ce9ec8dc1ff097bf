"""Dates of the rota in words."""

from datetime import date

from django.utils import timezone

from congress.shared.calendar import WEEKDAYS
from stations.models import Activity, RotaSlot


def day_words(day: date) -> str:
    """12 月 10 日（周四）."""
    return f"{day.month} 月 {day.day} 日（周{WEEKDAYS[day.weekday()]}）"


def left_words(day: date, today: date) -> str:
    """How far off it is."""
    left = (day - today).days
    return {0: "就在今天", 1: "就在明天", 2: "就在后天"}.get(left, f"还有 {left} 天")


def turn_words(slot: RotaSlot) -> str:
    """Which turn it is: the day and the place."""
    return f"{day_words(slot.day.held_on)}，{slot.day.station}。"


def date_words(day: date, today: date) -> str:
    """12 月 10 日, with its year when that is another one."""
    words = f"{day.month} 月 {day.day} 日"
    return words if day.year == today.year else f"{day.year} 年 {words}"


def hours_words(activity: Activity) -> str:
    """5 月 20 日（周三）9:00—11:30; the day alone where the hours are not known."""
    if activity.starts_at is None or activity.ends_at is None:
        return day_words(activity.held_on)
    first, last = timezone.localtime(activity.starts_at), timezone.localtime(activity.ends_at)
    return f"{day_words(first.date())}{first:%-H:%M}—{last:%-H:%M}"
