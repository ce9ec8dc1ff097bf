"""到场: of a line of the roll the app may put right the mark and who granted leave, no more."""

from django.db import migrations

from congress.shared import guards


class Migration(migrations.Migration):
    dependencies = [("stations", "0010_findings_by_topic_and_wrong_codes")]

    operations = [guards.changes_only("stations_attendance", "presence", "approver")]
