"""又被提出: the office may name the earlier one itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0058_sealed_fulfilment_ratings")]
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
                    ("named", "代工委提请对照"),
                ],
            ),
        )
    ]
