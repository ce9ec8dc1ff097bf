"""A batch of nothing but what is withheld as a whole has no table and no number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0066_receipts_of_fulfilment")]
    operations = [
        migrations.AlterField(
            "ratingrelease",
            "round",
            models.PositiveSmallIntegerField("批次", null=True),
        ),
    ]
