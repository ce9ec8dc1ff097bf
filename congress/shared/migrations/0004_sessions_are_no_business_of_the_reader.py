from django.db import migrations

from congress.shared import guards


class Migration(migrations.Migration):
    dependencies = [
        ("shared", "0003_levels_and_working_calendar"),
        ("sessions", "0001_initial"),
    ]

    operations = [guards.kept_from_reader("django_session")]
