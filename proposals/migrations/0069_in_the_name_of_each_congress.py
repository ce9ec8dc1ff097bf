"""回头看、又被提出: named by no committee, since a township's own congress opens them as well."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0068_carried_taken_back")]
    operations = [
        migrations.AlterField(
            "challenge",
            "ground",
            models.CharField(
                "缘由",
                max_length=20,
                choices=[
                    ("lineage", "代表说明接着以前那件"),
                    ("known", "已认定是反复提出"),
                    ("alike", "标题和内容相近"),
                    ("named", "人大提请对照"),
                ],
            ),
        ),
        migrations.AlterField(
            "lookback",
            "cause",
            models.CharField(
                "缘由",
                max_length=20,
                choices=[
                    ("missed", "承诺逾期"),
                    ("yearly", "每年回头看"),
                    ("by_hand", "人大提出"),
                ],
            ),
        ),
    ]
