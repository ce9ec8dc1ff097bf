from datetime import date, timedelta

import chinese_calendar
from django.db import migrations

LEVELS = [
    ("national", "全国", 1),
    ("province", "省级", 2),
    ("city", "市级", 3),
    ("county", "县级", 4),
    ("township", "乡镇", 5),
]
REASONS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}
FIRST = date(2021, 1, 1)


def announced():
    """Every announced day that differs from Monday-to-Friday, with its reason in Chinese."""
    last = max(max(chinese_calendar.holidays), max(chinese_calendar.workdays))
    last = date(last.year, 12, 31)
    for offset in range((last - FIRST).days + 1):
        day = FIRST + timedelta(days=offset)
        _, name = chinese_calendar.get_holiday_detail(day)
        works = chinese_calendar.is_workday(day)
        if works != (day.weekday() < 5):
            reason = REASONS.get(name, "放假")
            yield day, works, f"{reason}调休上班" if works else reason


def fill(apps, schema_editor):
    level = apps.get_model("shared", "Level")
    level.objects.bulk_create([level(code=c, name=n, rank=r) for c, n, r in LEVELS])
    workday = apps.get_model("shared", "Workday")
    workday.objects.bulk_create([workday(on=d, works=w, reason=r) for d, w, r in announced()])


def empty(apps, schema_editor):
    apps.get_model("shared", "Workday").objects.all().delete()
    apps.get_model("shared", "Level").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("shared", "0002_roles_and_append_only_trail")]

    operations = [migrations.RunPython(fill, empty)]
